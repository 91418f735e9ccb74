package project

import (
	"strings"

	"xianzhi/schemas"
	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
)

// passage reads one sentence; its clauses leave something to those behind them.
type passage struct {
	*Reader
	t        *segment.Text
	sentence segment.Span
	section  segment.Kind
	topic    string       // the heading above
	brands   *words[bool] // the enterprises that the text lists
	within   period

	money   float64 // stated in a clause of its own for the next one
	town    string  // charged with what follows, up to the next semicolon
	clauses []segment.Span
	now     clause
	cut     cutWords
	spots   []int    // of the clause at hand: where its verbs may begin
	phrases []phrase // of the clause at hand
	pieces  []piece  // of the phrase at hand
	found   []Found
	made    int      // how many there were before the clause at hand
	heard   []clause // what was said before since then, for the enterprise that it spoke of
	last    phrase
	went    bool    // there was a last phrase
	before  string  // the clause before
	counted bool    // what follows are the names of what it counted
	listing *phrase // what the sentence before announced a list of, one sentence each
}

// clause is a clause with its text.
type clause struct {
	t    *segment.Text
	span segment.Span
	s    string
	has  chars     // what occurs in it
	cut  *cutWords // what of it has been cut into words, nil to keep none
}

// cutWords are stretches that have been cut into words, and all their words.
type cutWords struct {
	spans  []cutSpan
	tokens []segment.Token
}

// cutSpan is a stretch and its words.
type cutSpan struct {
	span   segment.Span
	tokens []segment.Token
}

// upTo returns the words of a stretch that begins like the one cut and ends with one of its words, nil for
// any other: the best cut of what stands before a place does not depend on what follows.
func (c *cutSpan) upTo(span segment.Span) []segment.Token {
	if c.span.Start != span.Start || c.span.End < span.End {
		return nil
	}
	for i := range c.tokens {
		if end := c.tokens[i].End; end >= span.End {
			if end > span.End {
				break
			}
			return c.tokens[: i+1 : i+1]
		}
	}
	return nil
}

// longestClause is beyond what any report writes without a comma, in bytes; it bounds the work on
// a text without punctuation.
const longestClause = 3000

func (p *passage) read() {
	p.clauses = p.t.AppendClauses(p.clauses[:0], p.sentence)
	for _, span := range p.clauses {
		p.cut.spans, p.cut.tokens = p.cut.spans[:0], p.cut.tokens[:0]
		if span.End-span.Start > longestClause {
			continue
		}
		before := len(p.found)
		s := p.t.At(span)
		p.now = clause{p.t, span, s, 0, &p.cut}
		p.now.has, p.spots = p.l.kinds.look(s, 0, p.spots[:0])
		p.clause(&p.now)
		for i := before; i < len(p.found); i++ {
			f := &p.found[i]
			f.Span.Start += span.Start
			f.Span.End += span.Start
			f.Sentence = p.sentence
			f.Row.Section = string(p.section)
			f.Row.Confidence = p.l.certainty.confidence(&f.traits)
		}
	}
}

var yearsAhead = pattern.MustCompile(`^(?:用|力争|争取|计划)?([一二两三四五])年(?:内|时间)`)

// clause reads the phrases of one clause; spans are relative to it.
func (p *passage) clause(c *clause) {
	if oneByOne.FindString(c.s) == c.s {
		p.counted = manyOf.MatchString(p.before)
		return
	}
	if m := hoped.FindStringSubmatch(c.s); m != nil && p.made < len(p.found) {
		if v, ok := p.l.verbs.Get(m[1]); ok {
			for i := p.made; i < len(p.found); i++ {
				p.found[i].Row.Status = v.status
			}
		}
		return
	}
	p.made = len(p.found)
	counted := p.counted
	p.counted = false
	if to := p.l.charged(c); to != "" {
		p.town = to
	} else if c.span.Start > p.sentence.Start && p.t.Folded[c.span.Start-1] == ';' {
		p.town, p.heard = "", p.heard[:0]
	}
	p.phrases = p.l.phrases(p.phrases, c, p.spots)
	phrases := p.phrases
	switch {
	case len(phrases) == 1 && (phrases[0].rule == "打造" || phrases[0].rule == "狠抓" && strings.HasSuffix(c.s, "工程")) && p.alone(c) && !strings.Contains(c.s, "、") && !p.l.quantified(c.s):
		return // a heading: 打造人才基地。
	case len(phrases) == 0 && c.has&yuan != 0 && paid.MatchString(c.s) && !counting.MatchString(c.s):
		p.money = p.l.money(paid.FindString(c.s))
		return
	case len(phrases) == 0:
		if phrases = p.carriedOver(c); len(phrases) == 0 {
			phrases = p.bare(c, counted)
		}
	}
	within := p.within
	if c.has&year != 0 {
		if m := yearsAhead.FindStringSubmatch(c.s[len(label.FindString(c.s)):]); m != nil {
			within.to = within.from + digit(m[1]) - 1
		}
	}
	for _, q := range phrases {
		if c.has&(andSoOn|figure|and) == andSoOn|figure|and {
			if m := twoCounts.FindStringSubmatchIndex(c.s[q.start:q.end]); m != nil {
				first := q
				first.end = q.start + m[2]
				if said := p.l.ending(c.s, q.start, q.end).verb; said.status != "" { // it holds for both
					first.status, first.force, first.rank = said.status, said.force, said.rank
				}
				p.phrase(c, first, within)
				q.start += m[3]
			}
		}
		p.phrase(c, q, within)
		p.money = 0
	}
	if n := len(phrases); n > 0 {
		p.last, p.went = phrases[n-1], true
	}
	p.heard = append(p.heard, *c)
	p.before = c.s
}

