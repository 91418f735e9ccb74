package diff

import (
	"context"
	"path/filepath"

	"xianzhi/pipeline/table"
)

// A cell is its value as text, or Null. Rows are kept as their cells with separators between
// them; no cell holds these characters, as a text with a control character is none.
const (
	Null      = "\x01"
	separator = "\x00"
)

// Rows visits the rows of a table in the order of the file, with the cells of some columns.
func Rows(ctx context.Context, dir, name string, columns []string, visit func(row []string) error) error {
	row := make([]string, len(columns))
	return eachRow(ctx, filepath.Join(dir, name+".parquet"), columns, func(cells func(column int) string) error {
		for i := range row {
			row[i] = cells(i)
		}
		return visit(row)
	})
}

// eachRow visits the rows of a file; cells gives a cell of the current row.
func eachRow(ctx context.Context, path string, columns []string, visit func(cells func(column int) string) error) error {
	return table.Each(ctx, path, columns, func(row table.Row) error {
		return visit(func(column int) string {
			if text, ok := row.Text(column); ok {
				return text
			}
			return Null
		})
	})
}
