// Package number reads numerals out of folded Chinese text.
//
// Input: a string of segment.Text.Folded (no white space, full-width ASCII narrowed).
// Output: every numeral in it with its exact decimal value: Arabic (151.5, 6,600), Chinese
// (一千二百, 十二点八), 百分之八, 八成, 三分之一, 翻一番 and ratios (5.8:40:54.2).
// Units, bounds and meaning are not read here; see packages unit and indicator.
package number

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/vocabulary"
)

// Form is how a numeral is written.
type Form int

// The forms of a numeral.
const (
	Arabic   Form = iota // 151.5, 6,600
	Chinese              // 一千二百, 十二点八
	Percent              // 百分之八, 8个百分点 is Arabic: the value is in percent
	Permille             // 千分之三: the value is in per mille
	Tenths               // 八成, 八成五: the value is in percent
	Fraction             // 三分之一: the value is in percent when it is a share of a whole
	Doubling             // 翻番, 翻一番, 翻两番, 倍增: the value is the ratio to the base
)

// Numeral is one numeral of a text.
type Numeral struct {
	Start, End int // byte offsets of the numeral as written
	Form       Form
	Value      Decimal
	// Part is the place in a ratio such as 5.8:40:54.2, counted from 1, and Parts the
	// number of its members; both are 0 elsewhere.
	Part, Parts int
}

// Find returns the numerals of s in order. Numerals never overlap.
func Find(s string) []Numeral { return Append(nil, s) }

// Append is Find into memory that is there: it appends to an empty slice.
func Append(out []Numeral, s string) []Numeral {
	for i := openers.Skip(s, 0); i < len(s); i = openers.Skip(s, i) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if opens(r) {
			if n, ok := at(s, i); ok {
				out = append(out, n)
				size = n.End - i
			}
		}
		i += size
	}
	markRatios(s, out)
	return out
}

// openers are the characters that a numeral can begin with.
var openers = vocabulary.FilterOf("0123456789零〇○一二两三四五六七八九十百千翻倍")

// opens reports whether a numeral can begin with a character.
func opens(r rune) bool {
	if r < utf8.RuneSelf {
		return isDigit(byte(r))
	}
	switch r {
	case '十', '百', '千', '翻', '倍':
		return true
	}
	_, digit := Digit(r)
	return digit
}

// at reads the numeral that begins at byte i of s.
func at(s string, i int) (Numeral, bool) {
	c := s[i]
	switch {
	case c >= '0' && c <= '9':
		if i > 0 && (isDigit(s[i-1]) || s[i-1] == '.') {
			return Numeral{}, false
		}
		n, ok := arabic(s, i)
		if n.End == i+1 && isTenths(s[n.End:]) { // 8成
			n.End, n.Form, n.Value = n.End+len("成"), Tenths, n.Value.shifted(1)
		}
		return n, ok
	case c < utf8.RuneSelf:
		return Numeral{}, false
	}
	switch r, _ := utf8.DecodeRuneInString(s[i:]); {
	case r == '翻' || r == '倍':
		return doubling(s, i)
	case strings.HasPrefix(s[i:], "百分之"):
		return outOf(s, i, len("百分之"), Percent)
	case strings.HasPrefix(s[i:], "千分之"):
		return outOf(s, i, len("千分之"), Permille)
	case r == '百' || r == '千':
		return Numeral{}, false // of what stands before: 几百
	case r == '十' && (strings.HasSuffix(s[:i], "几") || strings.HasSuffix(s[:i], "数")):
		return Numeral{}, false // 几十万 says no number
	}
	if d, end := soleDigit(s, i); end > i {
		return Numeral{Start: i, End: end, Form: Chinese, Value: d}, true
	}
	v, end, ok := chinese(s, i)
	if !ok {
		return Numeral{}, false
	}
	rest := s[end:]
	if strings.HasPrefix(rest, "分之") {
		if num, fin, ok := chinese(s, end+len("分之")); ok && v.Sign() > 0 {
			return Numeral{Start: i, End: fin, Form: Fraction, Value: num.dividedBy(v).shifted(2)}, true
		}
	}
	if len(v.digits) == 1 && v.exp == 0 && isTenths(rest) {
		fin := end + len("成")
		v = v.shifted(1)
		if d, ok := digitAt(s, fin); ok {
			fin += utf8.RuneLen(0x4e00)
			v = v.plusUnits(d)
		}
		return Numeral{Start: i, End: fin, Form: Tenths, Value: v}, true
	}
	return Numeral{Start: i, End: end, Form: Chinese, Value: v}, true
}

// soleDigit reads a digit that ends its numeral, as most in characters do: 一 of 一批. end is i where
// none stands.
func soleDigit(s string, i int) (v Decimal, end int) {
	r, size := utf8.DecodeRuneInString(s[i:])
	d, ok := Digit(r)
	if !ok || r == '○' {
		return Decimal{}, i
	}
	if next, _ := utf8.DecodeRuneInString(s[i+size:]); continuing.May(next) {
		return Decimal{}, i
	}
	return Decimal{digits: "123456789"[max(d-1, 0):d]}, i + size
}

// continuing are the characters that a numeral can go on with.
var continuing = vocabulary.FilterOf("零〇○一二两三四五六七八九十百千万亿点分成")

