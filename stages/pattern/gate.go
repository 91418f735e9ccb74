package pattern

import "unicode/utf8"

// gate tells most texts that a pattern with ^ or $ cannot match by their first or last character
// alone, from one line of the processor's cache: an automaton's tables are spread over many, and
// hundreds of patterns are tried on every clause.
type gate struct {
	side side
	runeFilter
}

type side uint8

const (
	nowhere side = iota // there is no telling
	first
	last
)

func newGate(m *machine) gate {
	var g gate
	switch {
	case m.forward.anchored:
		g.side = first
		g.admit(m.forward)
	case m.backward.anchored:
		g.side = last
		g.admit(m.backward)
	}
	return g
}

// admit lets the runes in that the automaton can begin with.
func (g *gate) admit(d *automaton) {
	now := d.now.Load()
	if now.edge&hits != 0 { // also by none
		g.side = nowhere
		return
	}
	d.ranges(d.state(now, now.edge).threads, g.addRange)
}

// shut reports whether s, if not empty, has a character at the gate's side that begins no match.
func (g *gate) shut(s string) bool {
	if g.side == nowhere || s == "" {
		return false
	}
	if g.side == first {
		r := runeAt(s, 0)
		if r == 0 {
			r, _ = utf8.DecodeRuneInString(s)
		}
		return !g.has(r)
	}
	r := runeAt(s, len(s)-3)
	if r == 0 {
		r, _ = utf8.DecodeLastRuneInString(s)
	}
	return !g.has(r)
}

// runeAt decodes the rune of three bytes at byte i; 0 where none stands.
func runeAt(s string, i int) rune {
	if i < 0 || !plainLead(s[i]) {
		return 0
	}
	x, y, ok := continued(s, i)
	if !ok {
		return 0
	}
	return rune(s[i]&15)<<12 | rune(x)<<6 | rune(y)
}
