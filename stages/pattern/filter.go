package pattern

import (
	"regexp/syntax"
	"unicode/utf8"

	"xianzhi/stages/vocabulary"
)

// ranges yields the runes that any of the instructions matches.
func (d *automaton) ranges(threads []uint32, yield func(first, last rune)) {
	for class, r := range d.sample {
		for _, pc := range threads {
			if inst := &d.prog.Inst[pc]; inst.Op != syntax.InstEmptyWidth && inst.MatchRune(r) {
				d.members(uint16(class), yield)
				break
			}
		}
	}
}

// members yields the runes of a class.
func (a *alphabet) members(class uint16, yield func(first, last rune)) {
	for k, c := range a.classes {
		if c != class {
			continue
		}
		last := rune(utf8.MaxRune)
		if k+1 < len(a.starts) {
			last = a.starts[k+1] - 1
		}
		yield(a.starts[k], last)
	}
}

// manyOpeners are so many runes of a filter that most texts begin with one of them.
const manyOpeners = 2500

// openings returns a filter of the runes that any of the instructions matches, nil where it would
// hold most of all.
func (d *automaton) openings(threads []uint32) *vocabulary.Filter {
	f := &vocabulary.Filter{}
	d.ranges(threads, f.AddRange)
	if f.Len() > manyOpeners {
		return nil
	}
	return f
}

// opens reports whether anything in s from byte at on may begin a match.
func (d *automaton) opens(s string, at int) bool {
	return d.openers == nil || d.early && at == 0 || d.openers.Skip(s, at) < len(s) || d.now.Load().inner&atEnd != 0
}

// runeFilter is a set of runes by their last nine bits: it may hold more than were put in, but fits
// into a line of the processor's cache.
type runeFilter [8]uint64

func (f *runeFilter) addRange(first, last rune) {
	for r := first; r <= min(last, first+8*64-1); r++ {
		f[r>>6&7] |= 1 << (r & 63)
	}
}

func (f *runeFilter) has(r rune) bool { return f[r>>6&7]>>(r&63)&1 != 0 }
