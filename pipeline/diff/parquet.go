package diff

import (
	"io"

	"xianzhi/schemas"
	"xianzhi/stages/write"
)

// changeTable is the table of a Parquet file of changes, in the order in which they are found.
var changeTable = schemas.Table[Change]{
	Name: "changes",
	Doc:  "one row per row added or removed and per cell changed between two releases",
	Columns: []schemas.Column[Change]{
		schemas.Required("table", schemas.Text, "the table", func(c *Change) string { return c.Table }),
		schemas.Required("change", schemas.Text, "added, removed, changed", func(c *Change) string { return string(c.Kind) }),
		schemas.Required("key", schemas.Text, "the row's id, or the columns of its key with / between them", func(c *Change) string { return c.Key }),
		schemas.Nullable("column", schemas.Text, "of a changed cell", func(c *Change) schemas.Optional[string] { return c.Column }),
		schemas.Nullable("before", schemas.Text, "value of a changed cell before, as text", func(c *Change) schemas.Optional[string] { return c.Before }),
		schemas.Nullable("after", schemas.Text, "value of a changed cell now, as text", func(c *Change) schemas.Optional[string] { return c.After }),
	},
	Compare: func(_, _ *Change) int { return 0 },
}

// ParquetWriter writes changes to a Parquet file.
type ParquetWriter struct{ rows *write.Writer[Change] }

// NewParquetWriter starts a file of the changes that led to release id.
func NewParquetWriter(out io.Writer, id string) (*ParquetWriter, error) {
	rows, err := write.NewWriter(out, changeTable, id)
	return &ParquetWriter{rows}, err
}

// Write adds a change.
func (w *ParquetWriter) Write(c Change) error { return w.rows.Append(&c) }

// Close ends the file.
func (w *ParquetWriter) Close() error {
	_, err := w.rows.Close()
	return err
}
