package indicator

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/normalize/period"
	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// lead is what stands before a number in its clause, taken apart: 全县地区生产总值同比增长 is the
// head 地区生产总值 with the effects up, yoy.
type lead struct {
	head       string
	effects    []effect // nearest to the number first
	words      []string // the predicates themselves
	bound      string
	times      []period.Expression // that stand in the lead
	linked     bool                // begins with 、 or 和: goes on with a list
	among      bool                // 其中
	scope      bool                // 全县, 我市 was said
	share      string              // the whole of a share: 占财政支出的
	completion bool                // 为年初预算的103.5%: how far a plan is fulfilled
	equals     bool                // 是2019年的113.7%: a ratio to the base
	against    string              // what it is compared with: 高于全省平均水平
}

// has reports whether any of a set of effects was said.
func (l *lead) has(set effect) bool {
	for _, e := range l.effects {
		if e&set != 0 {
			return true
		}
	}
	return false
}

func (l *lead) said(words ...string) bool {
	for _, have := range l.words {
		for _, w := range words {
			if have == w {
				return true
			}
		}
	}
	return false
}

// main returns the effect that decides the measure: the nearest that is no adverb.
func (l *lead) main() effect {
	for i, e := range l.effects {
		switch e {
		case effLevel, effHold:
			// 增速达到8%, 增长保持在7%: the rate behind the level word decides
			for _, f := range l.effects[i+1:] {
				switch f {
				case effRate, effUp, effDown:
					return f
				case effAdverb, effExpected, effAim, effFirm, effDist, effYoY, effAvg:
					continue
				}
				break
			}
			return e
		case effTo:
			if i+1 < len(l.effects) && l.effects[i+1] == effRate {
				return effRate // 增速回升到5.6%
			}
			return e
		case effUp, effDown, effShare, effFrom, effRate, effRank:
			return e
		}
	}
	return effNone
}

