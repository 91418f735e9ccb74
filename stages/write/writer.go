package write

import (
	"cmp"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/parquet/file"

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
	sink     *sink
	file     *file.Writer
	columns  []column[R]
	last     R // the row before
	rows     int64
	inGroup  int // rows of the open row group
	size     int // its uncompressed bytes, about
	failed   error
	finished bool
}

// NewWriter starts a file. The caller closes the Writer, then out.
func NewWriter[R any](out io.Writer, table schemas.Table[R], releaseID string) (*Writer[R], error) {
	doc := table.Describe()
	schema, err := ParquetSchema(doc)
	if err != nil {
		return nil, fmt.Errorf("cannot start a Parquet file: %w", err)
	}
	w := &Writer[R]{table: table, sink: &sink{out: out}}
	for _, c := range table.Columns {
		w.columns = append(w.columns, newColumn(c))
	}
	err = guard(func() error {
		w.file = file.NewParquetWriter(w.sink, schema.Root(), file.WithWriterProps(fileProperties(table)), file.WithWriteMetadata(keyValues(doc, releaseID)))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("cannot start the Parquet file of table %s: %w", table.Name, err)
	}
	return w, nil
}

// Append adds a row, which must not sort before the row appended last. The Writer keeps the
// row's strings until the row group ends, not the row. After an error the file is worthless;
// every later call returns the error again.
func (w *Writer[R]) Append(row *R) error {
	if w.failed == nil {
		w.failed = w.append(row)
	}
	return w.failed
}

func (w *Writer[R]) append(row *R) error {
	if w.rows > 0 && w.table.Compare(&w.last, row) > 0 {
		return fmt.Errorf("row %d of table %s is out of order: sort the rows by the table's Compare", w.rows+1, w.table.Name)
	}
	size := 0
	for i := range w.columns {
		bytes, err := w.columns[i].measure(row)
		if err != nil {
			return fmt.Errorf("row %d of table %s, column %s: %w", w.rows+1, w.table.Name, w.table.Columns[i].Name, err)
		}
		size += bytes
	}
	if w.inGroup == maxGroupRows || (w.inGroup > 0 && w.size+size > maxGroupBytes) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	for i := range w.columns {
		w.columns[i].add(row)
	}
	w.last = *row
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
	if w.failed == nil && w.inGroup > 0 {
		w.failed = w.flush()
	}
	if err := cmp.Or(guard(w.file.Close), w.sink.err); w.failed == nil && err != nil {
		w.failed = fmt.Errorf("cannot finish the Parquet file of table %s: %w", w.table.Name, err)
	}
	if w.failed != nil {
		return Summary{}, w.failed
	}
	s := Summary{Rows: w.rows, Columns: map[string]string{}}
	for _, c := range w.columns {
		for _, l := range c.leaves {
			s.Columns[l.path()] = l.hash()
		}
	}
	return s, nil
}

func (w *Writer[R]) flush() error {
	err := guard(func() error {
		group := w.file.AppendRowGroup()
		for _, c := range w.columns {
			for _, l := range c.leaves {
				next, err := group.NextColumn()
				if err == nil {
					err = l.write(next)
				}
				if err != nil {
					return fmt.Errorf("column %s: %w", l.path(), err)
				}
			}
		}
		return group.Close()
	})
	if err = cmp.Or(err, w.sink.err); err != nil {
		return fmt.Errorf("cannot write a row group of table %s: %w", w.table.Name, err)
	}
	w.inGroup, w.size = 0, 0
	return nil
}

// sink remembers a failed write, which arrow may overlook. It is no io.Closer, because arrow
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

// guard turns the panics by which arrow reports some failed writes into errors.
func guard(f func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the Parquet writer failed: %v", fault)
		}
	}()
	return f()
}
