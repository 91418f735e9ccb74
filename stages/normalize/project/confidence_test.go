package project

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"xianzhi/stages/normalize/confidence"
	"xianzhi/stages/segment"
)

var update = flag.Bool("update", false, "fit confidence.csv anew")

// judgedRows reads the annotated reports; a row is right if it is an annotated undertaking, of the
// right status and period.
func judgedRows(t *testing.T) []confidence.Sample {
	t.Helper()
	r := newReader(t)
	var out []confidence.Sample
	for _, base := range annotatedReports(t) {
		body, err := os.ReadFile(base + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		gold := loadGold(t, base+".projects.jsonl")
		text := segment.Split(string(body))
		found := r.Read(text, yearOf(gold))
		used, right := make([]bool, len(found)), make([]bool, len(found))
		for _, g := range gold {
			if i := match(text, g, found, used); i >= 0 {
				used[i] = true
				row := found[i].Row
				period := fmt.Sprint(row.PeriodStart)
				if row.PeriodEnd != row.PeriodStart {
					period += fmt.Sprintf("-%d", row.PeriodEnd)
				}
				right[i] = row.Status == g.Status && period == g.Period
			}
		}
		for i, f := range found {
			out = append(out, confidence.Sample{Report: filepath.Base(base), Name: f.Row.Name, Traits: f.traits.names(), Right: right[i]})
		}
	}
	return out
}

// yearOf is the year that a report plans for: that of most of its projects.
func yearOf(gold []goldProject) (year int) {
	count := map[int]int{}
	for _, g := range gold {
		if y, err := strconv.Atoi(g.Period); err == nil {
			if count[y]++; count[y] > count[year] {
				year = y
			}
		}
	}
	return year
}

// TestConfidence: the model in data/ is the one that the rules and reports of today give. With
// -update, which make calibrate sets, it is fitted anew.
func TestConfidence(t *testing.T) {
	rows := judgedRows(t)
	m, held := confidence.Fit(rows, penalty)
	sure, right := 0, 0
	for i, r := range rows {
		if held[i] >= m.Threshold {
			sure++
			if r.Right {
				right++
			}
		}
	}
	t.Logf("held back: %d of %d rows at 0.9 or more, %d of them right", sure, len(rows), right)
	if *update {
		if err := os.WriteFile("confidence.csv", []byte(m.Format()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	stored, err := confidence.Parse("confidence.csv", confidenceCSV)
	if err != nil {
		t.Fatal(err)
	}
	if d, row := confidence.Drift(stored, m, rows); d > confidence.MaxDrift || stored.Threshold != m.Threshold {
		t.Errorf("confidence.csv is out of date (threshold %.3f, now %.3f; %.2f off for %s): run make calibrate", stored.Threshold, m.Threshold, d, row.Name)
	}
}
