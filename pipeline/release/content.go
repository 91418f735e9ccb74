package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zeebo/xxh3"

	"xianzhi/pipeline/table"
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
	err      error          // that a rule met
	count    map[string]int // findings by file and rule

	regions    keys
	docs       map[string]document
	texts      *os.File // the documents' texts, one after another: they may not fit into memory
	indicators keys
	panel      keys // region_code/year
}

type document struct {
	offset, length     int64  // in texts
	regionCode, report string // as in the table; "" for null
}

// keys is a set of keys, of which there may be millions, by their hashes.
type keys map[xxh3.Uint128]struct{}

func (k keys) has(key string) bool {
	_, ok := k[xxh3.HashString128(key)]
	return ok
}

func (k keys) add(key string) { k[xxh3.HashString128(key)] = struct{}{} }

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
func (c *contentCheck) mustKnow(table, column, key string, known keys, row string) {
	if key != "" && !known.has(key) {
		c.note(table, "foreign key", "row %s has %s %s, which does not exist", row, column, key)
	}
}

func (c *contentCheck) mustBeNew(table, column, key string, seen keys) {
	if seen.has(key) {
		c.note(table, "unique id", "%s %s occurs twice", column, key)
	}
	seen.add(key)
}

func (c *contentCheck) checkCounties() error {
	c.regions = keys{}
	periods := keys{}
	return c.each("counties", []string{"region_code", "valid_from"}, func(r row) {
		c.regions.add(r.text("region_code"))
		c.mustBeNew("counties", "region_code/valid_from", r.text("region_code")+"/"+r.text("valid_from"), periods)
	})
}

func (c *contentCheck) checkDocuments() error {
	c.docs = map[string]document{}
	var err error
	if c.texts, err = temporaryFile(); err != nil {
		return err
	}
	var offset int64
	seen, sources := keys{}, keys{}
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
		c.docs[id] = document{offset, int64(len(text)), r.text("region_code"), r.text("report_year")}
		n, err := c.texts.WriteString(text)
		if err != nil {
			c.err = fmt.Errorf("cannot keep the texts in a temporary file (is the disk full?): %w", err)
		}
		offset += int64(n)
	})
}

// temporaryFile makes a file that goes away when it is closed, or with the process.
func temporaryFile() (*os.File, error) {
	f, err := os.CreateTemp("", "xianzhi-check-")
	if err != nil {
		return nil, fmt.Errorf("cannot make a temporary file: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot unlink a temporary file: %w", err), f.Close())
	}
	return f, nil
}

// close gives the texts up.
func (c *contentCheck) close() {
	if c.texts != nil {
		c.texts.Close() // it was only read
	}
}

// textReader reads documents' texts. Rows come document by document, so one is kept.
type textReader struct {
	docs  map[string]document
	texts *os.File
	id    string
	text  string
	runes []rune
}

func (c *contentCheck) reader() *textReader { return &textReader{docs: c.docs, texts: c.texts} }

// open makes a document the current one; there must be one of that id.
func (r *textReader) open(id string) error {
	if r.id == id {
		return nil
	}
	doc := r.docs[id]
	text := make([]byte, doc.length)
	if _, err := r.texts.ReadAt(text, doc.offset); err != nil {
		return fmt.Errorf("cannot read a text again from %s: %w", r.texts.Name(), err)
	}
	r.id, r.text = id, string(text)
	r.runes = []rune(r.text)
	return nil
}

// span returns code points of the current text.
func (r *textReader) span(start, end int) (string, bool) {
	if start < 0 || start >= end || end > len(r.runes) {
		return "", false
	}
	return string(r.runes[start:end]), true
}

