// Package schemas is the public interface of the product: one row struct and one explicit
// column list per table, the version numbers, and the data dictionary made from them.
//
// Input: nothing but the embedded catalogue (schemas/refdata). Output: row types for the
// stages to fill, tables (name, columns, accessors, sort order) for stages/write to write, the
// dictionary for `xianzhi schema`.
//
// Nothing is inferred and nothing is reflected: a column exists because a line here says so,
// and testdata/columns.txt pins every line. The package neither reads nor writes files.
package schemas
