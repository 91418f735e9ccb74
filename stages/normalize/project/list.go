package project

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
)

// piece is one member of an enumeration: a span of the object and what it shares with others.
type piece struct {
	start, end int
	tail       string // given by other members or by the class behind 等
	class      string // what stands behind 等: the kind of the whole list
	each       int    // how many there are of each member: 幼儿园、养老院各3所
	counted    bool   // the class as a bundle of its own: 12个老旧小区改造
	bundle     int    // how many the class counts: 等17个项目
	built      bool   // nothing but 建设 or 前期工作 stands behind 等
	listed     bool   // has neighbours
	gave       bool   // its tail serves others
	total      int    // members of the list
	worth      string // what stood with 的 behind the count: 6个总投资3亿元的
	attribute  string // what stood with 的 before the list: 总投资3亿元的
}

var pairs = map[rune]rune{'“': '”', '‘': '’', '《': '》', '(': ')', '「': '」', '【': '】', '〈': '〉'}

// closers are the marks that pairs close with.
const closers = "”’》)」】〉"

// enclosedLength returns the length of a quotation or bracket that s begins with, marks
// included; 0 if there is none or it is not closed.
func enclosedLength(s string) int {
	if s == "" || s[0] > '(' && s[0] < 0xE2 || s[0] > 0xE3 { // no mark of the pairs
		return 0
	}
	first, _ := utf8.DecodeRuneInString(s)
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
	return 0
}

// topIndex returns the place of the first sep in s[start:end] outside quotes and brackets, -1 for
// none. The 的 of 的地 is none.
func topIndex(s string, start, end int, sep string) int {
	for i := start; ; {
		at := strings.Index(s[i:end], sep)
		if at < 0 {
			return -1
		}
		at += i
		if kindsOf.in(s[i:at])&pairMark != 0 {
			for i < at {
				kinds, size := kindsOf.at(s, i)
				if kinds&pairMark != 0 {
					size = max(size, enclosedLength(s[i:end]))
				}
				i += size
			}
			if i > at {
				continue // it stood within a pair
			}
		}
		if sep != "的" || !strings.HasPrefix(s[at:end], "的地") {
			return at
		}
		i = at + len(sep)
	}
}

// cutTop appends what s[start:end] is cut into by sep outside quotes and brackets.
func cutTop(out [][2]int, s string, start, end int, sep string) [][2]int {
	for at := topIndex(s, start, end, sep); at >= 0; at = topIndex(s, start, end, sep) {
		out = append(out, [2]int{start, at})
		start = at + len(sep)
	}
	return append(out, [2]int{start, end})
}

// notEtc are the words in which 等 is no "and so on": 中等 is one of schools and sizes, 协同等 none.
var notEtc = pattern.MustCompile(`[平高初上下均甲乙相对优]等|中等[职专收城水规教]|[^协]同等|等[级额同候于]`)

// etc returns the offset of the first 等 that closes a list in s[start:end], or -1.
func etc(s string, start, end int) int {
	for from := start; from < end; {
		i := topIndex(s, from, end, "等")
		if i < 0 {
			break
		}
		near := s[max(start, i-2*len("等")):min(end, i+2*len("等"))]
		if !notEtc.MatchString(near) {
			return i
		}
		from = i + len("等")
	}
	return -1
}

// spread is a list of places over which counted works are spread: 甲、乙等5个乡镇13个村级站点.
var spread = pattern.MustCompile(`^[^“”(),的]*[0-9一二三四五六七八九十]+个(?:建制镇|乡镇|镇|行政村|村|街道|社区|县区|县市|市州|县|区县)((?:新建|改造|建设)?[0-9])`)

// joining is what bodies are to do, not a thing to be built.
var joining = pattern.MustCompile(`[^、]{3,}(?:参与|加入|融入|入驻)[^、]{2,}$`)

