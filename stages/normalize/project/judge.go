package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// anchored reports whether a name of works, which its head closes, tells a thing or a place that they are done to.
func (l *lexicon) anchored(name, head string) bool {
	rest := strings.TrimSuffix(name, head)
	if rest == "" {
		return false
	}
	if l.bodies.contains(rest) {
		return true
	}
	for i := 0; i < len(rest); {
		if g, _ := l.generic.prefix(rest[i:]); g != "" {
			i += len(g)
			continue
		}
		r, size := utf8.DecodeRuneInString(rest[i:])
		if placeEnding.Has(r) {
			return true
		}
		i += size
	}
	_, k := l.head(strings.TrimSuffix(rest, "、"))
	return k == facility || k == works || k == vague
}

// merelyBetter reports whether a name ends in 提升 or 升级 without a thing that gets better: 村容村貌提升.
func (l *lexicon) merelyBetter(name string) bool {
	name = withoutProject(name)
	word, _ := l.head(name)
	if word != "提升" && word != "升级" {
		return false
	}
	rest := strings.TrimSuffix(name, word)
	how, _ := howBetter.Suffix(rest)
	_, k := l.head(strings.TrimSuffix(rest, how))
	return k == unknown || k == none || k == projects
}

// howBetter stands between a thing and its 提升.
var howBetter = vocabulary.Of("优化", "巩固", "整体", "达标", "综合", "全面", "规范", "智能化", "数字化", "标准化")

// placeRunes are the characters that names of places and things end in.
const placeRunes = "河湖渠池江溪沟塘库海湾路街道线桥巷镇乡村庄山岭堡园院段坑坡期号站厂矿"

var placeEnding = vocabulary.RunesOf(placeRunes)

// slogan is a programme of programmes (实施五大系统工程), a means (以水润城), an aim (打造区域
// 商贸中心) or a direction (推动管理向小巷延伸).
var (
	slogan       = pattern.MustCompile(`.”为“|升级为|争创|[二三四五六七八九十]大(?:[^大]{0,2})?工程”?$|向.+(?:延伸|倾斜|景区|转变|拓展)$`)
	sloganOpener = pattern.MustCompile(`^[以与每]|^结对帮扶|^(?:[0-9]+个)?[百千万]亿[元级]?(?:产业)?园区|^“[一二两三四五六七八九十百千]个|^(?:利用|盘活|实现|融入|参与|推动|促进)|^区域(?:[^医性]|性[^医养公])|^(?:中国|全国|全球|世界)[^“—心]*(?:基地|高地|之都)$|^高端[^“]*产业基地$|^开通`)
)

// manyWorks closes a list of programmes: 等十大工程.
var manyWorks = pattern.MustCompile(`^方面|环节|“?[二三四五六七八九十]大(?:[^大园]{0,2})?(?:工程|行动|计划)`)

// wholeTrade is a work on all firms of a trade.
var wholeTrade = pattern.MustCompile(`行业|产业(?:技改|改造|提升)`)

// ofClass reports whether a member's name ends in what there are many of, a work on it included, and
// whether it is a class and words that name nothing: 区级综合管廊.
func (l *lexicon) ofClass(m *member) (mere, ofClass bool) {
	w, _ := l.classes.suffix(m.name)
	if w == "" {
		if m.headKind == works {
			w, _ = l.classes.suffix(strings.TrimSuffix(m.name, m.head))
		}
		return false, w != ""
	}
	for name := strings.TrimSuffix(m.name, w); name != ""; {
		g, _ := l.generic.prefix(name)
		if g == "" {
			return false, true
		}
		name = name[len(g):]
	}
	return true, true
}

// coded is a programme that goes by a number: “三个十万”工程, “十个一体化”工程.
var coded = pattern.MustCompile(`“[^”]*(?:[二两三四五六七八九十百千万双多]|一[^泓江河湖渠])[^”]*”?工程”?$|^“[一二两三四五六七八九十]项?[^”]{0,6}(?:治理|整治|提升|改造)”$`)