// hoped is a clause that says of the undertakings of the one before it what they are to come to: 推进甲、乙项目,
// 力争年内开工.
var hoped = pattern.MustCompile(`^(?:力争|争取|确保|务必)(?:在)?(?:20[0-9]{2}年|今年|年)?(?:内|底前?|末|[上下]半年|[0-9]{1,2}月(?:底|份)?前?)?(?:全面|顺利|如期|尽早|尽快)?(开工建设|开工|启动建设|建成投用|建成投产|建成通车|建成|竣工|投产|投用|通车|完工|投入使用|投入运营)$`)

// twoCounts joins two lists, each with its number: 甲等9条公路项目和乙等3个续建铁路项目.
var twoCounts = pattern.MustCompile(`等[0-9]+[个条项座处][^、,等]{0,12}?(?:项目|工程)(和|以及|及)[^、,]{2,}等[0-9]+[个条项座处]`)

// firm is the enterprise that was spoken of last.
func (p *passage) firm() string {
	for i := len(p.heard) - 1; i >= 0; i-- {
		if name, ok := p.spokenOf(&p.heard[i]); ok {
			return name
		}
	}
	return ""
}

// alone reports whether the clause is all of its sentence.
func (p *passage) alone(c *clause) bool {
	return c.s == strings.TrimRight(p.t.At(p.sentence), "。;!")
}

// carriedOver applies the last verb to a clause without one that sizes something: 改造小巷58条,路灯
// 亮化260盏.
func (p *passage) carriedOver(c *clause) []phrase {
	s := c.s
	if strings.HasPrefix(s, "以及") && p.went && p.last.force != soft {
		return []phrase{p.last.over(len("以及"), len(s), "carried over")}
	}
	if !p.went || c.has&figure == 0 || !numeric(s) {
		return nil
	}
	if p.last.force != soft && c.has&andSoOn != 0 && counting.MatchString(s) {
		return []phrase{p.last.over(0, len(s), "carried over")}
	}
	if p.last.force != build && p.last.status != "complete" || strings.HasPrefix(s, "其中") {
		return nil
	}
	if bare, _, ok := p.l.trailingAmount(s); !ok || !p.l.buildable(bare) {
		return nil
	}
	return []phrase{p.last.over(0, len(s), "carried over")}
}

// bare reads a clause that is a name and nothing else: one of a list that was announced, or works with
// their size, 老旧管网改造55公里.
func (p *passage) bare(c *clause, counted bool) []phrase {
	s := c.s
	at := len(label.FindString(s))
	if p.listing != nil && p.alone(c) && runes(s) <= longestListed {
		q := p.listing.over(at, len(s), "listed")
		q.named = true
		return append(p.phrases, q)
	}
	if m := oneByOne.FindStringIndex(s); m != nil && manyOf.MatchString(p.before) || counted {
		if m == nil {
			m = []int{0, 0}
		}
		q := phrase{status: "start", force: run, rank: 4}
		if p.went {
			q = p.last
		}
		q = q.over(m[1], len(s), "listed")
		q.named = true
		return append(p.phrases, q)
	}
	if c.has&figure == 0 || !numeric(s) {
		return nil
	}
	if name, _, ok := p.l.trailingAmount(s); ok {
		if word, k := p.l.head(name[min(at, len(name)):]); k == works && len(word) < len(name)-at {
			return append(p.phrases, phrase{status: "start", force: run, rank: 4, start: at, end: len(s), rule: "sized"})
		}
	}
	return nil
}

