package vocabulary

import "unicode/utf8"

// Filter is a set of characters by their last twelve bits: it may hold more than were put in. Most
// characters of a text begin nothing that is looked for, and a filter skips them fastest.
type Filter [64]uint64

// Add puts a character in.
func (f *Filter) Add(r rune) { f[uint32(r)/64%64] |= 1 << (uint32(r) % 64) }

// AddRange puts all characters between two in, and the two.
func (f *Filter) AddRange(first, last rune) {
	for r := first; r <= min(last, first+64*64-1); r++ {
		f.Add(r)
	}
}

// May reports whether a character may be in the set.
func (f *Filter) May(r rune) bool { return f[uint32(r)/64%64]>>(uint32(r)%64)&1 != 0 }

// Skip returns the place of the first character of s from byte i on that may be in the set, the end
// of s if there is none.
func (f *Filter) Skip(s string, i int) int {
	rest := s[i:]
	for rest != "" {
		if b := rest[0]; b < utf8.RuneSelf {
			if f.May(rune(b)) {
				break
			}
			rest = rest[1:]
			continue
		} else if len(rest) >= 3 && b >= 0xE1 && b <= 0xEC {
			if x, y := rest[1]-0x80, rest[2]-0x80; x|y < 64 {
				if f[x%64]>>(y%64)&1 != 0 {
					break
				}
				rest = rest[3:] // most of a text
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(rest)
		if f.May(r) {
			break
		}
		rest = rest[size:]
	}
	return len(s) - len(rest)
}
