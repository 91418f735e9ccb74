package indicator

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/normalize/number"
	"xianzhi/stages/normalize/unit"
	"xianzhi/stages/pattern"
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

var boundsAfter = []struct{ word, bound string }{
	{"及以上", "ge"}, {"以上", "ge"}, {"之上", "ge"}, {"开外", "ge"}, {"有余", "ge"}, {"余", "ge"}, {"多", "ge"},
	{"以内", "le"}, {"之内", "le"}, {"以下", "le"}, {"之下", "le"}, {"内", "le"},
	{"左右", "approx"}, {"上下", "approx"}, {"大关", ""}, {"关口", ""},
}

var boundsBefore = []struct{ word, bound string }{
	{"不低于", "ge"}, {"不少于", "ge"}, {"不小于", "ge"}, {"高于", "ge"}, {"大于", "ge"}, {"多于", "ge"}, {"超过了", "ge"}, {"超过", "ge"}, {"突破了", "ge"}, {"突破", "ge"}, {"至少", "ge"}, {"逾", "ge"}, {"超", "ge"}, {"过", "ge"},
	{"迈上", "ge"}, {"迈过", "ge"}, {"跨上", "ge"}, {"跨过", "ge"}, {"跃上", "ge"}, {"站上", "ge"}, {"跨越", "ge"}, {"迈入", "ge"}, {"最低", "ge"},
	{"不超过", "le"}, {"不突破", "le"}, {"不到", "le"}, {"不足", "le"}, {"不高于", "le"}, {"不大于", "le"}, {"低于", "le"}, {"小于", "le"}, {"少于", "le"}, {"不多于", "le"}, {"最多", "le"}, {"至多", "le"},
	{"大约", "approx"}, {"接近", "approx"}, {"将近", "approx"}, {"大致", "approx"}, {"约为", "approx"}, {"约占", "approx"}, {"约", "approx"}, {"近", "approx"},
}

// scratch is memory that the sentences of a text use one after the other.
type scratch struct {
	numerals   []number.Numeral
	qs         []quantity
	statements [2]statement // the last one and the one before
	traits     []string
}

// readQuantities finds the numerals of a sentence with their units; ranges and products are
// joined into one.
func (r *Reader) readQuantities(s string, mem *scratch) []quantity {
	mem.numerals = number.Append(mem.numerals[:0], s)
	ns, out := mem.numerals, mem.qs[:0]
	for i := 0; i < len(ns); i++ {
		q := quantity{num: ns[i], start: ns[i].Start, end: ns[i].End}
		// 2×100万千瓦
		for i+1 < len(ns) && isTimes(s[q.end:ns[i+1].Start]) {
			i++
			q.num.Value, q.end = q.num.Value.Times(ns[i].Value), ns[i].End
		}
		q.unit = r.unitOf(s, &q)
		q.stop = q.end + len(q.unit.Text)
		// 2-3项, 8%-10%, 5%至6%
		if i+1 < len(ns) && q.num.Form == number.Percent && (ns[i+1].Form == number.Percent || ns[i+1].Form == number.Chinese) && isRange(s, &q, ns[i+1]) {
			i++ // 百分之八至九
			q.ranged, q.high, q.end, q.stop = true, ns[i].Value, ns[i].End, ns[i].End
		}
		if i+1 < len(ns) && q.num.Parts == 0 && q.num.Form == number.Arabic && ns[i+1].Form == number.Arabic && isRange(s, &q, ns[i+1]) {
			next := quantity{num: ns[i+1], start: ns[i+1].Start, end: ns[i+1].End}
			next.unit = r.unitOf(s, &next)
			if sameUnit(q.unit, next.unit) {
				i++
				q.ranged, q.high = true, next.num.Value
				if power := q.unit.Power; power != 0 && next.unit.Power == 0 {
					next.unit.Power = power
				}
				q.unit = next.unit
				q.end, q.stop = next.end, next.end+len(next.unit.Text)
			}
		}
		for _, b := range boundsAfter {
			if rest := s[q.stop:]; strings.HasPrefix(rest, b.word) && !(b.word == "内" && wordWithNei(rest)) && !(b.word == "多" && !q.unit.Some) {
				q.stop += len(b.word)
				q.bound, q.boundWord = b.bound, b.word
				break
			}
		}
		if q.unit.Vague && q.bound == "" {
			q.bound, q.boundWord = "ge", "余"
		}
		for i+1 < len(ns) && ns[i+1].Start < q.stop { // the 3 of m3
			i++
		}
		out = append(out, q)
	}
	// 10.5和11%: an elided unit is supplied by the next number
	for i := len(out) - 2; i >= 0; i-- {
		a, b := &out[i], out[i+1]
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

func (r *Reader) unitOf(s string, q *quantity) unit.Match {
	switch q.num.Form {
	case number.Percent, number.Tenths, number.Fraction, number.Permille:
		m := r.units.Match("%")
		if q.num.Form == number.Permille {
			m = r.units.Match("‰")
		}
		m.Text = ""
		return m
	case number.Doubling:
		m := r.units.Match("倍")
		m.Text = ""
		return m
	}
	return r.units.Match(s[q.end:])
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

func isRange(s string, q *quantity, next number.Numeral) bool {
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

func sameUnit(a, b unit.Match) bool {
	return b.Some && (!a.Some || a.Unit.Name == b.Unit.Name || a.Unit.Name == "")
}

func wordWithNei(rest string) bool {
	for _, w := range []string{"内容", "内部", "内外", "内地", "内陆", "内需", "内河", "内涵"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// quoted returns the content of the innermost pair of marks around byte i, "" if there is none.
func quoted(s string, i int, open, shut string) string {
	a := strings.LastIndex(s[:i], open)
	if a < 0 || strings.LastIndex(s[:i], shut) > a {
		return ""
	}
	b := strings.Index(s[i:], shut)
	if b < 0 {
		return ""
	}
	return s[a+len(open) : i+b]
}

// The marks and small words at which texts are cut or trimmed.
var (
	joins       = vocabulary.RunesOf("、和与及")
	ends        = vocabulary.RunesOf("。!")
	betweens    = vocabulary.RunesOf("、和与及,以万约超过突破")
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

func firstRunes(s string, n int) string {
	for i := range s {
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
