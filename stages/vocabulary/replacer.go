package vocabulary

import "strings"

// Replacer is strings.Replacer for words that most texts hold none of.
type Replacer struct {
	words   Words[struct{}]
	replace *strings.Replacer
}

// NewReplacer returns the replacer of each word by the one given behind it.
func NewReplacer(pairs ...string) *Replacer {
	r := &Replacer{replace: strings.NewReplacer(pairs...)}
	for i := 0; i < len(pairs); i += 2 {
		r.words.Set(pairs[i], struct{}{})
	}
	return r
}

// Without returns the replacer that leaves out all characters of a string.
func Without(characters string) *Replacer {
	var pairs []string
	for _, r := range characters {
		pairs = append(pairs, string(r), "")
	}
	return NewReplacer(pairs...)
}

// Replace returns s with the words replaced.
func (r *Replacer) Replace(s string) string {
	if !r.words.In(s) {
		return s
	}
	return r.replace.Replace(s)
}
