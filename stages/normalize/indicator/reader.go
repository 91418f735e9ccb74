// Package indicator reads the figures of a report: actual values and targets, with the
// indicator that each is said of.
//
// Input: a segmented text and the report year. Output: the numerals of the text in order,
// each with its role, and for quantities a row of the indicators table (without the keys of
// the document). The grammar is data (predicates.csv, words.csv, codes.csv, synonyms.csv);
// the code joins a number with the subject before it, the noun behind it, the verb that
// governs both, and the time, basis and bound that hold for the clause.
//
// Not read here: planned projects (package project) and which region the figures are of.
package indicator

import (
	"fmt"
	"regexp"
	"strings"

	"xianzhi/schemas"
	"xianzhi/stages/normalize/number"
	"xianzhi/stages/normalize/period"
	"xianzhi/stages/normalize/unit"
	"xianzhi/stages/segment"
)

// Reader reads figures; it is read-only after New and safe for concurrent use.
type Reader struct {
	lex       *lexicon
	model     ConfidenceModel
	units     *unit.Table
	tokenizer *segment.Tokenizer
}

// New loads the rules.
func New(k *segment.Tokenizer) (*Reader, error) {
	l, err := loadLexicon()
	if err != nil {
		return nil, fmt.Errorf("indicator rules: %w", err)
	}
	u, err := unit.Load()
	if err != nil {
		return nil, fmt.Errorf("indicator rules: %w", err)
	}
	m, err := loadConfidence()
	if err != nil {
		return nil, fmt.Errorf("indicator rules: %w", err)
	}
	return &Reader{lex: l, model: m, units: u, tokenizer: k}, nil
}

// Found is one numeral of the text.
type Found struct {
	Span     segment.Span // of the numeral
	Sentence segment.Span
	Role     string // indicator, project_attr, date, label or other
	// Row is the row of the indicators table for Role indicator, without keys and offsets.
	Row   schemas.Indicator
	Rules []string // which rule decided what
	// Traits is what the confidence is estimated from (see ConfidenceModel).
	Traits []string
}

// Read returns the numerals of t in order; one numeral gives several Found where it is said
// of several subjects. year is the report year, 0 if it is unknown.
func (r *Reader) Read(t *segment.Text, year int) []Found {
	var out []Found
	k := newTracker(year)
	topic := ""
	for _, sen := range t.Sentences {
		s := t.At(sen.Span)
		qs := r.readQuantities(s)
		times := period.Find(s, year)
		r.classify(s, qs, times)
		stated := false
		for _, q := range qs {
			stated = stated || q.role == roleQuantity
		}
		e := k.at(t, sen, s, t.KindAt(sen.Start), stated)
		p := &parser{Reader: r, t: t, sen: sen, s: s, qs: qs, times: times, era: e, year: year, topic: topic}
		out = append(out, p.parse()...)
		if len(qs) == 0 && runeLen(s) <= 18 {
			if topic = ""; topicNoun.MatchString(s) {
				topic = strings.TrimRight(s, "。:")
			}
		} else if sen.Heading {
			topic = ""
		}
	}
	flag(out)
	return out
}

// topicNoun ends a run-in heading that names an industry, a park or an enterprise.
var topicNoun = regexp.MustCompile(`(?:集群|产业|园区|产业园|行业|业|公司|集团)[。:]?$`)

// statement is one quantity with what is said of it.
type statement struct {
	q         *quantity
	name      string // the indicator's name
	noun      string // what is counted or measured, without the verb
	verb      string
	predicate string // what is said of the counted noun behind it
	counted   bool   // the noun stands behind the number
	shared    bool   // a share by the value before the change
	inherits  bool   // the predicate is that of the number before
	code      code
	coded     bool
	measure   string
	neg       bool
	from      bool // 由…: the value before a change
	stock     bool // 达到, 突破: the state at the end
	summed    bool // 累计: adds up over the years
	lead      lead
	flags     []string
	rules     []string
	way       string // how the name was found
}

