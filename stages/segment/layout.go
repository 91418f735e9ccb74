package segment

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// layout says which of the removed white space was meant.
type layout struct {
	text    string
	runes   int // of text
	breaks  []textBreak
	marks   []int32 // see Text
	wrapped bool    // lines (or spaces) stand inside sentences
	lines   []int   // offsets at which a logical line starts, ascending, with 0
}

const (
	longLine     = 20 // runes from which a line counts as running text
	longTitle    = 45 // runes up to which a heading is believed
	wrapEvery    = 60 // runes per stray space from which spaces are wrapping
	minimumWraps = 20
	fewWraps     = 6 // lines that break off in a text too short to tell by their number
	raggedness   = 8 // halves of a character by which the lines of one column differ
)

// readLayout decides whether the text is hard-wrapped and where lines that end
// a sentence start.
func readLayout(f folding) *layout {
	l := &layout{text: f.folded, runes: f.runes, breaks: f.breaks, marks: f.marks}
	l.wrapped = l.wrappedByLines() || l.wrappedByGaps()
	spaced := l.spaced()
	l.lines = []int{0}
	start := 0
	for i, b := range f.breaks {
		if b.kind == gap || b.at == 0 {
			continue
		}
		next := l.lineEnd(i)
		if l.endsLine(b, l.text[start:b.at], l.text[b.at:next], spaced) {
			l.lines = append(l.lines, b.at)
		}
		start = b.at
	}
	return l
}

// lineEnd is where the line that starts at break i ends.
func (l *layout) lineEnd(i int) int {
	for _, b := range l.breaks[i+1:] {
		if b.kind != gap {
			return b.at
		}
	}
	return len(l.text)
}

// endsLine reports whether the break between two lines ends a sentence.
func (l *layout) endsLine(b textBreak, before, after string, spaced bool) bool {
	if terminated(before) {
		return true
	}
	if m := readMarker(after); m.style == comma || m.style == bracket || m.style == part {
		return !l.wrapped || m.style != bracket || shortLine(before)
	}
	if m := readMarker(before); m.style != unnumbered {
		return shortLine(before)
	}
	if isTitle(before) || isTitle(after) {
		return true
	}
	if l.wrapped {
		return false
	}
	if spaced && b.kind == line {
		return false // what a link or a footnote left in a paragraph
	}
	return !continues(before, after)
}

// continues reports lines that cannot be apart: an open 《, a comma at the
// break, or a scrap such as the 2 of M2.
func continues(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return strings.ContainsRune("、,《“(—-", last) || strings.ContainsRune("、,》”)。;", first) ||
		scrap(before) || scrap(after)
}

// scrap reports a line of at most three ASCII characters.
func scrap(s string) bool {
	if len(s) > 3 {
		return false
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func shortLine(s string) bool {
	return len(s) < longLine*utf8.UTFMax && utf8.RuneCountInString(s) < longLine
}

// terminated reports a text that ends as a sentence or an announcement does.
func terminated(s string) bool {
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		switch r {
		case '。', '!', '?', ':', ';', '…':
			return true
		case '”', '’', ')', '》':
			s = s[:len(s)-n]
		default:
			return false
		}
	}
	return true
}

// wrappedByLines reports that most long lines break off inside a sentence.
func (l *layout) wrappedByLines() bool {
	long, open := 0, 0
	start := 0
	for _, b := range l.breaks {
		if b.kind == gap {
			continue
		}
		if s := l.text[start:b.at]; !shortLine(s) {
			long++
			if !terminated(s) {
				open++
			}
		}
		start = b.at
	}
	return long >= minimumWraps && 2*open > long || l.wrappedAtOneWidth()
}

// wrappedAtOneWidth reports the same for a short text: most of its long lines break off, half of
// these in one column, and some go on behind the end of a sentence or hold many clauses, as items of a list do not.
func (l *layout) wrappedAtOneWidth() bool {
	var open []int // the widths of the lines that break off
	lines, sentences, start := 0, 0, 0
	for _, b := range l.breaks {
		if b.kind == gap {
			continue
		}
		if s := l.text[start:b.at]; !shortLine(s) {
			lines++
			if !terminated(s) && readMarker(s).style == unnumbered {
				open = append(open, width(s))
				if strings.ContainsAny(s, "。;!") || strings.Count(s, ",") > 2 {
					sentences++
				}
			}
		}
		start = b.at
	}
	if len(open) < fewWraps || 4*len(open) < 3*lines || sentences < 2 {
		return false
	}
	slices.Sort(open)
	column := 0
	for i, w := range open {
		n, _ := slices.BinarySearch(open, w-raggedness)
		column = max(column, i+1-n)
	}
	return column >= fewWraps && 2*column >= len(open)
}

// width is how wide a line prints, in halves of a Chinese character.
func width(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// wrappedByGaps reports the same for a text whose line breaks became spaces.
func (l *layout) wrappedByGaps() bool {
	gaps, open := 0, 0
	for _, b := range l.breaks {
		if b.kind != gap || b.at == 0 {
			continue
		}
		gaps++
		last, _ := utf8.DecodeLastRuneInString(l.text[:b.at])
		first, _ := utf8.DecodeRuneInString(l.text[b.at:])
		if isHan(last) && isHan(first) {
			open++
		}
	}
	return open >= minimumWraps && 2*open > gaps && open*wrapEvery > l.runes
}

// spaced reports that paragraphs are set apart by blank lines, so that a
// single line break is not the end of one.
func (l *layout) spaced() bool {
	single, blank := 0, 0
	for _, b := range l.breaks {
		if b.at > 0 && terminated(l.text[:b.at]) {
			switch b.kind {
			case line:
				single++
			case blankLine:
				blank++
			}
		}
	}
	return blank > 2*single
}

// startsLine reports whether a logical line starts at the offset.
func (l *layout) startsLine(at int) bool {
	i := sort.SearchInts(l.lines, at)
	return i < len(l.lines) && l.lines[i] == at
}

// endsAt reports whether a logical line ends at the offset.
func (l *layout) endsAt(at int) bool { return at == len(l.text) || l.startsLine(at) }

// lineFrom returns the rest of the logical line from an offset on.
func (l *layout) lineFrom(at int) string {
	if i := sort.SearchInts(l.lines, at+1); i < len(l.lines) {
		return l.text[at:l.lines[i]]
	}
	return l.text[at:]
}

// broken reports whether white space stood in front of the offset.
func (l *layout) broken(at int) bool {
	i := sort.Search(len(l.breaks), func(i int) bool { return l.breaks[i].at >= at })
	return i < len(l.breaks) && l.breaks[i].at == at
}

func isHan(r rune) bool { return r >= 0x3400 && r <= 0x9FFF }
