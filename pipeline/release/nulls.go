package release

import (
	"fmt"
	"path/filepath"

	"github.com/apache/arrow/go/v17/parquet/file"

	"xianzhi/schemas"
)

// Nulls returns the share of rows without a value, by "table.column", of every nullable column of
// the tables that have rows. It reads the files' ends alone, where the writer has counted them.
func Nulls(dir string) (shares map[string]float64, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("a file of %s is damaged: the Parquet reader failed: %v", dir, fault)
		}
	}()
	shares = map[string]float64{}
	for _, table := range schemas.Dictionary() {
		path := filepath.Join(dir, table.Name+fileSuffix)
		f, err := file.OpenParquetFile(path, false)
		if err != nil {
			return nil, fmt.Errorf("cannot open %s: %w", path, err)
		}
		err = addNulls(shares, table, f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", path, err)
		}
	}
	return shares, nil
}

func addNulls(shares map[string]float64, table schemas.TableDoc, f *file.Reader) error {
	if f.NumRows() == 0 {
		return nil
	}
	for _, column := range table.Columns {
		index := f.MetaData().Schema.ColumnIndexByName(column.Name)
		if !column.Nullable || index < 0 {
			continue
		}
		nulls := int64(0)
		for group := range f.NumRowGroups() {
			chunk, err := f.MetaData().RowGroup(group).ColumnChunk(index)
			if err != nil {
				return err
			}
			statistics, err := chunk.Statistics()
			if err != nil {
				return err
			}
			if statistics == nil || !statistics.HasNullCount() {
				return fmt.Errorf("column %s has no statistics", column.Name)
			}
			nulls += statistics.NullCount()
		}
		shares[table.Name+"."+column.Name] = float64(nulls) / float64(f.NumRows())
	}
	return nil
}