// oneByOne opens the names of what the clause before counted: 分别是甲、乙和丙.
var (
	oneByOne = pattern.MustCompile(`^(?:分别是|分别为|具体为|具体是|主要有|主要包括|包括):?`)
	manyOf   = pattern.MustCompile(`[0-9一二三四五六七八九十]+[个项件大][^、,]{0,8}$`)
)

// longestListed is the length, in runes, of what a sentence can name without saying anything of it.
const longestListed = 36

// announced opens a list whose members are sentences of their own: 集中实施八大制造业项目,总投资180亿元。
var announced = pattern.MustCompile(`^(?:[0-9]+[个项大]|[二三四五六七八九十]+[大个项])[^、]{0,10}(?:项目|工程)$`)

// announces returns what a sentence says of the list that follows it, nil if it opens none; a member
// of a list goes on with it.
func (p *passage) announces() *phrase {
	if len(p.clauses) > 3 || !p.went {
		return nil
	}
	if p.listing != nil && len(p.clauses) == 1 && (p.last.rule == "listed" || strings.HasPrefix(p.last.rule, "…")) {
		return p.listing
	}
	c := p.t.At(p.clauses[0])
	var has chars
	if has, p.spots = p.l.kinds.look(c, 0, p.spots[:0]); has&figure == 0 || has&project == 0 {
		return nil
	}
	phrases := p.l.phrases(nil, &clause{p.t, p.clauses[0], c, has, nil}, p.spots)
	if len(phrases) != 1 || phrases[0].force == soft || !announced.MatchString(c[phrases[0].start:phrases[0].end]) {
		return nil
	}
	q := phrases[0]
	return &q
}

// counting closes a list of works by their number: 甲、乙等12个新材料项目.
var counting = pattern.MustCompile(`^[^其].+等[0-9]+[个项][^,]*(?:项目|工程)(?:建设)?$`)

// buildable reports whether a bare name ends in something that can be built.
func (l *lexicon) buildable(name string) bool {
	_, k := l.head(name)
	return k == facility || k == works || k == quantity
}

// paid is a clause or a lead that states where the money comes from.
var paid = pattern.MustCompile(`(?:总投资|投资|投入|安排|筹资|筹措)(?:资金)?(?:约|近|超过?)?[0-9.]+[余多]?[万亿]*元`)

// nobodys is a lead that calls on whoever will: 鼓励社会力量建设….
var nobodys = pattern.MustCompile(`社会力量|社会资本|民间资本`)

// tends are verbs whose object is an activity.
var tends = pattern.MustCompile(`(?:做好|抓好|加强|强化|深化)$`)

