package project

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xianzhi/schemas"
	"xianzhi/stages/segment"
)

// Reader reads planned projects. It is safe for concurrent use.
type Reader struct {
	l     *lexicon
	words *segment.Tokenizer
}

// Found is a planned undertaking.
type Found struct {
	Span     segment.Span // the member's own words
	Sentence segment.Span
	Row      schemas.Project // without keys, ids and the columns that depend on the document
	Rules    []string        // what decided, for explain --trace
}

// New loads the rules; k tells unknown words, of which enterprise names are made.
func New(k *segment.Tokenizer) (*Reader, error) {
	l, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	return &Reader{l, k}, nil
}

// Read returns the undertakings that a text plans, in text order; year is the report's.
func (r *Reader) Read(t *segment.Text, year int) []Found {
	var out []Found
	topic := ""
	for _, sentence := range t.Sentences {
		kind := t.KindAt(sentence.Start)
		if kind != segment.Plan && kind != segment.Outlook {
			continue
		}
		if sentence.Heading {
			topic = t.At(sentence.Span)
			continue
		}
		p := period{year, year}
		if kind == segment.Outlook {
			p = outlookPeriod(t, sentence, year)
		}
		found := r.sentence(t, sentence.Span, p, topic)
		for i := range found {
			found[i].Row.Section = string(kind)
		}
		out = append(out, found...)
		if s := t.At(sentence.Span); len(found) == 0 && runes(s) <= 20 {
			topic = s // a heading within the paragraph: 守护蓝天碧水。
		}
	}
	return out
}

type period struct{ from, to int }

var fiveYears = regexp.MustCompile(`“?十([一二三四五])五”?`)

// outlookPeriod is the five-year plan that a sentence of the outlook speaks of.
func outlookPeriod(t *segment.Text, s segment.Sentence, year int) period {
	title := t.Sections[s.Section].Title
	for _, text := range []string{t.At(s.Span), title} {
		if m := fiveYears.FindStringSubmatch(text); m != nil {
			n := strings.Index("一二三四五", m[1]) / len("一")
			return period{2006 + 5*n, 2010 + 5*n}
		}
	}
	return period{year, year + 4}
}

var yearsAhead = regexp.MustCompile(`^(?:用|力争|争取|计划)?([一二两三四五])年(?:内|时间)`)

// sentence reads the clauses of one sentence; investment stated in a clause of its own serves the
// next one.
func (r *Reader) sentence(t *segment.Text, span segment.Span, p period, topic string) []Found {
	var out []Found
	var money float64
	var last *phrase
	town, firm := "", ""
	for _, c := range t.Clauses(span) {
		s := t.At(c)
		if m := addressee.FindStringSubmatch(s); m != nil {
			town = m[1]
		} else if c.Start > span.Start && t.Folded[c.Start-1] == ';' {
			town, firm = "", ""
		}
		phrases := r.l.phrases(s)
		if len(phrases) == 1 && phrases[0].rule == "打造" && c == trimmedSentence(t, span) && len(r.l.amounts(s)) == 0 {
			continue // a heading: 打造人才基地。
		}
		if len(phrases) == 0 {
			if m := paid.FindString(s); m != "" {
				money = r.l.money(m)
				continue
			}
			if last != nil {
				if strings.HasPrefix(s, "其中") {
					continue
				}
				if bare, a := r.l.trailingAmount(s); a != nil && last.force == build && r.l.buildable(bare) { // 改造小巷71条,照明亮化370条
					q := *last
					q.start, q.end, q.rule, q.lead = 0, len(s), "carried over", ""
					phrases = []phrase{q}
				}
			}
		}
		within := p
		if m := yearsAhead.FindStringSubmatch(s[len(label.FindString(s)):]); m != nil {
			within.to = within.from + strings.Index("一二三四五", strings.Replace(m[1], "两", "二", 1))/len("一")
		}
		for i := range phrases {
			q := &phrases[i]
			found := r.phrase(clause{t, c, s, town, firm}, q, money, within, topic)
			for _, f := range found {
				f.Span.Start += c.Start
				f.Span.End += c.Start
				f.Sentence = span
				out = append(out, f)
			}
			last = q
		}
		if len(phrases) > 0 {
			money = 0
		}
		if name := r.spokenOf(clause{t: t, span: c, s: s}); name != "" {
			firm = name
		}
	}
	return out
}

