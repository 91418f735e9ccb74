// Package table reads the tables of a release row by row.
//
// Input: a Parquet file that stages/write wrote, perhaps damaged, and the columns wanted. Output:
// its rows in order. It holds some thousand values of a column, and the pages that they lie in.
package table

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"xianzhi/schemas"
)

// Columns returns the names of a file's columns.
func Columns(path string) (names []string, err error) {
	err = open(path, func(f *file.Reader) error {
		root := f.MetaData().Schema.Root()
		for i := range root.NumFields() {
			names = append(names, root.Field(i).Name())
		}
		return nil
	})
	return names, err
}

// Row is the row visited; it is good until the visit ends.
type Row struct{ columns []*column }

// Text returns a value of the i-th column asked for as text, lists as JSON; not valid is null.
func (r Row) Text(i int) (text string, valid bool) {
	c := r.columns[i]
	if !c.valid {
		return "", false
	}
	return c.text(), true
}

// Int returns the value of the i-th column, which is of int32; 0 for null.
func (r Row) Int(i int) int { return int(r.columns[i].number) }

// Each visits the rows of a file in order, with the named columns. An error of visit ends it and
// is returned.
func Each(ctx context.Context, path string, columns []string, visit func(Row) error) error {
	return open(path, func(f *file.Reader) error {
		row := Row{make([]*column, len(columns))}
		for i, name := range columns {
			field := f.MetaData().Schema.Root().FieldIndexByName(name)
			if field < 0 {
				return fmt.Errorf("there is no column %s", name)
			}
			row.columns[i] = newColumn(f.MetaData().Schema, name)
		}
		for n := range f.NumRowGroups() {
			group := f.RowGroup(n)
			for _, c := range row.columns {
				if err := c.open(group); err != nil {
					return fmt.Errorf("column %s: %w", c.name, err)
				}
			}
			for range group.NumRows() {
				if err := ctx.Err(); err != nil {
					return err
				}
				for _, c := range row.columns {
					if err := c.next(); err != nil {
						return fmt.Errorf("column %s: %w", c.name, err)
					}
				}
				if err := visit(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// open opens a Parquet file for the time of a call. The reader panics on some damaged files.
func open(path string, use func(*file.Reader) error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%s is damaged: the Parquet reader failed: %v", path, fault)
		}
	}()
	f, err := file.OpenParquetFile(path, false)
	if err != nil {
		return fmt.Errorf("cannot open %s: %w", path, err)
	}
	defer f.Close()
	if err := use(f); err != nil {
		return fmt.Errorf("cannot read %s: %w", path, err)
	}
	return nil
}

// column is the value of a column in the row visited.
type column struct {
	name   string
	leaves []*leaf
	date   bool

	valid  bool
	kind   kind
	bytes  parquet.ByteArray
	number int32
	double float64
	truth  bool
	lists  [][]value // of each leaf
}

// kind says which field of column or value holds the value.
type kind int

const (
	ofBytes kind = iota
	ofInt32
	ofDouble
	ofBool
	ofList
)

// value is an element of a list.
type value struct {
	bytes  string
	number int32
}

func newColumn(s *schema.Schema, name string) *column {
	c := &column{name: name}
	for i := range s.NumColumns() {
		leafSchema := s.Column(i)
		if path := leafSchema.Path(); path != name && !strings.HasPrefix(path, name+".") {
			continue
		}
		l := &leaf{index: i, maxDefinition: leafSchema.MaxDefinitionLevel(), repeated: leafSchema.MaxRepetitionLevel() > 0}
		c.leaves = append(c.leaves, l)
		_, c.date = leafSchema.LogicalType().(schema.DateLogicalType)
		switch leafSchema.PhysicalType() {
		case parquet.Types.Int32:
			c.kind = ofInt32
		case parquet.Types.Double:
			c.kind = ofDouble
		case parquet.Types.Boolean:
			c.kind = ofBool
		}
		if l.repeated {
			c.kind = ofList
		}
	}
	c.lists = make([][]value, len(c.leaves))
	return c
}

func (c *column) open(group *file.RowGroupReader) error {
	for _, l := range c.leaves {
		chunk, err := group.Column(l.index)
		if err != nil {
			return err
		}
		l.chunk, l.levels, l.at = chunk, 0, 0
	}
	return nil
}

// next goes to the next row.
func (c *column) next() error {
	if c.kind == ofList {
		for i, l := range c.leaves {
			var err error
			if c.lists[i], err = l.list(c.lists[i][:0]); err != nil {
				return err
			}
		}
		c.valid = true
		return nil
	}
	l := c.leaves[0]
	if err := l.fill(); err != nil {
		return err
	}
	c.number = 0
	if c.valid = l.present(); c.valid {
		switch c.kind {
		case ofBytes:
			c.bytes = l.texts[l.value]
		case ofInt32:
			c.number = l.numbers[l.value]
		case ofDouble:
			c.double = l.doubles[l.value]
		case ofBool:
			c.truth = l.truths[l.value]
		}
	}
	l.step()
	return nil
}

func (c *column) text() string {
	switch {
	case c.kind == ofBytes:
		return string(c.bytes)
	case c.date:
		return schemas.Date{Days: c.number}.String()
	case c.kind == ofInt32:
		return strconv.Itoa(int(c.number))
	case c.kind == ofDouble:
		return strconv.FormatFloat(c.double, 'g', -1, 64)
	case c.kind == ofBool:
		return strconv.FormatBool(c.truth)
	}
	var list any
	if len(c.leaves) == 1 {
		texts := make([]string, len(c.lists[0]))
		for i, v := range c.lists[0] {
			texts[i] = v.bytes
		}
		list = texts
	} else {
		sections := make([]schemas.Section, len(c.lists[0]))
		for i := range sections {
			sections[i] = schemas.Section{Title: c.lists[0][i].bytes, Kind: c.lists[1][i].bytes, CharStart: c.lists[2][i].number, CharEnd: c.lists[3][i].number}
		}
		list = sections
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // texts and integers always marshal
	}
	return string(b)
}

// batchEntries is how many entries of a leaf are read at once.
const batchEntries = 1024

// leaf reads a leaf column of a row group. Texts lie in the memory of their pages, which the
// reader does not use again.
type leaf struct {
	index         int
	maxDefinition int16
	repeated      bool
	chunk         file.ColumnChunkReader

	definition, repetition [batchEntries]int16
	texts                  []parquet.ByteArray
	numbers                []int32
	doubles                []float64
	truths                 []bool
	levels                 int // entries of the batch
	at                     int // the next one
	value                  int // its value, if it has one
}

// more reads a batch if the one before is used up; false at the end of the row group.
func (l *leaf) more() (bool, error) {
	if l.at < l.levels {
		return true, nil
	}
	var levels int64
	var err error
	switch chunk := l.chunk.(type) {
	case *file.ByteArrayColumnChunkReader:
		l.texts = sized(l.texts)
		levels, _, err = chunk.ReadBatch(batchEntries, l.texts, l.definition[:], l.repetition[:])
	case *file.Int32ColumnChunkReader:
		l.numbers = sized(l.numbers)
		levels, _, err = chunk.ReadBatch(batchEntries, l.numbers, l.definition[:], l.repetition[:])
	case *file.Float64ColumnChunkReader:
		l.doubles = sized(l.doubles)
		levels, _, err = chunk.ReadBatch(batchEntries, l.doubles, l.definition[:], l.repetition[:])
	case *file.BooleanColumnChunkReader:
		l.truths = sized(l.truths)
		levels, _, err = chunk.ReadBatch(batchEntries, l.truths, l.definition[:], l.repetition[:])
	default:
		err = fmt.Errorf("it has the type %s, which no table has", l.chunk.Type())
	}
	if err == nil {
		err = l.chunk.Err()
	}
	l.levels, l.at, l.value = int(levels), 0, 0
	return levels > 0, err
}

func sized[T any](batch []T) []T {
	if batch == nil {
		batch = make([]T, batchEntries)
	}
	return batch
}

// fill makes sure that there is an entry.
func (l *leaf) fill() error {
	ok, err := l.more()
	if err == nil && !ok {
		err = io.ErrUnexpectedEOF
	}
	return err
}

func (l *leaf) present() bool { return l.maxDefinition == 0 || l.definition[l.at] == l.maxDefinition }

func (l *leaf) step() {
	if l.present() {
		l.value++
	}
	l.at++
}

// list reads the elements of a row.
func (l *leaf) list(elements []value) ([]value, error) {
	if err := l.fill(); err != nil {
		return nil, err
	}
	for {
		if l.present() {
			var v value
			if l.texts != nil {
				v.bytes = string(l.texts[l.value])
			} else {
				v.number = l.numbers[l.value]
			}
			elements = append(elements, v)
		}
		l.step()
		if ok, err := l.more(); !ok || err != nil || l.repetition[l.at] == 0 {
			return elements, err
		}
	}
}
