package indicator

import (
	"math/big"
	"regexp"
	"strings"

	"xianzhi/schemas"
	"xianzhi/stages/normalize/number"
	"xianzhi/stages/normalize/period"
)

// measure decides level, growth, change, share, rank or multiple, and the sign.
func (p *parser) measure(st *statement, tail string) {
	l, dim := st.lead, st.q.unit.Unit.Dimension
	main := l.main()
	natural := strings.HasSuffix(l.head, "自然增长率")
	rate := !natural && (strings.HasSuffix(l.head, "增速") || strings.HasSuffix(l.head, "增幅") || strings.HasSuffix(l.head, "增长率") || strings.HasSuffix(l.head, "涨幅") || strings.HasSuffix(l.head, "降幅"))
	if rate {
		cut := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(st.name, "增速"), "增幅"), "增长率"), "涨幅"), "降幅")
		if cut != "" {
			st.name = cut
		}
	}
	st.from = main == effFrom
	st.stock = st.stock || main == effTo || main == effHold || l.said("达到", "达", "突破", "首次突破", "超过", "首次超过", "为", "有", "达到了", "拥有", "共有", "已达", "已达到") || l.bound == "ge" && main == effLevel
	st.summed = l.said("累计", "累计达", "累计完成", "累计达到", "共", "总共", "合计", "共计") || strings.Contains(l.head, "累计") || strings.Contains(p.s[p.clauseStart:st.q.start], "累计")
	st.neg = main == effDown
	object := ""
	if main == "" || main == effLevel && p.lex.suffix(clsQuantity, l.head) == "" {
		object = firstChange(l.head)
		if name, verb := p.innerChange(l.head); object == "" && verb != "" && dim != "percent" && st.name == l.head {
			object, st.name = verb, verb+name
		}
	}
	switch {
	case st.q.num.Parts >= 3 && strings.Contains(p.s[:st.q.start], "产"):
		st.measure = "share"
		st.q.unit = p.units.Match("%")
		st.q.unit.Text = ""
		st.rules = append(st.rules, "measure: structure of the three industries")
	case dim == "multiple":
		st.measure = "multiple"
		st.neg = false
		if st.q.num.Form == number.Doubling || strings.Contains(l.headAndWords(), "是") || main == effLevel || main == effTo {
			st.flags = append(st.flags, FlagRatioToBase)
		} else if main == effUp {
			st.flags = append(st.flags, FlagIncrement)
		}
		if c, ok := p.codeOf(st.name); ok && c.dimension("multiple") {
			st.measure = "level"
		}
	case st.q.rule == "rank":
		st.measure = "rank"
		st.q.unit = p.units.Match("位")
		st.q.unit.Text = strings.TrimPrefix(firstRunes(p.s[st.q.end:], 1), "")
		if u := st.q.unit.Text; u != "位" && u != "名" {
			st.q.unit.Text = ""
		}
	case dim == "rank" || st.q.unit.Unit.Name == "位" && (main == effUp || main == effDown || main == effRank):
		st.measure = "rank"
		if main == effUp || main == effDown {
			st.measure = "change"
		}
	case dim == "points":
		st.measure = "change"
		st.rules = append(st.rules, "measure: percentage points")
	case dim == "percent" || dim == "permille":
		switch {
		case object != "":
			st.measure = "growth"
			st.neg = p.lex.predicates[object].effect == effDown
			st.name = strings.TrimPrefix(st.name, object)
			st.rules = append(st.rules, "measure: "+object+" before its object")
		case main == effUp || main == effDown || main == effRate || rate || strings.HasPrefix(tail, "的增") || strings.HasPrefix(tail, "的速度") || strings.HasPrefix(tail, "增长") || main == "" && l.has(effYoY) || main == "" && l.has(effAvg):
			st.measure = "growth"
			if l.has(effAvg) || strings.Contains(l.head, "年均") || l.saidPart("年均") {
				st.measure = "avg_growth"
				st.name = strings.TrimSuffix(st.name, "年均")
			}
			if strings.HasPrefix(tail, "的降") {
				st.neg = true
			}
		default:
			st.measure = "share"
			if c, ok := p.codeOf(st.name); ok {
				if c.dimension("percent") {
					st.measure = "level"
				} else if !c.share && main != effShare && (main == effHold || main == effLevel || main == "") {
					st.measure = "growth" // 居民消费价格控制在3%左右, GDP 8%
				}
			}
		}
	case object != "":
		st.measure = "change"
		st.neg = p.lex.predicates[object].effect == effDown
		if c, ok := p.codeOf(st.name); ok && c.flow { // 减少贫困人口 is counted, not subtracted
			st.measure, st.neg = "level", false
		} else {
			st.name = strings.TrimPrefix(st.name, object)
		}
		st.rules = append(st.rules, "measure: "+object+" before its object")
	case (main == effUp || main == effDown) && !st.from:
		st.measure = "change"
		if c, ok := p.codeOf(st.name); ok && c.flow && st.noun != "" && l.head == "" {
			st.measure, st.neg = "level", false
		} else if st.counted && !l.said("增加", "减少", "精简", "压减", "净增加", "净增") {
			st.measure, st.neg = "level", false
		}
	default:
		st.measure = "level"
	}
	if st.from {
		st.neg = false
	}
	if c, ok := p.codeOf(st.name); ok && c.code == "cpi" && (dim == "percent") && st.measure != "change" {
		st.measure = "growth"
	}
	if st.shared {
		st.measure = "share"
	} else if l.share != "" && st.measure == "share" {
		subject := st.name
		if subject == "" {
			subject = p.subject
		}
		st.noun = subject
		st.name = subject + "占" + strings.TrimSuffix(strings.TrimSuffix(l.share, "比重"), "比例") + "比重"
		st.rules = append(st.rules, "measure: share of "+l.share)
	}
}

