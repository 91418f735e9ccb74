package pattern

import (
	"errors"
	"regexp/syntax"
	"slices"
)

// compile parses an expression and prepares the automata of both directions.
func (m *machine) compile(expr string) error {
	tree, err := parse(expr)
	if err != nil {
		return err
	}
	m.names = tree.CapNames()
	if m.prog, err = syntax.Compile(tree.Simplify()); err != nil {
		return err
	}
	if m.forward = newAutomaton(m.prog, newAlphabet(m.prog), preferred); m.forward.anchored {
		return nil // nothing is read backwards
	}
	back, err := syntax.Compile(reversed(tree).Simplify())
	if err != nil {
		return err
	}
	m.backward = newAutomaton(back, newAlphabet(back), longest)
	return nil
}

func parse(expr string) (*syntax.Regexp, error) {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return tree, supported(tree)
}

func supported(tree *syntax.Regexp) error {
	switch tree.Op {
	case syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginLine, syntax.OpEndLine:
		return errors.New("word and line boundaries are not supported")
	}
	for _, sub := range tree.Sub {
		if err := supported(sub); err != nil {
			return err
		}
	}
	return nil
}

// reversed matches what tree matches, read from right to left, without groups.
func reversed(tree *syntax.Regexp) *syntax.Regexp {
	r := *tree
	switch r.Op {
	case syntax.OpBeginText:
		r.Op = syntax.OpEndText
	case syntax.OpEndText:
		r.Op = syntax.OpBeginText
	case syntax.OpCapture:
		return reversed(r.Sub[0])
	case syntax.OpLiteral:
		r.Rune = slices.Clone(r.Rune)
		slices.Reverse(r.Rune)
	}
	r.Sub = make([]*syntax.Regexp, len(tree.Sub))
	for i, sub := range tree.Sub {
		r.Sub[i] = reversed(sub)
	}
	if r.Op == syntax.OpConcat {
		slices.Reverse(r.Sub)
	}
	return &r
}
