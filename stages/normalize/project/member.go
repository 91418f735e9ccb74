package project

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// member is what one piece of an enumeration says.
type member struct {
	name       string
	has        chars // that may be in the name
	kind       kind
	head       string // that closes the name, "" for none
	headKind   kind   // what it says by itself
	start, end int    // its own words, bytes of the text
	count      int
	capacity   string
	investment float64
	place      string // that stood before a verb, as a member's own
	owner      string
	status     string // of a verb of its own, "" for the phrase's
	force      force
	measured   bool    // it carries a physical amount
	indefinite bool    // 一批, 若干
	words      wording // not there for a name that begins with a figure
	relative   bool    // a clause with 的 stood before the name
	closed     bool    // it ended in 建设 or the like, or 项目 or 工程 was said of it
	built      bool    // … in 建设 or the like
	acts       bool    // its owner stood before a verb, as one who acts
}

// attribute matches what may stand with 的 before a name and say an attribute of it.
var attribute = pattern.MustCompile(`^(?:计划|预计|概算|估算|总)*投资.{0,30}?的|^投入.{0,12}?元的|^(?:总?占地|全长|总长|总?建筑面积|总规模|长|面积).{0,20}?的|^以.{2,60}?为(?:重点|主|主体|核心|代表)的|^集.{2,40}?[为于]一体的|^位于.{2,12}?的|^覆盖.{2,20}?的|^[0-9]+[个处座项]、.{2,40}?的|^[0-9.]+[万亿]?(?:公里|平方米|平米|亩|吨|千瓦|公顷|延米|米)(?:以上)?的`)

// member reads a piece. The phrase's own work (抢修保护) and the piece's shared tail complete the
// name; closes is how the piece ends; proper tells whether a stretch of s may be a name rather than plain words.
func (l *lexicon) member(s string, p *piece, closes *ending, work string, proper func(start, end int) bool) (member, bool) {
	m := member{start: p.start, end: p.end}
	has := kindsOf.in(s[p.start:p.end])
	if a := p.attribute; a != "" {
		m.investment = l.money(a)
		if n, rest := leadingCount(a); n > 1 && strings.HasPrefix(rest, "、") {
			m.count, m.measured = n, true
		}
		if before, _, ok := strings.Cut(a, "为"); ok && strings.HasPrefix(a, "以") {
			if last, ok := l.lastAmount(before); ok {
				m.capacity = before[last.start:last.end]
			}
		} else {
			m.capacity = l.physical(a)
		}
	}
	if p.worth != "" {
		m.investment = l.money(p.worth)
		at := strings.Index(s[p.start:p.end], p.worth)
		m.count, _ = leadingCount(s[p.start:p.end])
		m.measured = true
		m.start += at + len(p.worth)
	}
	if strings.HasPrefix(s[m.start:m.end], "其中") {
		m.start += len("其中")
	}
	m.start, m.indefinite = skipIndefinite(s, m.start, m.end)
	if has&acts != 0 {
		m.ownVerb(l, s, p, proper)
	}
	investor := ""
	if has&yuan != 0 {
		investor = m.investor(l, s)
	}
	for has&of != 0 {
		at := topIndex(s, m.start, m.end, "的")
		if at < 0 {
			break
		}
		m.start, m.relative = at+len("的"), true
	}
	if m.start > p.start {
		again := l.ending(s, m.start, m.end)
		closes = &again
	}
	if !m.trim(l, s, closes, has&figure != 0) {
		return m, false
	}
	m.closed, m.built = m.closed || p.built, m.built || p.built
	name := m.place + investor + join(join(m.counted(l, s, p), p.tail), work)
	if t, ok := strings.CutSuffix(name, "建设项目"); ok && l.buildable(t) {
		name, m.closed = t, true
	}
	m.name = strings.TrimLeft(name, "、,")
	m.has = kindsOf.in(m.name)
	if m.has&pairMark != 0 {
		m.name = balance(m.name)
	}
	if own := s[m.start:m.end]; m.name == own && m.end == closes.end {
		m.said(l, closes.head, closes.kind, own)
	} else {
		head, k := l.head(m.name)
		m.said(l, head, k, own)
	}
	if m.kind == unknown && p.tail != "" && strings.Contains(p.class, p.tail+"项目") {
		m.kind = projects // 甲、乙等数据标注项目
	}
	if m.headKind == projects && m.head != m.name {
		m.closed = true
	}
	if p.listed && runes(s[m.start:m.end]) < 2 {
		return m, false // 推动政、校、园共建
	}
	if l.kinds[lastRune(m.name)&4095]&ends != 0 {
		if v, ok := l.verbs.Get(m.name); ok && v.place == trailing {
			return m, false // 年内开馆: the name went before
		}
	}
	n := runes(m.name)
	return m, n >= 2 && n <= 40
}