// firstChange returns the verb of change that begins a head with its object: 增加审批授权,
// 压减产能.
func firstChange(head string) string {
	for _, w := range []string{"增产", "增加", "提高", "延长", "压减", "压缩", "缩减", "精简", "减少", "降低", "缩短", "调减", "削减"} {
		if rest, ok := strings.CutPrefix(head, w); ok && runeLen(rest) >= 2 && !strings.HasPrefix(rest, "到") && !strings.HasPrefix(rest, "值") {
			return w
		}
	}
	return ""
}

// innerChange splits 农民增加收入 into its subject and object around the verb of change.
func (p *parser) innerChange(head string) (name, verb string) {
	for _, w := range []string{"增加", "减少", "提高", "降低"} {
		i := strings.LastIndex(head, w)
		if i < len("农民") || strings.HasSuffix(head[:i], "新") {
			continue
		}
		if object := head[i+len(w):]; runeLen(object) >= 2 && runeLen(object) <= 6 && p.lex.suffix(clsQuantity, object) != "" && p.verbAt(head[:i]) == "" {
			return head[:i] + object, w
		}
	}
	return "", ""
}

func (l lead) headAndWords() string { return l.head + strings.Join(l.words, "") }

func (l lead) saidPart(part string) bool { return strings.Contains(strings.Join(l.words, "|"), part) }

func (c code) dimension(d string) bool {
	for _, have := range c.dimensions {
		if have == d {
			return true
		}
	}
	return false
}

var quoteMarks = strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", "\"", "", "《", "", "》", "", "的", "")

// plainName strips a name to what the patterns of codes.csv describe.
func (p *parser) plainName(name string) string {
	name = bareParen.ReplaceAllString(name, "")
	name = p.lex.synonyms.Replace(quoteMarks.Replace(name))
	for {
		w := p.lex.prefix(clsScope, name)
		if w == "" || w == name {
			return name
		}
		name = name[len(w):]
	}
}

// codeOf finds the catalogue code that a name states, whatever the unit.
func (p *parser) codeOf(name string) (code, bool) {
	name = p.plainName(name)
	for _, c := range p.lex.codes {
		if c.pattern.MatchString(name) {
			return c, true
		}
	}
	return code{}, false
}

// codeFitting finds the code that a name states and that the unit and measure fit.
func (p *parser) codeFitting(name string, st *statement) (code, bool) {
	name = p.plainName(name)
	for _, c := range p.lex.codes {
		if c.pattern.MatchString(name) && p.fits(c, st) {
			return c, true
		}
	}
	return code{}, false
}

