package indicator

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
	"xianzhi/stages/vocabulary"
)

// nounPhrase reads the noun phrase that begins s (what stands behind 4个): it ends at
// punctuation, at a number and before a word that begins a predicate. rest is what follows it
// in the clause, a predicate said of the noun. Where abuts is set another number follows right
// behind s, and a verb inside belongs to that number: 25家企业落实贷款4亿元.
func (r *Reader) nounPhrase(t *segment.Text, at segment.Span, abuts bool) (noun, rest string, end int) {
	s := t.At(at)
	end0 := len(strings.TrimPrefix(s, "的"))
	if m := monitored.FindStringSubmatch(s); m != nil {
		return m[1], "", at.Start // the next figure is said of them, too
	}
	levels := len(levelsJoined.FindString(s))
	if i := nounEnds.Index(s[levels:]); i >= 0 {
		s = s[:levels+i]
	}
	if m := dateInside.FindStringIndex(s); m != nil && m[0] > 0 {
		s = s[:m[0]]
	}
	s = strings.TrimPrefix(s, "的")
	skipped := at.Start + strings.Index(t.At(at), s)
	if s == "" || !isHan(firstRune(s)) && !isLetter(firstRune(s)) && !strings.HasPrefix(s, "“") && !strings.HasPrefix(s, "《") {
		return "", "", at.Start
	}
	cut := len(s)
	toEnd := abuts && len(s) == end0
	if _, first := utf8.DecodeRuneInString(s); toEnd || r.beginsNone.PrefixLen(s) > 0 || r.cuts.In(s[first:]) || r.lex.words[clsTailStop].In(s) {
		cut = r.cutOf(t, segment.Span{Start: skipped, End: skipped + len(s)}, toEnd)
	}
	if finished.MatchString(s[cut:]) {
		cut += len("任务")
	}
	noun = s[:cut]
	for _, w := range []string{"和", "与", "及", "以及"} {
		noun = strings.TrimSuffix(noun, w)
	}
	if open := strings.LastIndex(noun, "("); open >= 0 && !strings.Contains(noun[open:], ")") {
		noun = noun[:open]
	}
	return noun, s[cut:], skipped + len(noun)
}

// finished are tasks of which it is said that they are done: 32项改革任务全面完成.
var finished = pattern.MustCompile(`^任务(?:已|均|都|全面|全部|如期|圆满|顺利|基本|高质量)*完成`)

// levelsJoined are levels of government together: 9个市、县专班.
var levelsJoined = pattern.MustCompile(`^[省市县区乡镇村](?:、[省市县区乡镇村])+`)

// monitored are sections of rivers and what is said of their water: 12个国、省控断面水质优良率100%.
var monitored = pattern.MustCompile(`^((?:(?:国家?|省|市)[、和])*\p{Han}{1,10}?断面)(?:地表水|水质|水环境)\p{Han}{1,8}率`)

// cutOf returns the length of the noun phrase that begins a text.
func (r *Reader) cutOf(t *segment.Text, at segment.Span, abuts bool) int {
	depth := 0
	tokens := r.tokenizer.Tokens(t, at)
	for i, tok := range tokens {
		w := tok.Text
		switch {
		case w == "以上" && strings.HasSuffix(t.Folded[at.Start:tok.Start], "级"): // 省级以上示范项目
		case opening.In(w):
			depth++
		case closing.In(w):
			depth = max(0, depth-1)
		case depth > 0:
		case i > 0:
			if tok.Tag == "d" || tok.Tag == "p" || strings.HasPrefix(tok.Tag, "u") || abuts && tok.Tag == "v" || r.lex.words[clsTailStop].Has(w) || w == "全面" {
				if i+1 < len(tokens) && insideNoun(tok, tokens[i+1]) {
					continue
				}
				return tok.Start - at.Start
			}
		case tok.Tag == "d" && w == "已": // 26个已签约项目
		case strings.HasPrefix(tok.Tag, "c") || prepositions[w] || r.lex.words[clsTailStop].Has(w):
			return 0
		}
	}
	return at.End - at.Start
}