// outOf reads 百分之八 and 百分之12.8: prefix bytes, then the number.
func outOf(s string, i, prefix int, form Form) (Numeral, bool) {
	j := i + prefix
	if j < len(s) && isDigit(s[j]) {
		n, ok := arabic(s, j)
		n.Start, n.Form = i, form
		return n, ok
	}
	if form == Percent && strings.HasPrefix(s[j:], "百") {
		return Numeral{Start: i, End: j + len("百"), Form: form, Value: FromInt(100)}, true
	}
	v, end, ok := chinese(s, j)
	return Numeral{Start: i, End: end, Form: form, Value: v}, ok
}

// isTenths reports whether rest begins with the 成 of 八成, and not with a word such as 成立.
func isTenths(rest string) bool {
	next, ok := strings.CutPrefix(rest, "成")
	r, _ := utf8.DecodeRuneInString(next)
	return ok && !strings.ContainsRune("立为功果员长本就品效绩片套群不都交年分份倍型熟批材网势体规建", r)
}

func arabic(s string, i int) (Numeral, bool) {
	start, neg := i, false
	for _, minus := range []string{"-", "−"} {
		if before, ok := strings.CutSuffix(s[:i], minus); ok && signed(before) {
			start, neg = len(before), true
		}
	}
	j := i
	for j < len(s) && isDigit(s[j]) {
		j++
	}
	if n, ok := digitFraction(s, i, j); ok {
		return n, true
	}
	digits := s[i:j]
	if len(digits) <= 3 && digits[0] != '0' { // 6,600 and 1,234,567
		for thousands(s, j) {
			digits += s[j+1 : j+4]
			j += 4
		}
	}
	frac := 0
	if j+1 < len(s) && s[j] == '.' && isDigit(s[j+1]) {
		k := j + 1
		for k < len(s) && isDigit(s[k]) {
			k++
		}
		frac = k - j - 1
		digits += s[j+1 : k]
		j = k
	}
	return Numeral{Start: start, End: j, Form: Arabic, Value: Decimal{neg: neg, digits: strings.TrimLeft(digits, "0"), exp: -frac}}, true
}

// digitFraction reads 1/4 as percent; s[i:j] are the digits read.
func digitFraction(s string, i, j int) (Numeral, bool) {
	if j != i+1 || s[i] == '0' || j+1 >= len(s) || s[j] != '/' || s[j+1] <= s[i] || s[j+1] > '9' {
		return Numeral{}, false
	}
	if j+2 < len(s) && (isDigit(s[j+2]) || s[j+2] == '/' || s[j+2] == '.') {
		return Numeral{}, false // a date or a standard: 3/15
	}
	whole := FromInt(int64(s[j+1] - '0'))
	return Numeral{Start: i, End: j + 2, Form: Fraction, Value: FromInt(int64(s[i] - '0')).dividedBy(whole).shifted(2)}, true
}

// thousands reports whether a separator and exactly three digits follow at j.
func thousands(s string, j int) bool {
	if j+4 > len(s) || s[j] != ',' {
		return false
	}
	for k := j + 1; k < j+4; k++ {
		if !isDigit(s[k]) {
			return false
		}
	}
	return j+4 == len(s) || !isDigit(s[j+4])
}

// signed reports whether a hyphen after before is a minus sign: 增长-2.3% is, 2020年-2025年 is not.
func signed(before string) bool {
	for _, w := range []string{"增长", "增速", "为", "增幅", "涨幅", "上涨", "达", "至", "到", "由", "从", "是", "、", "和", "与", "("} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// doubling reads 翻番, 翻一番, 翻两番, 翻了一番, 倍增.
func doubling(s string, i int) (Numeral, bool) {
	rest := s[i:]
	if strings.HasPrefix(rest, "倍增") {
		return Numeral{Start: i, End: i + len("倍增"), Form: Doubling, Value: FromInt(2)}, true
	}
	if !strings.HasPrefix(rest, "翻") {
		return Numeral{}, false
	}
	j := i + len("翻")
	if strings.HasPrefix(s[j:], "了") {
		j += len("了")
	}
	times := 1
	if d, ok := digitAt(s, j); ok {
		times = d
		j += utf8.RuneLen('一')
	} else if j < len(s) && s[j] >= '1' && s[j] <= '9' {
		times = int(s[j] - '0')
		j++
	}
	if !strings.HasPrefix(s[j:], "番") || times < 1 {
		return Numeral{}, false
	}
	return Numeral{Start: i, End: j + len("番"), Form: Doubling, Value: FromInt(1 << times)}, true
}

// markRatios numbers the members of a:b:c, where nothing but a colon stands between them.
func markRatios(s string, ns []Numeral) {
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j].Form == Arabic && ns[j+1].Form == Arabic && isColon(s[ns[j].End:ns[j+1].Start]) {
			j++
		}
		if parts := j - i + 1; parts > 1 {
			for k := i; k <= j; k++ {
				ns[k].Part, ns[k].Parts = k-i+1, parts
			}
		}
		i = j + 1
	}
}

func isColon(between string) bool { return between == ":" || between == "∶" || between == "︰" }
