package project

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"xianzhi/stages/segment"
)

// testCase is one text of a plan and the rows it must give, in order. Columns left out of a row
// are not compared; 0 and "" stand for null.
type testCase struct {
	Name string
	Text string
	Want []wantRow
}

type wantRow struct {
	Name       string
	Status     *string
	Sector     *string
	Owner      *string
	Capacity   *string
	Period     *string
	Investment *float64
	Count      *int32
}

// plan stands before a case's text, so that it is read as the plan of 2024.
const plan = "各位代表:现在,我代表政府作工作报告。\n一、2023年工作回顾\n过去一年成绩显著。\n二、2024年工作安排\n"

func newReader(tb testing.TB) *Reader {
	tb.Helper()
	k, err := segment.NewTokenizer()
	if err != nil {
		tb.Fatal(err)
	}
	r, err := New(k)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func loadCases(t *testing.T) map[string][]testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]testCase{}
	n := 0
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d := yaml.NewDecoder(bytes.NewReader(b))
		d.KnownFields(true)
		var cases []testCase
		if err := d.Decode(&cases); err != nil && !errors.Is(err, io.EOF) {
			t.Fatalf("%s: %v", file, err)
		}
		out[filepath.Base(file)] = cases
		n += len(cases)
	}
	if n == 0 {
		t.Fatal("no case in testdata/cases")
	}
	return out
}

func TestCases(t *testing.T) {
	r := newReader(t)
	for file, cases := range loadCases(t) {
		for _, c := range cases {
			t.Run(file+"/"+c.Name, func(t *testing.T) {
				text := segment.Split(plan + c.Text)
				found := r.Read(text, 2024)
				var names, want []string
				for _, f := range found {
					names = append(names, f.Row.Name)
				}
				for _, w := range c.Want {
					want = append(want, w.Name)
				}
				if got, want := strings.Join(names, " | "), strings.Join(want, " | "); got != want {
					t.Fatalf("%s\n got %s\nwant %s", c.Text, got, want)
				}
				for i, w := range c.Want {
					w.compare(t, found[i])
				}
				checkFound(t, text, found)
			})
		}
	}
}

func (w wantRow) compare(t *testing.T, f Found) {
	t.Helper()
	row := f.Row
	text := func(column string, want *string, got string) {
		if want != nil && *want != got {
			t.Errorf("%s: %s is %q, want %q", w.Name, column, got, *want)
		}
	}
	text("status", w.Status, row.Status)
	text("sector", w.Sector, row.Sector)
	text("owner", w.Owner, row.Owner.Or(""))
	text("capacity", w.Capacity, row.Capacity.Or(""))
	text("period", w.Period, fmt.Sprintf("%d-%d", row.PeriodStart, row.PeriodEnd))
	if got := row.Investment.Or(0); w.Investment != nil && *w.Investment != got {
		t.Errorf("%s: investment is %g, want %g", w.Name, got, *w.Investment)
	}
	if got := row.Count.Or(0); w.Count != nil && *w.Count != got {
		t.Errorf("%s: count is %d, want %d", w.Name, got, *w.Count)
	}
}

// checkFound holds for every text: names are clean, spans lie within their sentence and in order,
// and confidence is within its range.
func checkFound(t *testing.T, text *segment.Text, found []Found) {
	t.Helper()
	last := 0
	for _, f := range found {
		if n := runes(f.Row.Name); n < 2 || n > 40 {
			t.Errorf("the name %q has %d characters", f.Row.Name, n)
		}
		if balance(f.Row.Name) != f.Row.Name {
			t.Errorf("the brackets of %q are not balanced", f.Row.Name)
		}
		if f.Span.Start >= f.Span.End || f.Span.Start < f.Sentence.Start || f.Span.End > f.Sentence.End {
			t.Errorf("the span %v of %q leaves its sentence %v", f.Span, f.Row.Name, f.Sentence)
		}
		if f.Span.Start < last {
			t.Errorf("%q stands before the row in front of it", f.Row.Name)
		}
		last = f.Span.Start
		if c := f.Row.Confidence; c <= 0 || c > 1 {
			t.Errorf("the confidence of %q is %v", f.Row.Name, c)
		}
		if f.Row.Section == "" || text.At(f.Span) == "" {
			t.Errorf("%q lacks its section or words", f.Row.Name)
		}
	}
}
