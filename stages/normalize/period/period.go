// Package period reads expressions of time out of folded Chinese text: 2020年, 2016—2020年,
// “十四五”末, 过去五年, 三年内, 上半年.
//
// Input: a clause and the report year that 今年 stands for. Output: the expressions in order,
// as closed ranges of years. What a period is said of, and which period holds where none is
// said, is decided in package indicator.
package period

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"xianzhi/stages/normalize/number"
	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// Kind says what an expression of time is.
type Kind int

// The kinds of an expression.
const (
	Year     Kind = iota // one year: 2020年, 今年, 去年
	Span                 // several years: 2016—2020年, “十三五”期间, 过去五年
	End                  // the last year of a plan or span: “十四五”末, 五年后
	Part                 // a part of a year: 上半年, 前三季度, 1—11月
	Deadline             // 年底前, 6月底前: within the year
	Name                 // “十一五”规划: the name of a plan, no time of its own
)

// Expression is one expression of time.
type Expression struct {
	Start, End int // byte offsets
	Kind       Kind
	From, To   int    // closed range of years
	Part       string // H1, Q1, Q1-Q3, M01-M11 …, for Kind Part
	Past       bool   // 过去五年, 五年来: what has been
	Future     bool   // 今后五年, 三年内: what is to come
	Base       bool   // 较2015年, 比“十二五”末, 在2019年基础上: what is compared with
	Until      bool   // 到2025年: the value at the end, not over the years
}

// Plans are the five-year plans by their names, first year to last.
var plans = []struct {
	name     string
	from, to int
}{
	// longer names first, so that 十五五 is not read as 十五
	{"十一五", 2006, 2010}, {"十二五", 2011, 2015}, {"十三五", 2016, 2020}, {"十四五", 2021, 2025}, {"十五五", 2026, 2030}, {"十六五", 2031, 2035},
	{"六五", 1981, 1985}, {"七五", 1986, 1990}, {"八五", 1991, 1995}, {"九五", 1996, 2000}, {"十五", 2001, 2005},
}

// A year of four digits and a small count, each in Arabic or in characters.
const (
	fourDigits = `((?:19|20)\d\d|(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2})`
	few        = `([一二两三四五六七八九十]|\d{1,2})`
	several    = `([二两三四五六七八九十]|\d{1,2})`
)

var (
	yearRange = pattern.MustCompile(fourDigits + `年?(?:-|—+|–|~|至|到)` + fourDigits + `年`)
	oneYear   = pattern.MustCompile(fourDigits + `年(?:度|年?底|年?末|年初)?`)
	twoDigit  = pattern.MustCompile(`(\d\d)年(?:底|末)`)
	relative  = pattern.MustCompile(`(?:今|去|明)年(?:底|末)?|本年度?|全年|年内|当年|上年(?:度|末|底)?|前年|来年|年底前?|年末前?`)
	planSpan  = pattern.MustCompile(`[“"‘]?(?:十[一二三四五六]五|[六七八九十]五)[”"’](?:规划|计划)?(?:时期|期间|以来|期末|末期|末|末年|初期|初|头两年|前两年|前三年|前四年)?|(?:十[一二三四五六]五|[八九]五)(?:时期|期间|期末|末)`)
	spanPast  = pattern.MustCompile(`(?:过去|近|最近|这|刚刚过去)的?` + few + `年(?:来|间|里|中)?|` + several + `年来|` + several + `年(?:累计|共|间)|本届政府(?:任期|成立以来)?|任期[内以]来?`)
	spanNext  = pattern.MustCompile(`(?:今后|未来|往后)的?` + few + `年|` + several + `年(?:内|之内)|[分用]` + several + `年(?:左右)?(?:时间)?|力争([二两三四五])年|利用` + several + `年|通过` + several + `年(?:的)?(?:努力|时间)|` + several + `年(?:后|以后)`)
	partYear  = pattern.MustCompile(`上半年|下半年|前[三3]个?季度|[一1][-—–~至][三3]季度|第?[一二三四]季度|首季|(?:前|1[-—–~至]月?)(\d{1,2})个?月份?|1月?[-—–~至](\d{1,2})月份?`)
	// 五年建成新线5944公里: years that begin a clause
	clauseSpan = pattern.MustCompile(`(?:^|[,;:。])([二两三四五六七八九十])年(?:累计|共|来|间)?(?:[^规计行目前后内级期以之任大头多一,;:。])`)
	// 收入五年翻了一番
	spanBefore  = pattern.MustCompile(`(?:^|[^连续第每前隔这近几的])([二两三四五六七八九十])年(?:年均|平均|翻|增长|提高|增加|下降)`)
	yearsAgo    = pattern.MustCompile(`(?:较|比)([一二三四五六七八九十]|\d)年前`)
	onRecord    = pattern.MustCompile(`(?:19|20)\d\d年有[^,;。]{1,12}以来`) // 自1958年有气象记录以来: a comparison
	sinceYear   = pattern.MustCompile(`((?:19|20)\d\d)年(?:\d{1,2}月(?:\d{1,2}日|份)?)?以来`)
	superlative = pattern.MustCompile(`^[^,;。]{0,6}(?:最|新高|新低|首次|罕见|未有)`)
	percentOf   = pattern.MustCompile(`^(?:同期)?(?:水平)?的[约近]?[\d.]+%`) // 恢复到2019年的85%
	builtBefore = pattern.MustCompile(`^(?:以|之)?前(?:建成|建设|建造)?的?\p{Han}`)
	deadline    = pattern.MustCompile(`(\d{1,2})月(?:底|末|中旬|上旬|下旬|\d{1,2}日)?(?:前|之前|以前)`)
)