// phrase reads the members of one governed object.
func (p *passage) phrase(c *clause, q phrase, within period) {
	q.weight = p.l.evidence.rules[q.rule]
	whole := p.l.ending(c.s, q.start, q.end)
	closing := &whole.verb
	if closing.status != "" && !closing.yields {
		q.status, q.force, q.rank = closing.status, closing.force, closing.rank
	}
	p.pieces = p.l.members(p.pieces, c.s, c.has, q.start, q.end)
	pieces := p.together(c, p.partners(c, p.pieces))
	owner, owners := p.l.leadOwner(q.lead)
	if owner == "" && !strings.HasPrefix(c.s, "配合") {
		owner = p.town
	}
	if strings.HasSuffix(c.s[q.start:q.end], "步伐") && q.force == run && !p.l.quantified(c.s[q.start:q.end]) {
		return // 加快煤矿智能化改造步伐: of them all
	}
	if q.lead != "" && nobodys.MatchString(q.lead) {
		return
	}
	if len(owners) > 0 && len(pieces) == 1 && (p.l.bare(c.s[pieces[0].start:pieces[0].end]) || len(owners) > 1 && p.l.apiece(c.s[pieces[0].start:pieces[0].end])) {
		p.perOwner(c, q, pieces[0], owners, within)
		return
	}
	if n := len(owners); n > 0 && owner == "" {
		owner = q.lead[owners[0][0]:owners[n-1][1]] // together
	}
	money := p.money
	if q.lead != "" {
		if m := paid.FindString(q.lead); m != "" {
			money = p.l.money(m)
		}
	}
	if len(pieces) > 1 {
		money = 0 // a sum for all is no member's
	}
	if n := len(pieces); n > 1 && pieces[n-1].class == "" && tends.MatchString(q.rule) && p.l.refused.contains(c.s[pieces[n-1].start:q.end]) {
		return // 抓好老桥、老井保护和水质管控: what is said of the last holds for all
	}
	company := ""       // of the member before
	owned := ""         // its owner
	indefinite := false // 一批甲、乙 holds for both
	for i := range pieces {
		pc := &pieces[i]
		closes := whole
		if pc.start != q.start || pc.end != q.end {
			closes = p.l.ending(c.s, pc.start, pc.end)
		}
		if p.weighed == nil && !(len(pieces) == 1 && pc.bundle >= 2) && p.l.hopeless(c.s, pc, &closes, &q, i == len(pieces)-1) {
			continue
		}
		m, ok := p.l.member(c.s, pc, &closes, q.work, func(start, end int) bool { return p.proper(c, start, end) })
		if !ok {
			continue
		}
		indefinite = indefinite || m.indefinite
		m.indefinite = indefinite
		if m.acts { // 推动甲公司完成乙、丙技改 holds for both
			owner, q.status, q.force = m.owner, m.status, m.force
		}
		if m.investment == 0 {
			m.investment = money
		}
		if pc.each > 1 && m.count == 0 {
			m.count, m.measured = pc.each, true
		}
		if m.owner == "" {
			m.owner = owner
		}
		if own := c.s[m.start:m.end]; m.owner == "" && strings.HasPrefix(q.rule, "…") && len(pieces) == 1 {
			if w, kind := p.l.bodies.suffix(own); kind == firm && len(w) < len(own) && runes(own) <= 8 && p.coreOf(c, m.start, m.end-len(w), kind, false) {
				m.owner, m.closed = own, true // 昌瑞煤业开工建设
			}
		}
		if m.owner == "" && q.rule == "支持" && pc.listed && p.proper(c, m.start, m.end) {
			m.owner = c.s[m.start:m.end]
		}
		if m.status == "" {
			m.status, m.force = q.status, q.force
		}
		if state := classStatus(pc.class); state != "" && q.rank < 8 { // 甲等7个在建项目竣工 ends what it says
			m.status = state
		} else if q.rank < 7 && strings.HasSuffix(m.name, "续建") {
			m.status = "continue"
		}
		first := c.s[m.start]
		figured := '0' <= first && first <= '9'
		if !figured { // words behind a figure tell nothing
			m.words = wording{Reader: p.Reader, c: c, start: m.start, end: m.end}
		}
		if len(pieces) == 1 && pc.bundle >= 2 && m.count == 0 && !m.proper() && !(figured && m.headKind == facility) {
			m.standFor(p.l, pc)
		}
		if i < len(pieces)-1 && runes(c.s[m.start:m.end]) < 4 && p.l.aimed(c.s[pieces[len(pieces)-1].start:q.end]) {
			continue // 实施扩量、提质、延链行动
		}
		if p.title(c, &q, &m) {
			continue
		}
		j := judgement{keep: p.weighed != nil}
		evidence := p.l.weigh(&j, &m, pc, m.force, &q)
		if j.keep {
			p.weighed(segment.Span{Start: c.span.Start + m.start, End: c.span.Start + m.end}, m.name, evidence, j.seen)
		}
		if evidence < accepted {
			continue
		}
		sector, ok := p.l.sector(m.name, pc.class)
		if pc.tail == "" && pc.class != "" {
			if kept, known := p.l.sectorOfHead(pc.class); known {
				sector, ok = kept, true // 甲厂、乙铁路等博物馆
			}
		}
		if !ok {
			sector, ok = p.around(c, m.name, pieces, i)
		}
		if m.owner != "" {
			m.name = p.l.ownedBy(m.owner, m.name)
			if m.owner = p.body(c, m.owner); m.owner == "" { // 支持青州市打造宏运基地
				m.owner = p.enterprise(c, &m, pc, sector, p.brands)
			}
		} else if m.kind == none && pc.attribute != "" {
			m.owner = "" // 总投资3亿元的青云一体化: what stands before the aim is no name
		} else if m.owner = p.enterprise(c, &m, pc, sector, p.brands); m.owner == "" && sector == "industry" && m.count == 0 && !p.named(c, &m) {
			if m.owner = p.firm(); company != "" && (pc.gave || pc.tail != "") {
				m.owner = company
			}
		}
		if first := c.s[m.start]; m.owner == "" && pc.class == "" && sector == "industry" && '0' <= first && first <= '9' && m.count == 0 {
			m.owner = owned // 甲钢铁100万吨线材、150吨转炉
		}
		if !ok && m.owner != "" && m.owner != p.town && !placeEnding.Has(lastRune(m.owner)) {
			sector = "industry" // 加快宏运三期建设
		}
		owned = m.owner
		if company = ""; strings.HasSuffix(m.owner, "公司") || strings.HasSuffix(m.owner, "集团") {
			company = m.owner // 甲公司东矿、西矿扩建
		}
		if p.found == nil {
			p.found = make([]Found, 0, 32+len(p.t.Folded)/400) // as many as most reports plan
		}
		p.found = append(p.found, Found{
			Span:   segment.Span{Start: m.start, End: m.end},
			Row:    m.row(sector, within),
			traits: m.traits(&q, pc, evidence),
		})
	}
}

