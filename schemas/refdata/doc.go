// Package refdata holds the reference data that the program carries with it: the catalogue of
// indicators (catalogue.csv, a verbatim copy of the contract's) and the history of China's
// division codes (areacodes.csv).
//
// Input: the embedded files. Output: typed rows, parsed once. It interprets nothing: names are
// matched in stages/normalize.
package refdata
