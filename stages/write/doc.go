// Package write turns rows into Parquet files.
//
// Input: a table of package schemas, its rows in the table's order, the release id. Output:
// the bytes of one Parquet file (zstd, data page version 1, statistics, row groups of at most
// 122,880 rows or 16 MiB) and a Summary: the row count and a hash of every leaf column,
// computed from the rows, so that another reader of the file can be held against them.
//
// The same rows give the same bytes: nothing in a file depends on time, machine or library
// version. The package opens no files and knows nothing of releases; pipeline/release does.
package write