// insideNoun reports whether what looks like the beginning of a predicate is part of a noun: 便|民中心,
// 消费新|地|标, 供电引领|区.
func insideNoun(tok, next segment.Token) bool {
	switch {
	case tok.Tag == "d":
		return strings.HasPrefix(next.Tag, "n")
	case tok.Text == "地":
		return next.Tag != "v"
	}
	return nounSuffixes.Has(next.Text)
}

// nounSuffixes make a noun of a verb before them.
var nounSuffixes = vocabulary.Of("区", "者", "型", "带", "园", "奖", "站", "室", "点", "率", "员", "力", "圈")

var dateInside = pattern.MustCompile(`\d+[年月日]|(?:年底|年内|月底|季度)前?`)

// prepositions begin no noun phrase.
var prepositions = map[string]bool{"在": true, "对": true, "为": true, "向": true, "从": true, "由": true, "按": true, "比": true, "与": true, "同": true, "于": true, "被": true, "把": true, "将": true, "以": true, "用于": true}

// verbOf returns the verb at the end of a head that governs the counted noun, with what
// modifies it: 高标准实施 → 实施; 新建改造 → 新建改造.
func (r *Reader) verbOf(head string) string {
	end := head
	for {
		w := r.lex.suffix(clsAction, end)
		if w == "" {
			break
		}
		end = listMarks.TrimRight(end[:len(end)-len(w)])
	}
	return listMarks.TrimLeft(head[len(end):])
}

// verbAt returns the action verb that begins s.
func (r *Reader) verbAt(s string) string {
	rest := s
	for {
		w := r.lex.prefix(clsAction, rest)
		if w == "" || runeLen(w) == 1 && w != rest || len(r.lex.prefix(clsNoun, rest)) > len(w) {
			break // a single character is more often the start of a longer word: 招 of 招商
		}
		rest = rest[len(w):]
	}
	return s[:len(s)-len(rest)]
}

// Function words that a cut through a sentence leaves at the ends of a name.
var (
	strayAfter  = []string{"可能", "约占", "在", "约", "达", "到", "仅", "至", "由", "从", "了", "均", "各", "共", "已"}
	strayBefore = []string{"以来", "而", "到", "在", "仅", "据", "了", "对", "把", "将", "从", "由", "向"}
	// the characters that the one end in, and the others begin with
	straysAfter, straysBefore = func() (after, before vocabulary.Filter) {
		for _, w := range strayAfter {
			after.Add(lastRune(w))
		}
		for _, w := range strayBefore {
			before.Add(firstRune(w))
		}
		return after, before
	}()
	wordsBefore = pattern.MustCompile(`^(?:在[建校册库园职岗编谈孵]|对[外口]|从业|向阳|将军|到位|由来|从事)`)
)

// withoutParens takes remarks in brackets out of a name.
func withoutParens(name string) string {
	if strings.IndexByte(name, '(') < 0 {
		return name
	}
	return bareParen.ReplaceAllLiteralString(name, "")
}

// amongThem says whom a rank is among: 创新指数在全国同类城市中.
var amongThem = pattern.MustCompile(`在[^,;:。、在]{0,10}(?:城市|[县市区]|片区|园区|省份|企业|高校)中$`)

var bareParen = pattern.MustCompile(`\([^()]*\)`)

var (
	quotes = vocabulary.Without("“”")
	parens = vocabulary.Without("()")
)

// tidy trims a name to a noun phrase.
func tidy(s string) string {
	s = withoutParens(s)
	if !conjoined.MatchString(s) {
		s = nameMarks.TrimRight(s) // not the 及 of 惠及
	}
	if n := len(s) - len(nameMarks.TrimLeft(s)); n > 0 {
		if and := n - len("和"); and >= 0 && noLinks.PrefixLen(s[and:]) > 0 {
			n = and // 和美乡村
		}
		s = s[n:]
	}
	for changed := true; changed && (straysAfter.May(lastRune(s)) || straysBefore.May(firstRune(s))) && runeLen(s) > 4; {
		changed = false
		for _, w := range strayAfter {
			if rest, ok := strings.CutSuffix(s, w); ok && !wholeWord.MatchString(s) {
				s, changed = rest, true
			}
		}
		for _, w := range strayBefore {
			if rest, ok := strings.CutPrefix(s, w); ok && !wordsBefore.MatchString(s) {
				s, changed = rest, true
			}
		}
	}
	if strings.HasSuffix(s, "中") {
		s = amongThem.ReplaceAllLiteralString(s, "")
	}
	if strings.Count(s, "“") != strings.Count(s, "”") {
		s = quotes.Replace(s)
	}
	if strings.Count(s, "(") != strings.Count(s, ")") {
		s = parens.Replace(s)
	}
	return s
}

