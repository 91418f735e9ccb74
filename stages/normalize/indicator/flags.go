package indicator

import (
	"iter"
	"math"
	"slices"

	"xianzhi/schemas"
)

// The findings of the flags column. Each is computed from the statements of one document; what
// it can see and what not stands with it.
const (
	// FlagRatioToBase marks a multiple that is the ratio to the base: 是…的2.1倍, 翻一番 = 2.
	FlagRatioToBase = "ratio_to_base"
	// FlagIncrement marks a multiple that is the increase over the base: 增长1.5倍.
	FlagIncrement = "increment"
	// FlagImplausibleGrowth marks growth beyond what regions report: see growthLimit.
	FlagImplausibleGrowth = "implausible_growth"
	// FlagShareSum marks the shares of the three industries that do not add up to 100±0.2.
	FlagShareSum = "share_sum"
	// FlagContradictsLevel marks an average growth rate that the two stated levels miss by more
	// than levelTolerance percentage points a year (nominal levels against real growth differ by
	// the prices, a few points; a misread digit differs by more).
	FlagContradictsLevel = "contradicts_level"
	// FlagRuralAboveUrban marks a rural income above the urban one of the same year.
	FlagRuralAboveUrban = "rural_above_urban"
	// FlagStatedDifferently marks a figure that the document states again with another value
	// (more than 1 % off, both exact).
	FlagStatedDifferently = "stated_differently"
	// FlagUnitSlip marks a level that another statement of the indicator exceeds, or falls short
	// of, by a factor of a thousand: 亿 written for 万.
	FlagUnitSlip = "unit_slip"
)

const (
	levelTolerance = 8.0
	slipFactor     = 1000.0
)

// growthLimit is the largest plausible growth of a code, in percent a year: the aggregates of a
// whole region move slowly, single counts and sums jump.
func growthLimit(code string) float64 {
	switch code {
	case "gdp", "gdp_primary", "gdp_secondary", "gdp_tertiary", "gdp_per_capita", "income_all", "income_urban", "income_rural", "population", "cpi":
		return 40
	case "industrial_va", "retail_sales", "fai", "general_budget_revenue", "fiscal_revenue_total", "general_budget_expenditure", "tax_revenue", "deposits", "loans", "grain_output", "agri_output":
		return 100
	case "":
		return 2000
	}
	return 500
}

// series is what makes two statements the same figure.
type series struct {
	code, name, variant, measure, basis, part string
	from, to                                  int32
}

func seriesOf(r *schemas.Indicator) series {
	name := ""
	if keepsName[r.IndicatorCode.Value] {
		name = r.Name
	}
	return series{r.IndicatorCode.Value, name, r.Variant.Value, r.Measure, r.Basis, r.PeriodPart.Value, r.PeriodStart.Value, r.PeriodEnd.Value}
}

// flag adds the findings that need several statements of the document.
func flag(found []Found) {
	var coded []*schemas.Indicator
	for i := range found {
		r := found[i].Row
		if r == nil {
			continue
		}
		if (r.Measure == "growth" || r.Measure == "avg_growth") && implausible(r) {
			mark(r, FlagImplausibleGrowth)
		}
		if r.IndicatorCode.Valid {
			coded = append(coded, r)
		}
	}
	same := statements{}
	for _, r := range coded {
		same[r.IndicatorCode.Value] = append(same[r.IndicatorCode.Value], r)
	}
	for _, r := range coded {
		k := seriesOf(r)
		if k.measure == "level" && r.Bound == "eq" {
			for o := range same.of(k) {
				if o.Bound == "eq" && r.Unit == o.Unit && math.Abs(r.Value-o.Value) > 0.01*math.Max(math.Abs(r.Value), math.Abs(o.Value)) {
					mark(r, FlagStatedDifferently)
				}
			}
		}
		switch {
		case k.code == "gdp_primary" && k.measure == "share":
			checkShares(r, k, same)
		case k.code == "income_rural" && k.measure == "level":
			k.code = "income_urban"
			for u := range same.of(k) {
				if r.Value > u.Value && u.Bound == "eq" && r.Bound == "eq" {
					mark(r, FlagRuralAboveUrban)
					mark(u, FlagRuralAboveUrban)
				}
			}
		case k.measure == "avg_growth":
			checkLevels(r, k, same)
		}
		if k.measure == "level" && r.Value > 0 {
			for _, o := range same[r.IndicatorCode.Value] {
				if o.Variant == r.Variant && o.Measure == "level" && o.Unit == r.Unit && o.Value > 0 &&
					(r.Value/o.Value >= slipFactor || o.Value/r.Value >= slipFactor) {
					mark(r, FlagUnitSlip)
				}
			}
		}
	}
}

// statements are the coded rows of a document by their codes.
type statements map[string][]*schemas.Indicator

// of yields the statements of a series in order.
func (s statements) of(k series) iter.Seq[*schemas.Indicator] {
	return func(yield func(*schemas.Indicator) bool) {
		for _, r := range s[k.code] {
			if seriesOf(r) == k && !yield(r) {
				return
			}
		}
	}
}

// sole returns the statement of a series, nil if there is none or several.
func (s statements) sole(k series) *schemas.Indicator {
	var found *schemas.Indicator
	for r := range s.of(k) {
		if found != nil {
			return nil
		}
		found = r
	}
	return found
}

func implausible(r *schemas.Indicator) bool {
	years := 1.0
	if r.Measure == "growth" && r.PeriodEnd.Value > r.PeriodStart.Value {
		years = float64(r.PeriodEnd.Value - r.PeriodStart.Value + 1)
	}
	return r.Value > growthLimit(r.IndicatorCode.Value)*years || r.Value < -100
}

func checkShares(r *schemas.Indicator, k series, same statements) {
	second, third := k, k
	second.code, third.code = "gdp_secondary", "gdp_tertiary"
	s, t := same.sole(second), same.sole(third)
	if s == nil || t == nil || same.sole(k) == nil {
		return
	}
	if math.Abs(r.Value+s.Value+t.Value-100) > 0.2+1e-9 {
		mark(r, FlagShareSum)
		mark(s, FlagShareSum)
		mark(t, FlagShareSum)
	}
}

// checkLevels compares an average growth rate with the levels before and at the end of its period.
func checkLevels(r *schemas.Indicator, k series, same statements) {
	if k.to <= k.from {
		return
	}
	first, last := k, k
	first.measure, last.measure = "level", "level"
	first.basis, first.from, first.to = "actual", k.from-1, k.from-1
	last.from = k.to
	for a := range same.of(first) {
		for b := range same.of(last) {
			if a.Value <= 0 || b.Value <= 0 || a.Bound != "eq" || b.Bound != "eq" {
				continue
			}
			implied := (math.Pow(b.Value/a.Value, 1/float64(k.to-k.from+1)) - 1) * 100
			if math.Abs(implied-r.Value) > levelTolerance {
				mark(r, FlagContradictsLevel)
			}
		}
	}
}

// mark gives a row a finding, which is a reason to doubt it.
func mark(r *schemas.Indicator, f string) {
	r.Confidence = min(r.Confidence, doubtLimit)
	if !slices.Contains(r.Flags, f) {
		r.Flags = append(r.Flags, f)
		slices.Sort(r.Flags)
	}
}
