package release

import (
	"bytes"
	"fmt"
	"io"
	"math/bits"
	"strings"

	"github.com/xitongsys/parquet-go-source/local"
	"github.com/xitongsys/parquet-go/common"
	"github.com/xitongsys/parquet-go/compress"
	"github.com/xitongsys/parquet-go/encoding"
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

// readChunk reads a column's pages of one row group into its hash. It puts the reader's own parts
// together, for the reader keeps ten times what a page holds, and most of the time goes into that.
func readChunk(r *reader.ParquetReader, chunk *parquet.ColumnChunk, sum *write.ColumnHash) error {
	meta := chunk.MetaData
	offset := meta.DataPageOffset
	if meta.DictionaryPageOffset != nil {
		offset = *meta.DictionaryPageOffset
	}
	pages := source.ConvertToThriftReader(r.PFile, offset, meta.TotalCompressedSize)
	var dictionary []any
	for left := meta.NumValues; left > 0; {
		page, err := layout.ReadPageRawData(pages, r.SchemaHandler, meta)
		if err != nil {
			return err
		}
		data, err := compress.Uncompress(page.RawData, meta.Codec)
		if err != nil {
			return err
		}
		in := bytes.NewReader(data)
		switch page.Header.Type {
		case parquet.PageType_DICTIONARY_PAGE:
			dictionary, err = encoding.ReadPlain(in, meta.Type, uint64(page.Header.DictionaryPageHeader.NumValues), 0)
		case parquet.PageType_DATA_PAGE:
			n := int64(page.Header.DataPageHeader.NumValues)
			if n < 0 || n > left {
				return fmt.Errorf("a page has %d values where %d are left", n, left)
			}
			left -= n
			err = readPage(r, page, in, int(n), dictionary, sum)
		default:
			err = fmt.Errorf("a page is of the type %s, which no table has", page.Header.Type)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readPage reads a data page of n entries.
func readPage(r *reader.ParquetReader, page *layout.Page, in *bytes.Reader, n int, dictionary []any, sum *write.ColumnHash) error {
	maxRepetition, err := r.SchemaHandler.MaxRepetitionLevel(page.Path)
	if err != nil {
		return err
	}
	maxDefinition, err := r.SchemaHandler.MaxDefinitionLevel(page.Path)
	if err != nil {
		return err
	}
	present := n
	var levels []byte
	if maxDefinition > 0 {
		levels = make([]byte, n)
		if maxRepetition > 0 {
			if err := readLevels(in, maxRepetition, n, func(i int, level int32) { levels[i] = byte(level) << 4 }); err != nil {
				return err
			}
		}
		err := readLevels(in, maxDefinition, n, func(i int, level int32) {
			levels[i] |= byte(level)
			if level != maxDefinition {
				present--
			}
		})
		if err != nil {
			return err
		}
	}
	sum.AddEntries(n, levels)
	switch form := page.Header.DataPageHeader.Encoding; form {
	case parquet.Encoding_RLE_DICTIONARY, parquet.Encoding_PLAIN_DICTIONARY:
		if present == 0 {
			return nil
		}
		width, err := in.ReadByte()
		if err != nil {
			return err
		}
		return readRuns(in, int(width), present, func(at uint64) error { return sum.AddValue(dictionary[at]) })
	default:
		values, err := layout.ReadDataPageValues(in, form, *page.Schema.Type, -1, uint64(present), 0)
		if err == nil && len(values) != present {
			err = fmt.Errorf("a page has %d values instead of %d", len(values), present)
		}
		for i := 0; err == nil && i < len(values); i++ {
			err = sum.AddValue(values[i])
		}
		return err
	}
}

// readLevels reads the levels of n entries, which go before the values.
func readLevels(in *bytes.Reader, highest int32, n int, take func(i int, level int32)) error {
	length, err := encoding.ReadPlainINT32(in, 1)
	if err != nil {
		return err
	}
	after := int64(in.Len()) - int64(length[0].(int32))
	i := 0
	err = readRuns(in, bits.Len32(uint32(highest)), n, func(level uint64) error {
		take(i, int32(level))
		i++
		return nil
	})
	if err == nil {
		_, err = in.Seek(in.Size()-after, io.SeekStart)
	}
	return err
}

// readRuns reads n numbers of so many bits, which lie in runs of the same number or of packed ones. The
// reader's own way makes an object of each.
func readRuns(in *bytes.Reader, width, n int, take func(number uint64) error) error {
	if width > 32 {
		return fmt.Errorf("a page has numbers of %d bits", width)
	}
	for n > 0 {
		header, err := encoding.ReadUnsignedVarInt(in)
		if err != nil {
			return err
		}
		if size := header >> 1; size == 0 || size > uint64(n) {
			return fmt.Errorf("a run of %d numbers stands where %d are left", size, n)
		}
		p, left, same, number := packed{in: in}, int(header>>1), header&1 == 0, uint64(0)
		if same {
			number, err = p.next((width + 7) / 8 * 8)
		} else {
			left *= 8 // the last may be filled up
		}
		for ; err == nil && left > 0 && n > 0; left, n = left-1, n-1 {
			if !same {
				number, err = p.next(width)
			}
			if err == nil {
				err = take(number)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// packed reads numbers of so many bits that lie one behind the other, from the lowest bit on.
type packed struct {
	in    *bytes.Reader
	kept  uint64 // bits that have been read for the numbers to come
	holds int
}

func (p *packed) next(width int) (uint64, error) {
	for ; p.holds < width; p.holds += 8 {
		b, err := p.in.ReadByte()
		if err != nil {
			return 0, err
		}
		p.kept |= uint64(b) << p.holds
	}
	number := p.kept & (1<<width - 1)
	p.kept >>= width
	p.holds -= width
	return number, nil
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
