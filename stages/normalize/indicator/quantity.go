package indicator

import (
	"strings"
	"unicode/utf8"

	"xianzhi/schemas"
	"xianzhi/stages/normalize/number"
	"xianzhi/stages/normalize/unit"
	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
	"xianzhi/stages/vocabulary"
)

// Quantity is the Role of a numeral that gives a row.
const Quantity = string(roleQuantity)

// role is what a numeral is: a quantity of the region, or something else.
type role string

const (
	roleQuantity role = "indicator"
	roleProject  role = "project_attr" // an attribute of one construction project
	roleDate     role = "date"
	roleLabel    role = "label" // part of a name, slogan, class or threshold
	roleOther    role = "other"
)

// quantity is a numeral with its unit and the words of bound around it; offsets are bytes of
// the sentence.
type quantity struct {
	num        number.Numeral
	high       number.Decimal // of a range
	ranged     bool
	unit       unit.Match
	start, end int // of the numeral (of both in a range)
	stop       int // behind the unit and the word of bound
	bound      string
	boundWord  string
	role       role
	rule       string // why it has its role
}

var boundsAfter = vocabulary.From(map[string][]string{
	"ge":     {"及以上", "以上", "之上", "开外", "有余", "余", "多"},
	"le":     {"以内", "之内", "以下", "之下", "内"},
	"approx": {"左右", "上下"},
	"":       {"大关", "关口"},
})

var boundsBefore = vocabulary.From(map[string][]string{
	"ge": {
		"不低于", "不少于", "不小于", "高于", "大于", "多于", "超过了", "超过", "突破了", "突破", "至少", "逾", "超", "过",
		"迈上", "迈过", "跨上", "跨过", "跃上", "站上", "跨越", "迈入", "最低",
	},
	"le":     {"不超过", "不突破", "不到", "不足", "不高于", "不大于", "低于", "小于", "少于", "不多于", "最多", "至多"},
	"approx": {"大约", "接近", "将近", "大致", "约为", "约占", "约", "近"},
})

// scratch is memory that the sentences of a text use one after the other.
type scratch struct {
	numerals   []number.Numeral
	qs         []quantity
	statements [2]statement // the last one and the one before
	aside      lead         // of a clause without a number
	names      [1]string    // see parser.one
	clauses    []segment.Span
	silent     []span
	recent     []string            // the names of the statements of a sentence so far
	rows       []schemas.Indicator // to be filled
	signs      []sign
	known      [64]knownName // names that were looked up lately, as most are again
}

// knownName is a name and the rows of codes.csv that it states.
type knownName struct {
	name string
	rows []int
}

// readQuantities finds the numerals of a sentence with their units; ranges and products are
// joined into one.
func (r *Reader) readQuantities(s string, mem *scratch) []quantity {
	mem.numerals = number.Append(mem.numerals[:0], s)
	ns, out := mem.numerals, mem.qs[:0]
	for i := 0; i < len(ns); i++ {
		out = append(out, quantity{num: ns[i], start: ns[i].Start, end: ns[i].End})
		q := &out[len(out)-1]
		// 2×100万千瓦
		for i+1 < len(ns) && isTimes(s[q.end:ns[i+1].Start]) {
			i++
			q.num.Value, q.end = q.num.Value.Times(ns[i].Value), ns[i].End
		}
		q.unit = r.unitOf(s, q.num.Form, q.end)
		q.stop = q.end + len(q.unit.Text)
		// 2-3项, 8%-10%, 5%至6%
		if i+1 < len(ns) && q.num.Form == number.Percent && (ns[i+1].Form == number.Percent || ns[i+1].Form == number.Chinese) && isRange(s, q, &ns[i+1]) {
			i++ // 百分之八至九
			q.ranged, q.high, q.end, q.stop = true, ns[i].Value, ns[i].End, ns[i].End
		}
		if i+1 < len(ns) && q.num.Parts == 0 && q.num.Form == number.Arabic && ns[i+1].Form == number.Arabic && isRange(s, q, &ns[i+1]) {
			next := r.unitOf(s, ns[i+1].Form, ns[i+1].End)
			if sameUnit(&q.unit, &next) {
				i++
				q.ranged, q.high = true, ns[i].Value
				if power := q.unit.Power; power != 0 && next.Power == 0 {
					next.Power = power
				}
				q.unit = next
				q.end, q.stop = ns[i].End, ns[i].End+len(next.Text)
			}
		}
		rest := s[q.stop:]
		if w, bound := boundsAfter.Prefix(rest); w != "" && !(w == "内" && withInside.PrefixLen(rest) > 0) && !(w == "多" && !q.unit.Some) {
			q.stop += len(w)
			q.bound, q.boundWord = bound, w
		}
		if q.unit.Vague && q.bound == "" {
			q.bound, q.boundWord = "ge", "余"
		}
		for i+1 < len(ns) && ns[i+1].Start < q.stop { // the 3 of m3
			i++
		}
	}
	// 10.5和11%: an elided unit is supplied by the next number
	for i := len(out) - 2; i >= 0; i-- {
		a, b := &out[i], &out[i+1]
		if a.num.Form != number.Arabic || a.ranged || !b.unit.Some {
			continue
		}
		if between := s[a.end:b.start]; !a.unit.Some && (isListMark(between) || otherPlace.MatchString(between)) {
			a.unit.Unit, a.unit.Power, a.unit.Some = b.unit.Unit, b.unit.Power, true
		} else if a.unit.Text == "个" && b.unit.Unit.Dimension == "points" && otherPlace.MatchString(s[a.stop:b.start]) {
			a.unit.Unit, a.unit.Power = b.unit.Unit, b.unit.Power // 高于全国1.5个、全省0.8个百分点
		}
	}
	return out
}

