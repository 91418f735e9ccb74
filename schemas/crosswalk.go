package schemas

import "cmp"

// Crosswalk leads from a code and period to the code of a base year.
type Crosswalk struct {
	RegionCode     string
	ValidFrom      Optional[int32]
	BaseYear       int32
	RegionCodeBase Optional[string]
}

// CrosswalkTable is the table crosswalk.
var CrosswalkTable = Table[Crosswalk]{
	Name: "crosswalk",
	Doc:  "from every code and period to the code of the base year",
	Columns: []Column[Crosswalk]{
		text("region_code", "as in counties", func(r *Crosswalk) string { return r.RegionCode }).stored(StoreDelta),
		optInteger("valid_from", "as in counties", func(r *Crosswalk) Optional[int32] { return r.ValidFrom }),
		integer("base_year", "the year whose codes are led to", func(r *Crosswalk) int32 { return r.BaseYear }),
		optText("region_code_base", "the code in the base year; null unless one-to-one", func(r *Crosswalk) Optional[string] { return r.RegionCodeBase }).stored(StoreDelta),
	},
	Compare: func(a, b *Crosswalk) int {
		return cmp.Or(cmp.Compare(a.RegionCode, b.RegionCode), nullsLast(a.ValidFrom, b.ValidFrom),
			cmp.Compare(a.BaseYear, b.BaseYear), nullsLast(a.RegionCodeBase, b.RegionCodeBase))
	},
}
