package project

import (
	"slices"
	"strings"

	"xianzhi/stages/pattern"
)

// enterprise finds the enterprise that a member's own words begin with, the place before it
// included: one that everybody knows (青州华为云计算中心), up to a body's end (宏运药业), or, for
// plants and farms, what may be a brand before the first word of a trade (瑞丰铝合金加工).
func (r *Reader) enterprise(c *clause, m *member, p *piece, sector string, brands *words[bool]) string {
	own := c.s[m.start:m.end]
	if strings.HasPrefix(p.tail, "商圈") || strings.HasPrefix(p.tail, "集聚区") {
		return "" // 宏运、恒泰等商圈 are places
	}
	if c.has&firmEnd != 0 {
		if end := r.company(own); end > 0 && (end < len(own) || p.listed) {
			return own[:end]
		}
	}
	if brand, full := brands.prefix(own); brand != "" && (!full || r.shortFor(brand, own, p, sector)) {
		return brand
	}
	if n := r.worker(c, m, p); n > 0 {
		return own[:n]
	}
	if n := r.annex(c, m, p, sector); n > 0 {
		return own[:n]
	}
	if size := sizeFirst.FindString(own); size != "" { // 2×100万千瓦中煤青州燃煤发电
		if n := r.l.firm(own[len(size):]); n > 0 && len(size)+n < len(own) {
			return own[len(size) : len(size)+n]
		}
	}
	place := r.l.placePrefix(own)
	from := 0
	if place > 0 && strings.ContainsRune("县市区旗盟", lastRune(own[:place])) {
		from = place // 青州县 is where it stands, 青州 of 青州铝业 is its name
	}
	if end := place + r.l.firm(own[place:]); end > place {
		if end == len(own) && !p.listed && p.tail == "" && !strings.Contains(p.class, "项目") || ofPlace.MatchString(own[end:]) && r.l.placePrefix(own[end:]) == 0 || communal[sector] && !capacityNext.MatchString(own[end:]) && !r.l.siteOfFirm(own[end:]) {
			return ""
		}
		if i := end + r.cut(c, m.start+end, m.end); r.l.placePrefix(own[end:]) == 0 && r.l.liked[hinted].In(own[end:i]) && runes(own[end:i]) <= 4 && r.brand(c, m.start+end, m.start+i) >= hinted {
			end = i // 华润宏诺药厂
		}
		at := end + r.l.placePrefix(own[end:]) // 华润青州制药
		if w, kind := r.l.bodies.prefix(own[at:]); w != "" && (at+len(w) < len(own) && (kind != trade || at == end || !partOfPlace.MatchString(own[at+len(w):])) || at+len(w) == len(own) && p.listed && p.tail == "") && !vehicles.MatchString(own[at:]) {
			end = at + len(w)
		}
		return own[from:end]
	}
	if end := r.sizedPlant(c, m, p, sector, place); end > from {
		return own[from:end]
	}
	if place > 0 && sector == "industry" {
		if n := len(epoch.FindString(own[place:])); n > 0 {
			return own[:place+n] // 青州时代电池三期
		}
	}
	if end := r.bodyEnd(c, m, p, sector); end > from {
		return own[from:end]
	}
	if end := r.brandEnd(c, m, p, sector, place); end > from {
		return own[from:end]
	}
	if end := r.provincial(c, m, p, sector, place); end > 0 {
		return own[:end]
	}
	return ""
}