// suffixed ends a name with the quantity that its unit measures: 新建幼儿园 + 所 → 新建幼儿园数量.
func (r *Reader) suffixed(name, dimension, measure string, share bool) string {
	if share && (dimension == "percent" || dimension == "points") && name != "" && !strings.HasSuffix(name, "占比") && !strings.HasSuffix(name, "比重") && !strings.HasSuffix(name, "率") {
		return name + "占比" // 工业增加值占比提升3个百分点
	}
	if name == "" || r.lex.suffix(clsQuantity, name) != "" {
		return name
	}
	switch dimension {
	case "count", "head", "box":
		return name + "数量"
	case "person":
		return name + "人数"
	case "person_time":
		return name + "人次"
	case "household":
		return name + "户数"
	case "area":
		return name + "面积"
	case "length":
		return name + "长度"
	case "currency":
		return name + "金额"
	case "percent", "points":
		if measure == "share" && lastRune(name) != '比' {
			return name + "占比"
		}
	}
	return name
}

// shorten keeps a name readable: of a long head the part from its last action verb on.
func (r *Reader) shorten(head string) string {
	if runeLen(head) <= 24 || strings.Contains(head, "、") {
		return head
	}
	best := -1
	for i := range head {
		if i > 0 && runeLen(r.lex.prefix(clsAction, head[i:])) > 1 && runeLen(head[i:]) >= 4 {
			best = i
		}
	}
	if best > 0 {
		start := best - len(r.verbOf(head[:best]))
		return head[start:]
	}
	return head
}

// subjects splits a head that names several things that share a number or a list of numbers,
// and completes members that leave out a shared end: 城镇、农村居民人均可支配收入.
func (r *Reader) subjects(head string, want int) []string {
	if m := industries.FindStringSubmatch(head); m != nil && strings.Contains(m[1], "产") {
		var parts []string
		for _, c := range m[1] {
			if strings.ContainsRune("一二三", c) {
				parts = append(parts, "第"+string(c)+"产业"+m[2])
			}
		}
		return parts
	}
	if m := depositsAndLoans.FindStringSubmatch(head); m != nil && want == 2 {
		return []string{m[1] + "存款" + m[2], m[1] + "贷款" + m[2]}
	}
	head = strings.Replace(head, "城、乡居民", "城乡居民", 1)
	parts := splitList(head, "、")
	if len(parts) != want || want == 1 {
		parts = splitList(head, "、和与及")
	}
	if len(parts) == 1 {
		if i := strings.Index(head, "城乡居民"); i >= 0 && want == 2 {
			rest := head[i+len("城乡居民"):]
			return []string{head[:i] + "城镇居民" + rest, head[:i] + "农村居民" + rest}
		}
		if i := strings.Index(head, "城乡"); i >= 0 && want == 2 { // 城乡低保标准分别…
			rest := head[i+len("城乡"):]
			return []string{head[:i] + "城市" + rest, head[:i] + "农村" + rest}
		}
		return parts
	}
	if of, ok := strings.CutSuffix(parts[0], "起数"); ok {
		for i, part := range parts {
			if casualties[part] {
				parts[i] = of + part // 火灾事故起数、死亡人数
			}
		}
		return parts
	}
	for i, part := range parts {
		if i == 0 {
			continue
		}
		if outturns[part] { // 粮食播种面积和产量
			parts[i] = r.withoutQuantity(parts[0]) + part
		} else if of := strings.LastIndex(parts[0], "企业"); of > 0 && r.lex.words[clsRelative].Has(part) {
			parts[i] = parts[0][:of+len("企业")] + part // 省属企业总产值、利润总额
		}
	}
	last := parts[len(parts)-1]
	if level := levelFirst.FindString(last); level != "" { // 新增省级、市级龙头企业
		verb := r.verbAt(parts[0])
		for i, part := range parts {
			switch {
			case i+1 < len(parts) && levelLast.MatchString(part) && runeLen(part) <= runeLen(verb)+3:
				parts[i] = part + last[len(level):]
			case i+1 < len(parts):
				continue
			}
			if i > 0 && r.verbAt(parts[i]) == "" {
				parts[i] = verb + parts[i]
			}
		}
	}
	tail := r.lex.suffix(clsQuantity, last)
	if tail == "率" {
		if tail = mechanized.FindString(last); tail == "" {
			tail = lastRunes(last, 3) // 电子发票、电子合同使用率
		}
	}
	if tail == "" && strings.HasSuffix(last, "企业贷款") {
		tail = "贷款" // 高新技术企业、中小企业贷款
	}
	for i, p := range parts[:len(parts)-1] {
		if tail == "贷款" && !strings.HasSuffix(p, "企业") {
			continue
		}
		if r.lex.suffix(clsQuantity, p) != "" && runeLen(p) > 2 {
			continue
		}
		rest := tail
		if m := division.FindString(last); m != "" && division.FindString(p) == p {
			rest = last[len(m):] // 青云县、安岭县工业投资
		} else if n := len(p); n < len(last) && (n == len(last)-len(tail) || counterparts[p]) {
			rest = last[n:]
		}
		parts[i] = p + rest
	}
	return parts
}

