package segment

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/vocabulary"
)

// Clauses cuts a span at , ; : 。 ! ? where these are not inside quotes or
// brackets and not part of a figure (1,200 or 5.8:40:54.2). The separator
// belongs to no clause; a clause is never empty.
func (t *Text) Clauses(s Span) []Span { return t.AppendClauses(nil, s) }

// AppendClauses is Clauses into memory that is there.
func (t *Text) AppendClauses(clauses []Span, s Span) []Span {
	text := t.Folded[:s.End]
	start := s.Start
	inside := s.Start // up to where the last quotation or bracket reaches
	for _, mark := range t.Marks(s) {
		i := int(mark)
		if i < inside {
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if n := enclosed(text[i:], r); n > 0 {
			inside = i + n
			continue
		}
		if isSeparator(r) && !t.insideNumber(s, i) {
			if start < i {
				clauses = append(clauses, Span{start, i})
			}
			start = i + size
		}
	}
	if start < s.End {
		clauses = append(clauses, Span{start, s.End})
	}
	return clauses
}

// markRunes are the characters at which clauses may end or what is enclosed begins.
var markRunes = vocabulary.FilterOf(",;:。!?“‘《(「【")

// Marks returns where in a span clauses may end or what is enclosed begins: the places of , ; : 。 ! ?
// and of opening quotes and brackets among other characters.
func (t *Text) Marks(s Span) []int32 {
	return t.marks[marksBefore(t.marks, s.Start):marksBefore(t.marks, s.End)]
}

// marksBefore counts the marks that stand before a byte of the folded text.
func marksBefore(marks []int32, at int) int {
	n, _ := slices.BinarySearch(marks, int32(at))
	return n
}

// hanAt returns the length of a Chinese character at byte i, 0 if another stands there.
func hanAt(s string, i int) int {
	if s[i] >= 0xE4 && s[i] <= 0xE9 && i+2 < len(s) && (s[i+1]-0x80)|(s[i+2]-0x80) < 64 {
		return 3
	}
	return 0
}

func isSeparator(r rune) bool {
	switch r {
	case ',', ';', ':', '。', '!', '?':
		return true
	}
	return false
}

// insideNumber reports a comma that groups thousands or a colon of a ratio. A
// full-width comma never groups.
func (t *Text) insideNumber(s Span, i int) bool {
	text := t.Folded[:s.End]
	if i == s.Start || i+1 >= s.End || !isDigit(text[i-1]) || !isDigit(text[i+1]) {
		return false
	}
	switch text[i] {
	case ':':
		return true
	case ',':
		offset := t.offset(i)
		return digits(text[i+1:]) == 3 && t.Body[offset] == ','
	}
	return false
}

func digits(s string) int {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return i
		}
	}
	return len(s)
}

// maxEnclosed bounds the look-ahead for a closing mark, in bytes, so that a
// mark never closed costs a little and spoils nothing behind it.
const maxEnclosed = 450

// enclosed returns the length of a quotation or bracket that r, the first rune
// of s, opens, both marks included; 0 if it opens none or it is not closed.
func enclosed(s string, r rune) int {
	var closing string
	switch r {
	case '“':
		closing = "”"
	case '‘':
		closing = "’"
	case '《':
		closing = "》"
	case '(':
		closing = ")"
	case '「':
		closing = "」"
	case '【':
		closing = "】"
	default:
		return 0
	}
	opening := s[:utf8.RuneLen(r)]
	end := min(len(s), maxEnclosed)
	depth := 1
	for i := len(opening); i < end; {
		switch {
		case strings.HasPrefix(s[i:], closing):
			i += len(closing)
			if depth--; depth == 0 {
				return i
			}
		case strings.HasPrefix(s[i:], opening):
			depth++
			i += len(opening)
		case hanAt(s, i) > 0:
			i += 3
		default:
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
		}
	}
	return 0
}
