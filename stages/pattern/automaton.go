package pattern

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"xianzhi/stages/vocabulary"
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
	openers *vocabulary.Filter
	early   bool // the text's edge opens more than they tell: (?:^|甲)乙
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
	edge, inner place // where scanning begins: at the edge of the text, or inside
	now         atomic.Pointer[table]

	sync.Mutex
	known map[string]place
}

// table is what is known of a generation. Nothing in it changes but cells that are filled in; when
// there is a state more, another comes.
type table struct {
	cells []uint32 // by state and class: the place that a rune leads to, 0 if not known yet
	of    []*state // by number; none is 0
}

// place is where a scan is: where the cells of a state begin, and what every step asks of it.
type place uint32

const (
	hits  place = 1 << iota // a match ends here
	atEnd                   // a match ends here if the text does
	dead                    // no match will begin or end later
	idle                    // none has begun: there are runes to skip

	marks = iota
)

// state is what the threads of the program wait for behind some text.
type state struct {
	again bool // further matches may begin
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
		d.openers = d.openings(b.threads)
	}
	inner := len(b.threads)
	b.reset()
	b.follow(uint32(prog.Start), syntax.EmptyBeginText)
	d.early = len(b.threads) > inner
	b.reset()
	b.follow(uint32(prog.Start), syntax.EmptyBeginText|syntax.EmptyEndText)
	d.empty = b.ended()
	d.renew()
	return d
}

// renew begins a generation.
func (d *automaton) renew() *states {
	g := &states{known: map[string]place{}}
	g.now.Store(&table{make([]uint32, 4*len(d.sample)), make([]*state, 1)})
	again := d.mode != longest && !d.anchored
	b := d.builder()
	defer b.done()
	b.follow(uint32(d.prog.Start), 0)
	g.inner = d.intern(g, b, again, again && d.openers != nil)
	b.reset()
	b.follow(uint32(d.prog.Start), syntax.EmptyBeginText)
	g.edge = d.intern(g, b, again, false)
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

// intern returns the place of the collected threads. The caller holds the generation's lock or is
// the only one to know it.
func (d *automaton) intern(g *states, b *builder, again, skips bool) place {
	end := b.ended()
	if end.any && d.mode == preferred {
		again = false
	}
	if d.mode != preferred {
		slices.Sort(b.threads)
	}
	key := make([]byte, 0, 2*len(b.threads)+2)
	for _, pc := range b.threads {
		key = binary.AppendUvarint(key, uint64(pc)+4)
	}
	key = append(key, flags(end.any, again))
	for _, i := range end.of {
		key = binary.AppendUvarint(key, uint64(i))
	}
	if at, ok := g.known[string(key)]; ok {
		return at
	}
	s := &state{again: again, found: end.of, threads: slices.Clone(b.threads)}
	last := d.endsAt(s)
	s.foundAtEnd = last.of
	t := g.now.Load()
	at := place(len(t.of)*len(d.sample)) << marks
	mark := func(holds bool, m place) {
		if holds {
			at |= m
		}
	}
	mark(end.any, hits)
	mark(last.any, atEnd)
	mark(len(s.threads) == 0 && !again, dead)
	mark(skips, idle)
	cells := t.cells
	if (len(t.of)+1)*len(d.sample) > len(cells) {
		cells = make([]uint32, 2*len(cells))
		copy(cells, t.cells)
	}
	g.now.Store(&table{cells, append(t.of, s)})
	g.known[string(key)] = at
	return at
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

// state returns the state at a place.
func (d *automaton) state(g *states, at place) *state {
	return g.now.Load().of[int(at>>marks)/len(d.sample)]
}

// step returns the place behind one more rune of a class, with its generation and the cells that
// know it.
func (d *automaton) step(g *states, from place, class uint16) (place, *states, []uint32) {
	cell := int(from>>marks) + int(class)
	cells := g.now.Load().cells
	if to := place(atomic.LoadUint32(&cells[cell])); to != 0 {
		return to, g, cells // filled in by another scan
	}
	b := d.builder()
	defer b.done()
	s := d.state(g, from)
	r := d.sample[class]
	for _, pc := range s.threads {
		if inst := &d.prog.Inst[pc]; inst.Op != syntax.InstEmptyWidth && inst.MatchRune(r) {
			b.follow(inst.Out, 0)
		}
	}
	if s.again {
		b.follow(uint32(d.prog.Start), 0)
	}
	g.Lock()
	defer g.Unlock()
	if len(g.known) >= maxStates {
		anew := d.renew()
		anew.Lock()
		defer anew.Unlock()
		to := d.intern(anew, b, s.again, false)
		return to, anew, anew.now.Load().cells
	}
	to := d.intern(g, b, s.again, false)
	cells = g.now.Load().cells
	atomic.StoreUint32(&cells[cell], uint32(to))
	return to, g, cells
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
	g := d.now.Load()
	state, cells := g.edge, g.now.Load().cells
	if at > 0 {
		state = g.inner
	}
	end := -1
	for {
		if state&(hits|dead|idle) != 0 {
			if state&hits != 0 {
				if end = at; any {
					return end
				}
			}
			if state&dead != 0 {
				return end
			}
			if state&idle != 0 {
				at = d.openers.Skip(s, at)
			}
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
		to := place(atomic.LoadUint32(&cells[int(state>>marks)+int(class)]))
		if to == 0 {
			to, g, cells = d.step(g, state, class)
		}
		state = to
	}
	if state&atEnd != 0 {
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
	g := d.now.Load()
	state, cells := g.edge, g.now.Load().cells
	if end < len(s) {
		state = g.inner
	}
	start := -1
	for {
		if state&(hits|dead) != 0 {
			if state&hits != 0 {
				if start = end; any {
					return start
				}
			}
			if state&dead != 0 {
				return start
			}
		}
		if end == at {
			break
		}
		class, size := d.last(s[:end])
		end -= size
		to := place(atomic.LoadUint32(&cells[int(state>>marks)+int(class)]))
		if to == 0 {
			to, g, cells = d.step(g, state, class)
		}
		state = to
	}
	if state&atEnd != 0 && at == 0 {
		return 0
	}
	return start
}