// trimmedSentence is a sentence without its full stop, which a lone clause equals.
func trimmedSentence(t *segment.Text, span segment.Span) segment.Span {
	s := t.At(span)
	span.End -= len(s) - len(strings.TrimRight(s, "。;!"))
	return span
}

// buildable reports whether a bare name ends in something that can be built.
func (l *lexicon) buildable(name string) bool {
	_, k := l.head(name)
	return k == facility || k == works || k == quantity
}

// paid is a clause or a lead that states where the money comes from.
var paid = regexp.MustCompile(`(?:总投资|投资|投入|安排|筹资|筹措)(?:资金)?(?:约|近|超过?)?[0-9.]+[余多]?[万亿]*元`)

// clause is a clause with its text.
type clause struct {
	t    *segment.Text
	span segment.Span
	s    string
	town string // whom the sentence charges
	firm string // the enterprise that it spoke of before
}

// phrase reads the members of one governed object.
func (r *Reader) phrase(c clause, q *phrase, money float64, p period, topic string) []Found {
	l, s := r.l, c.s
	_, tail, _ := l.trimTail(s, q.start, q.end)
	status, v := q.status, q.force
	if tail.status != "" {
		status, v = tail.status, tail.force
	}
	pieces := l.members(s, q.start, q.end)
	if m := paid.FindString(q.lead); m != "" {
		money = l.money(m)
	}
	if len(pieces) > 1 {
		money = 0 // a sum for all is no member's
	}
	owner, owners := l.leadOwner(q.lead)
	if owner == "" && !strings.HasPrefix(s, "配合") {
		owner = c.town
	}
	if len(owners) > 0 && len(pieces) == 1 {
		if o := s[pieces[0].start:pieces[0].end]; l.bare(o) {
			return r.perOwner(s, q, pieces[0], owners, p)
		}
	}
	var out []Found
	indefinite := false // 一批甲、乙 holds for both
	for i, pc := range pieces {
		m, ok := l.member(s, pc, q.work, func(start, end int) bool { return r.proper(c, start, end) })
		if !ok {
			continue
		}
		st, f := status, v
		if m.status != "" && (i == len(pieces)-1 || tail.status == "" || m.status == tail.status) {
			st, f = m.status, m.force
		}
		if mod := modifierStatus(pc.class); mod != "" {
			st = mod
		}
		indefinite = indefinite || m.indefinite
		m.indefinite = indefinite
		if m.owner == "" {
			m.owner = owner
		}
		if own := s[m.start:m.end]; m.owner == "" && q.rule == "支持" && pc.listed {
			if name := strings.TrimSuffix(own, pc.tail); r.proper(c, m.start, m.start+len(name)) {
				m.owner = name
			}
		}
		confidence := l.weigh(m, pc, f, q.named)
		if confidence < accepted {
			continue
		}
		if m.investment == 0 {
			m.investment = money
		}
		sec, ok := l.sector(m.name, pc.class)
		if !ok {
			sec, _ = l.sector(neighbours(s, pieces, i), topic, s)
		}
		if m.owner == "" {
			m.owner = r.enterprise(c, m, pc, sec)
			if m.owner == "" && sec == "industry" {
				m.owner = c.firm
			}
		} else {
			m.name = l.ownedBy(m.owner, m.name)
		}
		out = append(out, Found{
			Span:  segment.Span{Start: m.start, End: m.end},
			Row:   m.row(st, sec, p, confidence),
			Rules: []string{q.rule, "kind " + string(m.kind)},
		})
	}
	return out
}

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

