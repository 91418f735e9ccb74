package pattern

import (
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"xianzhi/stages/vocabulary"
)

// expressions returns every expression of the repository's rules: those in its Go files and those
// in its tables.
func expressions(tb testing.TB) []string {
	tb.Helper()
	var out []string
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			out = append(out, inPackage(tb, path)...)
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	for _, c := range column(tb, "../normalize/indicator/codes.csv", ',', 1) {
		out = append(out, "^(?:"+c+")$")
	}
	out = append(out, column(tb, "../segment/titles.tsv", '\t', 1)...)
	out = append(out, column(tb, "../segment/openers.tsv", '\t', 3)...)
	if len(out) < 250 {
		tb.Fatalf("only %d expressions found", len(out))
	}
	return out
}

func column(tb testing.TB, file string, comma rune, n int) []string {
	f, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, row := range rows[1:] {
		out = append(out, row[n])
	}
	return out
}

// inPackage returns the arguments of pattern.MustCompile in a folder, constants put in.
func inPackage(tb testing.TB, dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	constants := map[string]ast.Expr{}
	var args []ast.Expr
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			tb.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if i < len(n.Values) {
						constants[name.Name] = n.Values[i]
					}
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "MustCompile" {
					if in, ok := f.X.(*ast.Ident); ok && in.Name == "pattern" {
						args = append(args, n.Args[0])
					}
				}
			}
			return true
		})
	}
	var out []string
	for _, arg := range args {
		if s, ok := evaluate(arg, constants); ok {
			out = append(out, s)
		}
	}
	return out
}

func evaluate(e ast.Expr, constants map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.ParenExpr:
		return evaluate(e.X, constants)
	case *ast.BinaryExpr:
		a, ok := evaluate(e.X, constants)
		b, also := evaluate(e.Y, constants)
		return a + b, ok && also
	case *ast.Ident:
		if v, ok := constants[e.Name]; ok {
			return evaluate(v, constants)
		}
	}
	return "", false
}

// pieces returns stretches of a real report as rules see them: sentences and their beginnings and
// ends, cut at commas.
func pieces(tb testing.TB) []string {
	files, err := filepath.Glob("../../testdata/gold/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no text: %v", err)
	}
	var out []string
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		for n, sentence := range strings.SplitAfter(strings.ReplaceAll(string(data), "，", ","), "。") {
			if n%20 != i {
				continue
			}
			out = append(out, sentence)
			for at := range sentence {
				if strings.HasPrefix(sentence[at:], ",") {
					out = append(out, sentence[:at], sentence[at+1:])
				}
			}
		}
	}
	if len(out) < 50 {
		tb.Fatalf("only %d pieces of text", len(out))
	}
	return out
}

// compare holds a pattern to what package regexp says of a text.
func compare(t *testing.T, p *Pattern, re *regexp.Regexp, s string) {
	t.Helper()
	same := func(what string, got, want any) {
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s of %s in %q: got %v, want %v", what, p, s, got, want)
		}
	}
	same("MatchString", p.MatchString(s), re.MatchString(s))
	same("FindString", p.FindString(s), re.FindString(s))
	same("FindStringIndex", p.FindStringIndex(s), re.FindStringIndex(s))
	same("FindStringSubmatchIndex", p.FindStringSubmatchIndex(s), re.FindStringSubmatchIndex(s))
	same("FindAllStringSubmatchIndex", p.FindAllStringSubmatchIndex(s, -1), re.FindAllStringSubmatchIndex(s, -1))
	all := re.FindAllStringSubmatchIndex(s, -1)
	each := func(from int) (found [][]int) {
		p.Each(s, from, func(m []int) { found = append(found, slices.Clone(m)) })
		return found
	}
	same("Each", each(0), all)
	if len(all) > 1 && all[0][0] < all[0][1] && all[1][0] < all[1][1] {
		same("Each from the end of the first", each(all[0][1]), all[1:])
	}
}

func TestRules(t *testing.T) {
	texts := pieces(t)
	for _, expr := range expressions(t) {
		p, err := Compile(expr)
		if err != nil {
			t.Error(err)
			continue
		}
		re := regexp.MustCompile(expr)
		for _, s := range texts {
			compare(t, p, re, s)
		}
	}
}

