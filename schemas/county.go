package schemas

import "cmp"

// County is one division code during one period of validity.
type County struct {
	RegionCode, Name, ShortName      string
	Level                            string
	PrefectureCode, Prefecture       Optional[string]
	ProvinceCode, Province           Optional[string]
	ValidFrom, ValidTo               Optional[int32]
	PredecessorCodes, SuccessorCodes []string
	Documents                        int32
	FirstReportYear, LastReportYear  Optional[int32]
	Predecessors, Successors         []string
}

// CountyTable is the table counties.
var CountyTable = Table[County]{
	Name: "counties",
	Doc:  "the region dimension, one row per code and period of validity",
	Columns: []Column[County]{
		text("region_code", "six-digit GB/T 2260 code; 100000 for the nation", func(r *County) string { return r.RegionCode }).stored(StoreDelta),
		text("name", "official name, e.g. 闻喜县", func(r *County) string { return r.Name }).stored(StorePlain),
		text("short_name", "name without its level word, e.g. 闻喜", func(r *County) string { return r.ShortName }).stored(StorePlain),
		text("level", "nation, province, prefecture, county, county_level_city, district", func(r *County) string { return r.Level }),
		optText("prefecture_code", "code of the prefecture at that time", func(r *County) Optional[string] { return r.PrefectureCode }),
		optText("prefecture", "name of the prefecture at that time", func(r *County) Optional[string] { return r.Prefecture }),
		optText("province_code", "code of the province at that time", func(r *County) Optional[string] { return r.ProvinceCode }),
		optText("province", "name of the province at that time", func(r *County) Optional[string] { return r.Province }),
		optInteger("valid_from", "first year in force, as in the source", func(r *County) Optional[int32] { return r.ValidFrom }),
		optInteger("valid_to", "first year no longer in force; null = in force", func(r *County) Optional[int32] { return r.ValidTo }),
		textList("predecessor_codes", "codes whose territory came in", func(r *County) []string { return r.PredecessorCodes }).stored(StoreDelta),
		textList("successor_codes", "codes that took the territory over", func(r *County) []string { return r.SuccessorCodes }).stored(StoreDelta),
		integer("documents", "documents of this release about the region in this period", func(r *County) int32 { return r.Documents }),
		optInteger("first_report_year", "earliest report year in this release; null without documents", func(r *County) Optional[int32] { return r.FirstReportYear }),
		optInteger("last_report_year", "latest report year in this release; null without documents", func(r *County) Optional[int32] { return r.LastReportYear }),
		textList("predecessors", "each transfer of territory in and its year: 142729[2000]", func(r *County) []string { return r.Predecessors }).stored(StorePlain),
		textList("successors", "each transfer of territory out and its year: 220105[2005], 220113[2014]; before valid_to only a part went", func(r *County) []string { return r.Successors }).stored(StorePlain),
	},
	Compare: func(a, b *County) int {
		return cmp.Or(cmp.Compare(a.RegionCode, b.RegionCode), nullsLast(a.ValidFrom, b.ValidFrom),
			nullsLast(a.ValidTo, b.ValidTo), cmp.Compare(a.Name, b.Name))
	},
}