// grown and developed are said of what is there: 支持甲实验室、乙研究院发展.
var developed = pattern.MustCompile(`[^建快]发展$`)
var grown = pattern.MustCompile(`(?:发展壮大|做大做强|做优做强|做强做优|集聚资源|提升能级|释放产能|扩规增效|扩大生产规模|增资扩产|高质量运[营行])`)

// firms is a list of enterprises and what they are to do.
var firms = pattern.MustCompile(`等[^、的]{0,6}企业(.+)$`)

// saysProject is a list that calls its members works.
var saysProject = pattern.MustCompile(`项目|工程(?:、|建设|发展|$)`)

// members splits an object into its enumeration, in the memory of room; has tells what characters
// there may be in it. Every piece lies in s[start:end], pieces do not overlap, and they come in text
// order.
func (l *lexicon) members(room []piece, s string, has chars, start, end int) []piece {
	out := room[:0]
	object := s[start:end]
	has &= kindsOf.in(object)
	if (has&grows != 0 && grown.MatchString(object) || developed.MatchString(object)) && !saysProject.MatchString(object) {
		return out
	}
	if has&joins != 0 && joining.MatchString(object) {
		return out // 推动虚拟电厂参与市场交易
	}
	if has&enterprises != 0 && strings.Contains(object, "企业") {
		if m := firms.FindStringSubmatch(object); m != nil && !l.buildable(m[1]) {
			return out // 推动宏运、恒泰等企业拓市场
		}
	}
	if has&figure != 0 && has&each != 0 {
		if m := spread.FindStringSubmatchIndex(object); m != nil {
			start += m[2] // the list before it names places, not works
			has = kindsOf.in(s[start:end])
		}
	}
	if has&(comma|and|andSoOn) == 0 && (has&pairMark == 0 || !strings.Contains(s[start:end], "”“")) { // no list
		said := ""
		if has&of != 0 {
			said = attribute.FindString(s[start:end])
		}
		if start += len(said); start < end {
			out = append(out, piece{start: start, end: end, total: 1, attribute: said})
		}
		return out
	}
	for start < end {
		out, start = l.group(out, s, has, start, end)
	}
	return out
}

// group reads one list with the class that closes it and returns where the next one begins:
// A、B等项目和C、D等工程 is two.
func (l *lexicon) group(before []piece, s string, has chars, start, end int) ([]piece, int) {
	said := ""
	if has&of != 0 {
		said = attribute.FindString(s[start:end])
		start += len(said)
	}
	listEnd, class, next := l.closing(s, has, start, end)
	class, built := l.classProper(class)
	all := l.split(before, s, has, start, listEnd, class != "")
	pieces := all[len(before):]
	for i := range pieces {
		pieces[i].built = built
	}
	if len(pieces) > 0 {
		pieces[0].attribute = said
	}
	for i := 1; i < len(pieces) && has&of != 0; i++ { // 总投资3亿元的甲、总投资2亿元的乙
		p := &pieces[i]
		if a := attribute.FindString(s[p.start:p.end]); strings.Contains(a, "投资") {
			p.attribute = a
			p.start += len(a)
		} else if a := sum.FindString(s[p.start:p.end]); a != "" && strings.Contains(said, "投资") {
			p.attribute = "投资" + a // 总投资3亿元的甲、2亿元的乙
			p.start += len(a)
		}
	}
	if has&pairMark != 0 {
		all = l.quotedList(all, len(before), s)
		pieces = all[len(before):]
	}
	pipesAlong(s, pieces)
	if class == "" {
		l.shareAmong(s, pieces)
		return all, next
	}
	if site, _ := l.head(l.bareClass(class)); sites.Has(site) || site == "地块" {
		all = l.twoSites(all, len(before), s)
		pieces = all[len(before):]
	}
	count, bare := leadingCount(class)
	worth := worthOf.FindString(bare)
	bare = bare[len(worth):]
	if without, a, ok := l.trailingAmount(class); ok && a.dimension == "count" && count == 0 {
		count, bare = int(a.value), without // 等高品质文旅项目20个
	}
	closes, _, _ := l.trailingAmount(withoutFloor(strings.Replace(class, worth, "", 1)))
	bare = l.bareClass(bare)
	l.namesake(s, pieces)
	for i := range pieces {
		pieces[i].class, pieces[i].bundle = closes, count
		if pieces[i].tail == "" {
			pieces[i].tail = l.shared(s[pieces[i].start:pieces[i].end], bare)
		}
	}
	l.alongside(s, pieces)
	// Roads that are counted are more than those named: 甲路、乙路等11条市政道路.
	if count >= 2 && l.classy(bare) {
		at := listEnd + strings.Index(s[listEnd:], class)
		all = append(all, piece{start: at, end: at + len(class), counted: true, class: class, listed: true, worth: worth})
	}
	return all, next
}

