package indicator

import (
	"strings"

	"xianzhi/stages/normalize/number"
	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
)

// name finds what the quantity is said of; it returns where the noun behind it ends.
func (p *parser) name(st *statement, end int, first bool) int {
	q, l := st.q, &st.lead
	tailAt := segment.Span{Start: p.sen.Start + q.stop, End: p.sen.Start + end}
	if q.unit.Unit.Dimension == "points" && aimedAt[l.head] { // 高于11%的目标1.4个百分点
		l.head, l.against = "", "高于目标"
	}
	noun, rest, nounEnd := "", "", 0
	if tail := p.t.At(tailAt); p.takesNoun(q, l, tail) {
		class := ""
		if m := sizedBehind(p.s[q.stop:], q); m != nil { // 3个产值超80亿元的集群
			class = p.s[q.stop : q.stop+m[3]]
			tailAt.Start += m[1]
			if tailAt.End = len(p.s); tailAt.End > q.stop+m[1] {
				if j := firstMark(p.s[q.stop+m[1]:]); j >= 0 {
					tailAt.End = q.stop + m[1] + j
				}
			}
			tailAt.End += p.sen.Start
		}
		noun, rest, nounEnd = p.nounPhrase(p.t, tailAt, end < len(p.s) && p.s[end] >= '0' && p.s[end] <= '9')
		nounEnd -= p.sen.Start
		if noun != "" {
			noun = class + noun
		}
		if m := levelsListed.FindStringSubmatch(p.s[q.stop:]); m != nil && noun == m[1] {
			noun += m[2] // 2个省级、7个市级专业镇
		}
	}
	head := l.head
	if head == "净增" && noun == "" && p.prior != nil && p.prior.q.unit.Unit.Dimension == q.unit.Unit.Dimension && p.subject != "" {
		if isCount(q) {
			head = "净增" + p.withoutQuantity(p.subject) // 企业总数达到86家,净增21家
		} else {
			head, l.effects = "", append(l.effects, effUp) // 达到2165元,净增135元
		}
		l.head = head
	}
	if head == "增量" && p.codedSubject() { // 迈上3万亿元台阶、五年增量1.2万亿元
		head, l.head, l.effects = "", "", append(l.effects, effUp)
	}
	if rest, ok := strings.CutPrefix(head, "实现"); ok && p.lex.words[clsRelative].Has(rest) {
		head, st.lead.head = rest, rest
	}
	if full := p.ofResidents(head, q); full != "" {
		head, st.lead.head = full, full
	}
	if noun == "" && (head == "" || p.isVerb(head)) {
		noun, rest = p.sharedNoun(q)
	}
	switch {
	case q.rule == "the inhabitants":
		st.name, st.noun = "总人口", "人口"
		st.note("name: the inhabitants")
		st.way = "inhabitants"
	case head == "" && noun != "", noun != "" && (p.isVerb(head) || !p.complete(head, l)):
		// 新建4个中医馆, 300余名医护人员
		verb := p.verbOf(head)
		lead := head
		if verb == "" && head == "" {
			verb = firstSaid(l, "完成", "实现", "拥有", "减少", "增加", "降低", "提高", "压减", "精简")
			if l.linked && verb == "" {
				verb = p.verb
			}
			lead = verb
		}
		if verb != "" && runeLen(head) > 8 {
			lead = verb
		}
		st.noun, st.verb, st.counted, st.predicate = noun, verb, true, p.saidOf(rest)
		if strings.HasSuffix(head, "等") && isCount(q) { // 甲、乙等4家企业完成改造: not the examples, what is said of them
			if lead = p.verbAt(head); lead == "" && st.predicate != "" {
				lead = strings.TrimSuffix(st.predicate, noun)
			} else if lead == "" && runeLen(noun) < 4 {
				lead = head
			}
		}
		if w := p.lex.suffix(clsRelative, head); w != "" && !isCount(q) && !p.isVerb(w) {
			// 实施总投资50亿元的项目: the total investment of the projects
			st.verb = p.verbAt(head)
			st.name = st.verb + noun + w
			st.note("name: ", w, " of the noun behind the number")
			st.way = "noun"
			break
		}
		if st.predicate != "" && lead == "" {
			if _, ok := p.codeOf(noun); !ok {
				lead = st.predicate
			}
		}
		st.name = lead + noun
		st.note("name: noun behind the number")
		st.way = "noun"
	case !isCount(q) && sumOf.MatchString(p.s[q.stop:]) && strings.HasSuffix(head, "总投资"):
		// 总投资50亿元的30个重点项目
		nounEnd = 0
		w := p.lex.suffix(clsRelative, head)
		st.noun, st.verb = sumOf.FindStringSubmatch(p.s[q.stop:])[1], p.verbAt(head)
		st.name = st.noun + w
		st.note("name: ", w, " of the noun behind the next number")
		st.way = "noun"
	case honours(l, q) && honour.MatchString(p.s[q.stop:]):
		// 引进人才1万人,2人获评全国劳模: others, whom the honour tells
		nounEnd = 0
		st.predicate = honour.FindString(p.s[q.stop:])
		st.name, st.noun, st.verb = st.predicate, "", ""
		st.note("name: the honour behind the number")
		st.way = "noun"
	case head == "" && p.nounEnd == q.start && p.prior != nil && p.prior.counted && isCount(q):
		// 实施总投资50亿元的项目30个: the noun stands between the two numbers
		nounEnd = 0
		st.noun, st.verb = p.prior.noun, p.prior.verb
		st.name = st.verb + st.noun
		st.note("name: noun before the number")
		st.way = "noun"
	case head == "" && l.main() != effNone && !(l.main() == effTo && p.prior != nil && p.prior.from && p.prior.q.start >= p.clauseStart) && p.pendingSubject() != "":
		// 城镇居民人均可支配收入,由5160元增加到7703元: the subject is a clause of its own
		nounEnd = 0
		p.nameFromHead(st, p.pending, "")
		st.lead.head, p.pending = p.pending, ""
		st.note("name: the clause before")
		st.way = "clause before"
	case head == "" && p.prior != nil && p.prior.from && l.main() == effTo:
		nounEnd = 0
		st.name, st.noun, st.verb = p.prior.name, p.prior.noun, p.prior.verb
		st.lead.share, st.shared = p.prior.lead.share, p.prior.lead.share != ""
		st.note("name: of the value before the change")
		st.way = "change"
	case head == "":
		nounEnd = 0
		st.name, st.noun, st.verb = p.subject, p.noun, p.verb
		if isCount(q) && p.verb != "" && p.noun != "" && (l.saidPart("达") || l.said("增至", "增加到", "突破", "超过")) {
			st.name, st.verb = p.noun, "" // 新增22023家,达到82166家: the stock, not the flow
		}
		if l.saidPart("达") || l.said("占") {
			for _, w := range []string{"新增", "并网"} {
				if rest, ok := strings.CutSuffix(st.name, w); ok && rest != "" {
					st.name = rest // 新能源装机新增623万千瓦,达到1968万千瓦
				}
			}
		}
		st.note("name: carried over")
		st.way = "carrying"
		if p.stale() { // 利润增长9%;进出口逆势上扬,突破3亿元
			st.name, st.noun, st.verb, st.way = p.nounBefore(), p.nounBefore(), "", "clause before"
		}
		if p.subject == "" {
			st.way = "nothing"
		}
	default:
		nounEnd = 0
		p.nameFromHead(st, head, noun)
	}
	if first || !l.linked || st.verb != "" {
		p.verb = st.verb
	}
	return nounEnd
}

