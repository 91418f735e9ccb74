package confidence

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Sample is a row of an annotated report.
type Sample struct {
	Report string
	Name   string // of the row, for messages
	Traits []string
	Right  bool
}

const (
	steps = 3000
	rate  = 2.0
	// fewest is the number of rows from which a share of right ones says anything.
	fewest = 20
	// unreached is the threshold where no number of rows meets the target.
	unreached = 0.999
)

// Fit fits a model on the samples, by plain gradient descent: deterministic, and quick enough at
// this size. Its threshold is decided on rows held back: every report is judged by a fit on the
// others. held is the probability of each sample under that fit. penalty is the L2 penalty per
// weight, which keeps rare traits small: the more traits say the same, the higher.
func Fit(samples []Sample, penalty float64) (m Model, held []float64) {
	held = make([]float64, len(samples))
	without := map[string]Model{}
	for i, s := range samples {
		other, ok := without[s.Report]
		if !ok {
			other = descend(slices.DeleteFunc(slices.Clone(samples), func(o Sample) bool { return o.Report == s.Report }), penalty)
			without[s.Report] = other
		}
		held[i] = other.Probability(s.Traits)
	}
	m = descend(samples, penalty)
	m.Threshold = threshold(samples, held)
	return m, held
}

func descend(samples []Sample, penalty float64) Model {
	m := Model{Weights: map[string]float64{bias: 0}}
	for _, s := range samples {
		for _, t := range s.Traits {
			m.Weights[t] = 0
		}
	}
	traits := sortedTraits(m.Weights)
	for range steps {
		gradient := make(map[string]float64, len(traits))
		for _, s := range samples {
			miss := -m.Probability(s.Traits)
			if s.Right {
				miss++
			}
			gradient[bias] += miss
			for _, t := range s.Traits {
				gradient[t] += miss
			}
		}
		for _, t := range traits {
			g := gradient[t]
			if t != bias {
				g -= penalty * m.Weights[t]
			}
			m.Weights[t] += rate * g / float64(len(samples))
		}
	}
	return m
}

// threshold is the least probability at or above which the rows held back meet the target.
func threshold(samples []Sample, held []float64) float64 {
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(held[b], held[a]) })
	best, right := unreached, 0
	for n, i := range order {
		if samples[i].Right {
			right++
		}
		last := n+1 == len(order) || held[order[n+1]] < held[i] // rows of one probability stay together
		if last && n+1 >= fewest && float64(right) >= Target*float64(n+1) {
			best = held[i]
		}
	}
	return math.Floor(best*1000) / 1000
}

// Drift is the largest difference that two models make to the probability of a sample, with that
// sample: how far a stored model is from the one that today's rules give.
func Drift(a, b Model, samples []Sample) (most float64, at Sample) {
	for _, s := range samples {
		if d := math.Abs(a.Probability(s.Traits) - b.Probability(s.Traits)); d > most {
			most, at = d, s
		}
	}
	return most, at
}

// MaxDrift is the drift up to which a stored model passes as the one of today.
const MaxDrift = 0.02

func sortedTraits(weights map[string]float64) []string { return slices.Sorted(maps.Keys(weights)) }
