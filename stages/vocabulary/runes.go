package vocabulary

import "strings"

// Runes is a set of characters. Its methods do what those of package strings do with a set given as
// a string, which look through it for every character.
type Runes struct {
	all  string
	some Filter
}

// RunesOf returns the set of the characters of a string.
func RunesOf(all string) *Runes {
	c := &Runes{all: all}
	for _, r := range all {
		c.some.Add(r)
	}
	return c
}

// Has is strings.ContainsRune.
func (c *Runes) Has(r rune) bool {
	return c.some.May(r) && strings.ContainsRune(c.all, r)
}

// Index is strings.IndexAny.
func (c *Runes) Index(s string) int {
	for i := c.some.Skip(s, 0); i < len(s); i = c.some.Skip(s, i) {
		r, size := first(s[i:])
		if c.Has(r) {
			return i
		}
		i += size
	}
	return -1
}

// LastIndex is strings.LastIndexAny.
func (c *Runes) LastIndex(s string) int {
	for i := len(s); i > 0; {
		r, size := last(s[:i])
		i -= size
		if c.Has(r) {
			return i
		}
	}
	return -1
}

// In is strings.ContainsAny.
func (c *Runes) In(s string) bool { return c.Index(s) >= 0 }

// TrimLeft is strings.TrimLeft.
func (c *Runes) TrimLeft(s string) string {
	for s != "" {
		r, size := first(s)
		if !c.Has(r) {
			break
		}
		s = s[size:]
	}
	return s
}

// TrimRight is strings.TrimRight.
func (c *Runes) TrimRight(s string) string {
	for s != "" {
		r, size := last(s)
		if !c.Has(r) {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// Trim is strings.Trim.
func (c *Runes) Trim(s string) string { return c.TrimRight(c.TrimLeft(s)) }