// peel takes a lead apart into l. times are the expressions of time of the sentence; base is the
// byte of the sentence at which the lead begins.
func (r *Reader) peel(l *lead, text string, base int, times []period.Expression) {
	*l = lead{effects: l.effects[:0], words: l.words[:0], times: within(times, base, base+len(text))}
	s := text
	rest, ok := strings.CutSuffix(s, "第")
	if !ok && (s == "、前" || topShare.MatchString(s)) {
		rest, ok = strings.CutSuffix(s, "前")
	}
	if ok {
		s = rest
		if m := rankPlace.FindStringIndex(rest); m != nil && !(strings.HasPrefix(rest[m[0]:], "居") && dwells.Has(lastRune(rest[:m[0]]))) { // 居全省第2
			s = rest[:m[0]]
			l.effects, l.words = append(l.effects, effRank), append(l.words, rest[m[0]:])
			if eachOf.MatchString(rest[m[0]:]) {
				l.effects = append(l.effects, effDist)
			}
		} else if m := fromPlace.FindStringIndex(rest); m != nil { // 由全省第9位上升到第7位
			s = rest[:m[0]]
			l.effects, l.words = append(l.effects, effFrom), append(l.words, rest[m[0]:])
		} else if m := amongPeers.FindStringIndex(rest); m != nil { // 增幅全省第4
			s = rest[:m[0]]
			l.effects, l.words = append(l.effects, effRank), append(l.words, rest[m[0]:])
		} else if strings.HasPrefix(rest, "、") || rest == "" { // 居全省第1、长三角第2位
			s = ""
			l.effects, l.linked = append(l.effects, effRank), true
		}
	}
	if w := steppedOver.PrefixLen(s); w > 0 { // 迈上5万亿元台阶、增长4%
		s, base = s[w:], base+w
	}
	for {
		trimmed := leadMarks.TrimLeft(s)
		if base > 0 && links.PrefixLen(trimmed) > 0 {
			for _, w := range []string{"和", "及", "以及", "与", "并", "或"} {
				if rest, ok := strings.CutPrefix(trimmed, w); ok && noLinks.PrefixLen(trimmed) == 0 {
					trimmed, l.linked = rest, true
				}
			}
		}
		l.linked = l.linked || strings.HasPrefix(s, "、")
		base += len(s) - len(trimmed)
		if trimmed == s {
			break
		}
		s = trimmed
	}
	if rest := enumerator(s); rest != s {
		base += len(s) - len(rest)
		s = rest
	}
	s = r.peelBack(s, base, l)
	if m := addedSince.FindStringIndex(s); m != nil { // 贷款余额较年初新增
		l.effects, l.words = append(l.effects, effUp), append(l.words, "增加")
		s = r.peelBack(s[:m[0]], base, l)
	}
	if from := bareStart(completionOf, s, l); from >= 0 { // 为年初预算的103.5%
		l.against, l.completion = s[from:], true
		s = r.peelBack(s[:from], base, l)
	} else if from := bareStart(against, s, l); from >= 0 {
		l.against = s[from:]
		e := effUp
		if strings.HasPrefix(l.against, "低于") || strings.HasPrefix(l.against, "落后") || strings.HasSuffix(l.against, "低") || strings.HasSuffix(l.against, "慢") {
			e = effDown
		}
		l.effects = append(l.effects, e)
		s = r.peelBack(s[:from], base, l)
	} else if l.main() == effRate {
		if m := outpaced.FindStringIndex(s); m != nil { // 快于经济增速1个百分点
			l.against = s[m[0]:]
			s = r.peelBack(s[:m[0]], base, l)
		}
	} else if l.has(effUp | effDown) {
		if m := compared.FindStringIndex(s); m != nil {
			s = r.peelBack(s[:m[0]], base, l)
		}
	}
	if i := ratioOf.FindStringIndex(s); i != nil {
		s = r.peelBack(s[:i[0]], base, l)
		l.effects = append(l.effects, effLevel)
	}
	if m := wordedValue.FindStringIndex(s); m != nil {
		s = r.peelBack(s[:m[0]], base, l)
	}
	s, base = r.peelFront(s, base, l)
	if rest, ok := strings.CutPrefix(s, "分别"); ok && rest != "" { // 分别完成投资
		s = rest
		l.effects = append(l.effects, effDist)
	}
	if whole := wholeOf(s, l); whole != "" { // 生产总值、投资全省占比分别达到…
		l.share, s = whole, s[:strings.LastIndex(s, whole)]
		l.effects = append(l.effects, effShare)
	} else if i := lastIndex(s, "占"); i > 0 && l.share == "" && (strings.HasSuffix(s, "的") || strings.HasSuffix(s, "比重") || strings.HasSuffix(s, "比例") || l.saidPart("比重")) {
		l.share, s = strings.TrimSuffix(s[i+len("占"):], "的"), s[:i]
		l.effects = append(l.effects, effShare)
		s = r.peelBack(s, base, l)
	} else if strings.HasPrefix(s, "占") && l.share == "" {
		l.share, s = strings.TrimSuffix(s[len("占"):], "的"), ""
		l.share = strings.TrimPrefix(strings.TrimPrefix(l.share, "到"), "全部")
		l.effects = append(l.effects, effShare)
	}
	if l.head = headMarks.Trim(s); l.head == "(" { // 增长5%(同口径增长7%)
		l.head = ""
	}
	if l.bound == "" && strings.Contains(l.head, "至少") { // 每个片区至少办好1所初中
		l.bound = "ge"
	}
	if l.linked && l.main() != effNone && standing.MatchString(l.head) {
		l.head = "" // 达到5万亿元、稳居全省前列、增长4%: of what was named before
	}
}

// dwells are the characters before which 居 is no rank's: 宜居城市第一名.
var dwells = vocabulary.RunesOf("宜安民定移旅乐旧邻群新")

// bareStart returns where what a pattern finds at the end of a lead without a predicate begins, -1 if
// it finds nothing there.
func bareStart(ending *pattern.Pattern, s string, l *lead) int {
	if l.main() != effNone {
		return -1
	}
	if m := ending.FindStringIndex(s); m != nil {
		return m[0]
	}
	return -1
}

