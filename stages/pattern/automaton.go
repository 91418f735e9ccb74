package pattern

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// maxStates bounds the states that an automaton keeps; with more it begins anew.
const maxStates = 2000

// automaton is a deterministic automaton over the classes of an alphabet. Its states are made when
// they are first reached.
type automaton struct {
	*alphabet
	prog     *syntax.Prog
	mode     mode
	anchored bool  // matches can only begin where scanning does, at the text's edge
	empty    ended // what of the empty text matches
	// openers are the runes that something can begin with where it may begin anywhere; nil where
	// nearly all are.
	openers *runeFilter
	now     atomic.Pointer[states]
}

// mode says which matches an automaton follows.
type mode int

const (
	preferred mode = iota // from anywhere, those that the expression prefers
	longest               // from where scanning begins, all
	every                 // from anywhere, all
)

// ended says that a match ends, and in a set of which patterns.
type ended struct {
	any bool
	of  []int // ascending
}

// states is one generation of states. A scan that works on an old one goes on with it, and the
// garbage collector takes it away.
type states struct {
	edge, inner *state // where scanning begins: at the edge of the text, or inside

	sync.Mutex
	known map[string]*state
}

// state is what the threads of the program wait for behind some text. What every step looks at
// stands first, in one line of the processor's cache.
type state struct {
	next  []atomic.Pointer[state] // by class, nil if not known yet
	ends  bool                    // a match ends here
	atEnd bool                    // a match ends here if the text does
	dead  bool                    // no match will begin or end later
	again bool                    // further matches may begin
	idle  bool                    // none has begun: there are runes to skip
	of    *states
	// found and foundAtEnd are the patterns of a set of which a match ends.
	found, foundAtEnd []int
	// threads are the instructions waiting for a rune or the end, those preferred first.
	threads []uint32
}

func newAutomaton(prog *syntax.Prog, a *alphabet, m mode) *automaton {
	d := &automaton{alphabet: a, prog: prog, mode: m}
	b := d.builder()
	defer b.done()
	b.follow(uint32(prog.Start), 0)
	d.anchored = len(b.threads) == 0 && !b.ends.any
	if m != longest && !b.ends.any {
		d.openers = d.filter(b.threads).unlessFull()
	}
	b.reset()
	b.follow(uint32(prog.Start), syntax.EmptyBeginText|syntax.EmptyEndText)
	d.empty = b.ended()
	d.renew()
	return d
}

// renew begins a generation.
func (d *automaton) renew() *states {
	g := &states{known: map[string]*state{}}
	again := d.mode != longest && !d.anchored
	b := d.builder()
	defer b.done()
	b.follow(uint32(d.prog.Start), syntax.EmptyBeginText)
	g.edge = d.intern(g, b, again)
	b.reset()
	b.follow(uint32(d.prog.Start), 0)
	g.inner = d.intern(g, b, again)
	g.inner.idle = again && d.openers != nil
	d.now.Store(g)
	return g
}

// builder collects the threads of a state.
type builder struct {
	*automaton
	threads []uint32
	seen    []bool // by instruction
	visited []uint32
	ends    ended
}

var builders = sync.Pool{New: func() any { return new(builder) }}

// ended returns what ends where the threads are.
func (b *builder) ended() ended {
	slices.Sort(b.ends.of)
	return ended{b.ends.any, slices.Clone(slices.Compact(b.ends.of))}
}

// builder returns an empty builder, to be given back by done.
func (d *automaton) builder() *builder {
	b := builders.Get().(*builder)
	b.automaton = d
	if n := len(d.prog.Inst); n > len(b.seen) {
		b.seen = make([]bool, n)
	}
	return b
}

func (b *builder) done() {
	b.reset()
	b.automaton = nil
	builders.Put(b)
}

func (b *builder) reset() {
	b.threads, b.ends = b.threads[:0], ended{}
	for _, pc := range b.visited {
		b.seen[pc] = false
	}
	b.visited = b.visited[:0]
}

// follow adds what can be reached from an instruction without reading a rune, given what is known
// to hold here.
func (b *builder) follow(pc uint32, holds syntax.EmptyOp) {
	if b.ends.any && b.mode == preferred || b.seen[pc] {
		return
	}
	b.seen[pc] = true
	b.visited = append(b.visited, pc)
	switch inst := &b.prog.Inst[pc]; inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		b.follow(inst.Out, holds)
		b.follow(inst.Arg, holds)
	case syntax.InstCapture, syntax.InstNop:
		if inst.Op == syntax.InstCapture && b.mode == every && inst.Arg%2 == 0 {
			b.ends.of = append(b.ends.of, int(inst.Arg)/2) // what stands at the end of each pattern of a set
		}
		b.follow(inst.Out, holds)
	case syntax.InstEmptyWidth:
		switch op := syntax.EmptyOp(inst.Arg); {
		case op&^holds == 0:
			b.follow(inst.Out, holds)
		case op == syntax.EmptyEndText && holds&syntax.EmptyEndText == 0:
			b.threads = append(b.threads, pc) // decided when the end is reached
		}
	case syntax.InstMatch:
		b.ends.any = true
	case syntax.InstFail:
	default:
		b.threads = append(b.threads, pc)
	}
}