// checkStatement holds what indicators and projects share against the document.
func (c *contentCheck) checkStatement(table, id string, r row, s *textReader) (span string) {
	doc, ok := c.docs[r.text("doc_id")]
	if !ok {
		c.note(table, "foreign key", "row %s has doc_id %s, which does not exist", id, r.text("doc_id"))
		return ""
	}
	if err := s.open(r.text("doc_id")); err != nil {
		c.err = err
		return ""
	}
	if r.text("region_code") != doc.regionCode || r.text("report_year") != doc.report {
		c.note(table, "keys", "row %s has region_code %q and report_year %q, but its document has %q and %q",
			id, r.text("region_code"), r.text("report_year"), doc.regionCode, doc.report)
	}
	c.mustKnow(table, "region_code_2020", r.text("region_code_2020"), c.regions, id)
	if !strings.Contains(s.text, r.text("evidence")) {
		c.note(table, "evidence", "row %s quotes what documents.text does not contain", id)
	}
	span, ok = s.span(r.number("char_start"), r.number("char_end"))
	if !ok {
		c.note(table, "span", "row %s has span %d–%d, which is not within documents.text", id, r.number("char_start"), r.number("char_end"))
	}
	return span
}

func (c *contentCheck) checkIndicators() error {
	codes := keys{}
	for _, i := range refdata.Catalogue() {
		codes.add(i.Code)
	}
	c.indicators = keys{}
	s := c.reader()
	columns := []string{"indicator_id", "doc_id", "region_code", "region_code_2020", "report_year", "indicator_code", "value_text", "evidence", "char_start", "char_end"}
	return c.each("indicators", columns, func(r row) {
		id := r.text("indicator_id")
		c.mustBeNew("indicators", "indicator_id", id, c.indicators)
		if prefix := fmt.Sprintf("%s:%d:", r.text("doc_id"), r.number("char_start")); !strings.HasPrefix(id, prefix) {
			c.note("indicators", "indicator_id", "row %s should start with %s", id, prefix)
		}
		c.mustKnow("indicators", "indicator_code", r.text("indicator_code"), codes, id)
		if span := c.checkStatement("indicators", id, r, s); span != "" && span != r.text("value_text") {
			c.note("indicators", "span", "row %s has value_text %q, but documents.text has %q there", id, r.text("value_text"), span)
		}
	})
}

func (c *contentCheck) checkProjects() error {
	seen := keys{}
	var links [][3]string // id, column, id of the other mention
	s := c.reader()
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
		c.checkStatement("projects", id, r, s)
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
	c.panel = keys{}
	return c.each("panel", []string{"region_code", "region_code_2020", "year"}, func(r row) {
		key := regionYear(r)
		c.mustBeNew("panel", "region_code/year", key, c.panel)
		c.mustKnow("panel", "region_code", r.text("region_code"), c.regions, key)
		c.mustKnow("panel", "region_code_2020", r.text("region_code_2020"), c.regions, key)
	})
}

func (c *contentCheck) checkPanelSources() error {
	columns := panelCellNames()
	seen := keys{}
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
	seen := keys{}
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
	seen := keys{}
	return c.each("crosswalk", []string{"region_code", "valid_from", "base_year", "region_code_base"}, func(r row) {
		key := r.text("region_code") + "/" + r.text("valid_from") + "/" + r.text("base_year")
		c.mustBeNew("crosswalk", "region_code/valid_from/base_year", key, seen)
		c.mustKnow("crosswalk", "region_code", r.text("region_code"), c.regions, key)
		c.mustKnow("crosswalk", "region_code_base", r.text("region_code_base"), c.regions, key)
	})
}

func regionYear(r row) string { return r.text("region_code") + "/" + r.text("year") }

func panelCellNames() keys {
	names := keys{}
	for _, cell := range schemas.PanelCells() {
		names.add(cell.Name)
	}
	return names
}

// row is one row of a few columns.
type row struct {
	table.Row
	names []string
}

// text returns a value as text, "" for null.
func (r row) text(name string) string {
	text, _ := r.Text(slices.Index(r.names, name))
	return text
}

// number returns the value of an int32 column that is never null.
func (r row) number(name string) int { return r.Int(slices.Index(r.names, name)) }

// each visits the rows of a table in file order with the named columns.
func (c *contentCheck) each(name string, columns []string, visit func(row)) error {
	return table.Each(c.ctx, filepath.Join(c.dir, name+fileSuffix), columns, func(r table.Row) error {
		visit(row{r, columns})
		return c.err
	})
}
