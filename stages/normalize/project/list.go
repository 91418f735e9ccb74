package project

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// piece is one member of an enumeration: a span of the object and what it shares with others.
type piece struct {
	start, end int
	tail       string // given by other members or by the class behind 等
	class      string // what stands behind 等: the kind of the whole list
	counted    bool   // the class as a bundle of its own: 20个老旧小区改造
	listed     bool   // has neighbours
	gave       bool   // its tail serves others
	total      int    // members of the list
	attribute  string // what stood with 的 before the list: 总投资3亿元的
}

var pairs = map[rune]rune{'“': '”', '‘': '’', '《': '》', '(': ')', '「': '」', '【': '】', '〈': '〉'}

// enclosedLength returns the length of a quotation or bracket that s begins with, marks
// included; 0 if there is none or it is not closed.
func enclosedLength(s string) int {
	first, size := utf8.DecodeRuneInString(s)
	closing, ok := pairs[first]
	if !ok {
		return 0
	}
	depth := 0
	for i, r := range s {
		switch r {
		case closing:
			if depth--; depth == 0 {
				return i + utf8.RuneLen(r)
			}
		case first:
			depth++
		}
	}
	_ = size
	return 0
}

// cutTop cuts s[start:end] at every occurrence of sep outside quotes and brackets.
func cutTop(s string, start, end int, sep string) [][2]int {
	var out [][2]int
	from := start
	for i := start; i < end; {
		if n := enclosedLength(s[i:end]); n > 0 {
			i += n
			continue
		}
		if strings.HasPrefix(s[i:end], sep) && !(sep == "的" && strings.HasPrefix(s[i:end], "的地")) {
			out = append(out, [2]int{from, i})
			i += len(sep)
			from = i
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return append(out, [2]int{from, end})
}

// notEtc are the words in which 等 is no "and so on".
var notEtc = regexp.MustCompile(`[平中高初上下同均甲乙相对优]等|等[级额同候于]`)

// etc returns the offset of the first 等 that closes a list in s[start:end], or -1.
func etc(s string, start, end int) int {
	for i := start; i < end; {
		if n := enclosedLength(s[i:end]); n > 0 {
			i += n
			continue
		}
		if strings.HasPrefix(s[i:end], "等") {
			_, before := utf8.DecodeLastRuneInString(s[start:i])
			near := s[i-before : min(end, i+2*len("等"))]
			if loc := notEtc.FindStringIndex(near); loc == nil {
				return i
			}
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return -1
}

// spread is a list of places over which counted works are spread: 甲、乙等5个乡镇13个村级站点.
var spread = regexp.MustCompile(`^[^“”(),的]*[0-9一二三四五六七八九十]+个(?:建制镇|乡镇|镇|行政村|村|街道|社区|县区|县市|市州|县|区县)((?:新建|改造|建设)?[0-9])`)

// members splits an object into its enumeration. Every piece lies in s[start:end], pieces do not
// overlap, and they come in text order.
func (l *lexicon) members(s string, start, end int) []piece {
	var out []piece
	if m := spread.FindStringSubmatchIndex(s[start:end]); m != nil {
		start += m[2] // the list before it names places, not works
	}
	for start < end {
		group, next := l.group(s, start, end)
		out = append(out, group...)
		start = next
	}
	return out
}

// group reads one list with the class that closes it and returns where the next one begins:
// A、B等项目和C、D等工程 is two.
func (l *lexicon) group(s string, start, end int) ([]piece, int) {
	listEnd, next, class := end, end, [2]int{end, end}
	said := attribute.FindString(s[start:end])
	start += len(said)
	for from := start; ; {
		i := etc(s, from, end)
		if i < 0 {
			break
		}
		after := i + len("等")
		stop := end
		for _, sep := range []string{"、", "以及", "和"} {
			if c := cutTop(s, after, end, sep); len(c) > 1 && c[0][1] < stop {
				stop = c[0][1]
			}
		}
		closes := stop == end
		_, k := l.head(s[after:stop])
		if !closes && k == projects && l.specific(s[after:stop]) == 0 {
			closes = true // 甲等项目和乙工程
		} else if !closes && len(cutTop(s, start, i, "、")) > 1 { // the list goes on behind its class
			closes = k == projects || k == works || k == facility
			// 等雨污分流和路面改造: the class itself is joined
			if closes && etc(s, stop, end) < 0 && !strings.HasPrefix(s[stop:], "、") && k != projects {
				stop, closes = end, true
			}
		}
		if closes {
			listEnd, class, next = i, [2]int{after, stop}, skipJoin(s, stop, end)
			break
		}
		from = after
	}
	if class[0] == class[1] {
		if loc := closingCount.FindStringIndex(s[start:end]); loc != nil && loc[0] > 0 && len(cutTop(s, start, start+loc[0], "、")) > 1 {
			listEnd, class = start+loc[0], [2]int{start + loc[0], end}
		}
	}
	pieces := l.split(s, start, listEnd, class[0] < class[1])
	if len(pieces) > 0 {
		pieces[0].attribute = said
	}
	pieces = quotedList(s, pieces)
	if class[0] == class[1] {
		l.shareAmong(s, pieces)
		return pieces, next
	}
	count, bare := leadingCount(s[class[0]:class[1]])
	bare = l.bareClass(bare)
	for i := range pieces {
		pieces[i].class = s[class[0]:class[1]]
		pieces[i].tail = l.shared(s[pieces[i].start:pieces[i].end], bare)
	}
	if count >= 2 && l.classy(bare) {
		pieces = append(pieces, piece{start: class[0], end: class[1], counted: true, class: s[class[0]:class[1]], listed: true})
	}
	return pieces, next
}

// closingCount closes a list by its number alone: 甲技改、乙扩建两个项目.
var closingCount = regexp.MustCompile(`[两二三四五六七八九十0-9]+(?:个|项|大)(?:重点|重大)?(?:项目|工程)(?:建设)?$`)

func skipJoin(s string, i, end int) int {
	for _, w := range []string{"、", "以及", "和"} {
		if strings.HasPrefix(s[i:end], w) {
			return i + len(w)
		}
	}
	return i
}

// bareClass cuts from a class what names nothing: 一批重点, the closing 建设.
func (l *lexicon) bareClass(c string) string {
	end, _, _ := l.trimTail(c, 0, len(c))
	c = c[:end]
	for _, w := range []string{"一批", "一系列", "各类", "重点", "重大", "全市", "全县", "全区", "省市重点"} {
		c = strings.TrimPrefix(c, w)
	}
	return c
}

// classy reports whether a class says what its members are: 乡镇幼儿园 does, 重点项目 does not.
func (l *lexicon) classy(c string) bool {
	word, k := l.head(c)
	return l.specific(c) > 0 || (k == facility || k == works) && runes(word) > 1
}

// shared returns the tail that a member takes from the class behind 等.
func (l *lexicon) shared(member, class string) string {
	if !l.classy(class) || strings.Contains(class, "的") {
		return ""
	}
	core := strings.TrimSuffix(strings.TrimSuffix(class, "项目"), "工程")
	_, classKind := l.head(core)
	if l.endsInTail(member) {
		return "" // 青云路管网建设 says what is done itself
	}
	member, _ = l.withoutQuantity(member)
	_, memberKind := l.head(member)
	switch {
	case memberKind == works || memberKind == projects:
		return ""
	case memberKind == facility && classKind != works:
		return ""
	case memberKind == facility && runes(class) > 12:
		return ""
	}
	return class
}

// split cuts a list at 、 and, where both sides can stand alone, at 和, 与, 及, 以及.
func (l *lexicon) split(s string, start, end int, classed bool) []piece {
	var out []piece
	parts := cutTop(s, start, end, "、")
	for n, p := range parts {
		for _, q := range l.splitAnd(s, p[0], p[1], len(parts) > 1, classed && n == len(parts)-1) {
			if q[0] < q[1] {
				out = append(out, piece{start: q[0], end: q[1]})
			}
		}
	}
	for i := range out {
		out[i].listed, out[i].total = len(out) > 1, len(out)
	}
	return out
}

// notAnd are the words in which 和, 与, 及 are no conjunctions.
var notAnd = regexp.MustCompile(`和[平谐美睦田解硕顺县布县镇县政]|[共中人协调饱]和|[参]与|与会|[普涉以危波]及|及[时早]|和县`)

func (l *lexicon) splitAnd(s string, start, end int, inList, classed bool) [][2]int {
	for _, and := range []string{"以及", "和", "暨", "与", "及"} {
		for _, c := range cutTop(s, start, end, and)[1:] {
			i := c[0] - len(and)
			_, before := utf8.DecodeLastRuneInString(s[:i])
			_, after := utf8.DecodeRuneInString(s[c[0]:])
			if and != "以及" && notAnd.MatchString(s[max(start, i-before):min(end, c[0]+after)]) {
				continue
			}
			if !l.splits(s[start:i], and, s[c[0]:end], inList, classed) {
				continue
			}
			return append(l.splitAnd(s, start, i, inList, classed), l.splitAnd(s, c[0], end, inList, classed)...)
		}
	}
	return [][2]int{{start, end}}
}

// splits decides whether left and right of a conjunction are two members.
func (l *lexicon) splits(left, and, right string, inList, classed bool) bool {
	for _, w := range []string{"配套", "附属", "相关", "其", "周边", "辅助"} {
		if strings.HasPrefix(right, w) {
			return false
		}
	}
	if runes(left) < 2 || runes(right) < 2 {
		return false
	}
	end, _, _ := l.trimTail(left, 0, len(left))
	bareLeft, quantified := l.withoutQuantity(left[:end])
	_, lk := l.head(bareLeft)
	end, _, _ = l.trimTail(right, 0, len(right))
	bareRight, rightQuantified := l.withoutQuantity(right[:end])
	_, rk := l.head(bareRight)
	strong := func(k kind, q bool) bool {
		return k == facility || k == works || k == projects || q && k != none
	}
	switch and {
	case "以及":
		return true
	case "及", "与":
		if _, amount := l.trailingAmount(left); amount != nil && strong(rk, rightQuantified) {
			return true
		}
		return classed && lk == facility && rk == facility || lk == projects && strong(rk, rightQuantified)
	}
	if strong(lk, quantified) && (strong(rk, rightQuantified) || rk == vague) && (quantified || l.classy(bareLeft)) {
		return true
	}
	if inList && strong(lk, quantified) && rk == "" && l.classy(bareLeft) {
		return true // 甲电站和乙、丙水电站
	}
	if inList && lk != none && rk != none && rk != "" {
		return true
	}
	// A镇和B镇卫生院: the same kind of place on both sides
	e := endOf(bareLeft, placeEnds)
	return e != "" && strings.Contains(right, e) && !strings.HasPrefix(right, e) && strong(rk, rightQuantified)
}

// placeEnds are the characters that names of one kind end in; a list shares its tail when its
// members end alike.
var placeEnds = []string{"河湖渠池江溪沟塘库海湾", "路街道线桥巷", "镇乡办", "村庄社", "县市区州旗", "段", "山岭", "厂司业", "园", "院"}

// endOf returns the class of ends that s belongs to, as the character itself.
func endOf(s string, classes []string) string {
	r, _ := utf8.DecodeLastRuneInString(s)
	for _, c := range classes {
		if strings.ContainsRune(c, r) {
			return string(r)
		}
	}
	return ""
}

func endClass(s string) string {
	r, _ := utf8.DecodeLastRuneInString(s)
	for _, c := range placeEnds {
		if strings.ContainsRune(c, r) {
			return c
		}
	}
	return ""
}

// shareAmong gives members without a head the tail of the next member that has one: 南河、北河和
// 西湖综合治理.
func (l *lexicon) shareAmong(s string, pieces []piece) {
	for i := len(pieces) - 1; i > 0; i-- {
		giver := s[pieces[i].start:pieces[i].end]
		end, _, _ := l.trimTail(giver, 0, len(giver))
		giver, _ = l.withoutQuantity(giver[:end])
		if t, ok := strings.CutSuffix(giver, "建设项目"); ok && l.buildable(t) {
			giver = t
		}
		_, giverKind := l.head(giver)
		if giverKind == "" || giverKind == none {
			continue
		}
		j := i - 1
		for ; j >= 0; j-- {
			taker, sized := l.withoutQuantity(s[pieces[j].start:pieces[j].end])
			_, k := l.head(taker)
			if k == quantity && sized {
				break
			}
			if tail := repeated(taker, giver); tail != "" && k != projects {
				pieces[j].tail, pieces[i].gave = tail, true
				continue
			}
			if k == works || k == projects || l.endsInTail(taker) {
				break
			}
			tail := l.withoutVerb(l.tailFor(taker, k, giver, giverKind))
			if tail == "" && sized && k == facility && l.sized(s, pieces[:i]) {
				tail = l.worksTail(giver) // 甲水库200亩、乙线20公里绿化项目
			}
			if tail == "" || strings.Contains(tail, "的") {
				break
			}
			if tail[0] < utf8.RuneSelf { // the size is the giver's own
				tail, _ = l.head(giver)
			}
			pieces[j].tail, pieces[i].gave = tail, true
		}
		i = j + 1
	}
}

// repeated returns what follows in giver the two characters that taker ends in: 虞山文化、青河文化
// 展览馆 share 展览馆.
func repeated(taker, giver string) string {
	r := []rune(taker)
	if len(r) < 4 {
		return ""
	}
	same := string(r[len(r)-2:])
	if i := strings.Index(giver, same); i > 0 && i+len(same) < len(giver) {
		return giver[i+len(same):]
	}
	return ""
}

// sized reports whether there are several pieces and each closes with an amount.
func (l *lexicon) sized(s string, pieces []piece) bool {
	for _, p := range pieces {
		if _, a := l.trailingAmount(s[p.start:p.end]); a == nil {
			return false
		}
	}
	return len(pieces) > 1
}

// worksTail returns the work that a name ends in, with its 项目 or 工程; "" if it ends in none.
func (l *lexicon) worksTail(name string) string {
	core := strings.TrimSuffix(strings.TrimSuffix(name, "项目"), "工程")
	if word, k := l.head(core); k == works {
		return word + name[len(core):]
	}
	return ""
}

// withoutVerb cuts the verb that a tail begins with: 甲市、乙市建设儿童医院.
func (l *lexicon) withoutVerb(tail string) string {
	if w, v := l.verbs.prefix(tail); w != "" && v.force == build && !l.headless(tail[len(w):]) {
		return tail[len(w):]
	}
	return tail
}

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

func (l *lexicon) endsInTail(s string) bool {
	w, _ := l.tails.suffix(s)
	return w != ""
}

// tailFor returns what taker shares of giver, "" for nothing.
func (l *lexicon) tailFor(taker string, takerKind kind, giver string, giverKind kind) string {
	if n, rest := countInside(giver); n > 1 {
		if rest = l.bareClass(rest); takerKind != facility || giverKind == works {
			return rest
		}
		return ""
	}
	class := endClass(taker)
	if class != "" {
		best := -1
		for i, r := range giver {
			if strings.ContainsRune(class, r) && i+utf8.RuneLen(r) < len(giver) && i > 0 {
				best = i + utf8.RuneLen(r)
				break
			}
		}
		if best > 0 && class != "段" {
			core := strings.TrimSuffix(strings.TrimSuffix(giver[best:], "项目"), "工程")
			if _, k := l.head(core); k == works || takerKind != facility && k != "" && k != none {
				return giver[best:]
			}
		}
	}
	if takerKind == facility || takerKind == vague {
		return ""
	}
	for i := range giver { // 宏运机械生产线改造: cut behind the owner
		if w, _ := l.bodies.suffix(giver[:i]); w != "" && len(w) < i {
			longer := false
			for k := i + 1; k <= len(giver); k++ {
				if w2, _ := l.bodies.suffix(giver[:k]); len(w2) > k-i && k-len(w2) < i {
					longer = true
				}
			}
			if _, k := l.head(giver[i:]); !longer && k != "" && k != none {
				return giver[i:]
			}
		}
	}
	if strings.ContainsAny(taker, "的") {
		return ""
	}
	for i := range giver { // 两岔、石门产业园道路: cut where known words begin
		if runes(giver[:i]) < 2 || isNumeral(lastRune(giver[:i])) || !l.known(giver[i:]) {
			continue
		}
		if _, k := l.head(giver[i:]); k != "" && k != none {
			return giver[i:]
		}
	}
	word, _ := l.head(giver)
	return word
}

// known reports whether s begins with a word of two characters or more that names use.
func (l *lexicon) known(s string) bool {
	h, _ := l.heads.prefix(s)
	w, _ := l.longestSector(s)
	g, _ := l.generic.prefix(s)
	return runes(h) > 1 || runes(w) > 1 || runes(g) > 1
}

// quotedList opens a list that stands in quotes before its class: “甲、乙、丙”三大园区.
func quotedList(s string, pieces []piece) []piece {
	var out []piece
	for _, p := range pieces {
		o := s[p.start:p.end]
		n := enclosedLength(o)
		if !strings.HasPrefix(o, "“") || n == 0 || n == len(o) || !strings.Contains(o[:n], "、") {
			out = append(out, p)
			continue
		}
		_, tail := leadingCount(o[n:])
		inner := cutTop(s, p.start+len("“"), p.start+n-len("”"), "、")
		for _, c := range inner {
			q := p
			q.start, q.end, q.tail, q.listed = c[0], c[1], tail, true
			out = append(out, q)
		}
	}
	return out
}
