package indicator

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xianzhi/stages/segment"
	"xianzhi/stages/stagetest"
)

// testCase is a phrase, read as part of a report of the year (2021 unless given), and what it
// must give. A known gap is a case that is read wrong today, with the reason; it fails as soon
// as it is read right, so that the mark goes.
type testCase struct {
	Phrase   string
	Year     int
	Undated  bool       // the report year is not known
	Section  string     // review, outlook or plan: the phrase under such a heading; else by itself
	Rows     []expected // the quantities, in order
	Roles    []string   // of the other numerals, in order; not compared if left out
	KnownGap string     `yaml:"known_gap"`
}

// expected is a row; fields left out are not compared, "" stands for null.
type expected struct {
	Name, Code, Variant         *string
	Value                       *float64
	Interval                    *string // "[8,]"
	Unit, Measure, Basis, Bound *string
	Period                      *string // "2020", "2016-2020"
	Part, Price, Commitment     *string
	Base                        *int32
	Estimated                   *bool
	Flags                       *[]string
	SI                          *float64
	UnitSI                      *string `yaml:"unit_si"`
	ValueText                   *string `yaml:"value_text"`
	UnitText                    *string `yaml:"unit_text"`
}

func newReader(tb testing.TB) *Reader {
	tb.Helper()
	words, err := Vocabulary()
	if err != nil {
		tb.Fatal(err)
	}
	k, err := segment.NewTokenizer(words...)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := New(k)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// body puts the phrase under the heading of its section; it returns where the phrase begins.
func (c testCase) body(tb testing.TB) (body string, at int) {
	tb.Helper()
	review := fmt.Sprintf("各位代表:\n一、%d年工作回顾\n", c.Year-1)
	done := "过去一年成绩显著。\n"
	headings := map[string]string{
		"":       "",
		"review": review,
		"plan":   review + done + fmt.Sprintf("二、%d年工作安排\n", c.Year),
		// a plan of five years begins in the year after one that ends in 0 or 5
		"outlook": review + done + fmt.Sprintf("二、“%s”时期目标任务\n", map[int]string{2016: "十三五", 2021: "十四五", 2026: "十五五"}[c.Year]),
	}
	head, ok := headings[c.Section]
	if !ok || c.Section == "outlook" && strings.Contains(head, "“”") {
		tb.Fatalf("%s: no heading for the section %q in %d", c.Phrase, c.Section, c.Year)
	}
	return head + c.Phrase, len(segment.Split(head).Folded)
}

func TestCases(t *testing.T) {
	r := newReader(t)
	stagetest.Run(t, "testdata/cases", func(t *testing.T, c testCase) {
		if c.Year == 0 {
			c.Year = 2021
		}
		body, at := c.body(t)
		text := segment.Split(body)
		if c.Undated {
			c.Year = 0
		}
		found := r.Trace(text, c.Year)
		checkFound(t, text, found)
		var rows []Found
		var roles []string
		for _, f := range found {
			if f.Span.Start < at {
				continue
			}
			if f.Role == Quantity {
				rows = append(rows, f)
			} else {
				roles = append(roles, f.Role)
			}
		}
		wrong := c.compare(text, rows, roles)
		switch {
		case c.KnownGap != "" && len(wrong) == 0:
			t.Errorf("%s\nis read right now: take away known_gap (%s)", c.Phrase, c.KnownGap)
		case c.KnownGap == "" && len(wrong) > 0:
			t.Errorf("%s\n%s", c.Phrase, strings.Join(wrong, "\n"))
		}
	})
}

func (c testCase) compare(text *segment.Text, rows []Found, roles []string) []string {
	var wrong []string
	if c.Roles != nil && !slices.Equal(roles, c.Roles) {
		wrong = append(wrong, fmt.Sprintf("roles of the others: got %v, want %v", roles, c.Roles))
	}
	if len(rows) != len(c.Rows) {
		var got []string
		for _, f := range rows {
			got = append(got, fmt.Sprintf("%s=%s%s", f.Row.Name, text.At(f.Span), f.Row.UnitText))
		}
		return append(wrong, fmt.Sprintf("rows: got %d, want %d: %v", len(rows), len(c.Rows), got))
	}
	for i, want := range c.Rows {
		for _, w := range want.differences(text, rows[i]) {
			wrong = append(wrong, fmt.Sprintf("%d. %s %s%s: %s", i+1, rows[i].Row.Name, text.At(rows[i].Span), rows[i].Row.UnitText, w))
		}
	}
	return wrong
}

func (e expected) differences(text *segment.Text, f Found) []string {
	r := f.Row
	var out []string
	compare(&out, "name", e.Name, r.Name)
	compare(&out, "code", e.Code, r.IndicatorCode.Or(""))
	compare(&out, "variant", e.Variant, r.Variant.Or(""))
	compare(&out, "value", e.Value, r.Value)
	compare(&out, "interval", e.Interval, "["+show(r.ValueMin.Value, r.ValueMin.Valid)+","+show(r.ValueMax.Value, r.ValueMax.Valid)+"]")
	compare(&out, "unit", e.Unit, r.Unit)
	compare(&out, "measure", e.Measure, r.Measure)
	compare(&out, "basis", e.Basis, r.Basis)
	compare(&out, "bound", e.Bound, r.Bound)
	period := show(float64(r.PeriodStart.Value), r.PeriodStart.Valid)
	if r.PeriodEnd != r.PeriodStart {
		period += "-" + show(float64(r.PeriodEnd.Value), r.PeriodEnd.Valid)
	}
	compare(&out, "period", e.Period, period)
	compare(&out, "part", e.Part, r.PeriodPart.Or(""))
	compare(&out, "base", e.Base, r.BaseYear.Or(0))
	compare(&out, "price", e.Price, r.PriceBasis.Or(""))
	compare(&out, "commitment", e.Commitment, r.Commitment.Or(""))
	compare(&out, "si", e.SI, r.ValueSI.Or(0))
	compare(&out, "unit_si", e.UnitSI, r.UnitSI.Or(""))
	compare(&out, "estimated", e.Estimated, r.Estimated)
	compare(&out, "value_text", e.ValueText, text.Verbatim(f.Span))
	compare(&out, "unit_text", e.UnitText, r.UnitText)
	if e.Flags != nil && !slices.Equal(r.Flags, *e.Flags) {
		out = append(out, fmt.Sprintf("flags are %v, want %v", r.Flags, *e.Flags))
	}
	return out
}

func compare[T comparable](out *[]string, column string, want *T, got T) {
	if want != nil && *want != got {
		*out = append(*out, fmt.Sprintf("%s is %v, want %v", column, got, *want))
	}
}

func show(v float64, ok bool) string {
	if !ok {
		return ""
	}
	return fmt.Sprint(v)
}