// parser reads one sentence.
type parser struct {
	*Reader
	t     *segment.Text
	sen   segment.Sentence
	s     string
	qs    []quantity
	times []period.Expression
	era   era
	year  int

	topic       string       // the run-in heading before: 铝镁合金产业集群。
	mute        segment.Span // the last clause without a number
	pending     string       // a clause that is but a noun phrase, the subject of the next
	subject     string       // what the last statement was about
	noun        string       // its noun without the verb
	verb        string       // the verb that governs the list
	list        []string     // the subjects of a distributed list
	recent      []string     // the names of the statements so far
	nounEnd     int          // where the noun behind the last number ends
	clauseStart int
	explicit    *period.Expression
	base        *period.Expression
	lastBase    *period.Expression // the base last named, for 年均 without a subject of its own
	pairFrom    int                // the year of the last value before a change
	prior       *statement
}

func (p *parser) parse() []Found {
	var out []Found
	next := 0
	clauses := p.t.Clauses(p.sen.Span)
	for i := 0; i < len(clauses); i++ {
		from, to := clauses[i].Start-p.sen.Start, clauses[i].End-p.sen.Start
		for i+1 < len(clauses) && p.splits(to) { // 6，600: the comma of a number ends no clause
			i++
			to = clauses[i].End - p.sen.Start
		}
		if from > 0 && p.s[from-1] == ';' {
			p.explicit = p.sentenceTime()
		}
		p.clauseTimes(from, to)
		if from > 0 && p.s[from-1] != ',' {
			p.pending = ""
		}
		first := next
		for next < len(p.qs) && p.qs[next].start < to {
			next++
		}
		out = append(out, p.clause(from, to, p.qs[first:next])...)
		before := p.pending
		if p.pending = ""; !states(p.qs[first:next]) {
			p.pending = p.subjectOf(from, to)
			if l := (lead{times: p.times}); p.pending == "" && before != "" {
				if rest, _ := p.peelFront(p.s[from:to], from, &l); goesOn.MatchString(rest) || goesOn.MatchString(p.s[from:to]) {
					p.pending = before // …,今年继续保持较快增长势头,…
				}
			}
			p.mute = segment.Span{Start: p.sen.Start + from, End: p.sen.Start + to}
		}
	}
	for ; next < len(p.qs); next++ { // outside every clause: never lose a numeral
		out = append(out, p.found(&p.qs[next]))
	}
	return out
}

// states reports whether any of the numerals is a figure of the region or of a project.
func states(qs []quantity) bool {
	for i := range qs {
		if qs[i].role == roleQuantity || qs[i].role == roleProject {
			return true
		}
	}
	return false
}

// subjectOf reads the subject of a clause without numbers, for the clause that follows: 城镇居民
// 人均可支配收入,由5160元…; 二氧化硫排放总量首次下降,比上年下降4.66%. It is "" where the clause
// begins with no indicator.
func (p *parser) subjectOf(from, to int) string {
	if to-from > 120 {
		return ""
	}
	l := p.peel(p.s[from:to], from, p.times)
	if l.main() == "" && p.lex.suffix(clsQuantity, l.head) != "" && runeLen(l.head) <= 24 && p.verbAt(l.head) == "" {
		return l.head
	}
	rest, _ := p.peelFront(p.s[from:to], from, &l)
	best := ""
	for i := range rest {
		if i > 6 && p.lex.suffix(clsQuantity, rest[:i]) != "" && goesOn.MatchString(rest[i:]) {
			best = rest[:i]
			break
		}
	}
	if runeLen(best) > 24 || p.verbAt(best) != "" {
		return ""
	}
	return best
}

// goesOn begins what is said of a subject without a number.
var goesOn = regexp.MustCompile(`^(?:近年来|由|在(?:19|20)|突破|连跨|连续跨越|接连|迈上|跨上|首次|继续|持续|稳步|实现|保持|位居|居|均|全面|连续|创|再|同比|比|较|明显|大幅|不断|稳定|快速|显著|进一步|双|总体|平稳|逐步|较快|出现|有所|基本)`)