// unitOf reads the unit of a numeral that ends at byte end of s.
func (r *Reader) unitOf(s string, form number.Form, end int) unit.Match {
	implied := ""
	switch form {
	case number.Percent, number.Tenths, number.Fraction:
		implied = "%"
	case number.Permille:
		implied = "‰"
	case number.Doubling:
		implied = "倍"
	default:
		return r.units.Match(s[end:])
	}
	m := r.units.Match(implied)
	m.Text = ""
	return m
}

func isTimes(between string) bool {
	return between == "×" || between == "*" || between == "x" || between == "X" || between == "✕"
}

// otherPlace joins two numbers of which the second is compared with another place.
var otherPlace = pattern.MustCompile(`^[、和与,](?:高于|快于|高出|低于)?(?:全国|全省|全区|全市|全州|省|市|州|国家)?(?:平均)?(?:水平)?$`)

func isListMark(between string) bool {
	switch between {
	case "、", "和", "与", "及":
		return true
	}
	return false
}

func isRange(s string, q *quantity, next *number.Numeral) bool {
	if next.Start < q.end {
		return false
	}
	between := s[q.end:next.Start]
	if q.stop <= next.Start && q.unit.Some {
		between = s[q.stop:next.Start]
	}
	if between == "到" && !q.unit.Some {
		return !strings.HasSuffix(s[:q.start], "由") && !strings.HasSuffix(s[:q.start], "从")
	}
	switch between {
	case "-", "—", "——", "–", "~", "至":
		return !strings.HasSuffix(s[:q.start], "由") && !strings.HasSuffix(s[:q.start], "从")
	}
	return false
}

func sameUnit(a, b *unit.Match) bool {
	return b.Some && (!a.Some || a.Unit.Name == b.Unit.Name || a.Unit.Name == "")
}

// withInside are words that begin with 内 but bound nothing.
var withInside = vocabulary.Of("内容", "内部", "内外", "内地", "内陆", "内需", "内河", "内涵", "内用", "内燃")

// pair follows a pair of marks through a sentence.
type pair struct {
	open, shut         string
	at                 int // what stands before is known
	lastOpen, lastShut int
	some               bool // the sentence has such marks
}

func newPair(open, shut string) pair {
	return pair{open: open, shut: shut, lastOpen: -1, lastShut: -1}
}

// around returns the content of the innermost pair of marks around byte i, "" if there is none; i
// never goes back.
func (p *pair) around(s string, i int) string {
	if !p.some {
		return ""
	}
	p.lastOpen, p.lastShut = lastFrom(s[:i], p.at, p.open, p.lastOpen), lastFrom(s[:i], p.at, p.shut, p.lastShut)
	p.at = i
	if p.lastOpen < 0 || p.lastShut > p.lastOpen {
		return ""
	}
	b := strings.Index(s[i:], p.shut)
	if b < 0 {
		return ""
	}
	return s[p.lastOpen+len(p.open) : i+b]
}

// lastFrom returns the place of the last mark in s from a byte on, or the one known before.
func lastFrom(s string, from int, mark string, before int) int {
	for n := strings.Index(s[from:], mark); n >= 0; n = strings.Index(s[from:], mark) {
		before = from + n
		from = before + len(mark)
	}
	return before
}

// The marks and small words at which texts are cut or trimmed.
var (
	joins       = vocabulary.RunesOf("、和与及")
	betweens    = vocabulary.RunesOf("、和与及,以万约超过突破第")
	leadMarks   = vocabulary.RunesOf("、,;:。)”")
	headMarks   = vocabulary.RunesOf("、,;:。的")
	frontMarks  = vocabulary.RunesOf("、,;:。)”的-—")
	nounEnds    = vocabulary.RunesOf(",;:。、!?")
	opening     = vocabulary.RunesOf("“《(")
	closing     = vocabulary.RunesOf("”》)")
	listMarks   = vocabulary.RunesOf("、和及")
	nameMarks   = vocabulary.RunesOf("、,;:。的和与及-—")
	nounMarks   = vocabulary.RunesOf("的、")
	fillers     = vocabulary.RunesOf("均已全部成功顺利正式相继先后的")
	segmentEnds = vocabulary.RunesOf(";。")
	restMarks   = vocabulary.RunesOf(",;:。、的")
)

// lastIndex is strings.LastIndex, sooner done where s holds no w.
func lastIndex(s, w string) int {
	if !strings.Contains(s, w) {
		return -1
	}
	return strings.LastIndex(s, w)
}

// firstMark returns the place of the first , ; : or 。 in s, -1 if there is none.
func firstMark(s string) int {
	for i := range len(s) {
		if markAt(s, i) {
			return i
		}
	}
	return -1
}

// lastMark returns the place of the last , ; : or 。 in s, -1 if there is none.
func lastMark(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if markAt(s, i) {
			return i
		}
	}
	return -1
}

func markAt(s string, i int) bool {
	switch s[i] {
	case ',', ';', ':':
		return true
	case "。"[0]:
		return strings.HasPrefix(s[i:], "。")
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// firstBytes returns at most the first n bytes of s, which may end within a character.
func firstBytes(s string, n int) string { return s[:min(len(s), n)] }

func firstRunes(s string, n int) string {
	for i := range len(s) {
		if !utf8.RuneStart(s[i]) {
			continue
		}
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func lastRunes(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}
