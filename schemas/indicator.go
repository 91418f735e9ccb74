package schemas

import "cmp"

// Indicator is one stated quantity.
type Indicator struct {
	IndicatorID, DocID     string
	RegionCode             Optional[string]
	ReportYear             Optional[int32]
	IndicatorCode          Optional[string]
	Variant                Optional[string]
	Name, Measure, Basis   string
	Estimated              bool
	PeriodStart, PeriodEnd Optional[int32]
	PeriodPart             Optional[string]
	BaseYear               Optional[int32]
	PriceBasis             Optional[string]
	Value                  float64
	ValueMin, ValueMax     Optional[float64]
	Bound, Unit            string
	ValueSI                Optional[float64]
	UnitSI                 Optional[string]
	Commitment             Optional[string]
	ValueText, UnitText    string
	Section, Evidence      string
	CharStart, CharEnd     int32
	Confidence             float64
	Flags                  []string
	RegionCode2020         Optional[string]
}

// IndicatorTable is the table indicators.
var IndicatorTable = Table[Indicator]{
	Name: "indicators",
	Doc:  "one row per stated quantity (long form)",
	Columns: []Column[Indicator]{
		text("indicator_id", "doc_id:char_start:ordinal, the ordinal among rows of the same span", func(r *Indicator) string { return r.IndicatorID }).stored(StoreDelta),
		text("doc_id", "the document", func(r *Indicator) string { return r.DocID }),
		optText("region_code", "as in documents", func(r *Indicator) Optional[string] { return r.RegionCode }),
		optInteger("report_year", "as in documents", func(r *Indicator) Optional[int32] { return r.ReportYear }),
		optText("indicator_code", "a code of the catalogue when it is exactly that indicator of the whole region", func(r *Indicator) Optional[string] { return r.IndicatorCode }),
		optText("variant", "a definition that breaks the series: net_income (农民人均纯收入), whole_society (全社会固定资产投资), registered (户籍人口), …; null for today's definition", func(r *Indicator) Optional[string] { return r.Variant }),
		text("name", "the indicator as a self-contained noun phrase, canonical where coded: 农村居民人均可支配收入", func(r *Indicator) string { return r.Name }).stored(StorePlain),
		text("measure", "level, growth (% over the period), avg_growth (年均 %), change (absolute difference), share (% of a whole), rank, multiple", func(r *Indicator) string { return r.Measure }),
		text("basis", "actual or target", func(r *Indicator) string { return r.Basis }),
		boolean("estimated", "预计, 初步核算", func(r *Indicator) bool { return r.Estimated }),
		optInteger("period_start", "first year of the period", func(r *Indicator) Optional[int32] { return r.PeriodStart }),
		optInteger("period_end", "last year of the period", func(r *Indicator) Optional[int32] { return r.PeriodEnd }),
		optText("period_part", "null for whole years; H1, Q1, Q1-Q3, M01-M11 …", func(r *Indicator) Optional[string] { return r.PeriodPart }),
		optInteger("base_year", "the year compared with: 较2019年增长, 是2015年的2.1倍", func(r *Indicator) Optional[int32] { return r.BaseYear }),
		optText("price_basis", "constant (可比价, 不变价), current, comparable (同口径) where stated", func(r *Indicator) Optional[string] { return r.PriceBasis }),
		double("value", "signed, multipliers applied: 151.5亿元 → 15150000000; 下降2.8% → -2.8", func(r *Indicator) float64 { return r.Value }),
		optDouble("value_min", "lower end of the closed interval that the statement allows; null = open", func(r *Indicator) Optional[float64] { return r.ValueMin }),
		optDouble("value_max", "upper end of the closed interval that the statement allows; null = open", func(r *Indicator) Optional[float64] { return r.ValueMax }),
		text("bound", "as worded, of the magnitude: eq, ge (以上, 超过), le (以内, 不超过), approx (约, 左右)", func(r *Indicator) string { return r.Bound }),
		text("unit", "the unit with its multiplier removed: 元, 亩, 公里, %, 个百分点, 户, 人, 位, 倍 …", func(r *Indicator) string { return r.Unit }),
		optDouble("value_si", "value in unit_si", func(r *Indicator) Optional[float64] { return r.ValueSI }),
		optText("unit_si", "m2, kg, m, W, kWh, CNY, USD …; no exchange rates", func(r *Indicator) Optional[string] { return r.UnitSI }),
		optText("commitment", "how a target is worded: firm (确保, 必须), aim (力争, 争取), expected (预期, 左右, plain); null for actuals", func(r *Indicator) Optional[string] { return r.Commitment }),
		text("value_text", "the number as written, e.g. 151.5", func(r *Indicator) string { return r.ValueText }),
		text("unit_text", "the unit as written, e.g. 亿元", func(r *Indicator) string { return r.UnitText }),
		text("section", "kind of the section", func(r *Indicator) string { return r.Section }),
		text("evidence", "the sentence, verbatim", func(r *Indicator) string { return r.Evidence }),
		integer("char_start", "start of value_text in documents.text, in code points", func(r *Indicator) int32 { return r.CharStart }).stored(StoreDelta),
		integer("char_end", "end of value_text in documents.text, in code points, exclusive", func(r *Indicator) int32 { return r.CharEnd }).stored(StoreDelta),
		double("confidence", "0–1, fitted on annotated reports: of rows at ≥ 0.9, 98 % are right in value, unit, measure, basis, period, bound and code on reports held back; expect 94–95 % on other places and years", func(r *Indicator) float64 { return r.Confidence }),
		textList("flags", "findings, from the statements of one document. Of the multiple: ratio_to_base (是…的2.1倍, 翻一番 = 2; also percentages of a base year), increment (增长1.5倍). "+
			"Of doubt: implausible_growth (above 40 % a year for GDP, its sectors, incomes, population and prices, 100 % for other aggregates, 500 % for other codes, 2000 % without a code), "+
			"share_sum (shares of the three industries off 100 by more than 0.2), contradicts_level (an average growth that two stated levels miss by more than 8 points a year), rural_above_urban (income), "+
			"stated_differently (the figure again with a value more than 1 % off, both exact), unit_slip (a factor of 1000 to another statement: 亿 for 万). implausible_growth, share_sum, contradicts_level and unit_slip keep a row out of the panel. What stands in one statement alone cannot be checked", func(r *Indicator) []string { return r.Flags }),
		optText("region_code_2020", fixedKeyDoc, func(r *Indicator) Optional[string] { return r.RegionCode2020 }),
	},
	Compare: func(a, b *Indicator) int {
		return cmp.Or(nullsLast(a.RegionCode, b.RegionCode), nullsLast(a.ReportYear, b.ReportYear),
			cmp.Compare(a.DocID, b.DocID), cmp.Compare(a.CharStart, b.CharStart),
			nullsLast(a.IndicatorCode, b.IndicatorCode), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.IndicatorID, b.IndicatorID))
	},
}
