package schemas

import (
	"cmp"
	"fmt"
	"slices"

	"xianzhi/schemas/refdata"
)

// PanelRow is one region in one year. The zero row has no cell filled.
type PanelRow struct {
	RegionCode, Name, Level                      string
	ProvinceCode, PrefectureCode, RegionCode2020 Optional[string]
	Year                                         int32
	cells                                        []Optional[float64] // by place in panelCells; nil while empty
}

// PanelCell describes a column of the panel that the catalogue gives rise to.
type PanelCell struct {
	Name    string // e.g. gdp_tg
	Code    string // catalogue code
	Measure string // level, growth or share; "" for gdp_gap
	Basis   string // actual or target; "" for gdp_gap
	Unit    string // unit of the cell
	Doc     string
}

// fixedKeyDoc describes region_code_2020 in every table that has it.
const fixedKeyDoc = "the region's code in the base year, 2020 unless run --base-year chose another, by one-to-one succession; null otherwise"

// GDPGap is the panel column that compares actual growth with its target.
const GDPGap = "gdp_gap"

var panelCells = buildPanelCells()

// PanelCells returns the columns of the panel after its keys, in table order.
func PanelCells() []PanelCell { return slices.Clone(panelCells) }

func buildPanelCells() []PanelCell {
	var cells []PanelCell
	for _, i := range refdata.Catalogue() {
		if !i.Panel {
			continue
		}
		add := func(suffix, measure, basis, unit string) {
			cells = append(cells, PanelCell{i.Code + suffix, i.Code, measure, basis, unit,
				fmt.Sprintf("%s: %s, %s, in %s", i.NameZH, measure, basis, unit)})
		}
		add("", "level", "actual", i.Unit)
		add("_g", "growth", "actual", "%")
		add("_s", "share", "actual", "%")
		add("_t", "level", "target", i.Unit)
		add("_tg", "growth", "target", "%")
	}
	return append(cells, PanelCell{Name: GDPGap, Code: "gdp", Unit: "%",
		Doc: "地区生产总值: actual growth minus the target set for that year, in percentage points"})
}

var panelCellIndex = func() map[string]int {
	index := make(map[string]int, len(panelCells))
	for n, c := range panelCells {
		index[c.Name] = n
	}
	return index
}()

// SetCell fills a cell; a column that is not one of PanelCells is an error.
func (r *PanelRow) SetCell(column string, value float64) error {
	n, ok := panelCellIndex[column]
	if !ok {
		return fmt.Errorf("the panel has no column %q: use one of schemas.PanelCells", column)
	}
	if r.cells == nil {
		r.cells = make([]Optional[float64], len(panelCells))
	}
	r.cells[n] = Some(value)
	return nil
}

// Cell returns a cell; null when it is not filled or there is no such column.
func (r *PanelRow) Cell(column string) Optional[float64] {
	n, ok := panelCellIndex[column]
	if !ok || r.cells == nil {
		return Optional[float64]{}
	}
	return r.cells[n]
}

// PanelTable is the table panel. Its columns follow the catalogue, whether or not a code occurs.
var PanelTable = Table[PanelRow]{
	Name:    "panel",
	Doc:     "wide, one row per region and year; <code> level, _g growth, _s share, _t target level, _tg target growth",
	Columns: panelColumns(),
	Compare: func(a, b *PanelRow) int {
		return cmp.Or(cmp.Compare(a.RegionCode, b.RegionCode), cmp.Compare(a.Year, b.Year))
	},
}

func panelColumns() []Column[PanelRow] {
	columns := []Column[PanelRow]{
		text("region_code", "GB/T 2260 code in that year", func(r *PanelRow) string { return r.RegionCode }),
		text("name", "official name in that year", func(r *PanelRow) string { return r.Name }),
		text("level", "as in counties", func(r *PanelRow) string { return r.Level }),
		optText("province_code", "code of the province", func(r *PanelRow) Optional[string] { return r.ProvinceCode }),
		optText("prefecture_code", "code of the prefecture", func(r *PanelRow) Optional[string] { return r.PrefectureCode }),
		optText("region_code_2020", fixedKeyDoc, func(r *PanelRow) Optional[string] { return r.RegionCode2020 }),
		integer("year", "the year that the cells speak of", func(r *PanelRow) int32 { return r.Year }),
	}
	for n, c := range panelCells {
		columns = append(columns, optDouble(c.Name, c.Doc, func(r *PanelRow) Optional[float64] {
			if r.cells == nil {
				return Optional[float64]{}
			}
			return r.cells[n]
		}))
	}
	return columns
}
