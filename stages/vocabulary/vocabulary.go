// Package vocabulary finds the words of a vocabulary at the beginning or the end of a text.
//
// Input: words with what is known of them, and texts. Output: the longest word that a text begins
// with or ends in. A vocabulary is a trie over characters that is read from either side, so that
// looking takes as long as the word found, however large the vocabulary is; where no word has the
// text's first character, next to nothing.
//
// Non-goals: cutting a text into words, which package segment does.
package vocabulary

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"
)

// Words is a vocabulary: words with a value each. The zero value is empty. Once filled it is safe for
// concurrent use.
type Words[T any] struct {
	values            []T
	forward, backward trie
}

// Of returns the vocabulary of words of which nothing more is known.
func Of(words ...string) *Words[struct{}] {
	w := &Words[struct{}]{}
	for _, word := range words {
		w.Set(word, struct{}{})
	}
	return w
}

// From returns the vocabulary of the words that are listed under each value.
func From[T cmp.Ordered](lists map[T][]string) *Words[T] {
	m := &Words[T]{}
	for _, value := range slices.Sorted(maps.Keys(lists)) {
		for _, w := range lists[value] {
			m.Set(w, value)
		}
	}
	return m
}

// Set adds a word, or changes its value. The empty word is never found.
func (m *Words[T]) Set(word string, value T) {
	runes := []rune(word)
	at := m.forward.add(runes)
	if i := m.forward.word[at]; i > 0 {
		m.values[i-1] = value
		return
	}
	m.values = append(m.values, value)
	m.forward.word[at] = int32(len(m.values))
	slices.Reverse(runes)
	at = m.backward.add(runes)
	m.backward.word[at] = int32(len(m.values))
}

// Len is the number of words.
func (m *Words[T]) Len() int { return len(m.values) }

// Get returns the value of a word.
func (m *Words[T]) Get(word string) (value T, ok bool) {
	if w, v := m.Prefix(word); len(w) == len(word) && w != "" {
		return v, true
	}
	return value, false
}

// Has reports whether a word is in the vocabulary.
func (m *Words[T]) Has(word string) bool { return m.PrefixLen(word) == len(word) && word != "" }

// Prefix returns the longest word that s begins with, or "".
func (m *Words[T]) Prefix(s string) (word string, value T) {
	if n, i := m.forward.longest(s); n > 0 {
		return s[:n], m.values[i-1]
	}
	return "", value
}

// PrefixLen is the length of the longest word that s begins with, 0 if there is none.
func (m *Words[T]) PrefixLen(s string) int {
	n, _ := m.forward.longest(s)
	return n
}

// PrefixFunc returns the longest word that s begins with and that accept accepts, or "".
func (m *Words[T]) PrefixFunc(s string, accept func(word string, value T) bool) (word string, value T) {
	at := link(0)
	for i := 0; i < len(s); {
		r, size := first(s[i:])
		if !m.forward.may(at, r) {
			break
		}
		if at = m.forward.child(at, r); at == 0 {
			break
		}
		i += size
		if at&endsWord != 0 {
			if v := m.values[m.forward.word[at.node()]-1]; accept(s[:i], v) {
				word, value = s[:i], v
			}
		}
	}
	return word, value
}

// Suffix returns the longest word that s ends in, or "".
func (m *Words[T]) Suffix(s string) (word string, value T) {
	at, from, found := link(0), 0, int32(0)
	for i := len(s); i > 0; {
		r, size := last(s[:i])
		if !m.backward.may(at, r) {
			break
		}
		if at = m.backward.child(at, r); at == 0 {
			break
		}
		i -= size
		if at&endsWord != 0 {
			from, found = i, m.backward.word[at.node()]
		}
	}
	if found > 0 {
		return s[from:], m.values[found-1]
	}
	return "", value
}

// SuffixFunc returns the longest word that s ends in and that accept accepts, or "".
func (m *Words[T]) SuffixFunc(s string, accept func(word string, value T) bool) (word string, value T) {
	at := link(0)
	for i := len(s); i > 0; {
		r, size := last(s[:i])
		if !m.backward.may(at, r) {
			break
		}
		if at = m.backward.child(at, r); at == 0 {
			break
		}
		i -= size
		if at&endsWord != 0 {
			if v := m.values[m.backward.word[at.node()]-1]; accept(s[i:], v) {
				word, value = s[i:], v
			}
		}
	}
	return word, value
}

// Opens reports whether a word may begin with a character that has the last twelve bits of r.
func (m *Words[T]) Opens(r rune) bool { return m.forward.opening.May(r) }

// Closes is Opens for a word's last character.
func (m *Words[T]) Closes(r rune) bool { return m.backward.opening.May(r) }

// In reports whether any word stands in s.
func (m *Words[T]) In(s string) bool {
	for i := m.forward.opening.Skip(s, 0); i < len(s); i = m.forward.opening.Skip(s, i) {
		if m.PrefixLen(s[i:]) > 0 {
			return true
		}
		_, size := first(s[i:])
		i += size
	}
	return false
}

// Each yields every word in s with its place.
func (m *Words[T]) Each(s string, yield func(start, end int, value T)) {
	for start := m.forward.opening.Skip(s, 0); start < len(s); start = m.forward.opening.Skip(s, start) {
		m.PrefixFunc(s[start:], func(word string, value T) bool {
			yield(start, start+len(word), value)
			return false
		})
		_, size := first(s[start:])
		start += size
	}
}

// first decodes the first rune of s, which is not empty.
func first(s string) (rune, int) {
	b := s[0]
	if b < utf8.RuneSelf {
		return rune(b), 1
	}
	if len(s) >= 3 && b >= 0xE1 && b <= 0xEC {
		if x, y := s[1]-0x80, s[2]-0x80; x < 64 && y < 64 {
			return rune(b&15)<<12 | rune(x)<<6 | rune(y), 3
		}
	}
	return utf8.DecodeRuneInString(s)
}

// last decodes the last rune of s, which is not empty.
func last(s string) (rune, int) {
	n := len(s)
	if s[n-1] < utf8.RuneSelf {
		return rune(s[n-1]), 1
	}
	if n >= 3 && s[n-3] >= 0xE1 && s[n-3] <= 0xEC {
		if x, y := s[n-2]-0x80, s[n-1]-0x80; x < 64 && y < 64 {
			return rune(s[n-3]&15)<<12 | rune(x)<<6 | rune(y), 3
		}
	}
	return utf8.DecodeLastRuneInString(s)
}
