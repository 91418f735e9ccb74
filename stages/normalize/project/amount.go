package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/normalize/number"
	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// amount is a numeral with its unit.
type amount struct {
	start, end int
	value      float64 // with its multiplier
	dimension  string
	unit       string
}

// numeric reports whether a text holds a numeral's character; most names hold none.
func numeric(s string) bool { return firstFigure(s) >= 0 }

func inNumeral(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9'
	}
	switch r {
	case '零', '〇', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '半', '翻', '倍',
		'壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟', '廿', '卅', '数', '几', '双', '多':
		return true
	}
	return false
}

// firstAmount returns the first quantity of s that fits; bare numbers, dates and ordinals are none.
func (l *lexicon) firstAmount(s string, fits func(amount) bool) (amount, bool) {
	if !numeric(s) {
		return amount{}, false
	}
	var room [4]number.Numeral
	for _, n := range number.Append(room[:0], s) {
		if a, ok := l.amount(s, n); ok && fits(a) {
			return a, true
		}
	}
	return amount{}, false
}

// quantified reports whether s holds a quantity.
func (l *lexicon) quantified(s string) bool {
	_, ok := l.firstAmount(s, func(amount) bool { return true })
	return ok
}

// lastAmount returns the last quantity of s.
func (l *lexicon) lastAmount(s string) (amount, bool) {
	if !numeric(s) {
		return amount{}, false
	}
	var room [4]number.Numeral
	all := number.Append(room[:0], s)
	for i := len(all) - 1; i >= 0; i-- {
		if a, ok := l.amount(s, all[i]); ok {
			return a, true
		}
	}
	return amount{}, false
}

// amount reads the unit behind a numeral.
func (l *lexicon) amount(s string, n number.Numeral) (amount, bool) {
	if n.Form != number.Arabic && n.Form != number.Chinese {
		return amount{}, false
	}
	m := l.units.Match(s[n.End:])
	if !m.Some || m.Unit.Name == "" {
		return amount{}, false
	}
	end := n.End + len(m.Text)
	for _, w := range []string{"以上", "左右", "以内"} {
		if strings.HasPrefix(s[end:], w) {
			end += len(w)
		}
	}
	return amount{n.Start, end, n.Value.Float(m.Power), m.Unit.Dimension, m.Unit.Name}, true
}

// measures reports whether s may end in an amount, or in one that sizes an undertaking: whether all
// behind a numeral's character is a unit. Units hold such characters, too: 5个百分点.
func (l *lexicon) measures(s string, sizing bool) bool {
	for at := lastFigure(s); at >= 0 && len(s)-at <= longestUnit; at = lastFigure(s[:at]) {
		_, size := utf8.DecodeRuneInString(s[at:])
		unit := s[at+size:]
		if unit == "" || unit[0] >= '0' && unit[0] <= '9' || unit[0] == '.' {
			continue
		}
		m := l.units.Match(unit)
		if n := len(m.Text); n > 0 && len(unit)-n <= len("以上左右以内") && (!sizing || countable[m.Unit.Dimension]) {
			return true
		}
	}
	return false
}

// countable are the dimensions whose amounts size an undertaking.
var countable = map[string]bool{"count": true, "household": true, "head": true, "area": true, "length": true, "mass": true,
	"power": true, "voltage": true, "volume": true, "energy": true, "person": true, "box": true}

// longestUnit is more than a unit with 以上 behind it takes, in bytes.
const longestUnit = 60

// trailingAmount cuts a closing amount off a name: 换热站35座.
func (l *lexicon) trailingAmount(s string) (name string, a amount, ok bool) {
	bare := strings.TrimSuffix(s, "(间)") // 公寓300套(间)
	if !l.measures(bare, true) {
		return s, a, false
	}
	a, ok = l.lastAmount(bare)
	if !ok || a.end != len(bare) || a.start == 0 || !countable[a.dimension] || a.dimension == "count" && !strings.Contains(counters, a.unit) {
		return s, a, false
	}
	if ordinal(s[:a.start]) {
		return s, a, false
	}
	name = s[:a.start]
	w, _ := bounds.Suffix(name)
	return strings.TrimSuffix(name, w), a, true
}

