package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/segment"
)

// tokens are the words of a stretch of a clause, which are asked for again and again.
func (r *Reader) tokens(c *clause, start, end int) []segment.Token {
	span := segment.Span{Start: c.span.Start + start, End: c.span.Start + end}
	if c.cut == nil {
		return r.words.Tokens(c.t, span)
	}
	for _, known := range c.cut.spans {
		if tokens := known.upTo(span); tokens != nil {
			return tokens
		}
	}
	before := len(c.cut.tokens)
	c.cut.tokens = r.words.AppendTokens(c.cut.tokens, c.t, span)
	tokens := c.cut.tokens[before:]
	c.cut.spans = append(c.cut.spans, cutSpan{span, tokens})
	return tokens
}

// placeName reports whether a stretch is the name of a place as the dictionary has it.
func (r *Reader) placeName(c *clause, start, end int) bool {
	tokens := r.tokens(c, start, end)
	return len(tokens) == 1 && tokens[0].Tag == "ns"
}

// trade reports whether s begins with a number or a word that is no proper name's.
func (l *lexicon) trade(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	w, _ := l.longestSector(s)
	return w != "" || isNumeral(first) || l.known(s)
}

// wording is what the dictionary says of a member's own words. They are cut when first asked for:
// most members are judged without.
type wording struct {
	*Reader
	c          *clause
	start, end int
	tokens     []segment.Token

	judged, plain, ordinary bool
	asked, known            bool
}

func (w *wording) cut() []segment.Token {
	if w.tokens == nil {
		w.tokens = w.Reader.tokens(w.c, w.start, w.end)
	}
	return w.tokens
}

// plain reports whether a member's own words are of two characters or more, in the dictionary and
// no names.
func (m *member) plain() bool {
	plain, _ := m.common()
	return plain
}

// worksOnPlain reports whether what a work is done to is told in plain words: 中小剧场提质升级.
func (m *member) worksOnPlain() bool {
	if m.plain() {
		return true
	}
	w := &m.words
	if w.Reader == nil {
		return false
	}
	word, _ := w.l.head(w.c.s[w.start:w.end])
	if word == "" || len(word) >= w.end-w.start || strings.HasSuffix(word, "建") {
		return false // 丝绸博物馆迁建: there is one
	}
	plain, _ := common(w.Reader.tokens(w.c, w.start, w.end-len(word)))
	return plain
}

// ordinary is plain, but allows a last word of one character, as 步行街 ends in.
func (m *member) ordinary() bool {
	_, ordinary := m.common()
	return ordinary
}

func (m *member) common() (plain, ordinary bool) {
	if m.words.Reader == nil {
		return false, false
	}
	if w := &m.words; !w.judged {
		w.plain, w.ordinary = common(w.cut())
		w.judged = true
	}
	return m.words.plain, m.words.ordinary
}

func common(tokens []segment.Token) (plain, ordinary bool) {
	for i, token := range tokens {
		switch short := runes(token.Text) == 1; {
		case isName(token.Tag), token.Tag == "m", token.Tag == "eng", short && (i == 0 || i < len(tokens)-1):
			return false, false
		case short:
			return false, true
		}
	}
	return true, true
}

// modifiers are characters that open ordinary nouns: 旧城, 老街.
const modifiers = "新旧老大小中高低东西南北各农城全水村县市区省国"

// known reports whether a member's own words begin with one that names use.
func (m *member) known() bool {
	w := &m.words
	if w.Reader == nil {
		return true
	}
	if !w.asked {
		w.asked, w.known = true, w.l.known(w.c.s[w.start:w.end])
	}
	return w.known
}

// proper reports whether the first of a member's own words is a name, or none that the dictionary
// has.
func (m *member) proper() bool {
	if m.known() {
		return false
	}
	tokens := m.words.cut()
	if len(tokens) < 2 {
		return false
	}
	first := tokens[0]
	single := runes(first.Text) == 1 && runes(tokens[1].Text) == 1 && first.Tag != "m" && !strings.Contains(modifiers, first.Text)
	return single || isName(first.Tag) && runes(first.Text) > 1
}

// isName reports whether a part of speech is a proper name's, or unknown.
func isName(tag string) bool {
	return strings.HasPrefix(tag, "nr") || tag == "ns" || tag == "nt" || tag == "nz" || tag == "x"
}

// proper reports whether a stretch of a clause may be a proper name: it holds no plain word of two
// characters or more.
func (r *Reader) proper(c *clause, start, end int) bool {
	own := c.s[start:end]
	if strings.ContainsAny(own, "0123456789“”()、的及") {
		return false
	}
	for _, token := range r.tokens(c, start, end) {
		if runes(token.Text) > 1 && !isName(token.Tag) {
			return false
		}
	}
	return true
}
