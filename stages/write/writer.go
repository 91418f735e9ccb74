package write

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"

	"xianzhi/schemas"
)

// A row group ends at maxGroupRows rows, or before the row that would take it beyond
// maxGroupBytes. The contract allows 16 MiB uncompressed; what is kept back is for page headers
// and for the indices into dictionaries, which are not counted here.
const (
	maxGroupRows  = 122_880
	maxGroupBytes = 12 << 20
)

// Summary says what a file holds.
type Summary struct {
	Rows    int64
	Columns map[string]string // hash of each leaf column, by dotted path: flags, sections.kind
}

// Writer writes the rows of one table. It holds at most one row group in memory.
type Writer[R any] struct {
	table    schemas.Table[R]
	doc      schemas.TableDoc
	sink     *sink
	file     *pqarrow.FileWriter
	builder  *array.RecordBuilder
	hashes   leafHashes
	last     *R // a copy of the row before
	rows     int64
	inGroup  int // rows of the open row group
	size     int // its uncompressed bytes, about
	failed   error
	finished bool
}

// NewWriter starts a file. The caller closes the Writer, then out.
func NewWriter[R any](out io.Writer, table schemas.Table[R], releaseID string) (*Writer[R], error) {
	doc := table.Describe()
	schema := arrowSchema(doc, releaseID)
	sink := &sink{out: out}
	var file *pqarrow.FileWriter
	err := guard(func() (err error) {
		file, err = pqarrow.NewFileWriter(schema, sink, fileProperties(), arrowProperties())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("cannot start the Parquet file of table %s: %w", table.Name, err)
	}
	return &Writer[R]{table: table, doc: doc, sink: sink, file: file, hashes: newLeafHashes(doc),
		builder: array.NewRecordBuilder(memory.DefaultAllocator, schema)}, nil
}

// Append adds a row, which must not sort before the row appended last. After an error the file
// is worthless; every later call returns the error again.
func (w *Writer[R]) Append(row *R) error {
	if w.failed == nil {
		w.failed = w.append(row)
	}
	return w.failed
}

func (w *Writer[R]) append(row *R) error {
	if w.last != nil && w.table.Compare(w.last, row) > 0 {
		return fmt.Errorf("row %d of table %s is out of order: sort the rows by the table's Compare", w.rows+1, w.table.Name)
	}
	values := make([]any, len(w.table.Columns))
	size := 0
	for i, c := range w.doc.Columns {
		values[i] = w.table.Columns[i].Value(row)
		bytes, err := measure(c, values[i])
		if err != nil {
			return fmt.Errorf("row %d of table %s, column %s: %w", w.rows+1, w.table.Name, c.Name, err)
		}
		size += bytes
	}
	if w.inGroup == maxGroupRows || (w.inGroup > 0 && w.size+size > maxGroupBytes) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	for i, c := range w.doc.Columns {
		appendValue(w.builder.Field(i), values[i])
		if err := w.hashes.add(c, values[i]); err != nil {
			return fmt.Errorf("row %d of table %s, column %s: %w", w.rows+1, w.table.Name, c.Name, err)
		}
	}
	copied := *row
	w.last = &copied
	w.rows++
	w.inGroup++
	w.size += size
	return nil
}

// Close ends the file. A table without rows gives a file without row groups.
func (w *Writer[R]) Close() (Summary, error) {
	if w.finished {
		return Summary{}, fmt.Errorf("the Parquet file of table %s is closed already", w.table.Name)
	}
	w.finished = true
	defer w.builder.Release()
	if w.failed == nil && w.inGroup > 0 {
		w.failed = w.flush()
	}
	if err := cmp.Or(guard(w.file.Close), w.sink.err); w.failed == nil && err != nil {
		w.failed = fmt.Errorf("cannot finish the Parquet file of table %s: %w", w.table.Name, err)
	}
	if w.failed != nil {
		return Summary{}, w.failed
	}
	s := Summary{Rows: w.rows, Columns: make(map[string]string, len(w.hashes))}
	for name, h := range w.hashes {
		s.Columns[name] = h.String()
	}
	return s, nil
}

func (w *Writer[R]) flush() error {
	record := w.builder.NewRecord()
	defer record.Release()
	if err := guard(func() error { return w.file.Write(record) }); err != nil {
		return fmt.Errorf("cannot write a row group of table %s: %w", w.table.Name, err)
	}
	w.inGroup, w.size = 0, 0
	return nil
}

// sink remembers a failed write, which pqarrow may overlook. It is no io.Closer, because pqarrow
// would close it, and the caller has yet to sync the file.
type sink struct {
	out io.Writer
	err error
}

func (s *sink) Write(b []byte) (n int, err error) {
	if s.err == nil {
		n, s.err = s.out.Write(b)
	}
	return n, s.err
}

// guard turns the panics by which pqarrow reports some failed writes into errors.
func guard(f func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the Parquet writer failed: %v", fault)
		}
	}()
	return f()
}

var (
	errNull   = errors.New("is null but the column is not nullable")
	errUTF8   = errors.New("is not valid UTF-8")
	errFinite = errors.New("is not a finite number")
)

// measure returns the uncompressed bytes of a value, levels included, or says why the value
// cannot stand in the column.
func measure(c schemas.ColumnDoc, value any) (int, error) {
	const levels, length = 1, 4
	switch v := value.(type) {
	case nil:
		if !c.Nullable {
			return 0, errNull
		}
		return levels, nil
	case string:
		if !utf8.ValidString(v) {
			return 0, errUTF8
		}
		return levels + length + len(v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return 0, errFinite
		}
		return levels + 8, nil
	case []string:
		size := levels
		for _, s := range v {
			if !utf8.ValidString(s) {
				return 0, errUTF8
			}
			size += levels + length + len(s)
		}
		return size, nil
	case []schemas.Section:
		size := levels
		for _, s := range v {
			if !utf8.ValidString(s.Title) || !utf8.ValidString(s.Kind) {
				return 0, errUTF8
			}
			size += 4*levels + 2*length + len(s.Title) + len(s.Kind) + 8
		}
		return size, nil
	}
	return levels + 4, nil
}

// appendValue adds a value to the builder of its column. The column constructors of package
// schemas tie the value's type to the column's, so a mismatch is a defect and panics.
func appendValue(b array.Builder, value any) {
	switch v := value.(type) {
	case nil:
		b.AppendNull()
	case string:
		b.(*array.StringBuilder).Append(v)
	case int32:
		b.(*array.Int32Builder).Append(v)
	case float64:
		b.(*array.Float64Builder).Append(v)
	case bool:
		b.(*array.BooleanBuilder).Append(v)
	case schemas.Date:
		b.(*array.Date32Builder).Append(arrow.Date32(v.Days))
	case []string:
		list := b.(*array.ListBuilder)
		list.Append(true)
		for _, s := range v {
			appendValue(list.ValueBuilder(), s)
		}
	case []schemas.Section:
		list := b.(*array.ListBuilder)
		list.Append(true)
		element := list.ValueBuilder().(*array.StructBuilder)
		for _, s := range v {
			element.Append(true)
			appendValue(element.FieldBuilder(0), s.Title)
			appendValue(element.FieldBuilder(1), s.Kind)
			appendValue(element.FieldBuilder(2), s.CharStart)
			appendValue(element.FieldBuilder(3), s.CharEnd)
		}
	default:
		panic(fmt.Sprintf("schemas returned a %T, which stages/write does not know", value))
	}
}
