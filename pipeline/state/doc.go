// Package state keeps what runs made of their inputs, on disk: for the rest of a run, which so
// holds one document at a time in memory, and for the runs after it, which read anew only what
// has changed.
//
// Input: records, each of one input, known by source and hash of the bytes; a record has a head,
// which comes back at once, and parts, which come back one by one. Output: the same bytes, or
// nothing. The package knows nothing of what they mean.
//
// The file is a log behind a header. The header says what all records depend on beside their
// input (Basis); under another basis they are worth nothing. A record is appended in one piece
// with checksums of its own, so a process may die at any instant: what is cut short or damaged
// is not found, and its input is read again. What a finished run had no use for is dropped.
package state