// summed is a programme of one aim and another: “绿电+储能”工程.
var summed = pattern.MustCompile(`^“[^”]*\+[^”]*”工程$`)

// adding are the soft verbs that put up something new; the others make more of what is there.
var adding = pattern.MustCompile(`^提升|建强|扩充|新增|增设|设立|创建|引进|发展|配备|建立|组建|打造|开展`)

// outlined is a plan told in numbers: “两地五中心”.
var outlined = pattern.MustCompile(`^“(?:[一两二三四五六七八九十][^”一两二三四五六七八九十]{1,3}){2,}”$`)

// groundBroken are the verbs that tell a work on site from a campaign, so that even a name that says
// nothing of its kind stands for one: 开工建设“柳岸花溪”.
var groundBroken = pattern.MustCompile(`^(?:开工|开工建设|新开工|动工|动工建设)$`)

// nicknamed reports whether a name is a quotation alone.
func nicknamed(name string) bool {
	n := enclosedLength(name)
	return n > 0 && n == len(name) && !numeric(name) && runes(name) <= 10
}

// attracted are the verbs of winning investors; a kind of project is not yet one.
var attracted = pattern.MustCompile(`^(?:招引|引进|吸引|争取|积极争取)$`)

// programme reports whether what is called 工程 puts nothing up: 消费潜能挖掘工程.
func (l *lexicon) programme(m *member, rule string) bool {
	if m.has&pairMark != 0 && (outlined.MatchString(m.name) && !together.MatchString(m.name) || coded.MatchString(m.name) || summed.MatchString(m.name)) {
		return true
	}
	if m.count == 0 && m.kind == projects && attracted.MatchString(rule) && m.plain() {
		return true
	}
	core, called := strings.CutSuffix(strings.TrimSuffix(m.name, "”"), "工程")
	if !called || m.measured {
		return false
	}
	switch m.kind {
	case projects:
		return l.abstract.contains(core) && !m.proper() || m.owner == "" && !l.tangible(core)
	case works:
		head, _ := l.head(core)
		return !l.anchored(core, head) && l.abstract.contains(core) && !m.proper()
	}
	return false
}

// tangible reports whether something is named that a work could put up: a trade or a thing, not
// schooling, health or culture alone.
func (l *lexicon) tangible(core string) bool {
	physical := false
	for i := range core {
		word, s := l.longestSector(core[i:])
		physical = physical || runes(word) > 1 && !untouchable[l.sectorNames[s.number]]
	}
	return tangibles.In(core) || l.placePrefix(core) > 0 || strings.HasSuffix(core, "期") || strings.HasSuffix(core, "阶段") || physical || diverted.MatchString(core)
}

// diverted is water that is led elsewhere: 引青济柳.
var diverted = pattern.MustCompile(`^引.[济入补].$`)

// untouchable are the sectors whose words name no thing.
var untouchable = map[string]bool{"education": true, "health": true, "culture_tourism": true}

// tangibles are the characters of what works put up or flows in it.
var tangibles = vocabulary.RunesOf("水电气热管网线路桥渠坝堤灌铁轨站厂矿林绿污净渣库塔隧港码楼房校舍馆河湖沟")

// refuses reports whether a name holds a word of campaigns; a trial is one unless it is a place's
// project.
func (l *lexicon) refuses(m *member) bool {
	if strings.Contains(m.name, "试点") {
		called := strings.HasSuffix(m.name, "试点项目") || strings.HasSuffix(m.name, "试点工程")
		if !called || !m.measured && !m.proper() && l.placePrefix(m.name) == 0 {
			return true
		}
	}
	return l.refused.contains(m.name) && l.refused.contains(excused.ReplaceAllLiteralString(m.name, ""))
}