var partOfRegion = regexp.MustCompile(`集团|公司|开发区|高新区|经开区|产业园|工业园|园区|产业集群|煤业|新区|保税区|([\x{4e00}-\x{9fff}])(?:镇|乡|街道)([\x{4e00}-\x{9fff}]?)`)

// namesPart reports whether s names a township, a park or an enterprise as what it speaks of:
// 城镇, 城乡, 乡镇 and the like name none, nor does the object of a verb (组建农机公司).
func (p *parser) namesPart(s string) bool {
	for _, m := range partOfRegion.FindAllStringSubmatchIndex(s, -1) {
		if m[2] >= 0 && (strings.Contains("城乡集小各建村重强下回返老特中家", s[m[2]:m[3]]) || strings.Contains("村镇企居亲土情愁贤风野音", s[m[4]:m[5]]) && m[4] < m[5]) {
			continue
		}
		if !p.acts(s[:m[0]]) {
			return true
		}
	}
	return false
}

// acts reports whether s holds an action verb.
func (p *parser) acts(s string) bool {
	for i := range s {
		if runeLen(p.lex.prefix(clsAction, s[i:])) > 1 {
			return true
		}
	}
	return false
}

// codify gives the statement its catalogue code where the figure is exactly that indicator of
// the whole region.
func (p *parser) codify(st *statement) {
	name := st.name
	if st.lead.share != "" && st.measure == "share" && st.noun != "" {
		name = st.noun
	}
	c, ok := p.codeFitting(name, st)
	for _, other := range st.alternatives(name) {
		if ok {
			break
		}
		if c, ok = p.codeFitting(other, st); ok {
			name = other
		}
	}
	if ok && st.lead.among && p.prior != nil && p.prior.coded && p.prior.code.code == c.code && p.prior.measure == st.measure {
		ok = false // 其中: a part of what was named before
		st.rules = append(st.rules, "code: a part of the figure before")
	}
	st.code = c
	if ok && !st.lead.scope && p.ofPart(st) {
		ok, st.code = false, code{}
		st.rules = append(st.rules, "code: figure of a part of the region")
	}
	if ok {
		st.code, st.coded = c, true
		st.rules = append(st.rules, "code: "+c.code+" by its name "+name)
	}
}

// alternatives lists other wordings of the name that may be the catalogue's.
func (st *statement) alternatives(name string) []string {
	var out []string
	for _, w := range []string{"实现", "完成", "全年", "累计", "达到", "预计", "提出", "确定", "安排", "贯彻", "下达"} {
		if rest, ok := strings.CutPrefix(name, w); ok {
			out = append(out, rest)
		}
	}
	if st.verb != "" && !strings.HasPrefix(name, st.verb) {
		out = append(out, st.verb+name)
	}
	if st.counted {
		if st.verb != "" {
			out = append(out, st.verb+st.noun)
		}
		if st.predicate != "" {
			out = append(out, st.predicate+st.noun)
		}
		if (st.verb == "" || strings.Contains(st.lead.head, "等")) && !(st.predicate != "" && strings.HasSuffix(st.noun, "项目")) {
			out = append(out, st.noun)
		}
	}
	return out
}

func perPerson(code string) bool {
	return strings.HasPrefix(code, "income_") || code == "gdp_per_capita"
}

// fits checks the unit against the code's dimension.
func (p *parser) fits(c code, st *statement) bool {
	switch st.measure {
	case "growth", "avg_growth", "multiple":
		return true
	case "share":
		return c.share && (st.lead.share == "" || strings.Contains(st.lead.share, "支出") || strings.Contains(st.lead.share, "生产总值") || strings.Contains(st.lead.share, "GDP") || strings.Contains(st.lead.share, "收入"))
	case "rank":
		return true
	}
	if st.lead.against != "" {
		return false
	}
	if perPerson(c.code) && st.measure != "share" && st.q.num.Value.Float(st.q.unit.Power) > 1e6 {
		return false // a sum over all, not per head
	}
	dim := st.q.unit.Unit.Dimension
	if dim == "" && st.q.unit.Unit.Name == "" {
		dim = "none"
		if c.dimension("person") && st.q.unit.Power > 0 {
			return true
		}
	}
	if dim == "points" {
		return c.dimension("percent") || c.share
	}
	if dim == "person" && (c.dimension("count") || c.dimension("household")) {
		return st.q.unit.Unit.Name != "人"
	}
	return c.dimension(dim)
}

