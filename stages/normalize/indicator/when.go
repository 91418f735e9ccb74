package indicator

import (
	"slices"
	"strings"

	"xianzhi/schemas"
	"xianzhi/stages/normalize/number"
	"xianzhi/stages/normalize/period"
	"xianzhi/stages/pattern"
)

// when decides the period: what the clause says, else what the passage speaks of.
func (p *parser) when(st *statement, r *schemas.Indicator) {
	years := p.era.years
	rule := "period: of the passage"
	ratio := slices.Contains(st.flags, FlagRatioToBase) && st.q.num.Form != number.Doubling && st.lead.main() != effNone
	accumulates := st.measure == "growth" || st.measure == "avg_growth" || st.measure == "change" || st.measure == "multiple" && !ratio
	end := st.stock && !st.summed || st.measure == "share" || st.coded && !st.code.flow && !st.summed && !accumulates || st.measure == "rank" || ratio
	if st.lead.said("保持在", "稳定在", "维持在") && st.measure != "share" && p.era.kind == "review" {
		end = false // kept over the years
	}
	if st.measure == "level" && !st.summed && setAgainst.MatchString(p.s[st.q.stop:]) {
		end = true // 58个,是“十二五”末的5.2倍: as it stands now
	}
	if st.coded && st.code.flow && !st.stock && st.measure != "share" {
		end = false
	}
	var own *period.Expression
	for i := range st.lead.times {
		t := &st.lead.times[i]
		// 较2020年的93亿元增加
		ofBase := t.Base && st.measure == "level" && t.End <= st.q.start && p.s[t.End:st.q.start] == "的" &&
			(strings.HasSuffix(p.s[:t.Start], "较") || strings.HasSuffix(p.s[:t.Start], "比"))
		if (!t.Base || ofBase) && t.Kind != period.Deadline && t.Kind != period.Name {
			own = t
		}
	}
	ofLead := own != nil
	if !ofLead {
		own = p.explicit
	}
	if own != nil && own.Future && own.Kind == period.Span && !p.era.future(p.year) {
		if n := own.To - own.From + 1; own.Start == 0 && p.era.years.several() {
			years = span{p.year - n, p.year - 1} // 五年内,…: of the retrospect itself
		}
		own, ofLead = nil, false
	}
	if own != nil {
		rule = "period: stated"
		switch {
		case own.Kind == period.Part:
			r.PeriodPart = schemas.Some(own.Part)
			switch before := p.s[:own.Start]; {
			case strings.HasSuffix(before, "今年"):
				years = span{p.year, p.year}
			case strings.HasSuffix(before, "去年"):
				years = span{p.year - 1, p.year - 1}
			}
		case own.Kind == period.Year && own.From == own.To:
			years = span{own.From, own.To}
			if w := p.s[own.Start:own.End]; p.era.kind == "review" && (w == "今年" || w == "本年" || w == "本年度") && !p.namesYear(p.year-1) {
				years = p.era.years // 今年 of a text written at the end of the year under review
			} else if w == "上年" && p.era.kind == "review" {
				years = span{p.era.years.to - 1, p.era.years.to - 1} // the year before the one reviewed
			}
		case own.Kind == period.Span && own.Past && p.era.future(p.year) && years.several():
			// 五年新增… among the goals: the years planned for
		case own.Kind == period.Span && own.Past && own.To >= p.year:
			years = span{own.From, p.year - 1}
		default:
			years = span{own.From, own.To}
		}
		if own.Until {
			end = end || st.measure == "level"
		} else if own.Kind == period.Span && st.measure == "level" && p.sums(st) && (!st.stock || !st.coded && own.Start >= p.clauseStart && own.Past) {
			end = false // “十三五”期间接待游客1359万人次: the sum over the span
		}
	}
	if years.several() && (end || st.lead.has(effYoY) && st.measure != "avg_growth" && (p.base == nil || p.base.To == p.year-2) && (own == nil || !ofLead && own.Kind == period.Span)) {
		years.from = years.to
	}
	if st.measure == "multiple" && p.base == nil && p.era.years.several() && years == (span{p.era.years.to, p.era.years.to}) && !st.lead.has(effYoY) {
		years = p.era.years // 2007年达到…,增长1.7倍 in a retrospect: over its years
	}
	if st.summed && st.measure == "growth" && own != nil && own == p.explicit && own.Kind == period.Year && own.To == p.era.years.to {
		years = p.era.years // 2012年,…;能耗累计下降19% in a retrospect
	}
	if st.measure == "avg_growth" && !years.several() {
		base := p.base
		if base == nil && st.lead.head == "" {
			base = p.lastBase
		}
		changed := st.lead.head == "" && p.pairFrom > 0 && p.pairFrom < years.to && p.prior != nil && p.prior.lead.main() == effTo
		if changed { // 由2017年的68亿元增至2020年的97亿元,年均增长6.3%
			years = span{p.pairFrom + 1, years.to}
		} else if base != nil && base.To < years.to {
			years = span{base.To + 1, years.to}
		} else if p.era.years.several() {
			years = p.era.years
		}
	}
	if st.from && ofLead {
		p.pairFrom = own.To
	}
	if st.from && !ofLead {
		switch {
		case p.pairFrom > 0:
			years = span{p.pairFrom, p.pairFrom}
		case p.base != nil:
			years = span{p.base.To, p.base.To}
		case p.era.years.several():
			years = span{p.era.years.from - 1, p.era.years.from - 1}
		case own != nil && own.Kind == period.Span:
			years = span{own.From - 1, own.From - 1}
		default:
			years = span{p.era.years.from - 1, p.era.years.from - 1}
		}
		rule = "period: before the change"
	}
	if p.base != nil && (st.measure == "growth" || st.measure == "multiple" || st.measure == "change" || st.measure == "avg_growth" || slices.Contains(st.flags, FlagRatioToBase)) {
		if isYear(p.base.To) {
			r.BaseYear = schemas.Some(int32(p.base.To))
		}
		if !ratio && st.measure != "share" && !years.several() && isYear(p.base.To) && p.base.To < years.to-1 && (own == nil || !own.Until) {
			years.from = p.base.To + 1
		}
	}
	if st.q.num.Part > 1 && len(p.out) > 0 && p.out[len(p.out)-1].Row != nil { // 22.3:41.5:36.2 are of one time
		before := p.out[len(p.out)-1].Row
		r.PeriodStart, r.PeriodEnd, r.BaseYear = before.PeriodStart, before.PeriodEnd, before.BaseYear
	} else if isYear(years.from) && years.from <= years.to {
		r.PeriodStart, r.PeriodEnd = schemas.Some(int32(years.from)), schemas.Some(int32(years.to))
	}
	st.note(rule)
}

// setAgainst compares the figure before it with that at the end of a plan.
var setAgainst = pattern.MustCompile(`^,?(?:是|为|较|比)[^,;:。、]{0,8}末`)

// namesYear reports whether the sentence names a year in figures.
func (p *parser) namesYear(y int) bool {
	for _, t := range p.times {
		if t.Kind == period.Year && t.From == y && p.s[t.Start] >= '0' && p.s[t.Start] <= '9' {
			return true
		}
	}
	return false
}

// sums reports whether the quantity is a flow that adds up over years.
func (p *parser) sums(st *statement) bool {
	d := st.q.unit.Unit.Dimension
	return (d == "currency" || d == "person_time") && !strings.Contains(st.name, "人均") && !strings.Contains(st.name, "余额")
}