// sumOf is the bundle whose sum a number is.
var sumOf = pattern.MustCompile(`^的\d+[余多]?[个项]([^,;:。、\d]{2,16}?(?:项目|工程))`)

// honours reports whether nothing stands before a number of people.
func honours(l *lead, q *quantity) bool {
	return l.head == "" && len(l.effects) == 0 && !l.linked && !l.among && q.unit.Unit.Dimension == "person"
}

var honour = pattern.MustCompile(`^(?:荣获|获评|获得|获颁|获“|入选|当选|荣膺|荣立|被评为|被授予)[^,;:。、\d]{2,16}`)

var levelsListed = pattern.MustCompile(`^((?:国家|自治区|省|市|县|区|州)级)、[\d.]+[个家户所处条项](?:国家|自治区|省|市|县|区|州)级([^,;:。、\d]+)`)

// sized is a class by its size between a number and what it counts, and the classes of a list behind
// it: 产值超80亿元、5个超20亿元的.
var sized = pattern.MustCompile(`^((?:年?[\x{4e00}-\x{9fff}]{0,6}?(?:超过?|过|达到?|突破))?[\d.]*[十百千万亿]+元(?:及?以上)?)(?:、\d+[个家户条](?:超过?|过)?[\d.]*[十百千万亿]+元(?:及?以上)?)*的?`)

