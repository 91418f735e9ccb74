package pattern

import (
	"regexp/syntax"
	"unicode"

	"xianzhi/stages/vocabulary"
)

// Ends adds the runes that a match of an expression can end in to a filter. It reports whether the
// empty text matches, too.
func Ends(expr string, f *vocabulary.Filter) (empty bool, err error) {
	tree, err := parse(expr)
	if err != nil {
		return false, err
	}
	return ends(tree, f), nil
}

func ends(tree *syntax.Regexp, f *vocabulary.Filter) (empty bool) {
	switch tree.Op {
	case syntax.OpNoMatch:
		return false
	case syntax.OpLiteral:
		last := tree.Rune[len(tree.Rune)-1]
		f.Add(last)
		if tree.Flags&syntax.FoldCase != 0 {
			for r := unicode.SimpleFold(last); r != last; r = unicode.SimpleFold(r) {
				f.Add(r)
			}
		}
		return false
	case syntax.OpCharClass:
		for i := 0; i < len(tree.Rune); i += 2 {
			f.AddRange(tree.Rune[i], tree.Rune[i+1])
		}
		return false
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		f.AddRange(0, unicode.MaxRune)
		return false
	case syntax.OpConcat:
		for i := len(tree.Sub) - 1; i >= 0; i-- {
			if !ends(tree.Sub[i], f) {
				return false
			}
		}
		return true
	case syntax.OpAlternate:
		for _, sub := range tree.Sub {
			empty = ends(sub, f) || empty
		}
		return empty
	case syntax.OpCapture, syntax.OpPlus:
		return ends(tree.Sub[0], f)
	case syntax.OpStar, syntax.OpQuest:
		ends(tree.Sub[0], f)
		return true
	case syntax.OpRepeat:
		return ends(tree.Sub[0], f) || tree.Min == 0
	}
	return true // the edges of the text, and nothing at all
}
