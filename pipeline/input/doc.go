// Package input finds and reads what a run works on.
//
// Input: the arguments of --in. Output: the files behind them, each under the name that
// documents.source gives it, in the order of these names; their bytes, decompressed; and a
// reject for whatever cannot be read, a note for whatever was passed over on purpose.
//
// Non-goals: knowing what is in a file (stages/extract does), and writing anything.
package input
