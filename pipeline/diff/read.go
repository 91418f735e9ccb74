package diff

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
)

// A cell is its value as text, or Null. Rows are kept as their cells with separators between
// them; no cell holds these characters, as a text with a control character is none.
const (
	Null      = "\x01"
	separator = "\x00"
)

const batchRows = 4096

// Rows visits the rows of a table in the order of the file, with the cells of some columns.
func Rows(ctx context.Context, dir, table string, columns []string, visit func(row []string) error) error {
	row := make([]string, len(columns))
	return eachRow(ctx, filepath.Join(dir, table+".parquet"), columns, func(cells func(column int) string) error {
		for i := range row {
			row[i] = cells(i)
		}
		return visit(row)
	})
}

// columnNames returns the names of a file's top-level columns.
func columnNames(path string) (names []string, err error) {
	err = open(path, func(f *file.Reader) error {
		for i := range f.MetaData().Schema.Root().NumFields() {
			names = append(names, f.MetaData().Schema.Root().Field(i).Name())
		}
		return nil
	})
	return names, err
}

// eachRow visits the rows of a file; cells gives a cell of the current row.
func eachRow(ctx context.Context, path string, columns []string, visit func(cells func(column int) string) error) error {
	return open(path, func(f *file.Reader) error {
		if f.NumRows() == 0 {
			return nil
		}
		r, err := pqarrow.NewFileReader(f, pqarrow.ArrowReadProperties{BatchSize: batchRows}, memory.DefaultAllocator)
		if err != nil {
			return err
		}
		var leaves []int
		schema := f.MetaData().Schema
		for i := range schema.NumColumns() {
			if name, _, _ := strings.Cut(schema.Column(i).Path(), "."); slices.Contains(columns, name) {
				leaves = append(leaves, i)
			}
		}
		records, err := r.GetRecordReader(ctx, leaves, nil)
		if err != nil {
			return err
		}
		defer records.Release()
		for records.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			record := records.Record()
			arrays := make([]arrow.Array, len(columns))
			for i, name := range columns {
				arrays[i] = record.Column(record.Schema().FieldIndices(name)[0])
			}
			for row := range int(record.NumRows()) {
				err := visit(func(column int) string {
					if arrays[column].IsNull(row) {
						return Null
					}
					return strings.Clone(arrays[column].ValueStr(row)) // the array's memory is reused
				})
				if err != nil {
					return err
				}
			}
		}
		if err := records.Err(); err != nil && !errors.Is(err, io.EOF) {
			return err
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
