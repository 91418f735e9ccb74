package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

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
var vehicles = pattern.MustCompile(`^新能源(?:[商乘专]用(?:汽车|车)|汽车|重卡|客车|货车|车)`)

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
	ofPlace = pattern.MustCompile(`^[路街村镇乡桥湖山河江沟湾岛岭堆]|^区[^域]|^大[道桥]|^隧道|^高速|^高铁|^铁路|^城际|^公路|^(?:历史|古|老|教堂|商务|竞技|文化|不夜城)|广场(?:[一二三四]期)?$`)
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
var partOfPlace = pattern.MustCompile(`^(?:试验|开发区|经开区|高新区|新区|湾区|园|馆|城|谷|港|产业园|工业园|园区|小镇|职业|学院|大学|学校|研究院|研究所|技术|创新|生态|博览|交易|市场|基地|中心|走廊|新城|企业|行业)`)
