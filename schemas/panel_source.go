package schemas

import "cmp"

// PanelSource says which indicator fills a cell of the panel.
type PanelSource struct {
	RegionCode          string
	Year                int32
	Column, IndicatorID string
	Bound               string
	Confidence          float64
}

// PanelSourceTable is the table panel_sources.
var PanelSourceTable = Table[PanelSource]{
	Name: "panel_sources",
	Doc:  "one row per filled cell of the panel",
	Columns: []Column[PanelSource]{
		text("region_code", "as in panel", func(r *PanelSource) string { return r.RegionCode }),
		integer("year", "as in panel", func(r *PanelSource) int32 { return r.Year }),
		text("column", "column of the panel", func(r *PanelSource) string { return r.Column }),
		text("indicator_id", "the indicator that fills the cell", func(r *PanelSource) string { return r.IndicatorID }).stored(StoreDelta),
		text("bound", "as in indicators", func(r *PanelSource) string { return r.Bound }),
		double("confidence", "as in indicators", func(r *PanelSource) float64 { return r.Confidence }),
	},
	Compare: func(a, b *PanelSource) int {
		return cmp.Or(cmp.Compare(a.RegionCode, b.RegionCode), cmp.Compare(a.Year, b.Year),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.IndicatorID, b.IndicatorID))
	},
}
