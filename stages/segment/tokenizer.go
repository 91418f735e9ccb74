package segment

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"xianzhi/stages/vocabulary"
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
type Tokenizer struct {
	segmenter func() *gse.Segmenter
	words     []entry
}

// domainFrequency makes a word of the domain win against its parts: jieba
// counts words on that scale.
const domainFrequency = 500

var sharedTokenizer = sync.OnceValues(func() (*Tokenizer, error) { return buildTokenizer(nil) })

// NewTokenizer returns a tokenizer with the embedded dictionaries, which are
// loaded once in a process, and, where any are given, further words. gse takes
// in the words in the background, as nearly half of a small run would go by
// until it has; the first call of Tokens waits for it.
func NewTokenizer(extra ...Word) (*Tokenizer, error) {
	if len(extra) == 0 {
		return sharedTokenizer()
	}
	return buildTokenizer(extra)
}

func buildTokenizer(extra []Word) (*Tokenizer, error) {
	words, err := dictionary(extra)
	if err != nil {
		return nil, err
	}
	k := &Tokenizer{sync.OnceValue(func() *gse.Segmenter { return loadSegmenter(words) }), words}
	go k.segmenter()
	return k, nil
}

// Select returns the words of the dictionary that accept accepts: a text that holds none of them gives
// none as a token.
func (k *Tokenizer) Select(accept func(Word) bool) *vocabulary.Words[struct{}] {
	words := &vocabulary.Words[struct{}]{}
	for _, w := range k.words {
		if accept(w.Word) {
			words.Set(w.Text, struct{}{})
		}
	}
	return words
}

// loadSegmenter panics where gse does not take a word, which none of the
// embedded ones can make it do.
func loadSegmenter(words []entry) *gse.Segmenter {
	g := &gse.Segmenter{SkipLog: true, NotLoadHMM: true, Dict: gse.NewDict()}
	for _, w := range words {
		if err := g.AddToken(w.Text, w.frequency, w.Tag); err != nil {
			panic(fmt.Errorf("adding %s to the dictionary: %w", w.Text, err))
		}
	}
	g.CalcToken()
	return g
}

// dictionary returns the embedded words and further ones, each once.
func dictionary(extra []Word) ([]entry, error) {
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
	added := make(map[string]entry, len(domain))
	for _, w := range domain {
		w.frequency = domainFrequency
		added[w.Text] = w
	}
	for i, w := range words {
		if d, known := added[w.Text]; known {
			words[i].Tag = d.Tag
			words[i].frequency = max(w.frequency, domainFrequency)
			delete(added, w.Text)
		}
	}
	return slices.AppendSeq(words, maps.Values(added)), nil
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
		text, rest, _ := strings.Cut(strings.TrimRight(row, "\n"), " ")
		tag, frequency, counted := strings.Cut(rest, " ")
		if text == "" || tag == "" {
			return nil, fmt.Errorf("%q is not a word, its part of speech and frequency", row)
		}
		e := entry{Word: Word{text, tag}}
		if counted {
			n, err := strconv.Atoi(frequency)
			if err != nil || n <= 0 {
				return nil, fmt.Errorf("%q: the frequency of %s is no number above 0", frequency, text)
			}
			e.frequency = float64(n)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// Tokens cuts a span of t into words that together cover it.
func (k *Tokenizer) Tokens(t *Text, s Span) []Token { return k.AppendTokens(nil, t, s) }

// AppendTokens is Tokens into memory that is there.
func (k *Tokenizer) AppendTokens(tokens []Token, t *Text, s Span) []Token {
	segments := k.segmenter().Segment([]byte(t.At(s)))
	before := len(tokens)
	tokens = slices.Grow(tokens, len(segments))
	for _, segment := range segments {
		span := Span{s.Start + segment.Start(), s.Start + segment.End()}
		token := Token{span, t.At(span), segment.Token().Pos()}
		if tag := plainTag(token.Text); tag != "" {
			token.Tag = tag
		}
		if last := len(tokens) - 1; last >= before && joinsNumber(t, s, tokens[last], token) {
			tokens[last].End = token.End
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
	case r >= 0x4E00 && r <= 0x9FA5: // most of a text: spare it the lookups
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
