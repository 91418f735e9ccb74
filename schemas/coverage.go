package schemas

import "cmp"

// Coverage says whether a region's report for a year states an indicator.
type Coverage struct {
	RegionCode    string
	Year          int32
	IndicatorCode string
	Status        string
}

// CoverageTable is the table coverage.
var CoverageTable = Table[Coverage]{
	Name: "coverage",
	Doc:  "headline indicators over regions that have a report and all years between the first and the last",
	Columns: []Column[Coverage]{
		text("region_code", "as in panel", func(r *Coverage) string { return r.RegionCode }),
		integer("year", "as in panel", func(r *Coverage) int32 { return r.Year }),
		text("indicator_code", "a code of the catalogue", func(r *Coverage) string { return r.IndicatorCode }),
		text("status", "stated, not_stated, no_report", func(r *Coverage) string { return r.Status }),
	},
	Compare: func(a, b *Coverage) int {
		return cmp.Or(cmp.Compare(a.RegionCode, b.RegionCode), cmp.Compare(a.Year, b.Year),
			cmp.Compare(a.IndicatorCode, b.IndicatorCode))
	},
}