// intern returns the state of the collected threads. The caller holds the generation's lock or is
// the only one to know it.
func (d *automaton) intern(g *states, b *builder, again bool) *state {
	ends := b.ended()
	if ends.any && d.mode == preferred {
		again = false
	}
	if d.mode != preferred {
		slices.Sort(b.threads)
	}
	key := make([]byte, 0, 2*len(b.threads)+2)
	for _, pc := range b.threads {
		key = binary.AppendUvarint(key, uint64(pc)+4)
	}
	key = append(key, flags(ends.any, again))
	for _, i := range ends.of {
		key = binary.AppendUvarint(key, uint64(i))
	}
	if s, ok := g.known[string(key)]; ok {
		return s
	}
	s := &state{
		next: make([]atomic.Pointer[state], len(d.sample)), of: g,
		ends: ends.any, found: ends.of, again: again, dead: len(b.threads) == 0 && !again,
		threads: slices.Clone(b.threads),
	}
	last := d.endsAt(s)
	s.atEnd, s.foundAtEnd = last.any, last.of
	g.known[string(key)] = s
	return s
}

func flags(a, b bool) byte {
	n := byte(0)
	if a {
		n = 1
	}
	if b {
		n |= 2
	}
	return n
}

// endsAt returns the matches that the threads which wait for the end reach there.
func (d *automaton) endsAt(s *state) ended {
	b := d.builder()
	defer b.done()
	for _, pc := range s.threads {
		if inst := &d.prog.Inst[pc]; inst.Op == syntax.InstEmptyWidth {
			b.follow(inst.Out, syntax.EmptyEndText)
		}
	}
	return b.ended()
}

// step returns the state behind one more rune of a class.
func (d *automaton) step(from *state, class uint16) *state {
	b := d.builder()
	defer b.done()
	r := d.sample[class]
	for _, pc := range from.threads {
		if inst := &d.prog.Inst[pc]; inst.Op != syntax.InstEmptyWidth && inst.MatchRune(r) {
			b.follow(inst.Out, 0)
		}
	}
	if from.again {
		b.follow(uint32(d.prog.Start), 0)
	}
	g := from.of
	g.Lock()
	defer g.Unlock()
	if len(g.known) >= maxStates {
		g = d.renew()
		g.Lock()
		defer g.Unlock()
	}
	to := d.intern(g, b, from.again)
	if g == from.of {
		from.next[class].Store(to)
	}
	return to
}

// scan reads s from byte at on and returns where the leftmost match ends, or for any where the
// first to end does; -1 if there is none.
func (d *automaton) scan(s string, at int, any bool) int {
	if s == "" {
		if d.empty.any {
			return 0
		}
		return -1
	}
	state := d.now.Load().edge
	if at > 0 {
		state = d.now.Load().inner
	}
	end := -1
	for {
		if state.ends {
			if end = at; any {
				return end
			}
		}
		if state.dead {
			return end
		}
		if state.idle {
			at = d.openers.skip(s, at)
		}
		if at == len(s) {
			break
		}
		var class uint16
		if b := s[at]; b < utf8.RuneSelf {
			class = d.ascii[b]
			at++
		} else if x, y, ok := continued(s, at); ok && plainLead(b) {
			class = d.pages[d.page[int(b&15)<<6|int(x)]][y]
			at += 3
		} else {
			r, size := utf8.DecodeRuneInString(s[at:])
			class = d.search(r)
			at += size
		}
		to := state.next[class].Load()
		if to == nil {
			to = d.step(state, class)
		}
		state = to
	}
	if state.atEnd {
		return at
	}
	return end
}

// scanBack reads s[:end] from its end down to byte at and returns where the longest match that ends
// there begins, or for any the shortest; -1 if there is none.
func (d *automaton) scanBack(s string, at, end int, any bool) int {
	if s == "" {
		if d.empty.any {
			return 0
		}
		return -1
	}
	state := d.now.Load().edge
	if end < len(s) {
		state = d.now.Load().inner
	}
	start := -1
	for {
		if state.ends {
			if start = end; any {
				return start
			}
		}
		if state.dead {
			return start
		}
		if end == at {
			break
		}
		class, size := d.last(s[:end])
		end -= size
		to := state.next[class].Load()
		if to == nil {
			to = d.step(state, class)
		}
		state = to
	}
	if state.atEnd && at == 0 {
		return 0
	}
	return start
}