// sum is a member's share of what is invested.
var sum = pattern.MustCompile(`^[0-9.]+[余多]?[万亿]*元的`)

// worthOf says of a counted class what it costs or measures: 年度计划总投资3亿元的.
var worthOf = pattern.MustCompile(`^(?:年度|计划)*总?投资[0-9.]+[余多]?[万亿]*元的`)

// closing finds where the members of a list end, the class that closes it ("" for none) and where
// the text goes on.
func (l *lexicon) closing(s string, has chars, start, end int) (listEnd int, class string, next int) {
	if has&andSoOn == 0 {
		return closingNumber(s, has, start, end)
	}
	for i := etc(s, start, end); i >= 0; i = etc(s, i+len("等"), end) {
		after := i + len("等")
		stop := end
		for _, sep := range []string{"、", "以及", "和"} {
			if at := topIndex(s, after, end, sep); at >= 0 {
				stop = min(stop, at)
			}
		}
		if strings.HasPrefix(s[after:stop], "其他") && stop < end {
			continue // 甲滞洪区等其他洼地治理、…
		}
		_, k := l.head(s[after:stop])
		several := topIndex(s, start, i, "、") >= 0
		switch {
		case stop == end:
		case k == projects && (several || l.specific(s[after:stop]) == 0): // 甲等项目和乙工程
		case several && (k == works || k == facility) && (strings.HasPrefix(s[stop:], "、") || etc(s, stop, end) >= 0):
		case several && (k == works || k == facility): // 等雨污分流和路面改造: the class is joined itself
			stop = end
		default:
			continue // the 等 is a member's own: 文峰路等主干道排水、…
		}
		return i, s[after:stop], skipJoin(s, stop, end)
	}
	return closingNumber(s, has, start, end)
}

// closingNumber is closing for a list that its number alone closes: 甲技改、乙扩建两个项目.
func closingNumber(s string, has chars, start, end int) (listEnd int, class string, next int) {
	if has&project != 0 && has&figure != 0 && has&comma != 0 {
		if at := closingCount.FindStringIndex(s[start:end]); at != nil && topIndex(s, start, start+at[0], "、") >= 0 {
			return start + at[0], s[start+at[0] : end], end
		}
	}
	return end, "", end
}

// underWay follows the class of a list and says only that it goes on: 等项目实施.
var underWay = pattern.MustCompile(`^(.*(?:项目|工程))(?:实施|发展|主体工程|落地见效|扩大规模|扩大产能|谋划|推进|手续办理|手续|形成规模化生产|规模化生产|放量生产|达产达效)$`)

// classProper cuts from what stands behind 等 that the works go on; built tells that there is
// nothing else: 等建设, 等前期工作.
func (l *lexicon) classProper(class string) (proper string, built bool) {
	if class == "" {
		return "", false
	}
	if m := underWay.FindStringSubmatch(class); m != nil {
		class = m[1]
	}
	if t, _ := l.tails.suffix(class); t == class {
		return "", class != ""
	}
	if w, v := l.verbs.suffix(class); w == class && v.place == trailing {
		return "", true
	}
	return class, false
}