// splits reports whether byte at lies inside a quantity.
func (p *parser) splits(at int) bool {
	for i := range p.qs {
		if p.qs[i].start < at && at < p.qs[i].stop {
			return true
		}
	}
	return false
}

// sentenceTime is the time that opens the sentence and holds for all of it.
func (p *parser) sentenceTime() *period.Expression {
	for i := range p.times {
		if t := &p.times[i]; t.Start == 0 && !t.Base && t.Kind != period.Deadline && t.Kind != period.Name {
			return t
		}
	}
	return nil
}

// clauseTimes takes up the expressions of time that stand in a clause.
func (p *parser) clauseTimes(from, to int) {
	if p.base != nil && !strings.HasPrefix(p.s[p.base.End:], "相比") && p.base.Start < from {
		p.base = nil // only 与2015年相比 holds for the clauses that follow
	}
	for i := range p.times {
		t := &p.times[i]
		if t.Start < from || t.Start >= to {
			continue
		}
		switch {
		case t.Base:
			p.base, p.lastBase = t, t
		case strings.HasSuffix(p.s[:t.Start], "由"), strings.HasSuffix(p.s[:t.Start], "从"):
			// the time of the value before a change holds for that value only
		case t.Kind == period.Deadline && p.s[t.Start:t.End] == "全年" && p.explicit != nil && p.explicit.Kind == period.Part:
			p.explicit = nil // 前三季度…,全年…
		case t.Kind != period.Deadline && t.Kind != period.Name:
			p.explicit = t
		}
	}
}

// codedSubject reports whether the subject carried over is a catalogue indicator.
func (p *parser) codedSubject() bool {
	_, ok := p.codeOf(p.subject)
	return ok
}

func (p *parser) found(q *quantity) Found {
	return Found{
		Span:     segment.Span{Start: p.sen.Start + q.start, End: p.sen.Start + q.end},
		Sentence: p.sen.Span,
		Role:     string(q.role),
		Rules:    []string{"role: " + q.rule},
	}
}

// clause reads the quantities of one clause, [from, to) of the sentence.
func (p *parser) clause(from, to int, qs []quantity) []Found {
	var out []Found
	at := from
	p.clauseStart, p.nounEnd = from, -1
	distributed := 0
	clauseSaid := p.s[from:to]
	for i := range qs {
		q := &qs[i]
		switch q.role {
		case roleQuantity:
		case roleProject:
			out = append(out, p.found(q))
			at = q.stop
			p.list = nil
			continue
		default:
			out = append(out, p.found(q))
			continue
		}
		end := to
		for j := i + 1; j < len(qs); j++ {
			if qs[j].role == roleQuantity || qs[j].role == roleProject {
				end = qs[j].start
				break
			}
		}
		if q.start < at {
			at = q.start
		}
		st := &statement{q: q, rules: []string{"role: " + q.rule}}
		st.lead = p.peel(p.s[at:q.start], at, p.times)
		if st.lead.head == "" && len(st.lead.effects) == 0 && st.lead.linked && i > 0 && p.prior != nil {
			// 增长6.1%和7%: the second number shares the predicate of the first
			st.lead.effects, st.lead.words, st.inherits = p.prior.lead.effects, p.prior.lead.words, true
			if st.lead.bound == "" && q.bound == "" {
				st.lead.bound = p.prior.lead.bound
			}
		}
		next := p.name(st, end, i == 0)
		at, p.nounEnd = max(q.stop, next), next
		p.measure(st, clauseSaid[q.stop-from:])

		for n, name := range p.distribute(st, qs, i, &distributed) {
			row := *st
			row.name = name
			row.rules = append([]string(nil), st.rules...)
			p.codify(&row)
			f := p.found(q)
			f.Row, f.Traits = p.row(&row, clauseSaid)
			f.Rules = append(row.rules, f.Rules[1:]...)
			out = append(out, f)
			if n == 0 {
				p.prior = &row
			}
			if k := len(p.recent); k == 0 || p.recent[k-1] != name {
				p.recent = append(p.recent, name)
			}
		}
	}
	return out
}

