package segment

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"xianzhi/stages/script"
)

// testCase is an entry of testdata/cases; what it leaves out is not compared.
type testCase struct {
	Name, Body, Folded string
	Wrapped            bool
	Sections           []string // kind, space, title
	Sentences          []string // the first ones
	Headings           []string // all sentences that are headings
	Clauses            []string // of the whole text
	Kinds              map[string]Kind
	Verbatim           []struct{ Folded, Body string }
}

func readYAML[T any](t testing.TB, file string) []T {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	var cases []T
	if err := decoder.Decode(&cases); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if len(cases) == 0 {
		t.Fatalf("%s: no cases", file)
	}
	return cases
}

func readCases(t testing.TB) []testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no case files in testdata/cases (%v)", err)
	}
	var cases []testCase
	for _, file := range files {
		cases = append(cases, readYAML[testCase](t, file)...)
	}
	return cases
}

func TestCases(t *testing.T) {
	for _, c := range readCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			text := Split(c.Body)
			checkText(t, text)
			if c.Folded != "" && text.Folded != c.Folded {
				t.Errorf("folded\n got %q\nwant %q", text.Folded, c.Folded)
			}
			if wrapped := readLayout(fold(c.Body)).wrapped; wrapped != c.Wrapped {
				t.Errorf("wrapped: got %v", wrapped)
			}
			var sections, sentences, headings, clauses []string
			for _, s := range text.Sections {
				sections = append(sections, strings.TrimSpace(string(s.Kind)+" "+s.Title))
			}
			for _, s := range text.Sentences {
				sentences = append(sentences, text.At(s.Span))
				if s.Heading {
					headings = append(headings, text.At(s.Span))
				}
			}
			for _, s := range text.Clauses(Span{0, len(text.Folded)}) {
				clauses = append(clauses, text.At(s))
			}
			if c.Sentences != nil {
				sentences = sentences[:min(len(sentences), len(c.Sentences))]
			}
			for _, list := range []struct {
				name      string
				got, want []string
			}{
				{"sections", sections, c.Sections},
				{"sentences", sentences, c.Sentences},
				{"headings", headings, c.Headings},
				{"clauses", clauses, c.Clauses},
			} {
				if list.want != nil && !slices.Equal(list.got, list.want) {
					t.Errorf("%s\n got %q\nwant %q", list.name, list.got, list.want)
				}
			}
			for part, want := range c.Kinds {
				if got := text.KindAt(find(t, text, part).Start); got != want {
					t.Errorf("kind at %q: got %s, want %s", part, got, want)
				}
			}
			for _, v := range c.Verbatim {
				if got := text.Verbatim(find(t, text, v.Folded)); got != v.Body {
					t.Errorf("verbatim of %q: got %q, want %q", v.Folded, got, v.Body)
				}
			}
		})
	}
}

func find(t *testing.T, text *Text, part string) Span {
	t.Helper()
	i := strings.Index(text.Folded, part)
	if i < 0 {
		t.Fatalf("%q is not in the folded text %q", part, text.Folded)
	}
	return Span{i, i + len(part)}
}

func TestSample(t *testing.T) {
	page, err := os.ReadFile("../../testdata/sample/000_330ca93b427a2047.txt")
	if err != nil {
		t.Fatal(err)
	}
	articles := strings.Split(string(page), "\n")
	for _, c := range readYAML[struct {
		Article string
		Titles  []string
	}](t, "testdata/sample.yaml") {
		i := slices.IndexFunc(articles, func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), c.Article) })
		if i < 0 {
			t.Errorf("%s: not on the page", c.Article)
			continue
		}
		text := Split(articles[i])
		checkText(t, text)
		var titles []string
		for _, s := range text.Sections {
			if s.Title != "" {
				titles = append(titles, s.Title)
			}
		}
		if !slices.Equal(titles, c.Titles) {
			t.Errorf("%s\n got %q\nwant %q", c.Article, titles, c.Titles)
		}
	}
}

func TestTitleRules(t *testing.T) {
	for _, rule := range titleRules {
		if got := titleKind(rule.example); got != rule.kind {
			t.Errorf("%s: got %q, want %s", rule.example, got, rule.kind)
		}
		if title := rule.example[readMarker(rule.example).length:]; !rule.pattern.MatchString(title) {
			t.Errorf("%s: matched by another rule than %s", title, rule.pattern)
		}
	}
}

func TestOpenerRules(t *testing.T) {
	for _, rule := range openerRules {
		o := outline{planYear: 2021}
		for _, from := range rule.from {
			if got := o.turns(from, rule.example); got != rule.to {
				t.Errorf("%s in %s: got %q, want %s", rule.example, from, got, rule.to)
			}
		}
		if !rule.pattern.MatchString(rule.example) {
			t.Errorf("%s: matched by another rule than %s", rule.example, rule.pattern)
		}
	}
}

