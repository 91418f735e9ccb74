package project

import (
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xianzhi/stages/segment"
)

var update = flag.Bool("update", false, "fit data/confidence.csv anew")

// judged is a row of an annotated report.
type judged struct {
	report, name string
	traits       []string
	right        bool // an annotated undertaking, of the right status and period
}

func judgedRows(t *testing.T) []judged {
	t.Helper()
	files, err := filepath.Glob(goldFolder + "/*.projects.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	var out []judged
	for _, file := range files {
		base := strings.TrimSuffix(file, ".projects.jsonl")
		body, err := os.ReadFile(base + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		text := segment.Split(string(body))
		found := r.Read(text, 2021)
		used, right := make([]bool, len(found)), make([]bool, len(found))
		for _, g := range loadGold(t, file) {
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
			out = append(out, judged{filepath.Base(base), f.Row.Name, f.traits, right[i]})
		}
	}
	if len(out) == 0 {
		t.Fatalf("no rows of reports in %s", goldFolder)
	}
	return out
}

// fit maximises the likelihood of the rows with a penalty of one on the squared weights.
func fit(rows []judged) confidenceModel {
	m := confidenceModel{weights: map[string]float64{}}
	const rate, rounds = 0.5, 3000
	for range rounds {
		step := map[string]float64{}
		for _, r := range rows {
			miss := -m.probability(r.traits)
			if r.right {
				miss++
			}
			step["bias"] += miss
			for _, t := range r.traits {
				step[t] += miss
			}
		}
		for _, t := range slices.Sorted(maps.Keys(step)) {
			d := step[t]
			if t != "bias" {
				d -= m.weights[t]
			}
			m.weights[t] += rate * d / float64(len(rows))
		}
	}
	return m
}

// heldBack gives every row the probability that a fit on the other reports says.
func heldBack(rows []judged) []float64 {
	out := make([]float64, len(rows))
	models := map[string]confidenceModel{}
	for i, r := range rows {
		if _, ok := models[r.report]; !ok {
			models[r.report] = fit(slices.DeleteFunc(slices.Clone(rows), func(o judged) bool { return o.report == r.report }))
		}
		out[i] = models[r.report].probability(r.traits)
	}
	return out
}

// threshold is the least probability at or above which the contract's 98 % are right.
func threshold(rows []judged, p []float64) float64 {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return -int(math.Copysign(1, p[a]-p[b])) })
	best, right := 0.995, 0
	for n, i := range order {
		if rows[i].right {
			right++
		}
		last := n+1 == len(order) || p[order[n+1]] < p[i]
		if last && float64(right) >= 0.98*float64(n+1) {
			best = p[i]
		}
	}
	return best
}

// TestConfidence: on reports held back, of the rows at 0.9 or more 98 % are right, and the model
// in data/ is the one that the rules and reports of today give. With -update it is fitted anew.
func TestConfidence(t *testing.T) {
	rows := judgedRows(t)
	p := heldBack(rows)
	at := threshold(rows, p)
	sure, right := 0, 0
	for i, r := range rows {
		if p[i] >= at {
			sure++
			if r.right {
				right++
			}
		}
	}
	t.Logf("held back: %d of %d rows at 0.9 or more, %d of them right", sure, len(rows), right)
	if sure > 0 && float64(right) < 0.98*float64(sure) {
		t.Errorf("of %d rows at 0.9 or more %d are right", sure, right)
	}
	m := fit(rows)
	var b strings.Builder
	fmt.Fprintf(&b, "# How sure a row is, by its traits: a logistic regression, see confidence.go. Held back, %d of %d rows\n# reach the threshold, %d of them right.\ntrait,weight\nbias,%.3f\nthreshold,%.3f\n", sure, len(rows), right, m.weights["bias"], at)
	for _, trait := range slices.Sorted(maps.Keys(m.weights)) {
		if trait != "bias" {
			fmt.Fprintf(&b, "%s,%.3f\n", trait, m.weights[trait])
		}
	}
	if *update {
		if err := os.WriteFile("data/confidence.csv", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	stored, err := loadConfidence()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if d := stored.probability(r.traits) - m.probability(r.traits); math.Abs(d) > 0.05 {
			t.Fatalf("data/confidence.csv says %.2f for %s, a fit of today %.2f: run this test with -update", stored.probability(r.traits), r.name, m.probability(r.traits))
		}
	}
}
