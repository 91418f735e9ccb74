package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
)

// findingsPerRule bounds what one rule reports of a table: a systematic fault needs no million
// lines.
const findingsPerRule = 20

// contentCheck carries what the rules about the tables' content share. Rules run in order; a
// rule may use what an earlier one gathered, if it names that one's tables too.
type contentCheck struct {
	ctx      context.Context
	dir      string
	findings []Finding
	count    map[string]int // findings by file and rule

	regions    map[string]bool
	docs       map[string]document
	indicators map[string]bool
	panel      map[string]bool // region_code/year
}

type document struct {
	text               string
	regionCode, report string // as in the table; "" for null
}

type contentRule struct {
	tables []string
	check  func(*contentCheck) error
}

var contentRules = []contentRule{
	{[]string{"counties"}, (*contentCheck).checkCounties},
	{[]string{"counties", "documents"}, (*contentCheck).checkDocuments},
	{[]string{"counties", "documents", "indicators"}, (*contentCheck).checkIndicators},
	{[]string{"counties", "documents", "projects"}, (*contentCheck).checkProjects},
	{[]string{"counties", "documents", "quarantine"}, (*contentCheck).checkQuarantine},
	{[]string{"counties", "panel"}, (*contentCheck).checkPanel},
	{[]string{"counties", "documents", "indicators", "panel", "panel_sources"}, (*contentCheck).checkPanelSources},
	{[]string{"counties", "documents", "indicators", "panel", "conflicts"}, (*contentCheck).checkConflicts},
	{[]string{"counties", "coverage"}, (*contentCheck).checkCoverage},
	{[]string{"counties", "crosswalk"}, (*contentCheck).checkCrosswalk},
}

// note reports a finding, unless the rule has reported enough of this table.
func (c *contentCheck) note(table, rule, format string, args ...any) {
	key := table + "\x00" + rule
	if c.count == nil {
		c.count = map[string]int{}
	}
	c.count[key]++
	switch n := c.count[key]; {
	case n <= findingsPerRule:
		c.findings = append(c.findings, Finding{table + fileSuffix, rule + ": " + fmt.Sprintf(format, args...)})
	case n == findingsPerRule+1:
		c.findings = append(c.findings, Finding{table + fileSuffix, rule + ": more of the same"})
	}
}

// mustKnow reports a foreign key that leads nowhere; "" is null and leads nowhere rightly.
func (c *contentCheck) mustKnow(table, column, key string, known map[string]bool, row string) {
	if key != "" && !known[key] {
		c.note(table, "foreign key", "row %s has %s %s, which does not exist", row, column, key)
	}
}

func (c *contentCheck) mustBeNew(table, column, key string, seen map[string]bool) {
	if seen[key] {
		c.note(table, "unique id", "%s %s occurs twice", column, key)
	}
	seen[key] = true
}

func (c *contentCheck) checkCounties() error {
	c.regions = map[string]bool{}
	periods := map[string]bool{}
	return c.each("counties", []string{"region_code", "valid_from"}, func(r row) {
		c.regions[r.text("region_code")] = true
		c.mustBeNew("counties", "region_code/valid_from", r.text("region_code")+"/"+r.text("valid_from"), periods)
	})
}

func (c *contentCheck) checkDocuments() error {
	c.docs = map[string]document{}
	seen, sources := map[string]bool{}, map[string]bool{}
	columns := []string{"doc_id", "source", "region_code", "report_year", "text", "n_chars", "sha256"}
	return c.each("documents", columns, func(r row) {
		id, text := r.text("doc_id"), r.text("text")
		sum := sha256.Sum256([]byte(text))
		if hash := hex.EncodeToString(sum[:]); r.text("sha256") != hash || id != hash[:16] {
			c.note("documents", "doc_id", "document %s does not have the SHA-256 of its text", id)
		}
		if n := utf8.RuneCountInString(text); r.number("n_chars") != n {
			c.note("documents", "n_chars", "document %s has %d characters, but n_chars is %d", id, n, r.number("n_chars"))
		}
		c.mustBeNew("documents", "doc_id", id, seen)
		c.mustBeNew("documents", "source", r.text("source"), sources)
		c.mustKnow("documents", "region_code", r.text("region_code"), c.regions, id)
		c.docs[id] = document{text, r.text("region_code"), r.text("report_year")}
	})
}

// spans reads spans of documents' texts. Rows come document by document, so one is kept apart
// in code points.
type spans struct {
	docs  map[string]document
	id    string
	runes []rune
}