// provincial is the length of a firm that its province's name opens, as registered names do: nothing else
// than a firm is told by a whole province and a word that is none.
func (r *Reader) provincial(c *clause, m *member, p *piece, sector string, place int) int {
	own := c.s[m.start:m.end]
	if place > 0 && strings.HasPrefix(own[place:], "能源") && province.MatchString(own[:place]) && r.l.placePrefix(own[place+len("能源"):]) > 0 {
		return place + len("能源") // 岭南能源青州电厂
	}
	if place == 0 || !province.MatchString(own[:place]) || siting[sector] && sector != "energy" && sector != "park" || sector != "park" && publicEnd.MatchString(m.name) {
		return 0
	}
	i := place + r.cut(c, m.start+place, m.end)
	if n := runes(own[place:i]); p.listed && n >= 2 && n <= 4 && stageAlone.MatchString(own[i:]) && !r.l.known(own[place:i]) {
		return i
	}
	if n := runes(own[place:i]); n < 2 || n > 4 || r.sited(c, own[place:i]) || i == len(own) && !p.listed && !strings.Contains(p.class, "项目") || r.brand(c, m.start+place, m.start+i) < possible {
		return 0
	}
	return i
}

// province is one, and no more.
var province = pattern.MustCompile(`^(?:河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|北京|天津|上海|重庆)$`)

// sizeFirst is the size of a plant before whose it is.
var sizeFirst = pattern.MustCompile(`^[0-9.]+(?:[×x*][0-9.]+)?万?(?:千瓦|兆瓦|MW|GW|吨|立方米)`)

// ownWorks are what a firm does to its own plant, keptWork what it keeps for itself alone.
const ownWorks = `(?:转型升级|技改|技术改造|(?:数字化|智能化|自动化)改造|扩产|扩能|增资|退城入园|退城进园|产能置换|(?:工业)?余热)`

var (
	ownWork = pattern.MustCompile(`^` + ownWorks)
	// outputWork is what a firm does to make more of something: 宏运储能产品扩能.
	outputWork = pattern.MustCompile(`^[^、]{2,6}(?:扩产|扩能)`)
	keptWork   = pattern.MustCompile(`^自[带备用]`)
	mill       = pattern.MustCompile(`^([^、,“”()的0-9]{2,8}(?:[^水电理烧圾料]厂|酒庄))(?:` + ownWorks + `|改?扩建|整体搬迁|异地搬迁|异地技改)`)
	station    = pattern.MustCompile(`^([^、,“”()的0-9]{2,8}电厂)(?:配[建套])?(?:电化学|新型|独立)?储能`)
)

// worker is the length of the firm that a member's own words begin with when they go on with what
// only a firm can do: 宏运转型升级, 青州宏运自备电厂, 青州化纤自带负荷风电.
func (r *Reader) worker(c *clause, m *member, p *piece) int {
	own := c.s[m.start:m.end]
	if n := r.works(own, p.tail); n > 0 {
		return n
	}
	if (kindsOf.in(own)|kindsOf.in(p.tail))&plantWork == 0 {
		return 0
	}
	place := r.l.placePrefix(own)
	for i := range own + " " {
		rest := own[i:]
		if rest == "" {
			rest = p.tail
		}
		n := runes(own[:i])
		w, kind := r.l.bodies.suffix(own[:i])
		switch {
		case n < 2 || i <= place:
		case n > 6:
			return 0
		case keptWork.MatchString(rest):
			if w != "" || r.brand(c, m.start+place, m.start+i) >= mild {
				return i
			}
		case kind == firm:
			return 0 // 宏运药业就地技改: bodyEnd tells
		case ownWork.MatchString(rest) && r.brand(c, m.start+place, m.start+i) >= mild:
			return i
		case outputWork.MatchString(rest) && r.brand(c, m.start+place, m.start+i) == strong:
			return i
		}
	}
	return 0
}

// works is the length of the works or the power station that own words begin with and that what follows,
// or what they share, is done to: 青州酒厂技改, 青云水电厂储能.
func (r *Reader) works(own, tail string) int {
	if !strings.Contains(own, "厂") && !strings.Contains(own, "酒庄") {
		return 0
	}
	w := mill.FindStringSubmatch(own + tail)
	if w == nil {
		w = station.FindStringSubmatch(own + tail)
	}
	if w == nil || len(w[1]) > len(own) || anybody.MatchString(w[1]) || r.l.specific(w[1]) < 2 {
		return 0
	}
	return len(w[1])
}

