package segment

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

//go:generate go run ./dictionary/build

//go:embed dictionary/words.txt
var generalWords string

//go:embed dictionary/domain.txt
var domainWords string

// Token is a word with jieba's part of speech; a figure is one token of tag m,
// Latin letters are eng, punctuation is w, what no dictionary has is x.
type Token struct {
	Span
	Text, Tag string
}

// Word is an entry for a tokenizer's dictionary.
type Word struct{ Text, Tag string }

// Tokenizer cuts text into words. It is safe for concurrent use.
type Tokenizer struct{ segmenter gse.Segmenter }

// domainFrequency makes a word of the domain win against its parts: jieba
// counts words on that scale.
const domainFrequency = 500

var sharedTokenizer = sync.OnceValues(func() (*Tokenizer, error) { return buildTokenizer(nil) })

// NewTokenizer returns a tokenizer with the embedded dictionaries, which are
// loaded once in a process, and, where any are given, further words.
func NewTokenizer(extra ...Word) (*Tokenizer, error) {
	if len(extra) == 0 {
		return sharedTokenizer()
	}
	return buildTokenizer(extra)
}

func buildTokenizer(extra []Word) (*Tokenizer, error) {
	words, err := readWords(generalWords)
	if err != nil {
		return nil, fmt.Errorf("dictionary/words.txt (run go generate): %w", err)
	}
	domain, err := readWords(domainWords)
	if err != nil {
		return nil, fmt.Errorf("dictionary/domain.txt: %w", err)
	}
	for _, w := range extra {
		domain = append(domain, entry{w, 0})
	}
	index := make(map[string]int, len(words)+len(domain))
	for i, w := range words {
		index[w.Text] = i
	}
	for _, w := range domain {
		i, known := index[w.Text]
		if !known {
			i = len(words)
			index[w.Text] = i
			words = append(words, w)
		}
		words[i].Tag = w.Tag
		words[i].frequency = max(words[i].frequency, domainFrequency)
	}
	k := &Tokenizer{gse.Segmenter{SkipLog: true, NotLoadHMM: true, Dict: gse.NewDict()}}
	for _, w := range words {
		if err := k.segmenter.AddToken(w.Text, w.frequency, w.Tag); err != nil {
			return nil, fmt.Errorf("adding %s to the dictionary: %w", w.Text, err)
		}
	}
	k.segmenter.CalcToken()
	return k, nil
}

type entry struct {
	Word
	frequency float64
}

// readWords reads rows of a word, its part of speech and, in the general
// dictionary, its frequency; # starts a comment.
func readWords(table string) ([]entry, error) {
	entries := make([]entry, 0, strings.Count(table, "\n"))
	for row := range strings.Lines(table) {
		if strings.HasPrefix(row, "#") {
			continue
		}
		fields := strings.Fields(row)
		if len(fields) < 2 || len(fields) > 3 {
			return nil, fmt.Errorf("%q is not a word, its part of speech and frequency", row)
		}
		e := entry{Word: Word{fields[0], fields[1]}}
		if len(fields) == 3 {
			var err error
			if e.frequency, err = strconv.ParseFloat(fields[2], 64); err != nil {
				return nil, fmt.Errorf("frequency of %s: %w", e.Text, err)
			}
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// Tokens cuts a span of t into words that together cover it.
func (k *Tokenizer) Tokens(t *Text, s Span) []Token {
	text := t.At(s)
	var tokens []Token
	for _, segment := range k.segmenter.Segment([]byte(text)) {
		span := Span{s.Start + segment.Start(), s.Start + segment.End()}
		token := Token{span, t.At(span), segment.Token().Pos()}
		if tag := plainTag(token.Text); tag != "" {
			token.Tag = tag
		}
		if last := len(tokens) - 1; last >= 0 && joinsNumber(t, s, tokens[last], token) {
			tokens[last].End = span.End
			tokens[last].Text = t.At(tokens[last].Span)
			continue
		}
		tokens = append(tokens, token)
	}
	return tokens
}

// plainTag tags figures, Latin letters and punctuation, "" for all else.
func plainTag(text string) string {
	switch r, _ := utf8.DecodeRuneInString(text); {
	case r < utf8.RuneSelf && isDigit(byte(r)):
		return "m"
	case r < utf8.RuneSelf && unicode.IsLetter(r):
		return "eng"
	case !unicode.IsLetter(r) && !unicode.IsNumber(r):
		return "w"
	}
	return ""
}

// joinsNumber reports the point and the digits behind it of 5.6, and the
// comma of 1,200: gse cuts there.
func joinsNumber(t *Text, s Span, last, next Token) bool {
	if last.Tag != "m" || !isDigit(last.Text[0]) {
		return false
	}
	tail := last.Text[len(last.Text)-1]
	switch next.Text {
	case ".":
		return isDigit(tail) && digits(t.Folded[next.End:s.End]) > 0
	case ",":
		return t.insideNumber(s, next.Start)
	}
	return next.Tag == "m" && isDigit(next.Text[0]) && !isDigit(tail)
}
