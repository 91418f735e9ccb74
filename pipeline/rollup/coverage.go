package rollup

import (
	"maps"
	"slices"

	"xianzhi/schemas"
)

// headline are the codes that a reader looks for in every report.
var headline = []string{
	"gdp", "gdp_primary", "gdp_secondary", "gdp_tertiary", "industrial_va", "fai", "retail_sales",
	"fiscal_revenue_total", "general_budget_revenue", "income_all", "income_urban", "income_rural",
}

// coverage says for each region with a report and each year from its first report to its last
// whether the reports of that year state each headline code.
func coverage(docs []schemas.Document, inds []schemas.Indicator, byID map[string]*schemas.Document) []schemas.Coverage {
	reports := make(map[string]map[int32]map[string]bool) // region → report year → codes stated
	for n := range docs {
		d := &docs[n]
		if !isReport(d) {
			continue
		}
		years := reports[d.RegionCode.Value]
		if years == nil {
			years = make(map[int32]map[string]bool)
			reports[d.RegionCode.Value] = years
		}
		if years[d.ReportYear.Value] == nil {
			years[d.ReportYear.Value] = make(map[string]bool)
		}
	}
	for n := range inds {
		if d := byID[inds[n].DocID]; isReport(d) && inds[n].IndicatorCode.Valid {
			reports[d.RegionCode.Value][d.ReportYear.Value][inds[n].IndicatorCode.Value] = true
		}
	}
	var rows []schemas.Coverage
	for region, years := range reports {
		all := slices.Collect(maps.Keys(years))
		for year := slices.Min(all); year <= slices.Max(all); year++ {
			stated, reported := years[year]
			for _, code := range headline {
				status := "not_stated"
				switch {
				case !reported:
					status = "no_report"
				case stated[code]:
					status = "stated"
				}
				rows = append(rows, schemas.Coverage{RegionCode: region, Year: year, IndicatorCode: code, Status: status})
			}
		}
	}
	return rows
}