// TestSet: a set of all rules says of each text what each rule says.
func TestSet(t *testing.T) {
	exprs := expressions(t)
	for part := range slices.Chunk(exprs, 25) {
		set, err := CompileSet(part...)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(pieces(t), "") {
			var want []int
			for i, expr := range part {
				if pattern(expr).MatchString(s) {
					want = append(want, i)
				}
			}
			if got := set.Match(s); !slices.Equal(got, want) {
				t.Fatalf("%q: got %v, want %v of %q", s, got, want, part)
			}
		}
	}
	if _, err := CompileSet("甲", "("); err == nil || !strings.Contains(err.Error(), "(") {
		t.Errorf("a set with a wrong expression: %v", err)
	}
}

// TestSetFromEnd: a set of which anything can begin a match is read from the end.
func TestSetFromEnd(t *testing.T) {
	exprs := []string{`^.*甲(?:乙|丙)?$`, `^[^甲]+丙丁?$`, `^$`}
	set, err := CompileSet(exprs...)
	if err != nil || !set.fromEnd {
		t.Fatalf("read from the end: %v, %v", set.fromEnd, err)
	}
	for _, s := range []string{"", "甲", "丁丁甲乙", "甲丙丁", "乙丙丁", "乙丙", "丁甲丙", "甲丁", "a丙", "a"} {
		for i, expr := range exprs {
			if got := slices.Contains(set.Match(s), i); got != pattern(expr).MatchString(s) {
				t.Errorf("a set says %v of %s in %q", got, expr, s)
			}
		}
	}
}

// TestEnds: what an expression matches ends in a rune that Ends gives.
func TestEnds(t *testing.T) {
	ends := func(expr string) (*vocabulary.Filter, bool) {
		f := &vocabulary.Filter{}
		empty, err := Ends(expr, f)
		if err != nil {
			t.Fatal(err)
		}
		return f, empty
	}
	for _, expr := range expressions(t) {
		f, empty := ends(expr)
		for _, s := range pieces(t) {
			if m := pattern(expr).FindString(s); m == "" {
				continue
			} else if r, _ := utf8.DecodeLastRuneInString(m); !f.May(r) && !empty {
				t.Errorf("%s matches %q", expr, m)
			}
		}
	}
	if f, empty := ends(`(?:甲|乙丙?)+(?:丁*|戊{0,2})$`); empty || f.May('己') || !f.May('甲') || !f.May('乙') || !f.May('丙') || !f.May('丁') || !f.May('戊') {
		t.Error("wrong ends")
	}
	if f, empty := ends(`(?i)k?[x-z]*`); !empty || !f.May('K') || !f.May('y') || f.May('a') {
		t.Error("wrong ends of what may be empty")
	}
}

var patterns = map[string]*Pattern{}

// pattern compiles an expression once.
func pattern(expr string) *Pattern {
	if patterns[expr] == nil {
		patterns[expr] = MustCompile(expr)
	}
	return patterns[expr]
}

// hard are expressions and texts at the edges of what an automaton can do.
var hard = []struct{ expr, text string }{
	{`(?:^|,)甲[^,]*$`, "甲乙"}, {`(?:^|,)甲[^,]*$`, "乙,甲乙"}, {`(?:^|,)甲[^,]*$`, "乙甲"}, {`(?:^甲|乙丙)丁$`, "甲丁"},
	{``, ``}, {``, `甲乙`}, {`a*`, `baaac`}, {`a*?`, `aa`}, {`(a|ab)(c|bcd)(d*)`, `abcd`},
	{`^`, `甲`}, {`$`, `甲`}, {`^$`, ``}, {`$^`, ``}, {`$^`, `甲`}, {`(^甲|乙)`, `乙甲`}, {`(?:甲$|甲)`, `甲甲`},
	{`甲?$`, `乙甲`}, {`(甲*)*乙`, `甲甲甲乙`}, {`(|甲)*`, `甲甲`}, {`(|甲)+`, `甲甲`}, {`(甲|乙)*?丙`, `甲乙丙丙`},
	{`[^甲]{0,3}丁`, `乙丙乙丙丁甲丁`}, {`.{2,4}?元`, `一二三四五元元`}, {`(?i)ss|ſ|K`, `sSſKk`},
	{`(?P<a>甲)|(?P<b>乙)`, `乙甲`}, {`(甲)|乙`, `乙甲`}, {`\d+年$`, `2020年2021年`}, {`甲.乙`, "甲\n乙"}, {`(?s)甲.乙`, "甲\n乙"},
	{`.`, "\xff\xe4\xb8甲\xe4"}, {`[^甲]+$`, "甲\xe4\xb8\x80\xb8"}, {`\x{fffd}`, "\xff"}, {`𠀀|é|·`, "é·𠀀"}, {`[\x{4e00}-\x{9fff}]{2}`, "ａ甲𠀀乙丙"},
	{`(?:(?:甲|乙){3}){2}|甲{2,}`, "甲乙甲乙甲甲乙"}, {`甲(?:乙|$)`, "甲丙甲"}, {`(?:^|丙)甲`, "甲丙甲"},
}

