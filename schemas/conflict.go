package schemas

import "cmp"

// Conflict is a statement that a cell of the panel did not keep and that differs from the kept one.
type Conflict struct {
	RegionCode       string
	Year             int32
	Column           string
	IndicatorIDKept  string
	ValueKept        float64
	IndicatorIDOther string
	ValueOther       float64
}

// ConflictTable is the table conflicts.
var ConflictTable = Table[Conflict]{
	Name: "conflicts",
	Doc:  "one row per statement that differs from the one kept in the panel",
	Columns: []Column[Conflict]{
		text("region_code", "as in panel", func(r *Conflict) string { return r.RegionCode }),
		integer("year", "as in panel", func(r *Conflict) int32 { return r.Year }),
		text("column", "column of the panel", func(r *Conflict) string { return r.Column }),
		text("indicator_id_kept", "the indicator in the cell", func(r *Conflict) string { return r.IndicatorIDKept }),
		double("value_kept", "its value, in the cell's unit", func(r *Conflict) float64 { return r.ValueKept }),
		text("indicator_id_other", "the indicator that was not kept", func(r *Conflict) string { return r.IndicatorIDOther }),
		double("value_other", "its value, in the cell's unit", func(r *Conflict) float64 { return r.ValueOther }),
	},
	Compare: func(a, b *Conflict) int {
		return cmp.Or(cmp.Compare(a.RegionCode, b.RegionCode), cmp.Compare(a.Year, b.Year),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.IndicatorIDOther, b.IndicatorIDOther),
			cmp.Compare(a.IndicatorIDKept, b.IndicatorIDKept))
	},
}