// sizedBehind returns the offsets of the class by its size that stands behind a count, nil if none does.
func sizedBehind(rest string, q *quantity) []int {
	if !isCount(q) {
		return nil
	}
	return sized.FindStringSubmatchIndex(rest)
}

// totals are told of what a short sentence before named: 经营主体不断增多。总量达60万户.
var totals = map[string]bool{"总量": true, "总数": true, "总户数": true}

// openerCode names the total of what the sentence before is about where that is an indicator, else "".
func (p *parser) openerCode(total string) string {
	if _, ok := p.codeOf(p.opener + total); ok && p.opener != "" {
		return p.opener + total
	}
	return ""
}

// outputs are told of industries.
var outputs = map[string]bool{"产值": true, "总产值": true, "年产值": true, "营收": true, "营业收入": true, "销售收入": true, "综合产值": true}

var industry = pattern.MustCompile(`(?:^|[,;:。、的])([^,;:。、的\d]{2,12}?(?:产业集群|产业链|产业|集群))`)

// industryBefore is the last industry that the sentence names before the clause: 壮大花卉产业,力争产值….
func (p *parser) industryBefore() string {
	all := industry.FindAllStringSubmatch(p.s[:p.clauseStart], -1)
	if len(all) == 0 {
		return ""
	}
	name := all[len(all)-1][1]
	for i := range name {
		if w := p.lex.prefix(clsAction, name[i:]); runeLen(w) > 1 && runeLen(name[i+len(w):]) >= 4 {
			name = name[i+len(w):] // 推进花卉产业
			break
		}
	}
	return name
}

// spentOn is what an investment is for, where its verb follows the sum: 投资3亿元改善教学条件.
func (p *parser) spentOn(q *quantity) string {
	rest := spending.ReplaceAllLiteralString(p.s[q.stop:], "")
	if m := figureOrMark.FindStringIndex(rest); m != nil {
		if rest = rest[:m[0]]; strings.HasPrefix(p.s[q.stop:][strings.Index(p.s[q.stop:], rest)+len(rest):], "、") {
			rest += "等"
		}
	}
	if n := runeLen(rest); n < 4 || n > 20 || p.verbAt(rest) == "" {
		return ""
	}
	return rest
}

var figureOrMark = pattern.MustCompile(`\d[\d.]*[^A-Z\d.]|[,;:。、]`)

var spending = pattern.MustCompile(`^,?(?:持续|深入|重点|全面|大力|继续|全力|用于)*(?:实施|开展|进行)?了?`)

// casualties are told of accidents.
var casualties = map[string]bool{"死亡人数": true, "受伤人数": true, "伤亡人数": true, "亡人数": true, "直接经济损失": true, "经济损失": true}

// aimedAt are words for what a figure is compared with where its number stands before them.
var aimedAt = map[string]bool{"目标": true, "预期目标": true, "计划目标": true, "年度目标": true, "平均水平": true}

// residents are the groups of residents that an income is told for.
var residents = pattern.MustCompile(`^(?:其中)?(城镇|农村|城市|全体)(?:常住)?(?:居民)?$|^农民$`)

// ofResidents completes a head that names only whose the figure is, after the same figure of
// all: 全体居民人均可支配收入2.86万元,城镇居民3.65万元. It is "" elsewhere.
func (p *parser) ofResidents(head string, q *quantity) string {
	i := strings.Index(p.subject, "居民")
	if i < 0 || i+len("居民") == len(p.subject) || p.prior == nil || p.prior.q.unit.Unit.Dimension != q.unit.Unit.Dimension || !residents.MatchString(head) {
		return ""
	}
	who := strings.TrimPrefix(head, "其中")
	if !strings.HasSuffix(who, "居民") && who != "农民" {
		who += "居民"
	}
	return who + p.subject[i+len("居民"):]
}

