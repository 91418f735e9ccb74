package indicator

import (
	"strings"

	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

func (c *code) dimension(d string) bool {
	for _, have := range c.dimensions {
		if have == d {
			return true
		}
	}
	return false
}

// leftOut are the marks and the word that names are compared without.
const leftOut = `“”‘’"《》的`

var withoutMarks = vocabulary.Without(leftOut)

// plainName strips a name to what the patterns of codes.csv describe.
func (p *parser) plainName(name string) string {
	if p.lex.rewritten.In(name) {
		name = p.lex.synonyms.Replace(withoutMarks.Replace(withoutParens(name)))
	}
	for {
		w := p.lex.prefix(clsScope, name)
		if w == "" || w == name {
			return name
		}
		name = name[len(w):]
	}
}

// codesOf returns the rows of codes.csv that a name states.
func (p *parser) codesOf(name string) []int {
	if name == "" || !p.lex.mayBeCode(name) {
		return nil
	}
	k := &p.known[(uint(len(name))*5+uint(name[0])+uint(name[len(name)/2])*3+uint(name[len(name)-1])*7)%uint(len(p.known))]
	if k.name != name {
		*k = knownName{name, p.lex.codesOf(p.plainName(name))}
	}
	return k.rows
}

// codeOf finds the catalogue code that a name states, whatever the unit.
func (p *parser) codeOf(name string) (*code, bool) {
	if all := p.codesOf(name); len(all) > 0 {
		return p.lex.codes[all[0]], true
	}
	return noCode, false
}

// noCode stands for what has none.
var noCode = &code{}

// codeOfList finds the code of a name or, where it lists several, of its first member.
func (p *parser) codeOfList(name string) (*code, bool) {
	if c, ok := p.codeOf(name); ok || !joins.In(name) {
		return c, ok
	}
	return p.codeOf(p.subjects(name, 2)[0])
}

// codeFitting finds the code that a name states and that the unit and measure fit.
func (p *parser) codeFitting(name string, st *statement) (*code, bool) {
	for _, i := range p.codesOf(name) {
		if c := p.lex.codes[i]; p.fits(c, st) {
			return c, true
		}
	}
	return noCode, false
}

var partOfRegion = pattern.MustCompile(`集团|公司|开发区|高新区|经开区|产业园|工业园|园区|产业集群|煤业|新区|保税区|([\x{4e00}-\x{9fff}])(?:镇|乡|街道)([\x{4e00}-\x{9fff}]?)`)

// partNames are what partOfRegion cannot do without.
var partNames = vocabulary.Of("集团", "公司", "开发区", "高新区", "经开区", "产业园", "工业园", "园区", "产业集群", "煤业", "新区", "保税区", "镇", "乡", "街道")

// namesPart reports whether s names a township, a park or an enterprise as what it speaks of:
// 城镇, 城乡, 乡镇 and the like name none, nor does the object of a verb (组建农机公司).
func (p *parser) namesPart(s string) bool {
	if !partNames.In(s) {
		return false
	}
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

// zoneBefore finds a development zone named earlier in the sentence: rates that follow are its;
// counts may be of the whole region.
var zoneBefore = pattern.MustCompile(`(?:开发区|经开区|高新区|工业园区|产业园区)[^;。]*$`)

// zoneSpoken reports whether the sentence has spoken of a zone, and not only of what it came to.
func (p *parser) zoneSpoken() bool {
	before := p.s[:p.clauseStart]
	return zoneBefore.MatchString(before) && !opened.MatchString(strings.TrimSuffix(before, ","))
}

// publicMoney is paid by the state, private by investors.
var (
	publicMoney = pattern.MustCompile(`预算内|国债|债券|专项资金|上级资金`)
	private     = pattern.MustCompile(`招商|引资|引进|签约|[省市县区州域国]外|内资|产业到位`)
)

// opened ends a clause that tells all there is to tell of a part of the region: 高新区开园投运,….
var opened = pattern.MustCompile(`(?:开园|开区|投运|投用|运营|揭牌|挂牌|获批|获批设立|封关|通过验收|建成|名单|行列|方阵|落成|竣工)$`)

// acts reports whether s holds an action verb.
func (p *parser) acts(s string) bool {
	for i := range s {
		if runeLen(p.lex.prefix(clsAction, s[i:])) > 1 {
			return true
		}
	}
	return false
}

// Projects with other places, or signed at one event, are a part of those of the region.
var (
	event  = pattern.MustCompile(`(?:专场活动|推介会|招商会|洽谈会|签约仪式|峰会|论坛)(?:成功)?(?:举办|召开)?,$`)
	ofYear = vocabulary.Of("全年", "累计", "共")

	cooperation = vocabulary.Of("协作", "合作", "对口")
	isProject   = vocabulary.Of("项目")
)

// codify gives the statement its catalogue code where the figure is exactly that indicator of
// the whole region.
func (p *parser) codify(st *statement) {
	name := st.name
	if st.lead.share != "" && st.measure == "share" && st.noun != "" {
		name = st.noun
	}
	if st.counted && st.predicate != "" && strings.HasSuffix(st.noun, "项目") && !strings.HasPrefix(strings.TrimPrefix(st.predicate, "预计"), "完成投资") && !strings.HasPrefix(st.predicate, "完成年度投资") {
		return // 45个重点项目建成投运: those of the projects that are finished
	}
	if isProject.In(name) && (cooperation.In(name) || event.MatchString(p.s[:p.clauseStart]) && !ofYear.In(p.s[p.clauseStart:st.q.start])) {
		return // 对口合作项目到位资金: of a part of the projects
	}
	c, ok := p.codeFitting(name, st)
	if !ok {
		for _, other := range p.alternatives(st, name) {
			if c, ok = p.codeFitting(other, st); ok {
				name = other
				break
			}
		}
	}
	if ok && st.lead.among && p.prior != nil && !p.prior.coded && isProject.In(name) && isProject.In(p.prior.name) {
		ok = false // 新签约项目60个,其中10亿元以上项目9个
		st.note("code: a part of the figure before")
	}
	if ok && c.code == "investment_paid" && publicMoney.MatchString(p.s[:st.q.start]) && !private.MatchString(p.s[p.clauseStart:st.q.start]) {
		ok = false // 中央预算内投资到位资金
		st.note("code: money of the state")
	}
	if ok && c.code == "key_projects" && p.prior != nil && !p.prior.coded && isProject.In(p.prior.name) && sought.MatchString(p.prior.name) {
		ok = false // 引进亿元以上项目50个,10亿元以上项目5个
		st.note("code: counted by another verb")
	}
	if ok && st.lead.among && p.prior != nil && p.prior.coded && p.prior.code.code == c.code && p.prior.measure == st.measure {
		ok = false // 其中: a part of what was named before
		st.note("code: a part of the figure before")
	}
	st.code = c
	if ok && !st.lead.scope && (p.zone || p.park && p.era.kind == "review" || p.ofPart(st) || st.measure == "growth" && p.zoneSpoken()) {
		ok, st.code = false, noCode
		st.note("code: figure of a part of the region")
	}
	if ok {
		st.code, st.coded = c, true
		st.note("code: ", c.code, " by its name ", name)
	}
}

// Words before a name that are not the catalogue's.
var (
	pushes  = vocabulary.Of("推动", "推进", "实施", "加快", "抓好", "组织", "开展", "统筹", "全面", "争列", "带动", "支撑", "拉动", "促进", "年均", "全年", "到", "至")
	reports = vocabulary.Of("实现", "完成", "全年", "累计", "达到", "预计", "提出", "确定", "安排", "贯彻", "下达")
)

// alternatives lists other wordings of the name that may be the catalogue's.
func (p *parser) alternatives(st *statement, name string) []string {
	if !p.lex.mayBeCode(name) && !(st.counted && p.lex.mayBeCode(st.noun)) {
		return nil // all others end like these
	}
	var out []string
	rest := name
	for w := pushes.PrefixLen(rest); w > 0; w = pushes.PrefixLen(rest) {
		rest = rest[w:]
	}
	if rest != name {
		out = append(out, rest)
	}
	if w := reports.PrefixLen(name); w > 0 {
		out = append(out, name[w:])
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
func (p *parser) fits(c *code, st *statement) bool {
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
		if st.q.unit.Power > 0 && (c.dimension("person") || st.q.unit.Power >= 4 && (c.dimension("currency") && money.MatchString(st.name) || c.code == "market_entities")) {
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
	from := lastMark(before)
	if from > 0 && before[from] == ',' && st.code.dimension("currency") && !opened.MatchString(before[:from]) {
		if prev := lastMark(before[:from]); prev >= 0 || !strings.ContainsAny(before[:from], "0123456789") {
			if !strings.ContainsAny(before[max(prev, 0):from], "0123456789") {
				from = max(prev, 0)
			}
		}
	}
	if p.namesPart(before[max(from, 0):]) {
		return true
	}
	// behind the attributes of a project, a level is that project's own
	if st.measure != "level" || !st.code.output() {
		return false
	}
	for i := range p.qs {
		if q := &p.qs[i]; q.role == roleProject && q.start < st.q.start && !segmentEnds.In(before[q.start:]) {
			return true
		}
	}
	return false
}

// output reports whether the code is a value that one enterprise also states.
func (c *code) output() bool {
	return c.dimension("currency") && !c.flow
}
