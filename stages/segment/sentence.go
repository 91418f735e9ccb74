package segment

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/vocabulary"
)

// sentences cuts the text at 。 ! ? and where a line, a heading or a section
// ends.
func (o *outline) sentences() []Sentence {
	text := o.layout.text
	titles := make(map[int]int, len(o.headings)) // start to end
	for _, h := range o.headings {
		if !h.long(o.layout) {
			titles[h.at] = h.end
		}
	}
	out := make([]Sentence, 0, len(o.layout.marks)/4)
	lines, marks := o.layout.lines, o.layout.marks
	for i, section := range o.sections {
		for start := section.Start; start < section.End; {
			end, isTitle := titles[start]
			end = min(end, section.End) // the next heading may stand on what looked like this one's second line
			if !isTitle {
				for len(lines) > 0 && lines[0] <= start {
					lines = lines[1:]
				}
				limit := section.End
				if len(lines) > 0 {
					limit = min(limit, lines[0])
				}
				for len(marks) > 0 && int(marks[0]) < start {
					marks = marks[1:]
				}
				end = start + o.sentenceEnd(start, limit, marks)
			}
			if s := trim(text, Span{start, end}); s.Start < s.End {
				heading := isTitle || o.isHeading(s)
				out = append(out, Sentence{Span: s, Section: i, Heading: heading})
			}
			start = end
		}
	}
	return out
}

// longestSentence is the size in bytes from which a clause ends a sentence, too: what runs on so
// long is a text without full stops, and reading a sentence takes time by the square of its size.
const longestSentence = 6000

// sentenceEnd measures the sentence at start, which ends at limit at the latest; marks are those from
// there on.
func (o *outline) sentenceEnd(start, limit int, marks []int32) int {
	text := o.layout.text[start:limit]
	if n := o.headingEnd(start, limit); n > 0 {
		return n
	}
	inside := 0
	for _, mark := range marks {
		i := int(mark) - start
		if i >= len(text) {
			break
		}
		if i < inside {
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if n := enclosed(text[i:], r); n > 0 {
			i += n
			inside = i
			// “…。” ends the sentence unless it goes on: “…?”的问题.
			if closesSentence(text[:i]) && !goesOn(text[i:]) {
				return i
			}
			continue
		}
		i += size
		switch r {
		case '。', '!', '?':
			for i < len(text) {
				r, n := utf8.DecodeRuneInString(text[i:])
				if !endsMore.Has(r) {
					break
				}
				i += n
			}
			return i
		case ';', ',':
			if i > longestSentence {
				return i
			}
		case ':':
			// …抓好十个方面工作: (一)…
			if s := readMarker(text[i:]).style; (s == comma || s == bracket) && o.layout.broken(start+i) {
				return i
			}
		}
	}
	return len(text)
}

// headingEnd measures a numbered heading that white space sets off from its
// text in a text where spaces mean something; 0 if there is none.
func (o *outline) headingEnd(start, limit int) int {
	text := o.layout.text[start:limit]
	m := readMarker(text)
	if m.style == unnumbered || m.style == digit || o.layout.wrapped {
		return 0
	}
	runes := 0
	for i, r := range text {
		if runes++; runes > longTitle || r == '。' || r == '!' || r == '?' {
			return 0
		}
		if i > m.length+len("某某某某") && o.layout.broken(start+i) {
			return i
		}
	}
	return 0
}

func closesSentence(quoted string) bool {
	_, n := utf8.DecodeLastRuneInString(quoted)
	r, _ := utf8.DecodeLastRuneInString(quoted[:len(quoted)-n])
	return r == '。' || r == '!' || r == '?'
}

// goesOn reports that a sentence continues behind a quotation.
func goesOn(rest string) bool {
	return hasPrefix(rest, sentenceGoesOn)
}

var sentenceGoesOn = strings.Fields(", 、 ; : 。 ! ? 的 和 等 “ ( 这 是 为 ) ”")

var (
	endsMore = vocabulary.RunesOf("。!?”’)》") // may follow the end of a sentence
	strays   = vocabulary.RunesOf(";,、:。")
)

// trim drops separators that stray in front of a sentence.
func trim(text string, s Span) Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:])
		if !strays.Has(r) {
			break
		}
		s.Start += n
	}
	return s
}

// isHeading reports a sentence that is a numbered heading of an inner part, on
// a line of its own. One that states a figure is an item of a list.
func (o *outline) isHeading(s Span) bool {
	text := o.layout.text[s.Start:s.End]
	m := readMarker(text)
	if m.style == unnumbered {
		return o.layout.startsLine(s.Start) && isTitle(text)
	}
	if utf8.RuneCountInString(text) > longTitle || statesFigure(text[m.length:]) {
		return false
	}
	return m.style != digit || o.layout.startsLine(s.Start) && o.layout.endsAt(s.End)
}

// statesFigure reports digits outside quotes that name no year.
func statesFigure(text string) bool {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if n := enclosed(text[i:], r); n > 0 {
			i += n
			continue
		}
		if r < utf8.RuneSelf && isDigit(byte(r)) {
			n := digits(text[i:])
			if n != 4 || !strings.HasPrefix(text[i+n:], "年") {
				return true
			}
			size = n
		}
		i += size
	}
	return false
}

// switches says from where on the text is of which kind: from the start of
// each section, and where a sentence turns a mixed one.
func (o *outline) switches(sentences []Sentence) []kindSwitch {
	var out []kindSwitch
	section := -1
	for _, s := range sentences {
		for section < s.Section {
			section++
			out = append(out, kindSwitch{o.sections[section].Start, o.sections[section].Kind})
		}
		kind := out[len(out)-1].kind
		if to := o.turns(kind, o.layout.text[s.Start:s.End]); !s.Heading && to != "" && to != kind {
			out = append(out, kindSwitch{s.Start, to})
		}
	}
	return out
}

// turns returns the kind that a sentence turns a part of a kind to, or "".
func (o *outline) turns(from Kind, sentence string) Kind {
	rules := openersFrom[from]
	if len(rules) == 0 {
		return ""
	}
	sentence = openingWords(sentence)
	for i := range rules {
		rule := &rules[i]
		if m := rule.pattern.FindStringSubmatch(sentence); m != nil && o.inTime(rule, m) {
			return rule.to
		}
	}
	return ""
}

// openingWords is a sentence without its address and number, and not too long.
func openingWords(sentence string) string {
	sentence = sentence[readMarker(sentence).length:]
	for _, address := range []string{"各位代表", "同志们"} {
		if rest, ok := strings.CutPrefix(sentence, address); ok {
			sentence = strings.TrimLeft(rest, ",:!")
		}
	}
	return clip(sentence)
}

// inTime checks the year or five-year plan that a sentence names against the
// report's own year.
func (o *outline) inTime(rule *openerRule, match []string) bool {
	if rule.time == "any" {
		return true
	}
	if o.planYear == 0 {
		return false
	}
	end := 0
	if i := rule.pattern.SubexpIndex("year"); i >= 0 {
		end = years(match[i] + "年")[0]
	} else {
		number, _ := chineseNumber(match[rule.pattern.SubexpIndex("plan")])
		end = planEnd(number)
	}
	if rule.time == "past" {
		return end < o.planYear
	}
	return end >= o.planYear
}
