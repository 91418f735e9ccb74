package write

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
	_ "github.com/duckdb/duckdb-go/v2"

	"xianzhi/schemas"
)

const releaseID = "0123456789abcdef"

func openDuckDB(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func writeTable[R any](out io.Writer, table schemas.Table[R], rows []R) (Summary, error) {
	w, err := NewWriter(out, table, releaseID)
	if err != nil {
		return Summary{}, err
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b R) int { return table.Compare(&a, &b) })
	for i := range rows {
		if w.Append(&rows[i]) != nil {
			break // Close returns the error
		}
	}
	return w.Close()
}

// writeFile writes rows twice, compares the bytes and returns the path of the file.
func writeFile[R any](t *testing.T, table schemas.Table[R], rows []R) (string, Summary) {
	t.Helper()
	var first, second bytes.Buffer
	summary, err := writeTable(&first, table, rows)
	if err != nil {
		t.Fatal(err)
	}
	reversed := slices.Clone(rows)
	slices.Reverse(reversed)
	if _, err := writeTable(&second, table, reversed); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("table %s: the same rows give other bytes", table.Name)
	}
	path := filepath.Join(t.TempDir(), table.Name+".parquet")
	if err := os.WriteFile(path, first.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path, summary
}

// TestDuckDBReadsWhatWasWritten compares every value of every row with what DuckDB reads, both
// as JSON-like text made on either side.
func TestDuckDBReadsWhatWasWritten(t *testing.T) {
	db := openDuckDB(t)
	for _, n := range []int{0, 1, 500} {
		g := newRows()
		compareInDuckDB(t, db, schemas.DocumentTable, g.documents(n))
		compareInDuckDB(t, db, schemas.CountyTable, g.counties(n))
		compareInDuckDB(t, db, schemas.IndicatorTable, g.indicators(n))
		compareInDuckDB(t, db, schemas.ProjectTable, g.projects(n))
		compareInDuckDB(t, db, schemas.PanelTable, g.panel(t, n))
		compareInDuckDB(t, db, schemas.QuarantineTable, make([]schemas.Quarantine, n))
		compareInDuckDB(t, db, schemas.PanelSourceTable, make([]schemas.PanelSource, n))
		compareInDuckDB(t, db, schemas.ConflictTable, make([]schemas.Conflict, n))
		compareInDuckDB(t, db, schemas.CoverageTable, make([]schemas.Coverage, n))
		compareInDuckDB(t, db, schemas.CrosswalkTable, make([]schemas.Crosswalk, n))
	}
}

var duckDBTypes = map[schemas.Type]string{
	schemas.Text: "VARCHAR", schemas.Int32: "INTEGER", schemas.Double: "DOUBLE", schemas.Bool: "BOOLEAN", schemas.Day: "DATE",
	schemas.TextList:    "VARCHAR[]",
	schemas.SectionList: "STRUCT(title VARCHAR, kind VARCHAR, char_start INTEGER, char_end INTEGER)[]",
}

func compareInDuckDB[R any](t *testing.T, db *sql.DB, table schemas.Table[R], rows []R) {
	t.Helper()
	path, summary := writeFile(t, table, rows)
	if summary.Rows != int64(len(rows)) {
		t.Errorf("%s: %d rows summed up, want %d", table.Name, summary.Rows, len(rows))
	}
	described, err := db.Query("select column_name, column_type from (describe select * from read_parquet('" + path + "'))")
	if err != nil {
		t.Fatal(err)
	}
	defer described.Close()
	n := 0
	for ; described.Next(); n++ {
		var name, typ string
		if err := described.Scan(&name, &typ); err != nil {
			t.Fatal(err)
		}
		if n >= len(table.Columns) || name != table.Columns[n].Name || typ != duckDBTypes[table.Columns[n].Type] {
			t.Fatalf("%s: DuckDB sees column %d as %s %s", table.Name, n, name, typ)
		}
	}
	if n != len(table.Columns) {
		t.Fatalf("%s: DuckDB sees %d columns, want %d", table.Name, n, len(table.Columns))
	}

	result, err := db.Query("select * from read_parquet('" + path + "', file_row_number=true) order by file_row_number")
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b R) int { return table.Compare(&a, &b) })
	cells := make([]any, len(table.Columns)+1)
	pointers := make([]any, len(cells))
	for i := range cells {
		pointers[i] = &cells[i]
	}
	read := 0
	for ; result.Next(); read++ {
		if err := result.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		for i, c := range table.Columns {
			if got, want := canonical(cells[i]), canonical(c.Value(&sorted[read])); got != want {
				t.Fatalf("%s, row %d, column %s: DuckDB reads %.200s, want %.200s", table.Name, read, c.Name, got, want)
			}
		}
	}
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	if read != len(rows) {
		t.Errorf("%s: DuckDB reads %d rows, want %d", table.Name, read, len(rows))
	}
}