// checkText checks what holds of every text.
func checkText(t testing.TB, text *Text) {
	t.Helper()
	if utf8.ValidString(text.Body) {
		marks := text.Marks(Span{0, len(text.Folded)})
		for i, r := range text.Folded {
			if _, noted := slices.BinarySearch(marks, int32(i)); !noted && strings.ContainsRune(",;:。!?“‘《(「【", r) {
				t.Fatalf("the mark %c at byte %d of %q was not noted", r, i, text.Folded)
			}
		}
	}
	body := []rune(text.Body)
	at := 0
	for _, s := range text.Sections {
		if s.Start != at || s.End <= s.Start {
			t.Fatalf("section %+v does not start at %d or is empty", s, at)
		}
		at = s.End
	}
	if at != len(text.Folded) {
		t.Fatalf("sections end at %d of %d", at, len(text.Folded))
	}
	at = 0
	for _, s := range text.Sentences {
		section := text.Sections[s.Section]
		if s.Start < at || s.End <= s.Start || s.Start < section.Start || s.End > section.End {
			t.Fatalf("sentence %+v overlaps, is empty or leaves its section %+v", s, section)
		}
		at = s.End
		start, end := text.CodePoints(s.Span)
		if start < 0 || end > int32(len(body)) || start >= end {
			t.Fatalf("sentence %+v has code points %d-%d of %d", s, start, end, len(body))
		}
		verbatim := text.Verbatim(s.Span)
		if utf8.ValidString(text.Body) && verbatim != string(body[start:end]) {
			t.Fatalf("sentence %+v: verbatim %q, code points %q", s, verbatim, string(body[start:end]))
		}
		if got := fold(verbatim).folded; utf8.ValidString(text.Body) && strings.IndexFunc(verbatim, isDash) < 0 && got != text.At(s.Span) {
			t.Fatalf("sentence %+v: %q folds to %q, not %q", s, verbatim, got, text.At(s.Span))
		}
		clauseEnd := s.Start
		for _, c := range text.Clauses(s.Span) {
			if c.Start < clauseEnd || c.End <= c.Start || c.End > s.End {
				t.Fatalf("clause %+v of sentence %+v overlaps, is empty or leaves it", c, s)
			}
			clauseEnd = c.End
		}
		if text.KindAt(s.Start) == "" {
			t.Fatalf("sentence %+v has no kind", s)
		}
	}
	if len(body) > 2000 || !utf8.ValidString(text.Body) {
		return
	}
	simple := script.Simplified(text.Body)
	for at, r := range text.Folded {
		_, size := utf8.DecodeRuneInString(text.Folded[at:])
		for inside := range size {
			offset, codePoint := text.offset(at+inside), text.codePoint(at+inside)
			from, _ := utf8.DecodeRuneInString(simple[offset:])
			if from >= 0xFF01 && from <= 0xFF5E {
				from += '!' - 0xFF01
			}
			if from != r || int(codePoint) != utf8.RuneCountInString(text.Body[:offset]) {
				t.Fatalf("byte %d, in %c, comes from %c at byte %d, code point %d", at+inside, r, from, offset, codePoint)
			}
		}
	}
}

// isDash reports marks that fold differently at the edge of a text, where
// they may enclose a page number.
func isDash(r rune) bool { return strings.ContainsRune("—–-－―─", r) }

func FuzzSplit(f *testing.F) {
	for _, c := range readCases(f) {
		f.Add(c.Body)
	}
	tokenizer, err := NewTokenizer()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		text := Split(body)
		checkText(t, text)
		checkTokens(t, tokenizer, text)
	})
}

// TestRunOn: a text without full stops is cut at its commas, as a sentence of any length would be
// read in time by the square of it.
func TestRunOn(t *testing.T) {
	text := Split("各位代表:\n" + strings.Repeat("地区生产总值增长5%,", 3000) + "完成。")
	for _, s := range text.Sentences {
		if n := s.End - s.Start; n > longestSentence+100 {
			t.Errorf("a sentence of %d bytes", n)
		}
	}
	if n := len(text.Sentences); n < 10 {
		t.Errorf("%d sentences, want the run-on cut into many", n)
	}
}

// TestCodePoints: code points are counted as package utf8 does, stray bytes included.
func TestCodePoints(t *testing.T) {
	const all = "甲乙é𠀀a，\xe4\xb8甲\xff\xb8丁"
	for i := range len(all) + 1 {
		for j := i; j <= len(all); j++ {
			if got, want := codePoints(all[i:j]), utf8.RuneCountInString(all[i:j]); got != want {
				t.Fatalf("%q: got %d, want %d", all[i:j], got, want)
			}
		}
	}
}
