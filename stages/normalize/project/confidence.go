package project

import (
	"fmt"
	"math"
	"strconv"
)

// confidenceModel turns the traits of a row into its confidence: a logistic regression whose
// weights data/confidence.csv holds. They are fitted on the annotated reports by
//
//	go test -tags ne ./stages/normalize/project -run TestConfidence -update
//
// and judged there on reports held back from the fit.
type confidenceModel struct {
	weights map[string]float64 // by trait; the trait "bias" always holds
	// threshold is the probability that is reported as 0.9: the least at which 98 % of the rows at
	// or above it are right on held-back reports.
	threshold float64
}

func loadConfidence() (confidenceModel, error) {
	m := confidenceModel{weights: map[string]float64{}}
	err := readRows("confidence.csv", 2, func(r []string) error {
		w, err := strconv.ParseFloat(r[1], 64)
		m.weights[r[0]] = w
		return err
	})
	m.threshold = m.weights["threshold"]
	delete(m.weights, "threshold")
	if err == nil && (m.threshold <= 0 || m.threshold >= 1) {
		err = fmt.Errorf("confidence.csv: the threshold must lie between 0 and 1")
	}
	return m, err
}

// probability is the modelled probability that a row is a planned undertaking whose status and
// period are right.
func (c confidenceModel) probability(traits []string) float64 {
	z := c.weights["bias"]
	for _, t := range traits {
		z += c.weights[t]
	}
	return 1 / (1 + math.Exp(-z))
}

// confidence maps the probability to the column: the threshold to 0.9, linearly on both sides.
func (c confidenceModel) confidence(traits []string) float64 {
	p := c.probability(traits)
	v := 0.9 * p / c.threshold
	if p >= c.threshold {
		v = 0.9 + 0.1*(p-c.threshold)/(1-c.threshold)
	}
	return math.Round(v*1000) / 1000
}

// traits are what the confidence of a row is estimated from: how firm the verb is, what tells
// which undertaking is meant, how much evidence there is and what kind of name it has.
func (m *member) traits(q phrase, p piece, evidence int) []string {
	verb := "verb loose"
	switch {
	case q.force == build && q.rank > weakRank:
		verb = "verb firm"
	case q.force == run && q.rank > weakRank:
		verb = "verb run"
	}
	out := []string{verb, "name " + m.told(), fmt.Sprintf("evidence %d", min(evidence, 99)/10*10), "head " + string(m.kind)}
	switch n := runes(m.name); {
	case n <= 4:
		out = append(out, "short")
	case n >= 9:
		out = append(out, "long")
	}
	if m.built {
		out = append(out, "said built")
	}
	if p.listed {
		out = append(out, "listed")
	}
	return out
}

// weakRank is the highest rank of verbs that are said of aims, too: 建设, 打造, 实施.
const weakRank = 4