// stale reports whether a clause of its own stands between the last statement and this one, behind a
// semicolon: what was spoken of before it is over.
func (p *parser) stale() bool {
	if p.prior == nil || p.prior.q.stop > p.clauseStart {
		return false
	}
	between := p.s[p.prior.q.stop:p.clauseStart]
	i := strings.LastIndexByte(between, ';')
	return i >= 0 && i+1 < len(between) && p.nounBefore() != ""
}

// nameFromHead names a quantity by the head before it.
func (p *parser) nameFromHead(st *statement, head, noun string) {
	l := &st.lead
	relative := p.lex.words[clsRelative].Has(head)
	switch {
	case (head == "投资" || head == "投入") && !l.linked && p.spentOn(st.q) != "":
		st.noun = p.spentOn(st.q)
		st.name = st.noun + head // 投资3亿元改善教学条件
		st.note("name: ", head, " in the works behind it")
		st.way = "relation"
	case strings.HasSuffix(p.subject, "起数") && casualties[head]:
		st.noun = strings.TrimSuffix(p.subject, "起数")
		st.name = st.noun + head // 火灾事故起数下降8%、死亡人数下降9%
		st.note("name: ", head, " of the accidents named before")
		st.way = "relation"
	case (head == "总量" || head == "总额" || head == "总值" || head == "规模") && !isCount(st.q) && p.codedSubject():
		st.name, st.noun = p.subject, p.noun
		st.note("name: ", head, " of the indicator named before")
		st.way = "relation"
	case head == "总量" && (p.verb == "新增" || p.verb == "净增") && p.noun != "" && p.prior != nil && p.prior.q.unit.Unit.Dimension == st.q.unit.Unit.Dimension:
		st.name, st.noun = p.noun, p.noun // 新增仓储能力20万吨、总量达到90万吨
		st.note("name: ", head, " of what was added before")
		st.way = "relation"
	case head == "税收" && strings.HasSuffix(p.noun, "预算收入"):
		st.name, st.noun = head, head // not that of the revenue, a part of it
		st.note("name: head before the number")
		st.way = "head"
	case relative && p.pendingSubject() != "":
		st.name, st.noun = p.pending+head, p.pending
		if head == "增速" || head == "增幅" || head == "总量" || head == "增长率" {
			st.name = p.pending
		}
		st.note("name: ", head, " of the clause before")
		st.way = "clause before"
	case totals[head] && p.noun == "" && p.openerCode(head) != "":
		st.name, st.noun = p.openerCode(head), p.openerCode(head)
		st.note("name: ", head, " of what the sentence before is about")
		st.way = "topic"
	case relative && p.noun == "" && p.topic == "" && p.nounBefore() != "":
		st.name, st.noun = p.nounBefore()+head, p.nounBefore()
		st.note("name: ", head, " of the noun that begins the clause before")
		st.way = "clause before"
	case p.noun == "" && p.topic == "" && outputs[head] && p.industryBefore() != "":
		st.noun = p.industryBefore()
		st.name = st.noun + head
		st.note("name: ", head, " of the industry named before")
		st.way = "relation"
	case relative && p.noun == "" && p.topic != "":
		st.name, st.noun = p.topic+head, p.topic
		st.note("name: ", head, " of the topic")
		st.way = "topic"
	case relative && p.noun != "" && !l.scope && !l.among && isCount(st.q) && progress[head]:
		bare := strings.TrimSuffix(p.noun, p.verbOf(p.noun)) // 新开工项目51个、竣工投产43个
		st.name, st.noun, st.verb = head+bare, bare, head
		st.note("name: what was named before, by another verb")
		st.way = "relation"
	case relative && p.noun != "" && !l.scope:
		of := p.noun
		if head != "总数" && head != "总量" && p.verb != "" && strings.HasPrefix(p.subject, p.verb) && strings.HasSuffix(p.noun, "项目") {
			of = p.subject // 签约项目42个、总投资296亿元
		}
		st.name, st.noun = p.withoutQuantity(of)+head, p.noun
		st.note("name: ", head, " of what was named before")
		st.way = "relation"
	case p.lex.words[clsLevel].Has(head) && p.noun != "":
		bare := p.noun
		if w := p.lex.prefix(clsLevel, bare); w != "" {
			bare = strings.TrimPrefix(bare[len(w):], "以上")
		}
		verb := ""
		if l.linked || p.verb != "" {
			verb = p.verb
		}
		st.stock = p.prior != nil && p.prior.stock
		st.name, st.noun, st.verb = verb+head+bare, bare, verb
		st.note("name: level before the noun named before")
		st.way = "level"
	case l.linked && isCount(st.q) && noun == "" && progress[head] && p.saidLast(st.q.unit.Unit.Name) != "":
		st.noun, st.verb = p.saidLast(st.q.unit.Unit.Name), head
		st.name = head + st.noun // 项目新开工30个、续建37个
		st.note("name: what was named before, by another verb")
		st.way = "relation"
	default:
		head = p.shorten(head)
		if m := lightVerb.FindStringSubmatch(head); m != nil {
			head = m[1] + m[2]
		}
		st.verb = p.verbAt(head)
		st.noun = nounMarks.Trim(head[len(st.verb):])
		st.name = head
		if st.verb == "" {
			if w := firstSaid(l, "净增", "新增"); w != "" {
				st.verb = w
			} else if tail := p.verbOf(head); tail != "" && len(tail) < len(head) && isCount(st.q) && adds[tail] {
				st.verb, st.noun = tail, strings.TrimSuffix(head, tail)
				st.name = tail + st.noun
			}
		}
		if st.verb == "" && p.verb != "" && (l.linked || l.among && isCount(st.q)) && st.q.unit.Unit.Dimension != "percent" && st.q.unit.Unit.Dimension != "points" {
			if _, coded := p.codeOf(head); !coded || isCount(st.q) { // 接待游客3260万人次、旅游总收入241亿元
				st.name, st.verb = p.verb+head, p.verb
				st.note("name: verb of the list")
			}
		}
		if noun != "" && p.wantsNoun(head, l) {
			st.name, st.noun = head+noun, noun
		}
		st.note("name: head before the number")
		st.way = "head"
	}
}

