package number

import (
	"strings"
	"unicode/utf8"
)

// Digit returns the value of a Chinese digit. ○ (U+25CB) is what many reports write for 〇.
func Digit(r rune) (value int, ok bool) {
	switch r {
	case '零', '〇', '○':
		return 0, true
	case '一':
		return 1, true
	case '二', '两':
		return 2, true
	case '三':
		return 3, true
	case '四':
		return 4, true
	case '五':
		return 5, true
	case '六':
		return 6, true
	case '七':
		return 7, true
	case '八':
		return 8, true
	case '九':
		return 9, true
	}
	return 0, false
}

// powerOf returns the power of ten that a character stands for.
func powerOf(r rune) (power int, ok bool) {
	switch r {
	case '十':
		return 1, true
	case '百':
		return 2, true
	case '千':
		return 3, true
	case '万':
		return 4, true
	case '亿':
		return 8, true
	}
	return 0, false
}

func digitAt(s string, i int) (int, bool) {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return Digit(r)
}

// chinese reads a Chinese numeral at byte i: 一千二百, 十二点八, 二〇二一. A numeral begins
// with a digit or with 十 (一十); 百, 千, 万, 亿 alone begin words (百姓, 万元) and are no numerals.
func chinese(s string, i int) (Decimal, int, bool) {
	var v Decimal
	digits, end := digitRun(s, i)
	if len(digits) >= 2 && !strings.HasPrefix(s[i:], "○") { // digit by digit: 二〇二一
		v = Decimal{digits: strings.TrimLeft(digits, "0")}
	} else {
		var n int64
		if n, end = counted(s, i); end == i {
			return Decimal{}, 0, false
		}
		v = FromInt(n)
	}
	if rest, ok := strings.CutPrefix(s[end:], "点"); ok {
		if frac, stop := digitRun(rest, 0); frac != "" {
			v = Decimal{digits: strings.TrimLeft(v.expanded()+frac, "0"), exp: -len(frac)}
			end += len("点") + stop
		}
	}
	return v, end, true
}

// digitRun reads the digits from byte i on; it returns them in Arabic and where they end.
func digitRun(s string, i int) (digits string, end int) {
	var run [16]byte
	arabic := run[:0]
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		d, ok := Digit(r)
		if !ok {
			break
		}
		arabic = append(arabic, byte('0'+d))
		i += size
	}
	return string(arabic), i
}

// counted reads a numeral with powers of ten; end is i if there is none. A trailing 万 or 亿
// belongs to the unit (五百万元 is 五百 and 万元, as in 500万元), but in 一亿二千万元 it is the
// numeral's own.
func counted(s string, i int) (value int64, end int) {
	total, section, digit := int64(0), int64(0), int64(-1) // total in 万 and 亿 groups
	last := 0                                              // the power right before the digit
read:
	for end = i; end < len(s); {
		r, size := utf8.DecodeRuneInString(s[end:])
		d, isDigit := Digit(r)
		p, isPower := powerOf(r)
		group := section + max(digit, 0)
		switch {
		case isDigit && digit <= 0 && !(end == i && r == '○'):
			if d == 0 {
				last = 0
			}
			digit = int64(d)
		case isPower && p < 4 && (digit >= 0 || r == '十'):
			if digit < 0 {
				digit = 1
			}
			section += digit * pow10(p)
			digit, last = -1, p
		case isPower && p >= 4 && group > 0 && (total > 0 || startsNumeral(s, end+size)) && (p == 8 && total < pow10(8) || p == 4 && total%pow10(8) == 0):
			if p == 8 {
				group, total = total+group, 0 // 三万五千亿
			}
			total += group * pow10(p)
			section, digit, last = 0, -1, p
		default:
			break read
		}
		end += size
	}
	if last >= 2 && digit > 0 {
		digit *= pow10(last - 1) // 一万二 is 12000
	}
	return total + section + max(digit, 0), end
}

func startsNumeral(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	d, ok := Digit(r)
	return ok && (d > 0 || r != '○')
}

func pow10(n int) int64 {
	v := int64(1)
	for ; n > 0; n-- {
		v *= 10
	}
	return v
}
