package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"xianzhi/stages/script"
)

// breakKind is the strongest white space that folding removed at a place.
type breakKind uint8

const (
	noBreak   breakKind = iota
	gap                 // spaces within a line
	line                // a line break
	blankLine           // an empty line
)

// textBreak is removed white space in front of a folded offset.
type textBreak struct {
	at   int
	kind breakKind
}

type folding struct {
	folded  string
	origins []origin
	breaks  []textBreak
	marks   []int32 // where any of markRunes stands
	runes   int     // of folded

	codePoints int // of the body
}

// stretch bounds the bytes that are counted to find a place in the body.
const stretch = 100

// Fold returns a body as Split folds it, without a look at its structure.
func Fold(body string) string { return fold(body).folded }

// fold removes white space, invisible characters, footnote marks and the page
// numbers of a printed original, narrows full-width ASCII and writes simplified
// characters, so that rules see one spelling.
func fold(body string) folding {
	body = script.Simplified(body)
	f := folding{marks: make([]int32, 0, len(body)/32)}
	var folded strings.Builder
	folded.Grow(len(body))
	codePoint := 0
	white := noBreak
	far := 0
	moved := true // the next character does not stand right behind the last in the body
	for i := 0; i < len(body); {
		n, runes := plainRun(body[i:])
		size, narrow, mark := n, rune(0), false
		if n == 0 {
			var r rune
			r, size = utf8.DecodeRuneInString(body[i:])
			runes = 1
			if n := markLength(body, i, r); n > 0 {
				size, runes = n, utf8.RuneCountInString(body[i:i+n])
				r = footnote
			}
			class := classify(r)
			switch class {
			case newline:
				if r != '\r' || !strings.HasPrefix(body[i:], "\r\n") {
					white = min(max(white, gap)+1, blankLine)
				}
			case space:
				white = max(white, gap)
			case invisible:
				if white == line {
					// A line of marks that are dropped is not blank: the next
					// break counts as single.
					white = gap
				}
			}
			if class != visible {
				i, codePoint, moved = i+size, codePoint+runes, true
				continue
			}
			if r >= 0xFF01 && r <= 0xFF5E {
				narrow = r - 0xFF01 + '!'
				r = narrow
			}
			mark = markRunes.May(r)
		}
		if white != noBreak {
			f.breaks = append(f.breaks, textBreak{folded.Len(), white})
			white = noBreak
		}
		if moved || folded.Len()-far > stretch {
			far = folded.Len()
			f.origins = append(f.origins, origin{int32(folded.Len()), int32(i), int32(codePoint)})
			moved = false
		}
		if mark {
			f.marks = append(f.marks, int32(folded.Len()))
		}
		if narrow != 0 {
			folded.WriteByte(byte(narrow))
			moved = true
		} else {
			folded.WriteString(body[i : i+size])
		}
		i, codePoint, f.runes = i+size, codePoint+runes, f.runes+runes
	}
	f.folded, f.codePoints = folded.String(), codePoint
	return f
}

// plainRun measures the characters at the beginning of s that need no look:
// Chinese ones, ASCII letters and digits, and 、. It may stop short of their end.
func plainRun(s string) (n, runes int) {
	for n < len(s) {
		for ; n < len(s)-3; n += 3 { // read as four
			w := uint32(s[n]) | uint32(s[n+1])<<8 | uint32(s[n+2])<<16 | uint32(s[n+3])<<24
			if w&0xC0C000 != 0x808000 || uint8(w)-0xE4 > 0xE9-0xE4 {
				break
			}
			runes++
		}
		switch b := s[n]; {
		case b >= 0xE4 && b <= 0xE9:
			if n+2 >= len(s) || s[n+1]-0x80 >= 64 || s[n+2]-0x80 >= 64 {
				return n, runes
			}
			n += 3
		case b >= '0' && b <= '9', b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z':
			n++
		case b == 0xE3 && strings.HasPrefix(s[n:], "、"):
			n += len("、")
		default:
			return n, runes
		}
		runes++
	}
	return n, runes
}

type runeClass uint8

const (
	visible runeClass = iota
	space
	newline
	invisible // zero-width characters, byte-order marks, control characters
)

// footnote stands for a mark that is dropped; it classifies as invisible.
const footnote = '\u200b'

func classify(r rune) runeClass {
	switch {
	case r > 0x3000 && r < 0xFE00, r >= '!' && r <= '~', r >= 0x2010 && r <= 0x2027, r >= 0xFF01 && r <= 0xFF5E:
		return visible // most of a text: spare it the lookups
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
		return newline
	case unicode.IsSpace(r):
		return space
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r):
		return invisible
	}
	return visible
}

// markLength returns the bytes of a footnote mark (①, [12]) or of a page
// number standing alone (— 3 —) at body[i:], or 0.
func markLength(body string, i int, r rune) int {
	switch r {
	case '[', '［', '〔':
		return bracketedNote(body[i:])
	case '—', '–', '-', '－', '―', '─':
		return pageNumber(body, i)
	}
	if r >= '①' && r <= '⑳' {
		return utf8.RuneLen(r)
	}
	return 0
}

// bracketedNote measures [1] to [999], but not the year of 〔2021〕3号.
func bracketedNote(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	digits := 0
	for n+digits < len(s) && isDigit(s[n+digits]) {
		digits++
	}
	if digits == 0 || digits > 3 {
		return 0
	}
	r, size := utf8.DecodeRuneInString(s[n+digits:])
	if r != ']' && r != '］' && r != '〕' {
		return 0
	}
	return n + digits + size
}

// pageNumber measures "— 3 —" between white space. The closing dash may be
// missing where the page number ends the text.
func pageNumber(body string, i int) int {
	if before, _ := utf8.DecodeLastRuneInString(body[:i]); i > 0 && !unicode.IsSpace(before) {
		return 0
	}
	n := i + dashes(body[i:])
	n += spaces(body[n:])
	digits := 0
	for n+digits < len(body) && isDigit(body[n+digits]) {
		digits++
	}
	if digits == 0 || digits > 3 {
		return 0
	}
	n += digits
	closing := n + spaces(body[n:])
	if d := dashes(body[closing:]); d > 0 {
		n = closing + d
	} else if closing < len(body) {
		return 0
	}
	if after, _ := utf8.DecodeRuneInString(body[n:]); n < len(body) && !unicode.IsSpace(after) {
		return 0
	}
	return n - i
}

func dashes(s string) int {
	for i, r := range s {
		switch r {
		case '—', '–', '-', '－', '―', '─':
		default:
			return i
		}
	}
	return len(s)
}

// spaces measures spaces within a line.
func spaces(s string) int {
	for i, r := range s {
		if r == '\n' || r == '\r' || !unicode.IsSpace(r) {
			return i
		}
	}
	return len(s)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
