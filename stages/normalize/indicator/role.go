package indicator

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/normalize/number"
	"xianzhi/stages/normalize/period"
	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
)

var (
	members     = pattern.MustCompile(`由[^,;:。]{0,16}$`) // 由9个国家20所大学组成的联盟
	composed    = pattern.MustCompile(`^[^,;:。]{0,16}组成的`)
	topShare    = pattern.MustCompile(`(?:居|列|排名|进入|跻身)[^,;:。\d]{0,8}前$`) // 排名进入全国前30%
	drugs       = pattern.MustCompile(`^(?:创新药|新药|疫苗|医疗器械)`)
	firstOne    = pattern.MustCompile(`首[台套艘架](?:套)?$`)
	sizedPlaces = pattern.MustCompile(`^[户人](?:及)?以[上下](?:的)?[^,;:。、\d]{0,12}?(?:村寨|自然村|村庄|聚居点|院落)`)
	labelBefore = pattern.MustCompile(`(?:第|国道|省道|县道|乡道|热线|编号|世界|全球|全国|全省|中国|民企|亚洲|列入|入围|入选|跻身|[Nn]o\.|TOP|top|Top|国发|号|〔|\[)$`)
	labelAfter  = pattern.MustCompile(`^(?:强|佳|优(?:[^化]|$)|号|版|型|A级|级|届|周年|路|线|国道|省道|热线|周岁|岁|平台|大|字|后|\+|条”|机制|工程”|行动”|岁及|点钟|世纪|年代|工作法|路线|开|期(?:工程|项目|建设)|号文)`)
	// 投资3.6亿元实施…, 总投资134亿元的…项目
	investBefore   = pattern.MustCompile(`(?:总投资额?|投资额?|计划投资|计划总投资|概算投资|概算总投资|估算投资|投入(?:资金)?|耗资|斥资|预算|概算)(?:约为|约|近|超过|超|达到|达|逾|额)?$`)
	buildAfter     = pattern.MustCompile(`^(?:元)?(?:继续|全面|重点|用于|大力)?(?:实施|新建|建设|建成|完成|改造|启动|打造|扩建|改扩建|兴建|修建|实现|对|开工|引进|在|进行|推进|重建|建)`)
	capacityBefore = pattern.MustCompile(`(?:年产能?|年处理|日处理能?力?|日供水|日产|年加工|年出栏|年屠宰|年吞吐量?|年发电|年输气|年生产|一期|二期|三期|库容|规模为?|单机)$`)
	projectNoun    = pattern.MustCompile(`^[^,;:。、]{0,24}(?:项目|工程|生产线|矿井|焦炉|高炉|转炉|机组|电站|电厂|基地|产业园|工业园|园区|厂|线路|变电站|变压器|改造|建设|技改|扩建|大桥|公路|水库|污水处理厂|厂房|中心|综合体|发电|光伏|风电|储能)`)
	genericBundle  = pattern.MustCompile(`^(?:个|项)?(?:市级|省级|县级|省市|市县|国家级)?(?:重点|重大|续建|新建|在建|新开工|产业|产业类|招商|招商引资|签约|亿元以上|储备|民生|实事|基础设施|社会民生|社会事业|城建|转型|工业|农业|产业类|类|市政|技改)*(?:建设)?(?:项目|工程|实事)`)
	// 以甲、乙等6个村为重点的示范片
	centre = pattern.MustCompile(`^[^,;:。、]{0,8}为(?:重点|核心|中心|主|轴心|依托)的`)
	// 列为全国首批3个试点县之一
	oneOf = pattern.MustCompile(`^[^,;:。、\d]{0,20}[^分,;:。、\d]之一(?:[,;:。]|$)`)
	// 各镇以1个产业为切入点
	starting    = pattern.MustCompile(`^[^,;:。、]{0,12}为(?:切入点|突破口|抓手|牵引|主线|载体|单元|样板)`)
	belowBefore = pattern.MustCompile(`(?:不达|不足|低于|高于|超过|不到|少于|达到|以上)$`)
	classNoun   = pattern.MustCompile(`^的[^,;:。、]{0,8}(?:户|人|人员|人口|群体|对象|企业|家庭|边缘户|农户)`)
	// 投资3.6亿元、17.5公里的…项目
	jointSize = pattern.MustCompile(`^、[\d.]+[^,;。\d]{1,5}的[^,;。]*(?:项目|工程)`)
	// 20公里城南线拓宽改造: a road by its name
	namedRoad   = pattern.MustCompile(`^(?:的)?(?:\d+[国省县]道|[^,;:。、农村]{2,16})(?:线|路|街|道|高速|渠|河|桥)(?:[^,;:。、]{0,6})(?:拓宽|改造|改扩建|新建|工程|建设|项目|延伸|改线|治理)`)
	genericRoad = pattern.MustCompile(`农村公路|四好|管网|管线|小街巷|街巷|通道|线路|主街道|旅游公路建设|省道建设|防火`)
	// 居全省第2位, 排名第3
	rankBefore = pattern.MustCompile(`(?:居|位列|列|排名?|排在|位次|名列|位于|跻身|[升移进]至|[升移进]到|由|从|进入)[^,;:。\d]{0,12}第$`)
	ofPlace    = pattern.MustCompile(`全[国省市区州盟县](?:\d+个[^,;:。、\d]{1,12})?第$`) // 增幅全省第4
	rankAfter  = pattern.MustCompile(`^(?:位|名|[,;。、)和]|$)`)
	// 6个超50亿元项目
	// 连跨4个千亿台阶
	// 出台“双招双引”20条
	policyName   = pattern.MustCompile(`(?:出台|制定|印发|发布)[^,;:。“]{0,6}“[^“”]+”$`)
	steps        = pattern.MustCompile(`^个[十百千万亿]*元?(?:级)?(?:新)?(?:台阶|关口|大关)`)
	beyondBefore = pattern.MustCompile(`(?:超|过|超过|上)$`)
	sizeClass    = pattern.MustCompile(`^(?:或[\d.]+[百千万亿]*美?元(?:以上)?)?的?[\x{4e00}-\x{9fff}]{0,4}?(?:项目|企业|产业|集群|园区)|^\p{Han}{0,10}(?:项目|企业)\d+[个家户]|^的(?:县|区|镇|乡|村|行政村|街道|市县|开发区|品牌)`)
	sizedOnly    = pattern.MustCompile(`^(?:、[\d.]+[百千万亿]+)*的?[\x{4e00}-\x{9fff}]{0,6}?(?:项目|企业|产业|集群|园区)`)
	thresholds   = pattern.MustCompile(`^、(?:[\d.]+[百千万亿]*元(?:以上|级)|[几数]?[十百千]+亿元(?:以上|级)?)的?\p{Han}{0,6}(?:项目|企业|产业|集群|园区)`)
	rangeClass   = pattern.MustCompile(`^的?(?:(?:[中高低]等?收入)?(?:群体|人群|家庭|农户|居民)|(?:重大|重点|优质|制造业|工业|产业|招商)*(?:项目|企业))`)
	ageAfter     = pattern.MustCompile(`^(?:周?岁|后)`)
	// 2021-01-12 09:15:31, the space between gone
	stamp = pattern.MustCompile(`(?:19|20)\d\d(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.|年\d{1,2}月)\d{1,2}日?\d{1,2}:\d{2}(?::\d{2})?`)
)

