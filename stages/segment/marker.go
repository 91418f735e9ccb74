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

const chineseDigits = "一二三四五六七八九"

// chineseNumber reads a heading's number, 一 to 九十九, and its bytes.
func chineseNumber(s string) (number, length int) {
	tens := false
	for length < len(s) {
		r, n := utf8.DecodeRuneInString(s[length:])
		if r == '十' && !tens {
			tens = true
			number = max(number, 1) * 10
		} else if i := strings.IndexRune(chineseDigits, r); i >= 0 && r != utf8.RuneError && number%10 == 0 && (tens || length == 0) {
			number += i/len("一") + 1
		} else {
			break
		}
		length += n
	}
	return number, length
}