// closingCount is such a number.
var closingCount = pattern.MustCompile(`[两二三四五六七八九十0-9]+(?:个|项|大)(?:重点|重大|[百千]亿级?)?(?:项目|工程)(?:建设)?$`)

// skipJoin returns the offset behind a conjunction at i.
func skipJoin(s string, i, end int) int {
	for _, w := range []string{"、", "以及", "和"} {
		if strings.HasPrefix(s[i:end], w) {
			return i + len(w)
		}
	}
	return i
}

// split cuts a list at 、 and, where both sides can stand alone, at 和, 与, 及, 以及.
func (l *lexicon) split(before []piece, s string, has chars, start, end int, classed bool) []piece {
	out := before
	var room [8][2]int
	var parts [][2]int
	if has&comma != 0 {
		parts = cutTop(room[:0], s, start, end, "、")
	} else {
		parts = append(room[:0], [2]int{start, end})
	}
	if has&pairMark != 0 && strings.Contains(s[start:end], "”“") {
		parts = betweenQuotes(s, parts)
	}
	for n, p := range parts {
		var room [8][2]int
		var members [][2]int
		if has&and == 0 {
			members = append(room[:0], p)
		} else {
			members = l.splitAnd(room[:0], s, p[0], p[1], len(parts) > 1, classed && n == len(parts)-1)
		}
		for _, q := range members {
			if n := len(out); n > len(before) && laterStage.MatchString(s[q[0]:q[1]]) {
				out[n-1].end = q[1] // 龙山电站一期、二期 is one
			} else if q[0] < q[1] {
				out = append(out, piece{start: q[0], end: q[1]})
			}
		}
	}
	pieces := out[len(before):]
	for i := range pieces {
		pieces[i].listed, pieces[i].total = len(pieces) > 1, len(pieces)
	}
	return out
}

// betweenQuotes cuts a list whose quotations stand side by side: “甲”“乙”和“丙”.
func betweenQuotes(s string, parts [][2]int) [][2]int {
	var out [][2]int
	for _, p := range parts {
		for {
			n := enclosedLength(s[p[0]:p[1]])
			if n == 0 || !strings.HasPrefix(s[p[0]+n:p[1]], "“") {
				break
			}
			out = append(out, [2]int{p[0], p[0] + n})
			p[0] += n
		}
		out = append(out, p)
	}
	return out
}

// laterStage is a stage of the undertaking named before it.
var laterStage = pattern.MustCompile(`^(?:[二三四五六]期|[二三四五六]阶段)(?:项目|工程)?(?:建设)?$`)

// notAnd are the words in which 和, 与, 及 are no conjunctions.
var notAnd = pattern.MustCompile(`和[平谐美睦田解硕顺县布镇政]|件[和与]信|[共中人协调饱]和|参与|与会|[普涉以危波]及|及[时早]`)

// placeHe are the places that begin with 和 and a character that many other names begin with.
var placeHe = pattern.MustCompile(`^和(?:龙市|静县|林格尔)`)

var conjunctions = []string{"以及", "和", "暨", "与", "及"}