// expressions are the patterns that Find looks for, and present tells which of them a text may hold,
// so that only those are looked for. It reads fastest where few characters begin any of them: for the
// two that nearly all do, their middle stands.
var (
	expressions = []*pattern.Pattern{yearRange, planSpan, spanPast, spanNext, onRecord, sinceYear, yearsAgo, oneYear, partYear, deadline, clauseSpan, spanBefore, twoDigit, relative}
	present     = func() *pattern.Set {
		var exprs []string
		for _, e := range expressions {
			switch e {
			case clauseSpan, spanBefore:
				exprs = append(exprs, `[二两三四五六七八九十]年`)
			default:
				exprs = append(exprs, e.String())
			}
		}
		return pattern.MustCompileSet(exprs...)
	}()
)

// partOfWord tells by the first character of an expression whether the one before makes it part of a
// word: 目前年产, 以来年均, 以上年产值, 提前3个月.
func partOfWord(first, before rune) bool {
	switch first {
	case '前':
		return strings.ContainsRune("目提以之日当此", before)
	case '来':
		return strings.ContainsRune("以年近本历从往", before)
	case '上':
		return before == '以' || before == '之'
	}
	return false
}

// Find returns the expressions of time in s, in order of their beginnings, without overlaps.
// year is the report year.
func Find(s string, year int) []Expression {
	from, to := around(s)
	if from == to {
		return nil
	}
	return find(s, from, to, year)
}

// find is Find for the expressions between two bytes.
func find(s string, from, to, year int) []Expression {
	f := finder{s: s, from: from, to: to, year: year, present: present.Match(s[from:to])}
	if len(f.present) == 0 {
		return nil
	}
	f.each(yearRange, func(m []int) Expression {
		return Expression{Kind: Span, From: f.digits(m, 1), To: f.digits(m, 2)}
	})
	f.each(planSpan, f.plan)
	f.each(spanPast, func(m []int) Expression {
		if superlative.MatchString(s[m[1]:]) {
			return Expression{Kind: Name} // 近五年最多: a comparison
		}
		n := f.count(m, 5)
		return Expression{Kind: Span, From: year - n, To: year - 1, Past: true}
	})
	f.each(spanNext, func(m []int) Expression {
		n := f.count(m, 5)
		e := Expression{Kind: Span, From: year, To: year + n - 1, Future: true}
		if strings.HasSuffix(s[m[0]:m[1]], "后") {
			e = Expression{Kind: End, From: year + n - 1, To: year + n - 1, Future: true}
		}
		return e
	})
	f.each(onRecord, func([]int) Expression { return Expression{Kind: Name} })
	f.each(sinceYear, func(m []int) Expression {
		if superlative.MatchString(s[m[1]:]) {
			return Expression{Kind: Name} // 1998年以来最多: a comparison
		}
		return Expression{Kind: Span, From: f.digits(m, 1), To: max(f.digits(m, 1), year-1), Past: true}
	})
	f.each(yearsAgo, func(m []int) Expression {
		n := f.count(m, 0)
		if n == 0 {
			n = f.digits(m, 1)
		}
		return Expression{Kind: Year, From: year - 1 - n, To: year - 1 - n, Base: true}
	})
	f.each(oneYear, func(m []int) Expression {
		y := f.digits(m, 1)
		if y < year && builtBefore.MatchString(s[m[1]:]) {
			return Expression{Kind: Name} // 2000年前老旧小区: which ones
		}
		return Expression{Kind: Year, From: y, To: y}
	})
	f.each(partYear, f.part)
	f.each(deadline, func(m []int) Expression {
		return Expression{Kind: Deadline, From: year, To: year}
	})
	past := func(m []int) {
		if n := f.count(m, 0); n > 0 && !f.taken(m[2], m[3]+len("年")) {
			f.add(Expression{Start: m[2], End: m[3] + len("年"), Kind: Span, From: year - n, To: year - 1, Past: true})
		}
	}
	f.all(clauseSpan, past)
	f.all(spanBefore, past)
	f.each(twoDigit, func(m []int) Expression {
		y := 1900 + f.digits(m, 1)
		if y < 1960 {
			y += 100
		}
		return Expression{Kind: Year, From: y, To: y}
	})
	f.each(relative, func(m []int) Expression {
		w := s[m[0]:m[1]]
		e := Expression{Kind: Year, From: year, To: year}
		switch {
		case strings.HasPrefix(w, "去年"), strings.HasPrefix(w, "上年"):
			e.From, e.To = year-1, year-1
		case w == "前年":
			e.From, e.To = year-2, year-2
		case strings.HasPrefix(w, "明年"), w == "来年":
			e.From, e.To = year+1, year+1
		case w == "全年", w == "年内", w == "当年", strings.HasPrefix(w, "年"):
			e.Kind = Deadline // within the year that the context gives
		}
		return e
	})
	return f.finish()
}

