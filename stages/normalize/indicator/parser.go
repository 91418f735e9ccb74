package indicator

import (
	"slices"
	"strings"

	"xianzhi/schemas"
	"xianzhi/stages/normalize/period"
	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
	"xianzhi/stages/vocabulary"
)

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
	code      *code
	coded     bool
	measure   string
	object    string // the verb of change that stands before its object
	neg       bool
	from      bool // 由…: the value before a change
	stock     bool // 达到, 突破: the state at the end
	summed    bool // 累计: adds up over the years
	lead      lead
	flags     []string
	trace     bool
	rules     []string
	way       string // how the name was found
}

// note records which rule decided, where that is asked for.
func (st *statement) note(words ...string) {
	if st.trace {
		st.rules = append(st.rules, strings.Join(words, ""))
	}
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

	park        bool         // the paragraph is about a park, see parkTopic
	zone        bool         // likewise, in any era, see zoneTopic
	opener      string       // what the short sentence before is about: 经营主体不断增多。
	topic       string       // the run-in heading before: 新材料产业集群。
	mute        segment.Span // the last clause without a number
	muteRead    segment.Span // the one that muteNoun begins, see nounBefore
	muteNoun    string
	silent      []span   // the clauses without a figure before this one
	pending     string   // the subject that they leave, if looked for
	pends       bool     // it was
	subject     string   // what the last statement was about
	noun        string   // its noun without the verb
	verb        string   // the verb that governs the list
	list        []string // the subjects of a distributed list
	nounEnd     int      // where the noun behind the last number ends
	clauseStart int
	explicit    *period.Expression
	base        *period.Expression
	signsKnown  bool               // scratch has the signs of this sentence
	lastBase    *period.Expression // the base last named, for 年均 without a subject of its own
	pairFrom    int                // the year of the last value before a change
	prior       *statement

	trace bool
	*scratch
	out []Found // of the sentences so far
}

// parse appends what the sentence gives to out.
func (p *parser) parse() {
	next := 0
	p.recent = p.recent[:0]
	silent := p.scratch.silent[:0] // the clauses without a figure since the last with one
	p.clauses = p.t.AppendClauses(p.clauses[:0], p.sen.Span)
	clauses := p.clauses
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
			silent = silent[:0]
		}
		first := next
		for next < len(p.qs) && p.qs[next].start < to {
			next++
		}
		stated := states(p.qs[first:next])
		if p.silent, p.pending, p.pends = nil, "", false; stated {
			p.silent, silent = silent, silent[:0]
		}
		p.clause(from, to, p.qs[first:next])
		if !stated {
			silent = append(silent, span{from, to})
			p.mute = segment.Span{Start: p.sen.Start + from, End: p.sen.Start + to}
		}
	}
	p.scratch.silent = silent
	for ; next < len(p.qs); next++ { // outside every clause: never lose a numeral
		q := &p.qs[next]
		if q.role != roleQuantity {
			p.leave(q)
			continue
		}
		f := p.found(q)
		f.Row = &schemas.Indicator{}
		p.out = append(p.out, f)
	}
}

