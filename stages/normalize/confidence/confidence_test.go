package confidence

import (
	"fmt"
	"strings"
	"testing"
)

// made are rows of four reports: those read "plainly" are right, of the others every third.
func made() []Sample {
	var out []Sample
	for i := range 400 {
		s := Sample{Report: fmt.Sprint("report ", i%4), Traits: []string{"plainly"}, Right: true}
		if i%2 == 1 {
			s.Traits, s.Right = []string{"carried over"}, i%3 == 0
		}
		out = append(out, s)
	}
	return out
}

func TestFit(t *testing.T) {
	m, held := Fit(made(), 1.5)
	sure, doubtful := m.Confidence([]string{"plainly"}), m.Confidence([]string{"carried over"})
	if sure < 0.9 || doubtful > 0.5 {
		t.Errorf("confidence %.3f and %.3f, want at least 0.9 where all rows are right and at most 0.5 where a third is", sure, doubtful)
	}
	if len(held) != len(made()) {
		t.Errorf("%d rows were held back, want %d", len(held), len(made()))
	}
	wrong := made()
	for i := range wrong {
		wrong[i].Right = i%3 == 0
	}
	if m, _ := Fit(wrong, 1.5); m.Confidence([]string{"plainly"}) >= 0.9 {
		t.Errorf("confidence %.3f where a third of the rows is right", m.Confidence([]string{"plainly"}))
	}
}

func TestFormat(t *testing.T) {
	m, _ := Fit(made(), 1.5)
	back, err := Parse("made.csv", m.Format())
	if err != nil {
		t.Fatal(err)
	}
	if d, _ := Drift(m, back, made()); d > 0.001 || back.Threshold != m.Threshold {
		t.Errorf("the model read back gives other probabilities by %.4f, threshold %.3f for %.3f", d, back.Threshold, m.Threshold)
	}
	for _, text := range []string{"", "trait,weight\nbias,1\n", "trait,weight\nthreshold,2\n", "trait,weight\nbias,much\n", "trait\n"} {
		if _, err := Parse("bad.csv", text); err == nil || !strings.Contains(err.Error(), "bad.csv") {
			t.Errorf("%q: error %v, want one that names the file", text, err)
		}
	}
}
