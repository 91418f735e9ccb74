package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/schemas"
	"xianzhi/stages/segment"
)

// Reader reads planned projects. It is safe for concurrent use.
type Reader struct {
	l     *lexicon
	words *segment.Tokenizer

	// weighed, which only calibration sets, is told of every member that was weighed: its place and
	// name, its evidence and traits.
	weighed func(at segment.Span, name string, evidence int, traits []string)
}

// Found is a planned undertaking.
type Found struct {
	Span     segment.Span // the member's own words
	Sentence segment.Span
	Row      schemas.Project // without keys, ids and the columns that depend on the document
	traits   traits          // what its confidence is estimated from
}

// New loads the rules; k tells unknown words, of which enterprise names are made.
func New(k *segment.Tokenizer) (*Reader, error) {
	l, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	return &Reader{l: l, words: k}, nil
}

// Read returns the undertakings that a text plans, in text order; year is the report's.
func (r *Reader) Read(t *segment.Text, year int) []Found {
	var p passage // its memory is used again by the next sentence
	topic, brands := "", r.brands(t)
	section, titled := -1, period{} // what the title of the outlook at hand speaks of
	var listing *phrase
	for _, sentence := range t.Sentences {
		kind := t.KindAt(sentence.Start)
		if kind != segment.Plan && kind != segment.Outlook {
			continue
		}
		if sentence.Heading {
			topic, listing = t.At(sentence.Span), nil
			continue
		}
		within := period{year, year}
		if kind == segment.Outlook {
			if sentence.Section != section {
				section = sentence.Section
				var ok bool
				if titled, ok = planPeriod(t.Sections[section].Title, year); !ok {
					titled = period{year, year + 4}
				}
			}
			var ok bool
			if within, ok = planPeriod(t.At(sentence.Span), year); !ok {
				within = titled
			}
		}
		before := len(p.found)
		p = passage{
			Reader: r, t: t, sentence: sentence.Span, section: kind, topic: topic, brands: brands, within: within,
			found: p.found, made: before, heard: p.heard[:0], clauses: p.clauses, cut: p.cut, spots: p.spots, phrases: p.phrases, pieces: p.pieces,
			listing: listing,
		}
		p.read()
		listing = p.announces()
		if s := t.At(sentence.Span); len(p.found) == before && len(s) <= 20*utf8.UTFMax && runes(s) <= 20 {
			topic = s // a heading within the paragraph: 守护蓝天碧水。
		}
	}
	return p.found
}

// period is a span of years, both included.
type period struct{ from, to int }

// planPeriod returns the first five-year plan beyond the year that a text speaks of: 十四五.
func planPeriod(text string, year int) (period, bool) {
	for at := index(text, "十"); at >= 0; at = index(text, "十") {
		text = text[at+len("十"):]
		if n := len("四"); len(text) >= 2*n && text[n:2*n] == "五" && strings.Contains("一二三四五", text[:n]) {
			n := digit(text[:n])
			if p := (period{2001 + 5*n, 2005 + 5*n}); p.to > year {
				return p, true
			}
		}
	}
	return period{}, false
}

// digit is the value of 一 to 五, and of 两.
func digit(s string) int {
	return 1 + strings.Index("一二三四五", strings.Replace(s, "两", "二", 1))/len("一")
}