// hopeless reports whether the word that a piece ends in keeps it from reaching the evidence of an
// undertaking, whatever else it says: more than half of them, which need not be read. It leaves all
// others, and what a later piece takes something from, to weigh.
func (l *lexicon) hopeless(s string, pc *piece, e *ending, q *phrase, last bool) bool {
	if pc.counted || q.work != "" || q.named || pc.attribute != "" || pc.worth != "" {
		return false
	}
	if e.end == pc.start {
		return false
	}
	o, v, k := s[pc.start:e.end], e.verb, e.kind
	if pc.tail != "" {
		word, shared := l.head(pc.tail)
		if len(word) == len(pc.tail) {
			return false // the head may begin before the tail
		}
		k = shared
	}
	if k != none && k != unknown && k != vague && k != quantity || k == unknown && pc.tail != "" {
		return false
	}
	length := longest
	if pc.tail == "" {
		length = runes(o)
	}
	has := kindsOf.in(o)
	relative, figures := has&of != 0, has&figure != 0
	if figures && (relative || l.measures(o, false)) {
		return false
	}
	if v.status == "" || !last && stronger(q.force, v.force) {
		v.force = q.force
	}
	if l.most(k, v.force, q, e.cut || pc.built || strings.HasPrefix(q.rule, "…"), pc.class, length, figures) >= accepted {
		return false
	}
	if has&pairMark != 0 && (groundBroken.MatchString(q.rule) || balance(o) != o) {
		return false
	}
	if k == none && last {
		return true
	}
	if _, indefinite := skipIndefinite(s, pc.start, pc.end); indefinite && !last {
		return false
	}
	if o = beforeObject(s[pc.start:pc.end]); kindsOf.in(o)&acts == 0 {
		return true
	}
	return !innerVerb.MatchString(o)
}

// together makes one of the kinds of things that one number counts: 幼儿园、中小学15所, 20个游园、广场.
func (p *passage) together(c *clause, pieces []piece) []piece {
	last := len(pieces) - 1
	if last < 1 || c.has&figure == 0 || pieces[0].class != "" || pieces[last].class != "" {
		return pieces
	}
	n, _ := leadingCount(c.s[pieces[0].start:pieces[0].end])
	name, a, behind := p.l.trailingAmount(c.s[pieces[last].start:pieces[last].end])
	if (n > 1) == behind {
		return pieces
	}
	if behind && strings.HasSuffix(c.s[:pieces[last].start+a.start], "各") {
		for i := range pieces {
			pieces[i].each = int(a.value)
		}
		return pieces
	}
	for i, pc := range pieces {
		switch {
		case i == 0 && n > 1:
			pc.start = pc.end - len(withoutCount(c.s[pc.start:pc.end]))
		case i == last && behind:
			pc.end = pc.start + len(name)
		case p.l.quantified(c.s[pc.start:pc.end]):
			return pieces
		}
		if !p.merelyKind(c, pc.start, pc.end, i < last) {
			return pieces
		}
	}
	pieces[0] = piece{start: pieces[0].start, end: pieces[last].end, total: 1, attribute: pieces[0].attribute}
	return pieces[:1]
}

// merelyKind reports whether a stretch says what is built in words that fit many; one that others follow
// may leave part of it to them: 供水、燃气管网.
func (p *passage) merelyKind(c *clause, start, end int, followed bool) bool {
	start += enclosedLength(c.s[start:end])
	word, k := p.l.head(c.s[start:end])
	if k != facility && k != quantity && k != vague && !(k == unknown && followed) {
		return false
	}
	if class, _ := p.l.classes.suffix(c.s[start:end]); len(class) > len(word) {
		word = class
	}
	_, ordinary := common(p.tokens(c, start, start+len(strings.TrimSuffix(c.s[start:end], word))))
	return ordinary
}