// canonical writes a value of ours or of DuckDB's Go types in one way.
func canonical(value any) string {
	switch v := value.(type) {
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return canonical(list)
	case []schemas.Section:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = map[string]any{"title": s.Title, "kind": s.Kind, "char_start": s.CharStart, "char_end": s.CharEnd}
		}
		return canonical(list)
	case []any:
		var b strings.Builder
		for _, element := range v {
			b.WriteString(canonical(element) + ";")
		}
		return "[" + b.String() + "]"
	case interface{ Format(string) string }: // time.Time, for dates
		return v.Format("2006-01-02")
	case schemas.Date:
		return v.String()
	case string:
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprintf("%T %v", value, value)
}

// TestPredicates holds DuckDB's filters, which trust the row groups' statistics, against the
// rows themselves.
func TestPredicates(t *testing.T) {
	db := openDuckDB(t)
	var rows []schemas.Indicator
	for i := range 300 { // about seven row groups
		rows = append(rows, schemas.Indicator{
			IndicatorID: fmt.Sprintf("%03d", i), RegionCode: schemas.Some(fmt.Sprintf("14%04d", i)), Value: float64(i - 150),
			Name: string(rune(0x4e00+i*60)) + "收入", ReportYear: schemas.Some(int32(1900 + i)), Evidence: strings.Repeat("据", 120_000) + fmt.Sprint(i),
		})
	}
	path, _ := writeFile(t, schemas.IndicatorTable, rows)
	groups := openFile(t, path).NumRowGroups()
	if groups < 3 {
		t.Fatalf("only %d row groups: the test needs more", groups)
	}
	for i, r := range rows {
		if i%30 != 0 {
			continue
		}
		for condition, want := range map[string]int{
			fmt.Sprintf("name = '%s'", r.Name):               1,
			fmt.Sprintf("name < '%s'", r.Name):               i,
			fmt.Sprintf("region_code >= '14%04d'", i):        len(rows) - i,
			fmt.Sprintf("value <= %d", i-150):                i + 1,
			fmt.Sprintf("report_year > %d", 1900+i):          len(rows) - i - 1,
			fmt.Sprintf("evidence like '%%据%d'", i):          1,
			"indicator_code is null and flags = []":          len(rows),
			"value_si is not null or unit_si is not null":    0,
			fmt.Sprintf("name = '%s' and estimated", r.Name): 0,
		} {
			var got int
			if err := db.QueryRow("select count(*) from read_parquet('" + path + "') where " + condition).Scan(&got); err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("where %s: %d rows, want %d", condition, got, want)
			}
		}
	}
}

