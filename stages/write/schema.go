package write

import (
	"strconv"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
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
const zstdLevel = 3

// dictionaryLimit is beyond any row group, so that a column keeps its dictionary: a column that
// changes its encoding half-way has two encodings in the footer, and arrow lists those in random
// order.
const dictionaryLimit = 1 << 30

// ParquetSchema returns the Parquet schema of a table's files.
func ParquetSchema(table schemas.TableDoc) (*schema.Schema, error) {
	return pqarrow.ToParquet(arrowSchema(table, ""), fileProperties(), arrowProperties())
}

func arrowSchema(table schemas.TableDoc, releaseID string) *arrow.Schema {
	fields := make([]arrow.Field, len(table.Columns))
	for i, c := range table.Columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowType(c.Type), Nullable: c.Nullable,
			Metadata: arrow.NewMetadata([]string{keyDescription}, []string{c.Doc})}
	}
	meta := arrow.NewMetadata(
		[]string{KeyReleaseID, KeySchemaVersion, KeyRulesVersion, KeyProgramVersion, keyDescription},
		[]string{releaseID, strconv.Itoa(schemas.SchemaVersion), strconv.Itoa(schemas.RulesVersion), schemas.ProgramVersion, table.Doc})
	return arrow.NewSchema(fields, &meta)
}

var sectionType = arrow.StructOf(
	arrow.Field{Name: "title", Type: arrow.BinaryTypes.String},
	arrow.Field{Name: "kind", Type: arrow.BinaryTypes.String},
	arrow.Field{Name: "char_start", Type: arrow.PrimitiveTypes.Int32},
	arrow.Field{Name: "char_end", Type: arrow.PrimitiveTypes.Int32},
)

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
		return arrow.ListOf(sectionType)
	}
	panic("schemas has a type that stages/write does not know: " + string(t))
}

func fileProperties() *parquet.WriterProperties {
	return parquet.NewWriterProperties(
		parquet.WithCreatedBy(createdBy),
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithCompressionLevel(zstdLevel),
		parquet.WithDataPageVersion(parquet.DataPageV1),
		parquet.WithDictionaryPageSizeLimit(dictionaryLimit),
		parquet.WithStats(true),
		parquet.WithMaxRowGroupLength(maxGroupRows),
	)
}

// The Arrow schema is stored because Parquet itself has no place for a column's description.
func arrowProperties() pqarrow.ArrowWriterProperties {
	return pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema())
}
