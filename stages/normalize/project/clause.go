package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// phrase is a governed object: what a verb chain of a clause says is to be done. Offsets are
// bytes of the string that phrases was given.
type phrase struct {
	status     string
	force      force
	rank       int
	start, end int    // the object, as it stands
	work       string // 抢修保护 of 对…进行抢修保护: belongs to every name of the object
	lead       string // what stood before the verbs: subject, place, source of money
	leadStart  int
	named      bool // a frame such as 对…等51个新建项目 that names projects
	rule       string
	weight     int // what the rule tells
}

// over is what a phrase says, said of another object.
func (q phrase) over(start, end int, rule string) phrase {
	q.start, q.end, q.work, q.lead, q.rule = start, end, "", "", rule
	return q
}

// label is an enumeration mark at the beginning of a clause.
var label = pattern.MustCompile(`^(?:[一二三四五六七八九十]+(?:是要|是|、|要)|\([一二三四五六七八九十0-9]+\)|[0-9]{1,2}[.、]|第[一二三四五六七八九十]+[,、]|──|——)`)

// timing is a time setting that may stand before or between verbs.
var timing = pattern.MustCompile(`^(?:20[0-9]{2}年|[0-9]{1,2}月(?:底|份|初|中旬|[0-9]{1,2}日)?|[上下]半年|[一二三四]季度|年(?:内|底|末|中|初)|今年|明年|当年|全年|[春夏秋冬]季|[一二两三四五](?:年|个月)|“?十[一二三四五]五”?(?:期间|末|时期)?|未来[一二三四五]年)(?:[前内起末底里]|以前|之前|年底)?`)

// means, owner and place phrases that lead to a verb further on.
var prelude = pattern.MustCompile(`^(?:在|于|沿|以[^、,]{2,12}(?:理念|方式|模式|标准|形式)|支持|鼓励|引导|帮助|依托|由|联合|配合|协助|指导|督促|扶持|服务|利用|总?投资|投入|计划投资|安排|筹资|筹集|筹措)`)

// aim opens a clause that says what for, not what: 围绕打造…, 按照…要求.
var aim = pattern.MustCompile(`^(?:围绕|按照|立足|着眼|为了?|通过|聚焦|坚持|学习|贯彻|落实|根据)`)

// servedBy opens a clause that says what for and then what: 围绕产业需求|建设中试基地.
var servedBy = pattern.MustCompile(`^(?:围绕|着眼|聚焦|立足|通过|根据|按照)[^、,“]{2,14}?(?:标准|思路|原则|理念|模式|需求|需要|优势|特色|资源|目标|定位|产业|领域|方向|要求|短板|重点|主题|链条|集群|功能|区域|片区)+`)

// somewhere is a subject before verbs that nothing else reads as: 柳湾沿江产业带开工建设….
var somewhere = pattern.MustCompile(`^[^、,的“0-9]{2,14}?(开工建设|开工新建|(?:加快|加力|全力|持续|继续|强力|稳步|积极|重点|深入|统筹)(?:建设|推进|推动|实施)|启动建设|启动实施|规划建设|谋划建设|建成投用|建成投产)`)

// helped is a clause in which 支持 or 引导 itself governs.
var helped = pattern.MustCompile(`^(?:积极|大力|全力)?(?:支持|鼓励|引导|帮助)(.+)$`)

var (
	treated   = pattern.MustCompile(`^(?:继续|全面|重点|分期|分批)?对(.+?)(?:进行|实施|开展|予以)(.+)$`)
	addressed = pattern.MustCompile(`^对(.+等.*(?:项目|工程))$`)
	included  = pattern.MustCompile(`^(?:争取|力争|推动|推进|促进|支持|确保|积极|全力)+(?:将|把)?(.+?)(?:全段|全线)?(?:按[^、,]{2,10}标准)?(?:纳入|列入|进入)(?:[^,]{0,8}?(?:国家|省|自治区|市|部|规划|中央).*)$`)
	worksOf   = pattern.MustCompile(`等[^、]*(?:设施|项目|工程)$`)
	lever     = pattern.MustCompile(`^以(?:实施|推进|建设)?(.+?(?:建设|项目|工程|创建))为(?:抓手|引领|牵引|龙头|载体|带动|依托)$`)
)

