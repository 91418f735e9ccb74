package pattern

import (
	"math/bits"
	"regexp/syntax"
	"unicode/utf8"
)

// runeFilter is a set of runes by their last nine bits: it may hold more than were put in.
type runeFilter [8]uint64

// filter returns the runes that any of the instructions matches.
func (d *automaton) filter(threads []uint32) *runeFilter {
	f := &runeFilter{}
	for class, r := range d.sample {
		for _, pc := range threads {
			if inst := &d.prog.Inst[pc]; inst.Op != syntax.InstEmptyWidth && inst.MatchRune(r) {
				f.add(d.alphabet, uint16(class))
				break
			}
		}
	}
	return f
}

func (f *runeFilter) add(a *alphabet, class uint16) {
	for k, c := range a.classes {
		if c != class {
			continue
		}
		end := rune(utf8.MaxRune)
		if k+1 < len(a.starts) {
			end = a.starts[k+1] - 1
		}
		for r := a.starts[k]; r <= min(end, a.starts[k]+512); r++ {
			f[r>>6&7] |= 1 << (r & 63)
		}
	}
}

func (f *runeFilter) has(r rune) bool { return f[r>>6&7]>>(r&63)&1 != 0 }

// unlessFull returns nil for a filter that holds most runes.
func (f *runeFilter) unlessFull() *runeFilter {
	n := 0
	for _, b := range f {
		n += bits.OnesCount64(b)
	}
	if n > 320 {
		return nil
	}
	return f
}

// opens reports whether anything in s from byte at on may begin a match.
func (d *automaton) opens(s string, at int) bool {
	return d.openers == nil || d.openers.skip(s, at) < len(s) || d.now.Load().inner&atEnd != 0
}

// skip returns the place of the first rune from byte i on that the filter may hold, the end of s if
// there is none.
func (f *runeFilter) skip(s string, i int) int {
	rest := s[i:]
	for rest != "" {
		b := rest[0]
		if b < utf8.RuneSelf {
			if f.has(rune(b)) {
				break
			}
			rest = rest[1:]
			continue
		}
		if len(rest) < 3 || !plainLead(b) {
			break
		}
		x, y := rest[1]-0x80, rest[2]-0x80
		if x|y >= 64 || f[x%8]>>(y%64)&1 != 0 {
			break
		}
		rest = rest[3:]
	}
	return len(s) - len(rest)
}