// anchors are characters of which every expression holds one.
var anchors = vocabulary.FilterOf("年月季届任五")

// What of an expression may stand before its first anchor and behind its last, in bytes.
const (
	mostBefore = 48
	mostBehind = 72
)

// May reports whether a text may hold an expression of time.
func May(s string) bool { return anchors.Skip(s, 0) < len(s) }

// around returns the part of s that holds all expressions.
func around(s string) (from, to int) {
	first := anchors.Skip(s, 0)
	if first == len(s) {
		return 0, 0
	}
	for i := first; i < len(s); i = anchors.Skip(s, i) {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
		to = min(len(s), i+mostBehind)
	}
	if from = max(0, first-mostBefore); strings.Contains(s[from:first], "—") {
		from = 0 // a range of years may have any number of these
	}
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	return from, to
}

// finder collects expressions, earlier patterns winning over later ones.
type finder struct {
	s       string
	from    int // where expressions may begin
	to      int // and must have ended
	year    int
	present []int // the expressions that s holds
	out     []Expression
}

// all yields the matches of one of the expressions.
func (f *finder) all(re *pattern.Pattern, yield func(m []int)) {
	for _, i := range f.present {
		if expressions[i] == re {
			re.Each(f.s[:f.to], f.from, yield)
		}
	}
}

func (f *finder) each(re *pattern.Pattern, make func([]int) Expression) {
	f.all(re, func(m []int) {
		if f.taken(m[0], m[1]) || f.inWord(m[0]) {
			return
		}
		e := make(m)
		e.Start, e.End = m[0], m[1]
		f.add(e)
	})
}

// add inserts e in the order of beginnings.
func (f *finder) add(e Expression) {
	f.out = append(f.out, e)
	for i := len(f.out) - 1; i > 0 && f.out[i-1].Start > e.Start; i-- {
		f.out[i-1], f.out[i] = f.out[i], f.out[i-1]
	}
}

func (f *finder) taken(start, end int) bool {
	for i := range f.out {
		if e := &f.out[i]; start < e.End && e.Start < end {
			return true
		}
	}
	return false
}

// inWord reports whether what begins at byte i only continues a number or a word.
func (f *finder) inWord(i int) bool {
	before, _ := utf8.DecodeLastRuneInString(f.s[:i])
	first, _ := utf8.DecodeRuneInString(f.s[i:])
	const characters = "〇零一二三四五六七八九十百"
	return unicode.IsDigit(first) && (unicode.IsDigit(before) || before == '.') ||
		strings.ContainsRune(characters, first) && strings.ContainsRune(characters, before) ||
		partOfWord(first, before)
}

func (f *finder) group(m []int, g int) string {
	if m[2*g] < 0 {
		return ""
	}
	return f.s[m[2*g]:m[2*g+1]]
}

// digits reads the digits of a group, Arabic or in characters.
func (f *finder) digits(m []int, g int) int {
	n := 0
	for _, r := range f.group(m, g) { // the pattern allows digits only
		if r == '十' {
			return 10
		}
		d, chinese := number.Digit(r)
		if !chinese {
			d = int(r - '0')
		}
		n = 10*n + d
	}
	return n
}