// progress are verbs that tell how far works are.
var progress = map[string]bool{"新开工": true, "开工": true, "续建": true, "在建": true, "竣工": true, "投产": true, "竣工投产": true, "建成": true, "建成投产": true, "完工": true, "复工": true}

// lightVerb stands between an industry and what it makes, and tells nothing: 农林牧渔业创造总产值.
var lightVerb = pattern.MustCompile(`^(\p{Han}{2,12}业)(?:实现|完成|创造)((?:总|年)?产值|增加值|(?:营业|销售)收入|利润|利税)$`)

// saidLast is the noun that the last statement counts in a unit, without the verb behind it, "" for a noun without one.
func (p *parser) saidLast(unit string) string {
	if p.prior == nil || p.prior.counted || !isCount(p.prior.q) || p.prior.q.unit.Unit.Name != unit {
		return ""
	}
	verb := p.verbOf(p.noun)
	if verb == "" && p.prior.verb != "" {
		return p.noun // the verb has been put before it
	}
	noun := strings.TrimSuffix(p.noun, verb)
	if verb == "" || runeLen(noun) < 2 {
		return ""
	}
	return noun
}

// nounBefore is the noun that begins the last clause without a number: 粮食连续四年增产,产量….
func (p *parser) nounBefore() string {
	if p.mute != p.muteRead {
		p.muteRead, p.muteNoun = p.mute, p.nounOf(p.mute)
	}
	return p.muteNoun
}

// nounOf is the noun that begins a clause, "" if none does.
func (p *parser) nounOf(clause segment.Span) string {
	noun, _, _ := p.nounPhrase(p.t, clause, false)
	if n := runeLen(noun); n < 2 || n > 8 || p.verbAt(noun) != "" {
		return ""
	}
	for {
		w := p.lex.prefix(clsScope, noun)
		if w == "" || w == noun {
			return noun
		}
		noun = noun[len(w):]
	}
}

// withoutQuantity takes the quantity off a name so that another can stand there:
// 粮食播种面积 → 粮食.
func (r *Reader) withoutQuantity(name string) string {
	w := r.lex.suffix(clsRelative, name)
	if w == "" {
		w = r.lex.suffix(clsQuantity, name)
	}
	if w != "" && len(w) < len(name) && runeLen(w) > 1 {
		name = name[:len(name)-len(w)]
		for _, w := range []string{"播种", "种植", "栽植", "建设", "养殖", "完成"} {
			name = strings.TrimSuffix(name, w)
		}
	}
	return name
}

