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
		{Name: "table", Type: schemas.Text, Doc: "the table", Value: func(c *Change) any { return c.Table }},
		{Name: "change", Type: schemas.Text, Doc: "added, removed, changed", Value: func(c *Change) any { return string(c.Kind) }},
		{Name: "key", Type: schemas.Text, Doc: "the row's id, or the columns of its key with / between them", Value: func(c *Change) any { return c.Key }},
		optionalText("column", "of a changed cell", func(c *Change) schemas.Optional[string] { return c.Column }),
		optionalText("before", "value of a changed cell before, as text", func(c *Change) schemas.Optional[string] { return c.Before }),
		optionalText("after", "value of a changed cell now, as text", func(c *Change) schemas.Optional[string] { return c.After }),
	},
	Compare: func(_, _ *Change) int { return 0 },
}

func optionalText(name, doc string, value func(*Change) schemas.Optional[string]) schemas.Column[Change] {
	return schemas.Column[Change]{Name: name, Type: schemas.Text, Nullable: true, Doc: doc, Value: func(c *Change) any {
		if v := value(c); v.Valid {
			return v.Value
		}
		return nil
	}}
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