// wholeOf is the whole of a share that a lead ends with, "" if it does not.
func wholeOf(s string, l *lead) string {
	if l.share != "" || !strings.HasSuffix(s, "占比") && !l.saidPart("占比") {
		return ""
	}
	if m := ofTheWhole.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// steppedOver are what a figure is called that is reached.
var steppedOver = vocabulary.Of("台阶", "大关", "关口")

// Words that link a lead to the one before, and words that only begin like one.
var (
	links   = vocabulary.Of("和", "及", "以及", "与", "并", "或")
	noLinks = vocabulary.Of("和谐", "和美", "及时", "与会", "并网")
)

// within returns the expressions of time from byte start to byte end.
func within(times []period.Expression, start, end int) []period.Expression {
	for len(times) > 0 && times[0].Start < start {
		times = times[1:]
	}
	for len(times) > 0 && times[len(times)-1].End > end {
		times = times[:len(times)-1]
	}
	return times
}

var (
	completionOf = pattern.MustCompile(`(?:为|是|占|达)?(?:分别)?(?:完成|超额完成)?(?:了)?(?:全年|年初|年度|年|调整|既定|省定|市定|投资|[省市县区]下达)*(?:预算|计划|目标|任务|目标任务|年度任务|投资计划)的$`)
	against      = pattern.MustCompile(`(?:高于|快于|低于|高出|领先|超出|优于|好于|落后于?)(?:控制|全国|全省|全市|全区|全县|年度|预期|计划|目标|年初|同类|同期|市场价|GDP|地区生产总值|规划|[“"]?十[一二三四五]五[”"]?)[^,;。]{0,10}$|(?:分别)?[比较](?:全国|全省|全市|全区|全州|全盟)[^,;。\d]{0,12}(?:高|快|低|慢)出?$`)
	compared     = pattern.MustCompile(`(?:比|较)(?:年初|前|上一?个?|同|历史|疫情|改革|建[国市州]|集中)[^,;。比较]{0,8}$`)
	// 固定资产投资近万亿元、增长11%: a value in words before the number
	wordedValue = pattern.MustCompile(`(?:近|超过?|约|突破|达到?|逾|过|迈上|跨越|跃上)“?[数几一二两三四五六七八九]?[十百千万亿]+(?:元|人次?|亩|户|公里|吨|家|个)?(?:大关|台阶)?”?(?:大关)?、?$`)
	outpaced    = pattern.MustCompile(`(?:高于|快于|低于|慢于)(?:经济|GDP|地区生产总值|生产总值)(?:的)?$`)
	// what stands between two figures of one subject and names neither
	standing   = pattern.MustCompile(`^(?:继续|持续|连续)?(?:稳居|位居|居|跃居|位列|排名?|列|跻身|进入|迈入|保持)[^,;:。、]{0,10}(?:前列|前茅|首位|榜首|前[二三四五六七八九十]+(?:强|位|名)?|[十百]强|方阵)$`)
	yearsOnEnd = pattern.MustCompile(`连续\d+年$`)
	pastMark   = pattern.MustCompile(`(?:已|超|值|额|量|入|资|总数|人次)过$`)
	rankPlace  = pattern.MustCompile(`(?:总量)?(?:分别)?(?:连续[^,;:。]{1,3}年)?(?:跃|位|稳|高|继续|保持|均|都|双双|排名)*(?:居|位列|列|排名?|排在|名列|位于|[上提跃攀]?升[至到]|前移[至到]|前进[至到]|进入)[^,;:。\d]{0,12}$`)
	barePlace  = pattern.MustCompile(`全[国省市区州盟县]$`)
	amongPeers = pattern.MustCompile(`(?:^[位名]?[、,])?全[国省市区州盟县](?:\d+个[^,;:。、\d]{1,12})?$`)
	fromPlace  = pattern.MustCompile(`(?:由|从)[^,;:。\d]{0,12}$`)
	eachOf     = pattern.MustCompile(`分别|均|都|双双`)
	addedSince = pattern.MustCompile(`(?:较|比)(?:年初|上年末?|上年底|上年同期|去年同期|去年底)(?:净)?新?增$|(?:较|比)(?:年初|上年末?|去年底)新增$`)
	ofTheWhole = pattern.MustCompile(`(全[国省市区县州旗])(?:的)?(?:占比)?$`)
	ratioOf    = pattern.MustCompile(`(?:是|为|相当于)[^,;。]{0,16}(?:总和|总量|总数|同期|上年|一般|前[^,;。]{1,3}年)$`)
)

// peelBack takes predicates, bounds, expressions of time and remarks off the end of s.
func (r *Reader) peelBack(s string, base int, l *lead) string {
	for s != "" {
		if rest, ok := strings.CutSuffix(s, "每立方米"); ok { // 浓度降至每立方米36微克
			s = rest
			continue
		}
		if rest, ok := strings.CutSuffix(s, ")"); ok {
			if i := strings.LastIndex(rest, "("); i >= 0 {
				s = rest[:i]
				continue
			}
		}
		if t := endingAt(l.times, base+len(s)); t != nil && t.Start >= base {
			s = s[:t.Start-base]
			if t.Base {
				l.equals = l.equals || strings.HasSuffix(s, "是") || strings.HasSuffix(s, "为")
				s = trimAny(s, "相比于", "相较于", "相较", "较", "比", "与", "同", "是", "为", "在")
			}
			continue
		}
		if rest, ok := strings.CutSuffix(s, "的"); ok {
			if endingAt(l.times, base+len(rest)) != nil {
				s = rest
				continue
			}
		}
		if strings.HasSuffix(s, "年") {
			if m := yearsOnEnd.FindStringIndex(s); m != nil { // 城镇新增就业连续3年超过9万人
				s = s[:m[0]]
				continue
			}
		}
		if rest, ok := strings.CutSuffix(s, "相比"); ok {
			s = rest
			if m := pastAverage.FindStringIndex(s); m != nil {
				s = s[:m[0]] // 与前三年平均数
			}
			continue
		}
		if rest, ok := strings.CutSuffix(s, "基础上"); ok {
			s = strings.TrimSuffix(rest, "的")
			continue
		}
		if l.bound == "" && len(l.effects) == 0 {
			if word, bound := boundBefore(s); word != "" {
				l.bound = bound
				if _, e := r.lex.predicate(s); e == effNone || e == effAdverb {
					s = s[:len(s)-len(word)]
					continue
				}
			}
		}
		w, e := r.lex.predicate(s)
		if e == effNone {
			break
		}
		l.effects, l.words = append(l.effects, e), append(l.words, w)
		if w == "至少" && l.bound == "" {
			l.bound = "ge"
		}
		if l.bound == "" && e&(effLevel|effHold) != 0 && !strings.HasSuffix(w, "在") {
			_, l.bound = boundBefore(w)
		}
		s = s[:len(s)-len(w)]
	}
	return s
}

// peelFront takes openers, words of scope and expressions of time off the beginning of s.
func (r *Reader) peelFront(s string, base int, l *lead) (string, int) {
	for s != "" {
		before := s
		if t := startingAt(l.times, base); t != nil && t.End <= base+len(s) {
			s = s[t.End-base:]
		} else if t := startingAt(l.times, base+len("到")); t != nil && (strings.HasPrefix(s, "到") || strings.HasPrefix(s, "至")) && t.End <= base+len(s) {
			s = s[t.End-base:]
		} else if w := r.lex.prefix(clsScope, s); w != "" {
			s, l.scope = s[len(w):], true
		} else if w := r.lex.prefix(clsOpener, s); w != "" && (runeLen(w) > 1 || len(w) == len(s) || strings.Contains("并且又还也共已再将要但", w)) && !r.opensWord(s, w) {
			s = s[len(w):]
			l.among = l.among || w == "其中"
		} else if t := enumerator(s); t != s {
			s = t
		} else if m := remark.FindString(s); len(m) < len(s) && m != "" {
			s = s[len(m):] // 预计(下同)全年实现…
		} else {
			s = frontMarks.TrimLeft(s)
		}
		if s == before {
			break
		}
		base += len(before) - len(s)
	}
	return s, base
}

// pastAverage is what a figure is compared with over several years.
var pastAverage = pattern.MustCompile(`[与同较比](?:前|近|过去)[两二三四五]年(?:同期)?(?:的)?(?:平均数|平均值|平均水平|平均|均值)$`)

// remark is what brackets before a name say of all that follows.
var remark = pattern.MustCompile(`^\((?:下同|以下简称[^()]*|不变价|可比价)\)`)

// opensWord guards openers that begin a longer word: 再生铅, 共同富裕, 并网.
func (r *Reader) opensWord(s, w string) bool {
	for _, long := range []string{"再生", "再就业", "再贷款", "共同", "共享", "共建", "并网", "并购", "已建", "将军", "重点", "主要农作物", "主要河流", "主要污染物", "深化改革", "安排就业", "引导基金", "引导资金", "其他", "其它", "加快推进", "稳定就业", "计划外", "组织化", "各项存款", "各项贷款", "和美", "重点项目", "重点工程"} {
		if strings.HasPrefix(s, long) && len(long) > len(w) || s == long {
			return long != "加快推进"
		}
	}
	return false
}

// wholeWord ends in 约 or 达, which is no bound and no predicate there: 签约369个, 天气雷达1部.
var wholeWord = pattern.MustCompile(`[节集签合预特公条违履]约$|雷达$`)

// boundBefore returns the longest word of bound that ends s, "" if there is none.
func boundBefore(s string) (word, bound string) {
	return boundsBefore.SuffixFunc(s, func(w, _ string) bool {
		switch w {
		case "过":
			return len(s) == len(w) || pastMark.MatchString(s)
		case "近":
			return !strings.HasSuffix(s, "附近") && !strings.HasSuffix(s, "邻近")
		case "约":
			return !wholeWord.MatchString(s)
		}
		return true
	})
}

// endingAt returns the expression of time that ends at a byte, nil if there is none.
func endingAt(times []period.Expression, at int) *period.Expression {
	for i := range times {
		// 五年累计|完成: the predicate behind may take the last word along
		if t := &times[i]; t.End == at || t.Kind == period.Span && t.Start < at && at < t.End {
			return t
		}
	}
	return nil
}

// startingAt returns the expression of time that begins at a byte, nil if there is none.
func startingAt(times []period.Expression, at int) *period.Expression {
	for i := range times {
		if times[i].Start == at {
			return &times[i]
		}
	}
	return nil
}

func trimAny(s string, words ...string) string {
	for _, w := range words {
		if rest, ok := strings.CutSuffix(s, w); ok {
			return rest
		}
	}
	return s
}

// listNumber is that of an item: 8.实施….
var listNumber = pattern.MustCompile(`^\d{1,2}[.、](?:\p{Han}|“)`)

// enumerator takes 一是, 二要, 十一是 and 8. off the beginning of s.
func enumerator(s string) string {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		if listNumber.MatchString(s) {
			s = strings.TrimLeft(s, "0123456789")
			_, size := utf8.DecodeRuneInString(s)
			return s[size:]
		}
		return s
	}
	const numerals, one = "一二三四五六七八九十", len("一")
	if len(s) < 2*one || !strings.Contains(numerals, s[:one]) {
		return s
	}
	rest := s[one:]
	if after, ok := strings.CutPrefix(rest, "是"); ok {
		return after
	}
	if after, ok := strings.CutPrefix(rest, "要"); ok {
		return after
	}
	if s[:one] == "十" && strings.Contains(numerals, rest[:one]) {
		if after, ok := strings.CutPrefix(rest[one:], "是"); ok {
			return after
		}
	}
	return s
}
