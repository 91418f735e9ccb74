package rollup

import (
	"math"
	"slices"

	"xianzhi/schemas"
)

// headline are the codes that a reader looks for in every report.
var headline = []string{
	"gdp", "gdp_primary", "gdp_secondary", "gdp_tertiary", "industrial_va", "fai", "retail_sales",
	"fiscal_revenue_total", "general_budget_revenue", "income_all", "income_urban", "income_rural",
}

// Headlines is a set of headline codes.
type Headlines uint16

// HeadlinesOf is the set of headline codes that indicators state.
func HeadlinesOf(inds []schemas.Indicator) Headlines {
	var set Headlines
	for i := range inds {
		if n := slices.Index(headline, inds[i].IndicatorCode.Or("")); n >= 0 {
			set |= 1 << n
		}
	}
	return set
}

// Stated is a document of a region and the headline codes that it states.
type Stated struct {
	Doc       *schemas.Document
	Headlines Headlines
}

// Coverage says for one region, whose documents are given, and each year from its first report to
// its last whether the reports of that year state each headline code.
func Coverage(docs []Stated) []schemas.Coverage {
	stated := map[int32]Headlines{} // by report year
	var code string
	first, last := int32(math.MaxInt32), int32(math.MinInt32)
	for _, d := range docs {
		if !isReport(d.Doc) {
			continue
		}
		code = d.Doc.RegionCode.Value
		year := d.Doc.ReportYear.Value
		stated[year] |= d.Headlines
		first, last = min(first, year), max(last, year)
	}
	var rows []schemas.Coverage
	for year := first; year <= last; year++ {
		set, reported := stated[year]
		for n, indicator := range headline {
			status := "not_stated"
			switch {
			case !reported:
				status = "no_report"
			case set>>n&1 == 1:
				status = "stated"
			}
			rows = append(rows, schemas.Coverage{RegionCode: code, Year: year, IndicatorCode: indicator, Status: status})
		}
	}
	sortRows(rows, schemas.CoverageTable)
	return rows
}
