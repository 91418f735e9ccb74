package project

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
	"xianzhi/stages/vocabulary"
)

// ownerLead and townLead are what stands before the verbs when a body is to act: 支持宏运科技建设…,
// 北安镇要启动….
var ownerLead = pattern.MustCompile(`^(?:积极|大力|全力)?(?:支持|鼓励|引导|推动|帮助|指导|督促|扶持|引进)+(.+?)(?:牵头|联合.*|与.*|和.*合作|加快|加强.*|继续|积极)?$`)
var townLead = pattern.MustCompile(`^([^在于到、全带]{1,6}(?:镇|乡|办|街道|街道办))要?$`)

// addressee opens a clause that charges a town with what follows up to the next semicolon.
var addressee = pattern.MustCompile(`^([^在于到、]{1,6}(?:镇|乡|办|街道|新区|高新区|经开区|开发区|园区))要`)

// charged returns the town that a clause opens with and charges, "" for none.
func (l *lexicon) charged(c *clause) string {
	if c.has&charges == 0 {
		return ""
	}
	s := c.s
	if i := strings.Index(s, "要"); i < 0 || i > len("某某某某某某街道办") {
		return ""
	}
	if m := addressee.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// anybody is a body that is no one in particular.
var anybody = pattern.MustCompile(`^[各每与]|^企业|知名|高校|院校|有条件|县区|企业$|行业|地方|社会|央企|国企|民企|^集中区|部门|投资者|资本`)

// otherFirms closes a list of enterprises: 甲、乙等龙头企业.
var otherFirms = pattern.MustCompile(`等[^、]{0,4}企业$`)

// leadOwner reads the body that a phrase's lead names; several are returned as spans of the lead.
func (l *lexicon) leadOwner(lead string) (string, [][2]int) {
	if lead == "" {
		return "", nil
	}
	m := ownerLead.FindStringSubmatch(paid.ReplaceAllLiteralString(lead, ""))
	if m == nil {
		if m = townLead.FindStringSubmatch(lead); m != nil {
			return m[1], nil
		}
		return "", nil
	}
	body := m[1]
	if strings.Contains(body, "、") {
		var spans [][2]int
		list := body[:len(body)-len(otherFirms.FindString(body))]
		if first, _, _ := strings.Cut(list, "、"); companyWhole.MatchString(first) {
			list = strings.TrimSuffix(list, "等") // 宏运集团、恒泰科技等
		}
		if strings.Contains(list, "等") {
			return "", nil // 甲、乙等园区 are none
		}
		at := strings.Index(lead, list)
		if at < 0 {
			return "", nil // a sum stands within the list
		}
		for _, c := range cutTop(nil, lead, at, at+len(list), "、") {
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

// companies is a list that calls its members enterprises: 支持建昌、银河等骨干企业.
var companies = pattern.MustCompile(`((?:[^、,。;:!?“”()的]{2,10}、)*[^、,。;:!?“”()的]{2,10})等[^、,。;:!?“”()的]{0,8}企业`)

// beforeName is what may stand before the first name of such a list.
var beforeName = pattern.MustCompile(`^.*(?:支持|鼓励|引导|推动|依托|扶持|帮助|培育|壮大|吸引|引进|抓好|打造|发挥|督促|以)`)

// brands collects the enterprises that a text lists as such, so that their projects are known for
// theirs elsewhere in it; of those it names in full (true) the short names.
func (r *Reader) brands(t *segment.Text) *words[bool] {
	out := &words[bool]{}
	r.firmsOf(out, t)
	for from := 0; ; {
		at := index(t.Folded[from:], "企业")
		if at < 0 {
			return out
		}
		at += from
		start := max(0, strings.LastIndex(t.Folded[:at], "。"))
		if from = index(t.Folded[at:], "。") + at; from < at {
			from = len(t.Folded)
		}
		if strings.Contains(t.Folded[start:from], "等") {
			r.brandsOf(out, t, start, from)
		}
	}
}

// firmWords are the ends of firms' names that leave no doubt, whatever a text says of them.
var firmWords = []string{"集团", "公司", "股份"}

// firmsOf collects the short names of the enterprises that a text names in full anywhere, as 宏运 of 宏运集团.
func (r *Reader) firmsOf(out *words[bool], t *segment.Text) {
	for _, word := range firmWords {
		for from := 0; ; {
			at := index(t.Folded[from:], word)
			if at < 0 {
				break
			}
			at += from
			from = at + len(word)
			r.shortName(out, t, at)
		}
	}
}

// shortFor reports whether what begins with a short name is the enterprise's: no place that shares it, and no
// longer name of another.
func (r *Reader) shortFor(brand, own string, p *piece, sector string) bool {
	rest := own[len(brand):]
	if communal[sector] || r.l.firm(own) > len(brand) || rest == "" && !p.listed && !strings.Contains(p.class, "项目") {
		return false
	}
	w, _ := r.l.bodies.prefix(rest)
	return w == "" && !ofPlace.MatchString(rest) && !site.MatchString(rest)
}

// shortName adds the name that ends at a place of a text.
func (r *Reader) shortName(out *words[bool], t *segment.Text, end int) {
	start := end
	for n := 0; n < 12 && start > 0; n++ {
		ch, size := utf8.DecodeLastRuneInString(t.Folded[:start])
		if strings.ContainsRune("、,。;:!?“”()的\n 0123456789", ch) {
			break
		}
		start -= size
	}
	start += len(beforeName.FindString(t.Folded[start:end]))
	start += r.l.placePrefix(t.Folded[start:end])
	if n := runes(t.Folded[start:end]); n < 2 || n > 4 {
		return
	}
	name := t.Folded[start:end]
	whole := clause{t: t, s: t.Folded}
	if doings.MatchString(name) || anybody.MatchString(name) || r.l.known(name) || r.l.opens(name) || r.l.bodies.Has(name) || r.placeName(&whole, start, end) || !r.proper(&whole, start, end) {
		return
	}
	out.add(name, true)
}

// brandsOf collects those of t.Folded[start:end].
func (r *Reader) brandsOf(out *words[bool], t *segment.Text, start, end int) {
	var cut cutWords
	for _, m := range companies.FindAllStringSubmatchIndex(t.Folded[start:end], -1) {
		for _, c := range cutTop(nil, t.Folded, start+m[2], start+m[3], "、") {
			c[0] += len(beforeName.FindString(t.Folded[c[0]:c[1]]))
			whole := &clause{t: t, s: t.Folded, cut: &cut}
			cut.spans, cut.tokens = cut.spans[:0], cut.tokens[:0]
			for end := c[1]; end > c[0]; end-- { // 宏运 of 宏运铝 too, which its cut tells
				name := t.Folded[c[0]:end]
				if utf8.ValidString(name) && runes(name) >= 2 && !doings.MatchString(name) && !r.l.known(name) && (end == c[1] || r.l.trade(t.Folded[end:c[1]]) && !r.placeName(whole, c[0], end)) && r.proper(whole, c[0], end) {
					out.add(name, false)
				}
			}
		}
	}
}

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
		if end == len(own) && !p.listed && p.tail == "" && !strings.Contains(p.class, "项目") || ofPlace.MatchString(own[end:]) || communal[sector] && !capacityNext.MatchString(own[end:]) && !r.l.siteOfFirm(own[end:]) {
			return ""
		}
		if i := end + r.cut(c, m.start+end, m.end); r.l.placePrefix(own[end:]) == 0 && r.l.liked[hinted].In(own[end:i]) && runes(own[end:i]) <= 4 && r.brand(c, m.start+end, m.start+i) >= hinted {
			end = i // 华润宏诺药厂
		}
		at := end + r.l.placePrefix(own[end:]) // 华润青州制药
		if w, _ := r.l.bodies.prefix(own[at:]); w != "" && (at+len(w) < len(own) || p.listed && p.tail == "") && !vehicles.MatchString(own[at:]) {
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
				if r.tradeOfPlant(own, core, i) {
					return core
				}
			}
			longer, _ := r.l.bodies.prefix(own[core:]) // 生物科技, not 生物
			i = max(i, core+len(longer))
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
	return len(w) > end-core || themed.MatchString(own[end:])
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
		case core == "" || inNumeral(firstRune(own)) || r.l.generic.Has(core) || strings.ContainsAny(core, "、,“和与") || anybody.MatchString(core) || runes(own[:i]) > 16:
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
	return len(tokens) == 1 && runes(c.s[start:end]) == 2 && strings.HasPrefix(tokens[0].Tag, "n") && !r.l.known(c.s[start:end])
}

// brandEnd is the length of what may be a brand, with the place before it, at the beginning of a
// member's own words.
func (r *Reader) brandEnd(c *clause, m *member, p *piece, sector string, place int) int {
	own := c.s[m.start:m.end]
	if place > 0 && strings.HasPrefix(own[place:], "至") {
		return 0 // 青州至长宁管道
	}
	if runes(own[place:]) == 1 {
		place = 0 // what begins like a place: 青州 of 青州成
	}
	if (sector == "energy" || sector == "industry") && place == 0 { // 宏运青州光伏: the firm, and then where
		for i := range own {
			if w, _ := r.l.places.prefix(own[i:]); w != "" && r.brand(c, m.start, m.start+i) >= hinted {
				return i
			}
		}
	}
	if r.l.opensPlainly(own[place:]) {
		return 0
	}
	ownKind := m.headKind
	if own != m.name {
		_, ownKind = r.l.head(own)
	}
	invested := strings.Contains(p.class, "项目")
	bare := ownKind == unknown && p.listed && p.tail == "" && (runes(own) > 3 || invested)
	bred := strings.Contains(m.name, "养殖")
	listed := p.listed && invested && ventures[sector] && !publicEnd.MatchString(m.name)
	madeOf := (invested && !siting[sector] || reused.MatchString(m.name)) && !publicEnd.MatchString(m.name)
	made := madeOf || sector == "industry" && !mined.MatchString(own) || listed || bred || bare && invested || p.listed && place == 0 && sector == "commerce_logistics" && !publicEnd.MatchString(own)
	least := hinted
	computing := p.tail == "" && computingEnd.MatchString(m.name)
	if laboratory.MatchString(own) {
		least = strong
	} else if p.listed && sector == "industry" && invested {
		least = possible // a list of plants
	} else if p.listed && sector == "industry" || invested || bred || bare || sector == "industry" && (place > 0 || strings.HasSuffix(m.name, "项目") || plant.MatchString(m.name)) {
		least = mild // a list of plants, or a name with its town
	}
	known, _ := r.l.brands.prefix(own[place:])
	named := (invested || strings.HasSuffix(m.name, "项目") || strings.HasSuffix(own, "项目")) && !publicEnd.MatchString(m.name) && (!siting[sector] || sector == "health" || known != "")
	park := parkEnd.MatchString(own)
	if !made && !named && !computing && (!park || place > 0) && !numeric(own) && !strings.Contains(own, "年") {
		return 0
	}
	if place == 0 && known == "" && own[0] >= '0' && own[0] <= '9' {
		return 0 // no brand begins with a figure
	}
	if needs := made && least < hinted || computing || named && processed.MatchString(m.name); !needs && known == "" && kindsOf.in(own)&(figure|year) == 0 && !r.l.liked[hinted].In(firstRunes(own[place:], longestBrand)) {
		return 0 // nothing hints at a brand, and less would not do
	}
	i := place + r.cut(c, m.start+place, m.end)
	if place == 0 && r.l.bodies.Has(own[:i]) {
		return 0 // a trade: 钒钛
	}
	sure := func() sureness { return r.brand(c, m.start+place, m.start+i) }
	switch {
	case (sector == "industry" || sector == "other") && p.listed && stageAlone.MatchString(own[i:]) && runes(own[place:i]) <= longestBrand && !r.l.known(own[place:i]) && !r.placeName(c, m.start+place, m.start+i):
		return i // 顺诺二期: what has stages and is called nothing else is a plant
	case capacityNext.MatchString(own[i:]):
		if s := sure(); s >= possible && !siteNext.MatchString(own[i:]) || s == strong || place > 0 && valley.MatchString(own[place:i]) {
			return i
		}
	case i == len(own) && ownKind != unknown:
	case park:
		if place == 0 && runes(own[i:]) > 2 && !placeEnding.In(own[:i]) && (sure() == strong || p.listed && invested && sector == "commerce_logistics" && sure() >= hinted) {
			return i
		}
	default:
		s := sure()
		brand := made && s >= least || named && (s == strong || sector == "other" && s >= hinted) || (computing || named && processed.MatchString(m.name)) && s >= mild
		researches := s >= hinted && laboratory.MatchString(own) && second.MatchString(own[i:])
		if !brand && !researches || s < mild && (place > 0 || runes(own[:i]) > 3) && least == possible || r.sited(c, own[place:i]) {
			return 0
		}
		if brand && secondSized.MatchString(own[i:]) {
			i += len("北方")
		}
		return i + len(second.FindString(own[i:]))
	}
	return 0
}

// sited reports whether the text speaks of a place of a name: 青石镇 says where 青石光伏 stands.
func (r *Reader) sited(c *clause, name string) bool {
	if name == "" {
		return false
	}
	for rest := c.t.Folded; ; {
		at := index(rest, name)
		if at < 0 {
			return false
		}
		rest = rest[at+len(name):]
		if site.MatchString(rest) {
			return true
		}
	}
}

// site is what follows the name of a place.
var site = pattern.MustCompile(`^(?:[县区市镇乡村旗州湖河江山岛湾]|街道|社区|新城|大道|景区|片区|组团|铁路|高铁|高速|公路|沙漠|戈壁|草原|故里|故居|遗址)`)

// unlikeFirst are characters that unlisted firms' names do not begin with.
const unlikeFirst = "低高超全非亚无双"

// opensPlainly reports whether no brand begins like s: with a word that names use, as brand has it.
func (l *lexicon) opensPlainly(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	second, more := utf8.DecodeRuneInString(s[size:])
	if second == '化' || second == '谷' || l.brands.PrefixLen(s) > 0 {
		return false
	}
	if strings.ContainsRune(unlikeFirst, first) {
		return true
	}
	word := s[:size+more]
	tells, _ := l.sectors.Get(word)
	return tells.inside.weight > 0 || l.heads.Has(word) || l.generic.Has(word)
}

// cut returns where behind the first two characters of a stretch a trade, an amount or a plain word
// begins, as an offset from start; its length where none does.
func (r *Reader) cut(c *clause, start, end int) int {
	if w, _ := r.l.brands.prefix(c.s[start:end]); w != "" && !ofPlace.MatchString(c.s[start+len(w):end]) {
		return len(w)
	}
	for _, token := range r.tokens(c, start, end) {
		at := token.Start - c.span.Start - start
		plain := runes(token.Text) > 1 && !isName(token.Tag)
		n := runes(c.s[start : start+at])
		if n == 1 && plain && r.l.trade(c.s[start+at:end]) {
			return at // one character before a trade is no name
		}
		if n >= 2 && (plain || r.l.trade(c.s[start+at:end]) || finer.MatchString(c.s[start+at:end])) {
			if last := lastRune(c.s[start : start+at]); n > 2 && strings.ContainsRune("炭碳铝铜钢镁铁锂硅", last) {
				at -= utf8.RuneLen(last) // 宏运碳|材料
			}
			return at
		}
		for i := range token.Text {
			if w, _ := r.l.longestSector(c.s[start+at+i : end]); runes(w) > 1 && runes(c.s[start:start+at+i]) >= 2 {
				return at + i
			}
		}
	}
	return end - start
}

// finer opens what a firm makes: 宏运|高纯铝粉.
var finer = pattern.MustCompile(`^(?:[乙丙丁戊己聚]|超[细薄纯高]|[热冷]轧|高[纯端强精]|低碳|新型|特种|精[密细]|纳米|智能|绿色)`)

// sureness is how much a stretch looks like a brand.
type sureness int

const (
	unlike   sureness = iota
	possible          // nothing speaks against it
	mild              // a word tagged as a name, or a character that villages' names hold, too
	hinted            // a character that firms like in their names
	strong            // at least two such characters
)

// longestBrand is the length, in characters, of what is taken for a brand that no list has.
const longestBrand = 6

// brand judges whether a stretch may be a firm's name without 公司 or the like.
func (r *Reader) brand(c *clause, start, end int) sureness {
	name := c.s[start:end]
	if _, known := r.l.brands.Get(name); known {
		return strong
	}
	if r.chemicalWorks(c, start, end) {
		return mild
	}
	if n := runes(name); n < 2 || n > longestBrand || strings.ContainsAny(name, "0123456789、的“”—-") || notLast.Has(lastRune(name)) || products.Has(lastRune(name)) {
		return unlike
	}
	if _, k := r.l.head(name); k != unknown || r.l.known(name) || strings.ContainsRune(unlikeFirst, firstRune(name)) || chemical.MatchString(name) || doings.MatchString(name) || !r.proper(c, start, end) || r.placeName(c, start, end) {
		return unlike
	}
	n, liked := 0, r.l.liked[hinted]
	for _, ch := range name {
		if liked.Has(ch) {
			n++
		}
	}
	if n > 1 {
		return strong
	}
	switch {
	case n == 1:
		return hinted
	case r.l.liked[mild].In(name) || r.anyName(c, start, end):
		return mild
	}
	return possible
}

// chemicalWorks reports whether a stretch is a character and 化 that make no word, as the short names
// of chemical works do.
func (r *Reader) chemicalWorks(c *clause, start, end int) bool {
	name := c.s[start:end]
	if runes(name) != 2 || lastRune(name) != '化' || strings.ContainsRune(turned, firstRune(name)) {
		return false
	}
	return len(r.tokens(c, start, end)) == 2
}

// turned are characters that 化 says a change of.
const turned = "氢氧氮碳硅硼硫磷氟氯钢铁铜铝锂老净数智绿硬固液气焦磁电热冷强优细深高精特新专简"

// anyName reports whether a word of a stretch is tagged as a person's or a brand's name, or is
// unknown.
func (r *Reader) anyName(c *clause, start, end int) bool {
	for _, token := range r.tokens(c, start, end) {
		if isName(token.Tag) && token.Tag != "ns" {
			return true
		}
	}
	return false
}

// placePrefix is the length of the names of places that s begins with: 青州, 川南.
func (l *lexicon) placePrefix(s string) int {
	n := 0
	for {
		w, _ := l.places.prefix(s[n:])
		if r := regional.FindString(s[n:]); len(r) > len(w) {
			w = r
		}
		if w == "" || l.firm(s[n:]) >= len(w) {
			return n
		}
		n += len(w)
		n += len(zoneNext.FindString(s[n:]))
	}
}

// firm is the length of the known enterprise that s begins with.
func (l *lexicon) firm(s string) int {
	f, _ := l.firms.prefix(s)
	return len(f)
}

// opensFirm reports whether a name begins with a known enterprise and goes on with what it builds.
func (l *lexicon) opensFirm(name string) bool {
	n := l.firm(name)
	return n > 0 && n < len(name) && !ofPlace.MatchString(name[n:])
}

// vehicles are what 新能源 says the drive of, not the firm that makes them.
var vehicles = pattern.MustCompile(`^新能源(?:[商乘专]用车|汽车|重卡|客车|货车|车)`)

// second is an ordinary word that firms' names go on with.
var second = pattern.MustCompile(`^(?:时代|世纪|国际|动力|传动|精工|精密)`)

// epoch is one that stands behind a place's name, too.
var epoch = pattern.MustCompile(`^(?:时代|世纪)`)

// secondSized are others that need a size behind them, being parts of the country, too.
var secondSized = pattern.MustCompile(`^[北南东]方[0-9]`)

// valley is a firm's name behind a place's: 青州碳谷.
var valley = pattern.MustCompile(`^[碳硅铝锂镁钢药]谷$`)

// stageNext and phase are a stage and a stage or a size that follows a firm's name.
var (
	stageNext  = pattern.MustCompile(`^\(?[一二三四五]期`)
	stageAlone = pattern.MustCompile(`^\(?[一二三四五]期\)?(?:项目)?$`)
)

var phase = pattern.MustCompile(`^(?:\(?[一二三四五]期|年产|[0-9])`)

// communal are the sectors whose names hold firms' names by chance.
var communal = map[string]bool{"water": true, "education": true, "health": true, "social": true, "urban": true}

var (
	// regional are parts of the country that are no divisions: 川南, 京津冀, 中德.
	regional = pattern.MustCompile(`^(?:[京津冀晋蒙辽黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川滇藏陕陇](?:[东西南北中]{1,2}|[京津冀晋蒙辽黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川滇藏陕陇]+)|[华东西][东西南北中]|长三角|珠三角|大湾区|中[德俄日韩法英美意欧]|京[杭沪广九沈哈]|[沪成渝汉]昆|成渝(?:中线)?)`)
	zoneNext = pattern.MustCompile(`^(?:经开区|高新区|开发区|新区|工业园区|园区|综保区|港区|市|县|区|州|盟|旗)`)
	// ofPlace is what makes a firm's name part of a place's or a word: 万达广场, 曙光路, 中国电子商务.
	ofPlace = pattern.MustCompile(`^[路街村镇乡桥湖山河江沟湾岛岭堆]|^区[^域]|^大[道桥]|^隧道|^(?:历史|古|老|教堂|商务|竞技|文化|不夜城)|广场(?:[一二三四]期)?$`)
	// siteNext are amounts of what stands on a site: 青石坡30万千瓦风电.
	siteNext = pattern.MustCompile(`^[0-9.]+万?[千兆]瓦`)
	// doings are verbs with an object each: 招商引智, 引江济湖.
	doings   = pattern.MustCompile(`^引[一-龥]{1,3}[济入补]|^[招引增扩提稳促补强育聚保][一-龥][招引增扩提稳促补强育聚保][一-龥]$`)
	chemical = pattern.MustCompile(`[氢氧氮碳硅硼硫磷氟氯铝铁铜镁锂镍钴锰钛钒钨铬锌锡铅银金竹木石][基系]|^[己丁丙乙甲聚环]?[一-龥]?酰`)
)

// Firms' names end neither in a material or a machine nor in a place, a direction or a suffix.
var (
	products = vocabulary.RunesOf("猪牛羊鸡鸭鹅鱼虾蟹蚕蜂氢氧氮酸胺烯醇酯酮醛苯酐剂液膜料菌素酶苗种机器件板管材池纸布纤药酒茶肉果菜粮油糖奶乳盐矿石砂粉肥碱气煤焦炭钢铁铝铜锌铅棒线缆瓷砖泥窑炉塔车船艇参")
	notLast  = vocabulary.RunesOf(placeRunes + "坪坝岔沱滩洲岛峡峪店铺集寨营屯坊冲墩湾港口头寺庙庵楼城关塬川岗坎洼坑省市县区州旗盟东西南北中内外前后上下级都性型式类化")
)

// capacityNext is the size that a plant's name goes on with: 宏运年产
// 5万吨铝箔, 恒泰百万头生猪养殖.
var capacityNext = pattern.MustCompile(`^(?:年产|年加工|年处理|年出栏|[0-9.]+[余多]?万?(?:吨|头|只|套|台|辆|片|兆瓦|千瓦|GW|MW)|[百千]?万(?:吨|头|只))`)

var spoken = pattern.MustCompile(`^(?:[^、]{0,6}?)(?:支持|鼓励|引导|引进|推进|推动|加快|实施|发挥|依托|以)+([^、]{3,10})`)

// spokenOf returns the enterprise that a clause opens with, "" for several, and whether there is
// one: 支持宏运科技攻关…, 宏运药业项目投产.
func (r *Reader) spokenOf(c *clause) (string, bool) {
	at := 0
	if m := spoken.FindStringSubmatchIndex(c.s); m != nil {
		at = m[2]
	}
	if n := r.company(c.s[at:]); n > 0 {
		if r.several(c.s[at+n:]) {
			return "", true
		}
		return c.s[at : at+n], true
	}
	const longest = 8
	for i, n := at, 0; n <= longest; n++ {
		w, kind := r.l.bodies.suffix(c.s[at:i])
		if w != "" && n-runes(w) >= 2 && kind < hospital && r.proper(c, at, i-len(w)) {
			if r.several(c.s[i:]) {
				return "", true
			}
			name := r.body(c, c.s[at:i])
			return name, name != ""
		}
		if i == len(c.s) {
			break
		}
		_, size := utf8.DecodeRuneInString(c.s[i:])
		i += size
	}
	return "", false
}

// several reports whether what stands behind a firm makes it one of several.
func (r *Reader) several(s string) bool { return among.MatchString(s) || others.MatchString(s) }

// among follows one of several that are spoken of, others closes a list of what several do.
var (
	among  = pattern.MustCompile(`^(?:、|等)`)
	others = pattern.MustCompile(`等[0-9一二三四五六七八九十]*[个项大]?[^、,]{0,6}(?:项目|工程)`)
)

// ventures are the sectors besides industry in which a list of projects names mostly enterprises,
// publicEnd what their other names end in; siting are those that name places.
var (
	siting    = map[string]bool{"energy": true, "transport": true, "water": true, "environment": true, "urban": true, "education": true, "health": true, "culture_tourism": true, "social": true, "park": true}
	ventures  = map[string]bool{"energy": true, "digital": true, "commerce_logistics": true}
	publicEnd = pattern.MustCompile(`(?:[园区街城场站线庄网库]|中心|平台|电站|煤矿|风电|光伏|输变电|抽水蓄能|集群|矿|采选|电厂|热电)(?:项目|工程)?(?:[一二三四五]期)?$`)
)

// laboratory ends the names of places of research, which begin with a science.
var laboratory = pattern.MustCompile(`(?:实验室|研究院|研究所|(?:研究|研发|技术|创新)中心)$`)

// computingEnd ends what firms run for computing, processed what a factory does.
var (
	computingEnd = pattern.MustCompile(`(?:(?:智算|算力|超算|数据)(?:中心|基地)|智算)(?:项目|工程)?(?:[一二三四五]期)?$`)
	processed    = pattern.MustCompile(`(?:加工|生产|制造|总部|电商|云计算|软件)(?:基地)?项目$`)
)

// plant ends the names of what a firm produces in.
var plant = pattern.MustCompile(`(?:生产线|产线|工厂|(?:生产|制造|加工)基地|车间)(?:[一二三四五]期)?$`)

// reused ends what firms make of waste.
var reused = pattern.MustCompile(`(?:综合|再生|循环|回收)利用(?:基地|工厂|产线)?(?:项目)?(?:[一二三四五]期)?$`)

// mined is named after its site, or not at all.
var mined = pattern.MustCompile(`矿|采选`)

// parkEnd is what names that begin with a place end in.
var parkEnd = pattern.MustCompile(`(?:园|园区|廊道|学院|研究院)(?:项目|工程)?$`)

// partOfPlace is what makes 青河食品 and 云山科技 part of a park's or a school's name.
var partOfPlace = pattern.MustCompile(`^(?:开发区|经开区|高新区|新区|湾区|园|馆|城|谷|港|产业园|工业园|园区|小镇|职业|学院|大学|学校|研究院|研究所|技术|创新|生态|博览|交易|市场|基地|中心|走廊|新城|企业|行业)`)

// tokens are the words of a stretch of a clause, which are asked for again and again.
func (r *Reader) tokens(c *clause, start, end int) []segment.Token {
	span := segment.Span{Start: c.span.Start + start, End: c.span.Start + end}
	if c.cut == nil {
		return r.words.Tokens(c.t, span)
	}
	for _, known := range c.cut.spans {
		if tokens := known.upTo(span); tokens != nil {
			return tokens
		}
	}
	before := len(c.cut.tokens)
	c.cut.tokens = r.words.AppendTokens(c.cut.tokens, c.t, span)
	tokens := c.cut.tokens[before:]
	c.cut.spans = append(c.cut.spans, cutSpan{span, tokens})
	return tokens
}

// placeName reports whether a stretch is the name of a place as the dictionary has it.
func (r *Reader) placeName(c *clause, start, end int) bool {
	tokens := r.tokens(c, start, end)
	return len(tokens) == 1 && tokens[0].Tag == "ns"
}

// trade reports whether s begins with a number or a word that is no proper name's.
func (l *lexicon) trade(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	w, _ := l.longestSector(s)
	return w != "" || isNumeral(first) || l.known(s)
}

// wording is what the dictionary says of a member's own words. They are cut when first asked for:
// most members are judged without.
type wording struct {
	*Reader
	c          *clause
	start, end int
	tokens     []segment.Token

	judged, plain, ordinary bool
	asked, known            bool
}

func (w *wording) cut() []segment.Token {
	if w.tokens == nil {
		w.tokens = w.Reader.tokens(w.c, w.start, w.end)
	}
	return w.tokens
}

// plain reports whether a member's own words are of two characters or more, in the dictionary and
// no names.
func (m *member) plain() bool {
	plain, _ := m.common()
	return plain
}

// worksOnPlain reports whether what a work is done to is told in plain words: 中小剧场提质升级.
func (m *member) worksOnPlain() bool {
	if m.plain() {
		return true
	}
	w := &m.words
	if w.Reader == nil {
		return false
	}
	word, _ := w.l.head(w.c.s[w.start:w.end])
	if word == "" || len(word) >= w.end-w.start || strings.HasSuffix(word, "建") {
		return false // 丝绸博物馆迁建: there is one
	}
	plain, _ := common(w.Reader.tokens(w.c, w.start, w.end-len(word)))
	return plain
}

// ordinary is plain, but allows a last word of one character, as 步行街 ends in.
func (m *member) ordinary() bool {
	_, ordinary := m.common()
	return ordinary
}

func (m *member) common() (plain, ordinary bool) {
	if m.words.Reader == nil {
		return false, false
	}
	if w := &m.words; !w.judged {
		w.plain, w.ordinary = common(w.cut())
		w.judged = true
	}
	return m.words.plain, m.words.ordinary
}

func common(tokens []segment.Token) (plain, ordinary bool) {
	for i, token := range tokens {
		switch short := runes(token.Text) == 1; {
		case isName(token.Tag), token.Tag == "m", token.Tag == "eng", short && (i == 0 || i < len(tokens)-1):
			return false, false
		case short:
			return false, true
		}
	}
	return true, true
}

// modifiers are characters that open ordinary nouns: 旧城, 老街.
const modifiers = "新旧老大小中高低东西南北各农城全水村县市区省国"

// known reports whether a member's own words begin with one that names use.
func (m *member) known() bool {
	w := &m.words
	if w.Reader == nil {
		return true
	}
	if !w.asked {
		w.asked, w.known = true, w.l.known(w.c.s[w.start:w.end])
	}
	return w.known
}

// proper reports whether the first of a member's own words is a name, or none that the dictionary
// has.
func (m *member) proper() bool {
	if m.known() {
		return false
	}
	tokens := m.words.cut()
	if len(tokens) < 2 {
		return false
	}
	first := tokens[0]
	single := runes(first.Text) == 1 && runes(tokens[1].Text) == 1 && first.Tag != "m" && !strings.Contains(modifiers, first.Text)
	return single || isName(first.Tag) && runes(first.Text) > 1
}

// isName reports whether a part of speech is a proper name's, or unknown.
func isName(tag string) bool {
	return strings.HasPrefix(tag, "nr") || tag == "ns" || tag == "nt" || tag == "nz" || tag == "x"
}

var (
	placedAt    = pattern.MustCompile(`在[^、]{2,8}$`) // 宏运在青州
	joined      = pattern.MustCompile(`^[与由在]`)
	companyNext = pattern.MustCompile(`^(?:集团)?(?:有限)?公司|^集团`)
	companyEnd  = pattern.MustCompile(`^.{2,10}?(?:公司|集团)`)

	companyWhole = pattern.MustCompile(`^.{2,10}(?:公司|集团|科技|股份)$`)
)

// body is an owner without the words around it: 与中南大学, 宏康制药公司技改. It is "" for what is
// no one's name: a place, or a plain word.
func (r *Reader) body(c *clause, owner string) string {
	owner = placedAt.ReplaceAllLiteralString(joined.ReplaceAllLiteralString(owner, ""), "")
	if end := companyEnd.FindString(owner); end != "" {
		owner = end
	}
	if runes(owner) < 2 || anybody.MatchString(owner) {
		return ""
	}
	at := strings.Index(c.s, owner)
	if at < 0 {
		return owner
	}
	if !r.someone(c, at, at+len(owner)) {
		return ""
	}
	return owner + companyNext.FindString(c.s[at+len(owner):])
}

// institution is what names of bodies besides firms end in.
var institution = pattern.MustCompile(`(?:大学|学院|研究院|研究所|实验室|医院|卫生院|保健院|疾控中心|学校|[0-9一二三四五六七八九十]中|中学|小学|新区|高新区|经开区|开发区|园区|机场|交易所|银行|合作社|供销社|联社|农场|电视台|协会|商会|局|委|办|镇|乡|街道)$`)

// someone reports whether a stretch names a body: by its end, or as a brand does.
func (r *Reader) someone(c *clause, start, end int) bool {
	name := c.s[start:end]
	if r.company(name) == len(name) {
		return true
	}
	if w, kind := r.l.bodies.suffix(name); w != "" && !r.l.opens(name) && len(w) < len(name) && (kind != trade || r.l.placePrefix(name[:len(name)-len(w)]) < len(name)-len(w)) {
		return true
	}
	if institution.MatchString(name) {
		return true
	}
	place := r.l.placePrefix(name)
	return r.l.firm(name[place:]) > 0 || r.brand(c, start+place, end) >= possible
}

// proper reports whether a stretch of a clause may be a proper name: it holds no plain word of two
// characters or more.
func (r *Reader) proper(c *clause, start, end int) bool {
	own := c.s[start:end]
	if strings.ContainsAny(own, "0123456789“”()、的及") {
		return false
	}
	for _, token := range r.tokens(c, start, end) {
		if runes(token.Text) > 1 && !isName(token.Tag) {
			return false
		}
	}
	return true
}