// mechanized is how far the work on a crop is done by machines.
var mechanized = pattern.MustCompile(`(?:耕种收|全程)?(?:综合)?机械化率$`)

// division is a county or a city by its full name.
var division = pattern.MustCompile(`^\p{Han}{2,8}?(?:自治县|县|市|区|旗|自治州)`)

// depositsAndLoans names both in one: 金融机构存、贷款余额.
var depositsAndLoans = pattern.MustCompile(`^(\p{Han}*?)存、?贷款(余额)?$`)

// outturns are told of a crop.
var outturns = map[string]bool{"产量": true, "总产量": true, "总产": true, "单产": true}

var (
	levelFirst = pattern.MustCompile(`^(?:国家|自治区|省|市|县|区|州)级?`)
	levelLast  = pattern.MustCompile(`(?:国家|自治区|省|市|县|区|州)级?$`)
)

// industries lists industries in one: 第一、二、三产业增加值, 第二、三产业, 一二三产.
var industries = pattern.MustCompile(`^(?:全[市县区省])?(第?[一二三](?:产业?)?(?:(?:、|和|、和)?第?[一二三](?:产业?)?)+)(增加值)?$`)

// Words that contain a conjunction: it ends the first, and begins the second.
var (
	conjoined = pattern.MustCompile(`(?:普及|惠及|遍及|推及|涉及|波及|触及|总和|饱和|中和|温和|共和|缓和|参与|给与|赠与)$`)
	conjoins  = pattern.MustCompile(`^(?:和谐|和平|和美|和睦|及时|及格|与会)`)
)

// counterparts stand for one another at the beginning of a name: 城镇、农村居民….
var counterparts = map[string]bool{"城镇": true, "农村": true, "城市": true, "全体": true, "乡村": true}

// splitList splits s at the given marks outside quotation marks and brackets.
func splitList(s, marks string) []string {
	var parts []string
	depth, from := 0, 0
	for i, c := range s {
		switch {
		case c == '“' || c == '《' || c == '(':
			depth++
		case c == '”' || c == '》' || c == ')':
			depth--
		case depth > 0 || !strings.ContainsRune(marks, c) || i <= from:
		case c == '、':
			parts = append(parts, s[from:i])
			from = i + len("、")
		case (i-from >= 6 || s[i-1] < utf8.RuneSelf) && len(s)-i > 6 && !conjoined.MatchString(s[:i]+string(c)) && !conjoins.MatchString(s[i:]):
			// only between noun phrases of some length, and not where it is part of a word
			parts = append(parts, strings.TrimSuffix(s[from:i], "以"))
			from = i + len("和")
		}
	}
	return append(parts, s[from:])
}