// ofPart reports whether the clause, or the one before it, speaks of a township, a park or an
// enterprise.
func (p *parser) ofPart(st *statement) bool {
	before := p.s[:st.q.start]
	from := strings.LastIndexAny(before, ",;:。")
	if from > 0 && before[from] == ',' {
		if prev := strings.LastIndexAny(before[:from], ",;:。"); prev >= 0 || !strings.ContainsAny(before[:from], "0123456789") {
			if !strings.ContainsAny(before[max(prev, 0):from], "0123456789") {
				from = max(prev, 0)
			}
		}
	}
	if p.namesPart(before[max(from, 0):]) {
		return true
	}
	// behind the attributes of a project, a level is that project's own
	segment := strings.LastIndexAny(before, ";。")
	for i := range p.qs {
		if q := &p.qs[i]; q.role == roleProject && q.start > segment && q.start < st.q.start && st.measure == "level" && st.code.output() {
			return true
		}
	}
	return false
}

// output reports whether the code is a value that one enterprise also states.
func (c code) output() bool {
	return c.dimension("currency") && !c.flow
}

// row makes the row of the indicators table.
func (p *parser) row(st *statement, clause string) (schemas.Indicator, []string) {
	q := st.q
	r := schemas.Indicator{
		Name:    p.finalName(st),
		Measure: st.measure,

		UnitText: q.unit.Text,
		Section:  string(p.era.kind),
		Flags:    append([]string{}, st.flags...),
	}
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
	p.value(st, &r)
	p.when(st, &r)
	p.modality(st, &r, clause)
	traits := p.traits(st, &r)
	r.Confidence = p.model.Confidence(traits)
	return r, traits
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
	if q.unit.Unit.SI != nil {
		rat := v.Rat()
		rat.Mul(rat, pow10(q.unit.Power))
		if si, ok := q.unit.Unit.ToSI(rat); ok {
			r.ValueSI, r.UnitSI = schemas.Some(si), schemas.Some(q.unit.Unit.SIUnit)
		}
	}
}

func pow10(n int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
}

