package rollup

import (
	"slices"
	"strconv"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
)

// conversion leads to a unit of the catalogue: from value_si by a divisor, or from value as it
// is when it is counted in one of some units.
type conversion struct {
	si      string
	divisor float64
	same    []string
}

// conversions has an entry for every unit of the catalogue. None needs an exchange rate: a
// figure in USD has no way to CNY.
var conversions = map[string]conversion{
	"CNY":         {si: "CNY", divisor: 1},
	"ha":          {si: "m2", divisor: 10000},
	"m2":          {si: "m2", divisor: 1},
	"km":          {si: "m", divisor: 1000},
	"t":           {si: "kg", divisor: 1000},
	"kW":          {si: "W", divisor: 1000},
	"kWh":         {si: "kWh", divisor: 1},
	"%":           {same: []string{"%"}},
	"person":      {same: []string{"人", "名", "位"}},
	"household":   {same: []string{"户", "农户"}},
	"day":         {same: []string{"天", "日"}},
	"ug/m3":       {same: []string{"微克/立方米", "微克每立方米", "μg/m³", "μg/m3", "ug/m3", "微克/m³"}},
	"tce/10k CNY": {same: []string{"吨标准煤/万元", "吨标煤/万元"}},
	"1":           {same: []string{"", "个", "家", "所", "项", "件", "处", "座", "辆", "台", "套", "张"}},
}

// cellValue is a statement's value in the unit of its cell; false if it cannot be converted.
func cellValue(i *schemas.Indicator, code refdata.Indicator) (float64, bool) {
	if i.Measure != "level" {
		return i.Value, i.Unit == "%"
	}
	c, ok := conversions[code.Unit]
	switch {
	case !ok:
		return 0, false
	case c.si == "":
		return i.Value, slices.Contains(c.same, i.Unit)
	case i.ValueSI.Valid && i.UnitSI.Or("") == c.si:
		return clean(i.ValueSI.Value / c.divisor), true
	}
	return 0, false
}

// clean takes the noise of binary arithmetic off a result: 7.9 − 8 is −0.1.
func clean(v float64) float64 {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 14, 64), 64) // a formatted number parses
	return v
}