// trim cuts what closes a member: 建设 and the like, and an amount, which it records, if there are
// figures. It reports whether a name is left.
func (m *member) trim(l *lexicon, s string, e *ending, figures bool) bool {
	if e.verb.status != "" && !e.verb.yields {
		m.status, m.force = e.verb.status, e.verb.force
	}
	m.end, m.built = e.end, e.cut
	for i := 0; figures && i < 2; i++ { // 管网工程21个340公里
		bare, a, ok := l.trailingAmount(s[m.start:m.end])
		if !ok {
			break
		}
		m.measured = true
		m.take(a, s[m.start:m.end])
		m.end = m.start + len(bare)
		if e := l.ending(s, m.start, m.end); e.cut {
			m.end, m.built = e.end, true
		}
	}
	m.closed = m.built
	if m.start >= m.end {
		return false
	}
	name := s[m.start:m.end]
	if figures && l.measures(name, false) {
		if a, ok := l.lastAmount(name); ok && a.end == len(name) && !stages.MatchString(name) {
			return false // 送戏下乡300场: what it ends in is an amount, not a head
		}
	}
	return name[0] >= utf8.RuneSelf || !bundleOfProjects.MatchString(name)
}

// counted records the member's count and size and returns its own part of the name, without the
// count of a list of which it is the last: 恒泰4个焦化项目.
func (m *member) counted(l *lexicon, s string, p *piece) string {
	name := s[m.start:m.end]
	if !numeric(name) {
		m.measured = m.measured || m.capacity != "" && m.count == 0
		return name
	}
	if together.MatchString(name) { // 两馆一院 is three
		for _, r := range name {
			m.count += max(0, valueOf(string(r)))
		}
	}
	n, after := leadingCount(name)
	switch {
	case n == 1:
		name = after
		m.start = m.end - len(name)
	case n > 1:
		m.count, m.measured = n, true
	default:
		if n, after = countInside(name); n > 1 && (p.gave || n <= p.total) {
			name = strings.TrimRight(name[:len(name)-len(after)], numerals+"个座处所家条项户栋幢大") + after
		} else if n > 1 && n < 1e5 && m.count == 0 && !p.counted {
			m.count, m.measured = n, true
		}
	}
	if m.capacity == "" {
		m.capacity = l.capacity(name)
	}
	m.measured = m.measured || m.capacity != "" && m.count == 0
	return name
}

// standFor makes a member that only tells a kind the bundle that its class counts: 林苗繁育等项目
// 22个.
func (m *member) standFor(l *lexicon, p *piece) {
	class := l.bareClass(withoutCount(p.class))
	if _, k := l.head(class); k != projects || l.specific(class) > 0 {
		return
	}
	m.name = join(m.name, class)
	m.has = kindsOf.in(m.name)
	m.head, m.headKind = l.head(m.name)
	m.kind = projects
	m.count, m.measured, m.closed = p.bundle, true, true
}

// aimed reports whether what closes a list is no undertaking: 增效行动.
func (l *lexicon) aimed(s string) bool {
	return l.ending(s, 0, len(s)).kind == none
}

// said tells what a name's head says: of 项目 and 工程 what stands before them, of a name whose
// shared tail is no head its own words.
func (m *member) said(l *lexicon, head string, k kind, own string) {
	m.head, m.headKind, m.kind = head, k, k
	if m.kind == unknown {
		_, m.kind = l.head(own)
	}
	if m.kind == projects && m.head != m.name {
		if _, inner := l.head(strings.TrimSuffix(m.name, m.head)); inner == facility || inner == works {
			m.kind = inner
		}
	}
}

// specific counts the characters of a name that are neither its head nor generic. A class of
// works such as 道路工程 is specific enough to count as one.
func (l *lexicon) specific(name string) int {
	word, k := l.head(name)
	return l.specificBefore(name, word, k)
}

// specificBefore is specific for a name whose head is known.
func (l *lexicon) specificBefore(name, word string, k kind) int {
	rest := strings.TrimSuffix(name, word)
	if k == projects {
		if _, ik := l.head(rest); ik == works || ik == facility {
			if plain := l.generic.Has(rest); !plain {
				return max(1, l.specific(rest))
			}
		}
	}
	if rest == "" && (k == facility || k == works) && runes(name) > 2 {
		return 1
	}
	n := 0
	for i := 0; i < len(rest); {
		if g, _ := l.generic.prefix(rest[i:]); g != "" {
			i += len(g)
			continue
		}
		if q := enclosedLength(rest[i:]); q > 0 && strings.ContainsAny(rest[i:i+q], "0123456789") {
			i += q // a slogan's code: “1234”工程
			continue
		}
		_, size := utf8.DecodeRuneInString(rest[i:])
		i += size
		n++
	}
	return n
}

// stages part one work and count nothing: 二期, 一标段.
var stages = pattern.MustCompile(`[0-9一二三四五六七八九十]+(?:期|标段|段)$`)

// bundleOfProjects is a number of projects without any class: 230个项目.
var bundleOfProjects = pattern.MustCompile(`^[0-9]+[余多]?[个项](?:以上)?(?:的)?(?:[国省市县区州厅]|自治区|[级部]|年度|层面|统筹|推进|集中|共建|重点|重大|标志性|大中型|建设)*(?:项目|工程)`)

// skipIndefinite moves past 一批, 若干 and the like.
func skipIndefinite(s string, start, end int) (int, bool) {
	n := indefinite.PrefixLen(s[start:end])
	return start + n, n > 0
}

