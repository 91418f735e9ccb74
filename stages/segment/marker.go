package segment

import (
	"strings"
	"unicode/utf8"
)

// style is how a heading is numbered.
type style uint8

const (
	unnumbered style = iota
	part             // 第一部分
	comma            // 一、
	bracket          // (一)
	digit            // 1.
	ordinal          // 第一,
)

// marker is the number in front of a heading.
type marker struct {
	style  style
	number int
	length int // bytes, with the punctuation that belongs to it
}

// readMarker reads the marker that s starts with; style unnumbered if none.
func readMarker(s string) marker {
	switch {
	case strings.HasPrefix(s, "第"):
		number, n := chineseNumber(s[len("第"):])
		if n == 0 {
			return marker{}
		}
		n += len("第")
		for _, unit := range []string{"部分", "篇", "章"} {
			if strings.HasPrefix(s[n:], unit) {
				n += len(unit)
				return marker{part, number, n + punctuation(s[n:], "、,:.")}
			}
		}
		if p := punctuation(s[n:], ",、:"); p > 0 {
			return marker{ordinal, number, n + p}
		}
	case strings.HasPrefix(s, "("):
		if number, n := chineseNumber(s[1:]); n > 0 && strings.HasPrefix(s[1+n:], ")") {
			return marker{bracket, number, n + 2 + punctuation(s[n+2:], "、,.")}
		}
	case s != "" && isDigit(s[0]):
		n := digits(s)
		p := punctuation(s[n:], ".、")
		if n <= 2 && p > 0 && digits(s[n+p:]) == 0 {
			number := int(s[0] - '0')
			if n == 2 {
				number = 10*number + int(s[1]-'0')
			}
			return marker{digit, number, n + p}
		}
	default:
		number, n := chineseNumber(s)
		if n == 0 {
			return marker{}
		}
		p := punctuation(s[n:], "、.")
		if p == 0 {
			return marker{}
		}
		// 一、二、三产业 and 三、四级 are no headings; 一、一年来的工作, 一、十五届政府工作回顾 and
		// 一、十三五开局之年 are.
		if _, next := chineseNumber(s[n+p:]); next > 0 && !hasPrefix(s[n+p+next:], timeUnits) {
			return marker{}
		}
		return marker{comma, number, n + p}
	}
	return marker{}
}

var timeUnits = strings.Fields("年 届 五")

// punctuation measures the first rune of s if it is one of set.
func punctuation(s, set string) int {
	r, n := utf8.DecodeRuneInString(s)
	if n > 0 && strings.ContainsRune(set, r) {
		return n
	}
	return 0
}

// chineseDigit returns 1 to 9, 0 for what is no digit.
func chineseDigit(r rune) int {
	switch r {
	case '一':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return 0
}

// chineseNumber reads a heading's number, 一 to 九十九, and its bytes.
func chineseNumber(s string) (number, length int) {
	tens := false
	for length < len(s) {
		r, n := utf8.DecodeRuneInString(s[length:])
		if r == '十' && !tens {
			tens = true
			number = max(number, 1) * 10
		} else if d := chineseDigit(r); d > 0 && number%10 == 0 && (tens || length == 0) {
			number += d
		} else {
			break
		}
		length += n
	}
	return number, length
}
