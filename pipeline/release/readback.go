package release

import (
	"fmt"
	"strings"

	"github.com/xitongsys/parquet-go-source/local"
	"github.com/xitongsys/parquet-go/common"
	"github.com/xitongsys/parquet-go/layout"
	"github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/source"

	"xianzhi/stages/write"
)

// ReadBacker reads a Parquet file with a reader that shares no code with the writer and returns
// its row count and the hash of each leaf column. ReadBack is one; the command has another that
// runs ReadBack in a child process, where a damaged file can exhaust no memory of ours.
type ReadBacker func(path string) (rows int64, columnHashes map[string]string, err error)

// ReadBack is the ReadBacker of xitongsys/parquet-go. That reader panics on some damaged
// files, which is returned as an error, and reads others as empty: compare the row count.
//
// It goes through the file page by page with the reader's layout package: its column reader
// counts rows wrongly where a row group ends and opens the file for every column.
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
	r, err := reader.NewParquetColumnReader(file, 1)
	if err != nil {
		return 0, nil, fmt.Errorf("%s is no Parquet file: %w", path, err)
	}
	hashes := make([]write.ColumnHash, len(r.SchemaHandler.ValueColumns))
	for _, group := range r.Footer.RowGroups {
		if len(group.Columns) != len(hashes) {
			return 0, nil, fmt.Errorf("%s is damaged: a row group has %d columns instead of %d", path, len(group.Columns), len(hashes))
		}
		for i, chunk := range group.Columns {
			if err := readChunk(r, chunk, &hashes[i]); err != nil {
				return 0, nil, fmt.Errorf("cannot read column %s of %s: %w", leafName(r, i), path, err)
			}
		}
	}
	columnHashes = make(map[string]string, len(hashes))
	for i := range hashes {
		columnHashes[leafName(r, i)] = hashes[i].String()
	}
	return r.Footer.NumRows, columnHashes, nil
}

// readChunk reads a column's pages of one row group into its hash.
func readChunk(r *reader.ParquetReader, chunk *parquet.ColumnChunk, sum *write.ColumnHash) error {
	meta := chunk.MetaData
	offset := meta.DataPageOffset
	if meta.DictionaryPageOffset != nil {
		offset = *meta.DictionaryPageOffset
	}
	pages := source.ConvertToThriftReader(r.PFile, offset, meta.TotalCompressedSize)
	var dictionary *layout.Page
	for left := meta.NumValues; left > 0; {
		page, values, _, err := layout.ReadPage(pages, r.SchemaHandler, meta)
		if err != nil {
			return err
		}
		if page.Header.GetType() == parquet.PageType_DICTIONARY_PAGE {
			dictionary = page
			continue
		}
		page.Decode(dictionary)
		table := page.DataTable
		repetition, definition := table.RepetitionLevels, table.DefinitionLevels
		if table.MaxRepetitionLevel == 0 {
			repetition = nil
		}
		if table.MaxDefinitionLevel == 0 {
			definition = nil
		}
		if err := sum.Add(repetition, definition, table.Values); err != nil {
			return err
		}
		left -= values
	}
	return nil
}

// leafName turns the reader's path of a leaf column into ours: sections.kind, not
// schema/sections/list/element/kind.
func leafName(r *reader.ParquetReader, column int) string {
	path := r.SchemaHandler.InPathToExPath[r.SchemaHandler.ValueColumns[column]]
	var names []string
	for _, name := range common.StrToPath(path)[1:] {
		if name != "list" && name != "element" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ".")
}
