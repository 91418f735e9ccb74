package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Type is the type of a column, in the words of the data dictionary.
type Type string

// The column types, each with the Go type that an accessor returns.
const (
	Text        Type = "string"                                                                    // string
	Int32       Type = "int32"                                                                     // int32
	Double      Type = "double"                                                                    // float64
	Bool        Type = "bool"                                                                      // bool
	Day         Type = "date"                                                                      // Date
	TextList    Type = "list<string>"                                                              // []string
	SectionList Type = "list<struct<title string, kind string, char_start int32, char_end int32>>" // []Section
)

// Column is one column of a table of rows R.
type Column[R any] struct {
	Name     string
	Type     Type
	Nullable bool
	Doc      string
	Value    func(*R) any // of the Go type that Type names; nil for null
	// Get is the accessor without boxing: func(*R) T, or func(*R) Optional[T] if Nullable, with T
	// the Go type that Type names.
	Get     any
	Storage Storage
}

// Storage is how a file stores a column; it changes size, never values.
type Storage int

// The ways to store a column.
const (
	StoreDictionary Storage = iota // values that recur
	StoreDelta                     // values that resemble the one before and seldom recur
	StorePlain                     // anything else
)

func (c Column[R]) stored(s Storage) Column[R] {
	c.Storage = s
	return c
}

// Table is a table of the release: its columns in file order and the order of its rows.
type Table[R any] struct {
	Name    string
	Doc     string
	Columns []Column[R]
	// Compare is a total order over the rows of a release.
	Compare func(a, b *R) int
}

// Describe returns the table's entry in the data dictionary.
func (t Table[R]) Describe() TableDoc {
	d := TableDoc{Name: t.Name, Doc: t.Doc}
	for _, c := range t.Columns {
		d.Columns = append(d.Columns, ColumnDoc{c.Name, c.Type, c.Nullable, c.Doc})
	}
	return d
}

// The constructors below tie a column's type to the type of its accessor.

func text[R any](name, doc string, f func(*R) string) Column[R] {
	return Required(name, Text, doc, f)
}

func integer[R any](name, doc string, f func(*R) int32) Column[R] {
	return Required(name, Int32, doc, f)
}

func double[R any](name, doc string, f func(*R) float64) Column[R] {
	return Required(name, Double, doc, f)
}

func boolean[R any](name, doc string, f func(*R) bool) Column[R] {
	return Required(name, Bool, doc, f)
}

func textList[R any](name, doc string, f func(*R) []string) Column[R] {
	return Required(name, TextList, doc, f)
}

func sectionList[R any](name, doc string, f func(*R) []Section) Column[R] {
	return Required(name, SectionList, doc, f)
}

func optText[R any](name, doc string, f func(*R) Optional[string]) Column[R] {
	return Nullable(name, Text, doc, f)
}

func optInteger[R any](name, doc string, f func(*R) Optional[int32]) Column[R] {
	return Nullable(name, Int32, doc, f)
}

func optDouble[R any](name, doc string, f func(*R) Optional[float64]) Column[R] {
	return Nullable(name, Double, doc, f)
}

func optDate[R any](name, doc string, f func(*R) Optional[Date]) Column[R] {
	return Nullable(name, Day, doc, f)
}

// Required is a column that always has a value. T is the Go type that typ names.
func Required[R, T any](name string, typ Type, doc string, f func(*R) T) Column[R] {
	return Column[R]{Name: name, Type: typ, Doc: doc, Get: f, Value: func(r *R) any { return f(r) }}
}

// Nullable is a column whose value may be missing. T is the Go type that typ names.
func Nullable[R, T any](name string, typ Type, doc string, f func(*R) Optional[T]) Column[R] {
	return Column[R]{Name: name, Type: typ, Nullable: true, Doc: doc, Get: f, Value: func(r *R) any {
		if v := f(r); v.Valid {
			return v.Value
		}
		return nil
	}}
}

// Extra is a field that MarshalRow writes after the columns.
type Extra struct {
	Name  string
	Value any
}

// MarshalRow writes a row as one JSON object: column names in table order, null where the row
// has no value, then the extras.
func MarshalRow[R any](t Table[R], row *R, extras ...Extra) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // evidence is quoted verbatim
	write := func(name string, value any) error {
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:", name)
		if err := enc.Encode(value); err != nil {
			return fmt.Errorf("cannot write column %s of table %s as JSON: %w", name, t.Name, err)
		}
		b.Truncate(b.Len() - 1) // Encode ends with a line break
		return nil
	}
	for _, c := range t.Columns {
		value := c.Value(row)
		if list, ok := value.([]string); ok && list == nil {
			value = []string{} // a list column is never null
		}
		if list, ok := value.([]Section); ok && list == nil {
			value = []Section{}
		}
		if err := write(c.Name, value); err != nil {
			return nil, err
		}
	}
	for _, x := range extras {
		if err := write(x.Name, x.Value); err != nil {
			return nil, err
		}
	}
	return append(append([]byte{'{'}, b.Bytes()...), '}'), nil
}
