package number

import (
	"strings"
	"unicode/utf8"
)

var digitOf = map[rune]int{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

var powerOf = map[rune]int{'十': 1, '百': 2, '千': 3, '万': 4, '亿': 8}

func digitAt(s string, i int) (int, bool) {
	r, _ := utf8.DecodeRuneInString(s[i:])
	d, ok := digitOf[r]
	return d, ok
}

// chinese reads a Chinese numeral at byte i: 一千二百, 十二点八, 二〇二一. A numeral begins
// with a digit or with 十 (一十); 百, 千, 万, 亿 alone begin words (百姓, 万元) and are no numerals.
// A trailing multiplier belongs to the unit (五百万元 is 五百 and 万元), as in 500万元.
func chinese(s string, i int) (Decimal, int, bool) {
	total, section, digit := int64(0), int64(0), int64(-1) // total in 万 and 亿 groups
	j, seen, positional := i, 0, ""
	for j < len(s) {
		r, size := utf8.DecodeRuneInString(s[j:])
		if d, ok := digitOf[r]; ok {
			if digit >= 0 { // two digits in a row: 二〇二一
				if seen == len([]rune(positional)) {
					positional += string(rune('0' + d))
					seen++
					j += size
					continue
				}
				if digit != 0 {
					break
				}
			}
			digit = int64(d)
			if seen == 0 {
				positional = string(rune('0' + d))
			}
			seen++
			j += size
			continue
		}
		p, ok := powerOf[r]
		if !ok || seen == 0 && r != '十' {
			break
		}
		if len(positional) > 1 && seen == len(positional) {
			break // 二〇二一 is no factor of a power
		}
		if p >= 4 {
			// 三万五千 is one numeral, but a trailing 万 belongs to the unit
			next := j + size
			if !startsNumeral(s, next) {
				break
			}
			section += max(digit, 0)
			total = (total + section) * pow10(p)
			section, digit = 0, -1
			seen, j = seen+1, next
			continue
		}
		if digit < 0 {
			if r != '十' {
				break
			}
			digit = 1
		}
		section += digit * pow10(p)
		digit = -1
		seen++
		j += size
	}
	if seen == 0 {
		return Decimal{}, 0, false
	}
	v := FromInt(total + section + max(digit, 0))
	if len(positional) > 1 && seen == len(positional) {
		v = Decimal{digits: strings.TrimLeft(positional, "0")}
	}
	if strings.HasPrefix(s[j:], "点") {
		k, frac := j+len("点"), ""
		for k < len(s) {
			d, ok := digitAt(s, k)
			if !ok {
				break
			}
			frac += string(rune('0' + d))
			k += utf8.RuneLen('一')
		}
		if frac != "" {
			whole := v.expanded()
			v = Decimal{digits: strings.TrimLeft(whole+frac, "0"), exp: -len(frac)}
			j = k
		}
	}
	return v, j, true
}

func startsNumeral(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	d, ok := digitOf[r]
	return ok && (d > 0 || r == '零' || r == '〇')
}

func pow10(n int) int64 {
	v := int64(1)
	for ; n > 0; n-- {
		v *= 10
	}
	return v
}