// when decides the period: what the clause says, else what the passage speaks of.
func (p *parser) when(st *statement, r *schemas.Indicator) {
	years := p.era.years
	rule := "period: of the passage"
	accumulates := st.measure == "growth" || st.measure == "avg_growth" || st.measure == "change" || st.measure == "multiple"
	end := st.stock && !st.summed || st.measure == "share" || st.coded && !st.code.flow && !st.summed && !accumulates || st.measure == "rank"
	if st.lead.said("保持在", "稳定在", "维持在") && p.era.kind == "review" {
		end = false // kept over the years
	}
	if st.coded && st.code.flow && !st.stock && st.measure != "share" {
		end = false
	}
	var own *period.Expression
	for i := range st.lead.times {
		if t := &st.lead.times[i]; !t.Base && t.Kind != period.Deadline && t.Kind != period.Name {
			own = t
		}
	}
	if own == nil {
		own = p.explicit
	}
	if own != nil && own.Future && own.Kind == period.Span && !p.era.future(p.year) {
		own = nil // 五年内 in a retrospect
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
	if years.several() && (end || st.lead.has(effYoY) && st.measure != "avg_growth" && p.base == nil && own == nil) {
		years.from = years.to
	}
	if st.measure == "multiple" && p.base == nil && p.era.years.several() && years == (span{p.era.years.to, p.era.years.to}) && !st.lead.has(effYoY) {
		years = p.era.years // 2007年达到…,增长1.7倍 in a retrospect: over its years
	}
	if st.measure == "avg_growth" && !years.several() {
		base := p.base
		if base == nil && st.lead.head == "" {
			base = p.lastBase
		}
		if base != nil && base.To < years.to {
			years = span{base.To + 1, years.to}
		} else if p.era.years.several() {
			years = p.era.years
		}
	}
	if st.from && own != nil && own != p.explicit {
		p.pairFrom = own.To
	}
	if st.from && (own == nil || own == p.explicit) {
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
	if p.base != nil && (st.measure == "growth" || st.measure == "multiple" || st.measure == "change" || st.measure == "avg_growth") {
		r.BaseYear = schemas.Some(int32(p.base.To))
		if !years.several() && p.base.To < years.to-1 {
			years.from = p.base.To + 1
		}
	}
	if p.year > 0 {
		r.PeriodStart, r.PeriodEnd = schemas.Some(int32(years.from)), schemas.Some(int32(years.to))
	}
	st.rules = append(st.rules, rule)
}

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

var (
	place    = regexp.MustCompile(`[村镇乡街路渠河]`)
	money    = regexp.MustCompile(`(?:产值|收入|投资|总量|规模|额|资金|值|支出|营收|贷款|存款|税收|利润)$`)
	existing = []string{"依托", "发挥", "现有", "拥有", "已建成", "已有", "已经", "目前", "截至目前"}
	firm     = []string{"确保", "必须", "务必", "坚决", "不低于", "不少于", "不超过", "控制在", "不高于", "保证"}
	aim      = []string{"力争", "争取", "努力", "力促", "奋力"}
)

// modality decides actual or target, estimates, commitment and price basis.
func (p *parser) modality(st *statement, r *schemas.Indicator, clause string) {
	before := p.s[:st.q.start]
	if i := strings.LastIndex(before, ";"); i >= 0 {
		before = before[i+1:]
	}
	lead := clause
	if i := strings.Index(p.s, clause); i >= 0 && st.q.start >= i {
		lead = p.s[i:st.q.start]
	}
	target := p.era.future(p.year)
	if k := p.era.kind; (k == "opening" || k == "other") && p.explicit == nil && p.year > 0 && (hasAny(before, aim) || hasAny(before, firm) || strings.Contains(p.s, "目标是") || strings.Contains(p.s, "预期目标")) {
		// a sentence outside every section is a plan by its words alone
		target = true
		r.PeriodStart, r.PeriodEnd = schemas.Some(int32(p.year)), schemas.Some(int32(p.year))
	}
	if p.era.kind == "review" && !(p.explicit != nil && p.explicit.Until && p.explicit.To > p.year) {
		target = false
		if r.PeriodEnd.Valid && int(r.PeriodEnd.Value) >= p.year && r.PeriodPart.Value == "" && r.PeriodStart.Value < int32(p.year) {
			r.PeriodEnd = schemas.Some(int32(p.year - 1))
		}
	} else if r.PeriodEnd.Valid {
		if int(r.PeriodEnd.Value) < p.year {
			target = false
		} else if int(r.PeriodStart.Value) >= p.year && r.PeriodPart.Value == "" {
			target = true
		}
	}
	if target && hasAny(lead, existing) && !hasAny(lead, aim) {
		target = false
		if p.year > 0 && !p.era.years.several() {
			r.PeriodStart, r.PeriodEnd = schemas.Some(int32(p.year-1)), schemas.Some(int32(p.year-1))
		}
	}
	if st.q.rule == "the inhabitants" && target {
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
		case hasAny(before, aim):
			c = "aim"
		case hasAny(before, firm):
			c = "firm"
		}
		r.Commitment = schemas.Some(c)
	} else if strings.Contains(before, "预计") || strings.Contains(before, "初步核算") || strings.Contains(before, "预计") {
		r.Estimated = true
	}
	switch {
	case strings.Contains(before, "可比价") || strings.Contains(before, "不变价") || strings.Contains(before, "实际增长"):
		r.PriceBasis = schemas.Some("constant")
	case strings.Contains(before, "同口径") || strings.Contains(before, "可比口径"):
		r.PriceBasis = schemas.Some("comparable")
	case strings.Contains(before, "现价") || strings.Contains(before, "名义增长"):
		r.PriceBasis = schemas.Some("current")
	}
}

func hasAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// finalName is the name as it goes into the table.
func (p *parser) finalName(st *statement) string {
	if st.coded && st.lead.share == "" && st.code.variant == "" {
		if n, ok := canonical(st.code.code); ok && !keepsName[st.code.code] {
			return n
		}
	}
	name := tidy(st.name)
	if name == "" {
		name = tidy(p.subject)
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
		name = firstRunes(strings.Trim(p.s[st.q.stop:], ",;:。、的"), 10)
	}
	if name == "" {
		name = st.q.unit.Unit.Name + "数"
	}
	return p.suffixed(name, st.q.unit.Unit.Dimension, st.measure, st.lead.has(effShare) && st.lead.share == "")
}
