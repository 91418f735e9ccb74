package indicator

import (
	"math"
	"slices"
	"strings"
	"testing"

	"xianzhi/stages/segment"
	"xianzhi/stages/stagetest"
)

var (
	roles    = []string{string(roleQuantity), string(roleProject), string(roleDate), string(roleLabel), string(roleOther)}
	measures = []string{"level", "growth", "avg_growth", "change", "share", "rank", "multiple"}
	bounds   = []string{"eq", "ge", "le", "approx"}
)

// checkFound holds for every text, however odd.
func checkFound(t *testing.T, text *segment.Text, found []Found) {
	t.Helper()
	at, end := 0, 0
	for _, f := range found {
		same := f.Span.Start == at && f.Span.End == end // one numeral said of several
		if f.Span.End <= f.Span.Start || f.Span.Start < end && !same {
			t.Fatalf("the span %v of %q overlaps the one before", f.Span, text.At(f.Span))
		}
		at, end = f.Span.Start, f.Span.End
		if f.Span.Start < f.Sentence.Start || f.Span.End > f.Sentence.End || !strings.Contains(text.Verbatim(f.Sentence), text.Verbatim(f.Span)) {
			t.Fatalf("the span %v leaves its sentence %v", f.Span, f.Sentence)
		}
		if !slices.Contains(roles, f.Role) || len(f.Rules) == 0 {
			t.Fatalf("%q has the role %q by the rules %v", text.At(f.Span), f.Role, f.Rules)
		}
		if f.Role == Quantity {
			checkRow(t, text, f)
		}
	}
}

func checkRow(t *testing.T, text *segment.Text, f Found) {
	t.Helper()
	r := f.Row
	if r.Name == "" || !slices.Contains(measures, r.Measure) || !slices.Contains(bounds, r.Bound) || r.Basis != "actual" && r.Basis != "target" {
		t.Fatalf("no row of the contract: %+v", r)
	}
	if math.IsNaN(r.Value) || math.IsInf(r.Value, 0) {
		t.Fatalf("%s: the value is %v", r.Name, r.Value)
	}
	low, high := r.ValueMin, r.ValueMax
	switch {
	case low.Valid && low.Value > r.Value, high.Valid && high.Value < r.Value:
		t.Fatalf("%s: %v leaves its interval [%v, %v]", r.Name, r.Value, low, high)
	case r.Bound == "eq" && (!low.Valid || !high.Valid), r.Bound != "eq" && low.Valid && high.Valid && low == high && r.Value != 0:
		t.Fatalf("%s: the bound %s and the interval [%v, %v]", r.Name, r.Bound, low, high)
	case r.Bound == "eq" && low != high && !strings.ContainsAny(text.At(f.Span), "-—–~至到"):
		t.Fatalf("%s: %q is no range and has the interval [%v, %v]", r.Name, text.At(f.Span), low, high)
	}
	if r.PeriodStart.Valid != r.PeriodEnd.Valid || r.PeriodStart.Value > r.PeriodEnd.Value {
		t.Fatalf("%s: the period %v-%v", r.Name, r.PeriodStart, r.PeriodEnd)
	}
	if r.Commitment.Valid != (r.Basis == "target") {
		t.Fatalf("%s: %s with the commitment %v", r.Name, r.Basis, r.Commitment)
	}
	if r.ValueSI.Valid != r.UnitSI.Valid {
		t.Fatalf("%s: %v %v", r.Name, r.ValueSI, r.UnitSI)
	}
	if c := r.Confidence; c < 0 || c > 1 || math.Abs(c*1000-math.Round(c*1000)) > 1e-9 {
		t.Fatalf("%s: the confidence is %v", r.Name, c)
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range stagetest.Cases[testCase](f, "testdata/cases") {
		f.Add(c.Phrase, 2021)
	}
	r := newReader(f)
	f.Fuzz(func(t *testing.T, body string, year int) {
		if year != 0 && (year < 1949 || year > 2100) {
			return
		}
		text := segment.Split(body)
		checkFound(t, text, r.Trace(text, year))
	})
}