// splitAnd appends what one part of a list is cut into by its conjunctions.
func (l *lexicon) splitAnd(out [][2]int, s string, start, end int, inList, classed bool) [][2]int {
	for _, and := range conjunctions {
		for at := topIndex(s, start, end, and); at >= 0; at = topIndex(s, at+len(and), end, and) {
			behind := at + len(and)
			_, before := utf8.DecodeLastRuneInString(s[:at])
			_, after := utf8.DecodeRuneInString(s[behind:])
			if and != "以及" && notAnd.MatchString(s[max(start, at-before):min(end, behind+after)]) || placeHe.MatchString(s[at:end]) {
				continue
			}
			if l.splits(s[start:at], and, s[behind:end], inList, classed) {
				out = l.splitAnd(out, s, start, at, inList, classed)
				return l.splitAnd(out, s, behind, end, inList, classed)
			}
		}
	}
	return append(out, [2]int{start, end})
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
	closes := l.ending(left, 0, len(left))
	bareLeft, quantified := l.withoutQuantity(left[:closes.end])
	_, lk := l.head(bareLeft)
	bareRight, rightQuantified := l.withoutQuantity(right[:l.ending(right, 0, len(right)).end])
	_, rk := l.head(bareRight)
	strong := func(k kind, q bool) bool {
		return k == facility || k == works || k == projects || q && k != none
	}
	if and == "以及" || called(left) && called(right) { // 甲项目和乙工程
		return true
	}
	if and == "及" || and == "与" {
		if _, _, measured := l.trailingAmount(left); measured && strong(rk, rightQuantified) {
			return true
		}
		return (classed || inList && l.specific(bareLeft) > 1 && l.specific(bareRight) > 1) && lk == facility && rk == facility || lk == projects && strong(rk, rightQuantified)
	}
	if strong(lk, quantified) && (strong(rk, rightQuantified) || rk == vague) && (quantified || l.classy(bareLeft)) {
		return true
	}
	if closes.cut && (strong(rk, rightQuantified) || rk == vague) && l.specific(bareLeft) > 0 && l.specific(bareRight) > 1 {
		return true // 甲片区建设和乙改造
	}
	if and == "和" && lk == vague && l.specific(bareLeft) > 1 && !rightQuantified &&
		(strong(rk, false) && l.specific(bareRight) > 0 || rk == vague && l.specific(bareRight) > 1) {
		return true // 甲基地和乙孵化园
	}
	if inList && strong(lk, quantified) && rk == unknown && l.classy(bareLeft) {
		return true // 甲电站和乙、丙水电站
	}
	if inList && lk != none && rk != none && rk != unknown {
		return true
	}
	// A镇和B镇卫生院: the same kind of place on both sides
	place := lastRune(bareLeft)
	return endClass(bareLeft) != "" && strings.IndexRune(right, place) > 0 && strong(rk, rightQuantified)
}

// twoSites parts what 和 joins in a list of sites: 老纸厂和东关等地块.
func (l *lexicon) twoSites(all []piece, from int, s string) []piece {
	for i := from; i < len(all); i++ {
		p := all[i]
		at := topIndex(s, p.start, p.end, "和")
		if at < 0 || runes(s[p.start:at]) < 2 || runes(s[at:p.end]) < 3 {
			continue
		}
		next := p
		all[i].end, next.start = at, at+len("和")
		all[i].listed, next.listed = true, true
		all = slices.Insert(all, i+1, next)
		i++
	}
	return all
}

// called reports whether a name of three characters or more goes on as 项目 or 工程.
func called(name string) bool { return runes(withoutProject(name)) > 2 && withoutProject(name) != name }

// quotedList opens the lists that stand in quotes before their class, from the piece of a number on:
// “甲、乙、丙”三大园区.
func (l *lexicon) quotedList(all []piece, from int, s string) []piece {
	for i := from; i < len(all); i++ {
		p := all[i]
		o := s[p.start:p.end]
		n := enclosedLength(o)
		if !strings.HasPrefix(o, "“") || n == 0 || !strings.Contains(o[:n], "、") || !l.named(o[n:]) {
			continue
		}
		_, tail := leadingCount(o[n:])
		var room [8][2]int
		inner := cutTop(room[:0], s, p.start+len("“"), p.start+n-len("”"), "、")
		each := make([]piece, 0, len(inner))
		for _, c := range inner {
			q := p
			q.start, q.end, q.tail, q.listed = c[0], c[1], tail, true
			each = append(each, q)
		}
		all = slices.Replace(all, i, i+1, each...)
		i += len(each) - 1
	}
	return all
}
