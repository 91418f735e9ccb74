package project

import (
	"os"
	"slices"
	"testing"

	"xianzhi/stages/segment"
)

// TestCutsServeWhatBeginsLikeThem: the words that a longer cut gives for a stretch are those that
// the stretch is cut into by itself.
func TestCutsServeWhatBeginsLikeThem(t *testing.T) {
	r := newReader(t)
	body, err := os.ReadFile(annotatedReports(t)[0] + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	text := segment.Split(string(body) + "增长5.6%,共1,200户,5.67万亩,GDP3,4000元")
	served := 0
	for _, sentence := range text.Sentences {
		for _, span := range text.Clauses(sentence.Span) {
			whole := cutSpan{span, r.words.Tokens(text, span)}
			for i := range text.At(span) {
				part := segment.Span{Start: span.Start, End: span.Start + i}
				if known := whole.upTo(part); known != nil {
					served++
					if alone := r.words.Tokens(text, part); !slices.Equal(known, alone) {
						t.Errorf("%q is %v, but %v as part of %q", text.At(part), alone, known, text.At(span))
					}
				}
			}
		}
	}
	if served < 1000 {
		t.Errorf("only %d stretches were served", served)
	}
}

// TestHopelessGivesNoRow: what is left unread or unweighed could not have become a row.
func TestHopelessGivesNoRow(t *testing.T) {
	rows := 0
	for _, base := range annotatedReports(t) {
		body, err := os.ReadFile(base + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		text := segment.Split(string(body))
		r := newReader(t)
		found := r.Read(text, 2021)
		r.weighed = func(segment.Span, string, int, []string) {}
		all := r.Read(text, 2021)
		rows += len(found)
		if !slices.Equal(found, all) {
			for _, f := range all {
				if !slices.Contains(found, f) {
					t.Errorf("%s: %s is not read", base, f.Row.Name)
				}
			}
			t.Errorf("%s: %d rows, but %d when all is weighed", base, len(found), len(all))
		}
	}
	if rows < 1000 {
		t.Errorf("only %d rows", rows)
	}
}
