package release

import (
	"fmt"
	"strings"

	"github.com/xitongsys/parquet-go-source/local"
	"github.com/xitongsys/parquet-go/common"
	"github.com/xitongsys/parquet-go/reader"

	"xianzhi/stages/write"
)

// ReadBacker reads a Parquet file with a reader that shares no code with the writer and returns
// its row count and the hash of each leaf column. ReadBack is one; the command has another that
// runs ReadBack in a child process, where a damaged file can exhaust no memory of ours.
type ReadBacker func(path string) (rows int64, columnHashes map[string]string, err error)

// readBackRows is how many rows are held at once; the reader itself holds a page.
const readBackRows = 4096

// ReadBack is the ReadBacker of xitongsys/parquet-go. That reader panics on some damaged
// files, which is returned as an error, and reads others as empty: compare the row count.
func ReadBack(path string) (rows int64, columnHashes map[string]string, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%s is damaged: the Parquet reader failed: %v", path, fault)
		}
	}()
	file, err := local.NewLocalFileReader(path)
	if err != nil {
		return 0, nil, fmt.Errorf("cannot open %s: %w", path, err)
	}
	defer file.Close()
	parquet, err := reader.NewParquetColumnReader(file, 1)
	if err != nil {
		return 0, nil, fmt.Errorf("%s is no Parquet file: %w", path, err)
	}
	defer parquet.ReadStop()
	rows = parquet.GetNumRows()
	columnHashes = make(map[string]string)
	for _, column := range parquet.SchemaHandler.ValueColumns {
		sum := write.NewColumnHash()
		// Of a file without rows the reader cannot read a column: it panics.
		for left := rows; left > 0; left -= readBackRows {
			values, repetitions, definitions, err := parquet.ReadColumnByPath(column, min(left, readBackRows))
			if err != nil {
				return 0, nil, fmt.Errorf("cannot read column %s of %s: %w", leafName(parquet, column), path, err)
			}
			for i, v := range values {
				if err := sum.Add(repetitions[i], definitions[i], v); err != nil {
					return 0, nil, fmt.Errorf("column %s of %s: %w", leafName(parquet, column), path, err)
				}
			}
		}
		columnHashes[leafName(parquet, column)] = sum.String()
		if buffer, ok := parquet.ColumnBuffers[column]; ok { // it holds a file open
			buffer.PFile.Close()
			delete(parquet.ColumnBuffers, column)
		}
	}
	return rows, columnHashes, nil
}

// leafName turns the reader's path of a leaf column into ours: sections.kind, not
// schema/sections/list/element/kind.
func leafName(r *reader.ParquetReader, path string) string {
	var names []string
	for _, name := range common.StrToPath(r.SchemaHandler.InPathToExPath[path])[1:] {
		if name != "list" && name != "element" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ".")
}