// bounds stand between a name and its amount and belong to neither.
var bounds = vocabulary.Of("超过", "达到", "超", "达", "各", "共", "约", "不少于", "不低于", "至少", "累计", "总计", "合计")

// counters are the classifiers of things that are built; a 期 or 层 counts none.
const counters = "个家项件条座处所台辆套支株棵部张间栋幢口眼盏根片宗张床位组艘架块只"

func ordinal(before string) bool { return strings.HasSuffix(before, "第") }

// withoutQuantity cuts a closing amount and a leading count; the flag tells whether one was there.
func (l *lexicon) withoutQuantity(s string) (string, bool) {
	bare, _, ok := l.trailingAmount(s)
	n, rest := leadingCount(bare)
	return rest, ok || n > 0
}

// places are counted as the size of one work: 车位500个.
var places = pattern.MustCompile(`[车床学泊工]位$`)

// take records a closing amount as the member's count or capacity.
func (m *member) take(a amount, s string) {
	switch {
	case (a.dimension == "count" || a.dimension == "household") && a.unit != "套" && a.unit != "床" && a.unit != "张床位" && a.unit != "间" && a.value >= 2 && a.value < 1e7 && !places.MatchString(s[:a.start]):
		m.count = int(a.value)
	case a.dimension == "count" && a.value < 2:
	default:
		m.capacity = s[a.start:a.end]
	}
}

const numerals = "0123456789.一二两三四五六七八九十百千万"

func isNumeral(r rune) bool { return strings.ContainsRune(numerals, r) }

// classifiers that count the works of a bundle; 套 and 间 size one work.
const classifiers = `(?:个|座|处|所|家|条|项|件|台|户|栋|幢|眼|盏|口|辆|部|片|段|对|块|宗)`

var counted = pattern.MustCompile(`(?:([0-9]+(?:\.[0-9]+)?)|([一二两三四五六七八九十百]+))([余多])?(万|千|百)?([余多])?` + classifiers)

// plainClassifiers may follow a Chinese numeral; 二台 and 三对 begin place names.
const plainClassifiers = "个座处所家条项户栋幢"

var countedBig = pattern.MustCompile(`([二两三四五六七八九十])大`)

// leadingCount reads the count that a name opens with and returns the name without it: 16个钢材
// 深加工项目.
func leadingCount(s string) (int, string) {
	if !inNumeral(firstRune(s)) {
		return 0, s
	}
	loc := counted.FindStringSubmatchIndex(s)
	if loc == nil || loc[0] != 0 {
		if b := countedBig.FindStringSubmatchIndex(s); b != nil && b[0] == 0 && b[1] < len(s) && !strings.HasPrefix(s[b[1]:], "道") {
			return valueOf(s[b[2]:b[3]]), s[b[1]:]
		}
		return 0, s
	}
	if loc[1] >= len(s) || !plain(s, loc) || loc[4] >= 0 && strings.ContainsRune("庄村店沟坡湾寨营堡坪", firstRune(s[loc[1]:])) {
		return 0, s
	}
	return countOf(s, loc), s[loc[1]:]
}

// plain reports whether a count is not the beginning of a place name.
func plain(s string, loc []int) bool {
	return loc[4] < 0 || strings.ContainsRune(plainClassifiers, lastRune(s[:loc[1]]))
}

func withoutCount(s string) string { _, rest := leadingCount(s); return rest }