// excused are works whose names hold such a word: 平安高速, 锅炉淘汰改造.
var excused = pattern.MustCompile(`淘汰改造|(?:平安|都市圈)[^、]{0,4}(?:高速|环线|铁路|公路|大桥)`)

// sector classifies by the first of names in which a word tells; ok is false where none does.
func (l *lexicon) sector(names ...string) (string, bool) {
	for _, name := range names {
		if s, weight := l.strongest(name); weight > 0 {
			return s, true
		}
	}
	return "other", false
}

// ofSector reports whether a word of a name tells its sector.
func (l *lexicon) ofSector(name string) bool {
	for i := 0; i < len(name); {
		kinds, size := l.kinds.at(name, i)
		if kinds&sectorial != 0 {
			word, s := l.sectorAt(name[i:])
			if s.weight > 0 {
				return true
			}
			size = max(size, len(word))
		}
		i += size
	}
	_, weight := l.strongest(name)
	return weight > 0
}

// strongest is the sector of the strongest word in a name, the later of equals, and its weight, 0 where no word tells.
func (l *lexicon) strongest(name string) (best string, weight uint8) {
	if kindsOf.in(name)&pairMark != 0 {
		name = quotes.Replace(name)
	}
	if road.MatchString(name) {
		best, weight = "transport", 7
	}
	reach, bare := 0, -1
	for i := 0; i < len(name); {
		kinds, size := l.kinds.at(name, i)
		if kinds&sectorial == 0 {
			i += size
			continue
		}
		if bare < 0 {
			bare = len(l.undone(name))
		}
		word, s := l.sectorAt(name[i:])
		if s.weight == 0 {
			i += max(size, len(word))
			continue
		}
		if i < bare && bare < len(name) {
			if w, own := l.sectorAt(name[i:bare]); own.weight >= s.weight {
				word, s = w, own // 路 in 青云路改造
			}
		}
		if s.weight >= weight {
			best, weight, reach = l.sectorNames[s.number], s.weight, i+len(word)
		}
		i += size
	}
	called := withoutProject(name)
	for _, e := range siteEnds {
		if e.over[best] && (reach < bare && e.name.MatchString(name[:bare]) || reach < len(called) && e.name.MatchString(called)) {
			return e.sector, weight
		}
	}
	return best, weight
}

// road is the number of one: S204柳湾至青溪段.
var road = pattern.MustCompile(`^[GSX][0-9]{1,4}(?:[^0-9]|$)`)

// undone is a name without the works, stages and brackets that close it: what they are done to.
func (l *lexicon) undone(name string) string {
	for {
		rest := name
		if afterEnds.Has(lastRune(name)) {
			rest = strings.TrimRight(afterName.ReplaceAllLiteralString(name, ""), ")")
		}
		if word, k := l.head(rest); (k == works || k == projects) && len(word) < len(rest) {
			rest = rest[:len(rest)-len(word)]
		}
		if rest == "" || len(rest) == len(name) {
			return name
		}
		name = rest
	}
}

// afterName closes a name and tells no sector, and afterEnds are the characters that it ends in.
var (
	afterName = pattern.MustCompile(`\([^()]*\)$|[一二三四五六七八九十0-9]+[期段]$|转型$|(?:配套|附属|相关)*(?:基础)?设施$|及?配套$|[0-9.]+[万亿]?[余多]?[个座条处所家亩套]$`)
	afterEnds = vocabulary.RunesOf(")期段型施套个座条处所家亩")
)

// sectorOfHead classifies the members of a list by the building that it says all of them are.
func (l *lexicon) sectorOfHead(class string) (string, bool) {
	e := l.ending(class, 0, len(class))
	if e.kind != facility || !strings.ContainsRune("馆院校圈线", lastRune(e.head)) {
		return "", false
	}
	return l.sector(class[:e.end])
}

var quotes = vocabulary.Without("“”")