// name finds what the quantity is said of; it returns where the noun behind it ends.
func (p *parser) name(st *statement, end int, first bool) int {
	q, l := st.q, st.lead
	tailAt := segment.Span{Start: p.sen.Start + q.stop, End: p.sen.Start + end}
	noun, rest, nounEnd := "", "", 0
	if tail := p.t.At(tailAt); p.takesNoun(q, l, tail) {
		noun, rest, nounEnd = p.nounPhrase(p.t, tailAt, end < len(p.s) && p.s[end] >= '0' && p.s[end] <= '9')
		nounEnd -= p.sen.Start
	}
	head := l.head
	if noun == "" && (head == "" || p.isVerb(head)) {
		noun, rest = p.sharedNoun(q)
	}
	switch {
	case q.rule == "the inhabitants":
		st.name, st.noun = "总人口", "人口"
		st.rules = append(st.rules, "name: the inhabitants")
		st.way = "inhabitants"
	case head == "" && noun != "", noun != "" && (p.isVerb(head) || !p.complete(head, l)):
		// 新建4个中医馆, 1200余名医护人员
		verb := p.verbOf(head)
		lead := head
		if verb == "" && head == "" {
			verb = firstSaid(l, "完成", "实现", "拥有", "减少", "增加", "降低", "提高", "压减", "精简")
			if l.linked && verb == "" {
				verb = p.verb
			}
			lead = verb
		}
		if verb != "" && runeLen(head) > 8 {
			lead = verb
		}
		st.noun, st.verb, st.counted, st.predicate = noun, verb, true, p.saidOf(rest)
		if w := p.lex.suffix(clsRelative, head); w != "" && !isCount(q) {
			// 实施总投资121亿元的项目: the total investment of the projects
			st.verb = p.verbAt(head)
			st.name = st.verb + noun + w
			st.rules = append(st.rules, "name: "+w+" of the noun behind the number")
			st.way = "noun"
			break
		}
		if _, ok := p.codeOf(noun); !ok && st.predicate != "" && lead == "" {
			lead = st.predicate
		}
		st.name = lead + noun
		st.rules = append(st.rules, "name: noun behind the number")
		st.way = "noun"
	case head == "" && p.nounEnd == q.start && p.prior != nil && p.prior.counted && isCount(q):
		// 实施总投资121亿元的项目68个: the noun stands between the two numbers
		nounEnd = 0
		st.noun, st.verb = p.prior.noun, p.prior.verb
		st.name = st.verb + st.noun
		st.rules = append(st.rules, "name: noun before the number")
		st.way = "noun"
	case head == "" && p.pending != "" && l.main() != "":
		// 城镇居民人均可支配收入,由5160元增加到7703元: the subject is a clause of its own
		nounEnd = 0
		p.nameFromHead(st, p.pending, "")
		st.lead.head, p.pending = p.pending, ""
		st.rules = append(st.rules, "name: the clause before")
		st.way = "clause before"
	case head == "" && p.prior != nil && p.prior.from && l.main() == effTo:
		nounEnd = 0
		st.name, st.noun, st.verb = p.prior.name, p.prior.noun, p.prior.verb
		st.lead.share, st.shared = p.prior.lead.share, p.prior.lead.share != ""
		st.rules = append(st.rules, "name: of the value before the change")
		st.way = "change"
	case head == "":
		nounEnd = 0
		st.name, st.noun, st.verb = p.subject, p.noun, p.verb
		if isCount(q) && p.verb != "" && p.noun != "" && (l.saidPart("达") || l.said("增至", "增加到", "突破", "超过")) {
			st.name, st.verb = p.noun, "" // 新增22023家,达到82166家: the stock, not the flow
		}
		st.rules = append(st.rules, "name: carried over")
		st.way = "carrying"
		if p.subject == "" {
			st.way = "nothing"
		}
	default:
		nounEnd = 0
		p.nameFromHead(st, head, noun)
	}
	if first || !l.linked || st.verb != "" {
		p.verb = st.verb
	}
	return nounEnd
}

