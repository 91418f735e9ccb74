// Package indicator reads the figures of a report: actual values and targets, with the
// indicator that each is said of.
//
// Input: a segmented text and the report year. Output: the numerals of the text in order,
// each with its role, and for quantities a row of the indicators table (without the keys of
// the document). The grammar is data (predicates.csv, words.csv, codes.csv, synonyms.csv);
// the code joins a number with the subject before it, the noun behind it, the verb that
// governs both, and the time, basis and bound that hold for the clause.
//
// Not read here: planned projects (package project) and which region the figures are of.
package indicator

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"xianzhi/schemas"
	"xianzhi/stages/normalize/period"
	"xianzhi/stages/normalize/unit"
	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
	"xianzhi/stages/vocabulary"
)

// Reader reads figures; it is read-only after New and safe for concurrent use.
type Reader struct {
	lex       *lexicon
	weights   *weights
	units     *unit.Table
	tokenizer *segment.Tokenizer
	// cuts are the words, beside those of the rules, at which a noun phrase may end, and beginsNone
	// those that begin none: one without any need not be cut into words.
	cuts, beginsNone *vocabulary.Words[struct{}]
}

// Vocabulary lists the words at which the grammar cuts a noun phrase, for the tokenizer's
// dictionary: what it does not know, it does not cut.
func Vocabulary() ([]segment.Word, error) {
	words, err := rows("words.csv", wordsCSV, 3)
	if err != nil {
		return nil, fmt.Errorf("indicator rules: %w", err)
	}
	var out []segment.Word
	for _, r := range words {
		if r[1] == classNames[clsTailStop] && runeLen(r[0]) > 1 {
			out = append(out, segment.Word{Text: r[0], Tag: "v"})
		}
	}
	return out, nil
}

// New loads the rules.
func New(k *segment.Tokenizer) (*Reader, error) {
	l, err := loadLexicon()
	if err != nil {
		return nil, fmt.Errorf("indicator rules: %w", err)
	}
	u, err := unit.Load()
	if err != nil {
		return nil, fmt.Errorf("indicator rules: %w", err)
	}
	m, err := LoadConfidence()
	if err != nil {
		return nil, fmt.Errorf("indicator rules: %w", err)
	}
	w := newWeights(m)
	cuts := k.Select(func(w segment.Word) bool {
		return w.Tag == "d" || w.Tag == "p" || strings.HasPrefix(w.Tag, "u")
	})
	beginsNone := k.Select(func(w segment.Word) bool { return strings.HasPrefix(w.Tag, "c") })
	for w := range prepositions {
		beginsNone.Set(w, struct{}{})
	}
	return &Reader{lex: l, weights: &w, units: u, tokenizer: k, cuts: cuts, beginsNone: beginsNone}, nil
}

// Found is one numeral of the text.
type Found struct {
	Span     segment.Span // of the numeral
	Sentence segment.Span
	Role     string // indicator, project_attr, date, label or other
	// Row is the row of the indicators table for Role indicator, without keys and offsets; nil for
	// the other roles, which only Trace returns.
	Row    *schemas.Indicator
	Rules  []string // which rule decided what; by Trace only
	Traits []string // what the confidence is estimated from (see package confidence); likewise
}

// Read returns the quantities of t in order; one numeral gives several Found where it is said
// of several subjects. year is the report year, 0 if it is unknown.
func (r *Reader) Read(t *segment.Text, year int) []Found { return r.read(t, year, false) }

// Trace returns all numerals, and how each was read.
func (r *Reader) Trace(t *segment.Text, year int) []Found { return r.read(t, year, true) }

func (r *Reader) read(t *segment.Text, year int, trace bool) []Found {
	k := newTracker(year)
	topic, opener, park, zone := "", "", false, false
	p := &parser{scratch: &scratch{}, out: make([]Found, 0, 2*len(t.Sentences)/3)}
	for _, sen := range t.Sentences {
		s := t.At(sen.Span)
		qs := r.readQuantities(s, p.scratch)
		p.scratch.qs = qs
		var times []period.Expression
		stated := false
		if trace || r.promising(s, qs) {
			times = period.Find(s, year)
			r.classify(t, sen, s, qs, times)
			for i := range qs {
				stated = stated || qs[i].role == roleQuantity
			}
		}
		e := k.at(t, sen, s, t.KindAt(sen.Start), stated)
		if sen.Heading || enumerator(s) != s {
			park = parkTopic.MatchString(s)
		}
		if t.OpensLine(sen.Start) {
			zone = zoneTopic.MatchString(s)
		}
		if stated || trace {
			*p = parser{Reader: r, t: t, sen: sen, s: s, qs: qs, times: times, era: e, year: year, topic: topic, opener: opener, park: park, zone: zone, trace: trace, scratch: p.scratch, out: p.out}
			p.parse()
		}
		opener = ""
		if len(qs) == 0 && len(s) <= 18*utf8.UTFMax && runeLen(s) <= 18 {
			if m := grows.FindStringSubmatch(s); m != nil {
				opener = m[1]
			}
			if topic = ""; topicNoun.MatchString(s) {
				topic = strings.TrimRight(s, "。:")
			}
		} else if sen.Heading {
			topic = ""
		}
	}
	flag(p.out)
	return p.out
}

// parkTopic opens a paragraph about a park or a development zone: 二是突出开发区建设….
var parkTopic = pattern.MustCompile(`^[^,;。]{2,10}(?:开发区|高新区|园区|经开区|新区)[^,;。]{0,8}(?:[,;。]|$)`)

// zoneTopic is a sentence that begins a paragraph and names the zone that all of it is about: 加快青云新区发展。
var zoneTopic = pattern.MustCompile(`^[^,;。]{2,10}(?:开发区|高新区|园区|经开区|新区)[^,;。]{0,8}。$`)

// grows finds what a short sentence without a figure is about: 经营主体不断增多。
var grows = pattern.MustCompile(`^(\p{Han}{3,8}?)(?:持续|不断|稳步|加快|快速|逐步|较快|显著|明显)`)

// topicNoun ends a run-in heading that names an industry, a park or an enterprise.
var topicNoun = pattern.MustCompile(`(?:集群|产业|园区|产业园|行业|业|公司|集团)[。:]?$`)