// chain reads the governing verbs at i, adverbs and times between them: 全力加快推进.
func (l *lexicon) chain(s string, i int, opening bool) (v verb, end int, last string, ok bool) {
	for {
		j, n, w := l.skipAdverbs(s, i)
		word := s[j : j+n]
		if n == 0 || w.place == trailing || w.place != anywhere && !opening {
			return v, end, last, ok
		}
		if w.longer {
			if noun, _ := l.longestSector(s[j:]); len(noun) > len(word) {
				return v, end, last, ok // 开发区 is no 开发
			}
		}
		if word == "规划" && plannedRoad.MatchString(s[j:]) {
			return v, end, last, ok
		}
		if w.place == kept && ok {
			return v, end, last, ok // 实施疏通工程
		}
		if ok && last != "" && w.place == leading && l.headless(s[j+len(word):]) {
			return v, end, last, ok // 推进改造工程: the second word is the object's
		}
		if !ok || w.rank > v.rank && !w.yields {
			v.status, v.rank = w.status, w.rank
		}
		if !ok || stronger(w.force, v.force) {
			v.force = w.force
		}
		if v.place = w.place; w.place == kept {
			return v, j, word, true // the name begins with the verb
		}
		end, last, ok, opening = j+len(word), word, true, true
		if rest := s[end:]; strings.HasPrefix(rest, "好") {
			end += len("好") // 实施好
		}
		i = end
		switch and := firstRune(s[i:]); and {
		case '、', '和', '及', '并', '或': // 新建、改扩建和续建
			behind := i + utf8.RuneLen(and)
			if w2, v2 := l.verbs.prefix(s[behind:]); w2 != "" && v2.place != trailing && v2.place != kept {
				i = behind
			}
		}
	}
}

// plannedRoad is a street that goes by its number on the plan: 规划三路.
var plannedRoad = pattern.MustCompile(`^规划[东西南北]?[一二三四五六七八九十0-9]+[路街]`)

func stronger(a, b force) bool { return a == build && b != build || a == run && b == soft }

