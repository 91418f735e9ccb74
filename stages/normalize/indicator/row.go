package indicator

import (
	"strings"
	"unicode"

	"xianzhi/schemas"
	"xianzhi/stages/normalize/number"
	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// row makes the row of the indicators table.
func (p *parser) row(st *statement, clause string) (*schemas.Indicator, []string) {
	q := st.q
	r := p.newRow()
	r.Name, r.Measure, r.UnitText, r.Section = p.finalName(st), st.measure, q.unit.Text, string(p.era.kind)
	r.Flags = append([]string{}, st.flags...)
	if st.coded {
		r.IndicatorCode = schemas.Some(st.code.code)
		if st.code.variant != "" {
			r.Variant = schemas.Some(st.code.variant)
		}
	}
	r.Unit = q.unit.Unit.Name
	if r.Unit == "" && q.unit.Power > 0 && (st.coded && st.code.dimension("person") || people.MatchString(p.s[q.stop:]) || peopleBefore.MatchString(p.s[:q.start])) {
		r.Unit = "人"
	}
	if r.Unit == "" && q.unit.Power >= 4 && money.MatchString(st.name) {
		r.Unit, q.unit.Unit = "元", p.units.Match("元").Unit // 产业规模突破501亿
	}
	p.value(st, r)
	p.when(st, r)
	p.modality(st, r, clause)
	e := p.weigh(st, r)
	r.Confidence = p.weights.ConfidenceAt(e.score)
	if p.doubtful(st, r) {
		r.Confidence = min(r.Confidence, doubtLimit)
	}
	return r, e.traits
}

// newRow returns an empty row; the memory of some is asked for at once.
func (p *parser) newRow() *schemas.Indicator {
	if len(p.rows) == 0 {
		p.rows = make([]schemas.Indicator, 16)
	}
	r := &p.rows[0]
	p.rows = p.rows[1:]
	return r
}

func (p *parser) value(st *statement, r *schemas.Indicator) {
	q := st.q
	v, high := q.num.Value, q.high
	if q.num.Form == number.Tenths || q.num.Form == number.Fraction {
		r.UnitText = ""
	}
	r.Bound = "eq"
	switch {
	case q.bound != "":
		r.Bound = q.bound
	case st.lead.bound != "":
		r.Bound = st.lead.bound
	}
	if st.neg && v.Sign() > 0 {
		v, high = v.Negated(), high.Negated()
	}
	r.Value = v.Float(q.unit.Power)
	lo, hi := schemas.Some(r.Value), schemas.Some(r.Value)
	if q.ranged {
		other := schemas.Some(high.Float(q.unit.Power))
		hi = other
		if other.Value < lo.Value {
			lo, hi = other, lo
		}
	}
	open := schemas.Optional[float64]{}
	negative := r.Value < 0
	switch {
	case r.Bound == "approx":
		lo, hi = open, open
	case r.Bound == "ge" && !negative, r.Bound == "le" && negative:
		hi = open
	case r.Bound == "le", r.Bound == "ge":
		lo = open
	}
	r.ValueMin, r.ValueMax = lo, hi
	if si, ok := q.unit.Unit.ToSI(v, q.unit.Power); ok {
		r.ValueSI, r.UnitSI = schemas.Some(si), schemas.Some(q.unit.Unit.SIUnit)
	}
}

var (
	places = vocabulary.RunesOf("村镇乡街路渠河")
	money  = pattern.MustCompile(`(?:产值|收入|投资|总量|规模|额|资金|值|支出|营收|贷款|存款|税收|利润)$`)
	aimsAt = pattern.MustCompile(`(?:预期|主要|奋斗)目标(?:为|是|:)`)
)

// manner is what a word tells of how a figure is meant.
type manner int

const (
	existing manner = iota
	firm
	aim
	estimate
	goal
	constantPrices
	comparablePrices
	currentPrices
)

var manners = vocabulary.From(map[manner][]string{
	existing: {"依托", "发挥", "现有", "已建成", "已有", "已经", "目前", "截至目前"},
	firm:     {"确保", "必须", "务必", "坚决", "不低于", "不少于", "不超过", "控制在", "不高于", "保证"},
	aim:      {"力争", "争取", "努力", "力促", "奋力"},
	estimate: {"预计", "初步核算"},
	goal:     {"目标是", "预期目标"},

	constantPrices:   {"可比价", "不变价", "实际增长"},
	comparablePrices: {"同口径", "可比口径"},
	currentPrices:    {"现价", "名义增长"},
})

// sign is a word of a sentence that tells how figures are meant.
type sign struct {
	manner
	start, end int
}

// signs returns those of the sentence, which is looked through once.
func (p *parser) signs() []sign {
	if !p.signsKnown {
		p.scratch.signs, p.signsKnown = p.scratch.signs[:0], true
		manners.Each(p.s, func(start, end int, m manner) {
			p.scratch.signs = append(p.scratch.signs, sign{m, start, end})
		})
	}
	return p.scratch.signs
}

// signed reports whether a sign stands between two bytes of the sentence.
func (p *parser) signed(m manner, from, to int) bool {
	for _, s := range p.signs() {
		if s.manner == m && s.start >= from && s.end <= to {
			return true
		}
	}
	return false
}

// modality decides actual or target, estimates, commitment and price basis.
func (p *parser) modality(st *statement, r *schemas.Indicator, clause string) {
	stop := st.q.start
	start := 0
	if strings.IndexByte(p.s, ';') >= 0 { // seldom, and sooner known
		start = strings.LastIndexByte(p.s[:stop], ';') + 1
	}
	target := p.era.future(p.year)
	if k := p.era.kind; k == "opening" || k == "other" {
		// a sentence outside every section is a plan by its words alone
		switch {
		case p.explicit == nil && p.year > 0 && (p.signed(aim, start, stop) || p.signed(firm, start, stop) || p.signed(goal, 0, len(p.s))):
			target = true
			r.PeriodStart, r.PeriodEnd = schemas.Some(int32(p.year)), schemas.Some(int32(p.year))
		case aimsAt.MatchString(p.s[:stop]): // 2009年的主要预期目标为…
			target = true
		}
	}
	if p.era.kind == "review" && !(p.explicit != nil && p.explicit.Until && p.explicit.To > p.year) {
		target = false
		if r.PeriodEnd.Valid && int(r.PeriodEnd.Value) >= p.year && r.PeriodPart.Value == "" && r.PeriodStart.Value < int32(p.year) {
			r.PeriodEnd = schemas.Some(int32(p.year - 1))
		}
	} else if r.PeriodEnd.Valid && p.year > 0 {
		if int(r.PeriodEnd.Value) < p.year {
			target = false
		} else if int(r.PeriodStart.Value) >= p.year && r.PeriodPart.Value == "" {
			target = true
		}
	}
	if target && (p.signed(existing, 0, stop) || st.lead.said("拥有")) && p.exists(st, clause) {
		target = false
		if p.year > 0 && !p.era.years.several() {
			r.PeriodStart, r.PeriodEnd = schemas.Some(int32(p.year-1)), schemas.Some(int32(p.year-1))
		}
	}
	if (st.q.rule == "the inhabitants" || st.lead.said("有") && people.MatchString(p.s[st.q.stop:])) && target {
		target = false
		r.PeriodStart, r.PeriodEnd = schemas.Some(int32(p.year-1)), schemas.Some(int32(p.year-1))
	}
	if st.from && target && int(r.PeriodEnd.Value) < p.year {
		target = false
	}
	r.Basis = "actual"
	if target {
		r.Basis = "target"
		c := "expected"
		switch {
		case p.signed(aim, start, stop):
			c = "aim"
		case p.signed(firm, start, stop):
			c = "firm"
		}
		r.Commitment = schemas.Some(c)
	} else if p.signed(estimate, start, stop) {
		r.Estimated = true
	}
	start = p.clauseStart
	if p.mute.End > 0 && p.clauseStart > 0 && p.mute.End == p.sen.Start+p.clauseStart-1 {
		start = p.mute.Start - p.sen.Start // 按可比价计算,增长8%
	}
	switch {
	case p.signed(constantPrices, start, stop):
		r.PriceBasis = schemas.Some("constant")
	case p.signed(comparablePrices, start, stop):
		r.PriceBasis = schemas.Some("comparable")
	case p.signed(currentPrices, start, stop):
		r.PriceBasis = schemas.Some("current")
	}
}

// exists reports whether the clause says of what is counted that it is there already.
func (p *parser) exists(st *statement, clause string) bool {
	start, stop := strings.Index(p.s, clause), st.q.start
	if p.signed(aim, start, stop) {
		return false
	}
	if st.lead.said("拥有") {
		return true
	}
	for _, s := range p.signs() {
		if s.manner == existing && s.start >= start && s.end <= stop && (p.s[s.start:s.end] != "现有" || !notThere.MatchString(p.s[start:s.start])) {
			return true // 现有, but not 实现有 nor 利用现有用房改建
		}
	}
	return false
}

var notThere = pattern.MustCompile(`(?:实|利用|盘活|整合|改造)$`)

// saidBehind is what the clause says behind a number that begins it: 6.2万户、18.5万人稳定增收.
func (p *parser) saidBehind(st *statement) string {
	stop := st.q.stop
	for i := range p.qs {
		if q := &p.qs[i]; q.start >= stop && isListMark(p.s[stop:q.start]) {
			stop = q.stop
		}
	}
	if strings.ContainsFunc(p.s[p.clauseStart:st.q.start], unicode.IsLetter) && p.prior == nil {
		return ""
	}
	rest := p.s[stop:]
	if i := strings.IndexFunc(rest, func(c rune) bool { return !isHan(c) }); i >= 0 {
		rest = rest[:i]
	}
	return tidy(firstRunes(rest, 10))
}

// rankedIn is the contest that a rank without a subject is in: 跃居全省营商环境评价第6位. It is "" for
// a mere area.
func rankedIn(l *lead) string {
	for _, w := range l.words {
		if m := contest.FindStringSubmatch(w); m != nil {
			return m[1]
		}
	}
	return ""
}

var contest = pattern.MustCompile(`(?:居|列|排|排名|位于|进入|[升移进][至到])([^,;:。、\d]{5,12})$`)

// finalName is the name as it goes into the table.
func (p *parser) finalName(st *statement) string {
	if st.coded && st.lead.share == "" && st.code.variant == "" && st.code.name != "" {
		return st.code.name
	}
	name := tidy(st.name)
	if name == "" {
		name = tidy(p.subject)
	}
	if name == "" && st.measure == "rank" {
		name = rankedIn(&st.lead)
	}
	if name == "" {
		name = p.saidBehind(st)
	}
	if name == "" { // no subject at all: the words before the number
		name = tidy(lastRunes(strings.Map(func(c rune) rune {
			if strings.ContainsRune(",;:。、“”", c) || c >= '0' && c <= '9' {
				return -1
			}
			return c
		}, p.s[:st.q.start]), 10))
	}
	if name == "" {
		name = firstRunes(restMarks.Trim(p.s[st.q.stop:]), 10)
	}
	if name == "" {
		name = st.q.unit.Unit.Name + "数"
	}
	for _, w := range st.lead.words {
		if strings.HasSuffix(w, "增收") && !strings.HasSuffix(name, "收入") {
			return name + w // 合作社社员平均增收4800元
		}
	}
	dim := st.q.unit.Unit.Dimension
	if st.measure == "rank" || st.q.unit.Unit.Name == "位" && st.measure == "change" {
		dim = "rank"
	}
	return p.suffixed(name, dim, st.measure, st.lead.has(effShare) && st.lead.share == "")
}
