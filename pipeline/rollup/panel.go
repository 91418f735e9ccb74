package rollup

import (
	"cmp"
	"fmt"
	"slices"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
)

// minConfidence is the confidence below which a statement does not enter the panel.
const minConfidence = 0.8

// errorFlags are the findings that keep a statement out of the panel; the others only describe it.
var errorFlags = []string{"implausible_growth", "share_sum", "contradicts_level", "unit_slip"}

// cell is a place in the panel: the division in force in a year, and a column.
type cell struct {
	division *refdata.Division
	year     int32
	column   string
}

// Statement is what the panel needs of an indicator that qualifies for a cell.
type Statement struct {
	IndicatorID string
	Column      string
	Year        int32
	Value       float64 // in the cell's unit
	Bound       string
	Confidence  float64
	Section     int // place of its section in the document
	CharStart   int32
}

// Statements lists the indicators of a document that may fill a cell of the panel.
func Statements(doc *schemas.Document, inds []schemas.Indicator) []Statement {
	var all []Statement
	if !isReport(doc) {
		return all
	}
	for n := range inds {
		i := &inds[n]
		code, column, ok := panelColumn(i)
		if !ok || i.Confidence < minConfidence || slices.ContainsFunc(i.Flags, isError) {
			continue
		}
		if value, ok := cellValue(i, code); ok {
			all = append(all, Statement{i.IndicatorID, column, i.PeriodStart.Value, value, i.Bound, i.Confidence, sectionAt(doc, i.CharStart), i.CharStart})
		}
	}
	return all
}

// Years are the years that statements speak of.
func Years(statements []Statement) []int32 {
	var all []int32
	for _, s := range statements {
		if !slices.Contains(all, s.Year) {
			all = append(all, s.Year)
		}
	}
	return all
}

func isError(flag string) bool { return slices.Contains(errorFlags, flag) }

// panelColumn is the column that a statement's code, measure and basis belong to. Only whole
// single years and today's definitions have one.
func panelColumn(i *schemas.Indicator) (refdata.Indicator, string, bool) {
	code, ok := refdata.Lookup(i.IndicatorCode.Or(""))
	wholeYear := i.PeriodStart.Valid && i.PeriodStart == i.PeriodEnd && !i.PeriodPart.Valid
	if !ok || !code.Panel || !wholeYear || i.Variant.Valid {
		return code, "", false
	}
	suffix, ok := map[[2]string]string{
		{"level", "actual"}: "", {"growth", "actual"}: "_g", {"share", "actual"}: "_s",
		{"level", "target"}: "_t", {"growth", "target"}: "_tg",
	}[[2]string{i.Measure, i.Basis}]
	return code, code.Code + suffix, ok
}

func sectionAt(doc *schemas.Document, offset int32) int {
	for n, s := range doc.Sections {
		if offset < s.CharEnd {
			return n
		}
	}
	return len(doc.Sections)
}

// inYear is the document's region as it was in the year spoken of, so that a place keeps one row
// a year when its code changes. Where it came of a split or merger its code stays.
func inYear(doc *schemas.Document, year int) *refdata.Division {
	d, _ := division(doc) // Counties has checked that it exists
	if then, ok := d.In(year); ok {
		return then
	}
	d, _ = refdata.Divisions().Named(d.Code, year)
	return d
}

// Codes are the region codes of the panel's rows that a document's statements of these years
// belong to.
func Codes(doc *schemas.Document, years []int32) []string {
	var all []string
	for _, year := range years {
		if code := inYear(doc, int(year)).Code; !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all
}

// Report is a document and its statements.
type Report struct {
	Doc        *schemas.Document
	Statements []Statement
}

// Panel holds the rows of panel, panel_sources and conflicts under one region code.
type Panel struct {
	Rows      []schemas.PanelRow
	Sources   []schemas.PanelSource
	Conflicts []schemas.Conflict
}

// candidate is a statement that may fill a cell.
type candidate struct {
	*Statement
	doc *schemas.Document
}

// precedence puts the statement that fills a cell first.
func precedence(a, b candidate) int {
	approximate := func(s candidate) int {
		if s.Bound == "eq" {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(b.doc.ReportYear.Value, a.doc.ReportYear.Value),
		cmp.Compare(b.doc.Vintage, a.doc.Vintage),
		cmp.Compare(approximate(a), approximate(b)),
		cmp.Compare(b.Section, a.Section),
		cmp.Compare(a.CharStart, b.CharStart),
		cmp.Compare(a.IndicatorID, b.IndicatorID),
	)
}

// NewPanel fills the rows under a region code from all reports that have it among their Codes;
// baseYear is the year of the fixed key.
func NewPanel(code string, reports []Report, baseYear int) (Panel, error) {
	byCell := make(map[cell][]candidate)
	for _, r := range reports {
		for i := range r.Statements {
			s := &r.Statements[i]
			if d := inYear(r.Doc, int(s.Year)); d.Code == code {
				c := cell{d, s.Year, s.Column}
				byCell[c] = append(byCell[c], candidate{s, r.Doc})
			}
		}
	}
	var p Panel
	rows := make(map[cell]*schemas.PanelRow) // by division and year
	for c, candidates := range byCell {
		slices.SortFunc(candidates, precedence)
		kept := candidates[0]
		key := cell{division: c.division, year: c.year}
		if rows[key] == nil {
			rows[key] = panelRow(c, baseYear)
		}
		if err := rows[key].SetCell(c.column, kept.Value); err != nil {
			return Panel{}, fmt.Errorf("indicator %s: %w", kept.IndicatorID, err)
		}
		p.Sources = append(p.Sources, source(c, kept.Statement))
		for _, other := range candidates[1:] {
			if other.Value != kept.Value {
				p.Conflicts = append(p.Conflicts, schemas.Conflict{
					RegionCode: c.division.Code, Year: c.year, Column: c.column,
					IndicatorIDKept: kept.IndicatorID, ValueKept: kept.Value,
					IndicatorIDOther: other.IndicatorID, ValueOther: other.Value,
				})
			}
		}
	}
	for key, row := range rows {
		actual, target := row.Cell("gdp_g"), row.Cell("gdp_tg")
		if actual.Valid && target.Valid {
			if err := row.SetCell(schemas.GDPGap, clean(actual.Value-target.Value)); err != nil {
				return Panel{}, err
			}
			// The cell stands on two statements; the target's is the source of gdp_tg.
			grown := byCell[cell{key.division, key.year, "gdp_g"}][0]
			key.column = schemas.GDPGap
			p.Sources = append(p.Sources, source(key, grown.Statement))
		}
		p.Rows = append(p.Rows, *row)
	}
	sortRows(p.Rows, schemas.PanelTable)
	sortRows(p.Sources, schemas.PanelSourceTable)
	sortRows(p.Conflicts, schemas.ConflictTable)
	return p, nil
}

func panelRow(c cell, baseYear int) *schemas.PanelRow {
	d := c.division
	row := &schemas.PanelRow{RegionCode: d.Code, Name: d.Name, Level: string(d.Level), Year: c.year, RegionCode2020: codeIn(d, baseYear)}
	row.ProvinceCode, _ = codeAndName(d.Province)
	row.PrefectureCode, _ = codeAndName(d.Prefecture)
	return row
}

func source(c cell, s *Statement) schemas.PanelSource {
	return schemas.PanelSource{RegionCode: c.division.Code, Year: c.year, Column: c.column, IndicatorID: s.IndicatorID, Bound: s.Bound, Confidence: s.Confidence}
}