// siteEnds are the ends of names that say more than the words before them: what serves many enterprises of a
// trade is a park, and what makes things is industry, whatever they are for.
var siteEnds = []struct {
	name   *pattern.Pattern
	sector string
	over   map[string]bool
}{
	{pattern.MustCompile(`(?:产业园|产业园区|工业园|工业园区|科技园|制造园|产业城|产业新城|产业[^、]{0,2}[集聚]{2}区)$`), "park",
		map[string]bool{"industry": true, "health": true, "energy": true, "other": true, "environment": true, "digital": true, "transport": true, "urban": true, "education": true}},
	{pattern.MustCompile(`(?:制造|生产|组装|总装|装备产业|设备产业)(?:基地|中心|工厂|厂|车间)?$`), "industry",
		map[string]bool{"energy": true, "other": true, "environment": true, "digital": true, "transport": true, "urban": true, "water": true, "health": true, "social": true, "culture_tourism": true, "commerce_logistics": true, "park": true}},
	{pattern.MustCompile(`园区?$`), "park", map[string]bool{"industry": true, "digital": true}},
}

// longestSector is prefix, minding words bound to the end.
func (l *lexicon) longestSector(s string) (word string, best sector) {
	if word, best = l.sectorAt(s); best.weight == 0 {
		return "", best
	}
	return word, best
}

// sectorAt is longestSector, mute words included.
func (l *lexicon) sectorAt(s string) (word string, best sector) {
	word, w := l.sectors.PrefixFunc(s, func(word string, w sectorWord) bool {
		return w.inside.weight > 0 || len(word) == len(s) && w.atEnd.weight > 0 || w.mute
	})
	if len(word) == len(s) {
		return word, w.atEnd
	}
	return word, w.inside
}

// honour is a title that a place, a park or a hospital may be given.
var honour = pattern.MustCompile(`(?:国家|全国|省级|自治区级|世界|[345]A|三级|三甲|甲等).*(?:区|市|县|镇|乡|村|街|医院|校|集群|先行区)$|国家公园$`)

// won is conferred without the applications: what is applied for is planned.
var won = pattern.MustCompile(`(?:创建|争创|创成|获批)$`)

// national is a rank that is awarded.
var national = pattern.MustCompile(`国家(?:级)?[^公]|全国|省级`)

// counts are the verbs of titles by number, ranked the titles: 新增省级示范基地3个.
var (
	counts = pattern.MustCompile(`^(?:新增|创建|争创|培育|获批|新增加|新认定)$`)
	ranked = pattern.MustCompile(`(?:国家|省|市|区|县|自治区)级|[345]A级`)
)

// recognised counts firms by the titles of their plants: 新增数字化工厂和车间80家.
var recognised = pattern.MustCompile(`(?:工厂|车间)(?:、.+|和.+)?[0-9]+家$`)

// conferred opens or closes the winning of a title: 争创国家级旅游度假区, 5A级景区创建.
var conferred = pattern.MustCompile(`(?:创建|争创|申创|创成|申报|获批|晋升|创评|申建)$`)

// title reports whether a member is a title to be won, no work: 创建国家4A级旅游景区.
func (p *passage) title(c *clause, q *phrase, m *member) bool {
	applied := strings.HasSuffix(strings.TrimSuffix(c.s[q.start:q.end], "工作"), "创建")
	if applied && q.rule != "以…为抓手" && (m.count > 0 || national.MatchString(m.name) || m.plain()) {
		return true
	}
	if won.MatchString(c.s[:m.start]) && national.MatchString(m.name) && (m.kind != facility || honour.MatchString(m.name)) {
		return true
	}
	if m.measured && counts.MatchString(q.rule) && ranked.MatchString(m.name) {
		return true
	}
	if counts.MatchString(q.rule) && recognised.MatchString(c.s[q.start:q.end]) {
		return true
	}
	if !honour.MatchString(m.name) {
		return false
	}
	return conferred.MatchString(q.rule) || conferred.MatchString(c.s[:m.start]) || applied
}
