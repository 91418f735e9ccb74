package pattern

import (
	"regexp/syntax"
	"sync"
	"unicode/utf8"
)

// groups returns the offsets of the match s[start:end] and its groups. As the match is known, every
// way through the program that leaves it fails.
func (p *Pattern) groups(s string, start, end int) []int {
	return p.groupsIn(make([]int, p.prog.NumCap), s, start, end)
}

// groupsIn is groups in memory of the right size.
func (p *Pattern) groupsIn(out []int, s string, start, end int) []int {
	out[0], out[1] = start, end
	if len(out) == 2 {
		return out
	}
	b := backtrackers.Get().(*backtracker)
	defer backtrackers.Put(b)
	b.prog, b.s, b.start, b.end, b.groups = p.prog, s, start, end, out
	b.width = end - start + 1
	if n := (len(p.prog.Inst)*b.width + 63) / 64; n <= cap(b.seen) {
		b.seen = b.seen[:n]
		clear(b.seen)
	} else {
		b.seen = make([]uint64, n)
	}
	for i := 2; i < len(out); i++ {
		out[i] = -1
	}
	b.run(uint32(p.prog.Start), start)
	b.s, b.groups = "", nil
	return out
}

var backtrackers = sync.Pool{New: func() any { return new(backtracker) }}

// backtracker walks a program through a known match.
type backtracker struct {
	prog              *syntax.Prog
	s                 string
	start, end, width int
	groups            []int
	seen              []uint64 // the instructions and places tried before
}

// run tries an instruction at byte i and reports whether it leads to the match.
func (b *backtracker) run(pc uint32, i int) bool {
	for {
		if n := int(pc)*b.width + i - b.start; b.seen[n/64]&(1<<(n%64)) != 0 {
			return false
		} else {
			b.seen[n/64] |= 1 << (n % 64)
		}
		inst := &b.prog.Inst[pc]
		switch inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			if b.run(inst.Out, i) {
				return true
			}
			pc = inst.Arg
			continue
		case syntax.InstCapture:
			old := b.groups[inst.Arg]
			b.groups[inst.Arg] = i
			if b.run(inst.Out, i) {
				return true
			}
			b.groups[inst.Arg] = old
			return false
		case syntax.InstNop:
		case syntax.InstEmptyWidth:
			var holds syntax.EmptyOp
			if i == 0 {
				holds |= syntax.EmptyBeginText
			}
			if i == len(b.s) {
				holds |= syntax.EmptyEndText
			}
			if syntax.EmptyOp(inst.Arg)&^holds != 0 {
				return false
			}
		case syntax.InstMatch:
			return i == b.end
		case syntax.InstFail:
			return false
		default:
			if i == b.end {
				return false
			}
			r, size := utf8.DecodeRuneInString(b.s[i:])
			if !inst.MatchRune(r) {
				return false
			}
			i += size
		}
		pc = inst.Out
	}
}
