package segment

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Runes counts the code points of valid UTF-8: the bytes that continue none.
func Runes(s string) int {
	n := 0
	for i := range len(s) {
		if int8(s[i]) >= -64 {
			n++
		}
	}
	return n
}

// codePoints is utf8.RuneCountInString, made for Chinese.
func codePoints(s string) int {
	n := 0
	for i := 0; i < len(s); n++ {
		if i+2 < len(s) && s[i] >= 0xE1 && s[i] <= 0xEC && int8(s[i+1]) < -64 && int8(s[i+2]) < -64 {
			i += 3
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return n
}

// Span is a half-open range of byte offsets into [Text.Folded].
type Span struct{ Start, End int }

// Kind says what a section is about.
type Kind string

// The kinds of the table contract (documents.sections.kind).
const (
	Opening        Kind = "opening"         // before the first heading
	Review         Kind = "review"          // the year or the five years past
	Outlook        Kind = "outlook"         // five-year goals
	Plan           Kind = "plan"            // the coming year
	SelfGovernment Kind = "self_government" // 政府自身建设
	Closing        Kind = "closing"         // the last address to the delegates
	Glossary       Kind = "glossary"        // 名词解释
	Other          Kind = "other"
)

// Section is a top-level part. The sections cover the text without gaps;
// Title is folded, and empty for a part without heading, as the opening is.
type Section struct {
	Span
	Title string
	Kind  Kind
}

// Sentence is a trimmed, non-empty stretch of one section. Heading is set when
// all of it is a heading.
type Sentence struct {
	Span
	Section int // index in Text.Sections
	Heading bool
}

// Text is a segmented body. It must not be changed after [Split].
type Text struct {
	Body, Folded string

	CodePointCount int // of Body

	Sections  []Section
	Sentences []Sentence

	origins  []origin // ascending, the first at 0
	marks    []int32  // where clauses may end or what is enclosed begins, ascending
	switches []kindSwitch
}

// origin is where folded text stands in the body: from the folded offset at on,
// up to the next origin, the two are the same.
type origin struct{ at, offset, codePoint int32 }

// kindSwitch says that from the folded offset on the text is of a kind.
type kindSwitch struct {
	at   int
	kind Kind
}

// Split segments a body.
func Split(body string) *Text {
	f := fold(body)
	o := readOutline(readLayout(f))
	t := &Text{Body: body, Folded: o.layout.text, origins: f.origins, marks: f.marks, CodePointCount: f.codePoints}
	t.Sections = o.sections
	t.Sentences = o.sentences()
	t.switches = o.switches(t.Sentences)
	return t
}

// At returns the folded text of a span.
func (t *Text) At(s Span) string { return t.Folded[s.Start:s.End] }

// CodePoints returns the span as code-point offsets into Body, without the
// white space around it.
func (t *Text) CodePoints(s Span) (start, end int32) {
	if s.Start >= s.End {
		start = t.codePoint(s.Start)
		return start, start
	}
	return t.codePoint(s.Start), t.codePoint(s.End-1) + 1
}

// codePoint returns where the rune of a folded byte stands in the body in code points.
func (t *Text) codePoint(at int) int32 {
	if at >= len(t.Folded) {
		return int32(t.CodePointCount)
	}
	o, at := t.original(at)
	return o.codePoint + int32(codePoints(t.Folded[o.at:at]))
}

// offset returns where the rune of a folded byte starts in the body.
func (t *Text) offset(at int) int {
	o, at := t.original(at)
	return int(o.offset) + at - int(o.at)
}

// original returns where the rune of a folded byte starts, and the origin of the stretch around it.
func (t *Text) original(at int) (o origin, start int) {
	i := sort.Search(len(t.origins), func(i int) bool { return t.origins[i].at > int32(at) }) - 1
	o = t.origins[i]
	start = at
	for start > int(o.at) && at-start < utf8.UTFMax && !utf8.RuneStart(t.Folded[start]) {
		start--
	}
	if _, size := utf8.DecodeRuneInString(t.Folded[start:]); size > at-start {
		return o, start
	}
	return o, at // a stray byte
}

// Verbatim returns the span as it stands in Body.
func (t *Text) Verbatim(s Span) string {
	if s.Start >= s.End {
		return ""
	}
	first, last := t.offset(s.Start), t.offset(s.End-1)
	_, size := utf8.DecodeRuneInString(t.Body[last:])
	return t.Body[first : last+size]
}

// OpensLine reports whether a line of the body begins at a folded offset.
func (t *Text) OpensLine(at int) bool {
	before := strings.TrimRight(t.Body[:t.offset(at)], " \t\u00a0\u3000")
	return before == "" || strings.HasSuffix(before, "\n") || strings.HasSuffix(before, "\r")
}

// KindAt returns the kind of the text at a folded offset. It is finer than the
// section's kind: a part on 发展成就和主要目标 is review first, then outlook.
func (t *Text) KindAt(offset int) Kind {
	i := sort.Search(len(t.switches), func(i int) bool { return t.switches[i].at > offset })
	if i == 0 {
		return Opening
	}
	return t.switches[i-1].kind
}
