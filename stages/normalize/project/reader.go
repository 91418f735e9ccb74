package project

import (
	"strings"

	"xianzhi/schemas"
	"xianzhi/stages/pattern"
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
	Rules    []string        // what decided, for explain --trace
	traits   []string        // what its confidence is estimated from
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
			within = outlookPeriod(t, sentence, year)
		}
		before := len(p.found)
		p = passage{
			Reader: r, t: t, sentence: sentence.Span, section: kind, topic: topic, brands: brands, within: within,
			found: p.found, heard: p.heard[:0], clauses: p.clauses, cut: p.cut, phrases: p.phrases, pieces: p.pieces,
			listing: listing,
		}
		p.read()
		listing = p.announces()
		if s := t.At(sentence.Span); len(p.found) == before && runes(s) <= 20 {
			topic = s // a heading within the paragraph: 守护蓝天碧水。
		}
	}
	return p.found
}

// period is a span of years, both included.
type period struct{ from, to int }

var fiveYears = pattern.MustCompile(`十([一二三四五])五`)

// outlookPeriod is the five-year plan that a sentence of the outlook speaks of.
func outlookPeriod(t *segment.Text, s segment.Sentence, year int) period {
	for _, text := range []string{t.At(s.Span), t.Sections[s.Section].Title} {
		if !strings.Contains(text, "十") || !strings.Contains(text, "五") {
			continue
		}
		for _, m := range fiveYears.FindAllStringSubmatch(text, -1) {
			n := digit(m[1])
			if p := (period{2001 + 5*n, 2005 + 5*n}); p.to > year {
				return p
			}
		}
	}
	return period{year, year + 4}
}

// digit is the value of 一 to 五, and of 两.
func digit(s string) int {
	return 1 + strings.Index("一二三四五", strings.Replace(s, "两", "二", 1))/len("一")
}
