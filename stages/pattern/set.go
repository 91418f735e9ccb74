package pattern

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"

	"xianzhi/stages/vocabulary"
)

// Set tells which of several expressions match a text, in one reading of it.
type Set struct {
	exprs []string
	once  sync.Once
	*automaton
	// fromEnd says that it is read from its end, where fewer runes can stand.
	fromEnd bool
	err     error
}

// CompileSet returns the set of expressions.
func CompileSet(exprs ...string) (*Set, error) {
	s := MustCompileSet(exprs...)
	s.once.Do(s.compile)
	return s, s.err
}

// MustCompileSet returns the set of expressions that are part of the program; as a Pattern's, its
// automaton is made when it is first used.
func MustCompileSet(exprs ...string) *Set { return &Set{exprs: exprs} }

func (s *Set) compile() {
	trees, openers := make([]*syntax.Regexp, len(s.exprs)), &vocabulary.Filter{}
	for i, expr := range s.exprs {
		if trees[i], s.err = parse(expr); s.err != nil {
			s.err = fmt.Errorf("pattern %s: %w", expr, s.err)
			return
		}
		trees[i] = reversed(trees[i])
		ends(trees[i], openers)
	}
	if openers.Len() <= manyOpeners {
		if s.automaton, s.err = union(trees, true); s.err != nil || s.anchored {
			return // most texts are done with at their first rune
		}
	}
	if back, err := union(trees, false); err == nil && back.anchored {
		s.automaton, s.fromEnd = back, true
	} else if s.automaton == nil {
		s.automaton, s.err = union(trees, true)
	}
}

// union makes one automaton of expressions, turned round again if need be: of their alternatives,
// each with an empty group at its end that tells which it is.
func union(trees []*syntax.Regexp, turn bool) (*automaton, error) {
	all := &syntax.Regexp{Op: syntax.OpAlternate, Flags: syntax.Perl}
	for i, tree := range trees {
		if turn {
			tree = reversed(tree)
		}
		mark := &syntax.Regexp{Op: syntax.OpCapture, Cap: i, Sub: []*syntax.Regexp{{Op: syntax.OpEmptyMatch}}}
		all.Sub = append(all.Sub, &syntax.Regexp{Op: syntax.OpConcat, Sub: []*syntax.Regexp{tree, mark}})
	}
	prog, err := syntax.Compile(all.Simplify())
	if err != nil {
		return nil, err
	}
	return newAutomaton(prog, newAlphabet(prog), every), nil
}

// Match returns the numbers of the expressions that match anywhere in the text, ascending. The
// slice must not be changed.
func (s *Set) Match(text string) []int {
	s.once.Do(s.compile)
	if s.err != nil {
		panic(s.err)
	}
	if text == "" {
		return s.empty.of
	}
	var found []int
	g := s.now.Load()
	state, cells := g.edge, g.now.Load().cells
	for at := 0; ; {
		if state&(hits|dead|idle) != 0 {
			if state&hits != 0 {
				found = join(found, s.state(g, state).found)
			}
			if state&dead != 0 {
				return found
			}
			if state&idle != 0 {
				at = s.openers.Skip(text, at)
			}
		}
		if at == len(text) {
			break
		}
		class, size := uint16(0), 0
		if s.fromEnd {
			class, size = s.last(text[:len(text)-at])
		} else {
			class, size = s.next(text[at:])
		}
		at += size
		to := place(atomic.LoadUint32(&cells[int(state>>marks)+int(class)]))
		if to == 0 {
			to, g, cells = s.step(g, state, class)
		}
		state = to
	}
	if state&atEnd != 0 {
		found = join(found, s.state(g, state).foundAtEnd)
	}
	return found
}

// join merges two ascending lists; neither is changed.
func join(a, b []int) []int {
	switch {
	case len(b) == 0:
		return a
	case len(a) == 0:
		return b
	}
	for _, n := range b {
		if i, found := slices.BinarySearch(a, n); !found {
			a = slices.Insert(slices.Clone(a), i, n)
		}
	}
	return a
}