// count returns the number of years in the first group that matched.
func (f *finder) count(m []int, otherwise int) int {
	for g := 1; 2*g < len(m); g++ {
		if n := f.digits(m, g); n > 0 {
			return n
		}
	}
	return otherwise
}

// quotes stand around the name of a plan.
var quotes = vocabulary.RunesOf(`“”"‘’`)

func (f *finder) plan(m []int) Expression {
	w := quotes.TrimLeft(f.s[m[0]:m[1]])
	for _, p := range plans {
		tail, ok := strings.CutPrefix(w, p.name)
		if !ok {
			continue
		}
		tail = quotes.TrimLeft(tail)
		tail = strings.TrimPrefix(strings.TrimPrefix(tail, "规划"), "计划")
		switch {
		case strings.Contains(tail, "末"):
			return Expression{Kind: End, From: p.to, To: p.to}
		case tail == "初" || tail == "初期":
			return Expression{Kind: Year, From: p.from, To: p.from}
		case tail == "头两年" || tail == "前两年":
			return Expression{Kind: Span, From: p.from, To: p.from + 1}
		case tail == "前三年":
			return Expression{Kind: Span, From: p.from, To: p.from + 2}
		case tail == "前四年":
			return Expression{Kind: Span, From: p.from, To: p.from + 3}
		case tail == "以来":
			return Expression{Kind: Span, From: p.from, To: max(p.from, f.year-1), Past: true}
		}
		if tail == "" {
			return Expression{Kind: Name, From: p.from, To: p.to} // “十一五”规划纲要
		}
		return Expression{Kind: Span, From: p.from, To: p.to, Past: p.to < f.year, Future: p.from >= f.year}
	}
	return Expression{Kind: Span, From: f.year, To: f.year}
}

func (f *finder) part(m []int) Expression {
	e := Expression{Kind: Part, From: f.year, To: f.year}
	w := f.s[m[0]:m[1]]
	months := f.group(m, 1) + f.group(m, 2)
	w = strings.TrimPrefix(w, "第")
	switch {
	case w == "上半年":
		e.Part = "H1"
	case w == "下半年":
		e.Part = "H2"
	case w == "首季", w == "一季度":
		e.Part = "Q1"
	case w == "二季度":
		e.Part = "Q2"
	case w == "三季度":
		e.Part = "Q3"
	case w == "四季度":
		e.Part = "Q4"
	case months == "":
		e.Part = "Q1-Q3"
	}
	if months != "" {
		n, _ := strconv.Atoi(months)
		e.Part = "M01-M" + strconv.Itoa(100 + n)[1:]
	}
	return e
}

// comparison says what must stand behind an expression for the word before it to compare with it.
type comparison int

const (
	compared   comparison = iota // anything
	multiple                     // 倍 or a percentage
	multipleOf                   // 的…倍
	restored                     // a percentage
	with                         // 比 or 持平
	likewise                     // 持平
)

// even says that a figure is what it was: 与上年基本持平.
var even = pattern.MustCompile(`^(?:基本|大体|总体)?(?:持平|相当|一致)`)

var comparing = vocabulary.From(map[comparison][]string{
	compared:   {"较", "比", "相较", "相比于", "相较于", "比之", "高于", "低于", "快于"},
	multiple:   {"是", "为", "相当于"},
	multipleOf: {"达到", "达", "超过"},
	restored:   {"恢复到", "恢复至"},
	with:       {"与", "同"},
	likewise:   {"和"},
})

// finish marks what the words before an expression make of it.
func (f *finder) finish() []Expression {
	for i := range f.out {
		e := &f.out[i]
		before, after := f.s[:e.Start], f.s[e.End:]
		if w, c := comparing.Suffix(before); w != "" {
			switch c {
			case compared:
				e.Base = true
			case multiple:
				e.Base = e.Base || strings.Contains(after, "倍") || percentOf.MatchString(after)
			case multipleOf: // 达到2015年的3.2倍
				e.Base = e.Base || strings.HasPrefix(after, "的") && strings.Contains(after, "倍")
			case restored: // 恢复到2019年的85%
				e.Base = e.Base || percentOf.MatchString(after)
			case with:
				e.Base = e.Base || strings.Contains(after, "比") || even.MatchString(after)
			case likewise:
				e.Base = e.Base || even.MatchString(after)
			}
		}
		if strings.HasSuffix(before, "在") && strings.HasPrefix(after, "基础上") || strings.HasPrefix(after, "的基础上") {
			e.Base = true
		}
		e.Until = !e.Base && (strings.HasSuffix(before, "到") || strings.HasSuffix(before, "至"))
	}
	return f.out
}
