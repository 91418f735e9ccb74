package project

import (
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xianzhi/stages/pattern"
)

// kindOfRune are the kinds of a character, or those of one with the same bits.
func kindOfRune(r rune) chars { return kindsOf[r&4095] }

// holds reports whether all that an expression matches holds a character of a kind.
func holds(re *syntax.Regexp, kind chars) bool {
	is := func(r rune) bool { return kindOfRune(r)&kind != 0 }
	sub := func(re *syntax.Regexp) bool { return holds(re, kind) }
	switch re.Op {
	case syntax.OpLiteral:
		return slices.ContainsFunc(re.Rune, is)
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if !is(r) {
					return false
				}
			}
		}
		return true
	case syntax.OpCapture, syntax.OpPlus:
		return sub(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min > 0 && sub(re.Sub[0])
	case syntax.OpConcat:
		return slices.ContainsFunc(re.Sub, sub)
	case syntax.OpAlternate:
		return !slices.ContainsFunc(re.Sub, func(re *syntax.Regexp) bool { return !sub(re) })
	}
	return false
}

// TestKindsOfPatterns: what is tried only on texts with a character of a kind matches no other.
func TestKindsOfPatterns(t *testing.T) {
	for _, c := range []struct {
		p    *pattern.Pattern
		kind chars
	}{
		{grown, grows}, {joining, joins}, {firms, enterprises}, {spread, figure}, {spread, each}, {closingCount, figure},
		{closingCount, project}, {counting, andSoOn}, {paid, yuan}, {addressee, charges}, {yearsAhead, year}, {treated, toward},
		{addressed, toward}, {included, joins}, {lever, slogans}, {slogan, slogans}, {wholeTrade, trades},
		{ownWork, plantWork}, {keptWork, plantWork}, {companyEnd, firmEnd}, {innerVerb, acts}, {investing, yuan}, {attribute, of}, {atLeast, figure | yuan}, {both, and}, {countedBig, slogans},
		{together, figure},
	} {
		re, err := syntax.Parse(c.p.String(), syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if !holds(re, c.kind) {
			t.Errorf("%s matches what has no character of kind %b: add to kindsOf", c.p, c.kind)
		}
	}
}

// opening2 returns what the matches of an expression begin with, two characters or all.
func opening2(re *syntax.Regexp, n int) []string {
	if n == 0 {
		return []string{""}
	}
	optional := func(re *syntax.Regexp) []string { return append(opening2(re, n), "") }
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune[:min(n, len(re.Rune))])}
	case syntax.OpCharClass:
		var out []string
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				out = append(out, string(r))
			}
		}
		return out
	case syntax.OpCapture:
		return opening2(re.Sub[0], n)
	case syntax.OpQuest:
		return optional(re.Sub[0])
	case syntax.OpRepeat:
		var subs []*syntax.Regexp
		for range re.Min {
			subs = append(subs, re.Sub[0])
		}
		for range re.Max - re.Min {
			subs = append(subs, &syntax.Regexp{Op: syntax.OpQuest, Sub: re.Sub})
		}
		return opening2(&syntax.Regexp{Op: syntax.OpConcat, Sub: subs}, n)
	case syntax.OpConcat:
		out := []string{""}
		for _, sub := range re.Sub {
			var longer []string
			for _, s := range out {
				for _, more := range opening2(sub, n-utf8.RuneCountInString(s)) {
					longer = append(longer, s+more)
				}
			}
			out = longer
		}
		return out
	case syntax.OpAlternate:
		var out []string
		for _, sub := range re.Sub {
			out = append(out, opening2(sub, n)...)
		}
		return out
	}
	return []string{""}
}

// TestKindsOfTimes: times are looked for where their first two characters can stand.
func TestKindsOfTimes(t *testing.T) {
	re, err := syntax.Parse(timing.String(), syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	all := opening2(re, 2)
	for _, s := range all {
		r := []rune(s)
		if len(r) < 2 || kindOfRune(r[0])&times == 0 || kindOfRune(r[1])&timesNext == 0 {
			t.Errorf("a time that begins with %q is not found: add to kindsOf", s)
		}
	}
	if len(all) < 50 || !slices.Contains(all, "今年") || !strings.Contains(strings.Join(all, " "), "“十") {
		t.Errorf("only %d beginnings of times", len(all))
	}
}

// TestFindingCharacters: what reads bytes finds what the plain way finds.
func TestFindingCharacters(t *testing.T) {
	for _, s := range []string{"", "三", "青云路3公里", "总投资五亿元,x一", "é业𠀀企业業", "企企业业", "\xe4\xb8", "业\xe4", "(二)”期内"} {
		for _, word := range []string{"企业", "业", "亿元", "期"} {
			if got, want := index(s, word), strings.Index(s, word); got != want {
				t.Errorf("index(%q, %q) is %d, want %d", s, word, got, want)
			}
		}
		if got, want := firstFigure(s), strings.IndexFunc(s, inNumeral); got != want {
			t.Errorf("firstFigure(%q) is %d, want %d", s, got, want)
		}
		if got, want := lastFigure(s), strings.LastIndexFunc(s, inNumeral); got != want {
			t.Errorf("lastFigure(%q) is %d, want %d", s, got, want)
		}
	}
}