// partners parts what two firms do to their plants: 宏运和恒泰工业余热利用.
func (r *Reader) partners(c *clause, pieces []piece) []piece {
	if c.has&and == 0 {
		return pieces
	}
	for i, p := range pieces {
		own := c.s[p.start:p.end]
		if kindsOf.in(own)&and == 0 {
			continue
		}
		m := both.FindStringSubmatchIndex(own)
		if p.tail != "" || m == nil || r.brand(c, p.start, p.start+m[3]) < mild || r.brand(c, p.start+m[4], p.start+m[5]) < mild {
			continue
		}
		first, next := p, p
		first.end, first.tail, first.listed = p.start+m[3], own[m[5]:], true
		next.start, next.listed = p.start+m[4], true
		return slices.Concat(pieces[:i], []piece{first, next}, r.partners(c, pieces[i+1:]))
	}
	return pieces
}

// both is two names and what a firm does to its plant.
var both = pattern.MustCompile(`^([^、和与的“0-9]{2,4})[和与]([^、和与的“0-9]{2,4}?)` + ownWorks)

// company is the length of a name that ends in 公司 or 集团 which a text begins with.
func (r *Reader) company(s string) int {
	name := companyEnd.FindString(s)
	if name == "" || anybody.MatchString(name) || strings.ContainsAny(name, "0123456789、的“”()") || r.l.opens(name) {
		return 0
	}
	return len(name) + len(companyNext.FindString(s[len(name):]))
}

// opens reports whether a text begins with a governing verb: 争创生物…
func (l *lexicon) opens(s string) bool {
	w, _ := l.verbs.prefix(s)
	refused, _ := l.refused.prefix(s)
	return runes(w) > 1 || refused != ""
}

// named reports whether a member begins with a place or what may be a firm of its own.
func (r *Reader) named(c *clause, m *member) bool {
	own := c.s[m.start:m.end]
	return r.l.placePrefix(own) > 0 || r.brand(c, m.start, m.start+r.cut(c, m.start, m.end)) >= mild
}

// siteOfFirm reports whether what follows a firm's name is what it has at a place: 宏运医疗青州基地, 生产线.
func (l *lexicon) siteOfFirm(rest string) bool {
	n := l.placePrefix(rest)
	return plant.MatchString(rest) || n > 0 && (strings.HasPrefix(rest[n:], "基地") || strings.HasPrefix(rest[n:], "总部"))
}

// sizedPlant is the length of the firm that stands before what its plant makes in a year, be it a word or
// not: 青州华纤年产5万吨…, 晨光3万吨….
func (r *Reader) sizedPlant(c *clause, m *member, p *piece, sector string, place int) int {
	if sector != "industry" || !p.listed && !strings.Contains(p.class, "项目") && !strings.HasSuffix(m.name, "项目") {
		return 0
	}
	own := c.s[m.start:m.end]
	at := output.FindStringIndex(own)
	if at == nil || at[0] <= place {
		return 0
	}
	name := own[place:at[0]]
	if n := runes(name); n < 2 || n > longestBrand || strings.ContainsAny(name, "0123456789、的“”—-和与") || anybody.MatchString(name) || chemical.MatchString(name) {
		return 0
	}
	w, _ := r.l.longestSector(name)
	_, k := r.l.head(name)
	if w != "" || k != unknown || r.l.generic.Has(name) || r.l.opens(name) || r.placeName(c, m.start+place, m.start+at[0]) {
		return 0
	}
	return at[0]
}

// output is what a plant makes in a year.
var output = pattern.MustCompile(`年产|年加工|年处理|[0-9.]+[余多]?万?(?:吨|台|套|辆|片|只|头)`)