// nameFromHead names a quantity by the head before it.
func (p *parser) nameFromHead(st *statement, head, noun string) {
	l := st.lead
	switch {
	case (head == "总量" || head == "总额" || head == "总值" || head == "规模") && !isCount(st.q) && p.codedSubject():
		st.name, st.noun = p.subject, p.noun
		st.rules = append(st.rules, "name: "+head+" of the indicator named before")
		st.way = "relation"
	case p.lex.words[clsRelative][head] && p.pending != "":
		st.name, st.noun = p.pending+head, p.pending
		if head == "增速" || head == "增幅" || head == "总量" || head == "增长率" {
			st.name = p.pending
		}
		st.rules = append(st.rules, "name: "+head+" of the clause before")
		st.way = "clause before"
	case p.lex.words[clsRelative][head] && p.noun == "" && p.topic == "" && p.nounBefore() != "":
		st.name, st.noun = p.nounBefore()+head, p.nounBefore()
		st.rules = append(st.rules, "name: "+head+" of the noun that begins the clause before")
		st.way = "clause before"
	case p.lex.words[clsRelative][head] && p.noun == "" && p.topic != "":
		st.name, st.noun = p.topic+head, p.topic
		st.rules = append(st.rules, "name: "+head+" of the topic")
		st.way = "topic"
	case p.lex.words[clsRelative][head] && p.noun != "" && !l.scope:
		of := p.noun
		if head != "总数" && head != "总量" && p.verb != "" && strings.HasPrefix(p.subject, p.verb) && strings.HasSuffix(p.noun, "项目") {
			of = p.subject // 签约项目42个、总投资296亿元
		}
		st.name, st.noun = p.withoutQuantity(of)+head, p.noun
		st.rules = append(st.rules, "name: "+head+" of what was named before")
		st.way = "relation"
	case p.lex.words[clsLevel][head] && p.noun != "":
		bare := p.noun
		if w := p.lex.prefix(clsLevel, bare); w != "" {
			bare = strings.TrimPrefix(bare[len(w):], "以上")
		}
		verb := ""
		if l.linked || p.verb != "" {
			verb = p.verb
		}
		st.stock = p.prior != nil && p.prior.stock
		st.name, st.noun, st.verb = verb+head+bare, bare, verb
		st.rules = append(st.rules, "name: level before the noun named before")
		st.way = "level"
	default:
		head = p.shorten(head)
		st.verb = p.verbAt(head)
		st.noun = strings.Trim(head[len(st.verb):], "的、")
		st.name = head
		if st.verb == "" {
			if w := firstSaid(l, "净增", "新增"); w != "" {
				st.verb = w
			} else if tail := p.verbOf(head); tail != "" && len(tail) < len(head) && isCount(st.q) && (tail == "新增" || tail == "净增" || tail == "新登记") {
				st.verb, st.noun = tail, strings.TrimSuffix(head, tail)
				st.name = tail + st.noun
			}
		}
		if st.verb == "" && (l.linked || l.among && isCount(st.q)) && p.verb != "" && st.q.unit.Unit.Dimension != "percent" && st.q.unit.Unit.Dimension != "points" {
			st.name, st.verb = p.verb+head, p.verb
			st.rules = append(st.rules, "name: verb of the list")
		}
		if noun != "" && p.wantsNoun(head, l) {
			st.name, st.noun = head+noun, noun
		}
		st.rules = append(st.rules, "name: head before the number")
		st.way = "head"
	}
}

// nounBefore is the noun that begins the last clause without a number: 粮食连续四年增产,产量….
func (p *parser) nounBefore() string {
	if p.mute == (segment.Span{}) {
		return ""
	}
	noun, _, _ := p.nounPhrase(p.t, p.mute, false)
	if n := runeLen(noun); n < 2 || n > 8 || p.verbAt(noun) != "" {
		return ""
	}
	for {
		w := p.lex.prefix(clsScope, noun)
		if w == "" || w == noun {
			return noun
		}
		noun = noun[len(w):]
	}
}