// bare reports whether an object is a work without a thing: 升级改造.
func (l *lexicon) bare(o string) bool {
	end, _, _ := l.trimTail(o, 0, len(o))
	word, k := l.head(o[:end])
	return k == works && word == o[:end]
}

func (m *member) row(status, sector string, p period, confidence float64) schemas.Project {
	row := schemas.Project{
		Name: m.name, Status: status, PeriodStart: int32(p.from), PeriodEnd: int32(p.to),
		Capacity: schemas.NonEmpty(m.capacity), Owner: schemas.NonEmpty(m.owner),
		Sector: sector, Confidence: confidence,
	}
	if m.investment > 0 {
		row.Investment = schemas.Some(m.investment)
	}
	if m.count >= 2 {
		row.Count = schemas.Some(int32(m.count))
	}
	return row
}

// modifierStatus is what the class of a list says of its state: 等17个续建项目.
func modifierStatus(class string) string {
	switch {
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

// perOwner gives every enterprise of 引导甲、乙等企业实施升级改造 its row.
func (r *Reader) perOwner(s string, q *phrase, work piece, owners [][2]int, p period) []Found {
	m, ok := r.l.member(s, work, "", func(int, int) bool { return false })
	if !ok {
		return nil
	}
	var out []Found
	for _, o := range owners {
		name := s[o[0]:o[1]]
		each := member{name: join(name, m.name), kind: works, owner: name, closed: true}
		if runes(each.name) > 40 {
			continue
		}
		c := r.l.weigh(each, piece{}, run, false)
		if c < accepted {
			continue
		}
		sec, _ := r.l.sector(each.name, s)
		out = append(out, Found{Span: segment.Span{Start: o[0], End: o[1]}, Row: each.row(q.status, sec, p, c), Rules: []string{q.rule, "a row for each enterprise"}})
	}
	return out
}

var ownerLead = regexp.MustCompile(`^(?:积极|大力|全力)?(?:支持|鼓励|引导|推动|帮助|指导|督促|扶持|引进)+(.+?)(?:牵头|联合.*|与.*|和.*合作|加快|加强.*|继续|积极)?$`)
var townLead = regexp.MustCompile(`^([^在于到、全带]{1,6}(?:镇|乡|办|街道|街道办|区|县|市))要?$`)

// addressee opens a clause that charges a town with what follows up to the next semicolon.
var addressee = regexp.MustCompile(`^([^在于到、]{1,6}(?:镇|乡|办|街道))要`)

// anybody is a body that is no one in particular.
var anybody = regexp.MustCompile(`^[各每]|有条件|县区|企业$|行业|地方|社会|^集中区|部门|投资者|资本`)

// leadOwner reads the body that a phrase's lead names; several are returned as spans of the
// clause, of which the lead is the beginning.
func (l *lexicon) leadOwner(lead string) (string, [][2]int) {
	if m := townLead.FindStringSubmatch(lead); m != nil {
		return m[1], nil
	}
	m := ownerLead.FindStringSubmatch(paid.ReplaceAllString(lead, ""))
	if m == nil {
		return "", nil
	}
	body := m[1]
	if strings.Contains(body, "、") {
		var spans [][2]int
		at := strings.Index(lead, body[:strings.Index(body, "、")])
		list := strings.TrimSuffix(body, "等企业")
		for _, c := range cutTop(lead, at, min(len(lead), at+len(list)), "、") {
			if n := runes(lead[c[0]:c[1]]); n >= 2 && n <= 12 {
				spans = append(spans, c)
			}
		}
		return "", spans
	}
	if n := runes(body); n < 2 || n > 12 || anybody.MatchString(body) {
		return "", nil
	}
	return body, nil
}

// enterprise finds the enterprise that a member's own words begin with: up to a body's end (宏运
// 药业), or, for plants and farms, what stands before the first word of a trade (瑞丰铝合金加工).
func (r *Reader) enterprise(c clause, m member, p piece, sector string) string {
	own := c.s[m.start:m.end]
	for i := range own + " " {
		w, _ := r.l.bodies.suffix(own[:i])
		hospital := sector == "health" && i < len(own) && strings.HasSuffix(own, "楼")
		if w == "" || runes(own[:i-len(w)]) < 2-len(w)/len("卫生院") || runes(own[:i]) > 10 || !hospital && !r.proper(c, m.start, m.start+i-len(w)) {
			continue
		}
		if _, k := r.l.head(own[:i]); (hospital || k != facility) && (i < len(own) && !partOfPlace.MatchString(own[i:]) || i == len(own) && p.listed) && !r.placeName(c, m.start, m.start+i-len(w)) {
			return own[:i]
		}
	}
	if strings.HasPrefix(own, "年") {
		return "" // 年产…
	}
	_, ownKind := r.l.head(own)
	bare := ownKind == "" && p.listed && p.tail == "" && runes(own) > 3
	if sector != "industry" && !strings.Contains(m.name, "养殖") && !(bare && (strings.Contains(p.class, "项目") || sector == "commerce_logistics")) {
		return ""
	}
	if w, _ := r.l.longestSector(own); runes(w) > 1 {
		return ""
	}
	for i := range own + " " {
		if runes(own[:i]) < 2 || i < len(own) && !r.l.trade(own[i:]) || i == len(own) && ownKind != "" {
			continue
		}
		if runes(own[:i]) > 6 || strings.ContainsRune(placeRunes, lastRune(own[:i])) || !r.proper(c, m.start, m.start+i) || r.placeName(c, m.start, m.start+i) {
			return ""
		}
		return own[:i]
	}
	return ""
}

var spoken = regexp.MustCompile(`^(?:[^、]{0,6}?)(?:支持|鼓励|引导|引进|推进|推动|加快)+([^、]{3,10})`)

// spokenOf returns the enterprise that a clause opens with: 支持宏运科技攻关…, 宏运药业项目投产.
func (r *Reader) spokenOf(c clause) string {
	at := 0
	if m := spoken.FindStringSubmatchIndex(c.s); m != nil {
		at = m[2]
	}
	for i := range c.s[at:] + " " {
		w, _ := r.l.bodies.suffix(c.s[at : at+i])
		if n := runes(c.s[at : at+i]); w != "" && n-runes(w) >= 2 && n <= 8 && r.proper(c, at, at+i-len(w)) {
			return c.s[at : at+i]
		}
	}
	return ""
}

// partOfPlace is what makes 青河食品 and 云山科技 part of a park's or a school's name.
var partOfPlace = regexp.MustCompile(`^(?:园|馆|城|谷|港|产业园|工业园|园区|小镇|职业|学院|大学|学校|技术|创新|生态|博览|交易|市场|基地|中心|走廊|新城|企业|行业)`)

// placeName reports whether a stretch is the name of a place as the dictionary has it.
func (r *Reader) placeName(c clause, start, end int) bool {
	tokens := r.words.Tokens(c.t, segment.Span{Start: c.span.Start + start, End: c.span.Start + end})
	return len(tokens) == 1 && tokens[0].Tag == "ns"
}

// trade reports whether s begins with a number or a word that is no proper name's.
func (l *lexicon) trade(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	w, _ := l.longestSector(s)
	return w != "" || isNumeral(first) || l.known(s)
}

// proper reports whether a stretch of a clause may be a proper name: it holds no plain word of two
// characters or more.
func (r *Reader) proper(c clause, start, end int) bool {
	own := c.s[start:end]
	if strings.ContainsAny(own, "0123456789“”()、的及") {
		return false
	}
	for _, token := range r.words.Tokens(c.t, segment.Span{Start: c.span.Start + start, End: c.span.Start + end}) {
		switch {
		case runes(token.Text) == 1:
		case strings.HasPrefix(token.Tag, "nr"), token.Tag == "ns", token.Tag == "nt", token.Tag == "nz", token.Tag == "x":
		default:
			return false
		}
	}
	return true
}
