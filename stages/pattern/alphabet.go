package pattern

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// alphabet maps every rune to its class: runes of a class are the same to all instructions of a
// pattern.
type alphabet struct {
	ascii [utf8.RuneSelf]uint16
	// pages holds the classes of the runes of three bytes, most of a Chinese text, by the last
	// six bits; page tells by the other bits which of them.
	page  [1024]uint16
	pages [][64]uint16

	starts  []rune // where the class changes, ascending, from 0
	classes []uint16
	sample  []rune // a rune of each class
}

// newAlphabet computes the classes for the instructions of a program.
func newAlphabet(prog *syntax.Prog) *alphabet {
	a := &alphabet{starts: []rune{0}}
	var sets [][]rune // the distinct sets of runes that instructions match, as pairs
	for i := range prog.Inst {
		set := runeSet(&prog.Inst[i])
		if set != nil && !slices.ContainsFunc(sets, func(have []rune) bool { return slices.Equal(have, set) }) {
			sets = append(sets, set)
		}
	}
	for _, set := range sets {
		for i := 0; i < len(set); i += 2 {
			a.starts = append(a.starts, set[i], set[i+1]+1)
		}
	}
	slices.Sort(a.starts)
	a.starts = slices.Compact(a.starts)
	// The class of a segment tells which sets it is in; each set splits the classes before it.
	class := make([]int, len(a.starts))
	count := 1
	for _, set := range sets {
		split := map[int]int{}
		for i := 0; i < len(set); i += 2 {
			from, _ := slices.BinarySearch(a.starts, set[i])
			for k := from; k < len(a.starts) && a.starts[k] <= set[i+1]; k++ {
				to, ok := split[class[k]]
				if !ok {
					to = count
					count++
					split[class[k]] = to
				}
				class[k] = to
			}
		}
	}
	number := map[int]uint16{}
	for k, c := range class {
		n, ok := number[c]
		if !ok {
			n = uint16(len(a.sample))
			number[c] = n
			a.sample = append(a.sample, a.starts[k])
		}
		a.classes = append(a.classes, n)
	}
	a.fill()
	return a
}

// runeSet returns the runes that an instruction matches as pairs of first and last, nil for
// instructions that match none.
func runeSet(inst *syntax.Inst) []rune {
	switch inst.Op {
	case syntax.InstRuneAny:
		return []rune{0, unicode.MaxRune}
	case syntax.InstRuneAnyNotNL:
		return []rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}
	case syntax.InstRune, syntax.InstRune1:
	default:
		return nil
	}
	if len(inst.Rune) != 1 {
		return inst.Rune
	}
	set := []rune{inst.Rune[0], inst.Rune[0]}
	if syntax.Flags(inst.Arg)&syntax.FoldCase != 0 {
		for r := unicode.SimpleFold(inst.Rune[0]); r != inst.Rune[0]; r = unicode.SimpleFold(r) {
			set = append(set, r, r)
		}
	}
	return set
}

// fill makes the tables.
func (a *alphabet) fill() {
	for r := range a.ascii {
		a.ascii[r] = a.search(rune(r))
	}
	uniform := make([]uint16, len(a.sample)) // the page of one class alone, plus one
	k := 0
	for block := range a.page {
		first := rune(block) << 6
		for k+1 < len(a.starts) && a.starts[k+1] <= first {
			k++
		}
		class := a.classes[k]
		if alone := k+1 == len(a.starts) || a.starts[k+1] >= first+64; !alone {
			a.page[block] = a.add(first, k)
			continue
		}
		if uniform[class] == 0 {
			uniform[class] = a.add(first, k) + 1
		}
		a.page[block] = uniform[class] - 1
	}
}

// add makes the page of 64 runes, of which the first is in the segment k.
func (a *alphabet) add(first rune, k int) uint16 {
	var page [64]uint16
	for i := range page {
		for k+1 < len(a.starts) && a.starts[k+1] <= first+rune(i) {
			k++
		}
		page[i] = a.classes[k]
	}
	a.pages = append(a.pages, page)
	return uint16(len(a.pages) - 1)
}

func (a *alphabet) search(r rune) uint16 {
	k, found := slices.BinarySearch(a.starts, r)
	if !found {
		k--
	}
	return a.classes[k]
}

// next returns the class of the rune that s begins with, and its size; s is not empty.
func (a *alphabet) next(s string) (class uint16, size int) {
	b := s[0]
	if b < utf8.RuneSelf {
		return a.ascii[b], 1
	}
	if x, y, ok := continued(s, 0); ok && plainLead(b) {
		return a.pages[a.page[int(b&15)<<6|int(x)]][y], 3
	}
	r, size := utf8.DecodeRuneInString(s)
	return a.search(r), size
}

// last returns the class of the rune that s ends in, and its size; s is not empty.
func (a *alphabet) last(s string) (class uint16, size int) {
	n := len(s)
	if s[n-1] < utf8.RuneSelf {
		return a.ascii[s[n-1]], 1
	}
	if n >= 3 && plainLead(s[n-3]) {
		if x, y := s[n-2]-0x80, s[n-1]-0x80; x < 64 && y < 64 {
			return a.pages[a.page[int(s[n-3]&15)<<6|int(x)]][y], 3
		}
	}
	r, size := utf8.DecodeLastRuneInString(s)
	return a.search(r), size
}

// continued returns what the two bytes behind byte i add to a rune, if they continue one.
func continued(s string, i int) (x, y byte, ok bool) {
	if i+2 >= len(s) {
		return 0, 0, false
	}
	x, y = s[i+1]-0x80, s[i+2]-0x80
	return x, y, x|y < 64
}

// plainLead reports a byte that opens a rune of three bytes whatever two follow.
func plainLead(b byte) bool { return b >= 0xE1 && b <= 0xEF && b != 0xED }
