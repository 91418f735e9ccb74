// Package diff tells how the tables of two releases differ, row by row.
//
// Input: the folders of two releases. Output: a Change for every row added and removed and every
// cell changed, and the counts per table. Rows are matched by their ids or keys, so that a row
// with another value is a change and not a removal and an addition.
//
// Memory is bounded: of every row a hash is held at first, and the rows that differ are compared
// in parts.
// Non-goals: judging the differences (pipeline/gate does), damaged releases (xianzhi check).
package diff
