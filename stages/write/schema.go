package write

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"xianzhi/schemas"
)

// The keys of a file's key-value metadata.
const (
	KeyReleaseID      = "release_id"
	KeySchemaVersion  = "schema_version"
	KeyRulesVersion   = "rules_version"
	KeyProgramVersion = "program_version"
	keyDescription    = "description" // also of each field
)

// createdBy replaces the library's name and version in the file, which DuckDB shows and no
// reader needs: it must not change the bytes when the library is upgraded.
const createdBy = "xianzhi"

// zstdLevel is written down because a default may change.
const zstdLevel = 7

// zstdWindow is how far back a page may refer: more than a page of text has, less than the encoder
// would keep room for.
const zstdWindow = 8 << 20

// dictionaryLimit is beyond any row group, so that a column keeps its dictionary: a column that
// changes its encoding half-way has two encodings in the footer, and arrow lists those in random
// order.
const dictionaryLimit = 1 << 30

// maxStatistics is the length in bytes of the longest minimum or maximum in the statistics: ids,
// codes and names help a reader to skip row groups, whole sentences only cost.
const maxStatistics = 64

// A page is closed when it has reached pageBytes: the longer a page, the more of a text zstd has
// seen before. Only text comes near it.
const pageBytes = 4 << 20

// ParquetSchema returns the Parquet schema of a table's files.
func ParquetSchema(table schemas.TableDoc) (*schema.Schema, error) {
	fields := make(schema.FieldList, len(table.Columns))
	for i, c := range table.Columns {
		var err error
		if fields[i], err = parquetNode(c.Name, c.Type, c.Nullable); err != nil {
			return nil, fmt.Errorf("table %s, column %s: %w", table.Name, c.Name, err)
		}
	}
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Repeated, fields, noFieldID)
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", table.Name, err)
	}
	return schema.NewSchema(root), nil
}

// noFieldID: columns are found by name.
const noFieldID = -1

func parquetNode(name string, t schemas.Type, nullable bool) (schema.Node, error) {
	repetition := parquet.Repetitions.Required
	if nullable {
		repetition = parquet.Repetitions.Optional
	}
	leaf := func(physical parquet.Type, logical schema.LogicalType) (schema.Node, error) {
		return schema.NewPrimitiveNodeLogical(name, repetition, logical, physical, 0, noFieldID)
	}
	switch t {
	case schemas.Text:
		return leaf(parquet.Types.ByteArray, schema.StringLogicalType{})
	case schemas.Int32:
		return leaf(parquet.Types.Int32, schema.NewIntLogicalType(32, true))
	case schemas.Double:
		return leaf(parquet.Types.Double, schema.NoLogicalType{})
	case schemas.Bool:
		return leaf(parquet.Types.Boolean, schema.NoLogicalType{})
	case schemas.Day:
		return leaf(parquet.Types.Int32, schema.DateLogicalType{})
	case schemas.TextList:
		element, err := parquetNode("element", schemas.Text, true)
		if err != nil {
			return nil, err
		}
		return schema.ListOfWithName(name, element, repetition, noFieldID)
	case schemas.SectionList:
		var fields schema.FieldList
		for _, f := range sectionFields {
			field, err := parquetNode(f.name, f.typ, false)
			if err != nil {
				return nil, err
			}
			fields = append(fields, field)
		}
		element, err := schema.NewGroupNode("element", parquet.Repetitions.Optional, fields, noFieldID)
		if err != nil {
			return nil, err
		}
		return schema.ListOfWithName(name, element, repetition, noFieldID)
	}
	panic(unknownType(t))
}

var sectionFields = []struct {
	name string
	typ  schemas.Type
}{{"title", schemas.Text}, {"kind", schemas.Text}, {"char_start", schemas.Int32}, {"char_end", schemas.Int32}}

func unknownType(t schemas.Type) string {
	return "schemas has a type that stages/write does not know: " + string(t)
}

// keyValues are the file's metadata.
func keyValues(table schemas.TableDoc, releaseID string) metadata.KeyValueMetadata {
	var kv metadata.KeyValueMetadata
	for _, pair := range [][2]string{
		{KeyReleaseID, releaseID},
		{KeySchemaVersion, strconv.Itoa(schemas.SchemaVersion)},
		{KeyRulesVersion, strconv.Itoa(schemas.RulesVersion)},
		{KeyProgramVersion, schemas.ProgramVersion},
		{keyDescription, table.Doc},
		{keyArrowSchema, base64.StdEncoding.EncodeToString(serialize(arrowSchema(table)))},
	} {
		if err := kv.Append(pair[0], pair[1]); err != nil {
			panic(err) // pairs are constants and valid text
		}
	}
	return kv
}

// keyArrowSchema is where Arrow's readers look for what Parquet itself has no place for: the
// description of each column. The value is a stream of record batches without a batch.
const keyArrowSchema = "ARROW:schema"

func serialize(s *arrow.Schema) []byte {
	var b bytes.Buffer
	if err := ipc.NewWriter(&b, ipc.WithSchema(s)).Close(); err != nil {
		panic(err) // into memory
	}
	return b.Bytes()
}

func arrowSchema(table schemas.TableDoc) *arrow.Schema {
	fields := make([]arrow.Field, len(table.Columns))
	for i, c := range table.Columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowType(c.Type), Nullable: c.Nullable,
			Metadata: arrow.NewMetadata([]string{keyDescription}, []string{c.Doc})}
	}
	return arrow.NewSchema(fields, nil)
}

func arrowType(t schemas.Type) arrow.DataType {
	switch t {
	case schemas.Text:
		return arrow.BinaryTypes.String
	case schemas.Int32:
		return arrow.PrimitiveTypes.Int32
	case schemas.Double:
		return arrow.PrimitiveTypes.Float64
	case schemas.Bool:
		return arrow.FixedWidthTypes.Boolean
	case schemas.Day:
		return arrow.FixedWidthTypes.Date32
	case schemas.TextList:
		return arrow.ListOf(arrow.BinaryTypes.String)
	case schemas.SectionList:
		var fields []arrow.Field
		for _, f := range sectionFields {
			fields = append(fields, arrow.Field{Name: f.name, Type: arrowType(f.typ)})
		}
		return arrow.ListOf(arrow.StructOf(fields...))
	}
	panic(unknownType(t))
}

func fileProperties[R any](table schemas.Table[R]) *parquet.WriterProperties {
	properties := []parquet.WriterProperty{
		parquet.WithCreatedBy(createdBy),
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithCompressionLevel(zstdLevel),
		parquet.WithDataPageVersion(parquet.DataPageV1),
		parquet.WithDataPageSize(pageBytes),
		parquet.WithDictionaryPageSizeLimit(dictionaryLimit),
		parquet.WithStats(true),
		parquet.WithMaxStatsSize(maxStatistics),
	}
	for _, c := range table.Columns {
		if c.Storage == schemas.StoreDictionary {
			continue
		}
		path := c.Name
		if c.Type == schemas.TextList {
			path += ".list.element"
		}
		properties = append(properties, parquet.WithDictionaryFor(path, false))
		if c.Storage == schemas.StoreDelta {
			encoding := parquet.Encodings.DeltaByteArray
			if c.Type == schemas.Int32 {
				encoding = parquet.Encodings.DeltaBinaryPacked
			}
			properties = append(properties, parquet.WithEncodingFor(path, encoding))
		}
	}
	return parquet.NewWriterProperties(properties...)
}