func TestEdges(t *testing.T) {
	for _, c := range hard {
		p, err := Compile(c.expr)
		if err != nil {
			t.Fatal(err)
		}
		re, set := regexp.MustCompile(c.expr), MustCompileSet(`丁`, c.expr)
		for _, text := range []string{c.text, "", "丁"} {
			compare(t, p, re, text)
			if got := slices.Contains(set.Match(text), 1); got != re.MatchString(text) {
				t.Errorf("a set says %v of %s in %q", got, c.expr, text)
			}
		}
		if got, want := p.ReplaceAllLiteralString(c.text, "$1x"), re.ReplaceAllLiteralString(c.text, "$1x"); got != want {
			t.Errorf("%s replaced in %q gives %q, want %q", c.expr, c.text, got, want)
		}
		for n := range 3 {
			if got, want := p.FindAllString(c.text, n), re.FindAllString(c.text, n); !reflect.DeepEqual(got, want) {
				t.Errorf("%d times %s in %q: got %q, want %q", n, c.expr, c.text, got, want)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	for _, expr := range []string{`(`, `甲\b`, `(?m)^甲`} {
		if _, err := Compile(expr); err == nil || !strings.Contains(err.Error(), expr) {
			t.Errorf("%s: %v", expr, err)
		}
	}
}

// TestBounded: a pattern that needs more states than are kept still matches right, also where
// several goroutines make it begin anew.
func TestBounded(t *testing.T) {
	const expr = `甲[甲乙]{12}丙`
	p, re := MustCompile(expr), regexp.MustCompile(expr)
	var text strings.Builder
	for i := range 1 << 13 {
		for bit := range 13 {
			text.WriteString([]string{"甲", "乙"}[i>>bit&1])
		}
		if i%64 == 0 {
			text.WriteString("丙")
		}
	}
	want := re.FindAllStringIndex(text.String(), -1)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got := p.FindAllStringIndex(text.String(), -1); !reflect.DeepEqual(got, want) {
				t.Errorf("got %d matches, want %d", len(got), len(want))
			}
		})
	}
	wg.Wait()
	if n := len(p.forward.now.Load().known); n > maxStates {
		t.Errorf("%d states are kept", n)
	}
}

func FuzzPattern(f *testing.F) {
	for _, c := range hard {
		f.Add(c.expr, c.text)
	}
	for i, expr := range expressions(f) {
		f.Add(expr, pieces(f)[i%50])
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		if len(expr) > 200 || len(text) > 500 {
			t.Skip()
		}
		re, err := regexp.Compile(expr)
		if err != nil {
			t.Skip()
		}
		if p, err := Compile(expr); err == nil {
			compare(t, p, re, text)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	texts := pieces(b)
	size := 0
	for _, s := range texts {
		size += len(s)
	}
	exprs := expressions(b)
	var patterns []*Pattern
	var res []*regexp.Regexp
	for _, expr := range exprs {
		patterns = append(patterns, MustCompile(expr))
		res = append(res, regexp.MustCompile(expr))
	}
	b.Run("pattern", func(b *testing.B) {
		b.SetBytes(int64(size * len(exprs)))
		for b.Loop() {
			for _, p := range patterns {
				for _, s := range texts {
					p.MatchString(s)
				}
			}
		}
	})
	b.Run("regexp", func(b *testing.B) {
		b.SetBytes(int64(size * len(exprs)))
		for b.Loop() {
			for _, re := range res {
				for _, s := range texts {
					re.MatchString(s)
				}
			}
		}
	})
}
