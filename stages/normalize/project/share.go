package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// atLeast is what the works of a class cost at least: 投资3亿元以上重大项目, 百亿级项目.
var atLeast = pattern.MustCompile(`(?:总?投资)?(?:[0-9.]+[万亿]*元|[0-9十百千]*亿元?)(?:及?以上|级)的?`)

// withoutFloor cuts from a class what its works cost at least.
func withoutFloor(class string) string {
	if kindsOf.in(class)&(figure|yuan) == 0 {
		return class
	}
	if loc := atLeast.FindStringIndex(class); loc != nil {
		return class[:loc[0]] + class[loc[1]:]
	}
	return class
}

// bareClass cuts from a class what names nothing: 一批重点, 投资3亿元以上, the closing 建设.
func (l *lexicon) bareClass(c string) string {
	c = withoutFloor(c[:l.ending(c, 0, len(c)).end])
	for _, w := range []string{"一批", "一系列", "各类", "重点", "重大", "全市", "全县", "全区", "省市重点", "在建", "续建", "新建"} {
		c = strings.TrimPrefix(c, w)
	}
	return c
}

// classy reports whether a class says what its members are: 乡镇幼儿园 does, 重点项目 does not.
func (l *lexicon) classy(c string) bool {
	word, k := l.head(c)
	return l.specific(c) > 0 || (k == facility || k == works || sites.Has(word)) && runes(word) > 1
}

// sites are the places that a town is made of; the members of a list of them are named without.
var sites = vocabulary.Of("片区", "街区", "社区", "集聚区", "聚集区", "板块")

// shared returns the tail that a member takes from the class behind 等.
func (l *lexicon) shared(member, class string) string {
	if !l.classy(class) || strings.Contains(class, "的") {
		return ""
	}
	for _, and := range []string{"和", "及"} {
		if first, _, ok := strings.Cut(class, and); ok && l.classy(first) && l.named(first) {
			class = first // 甲、乙等水电站和光伏项目
		}
	}
	_, classKind := l.head(withoutProject(class))
	if l.endsInTail(member) {
		return ""
	}
	member, _ = l.withoutQuantity(member)
	_, memberKind := l.head(member)
	switch {
	case memberKind == works || memberKind == projects:
		return ""
	case memberKind == facility && classKind != works && !strings.HasPrefix(class, "跨"):
		return ""
	case memberKind == facility && runes(class) > 12:
		return ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(class, "项目"), "重点") // a name goes without 等项目
}

// placeEnds are the characters that names of one kind end in; a list shares its tail when its
// members end alike.
var placeEnds = [...]string{"河湖渠池江溪沟塘库海湾", "路街道线桥巷里", "镇乡办", "村庄社", "县市区州旗", "段", "山岭", "厂司业", "园", "院", "级"}

// endClass returns the characters that names ending like s end in, "" for a name of no such kind.
func endClass(s string) string {
	for _, c := range placeEnds {
		if s != "" && strings.ContainsRune(c, lastRune(s)) {
			return c
		}
	}
	return ""
}

