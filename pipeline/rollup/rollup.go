// Package rollup builds the tables that need all documents at once: counties, crosswalk, panel,
// panel_sources, conflicts and coverage.
//
// Input: the rows of documents and indicators of one release and the history of the division
// codes (schemas/refdata). Output: the rows of those tables, each in its sort order. It derives
// nothing from the figures but unit conversions and gdp_gap: no levels from growth, no exchange
// rates.
package rollup

import (
	"fmt"
	"slices"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
)

// Tables are the rolled-up tables.
type Tables struct {
	Counties     []schemas.County
	Crosswalk    []schemas.Crosswalk
	Panel        []schemas.PanelRow
	PanelSources []schemas.PanelSource
	Conflicts    []schemas.Conflict
	Coverage     []schemas.Coverage
}

// Build rolls the documents and their indicators up; baseYear is the year of the fixed key,
// whose codes region_code_2020 holds and the crosswalk leads to. An indicator without its document, or a document with a code that the
// history does not know, is an error.
func Build(docs []schemas.Document, inds []schemas.Indicator, baseYear int) (Tables, error) {
	byID := make(map[string]*schemas.Document, len(docs))
	for i := range docs {
		d := &docs[i]
		byID[d.DocID] = d
		if d.RegionCode.Valid {
			if _, ok := division(d); !ok {
				return Tables{}, fmt.Errorf("document %s (%s) has region code %s, which schemas/refdata/areacodes.csv does not know", d.DocID, d.Source, d.RegionCode.Value)
			}
		}
	}
	var t Tables
	t.Counties = counties(docs)
	t.Crosswalk = crosswalk(baseYear)
	statements, err := qualifying(inds, byID)
	if err != nil {
		return Tables{}, err
	}
	if err := t.fillPanel(statements, baseYear); err != nil {
		return Tables{}, err
	}
	t.Coverage = coverage(docs, inds, byID)
	sort(t.Counties, schemas.CountyTable)
	sort(t.Crosswalk, schemas.CrosswalkTable)
	sort(t.Panel, schemas.PanelTable)
	sort(t.PanelSources, schemas.PanelSourceTable)
	sort(t.Conflicts, schemas.ConflictTable)
	sort(t.Coverage, schemas.CoverageTable)
	return t, nil
}

func sort[R any](rows []R, table schemas.Table[R]) {
	slices.SortFunc(rows, func(a, b R) int { return table.Compare(&a, &b) })
}

// division is what a document's region code stood for in its report year; for a document without
// a year, what it stood for last.
func division(d *schemas.Document) (*refdata.Division, bool) {
	return refdata.Divisions().Named(d.RegionCode.Value, int(d.ReportYear.Or(lastYear)))
}

const lastYear = 9999

// isReport reports whether a document's figures may enter panel and coverage.
func isReport(d *schemas.Document) bool {
	return (d.DocType == "work_report" || d.DocType == "statistical_communique") && d.RegionCode.Valid && d.ReportYear.Valid
}