// headless reports whether what follows a verb cannot be its object alone: 工程, 项目 or nothing.
func (l *lexicon) headless(s string) bool {
	if s == "" {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(s); strings.ContainsRune("、和及与的等,”)", r) {
		return true
	}
	for _, w := range []string{"工程", "项目", "任务", "工作", "行动", "计划", "力度", "类"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// timeFollows reports whether the character behind the one at byte i goes on with a time.
func (l *lexicon) timeFollows(s string, i int) bool {
	_, size := l.kinds.at(s, i)
	if i += size; i == len(s) {
		return false
	}
	kinds, _ := l.kinds.at(s, i)
	return kinds&timesNext != 0
}

// skipAdverbs returns the offset behind adverbs and times at i, and the verb there with its length,
// 0 for none.
func (l *lexicon) skipAdverbs(s string, i int) (at, n int, v *verb) {
	for i < len(s) {
		kinds, _ := l.kinds.at(s, i)
		if kinds&times != 0 && l.timeFollows(s, i) {
			if m := timing.FindString(s[i:]); m != "" {
				i += len(m)
				continue
			}
		}
		if kinds&(adverbial|verbal) == 0 {
			return i, 0, nil
		}
		var adverb int
		if adverb, n, v = l.openingWords(s[i:]); n >= adverb {
			return i, n, v
		}
		i += adverb
	}
	return i, 0, nil
}

// openingWords returns the lengths of the longest adverb and the longest verb that s begins with.
func (l *lexicon) openingWords(s string) (adverb, n int, v *verb) {
	var number uint16
	l.openers.PrefixFunc(s, func(word string, c closer) bool {
		if c.adverb {
			adverb = len(word)
		}
		if c.verb > 0 {
			n, number = len(word), c.verb
		}
		return false
	})
	if n > 0 {
		v = &l.allVerbs[number-1]
	}
	return adverb, n, v
}

// phrases finds the governed objects of one clause, in the memory of room; spots are where verbs may
// begin.
func (l *lexicon) phrases(room []phrase, c *clause, spots []int) []phrase {
	s, out := c.s, room[:0]
	at := len(label.FindString(s))
	if c.has&toward != 0 {
		if m := treated.FindStringSubmatchIndex(s[at:]); m != nil && !strings.Contains(s[at+m[4]:at+m[5]], "、") {
			return append(out, phrase{status: "start", force: run, rank: 5, start: at + m[2], end: at + m[3], work: s[at+m[4] : at+m[5]], rule: "对…进行…"})
		}
		if m := addressed.FindStringSubmatchIndex(s[at:]); m != nil {
			return append(out, phrase{status: "continue", force: run, rank: 5, start: at + m[2], end: at + m[3], named: true, rule: "对…等项目"})
		}
	}
	if c.has&joins != 0 {
		if m := included.FindStringSubmatchIndex(s[at:]); m != nil {
			return append(out, phrase{status: "prelim", force: run, rank: 5, start: at + m[2], end: at + m[3], named: worksOf.MatchString(s[at+m[2] : at+m[3]]), rule: "纳入"})
		}
	}
	if c.has&slogans != 0 {
		if m := lever.FindStringSubmatchIndex(s[at:]); m != nil {
			return append(out, phrase{status: "continue", force: run, rank: 5, start: at + m[2], end: at + m[3], rule: "以…为抓手"})
		}
	}
	if aim.MatchString(s[at:]) {
		if w, _ := l.verbs.prefix(s[at:]); w == "" {
			m := servedBy.FindStringIndex(s[at:])
			if m == nil {
				return out
			}
			at += m[1] // what it serves
		}
	}
	out = l.governed(out, c, at, spots)
	if len(out) == 0 {
		out = l.closed(out, s, at)
	}
	if len(out) == 0 {
		if m := somewhere.FindStringSubmatchIndex(s[at:]); m != nil && !l.headless(s[at+m[3]:]) {
			if v, end, last, ok := l.chain(s, at+m[2], true); ok && end < len(s) {
				out = append(out, phrase{status: v.status, force: v.force, rank: v.rank, start: end, end: len(s), lead: s[at : at+m[2]], leadStart: at, rule: last})
			}
		}
	}
	if len(out) == 0 {
		if m := helped.FindStringSubmatchIndex(s[at:]); m != nil {
			out = append(out, phrase{status: "continue", force: run, rank: 5, start: at + m[2], end: at + m[3], rule: "支持"})
		}
	}
	return out
}

// governed finds the objects that verbs stand before.
func (l *lexicon) governed(out []phrase, c *clause, at int, spots []int) []phrase {
	s := c.s
	led := prelude.MatchString(s[at:])
	if led {
		var room [32]int
		_, spots = l.kinds.look(s, boundary, room[:0])
	}
	projectsOf := c.has&project != 0 && strings.Contains(s, "项目") // 新材料产业加快甲、乙等项目建设
	for i, next := at, at+1; i < len(s); {
		if n := enclosedLength(s[i:]); n > 0 {
			next = i + n
		} else if bound := i == at || afterBoundary(s[at:i]); bound || len(out) == 0 && (led || subjectBefore(s[at:i]) || projectsOf && strings.HasSuffix(s[at:i], "产业")) {
			v, end, last, ok := l.chain(s, i, bound || led)
			if ok && !(i > at && bound && (l.headless(s[end:]) || l.closesInTime(s[at:i], s[end:]))) && !(led && !bound && insideName(s, i, v, last)) {
				if n := len(out); n > 0 {
					out[n-1].end = trimJoin(s, out[n-1].start, i)
				}
				lead := ""
				if len(out) == 0 {
					lead = s[at:i]
				}
				out = append(out, phrase{status: v.status, force: v.force, rank: v.rank, start: end, end: len(s), lead: lead, leadStart: at, rule: last})
				next = max(end, next)
			}
		}
		for len(spots) > 0 && spots[0] < next {
			spots = spots[1:]
		}
		if len(spots) == 0 {
			break
		}
		i, next, spots = spots[0], spots[0]+1, spots[1:]
	}
	kept := out[:0]
	for _, p := range out {
		if p.start < p.end {
			kept = append(kept, p)
		}
	}
	return kept
}

// closesInTime reports whether a verb between before and rest closes the clause with it, behind a
// time: the 建成 of 青云公园年内建成开园.
func (l *lexicon) closesInTime(before, rest string) bool {
	w, v := l.verbs.suffix(rest)
	return w == rest && v.place == trailing && (strings.HasSuffix(before, "年内") || strings.HasSuffix(before, "底前"))
}

// insideName reports whether a verb met in running text is more likely part of a name: 建设 of
// 建设大厦, or a verb with nothing to govern.
func insideName(s string, i int, v verb, last string) bool {
	if i+len(last) >= len(s) {
		return true
	}
	return v.place == leading && strings.HasSuffix(s[:i], "的")
}

// goesOn closes a clause whose undertakings are under way: 甲、乙等项目加快建设.
var goesOn = pattern.MustCompile(`(?:项目|工程)(?:全面|全线|加快|稳步|有序|顺利|扎实)+(?:建设|推进|实施)$`)

// sped closes a clause about one undertaking under way: 东郊物流城提速建设.
var sped = pattern.MustCompile(`(?:提速|加速|加快|全速)+(?:建设|推进)$`)

// closed reads a clause whose verb follows its subject: 城西小学年内竣工投用.
func (l *lexicon) closed(out []phrase, s string, at int) []phrase {
	if l.kinds[lastRune(s)&4095]&ends == 0 {
		return out
	}
	e := l.ending(s, at, len(s))
	end, v, ok := e.end, e.verb, e.cut
	if m := goesOn.FindStringIndex(s[at:]); m != nil && v.status == "" {
		end, v, ok = at+m[1], verb{status: "continue", rank: 5, force: run}, true
		end = l.ending(s, at, end).end
	}
	if !ok || v.status == "" {
		if m := sped.FindStringIndex(s[at:]); m != nil && l.buildable(s[at:at+m[0]]) {
			return append(out, phrase{status: "continue", force: run, rank: 5, start: at, end: at + m[0], rule: "…continue"})
		}
		return out
	}
	at, _, _ = l.skipAdverbs(s, at)
	if at >= end {
		return out
	}
	return append(out, phrase{status: v.status, force: v.force, rank: v.rank, start: at, end: end, rule: "…" + v.status})
}

// afterBoundary reports whether what stands before a place lets a new verb begin there.
func afterBoundary(before string) bool {
	w, _ := boundaries.Suffix(before)
	return w != ""
}

var boundaries = vocabulary.Of("、", "和", "并", "以及", "要", "将", "元", "以上", "年内", "底前", "方面")

// subjectBefore reports whether the text is a body that a plain verb may follow: 北安镇, 开发区.
func subjectBefore(before string) bool {
	if w, _ := subjects.Suffix(before); w == "" {
		return false
	}
	n := runes(before)
	return n >= 2 && n <= 10 && !strings.ContainsAny(before, "、“(")
}

var subjects = vocabulary.Of("镇", "乡", "办", "街道", "开发区", "高新区", "经开区", "县", "市", "区", "集团", "公司", "流域", "企业", "地区")

// trimJoin moves an object's end back over the 、, 和 or 并 that joins the next verb.
func trimJoin(s string, start, end int) int {
	for _, w := range []string{"、", "以及", "和", "并", "及"} {
		if strings.HasSuffix(s[start:end], w) {
			return end - len(w)
		}
	}
	return end
}
