package vocabulary

import (
	"math/bits"
	"unicode/utf8"
)

// Filter is a set of characters by their last twelve bits: it may hold more than were put in. Most
// characters of a text begin nothing that is looked for, and a filter skips them fastest.
type Filter [64]uint64

// FilterOf returns the filter of the characters of a string.
func FilterOf(all string) *Filter {
	f := &Filter{}
	for _, r := range all {
		f.Add(r)
	}
	return f
}

// Add puts a character in.
func (f *Filter) Add(r rune) { f[uint32(r)/64%64] |= 1 << (uint32(r) % 64) }

// AddRange puts all characters between two in, and the two.
func (f *Filter) AddRange(first, last rune) {
	for r := first; r <= min(last, first+64*64-1); r++ {
		f.Add(r)
	}
}

// Len is how many of the last twelve bits are in.
func (f *Filter) Len() int {
	n := 0
	for _, b := range f {
		n += bits.OnesCount64(b)
	}
	return n
}

// May reports whether a character may be in the set.
func (f *Filter) May(r rune) bool { return f[uint32(r)/64%64]>>(uint32(r)%64)&1 != 0 }

// Skip returns the place of the first character of s from byte i on that may be in the set, the end
// of s if there is none.
func (f *Filter) Skip(s string, i int) int {
	for {
		for ; i < len(s)-3; i += 3 { // most of a text: runes of three bytes, read as four
			w := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
			if w&0xC0C000 != 0x808000 || uint8(w)-0xE1 > 0xEC-0xE1 {
				break
			}
			if f[w>>8%64]>>(w>>16%64)&1 != 0 {
				return i
			}
		}
		if i >= len(s) {
			return len(s)
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if f.May(r) {
			return i
		}
		i += size
	}
}