// withoutQuantity takes the quantity off a name so that another can stand there:
// 粮食播种面积 → 粮食.
func (p *parser) withoutQuantity(name string) string {
	w := p.lex.suffix(clsRelative, name)
	if w == "" {
		w = p.lex.suffix(clsQuantity, name)
	}
	if w != "" && len(w) < len(name) && runeLen(w) > 1 {
		name = name[:len(name)-len(w)]
		for _, w := range []string{"播种", "种植", "栽植", "建设", "养殖", "完成"} {
			name = strings.TrimSuffix(name, w)
		}
	}
	return name
}

// sharedNoun finds the noun that a number shares with the next one: 4610户11633名贫困人口,
// 1.2万户、126万平米的清洁取暖工程.
func (p *parser) sharedNoun(q *quantity) (noun, rest string) {
	for i := range p.qs[:len(p.qs)-1] {
		if &p.qs[i] != q {
			continue
		}
		next := &p.qs[i+1]
		if between := p.s[q.stop:next.start]; next.role == roleQuantity && (between == "" || between == "、") && q.unit.Unit.Dimension != "percent" {
			end := len(p.s)
			if j := strings.IndexAny(p.s[next.stop:], ",;:。"); j >= 0 {
				end = next.stop + j
			}
			noun, rest, _ = p.nounPhrase(p.t, segment.Span{Start: p.sen.Start + next.stop, End: p.sen.Start + end}, false)
		}
	}
	return noun, rest
}

// takesNoun reports whether what follows the number can name it.
func (p *parser) takesNoun(q *quantity, l lead, tail string) bool {
	next := strings.TrimPrefix(tail, "的")
	if next == "" || !isHan(firstRune(next)) && !strings.HasPrefix(next, "“") && !strings.HasPrefix(next, "《") && !(firstRune(next) >= '0' && firstRune(next) <= '9') && !isLetter(firstRune(next)) {
		return false
	}
	switch q.unit.Unit.Dimension {
	case "points", "multiple", "rank", "permille":
		return false
	case "percent":
		return l.head == "" && (l.main() == "" || l.said("有", "已有", "共有") && strings.HasPrefix(tail, "的")) && !strings.HasPrefix(tail, "的增") && !strings.HasPrefix(tail, "的速") || q.num.Form == number.Fraction
	}
	if l.main() == effUp || l.main() == effDown {
		return l.head == "" && isCount(q)
	}
	for _, w := range []string{"增长", "增加", "提高", "下降", "提升", "同比", "以上", "扩大", "减少", "上升", "增至", "降至"} {
		if strings.HasPrefix(next, w) {
			return false
		}
	}
	return q.num.Parts == 0
}

// isVerb reports whether the head is nothing but action verbs.
func (p *parser) isVerb(head string) bool { return head != "" && p.verbAt(head) == head }

// complete reports whether head and predicate name the quantity without the noun behind it:
// 总数达到71户企业 is complete, 推出100项服务 is not.
func (p *parser) complete(head string, l lead) bool {
	switch l.main() {
	case effTo, effUp, effDown, effHold, effShare, effRate, effRank, effFrom:
		return true
	case effLevel:
		if l.said("完成", "实现", "有", "共有", "拥有", "是", "为", "共", "累计", "已有", "共计") {
			return p.lex.suffix(clsQuantity, head) != ""
		}
		return true
	}
	return p.verbOf(head) == "" && p.verbAt(head) == "" && p.lex.suffix(clsQuantity, head) != ""
}

// wantsNoun reports whether the head needs the noun behind the number: 品牌渗透至19个省份.
func (p *parser) wantsNoun(head string, l lead) bool {
	return isHan(lastRune(head)) && p.lex.suffix(clsQuantity, head) == "" && l.main() == ""
}

