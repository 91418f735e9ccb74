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

// statement is an indicator that qualifies for a cell.
type statement struct {
	*schemas.Indicator
	doc     *schemas.Document
	cell    cell
	value   float64 // in the cell's unit
	section int     // place of its section in the document
}

// qualifying lists the statements that may fill a cell of the panel.
func qualifying(inds []schemas.Indicator, docs map[string]*schemas.Document) ([]statement, error) {
	var all []statement
	for n := range inds {
		i := &inds[n]
		doc := docs[i.DocID]
		if doc == nil {
			return nil, fmt.Errorf("indicator %s belongs to document %s, which is not in the release", i.IndicatorID, i.DocID)
		}
		code, column, ok := panelColumn(i)
		if !ok || !isReport(doc) || i.Confidence < minConfidence || slices.ContainsFunc(i.Flags, isError) {
			continue
		}
		value, ok := cellValue(i, code)
		if !ok {
			continue
		}
		s := statement{Indicator: i, doc: doc, value: value, section: sectionAt(doc, i.CharStart)}
		s.cell = cell{inYear(doc, int(i.PeriodStart.Value)), i.PeriodStart.Value, column}
		all = append(all, s)
	}
	return all, nil
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
	d, _ := division(doc) // Build has checked that it exists
	if then, ok := d.In(year); ok {
		return then
	}
	d, _ = refdata.Divisions().Named(d.Code, year)
	return d
}

// precedence puts the statement that fills a cell first.
func precedence(a, b statement) int {
	approximate := func(s statement) int {
		if s.Bound == "eq" {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(b.doc.ReportYear.Value, a.doc.ReportYear.Value),
		cmp.Compare(b.doc.Vintage, a.doc.Vintage),
		cmp.Compare(approximate(a), approximate(b)),
		cmp.Compare(b.section, a.section),
		cmp.Compare(a.CharStart, b.CharStart),
		cmp.Compare(a.IndicatorID, b.IndicatorID),
	)
}

// fillPanel fills panel, panel_sources and conflicts.
func (t *Tables) fillPanel(all []statement, baseYear int) error {
	byCell := make(map[cell][]statement)
	for _, s := range all {
		byCell[s.cell] = append(byCell[s.cell], s)
	}
	rows := make(map[cell]*schemas.PanelRow) // by division and year
	for c, candidates := range byCell {
		slices.SortFunc(candidates, precedence)
		kept := candidates[0]
		key := cell{division: c.division, year: c.year}
		if rows[key] == nil {
			rows[key] = panelRow(c, baseYear)
		}
		if err := rows[key].SetCell(c.column, kept.value); err != nil {
			return fmt.Errorf("indicator %s: %w", kept.IndicatorID, err)
		}
		t.PanelSources = append(t.PanelSources, source(c, kept))
		for _, other := range candidates[1:] {
			if other.value != kept.value {
				t.Conflicts = append(t.Conflicts, schemas.Conflict{
					RegionCode: c.division.Code, Year: c.year, Column: c.column,
					IndicatorIDKept: kept.IndicatorID, ValueKept: kept.value,
					IndicatorIDOther: other.IndicatorID, ValueOther: other.value,
				})
			}
		}
	}
	for key, row := range rows {
		actual, target := row.Cell("gdp_g"), row.Cell("gdp_tg")
		if actual.Valid && target.Valid {
			if err := row.SetCell(schemas.GDPGap, clean(actual.Value-target.Value)); err != nil {
				return err
			}
			// The cell stands on two statements; the target's is the source of gdp_tg.
			grown := byCell[cell{key.division, key.year, "gdp_g"}][0]
			key.column = schemas.GDPGap
			t.PanelSources = append(t.PanelSources, source(key, grown))
		}
		t.Panel = append(t.Panel, *row)
	}
	return nil
}

func panelRow(c cell, baseYear int) *schemas.PanelRow {
	d := c.division
	row := &schemas.PanelRow{RegionCode: d.Code, Name: d.Name, Level: string(d.Level), Year: c.year, RegionCode2020: codeIn(d, baseYear)}
	row.ProvinceCode, _ = codeAndName(d.Province)
	row.PrefectureCode, _ = codeAndName(d.Prefecture)
	return row
}

func source(c cell, s statement) schemas.PanelSource {
	return schemas.PanelSource{RegionCode: c.division.Code, Year: c.year, Column: c.column, IndicatorID: s.IndicatorID, Bound: s.Bound, Confidence: s.Confidence}
}
