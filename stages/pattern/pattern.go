package pattern

import (
	"fmt"
	"regexp/syntax"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// Pattern is a compiled expression.
type Pattern struct {
	compiled atomic.Bool
	once     sync.Once
	err      error
	gate     gate
	machine
	expr string
}

// machine is what an expression is compiled to.
type machine struct {
	prog    *syntax.Prog
	names   []string // of the groups
	forward *automaton
	// backward reads from right to left: from the end of a match to its start. What ends in $ it
	// finds at once. Nil for what begins with ^.
	backward *automaton
}

// Compile returns the pattern of an expression.
func Compile(expr string) (*Pattern, error) {
	p := MustCompile(expr)
	p.once.Do(p.compile)
	return p, p.err
}

// MustCompile returns the pattern of an expression that is part of the program. It is compiled when
// it is first used, which then panics if it is wrong: a short run needs few of the patterns.
func MustCompile(expr string) *Pattern { return &Pattern{expr: expr} }

func (p *Pattern) ready() {
	if !p.compiled.Load() {
		p.prepare()
	}
}

func (p *Pattern) prepare() {
	p.once.Do(p.compile)
	if p.err != nil {
		panic(p.err)
	}
}

func (p *Pattern) compile() {
	if p.err = p.machine.compile(p.expr); p.err != nil {
		p.err = fmt.Errorf("pattern %s: %w", p.expr, p.err)
		return
	}
	p.gate = newGate(&p.machine)
	p.compiled.Store(true)
}

// String returns the expression.
func (p *Pattern) String() string { return p.expr }

// SubexpIndex returns the number of the group of that name, -1 if there is none.
func (p *Pattern) SubexpIndex(name string) int {
	p.ready()
	for i, n := range p.names {
		if n == name && name != "" {
			return i
		}
	}
	return -1
}

// MatchString reports whether s holds a match.
func (p *Pattern) MatchString(s string) bool {
	p.ready()
	if p.gate.shut(s) {
		return false
	}
	if !p.atEnd() {
		return p.forward.scan(s, 0, true) >= 0
	}
	return p.forward.opens(s, 0) && p.backward.scanBack(s, 0, len(s), true) >= 0
}

// atEnd reports whether matches can only end where the text does.
func (m *machine) atEnd() bool { return m.backward != nil && m.backward.anchored }

// find returns the leftmost match in s from byte at on; what stands before only keeps ^ from
// matching.
func (p *Pattern) find(s string, at int) (start, end int, ok bool) {
	if p.gate.shut(s) {
		return 0, 0, false
	}
	if p.atEnd() {
		if !p.forward.opens(s, at) {
			return 0, 0, false
		}
		start = p.backward.scanBack(s, at, len(s), false)
		return start, len(s), start >= 0
	}
	if end = p.forward.scan(s, at, false); end < 0 {
		return 0, 0, false
	}
	if p.backward == nil {
		return at, end, true
	}
	return p.backward.scanBack(s, at, end, false), end, true
}

// FindString returns the leftmost match, "" if there is none.
func (p *Pattern) FindString(s string) string {
	p.ready()
	if start, end, ok := p.find(s, 0); ok {
		return s[start:end]
	}
	return ""
}

// FindStringIndex returns the byte offsets of the leftmost match, nil if there is none.
func (p *Pattern) FindStringIndex(s string) []int {
	p.ready()
	if start, end, ok := p.find(s, 0); ok {
		return []int{start, end}
	}
	return nil
}

// FindStringSubmatchIndex returns the byte offsets of the leftmost match and its groups, -1 for
// groups that took no part; nil if there is no match.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	p.ready()
	if start, end, ok := p.find(s, 0); ok {
		return p.groups(s, start, end)
	}
	return nil
}

// FindStringSubmatch returns the leftmost match and its groups, nil if there is no match.
func (p *Pattern) FindStringSubmatch(s string) []string {
	return texts(s, p.FindStringSubmatchIndex(s))
}

func texts(s string, m []int) []string {
	if m == nil {
		return nil
	}
	groups := make([]string, len(m)/2)
	for i := range groups {
		if m[2*i] >= 0 {
			groups[i] = s[m[2*i]:m[2*i+1]]
		}
	}
	return groups
}

// all yields up to n matches that do not overlap, all for a negative n. An empty match right
// behind another counts for none.
func (p *Pattern) all(s string, n int, yield func(start, end int)) { p.allFrom(s, 0, n, yield) }

// allFrom is all for the matches that begin at byte at or later.
func (p *Pattern) allFrom(s string, at, n int, yield func(start, end int)) {
	p.ready()
	if n < 0 {
		n = len(s) + 1
	}
	for last := -1; n > 0 && at <= len(s); {
		start, end, ok := p.find(s, at)
		if !ok {
			return
		}
		if start < end || start != last {
			yield(start, end)
			n--
		}
		last = end
		if end > at {
			at = end
			continue
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += max(size, 1)
	}
}

// Each yields the offsets that FindAllStringSubmatchIndex returns, but looks for matches from byte
// from on only, and in memory that the next match takes.
func (p *Pattern) Each(s string, from int, yield func(m []int)) {
	var m []int
	p.allFrom(s, from, -1, func(start, end int) {
		if m == nil {
			m = make([]int, p.prog.NumCap)
		}
		yield(p.groupsIn(m, s, start, end))
	})
}

// FindAllStringIndex returns the byte offsets of up to n matches that do not overlap, all for a
// negative n; nil if there is none.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	var out [][]int
	p.all(s, n, func(start, end int) { out = append(out, []int{start, end}) })
	return out
}

// FindAllString returns up to n matches that do not overlap, all for a negative n.
func (p *Pattern) FindAllString(s string, n int) []string {
	var out []string
	p.all(s, n, func(start, end int) { out = append(out, s[start:end]) })
	return out
}

// FindAllStringSubmatchIndex is FindAllStringIndex with the groups of each match.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	var out [][]int
	p.all(s, n, func(start, end int) { out = append(out, p.groups(s, start, end)) })
	return out
}

// FindAllStringSubmatch is FindAllString with the groups of each match.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	var out [][]string
	p.all(s, n, func(start, end int) { out = append(out, texts(s, p.groups(s, start, end))) })
	return out
}

// ReplaceAllLiteralString replaces every match by a text, in which $ means nothing.
func (p *Pattern) ReplaceAllLiteralString(s, by string) string {
	return p.ReplaceAllStringFunc(s, func(string) string { return by })
}

// ReplaceAllStringFunc replaces every match by what the function makes of it.
func (p *Pattern) ReplaceAllStringFunc(s string, by func(string) string) string {
	var b strings.Builder
	last := 0
	p.all(s, -1, func(start, end int) {
		b.WriteString(s[last:start])
		b.WriteString(by(s[start:end]))
		last = end
	})
	if last == 0 && b.Len() == 0 {
		return s
	}
	b.WriteString(s[last:])
	return b.String()
}
