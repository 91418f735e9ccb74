package period

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xianzhi/stages/stagetest"
)

// testCase is a text and its expressions of time, each written as "text from-to kind part marks".
type testCase struct {
	Text        string
	Year        int
	Expressions []string
}

var kinds = map[Kind]string{Year: "year", Span: "span", End: "end", Part: "part", Deadline: "deadline", Name: "name"}

func (e Expression) describe(s string) string {
	text := fmt.Sprintf("%s %d-%d %s", s[e.Start:e.End], e.From, e.To, kinds[e.Kind])
	if e.Part != "" {
		text += " " + e.Part
	}
	for _, mark := range []struct {
		set  bool
		name string
	}{{e.Past, "past"}, {e.Future, "future"}, {e.Base, "base"}, {e.Until, "until"}} {
		if mark.set {
			text += " " + mark.name
		}
	}
	return text
}

func TestCases(t *testing.T) {
	stagetest.Run(t, "testdata/cases", func(t *testing.T, c testCase) {
		if c.Year == 0 {
			c.Year = 2021
		}
		var got []string
		for _, e := range Find(c.Text, c.Year) {
			got = append(got, e.describe(c.Text))
		}
		if fmt.Sprint(got) != fmt.Sprint(c.Expressions) {
			t.Errorf("%s\n got %q\nwant %q", c.Text, got, c.Expressions)
		}
	})
}

// TestAround: what stands around the expressions, however much of it, changes nothing.
func TestAround(t *testing.T) {
	far := strings.Repeat("经济社会", 40)
	for _, c := range stagetest.Cases[testCase](t, "testdata/cases") {
		for _, s := range []string{c.Text, far + c.Text, c.Text + far, far + "," + c.Text + ";" + far, "2016" + strings.Repeat("—", 60) + "2020年" + c.Text} {
			if got, want := Find(s, 2021), find(s, 0, len(s), 2021); !slices.Equal(got, want) {
				t.Errorf("%s\n got %v\nwant %v", s, got, want)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range stagetest.Cases[testCase](f, "testdata/cases") {
		f.Add(c.Text, 2021)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		if year < 1949 || year > 2100 {
			return
		}
		if got, want := Find(s, year), find(s, 0, len(s), year); !slices.Equal(got, want) {
			t.Fatalf("%q: got %v, want %v", s, got, want)
		}
		at := 0
		for _, e := range Find(s, year) {
			if e.Start < at || e.End <= e.Start || e.End > len(s) {
				t.Fatalf("%q: %+v overlaps, is empty or leaves the text", s, e)
			}
			at = e.End
			if utf8.ValidString(s) && !utf8.ValidString(s[e.Start:e.End]) {
				t.Fatalf("%q: %+v splits a character", s, e)
			}
			if (e.Kind == Part) != (e.Part != "") {
				t.Fatalf("%q: %+v is not the part that it says", s, e)
			}
			if e.Past && e.Future {
				t.Fatalf("%q: %+v is past and to come", s, e)
			}
		}
	})
}