// leave passes a numeral on that is no quantity, where that is asked for.
func (p *parser) leave(q *quantity) {
	if p.trace {
		p.out = append(p.out, p.found(q))
	}
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

// statement returns an empty statement that is not the one before.
func (p *parser) statement() *statement {
	st := &p.statements[0]
	if st == p.prior {
		st = &p.statements[1]
	}
	*st = statement{code: noCode, lead: lead{effects: st.lead.effects[:0], words: st.lead.words[:0]}}
	return st
}

// pendingSubject is the subject that the clauses without a figure before this one leave for it, "" if
// there is none.
func (p *parser) pendingSubject() string {
	if !p.pends {
		p.pends = true
		for _, c := range p.silent {
			p.pending = p.subjectAfter(p.pending, c)
		}
	}
	return p.pending
}

// subjectAfter is the subject that a silent clause leaves for what follows: its own, else the one
// before where the clause only goes on with it (…,今年继续保持较快增长势头,…).
func (p *parser) subjectAfter(before string, c span) string {
	if own := p.subjectOf(c.from, c.to); own != "" || before == "" {
		return own
	}
	text := p.s[c.from:c.to]
	p.aside.times = p.times
	rest, _ := p.peelFront(text, c.from, &p.aside)
	if goesOn.MatchString(rest) || goesOn.MatchString(text) {
		return before
	}
	return ""
}

// subjectOf reads the subject of a clause without numbers, for the clause that follows: 城镇居民
// 人均可支配收入,由5160元…; 二氧化硫排放总量首次下降,比上年下降4.66%. It is "" where the clause
// begins with no indicator.
func (p *parser) subjectOf(from, to int) string {
	if to-from > 120 {
		return ""
	}
	l := &p.aside
	p.peel(l, p.s[from:to], from, p.times)
	if l.main() == effNone && p.lex.suffix(clsQuantity, l.head) != "" && runeLen(l.head) <= 24 && p.verbAt(l.head) == "" {
		return l.head
	}
	rest, _ := p.peelFront(p.s[from:to], from, l)
	best := ""
	for i := range rest {
		if i < 3 || !goesOn.MatchString(rest[i:]) {
			continue
		}
		if _, coded := p.codeOf(rest[:i]); coded || i > 6 && p.lex.suffix(clsQuantity, rest[:i]) != "" {
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
var goesOn = pattern.MustCompile(`^(?:近年来|由|在(?:19|20)|突破|[迈跨闯][过入]|跨越|冲破|[站跃登]上|连跨|连续跨越|接连|迈上|跨上|首次|继续|持续|稳步|实现|保持|位居|居|均|全面|连续|创|再|同比|比|较|明显|大幅|不断|稳定|快速|显著|进一步|双|总体|平稳|逐步|较快|出现|有所|基本|逆势|止跌|企稳|回升|回暖|由负|强势|高位|呈现|恢复)`)

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
		case t.Kind == period.Deadline && p.s[t.Start:t.End] == "全年" && p.explicit != nil && (p.explicit.Kind == period.Part || p.explicit.Kind == period.Span && p.explicit.Past):
			p.explicit = nil // 前三季度…,全年…; 自2022年5月以来…,全年…
		case t.Kind == period.Span && t.Past && t.Start > from && bareYears.MatchString(p.s[t.Start:t.End]):
			// 实现两年翻番 is of its own number only
		case t.Kind == period.Span && condition.PrefixLen(p.s[t.End:]) > 0:
			// 对两年内未开工的: of what is named
		case t.Kind == period.Year && t.To < p.year && isBefore.MatchString(p.s[t.End:]):
			// 对2000年底以前发布的文件: of what is named
		case t.Kind != period.Deadline && t.Kind != period.Name:
			p.explicit = t
		}
	}
}

var isBefore = pattern.MustCompile(`^(?:以前|之前)[^,;。]`)

// condition goes on with what was not done in a time.
var condition = vocabulary.Of("未", "没有", "尚未", "仍未", "不能")

var bareYears = pattern.MustCompile(`^[二两三四五六七八九十]年$`)

// codedSubject reports whether the subject carried over is a catalogue indicator.
func (p *parser) codedSubject() bool {
	_, ok := p.codeOf(p.subject)
	return ok
}

func (p *parser) found(q *quantity) Found {
	f := Found{
		Span:     segment.Span{Start: p.sen.Start + q.start, End: p.sen.Start + q.end},
		Sentence: p.sen.Span,
		Role:     string(q.role),
	}
	if p.trace {
		f.Rules = []string{"role: " + q.rule}
	}
	return f
}

// clause reads the quantities of one clause, [from, to) of the sentence.
func (p *parser) clause(from, to int, qs []quantity) {
	at := from
	p.clauseStart, p.nounEnd = from, -1
	distributed := 0
	clauseSaid := p.s[from:to]
	for i := range qs {
		q := &qs[i]
		switch q.role {
		case roleQuantity:
		case roleProject:
			p.leave(q)
			at = q.stop
			p.list = nil
			continue
		default:
			p.leave(q)
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
		st := p.statement()
		st.q, st.trace = q, p.trace
		p.peel(&st.lead, p.s[at:q.start], at, p.times)
		if st.lead.head == "" && len(st.lead.effects) == 0 && st.lead.linked && i > 0 && p.prior != nil {
			// 增长6.1%和7%: the second number shares the predicate of the first
			st.inherits = true
			st.lead.effects, st.lead.words = append(st.lead.effects, p.prior.lead.effects...), append(st.lead.words[:0], p.prior.lead.words...)
			st.lead.completion, st.lead.equals, st.lead.against = p.prior.lead.completion, p.prior.lead.equals, p.prior.lead.against
			if st.lead.bound == "" && q.bound == "" {
				st.lead.bound = p.prior.lead.bound
			}
		}
		next := p.name(st, end, i == 0)
		at, p.nounEnd = max(q.stop, next), next
		p.measure(st, clauseSaid[q.stop-from:])

		names := p.distribute(st, qs, i, &distributed)
		for n, name := range names {
			row := st
			if n+1 < len(names) {
				each := *st
				each.rules = slices.Clone(st.rules)
				each.lead.effects, each.lead.words = slices.Clone(st.lead.effects), slices.Clone(st.lead.words)
				row = &each
			}
			row.name = name
			p.codify(row)
			f := p.found(q)
			f.Row, f.Traits = p.row(row, clauseSaid)
			f.Rules = append(f.Rules, row.rules...)
			p.out = append(p.out, f)
			if n == 0 {
				p.prior = row
			}
			if k := len(p.recent); k == 0 || p.recent[k-1] != name {
				p.recent = append(p.recent, name)
			}
		}
	}
}