// bodyEnd is the length of a member's own words up to the end of a body's name.
func (r *Reader) bodyEnd(c *clause, m *member, p *piece, sector string) int {
	own := c.s[m.start:m.end]
	for i := range own + " " {
		w, kind := r.l.bodies.suffix(own[:i])
		core := i - len(w)
		least := 2 - len(w)/len("卫生院")
		if kind == firm && capacityNext.MatchString(own[i:]) {
			least = 1 // 青石化年产…
		}
		if w == "" || kind >= hospital || runes(own[:core]) < least || runes(own[:i]) > 10 || strings.HasPrefix(own[i:], "级") { // 宏运电子级硅烷
			continue
		}
		if kind == trade && capacityNext.MatchString(own[i:]) && core >= len("某某") && r.l.placePrefix(own[:core]) == 0 && !numeric(own[:core]) && runes(own[:core]) <= 4 {
			return i // 云鹤农牧80万只
		}
		if kind == trade && stageNext.MatchString(own[i:]) && core >= len("某某") && runes(own[:core]) <= 4 && r.l.placePrefix(own[:core]) == 0 && !numeric(own[:core]) && !r.l.known(own[:core]) && !r.l.opensPlainly(own) {
			if end := r.before(c, m.start, m.start+core, w); end > 0 {
				return end
			}
			return i // 晨露家居二期: works in general have no stages
		}
		if sector == "education" || strings.Contains(own[i:], "居民") {
			continue // 云瑞钢铁周边居民搬迁 is no firm's
		}
		if kind != maker && core > 0 && placeEnding.Has(lastRune(own[:core])) && aimedSite.MatchString(own[i:]) {
			continue // 青石湾石化基地 is a place's
		}
		plain := kind == trade && sector == "industry" && p.listed && strings.Contains(p.class, "项目") && r.l.placePrefix(own[:core]) == 0 && r.brand(c, m.start, m.start+core) >= possible
		if !plain && !r.coreOf(c, m.start, m.start+core, kind, p.listed || strings.Contains(p.class, "项目") || phase.MatchString(own[i:])) {
			continue
		}
		if _, k := r.l.head(own[:i]); k != facility && (i < len(own) && !partOfPlace.MatchString(own[i:]) || i == len(own) && (p.listed || strings.Contains(p.class, "项目"))) {
			if kind == trade {
				if end := r.before(c, m.start, m.start+core, w); end > 0 {
					return end
				}
			}
			if longer, k := r.l.bodies.prefix(own[core:]); core+len(longer) > i { // 生物科技, not 生物
				i, kind = core+len(longer), k
			}
			if kind == trade && r.tradeOfPlant(own, core, i) {
				return core
			}
			return i + len(companyNext.FindString(own[i:]))
		}
	}
	return 0
}

// aimedSite is what is built at a place.
var aimedSite = pattern.MustCompile(`^(?:.{0,6}(?:产业园|园区|基地|集群)|码头|港)(?:[一二三四五]期)?(?:项目|工程)?$`)

// tradeOfPlant reports whether a trade behind a firm's name says what its park or its product is:
// 宏运新材料产业园, 宏运新能源汽车零部件.
func (r *Reader) tradeOfPlant(own string, core, end int) bool {
	if runes(own[core:end]) < 3 || runes(own[:core]) < 2 || numeric(own[:core]) || r.l.placePrefix(own[:core]) == core {
		return false
	}
	w, _ := r.l.longestSector(own[core:])
	return len(w) > end-core || themed.MatchString(own[end:]) || vehicles.MatchString(own[core:])
}

var themed = pattern.MustCompile(`^(?:特色|一体化)?(?:产业|科技)?(?:园|园区|基地)`)

// before is the length of a firm's name that ends before the place of its plant or what its material is for, as
// 宏运 of 宏运青州新材料 and of 宏运正极材料; 0 where it reaches further.
func (r *Reader) before(c *clause, start, end int, trade string) int {
	name := c.s[start:end]
	for i := range name {
		if w, _ := r.l.places.prefix(name[i:]); i > len("某") && w != "" {
			return i
		}
	}
	if n := r.cut(c, start, end); strings.HasSuffix(trade, "材料") && n < len(name) {
		return n
	}
	return 0
}