// sharedNoun finds the noun that a number shares with the next one: 200户600名贫困人口,
// 3万户、200万平米的清洁取暖工程.
func (p *parser) sharedNoun(q *quantity) (noun, rest string) {
	for i := range p.qs[:len(p.qs)-1] {
		if &p.qs[i] != q {
			continue
		}
		next := &p.qs[i+1]
		if between := p.s[q.stop:next.start]; next.role == roleQuantity && (between == "" || between == "、" || strings.HasPrefix(between, "、") && p.isVerb(between[len("、"):]) && next.unit.Unit.Name == q.unit.Unit.Name) && q.unit.Unit.Dimension != "percent" {
			end := len(p.s)
			if j := firstMark(p.s[next.stop:]); j >= 0 {
				end = next.stop + j
			}
			noun, rest, _ = p.nounPhrase(p.t, segment.Span{Start: p.sen.Start + next.stop, End: p.sen.Start + end}, false)
		}
	}
	return noun, rest
}

// takesNoun reports whether what follows the number can name it.
func (p *parser) takesNoun(q *quantity, l *lead, tail string) bool {
	next := strings.TrimPrefix(tail, "的")
	if next == "" || !isHan(firstRune(next)) && !strings.HasPrefix(next, "“") && !strings.HasPrefix(next, "《") && !(firstRune(next) >= '0' && firstRune(next) <= '9') && !isLetter(firstRune(next)) {
		return false
	}
	switch q.unit.Unit.Dimension {
	case "points", "multiple", "rank", "permille":
		return false
	case "percent":
		if p.isVerb(l.head) && l.main() == effNone && q.stop > q.end+len(q.unit.Text) && strings.HasPrefix(tail, "的") {
			return true // 推动80%以上的村卫生室开展义诊
		}
		return l.head == "" && (l.main() == effNone || l.main() == effLevel && l.bound == "ge" && l.words[len(l.words)-1] == p.s[p.clauseStart:q.start] || l.said("有", "已有", "共有") && strings.HasPrefix(tail, "的")) && !strings.HasPrefix(tail, "的增") && !strings.HasPrefix(tail, "的速") || q.num.Form == number.Fraction
	}
	if l.main()&(effUp|effDown) != 0 {
		return l.head == "" && isCount(q)
	}
	for _, w := range []string{"增长", "增加", "提高", "下降", "提升", "同比", "以上", "扩大", "减少", "上升", "增至", "降至"} {
		if strings.HasPrefix(next, w) {
			return false
		}
	}
	return q.num.Parts == 0
}

// isVerb reports whether the head is nothing but action verbs.
func (p *parser) isVerb(head string) bool { return head != "" && p.verbAt(head) == head }

// complete reports whether head and predicate name the quantity without the noun behind it:
// 总数达到71户企业 is complete, 推出100项服务 is not.
func (p *parser) complete(head string, l *lead) bool {
	switch l.main() {
	case effTo, effUp, effDown, effHold, effShare, effRate, effRank, effFrom:
		return true
	case effLevel:
		if l.said("完成", "实现", "有", "共有", "拥有", "是", "为", "共", "累计", "已有", "共计") {
			return p.lex.suffix(clsQuantity, head) != ""
		}
		return true
	}
	return p.verbOf(head) == "" && p.verbAt(head) == "" && p.lex.suffix(clsQuantity, head) != ""
}

// wantsNoun reports whether the head needs the noun behind the number: 产品销往20个省份.
func (p *parser) wantsNoun(head string, l *lead) bool {
	return isHan(lastRune(head)) && p.lex.suffix(clsQuantity, head) == "" && l.main() == effNone
}

// saidOf turns the predicate behind a counted noun into an attribute: 5家企业获得认证 → 获得认证企业.
func (p *parser) saidOf(rest string) string {
	rest = fillers.TrimLeft(strings.TrimPrefix(rest, "全面"))
	if prepositions[string(firstRune(rest))] {
		return ""
	}
	if n := runeLen(rest); n < 2 || n > 16 || strings.ContainsAny(rest, "0123456789") {
		return ""
	}
	return rest
}

func isCount(q *quantity) bool {
	switch q.unit.Unit.Dimension {
	case "count", "person", "household", "head", "person_time", "box":
		return true
	}
	return false
}

func firstSaid(l *lead, words ...string) string {
	for _, w := range words {
		if l.said(w) {
			return w
		}
	}
	return ""
}