// classify decides what each numeral of the sentence is. Its rules are tried in order; the
// first that fits names itself in rule.
func (r *Reader) classify(t *segment.Text, sen segment.Sentence, s string, qs []quantity, times []period.Expression) {
	in := enclosing{quotes: newPair("“", "”"), titles: newPair("《", "》")}
	colon := false
	for _, at := range t.Marks(sen.Span) {
		switch mark := s[int(at)-sen.Start:]; {
		case mark[0] == ':':
			colon = true
		case strings.HasPrefix(mark, in.quotes.open):
			in.quotes.some = true
		case strings.HasPrefix(mark, in.titles.open):
			in.titles.some = true
		}
	}
	var stamps [][]int
	if colon {
		stamps = stamp.FindAllStringIndex(s, -1)
	}
	for i := range qs {
		q := &qs[i]
		if q.role, q.rule = r.roleOf(s, qs, i, times, &in); slices.ContainsFunc(stamps, func(m []int) bool { return q.start >= m[0] && q.start < m[1] }) {
			q.role, q.rule = roleDate, "day and time of a page"
		}
	}
}

// promising reports whether any of the numerals may be a quantity: most in characters count no more
// than the first of something.
func (r *Reader) promising(s string, qs []quantity) bool {
	for i := range qs {
		q := &qs[i]
		switch q.num.Form {
		case number.Chinese, number.Tenths, number.Fraction, number.Doubling:
			if strings.HasSuffix(s[:q.start], "第") {
				return true
			}
			if ok, _ := r.chineseQuantity(s, q); ok {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// enclosing follows the marks that take numerals out of what a sentence states.
type enclosing struct{ quotes, titles pair }

func (r *Reader) roleOf(s string, qs []quantity, i int, times []period.Expression, in *enclosing) (role, string) {
	q := &qs[i]
	before, after := s[:q.start], s[q.end:]
	dim, last := q.unit.Unit.Dimension, lastFigure(qs[:i])
	for i := range times {
		if t := &times[i]; q.start >= t.Start && q.start < t.End {
			return roleDate, "expression of time"
		}
	}
	if strings.HasSuffix(before, "第") && q.num.Form == number.Chinese && rankBefore.MatchString(before) && rankAfter.MatchString(after) {
		return roleQuantity, "rank"
	}
	if q.num.Form == number.Chinese || q.num.Form == number.Tenths || q.num.Form == number.Fraction || q.num.Form == number.Doubling {
		if ok, rule := r.chineseQuantity(s, q); !ok {
			return roleOther, rule
		}
	}
	if w := in.quotes.around(s, q.start); w != "" && runeLen(w) <= 18 {
		return roleLabel, "inside quotation marks"
	}
	if in.titles.around(s, q.start) != "" {
		return roleLabel, "inside a title"
	}
	if q.unit.Unit.Name == "岁" && strings.Contains(lastRunes(before, 12), "寿命") {
		return roleQuantity, "an expectation of life"
	}
	if (strings.HasSuffix(before, "前") || strings.HasSuffix(before, "后")) && (q.unit.Unit.Name == "名" || q.unit.Unit.Name == "位") {
		return roleLabel, "a league"
	}
	if dim == "year" || strings.HasSuffix(before, "年") && strings.HasPrefix(after, "月") {
		if q.unit.Unit.Name == "岁" || q.unit.Unit.Name == "周岁" || q.unit.Unit.Name == "周年" {
			return roleLabel, "age or anniversary"
		}
		if !strings.Contains(q.unit.Text, "万") && !strings.Contains(q.unit.Text, "亿") {
			return roleDate, "unit of time"
		}
	}
	if isLetter(lastRune(before)) && !strings.HasSuffix(before, "GDP") && !strings.HasSuffix(before, "R&D") || strings.HasSuffix(before, "PM") {
		return roleLabel, "behind a letter"
	}
	if ageAfter.MatchString(after) || i+1 < len(qs) && isSpan(s[q.end:qs[i+1].start]) && ageAfter.MatchString(s[qs[i+1].end:]) {
		return roleLabel, "age"
	}
	if strings.HasSuffix(before, "第") {
		if (rankBefore.MatchString(before) || q.num.Form == number.Arabic && ofPlace.MatchString(before) || last != nil && last.rule == "rank" && q.start-last.stop < 30) && rankAfter.MatchString(after) {
			return roleQuantity, "rank"
		}
		return roleLabel, "ordinal"
	}
	if before == "附件" || before == "附录" || before == "附表" {
		return roleLabel, "number of an annex"
	}
	if m := labelBefore.FindString(before); m != "" && !q.unit.Some {
		return roleLabel, "behind " + m
	}
	if !q.unit.Some {
		if m := labelAfter.FindString(after); m != "" {
			return roleLabel, "before " + m
		}
		if isLetter(firstRune(after)) || strings.HasPrefix(after, "+") || strings.HasSuffix(before, "+") || strings.HasPrefix(after, "“") {
			return roleLabel, "part of a name"
		}
	}
	if strings.HasPrefix(s[q.stop:], "级") && q.unit.Unit.Name == "" || strings.HasPrefix(s[q.stop:], "级") && dim != "count" {
		return roleLabel, "a class: 亿级, 吨级"
	}
	if dim == "percent" && (topShare.MatchString(before) || last != nil && last.rule == "rank" && strings.TrimLeft(s[last.stop:q.start], "、和") == "前") {
		return roleQuantity, "rank"
	}
	if dim == "count" && q.unit.Unit.Name == "类" && drugs.MatchString(s[q.stop:]) {
		return roleLabel, "a class: 1类新药"
	}
	if firstOne.MatchString(before) && isHan(firstRune(s[q.stop:])) && dim != "count" {
		return roleLabel, "a model: 首台5兆瓦风机"
	}
	if sizedPlaces.MatchString(after) {
		return roleLabel, "a class: 30户以上自然村"
	}
	if members.MatchString(before) && composed.MatchString(after) {
		return roleOther, "members of another body"
	}
	if strings.HasPrefix(s[q.stop:], "制") && q.unit.Unit.Name == "人" {
		return roleLabel, "a class: 3人制"
	}
	if strings.HasPrefix(after, "强") || strings.HasPrefix(after, "佳") || strings.HasPrefix(after, "优企业") {
		return roleLabel, "a league"
	}
	if strings.Contains(s[q.start:q.end], "×") {
		return roleProject, "machines of a plant" // 2×66万千瓦
	}
	if dim == "count" && (rankedAmong.MatchString(s[q.stop:]) && amongAt.MatchString(before) || ranked.MatchString(s[q.stop:]) && barePlace.MatchString(before)) {
		return roleOther, "those ranked among" // 在168个城市中排第12位
	}
	if dim == "count" && aimedFields.MatchString(s[q.stop:]) && focus.MatchString(before) {
		return roleOther, "counts what is aimed at" // 围绕甲、乙4个链条
	}
	if dim == "voltage" {
		return roleProject, "voltage"
	}
	if q.boundWord == "以上" || q.boundWord == "及以上" || q.boundWord == "以下" || q.boundWord == "以内" {
		if r.threshold(s, q) {
			return roleLabel, "threshold of a class"
		}
	}
	if dim == "length" && q.unit.Unit.Name == "米" && q.unit.Power == 0 && q.bound == "" && isHan(firstRune(s[q.stop:])) && !strings.HasPrefix(s[q.stop:], "的") && !r.predicated(before) {
		return roleProject, "size of a thing"
	}
	if dim == "length" && (strings.HasPrefix(s[q.stop:], "范围") || strings.HasPrefix(s[q.stop:], "圈") || strings.HasPrefix(s[q.stop:], "半径")) {
		return roleLabel, "a radius"
	}
	if q.unit.Unit.Name == "" && q.unit.Power == 4 && inhabitants.MatchString(s[q.stop:]) && (!strings.HasPrefix(s[q.stop:], "市民") || ofRegion.MatchString(before)) {
		return roleQuantity, "the inhabitants"
	}
	if dim == "duration" && !r.durationStated(s, q) {
		return roleDate, "a time span that only sets the scene"
	}
	if strings.HasSuffix(before, "以下") || strings.HasPrefix(after, "个方面") || strings.HasPrefix(after, "方面") || strings.HasPrefix(after, "大方面") || strings.HasPrefix(s[q.stop:], "类型") || strings.HasSuffix(q.unit.Text, "类") && strings.HasPrefix(s[q.stop:], "型") {
		return roleOther, "counts the points of a list"
	}
	if dim == "currency" && q.ranged && rangeClass.MatchString(s[q.stop:]) {
		return roleLabel, "a class by its range" // 年收入20-60万元群体
	}
	if dim == "currency" && i > 0 && isCount(&qs[i-1]) && qs[i-1].stop <= q.start {
		if m := sized.FindStringSubmatchIndex(s[qs[i-1].stop:]); m != nil && qs[i-1].stop+m[3] >= q.stop && isHan(firstRune(s[qs[i-1].stop+m[1]:])) {
			return roleLabel, "threshold of a class"
		}
	}
	if dim == "" && q.unit.Power >= 4 && beyondBefore.MatchString(before) && sizedOnly.MatchString(s[q.stop:]) {
		return roleLabel, "threshold of a class" // 产值超300亿、600亿产业集群
	}
	if (dim == "power" || dim == "energy") && sizeTogether.MatchString(s[q.stop:]) || dim == "energy" && strings.HasSuffix(before, "/") && last != nil && last.role == roleProject {
		return roleProject, "size of a plant" // 100兆瓦/400兆瓦时储能电站
	}
	if dim == "currency" && thresholds.MatchString(s[q.stop:]) {
		return roleLabel, "threshold of a class" // 20亿元、30亿元以上制造业项目
	}
	if dim == "currency" && last != nil && last.rule == "threshold of a class" && s[last.stop:q.start] == "或" {
		return roleLabel, "threshold of a class" // 超20亿元或3亿美元项目
	}
	if dim == "currency" && beyondBefore.MatchString(before) && sizeClass.MatchString(s[q.stop:]) {
		return roleLabel, "threshold of a class"
	}
	if q.unit.Unit.Name == "条" && (strings.HasSuffix(before, "新政") || strings.HasSuffix(before, "意见") || policyName.MatchString(before)) {
		return roleLabel, "articles of a policy"
	}
	if steps.MatchString(s[q.end:]) {
		return roleLabel, "steps of a ladder"
	}
	near := firstBytes(s[q.stop:], 24*utf8.UTFMax)
	if strings.Contains(near, "之一") && oneOf.MatchString(s[q.stop:]) && !r.predicated(before) {
		return roleOther, "of which one is spoken of"
	}
	if strings.Contains(firstBytes(near, 14*utf8.UTFMax), "为") && (centre.MatchString(s[q.stop:]) || strings.HasSuffix(before, "以") && starting.MatchString(s[q.stop:])) {
		return roleOther, "members of an area named by its centre"
	}
	if dim == "length" && (q.unit.Unit.Name == "毫米" || q.unit.Unit.Name == "纳米" || q.unit.Unit.Name == "微米" || q.unit.Unit.Name == "厘米") {
		return roleProject, "size of a product"
	}
	if strings.HasPrefix(s[q.stop:], "的") && belowBefore.MatchString(before) && classNoun.MatchString(s[q.stop:]) {
		return roleLabel, "threshold of a class"
	}
	if ro, rule := r.projectAttribute(s, qs, i); ro != "" {
		return ro, rule
	}
	if q.num.Parts == 2 {
		after := i >= 2 && qs[i-2].role == roleQuantity && qs[i-2].num.Parts == 2 && r.predicated(before) // 由2.6:1缩小到2.4:1
		if q.num.Part == 2 || !r.bareNumber(before) && !after {
			return roleOther, "ratio of two"
		}
		return roleQuantity, "ratio to one"
	}
	if !q.unit.Some && last != nil && last.role == roleQuantity && !last.unit.Some && !segmentEnds.In(s[last.stop:q.start]) && r.predicated(yearBefore.ReplaceAllLiteralString(before, "")) {
		return roleQuantity, "a number without a unit after another" // 指数由6.26下降到5.78, 下降到2020年的5.78
	}
	if !q.unit.Some && q.num.Parts == 0 && !r.bareNumber(before) {
		return roleOther, "no unit"
	}
	if q.unit.Unit.Name == "" && q.unit.Some && q.unit.Power > 0 && !r.bareMultiplier(s, q) {
		return roleOther, "a multiplier without a unit"
	}
	return roleQuantity, "numeral with a unit"
}

// yearBefore ends with the year of a value: 下降到2020年的5.78.
var yearBefore = pattern.MustCompile(`(?:19|20)\d\d年的$`)

// lastFigure is the last of the numerals that is neither a date nor a character of a word (三江).
func lastFigure(qs []quantity) *quantity {
	for i := len(qs) - 1; i >= 0; i-- {
		if q := &qs[i]; q.role != roleDate && q.role != roleOther {
			return q
		}
	}
	return nil
}

// chineseQuantity keeps of the numerals in characters those that state a statistical quantity.
func (r *Reader) chineseQuantity(s string, q *quantity) (bool, string) {
	before, after := s[:q.start], s[q.stop:]
	switch q.num.Form {
	case number.Doubling:
		if strings.HasPrefix(s[q.start:], "倍增") {
			if !strings.HasSuffix(before, "实现") && r.lex.suffix(clsQuantity, before) == "" {
				return false, "倍增 of no quantity" // 推动工业倍增
			}
			if next := firstRune(after); isHan(next) && next != '的' || next == '”' || next == '“' {
				return false, "倍增 in a name"
			}
		}
		return true, ""
	case number.Tenths:
		return r.predicated(before) || shareOf.MatchString(before), "成 without a predicate"
	case number.Fraction:
		return strings.Contains(before, "占") || strings.HasPrefix(after, "的") || strings.HasPrefix(after, "用于") || r.predicated(before), "a fraction of nothing named"
	}
	if strings.HasSuffix(before, "第") || strings.HasSuffix(before, "“") || strings.HasSuffix(before, "十") || strings.HasSuffix(before, "百") {
		return false, "ordinal or name"
	}
	if next := firstRune(after); next >= '0' && next <= '9' || q.unit.Unit.Dimension == "currency" && (isHan(next) && !strings.ContainsRune("的以左多和同比较", next)) {
		return false, "a class by its size: 五十亿元企业"
	}
	runes := utf8.RuneCountInString(s[q.start:q.end])
	if q.unit.Unit.Dimension == "multiple" && r.predicated(before) {
		return true, ""
	}
	switch q.unit.Unit.Dimension {
	case "currency", "area", "length", "mass", "person", "household", "power", "energy", "person_time", "percent", "points":
		if q.unit.Unit.Name == "里" || q.unit.Unit.Name == "米" || q.unit.Unit.Name == "度" || q.unit.Unit.Name == "方" || q.unit.Unit.Name == "位" {
			return false, "a character that is also a unit"
		}
		if q.unit.Power >= 3 || runes >= 2 && q.num.Value.Float(0) >= 20 || q.unit.Unit.Dimension == "points" {
			return true, ""
		}
	case "count":
		if u := q.unit.Unit.Name; strings.Contains("所套眼座口家台辆", u) && runes >= 3 && q.num.Value.Float(0) >= 20 {
			return true, "" // 新打机井两千零五十眼
		}
	}
	return false, "a small number in characters"
}

// shareOf ends with the whole that a share is taken of: 占农村经济总收入的.
var shareOf = pattern.MustCompile(`占[^,;。、占]{0,14}的?$`)

// predicated reports whether a predicate that takes a value ends before.
func (r *Reader) predicated(before string) bool {
	for n := 0; n < 3; n++ {
		w, e := r.lex.predicate(before)
		if e&(effLevel|effHold|effTo|effUp|effDown|effShare|effRate) != 0 {
			return true
		}
		if e == effNone {
			w, _ := boundsBefore.Suffix(before)
			return w != ""
		}
		before = before[:len(before)-len(w)]
	}
	return false
}

// threshold tells 500万元以上项目 (a class) from 完成投资80亿元以上 (a statement).
func (r *Reader) threshold(s string, q *quantity) bool {
	rest := s[q.stop:]
	next := firstRune(rest)
	if !isHan(next) || strings.ContainsRune("和及与或并且其较比、", next) {
		return false
	}
	switch q.unit.Unit.Dimension {
	case "currency", "", "area", "power", "mass", "length", "volume", "energy", "coal":
	default:
		return false
	}
	if strings.HasPrefix(rest, "的") && memberAfter.MatchString(rest) {
		return true // 年用电量50亿度以上的重点企业
	}
	if q.unit.Unit.Dimension != "currency" && q.unit.Unit.Dimension != "" && r.predicated(s[:q.start]) {
		return false
	}
	if strings.HasPrefix(rest, "的") {
		return !r.predicated(s[:q.start])
	}
	for _, stop := range []string{"以", "支持", "用于", "保障", "同比", "增长"} {
		if strings.HasPrefix(rest, stop) {
			return false
		}
	}
	return true
}

var memberAfter = pattern.MustCompile(`^的[\x{4e00}-\x{9fff}]{0,4}?(?:企业|项目|人员|单位|用户|对象|机组|锅炉|工业企业|大户)`)

// durationStated reports whether a number of days or hours is the value of something: 优良天数
// 增加29天, 审批时限压缩到3个工作日.
func (r *Reader) durationStated(s string, q *quantity) bool {
	before := s[:q.start]
	lead := before
	if i := lastMark(before); i >= 0 {
		lead = before[i+1:]
	}
	for _, w := range []string{"天数", "时限", "时间", "时长", "用时", "服务期", "供暖期", "供热期", "办结", "压缩", "缩短", "延长", "提前", "优良", "达标", "二级", "注册"} {
		if strings.Contains(lead, w) {
			return !strings.HasPrefix(s[q.stop:], "圈")
		}
	}
	for _, w := range []string{"增加", "延长", "缩短", "提前", "压缩", "减少"} {
		if strings.HasSuffix(before, w) {
			return true // 免费增加20天供暖期
		}
	}
	return q.unit.Unit.Name != "分钟" && q.unit.Unit.Name != "小时" && r.predicated(before) && !isHan(firstRune(s[q.stop:]))
}

var bareNumeric = pattern.MustCompile(`(?:指数|得分|系数|评分|比|密度|强度|倍差|排名)[^,;:。]{0,8}$`)

// bareNumber reports whether a number without a unit is an index or a ratio.
func (r *Reader) bareNumber(before string) bool { return bareNumeric.MatchString(before) }

// bareMultiplier reads 30万全县人民 and 1200多万.
func (r *Reader) bareMultiplier(s string, q *quantity) bool {
	return people.MatchString(s[q.stop:]) || peopleBefore.MatchString(s[:q.start]) || q.unit.Power >= 4 && r.predicated(s[:q.start])
}

// people finds the noun of persons that a bare 万 counts: 5万农村群众.
var people = pattern.MustCompile(`^[^,;:。、的\d]{0,8}?(?:人民|群众|百姓|市民|乡亲|父老|儿女|居民|人口|学生|职工|农民|村民|党员|干部|老人|游客|劳动力|考生|师生|贫困户|人员|工人|人才|劳动者|农民工|老年人|妇女|儿童|残疾人|网民|青年|教师|用户)`)

// peopleBefore finds it before the number: 常住人口1.5亿左右.
var peopleBefore = pattern.MustCompile(`(?:人口|人数)[^,;:。\d]{0,4}$`)

// 在全国168个城市中排第12位
var (
	amongAt      = pattern.MustCompile(`(?:在|的)(?:全国|全省|全区|全市|全球|世界|沿海)?$`)
	sizeTogether = pattern.MustCompile(`^/[\d.]+(?:万?千瓦时|兆瓦时|MWh|GWh)\p{Han}{2,}(?:站|项目|工程|电厂|基地)`)
	ranked       = pattern.MustCompile(`^[^,;:。、\d]{1,12}第\d+[位名]?(?:[,;。、]|$)`)
	rankedAmong  = pattern.MustCompile(`^[^,;:。、\d]{1,12}(?:中|里)(?:综合|质量|总)*(?:排|位|列|居|名|第)`)
)

// 围绕甲、乙4个链条, 聚焦3个重点领域
var (
	focus       = pattern.MustCompile(`(?:^|[,;:。])\p{Han}{0,4}(?:围绕|聚焦|瞄准|锚定|紧扣|紧盯)[^,;:。\d]*$`)
	aimedFields = pattern.MustCompile(`^(?:重点|主导|优势|特色|支柱|传统|新兴|关键|核心|细分)*(?:链条|产业链|产业集群|产业|领域|方向|赛道|环节|行业|品类)`)
)

// ofRegion says whose people they are.
var ofRegion = pattern.MustCompile(`(?:全|我)[市县区州盟旗](?:近|约)?$`)

// inhabitants finds the people as a whole: 30万全县人民.
var inhabitants = pattern.MustCompile(`^(?:[\x{4e00}-\x{9fff}]{0,4}?)(?:各族)?(?:人民(?:群众)?|儿女|父老乡亲|市民)`)

// isSpan reports whether between joins the ends of a span of numbers: 60-80岁.
func isSpan(between string) bool {
	switch between {
	case "-", "—", "–", "~", "至", "到":
		return true
	}
	return false
}