// What hospitals, schools and institutes add to themselves or build elsewhere: 岭南大学青山示范园. A bare 综合楼 is
// as much the town's.
var (
	outpost = `.*(?:基地|示范园|试验站|[分新]中心|分院|创新研究院)(?:[一二三四五]期)?`
	ward    = pattern.MustCompile(`^(?:(?:.*[^合]|.{2,}合)楼|.{0,8}(?:院区|分院|总院)|新院|院区.*|.*地块|新址|新建.*|改?扩建.*|迁建.*|(?:整体)?搬迁|[一二三四]期|.*提质.*|[^、]{2,8}医院|[^、]{2,12}中心|健康城)(?:项目|工程)?(?:[一二三四五]期)?$`)
	campus  = pattern.MustCompile(`^(?:.{0,8}校区|(?:[一二三四五]期|整体迁建|迁建|改?扩建|.*大楼|实训.*|.*(?:关键技术|学科实验室|产业学院)|` + outpost + `)(?:项目|工程)?)(?:[一二三四五]期)?$`)
	post    = pattern.MustCompile(`^(?:` + outpost + `|新?院|.{1,4}院区?)$`)
	another = pattern.MustCompile(`^(?:[生城]|科[技创])`) // 大学生, 大学城, 大学科技园
)

// annex is the length of the hospital, school or institute that a member's own words begin with when they, or
// what they share, go on with what is its own: 青州医院北院区 but not 青州医院柳湾医院, which is another.
func (r *Reader) annex(c *clause, m *member, p *piece, sector string) int {
	if c.has&learned == 0 {
		return 0
	}
	own := c.s[m.start:m.end]
	for i := range own + " " {
		w, kind := r.l.bodies.suffix(own[:i])
		if kind < hospital {
			continue
		}
		core, part := own[:i-len(w)], own[i:]+p.tail
		if part == "" {
			part = p.class
		}
		place := r.l.placePrefix(part)
		sister := place > 0 && strings.TrimSuffix(part[place:], "项目") == "医院"
		switch {
		case kind == hospital && (sector != "health" || sister || !ward.MatchString(part)):
		case kind == school && (another.MatchString(part) || !sister && !campus.MatchString(part)):
		case kind == academy && (another.MatchString(part) || !sister && !post.MatchString(part)):
		case core == "" || inNumeral(firstRune(own)) || r.l.generic.Has(core) || strings.ContainsAny(strings.TrimSuffix(core, "和"), "、,“和与") || anybody.MatchString(core) || runes(own[:i]) > 16:
		default:
			return i
		}
	}
	return 0
}

// coreOf reports whether a stretch can be what a body's name begins with: 青州 of 青州药业 but not
// of 青州食品, 宏运 of both.
func (r *Reader) coreOf(c *clause, start, end int, kind bodyKind, listed bool) bool {
	core := c.s[start:end]
	place := r.l.placePrefix(core)
	switch {
	case anybody.MatchString(core), r.l.generic.Has(core), strings.HasSuffix(core, "级"):
		return false
	case kind == maker:
		return place < len(core) && r.proper(c, start, end) && !r.placeName(c, start, end)
	case kind == firm && place == len(core):
		return true
	case kind == firm:
		return r.proper(c, start, end) || r.noun(c, start, end)
	case place == len(core):
		return false
	}
	brand := start + place + r.cut(c, start+place, end)
	sure := r.brand(c, start+place, brand)
	return runes(c.s[brand:end]) <= 2 && !strings.ContainsAny(c.s[brand:end], "0123456789") && (sure >= hinted || listed && sure == mild)
}

// noun reports whether a stretch is one word of two characters that undertakings' names do not begin
// with, as firms are called as well: 晨光药业.
func (r *Reader) noun(c *clause, start, end int) bool {
	tokens := r.tokens(c, start, end)
	return len(tokens) == 1 && runes(c.s[start:end]) == 2 && (strings.HasPrefix(tokens[0].Tag, "n") || tokens[0].Tag == "s" || tokens[0].Tag == "f") && !r.l.known(c.s[start:end])
}