// saidOf turns the predicate behind a counted noun into an attribute: 3家企业获得授权 → 获得授权企业.
func (p *parser) saidOf(rest string) string {
	rest = strings.TrimLeft(rest, "均已全部成功顺利正式相继先后的")
	if prepositions[string(firstRune(rest))] {
		return ""
	}
	if n := runeLen(rest); n < 2 || n > 16 || strings.ContainsAny(rest, "0123456789") {
		return ""
	}
	return rest
}

func isCount(q *quantity) bool {
	switch q.unit.Unit.Dimension {
	case "count", "person", "household", "head", "person_time", "box":
		return true
	}
	return false
}

func firstSaid(l lead, words ...string) string {
	for _, w := range words {
		if l.said(w) {
			return w
		}
	}
	return ""
}

// sharing counts the numbers from the i-th on that share its head: 分别增长8%、9%和10%.
func (p *parser) sharing(qs []quantity, i int) int {
	n := 1
	for j := i + 1; j < len(qs) && qs[j].role == roleQuantity; j++ {
		if between := p.s[qs[j-1].stop:qs[j].start]; strings.Trim(between, "、和与及,以万约超过突破") != "" {
			break
		}
		n++
	}
	return n
}

// distribute gives the names that the quantity is said of: the next of a list that 分别 opens,
// every subject where one number is said of all, else the one name.
func (p *parser) distribute(st *statement, qs []quantity, i int, used *int) []string {
	l := st.lead
	if st.q.num.Parts == 3 && st.q.num.Part > 0 && strings.Contains(p.s[:st.q.start], "产") {
		return []string{[]string{"第一产业增加值", "第二产业增加值", "第三产业增加值"}[st.q.num.Part-1]}
	}
	if st.q.num.Parts > 0 && st.q.num.Part > 1 {
		st.name = p.subject
	}
	if l.head == "" && l.has(effDist) && !st.inherits && st.name == p.subject {
		// 接待游客800万人次、实现旅游收入50亿元,分别增长8%、9%
		n := p.sharing(qs, i)
		if n > 1 && n != len(p.list) && len(p.recent) >= n {
			p.list = append([]string(nil), p.recent[len(p.recent)-n:]...)
		}
		if *used = 0; n > 1 && n == len(p.list) {
			*used = 1
			st.rules = append(st.rules, "subject: 分别, of those named before")
			return p.list[:1]
		}
	}
	if l.head == "" && len(p.list) > 1 && st.name == p.subject {
		rest := 0
		for j := range qs {
			if qs[j].role == roleQuantity {
				rest++
			}
		}
		if rest == len(p.list) || *used > 0 && *used < len(p.list) {
			name := p.list[*used%len(p.list)]
			*used++
			st.rules = append(st.rules, "subject: member of the list")
			return []string{name}
		}
		if rest == 1 {
			st.rules = append(st.rules, "subject: all of the list")
			return p.list
		}
	}
	*used = 0
	p.list = nil
	if l.head == "" {
		if st.counted {
			p.subject, p.noun = st.name, st.noun
		}
		return []string{st.name}
	}
	n := p.sharing(qs, i)
	list := []string{st.name}
	if l.has(effDist) || n > 1 || strings.ContainsAny(l.head, "、和与及") && (st.measure == "growth" || st.measure == "avg_growth") {
		list = p.subjects(st.name, max(n, 1))
		if n == 1 && l.has(effDist) && len(list) == 1 {
			list = p.subjects(st.name, 2)
		}
	}
	p.subject, p.noun = st.name, st.noun
	switch {
	case len(list) > 1 && n == len(list):
		p.list, *used = list, 1
		st.rules = append(st.rules, "subject: 分别")
		return list[:1]
	case len(list) > 1 && n == 1:
		all := l.has(effDist)
		coded := true
		for _, name := range list {
			_, ok := p.codeOf(name)
			coded = coded && ok
		}
		if all || coded {
			p.list = list
			st.rules = append(st.rules, "subject: one number for each")
			return list
		}
	}
	return []string{st.name}
}
