package indicator

import (
	"slices"
	"strings"
)

// sharing counts the numbers from the i-th on that share its head: 分别增长8%、9%和10%.
func (p *parser) sharing(qs []quantity, i int) int {
	n := 1
	for j := i + 1; j < len(qs) && qs[j].role == roleQuantity; j++ {
		if between := p.s[qs[j-1].stop:qs[j].start]; betweens.Trim(between) != "" {
			break
		}
		n++
	}
	return n
}

// amounts are the names of the last n rows of the sentence if they are levels in one unit of n
// different catalogue indicators, and no rate has been given since; nil if they are not.
func (p *parser) amounts(n int) []string {
	if len(p.out) < n {
		return nil
	}
	var names []string
	for _, f := range p.out[len(p.out)-n:] {
		r := f.Row
		if r == nil || f.Sentence != p.sen.Span || r.Measure != "level" || !r.IndicatorCode.Valid || r.Unit != p.out[len(p.out)-1].Row.Unit || slices.Contains(names, r.Name) {
			return nil
		}
		names = append(names, r.Name)
	}
	return names
}

// distribute gives the names that the quantity is said of: the next of a list that 分别 opens,
// every subject where one number is said of all, else the one name.
func (p *parser) distribute(st *statement, qs []quantity, i int, used *int) []string {
	l := &st.lead
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
			st.note("subject: 分别, of those named before")
			return p.list[:1]
		}
	}
	if l.head == "" && !l.has(effDist) && !st.inherits && st.name == p.subject && st.measure != "level" && len(p.list) <= 1 {
		// 城镇收入2.3万元,农村收入1万元,增长8%和12%: two rates of two amounts
		if n := p.sharing(qs, i); n > 1 {
			if names := p.amounts(n); names != nil {
				p.list, *used = names, 1
				st.note("subject: those named before, one rate each")
				return p.list[:1]
			}
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
			st.note("subject: member of the list")
			return p.one(name)
		}
		if rest == 1 {
			st.note("subject: all of the list")
			return p.list
		}
	}
	*used = 0
	p.list = nil
	if l.head == "" {
		if st.counted {
			p.subject, p.noun = st.name, st.noun
		}
		return p.one(st.name)
	}
	n := p.sharing(qs, i)
	list := p.one(st.name)
	if l.has(effDist) || n > 1 || joins.In(l.head) && (st.measure == "growth" || st.measure == "avg_growth") {
		list = p.subjects(st.name, max(n, 1))
		if n == 1 && l.has(effDist) && len(list) == 1 {
			list = p.subjects(st.name, 2)
		}
	}
	if bundles := p.bundles(n); n > 1 && l.has(effDist) && len(list) == 1 && len(bundles) == n && p.lex.words[clsRelative].Has(l.head) {
		list = bundles // 8个重点项目、6个产业项目,分别完成年度投资5亿元、3亿元
		for i := range list {
			list[i] += l.head
		}
	}
	p.subject, p.noun = st.name, st.noun
	switch {
	case len(list) > 1 && n == len(list):
		p.list, *used = list, 1
		st.note("subject: 分别")
		return list[:1]
	case len(list) > 1 && n == 1:
		all := l.has(effDist)
		coded := true
		for _, name := range list {
			_, ok := p.codeOf(name)
			coded = coded && ok
		}
		if verb := p.verbAt(list[0]); l.said("各") && runeLen(verb) > 1 {
			for i, name := range list[1:] { // 新建幼儿园、小学各3所
				if p.verbAt(name) == "" {
					list[i+1] = verb + name
				}
			}
		}
		if all || coded {
			p.list = list
			st.note("subject: one number for each")
			return list
		}
	}
	return p.one(st.name)
}

// bundles are the last n bundles of works that the sentence has counted, or fewer.
func (p *parser) bundles(n int) []string {
	var all []string
	for _, name := range p.recent {
		if strings.HasSuffix(name, "项目") || strings.HasSuffix(name, "工程") {
			all = append(all, name)
		}
	}
	return all[max(0, len(all)-n):]
}

// one returns a list that the next one takes the place of.
func (p *parser) one(name string) []string {
	p.names[0] = name
	return p.names[:]
}