// shareAmong gives members without a head the tail of the next member that has one: 南河、北河和
// 西湖综合治理.
func (l *lexicon) shareAmong(s string, pieces []piece) {
	for i := len(pieces) - 1; i > 0; i-- {
		if pieces[i].attribute != "" {
			continue // 总投资3亿元的 stands before the whole name
		}
		giver := s[pieces[i].start:pieces[i].end]
		giver, sum := l.withoutQuantity(giver[:l.ending(giver, 0, len(giver)).end])
		if t, ok := strings.CutSuffix(giver, "建设项目"); ok && l.buildable(t) {
			giver = t
		}
		_, giverKind := l.head(giver)
		if giverKind == unknown || giverKind == none || l.refused.contains(giver) {
			continue
		}
		j := i - 1
		for ; j >= 0; j-- {
			taker, measured := l.withoutQuantity(s[pieces[j].start:pieces[j].end])
			word, k := l.head(taker)
			if place, _ := l.places.suffix(taker); k == vague && len(place) > len(word) {
				k = unknown // 青管线阳谷
			}
			if measured && (k == quantity || k == unknown && sum && giverKind == facility) || pieces[j].tail != "" {
				break // 托位600个、助餐点20处: each says what
			}
			if strings.HasSuffix(taker, ")") {
				break // S512(青溪段) is complete
			}
			if numeric(taker) && numeric(giver) && sized.MatchString(taker) && sized.MatchString(giver) {
				if !strings.HasSuffix(giver, "项目") {
					break
				}
				pieces[j].tail, pieces[i].gave = "项目", true
				continue // 100万吨线材、50万吨转炉项目: each says what
			}
			if tail := repeated(taker, giver); tail != "" && k != projects && !(k == facility && (l.opensFacility(tail) || l.isFacility(tail))) {
				pieces[j].tail, pieces[i].gave = tail, true
				continue
			}
			if k == works || k == projects || l.endsInTail(taker) || k != facility && l.ending(taker, 0, len(taker)).verb.status != "" {
				break
			}
			tail := l.withoutVerb(l.tailFor(taker, k, giver, giverKind))
			if tail == "" && measured && k == facility && l.sized(s, pieces[:i]) {
				tail = l.worksTail(giver) // 甲水库200亩、乙线20公里绿化项目
			}
			if tail == "" || strings.Contains(tail, "的") {
				break
			}
			if i < len(pieces)-1 && strings.HasPrefix(s[pieces[i].end:], "、") && runes(taker) > 3 && !strings.Contains(taker, "—") && endClass(taker) == "" {
				break // 医疗补短板、公共停车场、游园: more follow, which are no more alike
			}
			if tail[0] < utf8.RuneSelf { // the size is the giver's own
				tail, _ = l.head(giver)
			}
			pieces[j].tail, pieces[i].gave = tail, true
		}
		i = j + 1
	}
}

// namesake gives a bare division the rest of the next member, which opens with one too: 天水、平凉
// 通用机场.
func (l *lexicon) namesake(s string, pieces []piece) {
	for i := len(pieces) - 2; i >= 0; i-- {
		next := s[pieces[i+1].start:pieces[i+1].end]
		if n := l.placePrefix(next); n > 0 && l.places.Has(s[pieces[i].start:pieces[i].end]) && l.nameable(next[n:]) {
			pieces[i].tail, pieces[i+1].gave = next[n:], true
		}
	}
}

// nameable reports whether a name that is left of another stands for a thing: 机场, not the 谷 of 河谷.
func (l *lexicon) nameable(s string) bool {
	_, k := l.head(s)
	return k != unknown && k != none && k != vague
}

// alongside gives the members of a classed list that end alike the work of the last: 甲线、乙线
// 航道整治等工程.
func (l *lexicon) alongside(s string, pieces []piece) {
	last := len(pieces) - 1
	if last < 1 || pieces[last].tail != "" {
		return
	}
	giver := s[pieces[last].start:pieces[last].end]
	for i := last - 1; i >= 0; i-- {
		taker := s[pieces[i].start:pieces[i].end]
		if runes(taker) > 5 || !strings.ContainsRune(giver, lastRune(taker)) {
			return
		}
		tail := l.behindPlace(taker, giver)
		if _, k := l.head(tail); k != works || l.opensFacility(tail) && l.worksTail(tail) == tail || len(giver)-len(tail) > len("某某某某某") {
			return
		}
		pieces[i].tail, pieces[last].gave = tail, true
	}
}

// piped is a street and the pipes along it.
var piped = pattern.MustCompile(`^[^、]{1,6}?[路街巷]((?:排水|雨水|污水|雨污分流|供水|供热|燃气)(?:管线|管网|管道)(?:改造|建设|工程|项目)*)$`)

// pipesAlong gives the streets of a list the pipes of its last: 文昌路、东街及柳巷排水管线.
func pipesAlong(s string, pieces []piece) {
	last := len(pieces) - 1
	if last < 1 {
		return
	}
	for i := range pieces[:last] {
		if !strings.ContainsRune("路街巷", lastRune(s[pieces[i].start:pieces[i].end])) {
			return
		}
	}
	m := piped.FindStringSubmatch(s[pieces[last].start:pieces[last].end])
	if m == nil {
		return
	}
	for i := range pieces[:last] {
		pieces[i].tail, pieces[last].gave = m[1], true
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
		if _, _, ok := l.trailingAmount(s[p.start:p.end]); !ok {
			return false
		}
	}
	return len(pieces) > 1
}