// perOwner gives every enterprise of 引导甲、乙等企业实施升级改造 its row.
func (p *passage) perOwner(c *clause, q phrase, work piece, owners [][2]int, within period) {
	closes := p.l.ending(c.s, work.start, work.end)
	m, ok := p.l.member(c.s, &work, &closes, "", func(int, int) bool { return false })
	if !ok {
		return
	}
	q.named = false
	kind := m.kind
	if kind == unknown {
		kind = works
	}
	for _, o := range owners {
		span := segment.Span{Start: q.leadStart + o[0], End: q.leadStart + o[1]}
		name := c.s[span.Start:span.End]
		each := member{name: join(name, m.name), kind: kind, owner: name, status: q.status, closed: true}
		each.head, each.headKind = p.l.head(each.name)
		each.has = kindsOf.in(each.name)
		evidence := p.l.weigh(&judgement{}, &each, &piece{}, run, &q)
		if evidence < accepted || runes(each.name) > 40 {
			continue
		}
		sector, _ := p.l.sector(each.name, c.s)
		p.found = append(p.found, Found{Span: span, Row: each.row(sector, within), traits: each.traits(&q, &work, evidence)})
	}
}

// around guesses the sector of a name that tells none, and reports whether its own clause tells it.
func (p *passage) around(c *clause, name string, pieces []piece, i int) (sector string, near bool) {
	if diversion.MatchString(name) {
		return "water", true
	}
	if sector, near = p.l.sector(neighbours(c.s, pieces, i), c.s); near {
		return sector, true
	}
	if producing.MatchString(c.s) {
		return "industry", true
	}
	sector, _ = p.l.sector(p.before, p.topic)
	return sector, false
}

// diversion brings one river's water to another: 引青济柳.
var diversion = pattern.MustCompile(`引.[济入补].`)

// producing is said of plants: 推动宏运二期、恒泰三期达产满产.
var producing = pattern.MustCompile(`产业(?:链)?项目|新兴产业|投产|达产|满产|量产|产能|投料|下线|扩大投资`)

// neighbours returns what stands around the i-th member of a list, the nearest last: its sector is
// the best guess for a bare name.
func neighbours(s string, pieces []piece, i int) string {
	out := ""
	for _, j := range []int{i + 1, i - 1} {
		if j >= 0 && j < len(pieces) {
			out += s[pieces[j].start:pieces[j].end] + "、"
		}
	}
	return out
}

// apiece reports whether an object is a building of a kind that every enterprise has one of: 中试平台.
func (l *lexicon) apiece(o string) bool {
	e := l.ending(o, 0, len(o))
	return (e.kind == facility || e.kind == vague) && !numeric(o) && runes(o) <= 10 && l.placePrefix(o) == 0
}

// bare reports whether an object is a work without a thing: 升级改造.
func (l *lexicon) bare(o string) bool {
	e := l.ending(o, 0, len(o))
	return e.kind == works && e.head == o[:e.end]
}

// row gives the columns that a member fills.
func (m *member) row(sector string, within period) schemas.Project {
	row := schemas.Project{
		Name: m.name, Status: m.status, PeriodStart: int32(within.from), PeriodEnd: int32(within.to),
		Capacity: schemas.NonEmpty(m.capacity), Owner: schemas.NonEmpty(m.owner),
		Sector: sector,
	}
	if m.investment > 0 {
		row.Investment = schemas.Some(m.investment)
	}
	if m.count >= 2 {
		row.Count = schemas.Some(int32(m.count))
	}
	return row
}

// classStatus is what the class of a list says of its state: 等17个续建项目.
func classStatus(class string) string {
	switch {
	case class == "":
	case strings.Contains(class, "续建项目"), strings.Contains(class, "在建项目"):
		return "continue"
	case strings.Contains(class, "新建项目"), strings.Contains(class, "新开工项目"):
		return "start"
	case strings.Contains(class, "谋划项目"), strings.Contains(class, "前期项目"), strings.Contains(class, "储备项目"):
		return "prelim"
	case strings.Contains(class, "竣工项目"), strings.Contains(class, "投产项目"):
		return "complete"
	}
	return ""
}