func openFile(t *testing.T, path string) *file.Reader {
	t.Helper()
	r, err := file.OpenParquetFile(path, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestRowGroupsAreBounded(t *testing.T) {
	many := make([]schemas.Coverage, 2*maxGroupRows+1)
	for i := range many {
		many[i] = schemas.Coverage{RegionCode: "140823", Year: int32(i), IndicatorCode: "gdp", Status: "stated"}
	}
	path, _ := writeFile(t, schemas.CoverageTable, many)
	checkGroups(t, path, 3)

	g := newRows()
	large := g.documents(64) // of a MiB each
	for i := range large {
		large[i].Text = strings.Repeat(fmt.Sprint(i, "号"), 1<<20/5)
	}
	path, _ = writeFile(t, schemas.DocumentTable, large)
	checkGroups(t, path, 5)

	varied := g.indicators(40_000)
	for i := range varied { // all different, so that dictionaries do not help
		varied[i].Evidence = fmt.Sprint(i, varied[i].Evidence)
	}
	path, _ = writeFile(t, schemas.IndicatorTable, varied)
	checkGroups(t, path, 5)
}

func checkGroups(t *testing.T, path string, atLeast int) {
	t.Helper()
	r := openFile(t, path)
	if r.NumRowGroups() < atLeast {
		t.Errorf("%s has %d row groups, want at least %d", path, r.NumRowGroups(), atLeast)
	}
	for i := range r.NumRowGroups() {
		group := r.MetaData().RowGroup(i)
		if group.NumRows() > 122_880 || group.TotalByteSize() > 16<<20 {
			t.Errorf("%s: row group %d has %d rows and %d bytes", path, i, group.NumRows(), group.TotalByteSize())
		}
		for c := range group.NumColumns() {
			chunk, err := group.ColumnChunk(c)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(chunk.EncodingStats()); n > 2 { // a dictionary and its indices; see dictionaryLimit
				t.Errorf("%s: column %s has %d kinds of pages, whose order in the footer is random", path, chunk.PathInSchema(), n)
			}
		}
	}
}

func TestFileProperties(t *testing.T) {
	g := newRows()
	path, _ := writeFile(t, schemas.IndicatorTable, g.indicators(100))
	r := openFile(t, path)
	meta := r.MetaData()
	for key, want := range map[string]string{
		"release_id": releaseID, "program_version": schemas.ProgramVersion,
		"schema_version": fmt.Sprint(schemas.SchemaVersion), "rules_version": fmt.Sprint(schemas.RulesVersion),
	} {
		if got := meta.KeyValueMetadata().FindValue(key); got == nil || *got != want {
			t.Errorf("metadata %s is %v, want %s", key, got, want)
		}
	}
	if meta.GetCreatedBy() != "xianzhi" {
		t.Errorf("created by %q", meta.GetCreatedBy())
	}
	arrowReader, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := arrowReader.Schema()
	if err != nil {
		t.Fatal(err)
	}
	if stored.NumFields() != len(schemas.IndicatorTable.Columns) {
		t.Fatalf("the stored schema has %d fields", stored.NumFields())
	}
	for i, f := range stored.Fields() {
		if got, _ := f.Metadata.GetValue("description"); got != schemas.IndicatorTable.Columns[i].Doc {
			t.Errorf("column %s is described as %q", f.Name, got)
		}
	}
	group := r.RowGroup(0)
	for i := range group.NumColumns() {
		chunk, err := meta.RowGroup(0).ColumnChunk(i)
		if err != nil {
			t.Fatal(err)
		}
		name := chunk.PathInSchema().String()
		if codec := chunk.Compression().String(); codec != "ZSTD" {
			t.Errorf("column %s is compressed by %s", name, codec)
		}
		checkStatistics(t, name, chunk)
		pages, err := group.GetColumnPageReader(i)
		if err != nil {
			t.Fatal(err)
		}
		for pages.Next() {
			switch pages.Page().(type) {
			case *file.DataPageV1, *file.DictionaryPage:
			default:
				t.Errorf("column %s has a page of type %T", name, pages.Page())
			}
		}
	}
}

func checkStatistics(t *testing.T, name string, chunk *metadata.ColumnChunkMetaData) {
	t.Helper()
	if set, err := chunk.StatsSet(); err != nil || !set {
		t.Errorf("column %s has no statistics (%v)", name, err)
	}
}

// TestSchemaIsArrows holds our Parquet schema against the one that arrow derives from the Arrow
// schema in the file's metadata: a reader may go by either.
func TestSchemaIsArrows(t *testing.T) {
	for _, table := range schemas.Dictionary() {
		got, err := ParquetSchema(table)
		if err != nil {
			t.Fatal(err)
		}
		want, err := pqarrow.ToParquet(arrowSchema(table), parquet.NewWriterProperties(), pqarrow.DefaultWriterProps())
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equals(want) {
			t.Errorf("table %s has schema %s, want %s", table.Name, got, want)
		}
	}
}

func TestSchemaHasNoDictionaries(t *testing.T) {
	for _, table := range schemas.Dictionary() {
		s, err := ParquetSchema(table)
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.NumColumns() {
			leaf := s.Column(i)
			if leaf.PhysicalType() == parquet.Types.ByteArray && leaf.LogicalType().String() != "String" {
				t.Errorf("%s.%s is no plain string", table.Name, leaf.Name())
			}
		}
	}
}

func TestRowsThatCannotBeWritten(t *testing.T) {
	for name, rows := range map[string][]schemas.Indicator{
		"UTF-8":        {{Name: "ok"}, {Name: "\xff"}},
		"UTF-8 list":   {{Flags: []string{"ok", "\xff"}}},
		"not a number": {{Value: math.NaN()}},
		"infinite":     {{ValueMax: schemas.Some(math.Inf(1))}},
	} {
		if _, err := writeTable(io.Discard, schemas.IndicatorTable, rows); err == nil || !strings.Contains(err.Error(), "table indicators, column") {
			t.Errorf("%s: error %v should name the table and the column", name, err)
		}
	}
	w, err := NewWriter(io.Discard, schemas.CoverageTable, releaseID)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(&schemas.Coverage{RegionCode: "2"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Append(&schemas.Coverage{RegionCode: "1"}); err == nil {
		t.Error("a row out of order was accepted")
	}
	if err := w.Append(&schemas.Coverage{RegionCode: "3"}); err == nil {
		t.Error("a failed writer took another row")
	}
	if _, err := w.Close(); err == nil {
		t.Error("a failed writer closed without an error")
	}
}

func TestFailingDisk(t *testing.T) {
	g := newRows()
	rows := g.indicators(100)
	var whole bytes.Buffer
	if _, err := writeTable(&whole, schemas.IndicatorTable, rows); err != nil {
		t.Fatal(err)
	}
	for capacity := 0; capacity < whole.Len(); capacity += 397 {
		disk := &disk{free: capacity}
		if _, err := writeTable(disk, schemas.IndicatorTable, rows); err == nil {
			t.Fatalf("a disk that is full after %d of %d bytes gave no error", capacity, whole.Len())
		}
	}
}

// disk is full after a number of bytes.
type disk struct{ free int }

func (d *disk) Write(b []byte) (int, error) {
	if len(b) > d.free {
		return 0, io.ErrShortWrite
	}
	d.free -= len(b)
	return len(b), nil
}