func (s *spans) at(id string, start, end int) (string, bool) {
	doc, ok := s.docs[id]
	if !ok {
		return "", false
	}
	if s.id != id {
		s.id, s.runes = id, []rune(doc.text)
	}
	if start < 0 || start >= end || end > len(s.runes) {
		return "", false
	}
	return string(s.runes[start:end]), true
}

// checkStatement holds what indicators and projects share against the document.
func (c *contentCheck) checkStatement(table, id string, r row, s *spans) (span string) {
	doc, ok := c.docs[r.text("doc_id")]
	if !ok {
		c.note(table, "foreign key", "row %s has doc_id %s, which does not exist", id, r.text("doc_id"))
		return ""
	}
	if r.text("region_code") != doc.regionCode || r.text("report_year") != doc.report {
		c.note(table, "keys", "row %s has region_code %q and report_year %q, but its document has %q and %q",
			id, r.text("region_code"), r.text("report_year"), doc.regionCode, doc.report)
	}
	c.mustKnow(table, "region_code_2020", r.text("region_code_2020"), c.regions, id)
	if !strings.Contains(doc.text, r.text("evidence")) {
		c.note(table, "evidence", "row %s quotes what documents.text does not contain", id)
	}
	span, ok = s.at(r.text("doc_id"), r.number("char_start"), r.number("char_end"))
	if !ok {
		c.note(table, "span", "row %s has span %d–%d, which is not within documents.text", id, r.number("char_start"), r.number("char_end"))
	}
	return span
}

func (c *contentCheck) checkIndicators() error {
	codes := map[string]bool{}
	for _, i := range refdata.Catalogue() {
		codes[i.Code] = true
	}
	c.indicators = map[string]bool{}
	s := spans{docs: c.docs}
	columns := []string{"indicator_id", "doc_id", "region_code", "region_code_2020", "report_year", "indicator_code", "value_text", "evidence", "char_start", "char_end"}
	return c.each("indicators", columns, func(r row) {
		id := r.text("indicator_id")
		c.mustBeNew("indicators", "indicator_id", id, c.indicators)
		if prefix := fmt.Sprintf("%s:%d:", r.text("doc_id"), r.number("char_start")); !strings.HasPrefix(id, prefix) {
			c.note("indicators", "indicator_id", "row %s should start with %s", id, prefix)
		}
		c.mustKnow("indicators", "indicator_code", r.text("indicator_code"), codes, id)
		if span := c.checkStatement("indicators", id, r, &s); span != "" && span != r.text("value_text") {
			c.note("indicators", "span", "row %s has value_text %q, but documents.text has %q there", id, r.text("value_text"), span)
		}
	})
}

func (c *contentCheck) checkProjects() error {
	seen := map[string]bool{}
	var links [][3]string // id, column, id of the other mention
	s := spans{docs: c.docs}
	columns := []string{"project_id", "doc_id", "region_code", "region_code_2020", "report_year", "evidence", "char_start", "char_end", "same_as", "continues"}
	err := c.each("projects", columns, func(r row) {
		id := r.text("project_id")
		for _, column := range []string{"same_as", "continues"} {
			links = append(links, [3]string{id, column, r.text(column)})
		}
		c.mustBeNew("projects", "project_id", id, seen)
		if prefix := fmt.Sprintf("%s:p:%d:", r.text("doc_id"), r.number("char_start")); !strings.HasPrefix(id, prefix) {
			c.note("projects", "project_id", "row %s should start with %s", id, prefix)
		}
		c.checkStatement("projects", id, r, &s)
	})
	for _, l := range links {
		c.mustKnow("projects", l[1], l[2], seen, l[0])
	}
	return err
}

func (c *contentCheck) checkQuarantine() error {
	return c.each("quarantine", []string{"source", "duplicate_of"}, func(r row) {
		if of := r.text("duplicate_of"); of != "" {
			if _, ok := c.docs[of]; !ok {
				c.note("quarantine", "foreign key", "row %s has duplicate_of %s, which does not exist", r.text("source"), of)
			}
		}
	})
}

func (c *contentCheck) checkPanel() error {
	c.panel = map[string]bool{}
	return c.each("panel", []string{"region_code", "region_code_2020", "year"}, func(r row) {
		key := regionYear(r)
		c.mustBeNew("panel", "region_code/year", key, c.panel)
		c.mustKnow("panel", "region_code", r.text("region_code"), c.regions, key)
		c.mustKnow("panel", "region_code_2020", r.text("region_code_2020"), c.regions, key)
	})
}

