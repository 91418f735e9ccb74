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
	steps     = 600
	firstRate = 0.1
	// fewest is the number of rows from which a share of right ones says anything.
	fewest = 20
	// unreached is the threshold where no number of rows meets the target.
	unreached = 0.999
)

// Fit fits a model on the samples, the same ones the same each time. Its threshold is decided on rows held back: every report is judged by a fit on the
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

// Weights fits a logistic regression on the samples and returns its weights by trait, with the bias
// under "bias"; penalty is the L2 penalty per weight.
func Weights(samples []Sample, penalty float64) map[string]float64 {
	return descend(samples, penalty).Weights
}

// descend minimizes by Adam (Kingma and Ba 2015), whose steps suit traits however rare.
func descend(samples []Sample, penalty float64) Model {
	m := Model{Weights: map[string]float64{bias: 0}}
	for _, s := range samples {
		for _, t := range s.Traits {
			m.Weights[t] = 0
		}
	}
	traits := sortedTraits(m.Weights)
	at := make(map[string]int, len(traits))
	for i, t := range traits {
		at[t] = i
	}
	has := make([][]int, len(samples))
	for i, s := range samples {
		has[i] = append(has[i], at[bias])
		for _, t := range s.Traits {
			has[i] = append(has[i], at[t])
		}
	}
	weights, gradient := make([]float64, len(traits)), make([]float64, len(traits))
	mean, square := make([]float64, len(traits)), make([]float64, len(traits))
	const keepMean, keepSquare, tiny = 0.9, 0.999, 1e-8
	pastMean, pastSquare := 1.0, 1.0
	for step := range steps {
		for i, w := range weights {
			gradient[i] = penalty * w
		}
		gradient[at[bias]] = 0
		for i, s := range samples {
			z := 0.0
			for _, t := range has[i] {
				z += weights[t]
			}
			miss := 1 / (1 + math.Exp(-z))
			if s.Right {
				miss--
			}
			for _, t := range has[i] {
				gradient[t] += miss
			}
		}
		pastMean, pastSquare = pastMean*keepMean, pastSquare*keepSquare
		rate := firstRate / (1 + float64(step)/100)
		for i, g := range gradient {
			mean[i] = keepMean*mean[i] + (1-keepMean)*g
			square[i] = keepSquare*square[i] + (1-keepSquare)*g*g
			weights[i] -= rate * mean[i] / (1 - pastMean) / (math.Sqrt(square[i]/(1-pastSquare)) + tiny)
		}
	}
	for i, t := range traits {
		m.Weights[t] = weights[i]
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