// worksTail returns the work that a name ends in, with its 项目 or 工程; "" if it ends in none.
func (l *lexicon) worksTail(name string) string {
	core := withoutProject(name)
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

// endsInTail reports whether a member says itself what is done: 青云路管网建设.
func (l *lexicon) endsInTail(s string) bool {
	w, _ := l.tails.suffix(s)
	return w != ""
}

// tailFor returns what taker shares of giver, "" for nothing.
func (l *lexicon) tailFor(taker string, takerKind kind, giver string, giverKind kind) string {
	if n, rest := countInside(giver); n > 1 { // 甲、乙、丙3个焦化项目
		if takerKind == facility && giverKind != works {
			return ""
		}
		return l.bareClass(rest)
	}
	if strings.HasSuffix(giver, "新校区") {
		if _, kind := l.bodies.suffix(taker); kind == school {
			return "新校区" // 甲学院、乙学院新校区 is one each
		}
	}
	if tail := l.behindPlace(taker, giver); tail != "" {
		_, k := l.head(withoutProject(tail))
		if takerKind == facility && l.opensFacility(tail) {
			return "" // 甲铁路、乙铁路枢纽改造 are two kinds of thing
		}
		if k == works || takerKind != facility && k != unknown && k != none {
			return tail
		}
	}
	if takerKind == facility || takerKind == vague || strings.Contains(taker, "的") {
		return ""
	}
	if tail := l.behindBody(giver); tail != "" {
		return tail
	}
	if i := strings.Index(giver, "自带"); i > 0 {
		return giver[i:] // 甲、乙自带负荷风电
	}
	for i := range giver { // 两岔、石门产业园道路: cut where known words begin
		if runes(giver[:i]) >= 2 && !isNumeral(lastRune(giver[:i])) && l.known(giver[i:]) && l.named(giver[i:]) {
			return giver[i:]
		}
	}
	word, _ := l.head(giver)
	return word
}

// opensFacility reports whether a tail goes on with a thing of its own: 枢纽改造.
func (l *lexicon) opensFacility(tail string) bool {
	_, k := l.heads.prefix(tail)
	return k == facility
}

// isFacility reports whether a tail ends in a thing of its own: 北院区.
func (l *lexicon) isFacility(tail string) bool {
	_, k := l.head(tail)
	return k == facility
}

// behindPlace cuts giver behind the first character of the kind that taker ends in: 南河、北河和西湖
// 综合治理. A 段 is too common to tell.
func (l *lexicon) behindPlace(taker, giver string) string {
	class := endClass(taker)
	if class == "" || class == "段" {
		return ""
	}
	for i, r := range giver {
		end := i + utf8.RuneLen(r)
		if i == 0 || end == len(giver) || !strings.ContainsRune(class, r) {
			continue
		}
		if w, _ := l.heads.prefix(giver[i:]); runes(w) <= 1 { // the 市 of 市场 ends no place
			return giver[end:]
		}
	}
	return ""
}

// behindBody cuts a name behind the enterprise that it begins with: 宏运机械生产线改造.
func (l *lexicon) behindBody(name string) string {
	best := ""
	for i := range name {
		w, _ := l.bodies.suffix(name[:i])
		switch {
		case w != "" && len(w) < i && l.named(name[i:]):
			best = name[i:] // 新材料公司 reaches further than 新材料
		case best != "" && len(name)-len(best)+len("有限公司") < i:
			return best
		}
	}
	return best
}

// named reports whether a stretch ends in a word that undertakings end in.
func (l *lexicon) named(s string) bool {
	_, k := l.head(s)
	return k != unknown && k != none
}

// withoutProject cuts a closing 项目 or 工程.
func withoutProject(s string) string {
	return strings.TrimSuffix(strings.TrimSuffix(s, "项目"), "工程")
}

// known reports whether s begins with a word of two characters or more that names use.
func (l *lexicon) known(s string) bool {
	h, _ := l.heads.prefix(s)
	w, _ := l.longestSector(s)
	g, _ := l.generic.prefix(s)
	return runes(h) > 1 || runes(w) > 1 || runes(g) > 1
}
