// Package rollup builds the tables that need all documents at once: counties, crosswalk, panel,
// panel_sources, conflicts and coverage.
//
// Input: what the indicators of each document come to (Statements, Headlines), the documents of
// one region at a time, and the history of the division codes (schemas/refdata). Output: the rows
// of those tables, each in its sort order. It derives nothing from the figures but unit
// conversions and gdp_gap: no levels from growth, no exchange rates.
package rollup

import (
	"sort"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
)

// sortRows puts rows into the table's order. It hands Compare rows where they lie: a copy of each would
// have to outlive the call.
func sortRows[R any](rows []R, table schemas.Table[R]) {
	sort.Slice(rows, func(i, j int) bool { return table.Compare(&rows[i], &rows[j]) < 0 })
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