func (c *contentCheck) checkPanelSources() error {
	columns := panelCellNames()
	seen := map[string]bool{}
	return c.each("panel_sources", []string{"region_code", "year", "column", "indicator_id"}, func(r row) {
		key := regionYear(r) + "/" + r.text("column")
		c.mustBeNew("panel_sources", "region_code/year/column/indicator_id", key+"/"+r.text("indicator_id"), seen)
		c.mustKnow("panel_sources", "region_code/year", regionYear(r), c.panel, key)
		c.mustKnow("panel_sources", "column", r.text("column"), columns, key)
		c.mustKnow("panel_sources", "indicator_id", r.text("indicator_id"), c.indicators, key)
	})
}

func (c *contentCheck) checkConflicts() error {
	columns := panelCellNames()
	return c.each("conflicts", []string{"region_code", "year", "column", "indicator_id_kept", "indicator_id_other"}, func(r row) {
		key := regionYear(r) + "/" + r.text("column")
		c.mustKnow("conflicts", "region_code/year", regionYear(r), c.panel, key)
		c.mustKnow("conflicts", "column", r.text("column"), columns, key)
		c.mustKnow("conflicts", "indicator_id_kept", r.text("indicator_id_kept"), c.indicators, key)
		c.mustKnow("conflicts", "indicator_id_other", r.text("indicator_id_other"), c.indicators, key)
	})
}

func (c *contentCheck) checkCoverage() error {
	seen := map[string]bool{}
	return c.each("coverage", []string{"region_code", "year", "indicator_code"}, func(r row) {
		key := regionYear(r) + "/" + r.text("indicator_code")
		c.mustBeNew("coverage", "region_code/year/indicator_code", key, seen)
		c.mustKnow("coverage", "region_code", r.text("region_code"), c.regions, key)
		if _, ok := refdata.Lookup(r.text("indicator_code")); !ok {
			c.note("coverage", "foreign key", "row %s has indicator_code %s, which does not exist", key, r.text("indicator_code"))
		}
	})
}

func (c *contentCheck) checkCrosswalk() error {
	seen := map[string]bool{}
	return c.each("crosswalk", []string{"region_code", "valid_from", "base_year", "region_code_base"}, func(r row) {
		key := r.text("region_code") + "/" + r.text("valid_from") + "/" + r.text("base_year")
		c.mustBeNew("crosswalk", "region_code/valid_from/base_year", key, seen)
		c.mustKnow("crosswalk", "region_code", r.text("region_code"), c.regions, key)
		c.mustKnow("crosswalk", "region_code_base", r.text("region_code_base"), c.regions, key)
	})
}

func regionYear(r row) string { return r.text("region_code") + "/" + r.text("year") }

func panelCellNames() map[string]bool {
	names := map[string]bool{}
	for _, cell := range schemas.PanelCells() {
		names[cell.Name] = true
	}
	return names
}

// row is one row of a few columns.
type row struct {
	names   []string
	columns []arrow.Array
	index   int
}

func (r row) column(name string) arrow.Array { return r.columns[slices.Index(r.names, name)] }

// text returns a value as text, "" for null.
func (r row) text(name string) string {
	switch c := r.column(name).(type) {
	case *array.String:
		if c.IsValid(r.index) {
			return strings.Clone(c.Value(r.index)) // the array's memory is reused
		}
	case *array.Int32:
		if c.IsValid(r.index) {
			return strconv.Itoa(int(c.Value(r.index)))
		}
	}
	return ""
}

// number returns the value of an int32 column that is never null.
func (r row) number(name string) int { return int(r.column(name).(*array.Int32).Value(r.index)) }

// each visits the rows of a table in file order with the named string and int32 columns.
func (c *contentCheck) each(table string, names []string, visit func(row)) error {
	path := filepath.Join(c.dir, table+fileSuffix)
	f, err := file.OpenParquetFile(path, false)
	if err != nil {
		return fmt.Errorf("cannot open %s: %w", path, err)
	}
	defer f.Close()
	if f.NumRows() == 0 {
		return nil
	}
	r, err := pqarrow.NewFileReader(f, pqarrow.ArrowReadProperties{BatchSize: readBackRows}, memory.DefaultAllocator)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", path, err)
	}
	leaves := make([]int, len(names))
	for i, name := range names {
		leaves[i] = f.MetaData().Schema.ColumnIndexByName(name)
	}
	records, err := r.GetRecordReader(c.ctx, leaves, nil)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", path, err)
	}
	defer records.Release()
	for records.Next() {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		record := records.Record()
		visited := row{names: names, columns: make([]arrow.Array, len(names))}
		for i, name := range names {
			visited.columns[i] = record.Column(record.Schema().FieldIndices(name)[0])
		}
		for visited.index = range int(record.NumRows()) {
			visit(visited)
		}
	}
	if err := records.Err(); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("cannot read %s: %w", path, err)
	}
	return nil
}
