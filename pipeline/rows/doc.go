// Package rows turns rows of the tables into bytes and back, for package state to keep.
//
// Input: rows. Output: bytes, from which the same rows come back; empty and nil lists are the
// same. Text that soon occurs again among the rows of one call is written once: a sentence is the
// evidence of many rows. Bytes that do not fit the fields are an error, never a panic.
//
// The form is good for this build of the program alone. Reflection or a general format would do,
// but takes most of the time of a run that has little to do: rows are read back by the million.
package rows