// countInside finds a count in the middle of a name, which parts the last member of a list from
// the class of all: 恒泰4个焦化项目.
func countInside(s string) (int, string) {
	if !numeric(s) {
		return 0, s
	}
	loc := counted.FindStringSubmatchIndex(s)
	if loc == nil && !strings.Contains(s, "大") {
		return 0, s
	}
	if loc == nil {
		loc = countedBig.FindStringSubmatchIndex(s)
		if loc != nil && loc[0] > 0 && loc[1] < len(s) {
			return valueOf(s[loc[2]:loc[3]]), s[loc[1]:]
		}
		return 0, s
	}
	if loc[0] > 0 && s[loc[0]-1] < utf8.RuneSelf {
		return 0, s // S101
	}
	if loc[4] >= 0 && strings.ContainsRune("庄村店沟坡湾寨营堡坪", firstRune(s[loc[1]:])) {
		return 0, s // 五家庄
	}
	if loc[0] == 0 || loc[1] >= len(s) || ordinal(s[:loc[0]]) || !strings.ContainsRune(plainClassifiers, lastRune(s[:loc[1]])) {
		return 0, s
	}
	return countOf(s, loc), s[loc[1]:]
}

func countOf(s string, loc []int) int {
	digits := ""
	if loc[2] >= 0 {
		digits = s[loc[2]:loc[3]]
	} else {
		digits = s[loc[4]:loc[5]]
	}
	if loc[8] >= 0 {
		digits += s[loc[8]:loc[9]]
	}
	return valueOf(digits)
}

// valueOf reads 4, 1.7万 or 十六 as a number of things.
func valueOf(s string) int {
	times := 1.0
	for _, u := range []struct {
		word string
		by   float64
	}{{"万", 1e4}, {"千", 1e3}, {"百", 1e2}} {
		if rest, ok := strings.CutSuffix(s, u.word); ok && rest != "" && rest[0] < utf8.RuneSelf {
			s, times = rest, u.by
		}
	}
	ns := number.Find(s)
	if len(ns) != 1 || ns[0].Start != 0 || ns[0].End != len(s) {
		return 0
	}
	v := ns[0].Value.Float(0) * times
	if v < 1 || v > 1e8 {
		return 0
	}
	return int(v + 0.5)
}

// money returns the sum of yuan that s states, 0 for none.
func (l *lexicon) money(s string) float64 {
	a, _ := l.firstAmount(s, func(a amount) bool { return a.dimension == "currency" && a.unit == "元" })
	return a.value
}

// physical returns the first physical size in s, as written.
func (l *lexicon) physical(s string) string {
	if a, ok := l.firstAmount(s, sizes); ok {
		return s[a.start:a.end]
	}
	return units.FindString(s)
}

// sizes reports whether an amount is a physical one.
func sizes(a amount) bool {
	return countable[a.dimension] && a.dimension != "count" && a.dimension != "household" && a.dimension != "person" && a.unit != "里"
}

// units are sizes without a classifier's count: 500套, 万亩.
var units = pattern.MustCompile(`^[0-9.]+[余多]?万?(?:套|间|床|张床位)|[十百千万]+(?:亩|平方米|头|吨)`)

var (
	yearly = pattern.MustCompile(`(?:年(?:产|加工|处理|出栏|存栏|发电|吞吐|屠宰|供)|日(?:产|处理))[0-9一二两三四五六七八九十百千].*`)
	sized  = pattern.MustCompile(`(?:[0-9.]+|[十百千万]+)(?:[×x*][0-9.]+)?[余多]?[万亿]?(?:吨|千瓦|MW|GW|兆瓦|吉瓦|立方米|m³|头|只|羽|片|支|辆|台)[^、]*`)
)

// capacity returns the size that a name states: 年产11万吨再生铅, 2×100万千瓦, 6万平米.
func (l *lexicon) capacity(name string) string {
	c := yearly.FindString(name)
	if c == "" {
		if at := sized.FindStringIndex(name); at != nil && !ordinal(name[:at[0]]) {
			c = name[at[0]:at[1]]
		}
	}
	if c == "" {
		return l.physical(name)
	}
	for _, w := range []string{"项目", "工程", "建设", "生产线", "智能化改造", "技改", "扩建", "改造"} {
		c = strings.TrimSuffix(c, w)
	}
	return stages.ReplaceAllLiteralString(c, "") // 15万吨原丝三期
}