var indefinite = vocabulary.Of("一批", "一系列", "若干", "部分", "一些", "多个", "多类型", "多层次", "多形态", "更多", "各类")

// innerVerb parts an enterprise from what it does: 宏运科技建立企业技术中心.
var innerVerb = pattern.MustCompile(`^([^、的“]{2,14}?)(?:投资[0-9.]+[余多]?[万亿]元)?(开工建设|投资建设|谋划建设|规划建设|牵头建设|启动建设|建设|实施|建立|创建|建成|新建|组建|打造|启动|设立|完成)`)

// beforeObject cuts the last three characters, which are the least that an inner verb can govern.
func beforeObject(s string) string {
	for range 3 {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

// elsewhere says where a new building is put, not by whom.
var elsewhere = pattern.MustCompile(`^(?:异地|易地|原址|就地|择址|选址|整体)`)

// investing is an enterprise and its sum before what they are spent on: 宏运电力投资5000万元热电联产.
var investing = pattern.MustCompile(`^([^、的“0-9]{2,10}?)(?:计划|总)?投资[0-9.]+[余多]?[万亿]元`)

// investor takes an enterprise and its sum off a member.
func (m *member) investor(l *lexicon, s string) string {
	loc := investing.FindStringSubmatchIndex(s[m.start:m.end])
	if loc == nil {
		return ""
	}
	m.owner, m.investment = s[m.start:m.start+loc[3]], l.money(s[m.start:m.start+loc[1]])
	m.start += loc[1]
	return m.owner
}

// ownVerb gives a member the verb that stands inside it, and what stands before as its owner.
func (m *member) ownVerb(l *lexicon, s string, p *piece, proper func(start, end int) bool) {
	own := beforeObject(s[m.start:m.end])
	if kindsOf.in(own)&acts == 0 {
		return
	}
	loc := innerVerb.FindStringSubmatchIndex(own)
	if loc == nil {
		return
	}
	if elsewhere.MatchString(s[m.start:m.end]) {
		return // 异地新建 is how it is built
	}
	subject, word := s[m.start:m.start+loc[3]], s[m.start+loc[4]:m.start+loc[5]]
	rest := s[m.start+loc[1] : m.end]
	if l.headless(rest) {
		return
	}
	if b, _ := l.bodies.suffix(subject); b == "" && word == "完成" {
		return
	} else if b == "" && !proper(m.start, m.start+loc[3]) {
		return
	}
	if _, k := l.head(subject); k != unknown && k != none && (k != vague || runes(subject) > 3) {
		return
	}
	if bare, _, ok := l.trailingAmount(rest); ok && bare == "" {
		return
	}
	if _, v := l.verbs.suffix(word); v.status != "" {
		m.status, m.force = v.status, v.force
	}
	if p.gave && l.placePrefix(subject) == len(subject) {
		m.place, m.start = subject, m.start+loc[1] // 甲、乙建设酒店: each has one
		return
	}
	m.owner = strings.TrimSuffix(subject, "等企业")
	_, kind := l.bodies.suffix(m.owner)
	m.acts = kind == firm
	m.start += loc[1]
}

// telling is what tells which undertaking is meant: a name, a size, or ordinary words alone.
type telling int

const (
	byMeasure telling = iota
	byName
	byOrdinary
	unclear
)

var tellings = [...]string{"name measured", "name proper", "name ordinary", "name unclear"}

func (m *member) told() telling {
	switch {
	case m.measured && (m.has&slogans == 0 || !countedBig.MatchString(m.name)):
		return byMeasure
	case m.owner != "" || m.proper():
		return byName
	case m.ordinary():
		return byOrdinary
	}
	return unclear
}

// ownedBy puts the owner before a name that tells nothing without it: 省级技术中心.
func (l *lexicon) ownedBy(owner, name string) string {
	if owner == "" || l.specific(name) > 1 || strings.Contains(name, owner) || runes(owner)+runes(name) > 40 {
		return name
	}
	return owner + name
}

// join puts a tail behind a name, sharing what they have in common: 甲项目 and 项目.
func join(name, tail string) string {
	if tail == "" {
		return name
	}
	for i := range tail {
		if i > len("水") && strings.HasSuffix(name, tail[:i]) { // 古水、柳溪等水电站 have only the character in common
			return name + tail[i:]
		}
	}
	if strings.HasSuffix(name, tail) {
		return name
	}
	return name + tail
}

// balance cuts brackets and quotes that have no partner.
func balance(s string) string {
	if kindsOf.in(s)&pairMark == 0 {
		return s
	}
	var open, unpaired [8]int
	opened, out := open[:0], unpaired[:0]
	for i, r := range s {
		if _, ok := pairs[r]; ok {
			opened = append(opened, i)
		} else if strings.ContainsRune(closers, r) {
			if n := len(opened); n > 0 && pairs[firstRune(s[opened[n-1]:])] == r {
				opened = opened[:n-1]
			} else {
				out = append(out, i)
			}
		}
	}
	if len(opened) == 0 && len(out) == 0 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if !slices.Contains(opened, i) && !slices.Contains(out, i) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
