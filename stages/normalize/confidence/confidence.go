// Package confidence estimates how likely a row that a reader made is right.
//
// Input: the traits of a row, words for how it was read ("name by head", "bounded"). Output: the
// confidence column, 0 to 1. The model is a logistic regression over the traits whose weights
// are data of the reader; Fit makes them from rows that are known to be right or wrong. What a
// row's traits are, and what right means, is decided by the readers (packages indicator and
// project).
package confidence

import (
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Target is the contract's: of the rows at or above 0.9, 98 % are right.
const Target = 0.98

// The rows of a model's file that are no trait of a row.
const (
	bias         = "bias" // holds of every row
	thresholdRow = "threshold"
)

// Model turns the traits of a row into its confidence. It is read-only after Parse or Fit.
type Model struct {
	Weights map[string]float64 // by trait, with the bias
	// Threshold is the probability that is reported as 0.9: the least at which, of the rows held
	// back from the fit, the share of right ones at or above it is Target.
	Threshold float64
}

// Parse reads the CSV that Format writes; file is its name in the error.
func Parse(file, text string) (Model, error) {
	m := Model{Weights: map[string]float64{}}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 2
	rows, err := r.ReadAll()
	if err != nil {
		return m, fmt.Errorf("%s: %w", file, err)
	}
	for i, row := range rows {
		if i == 0 {
			continue // trait,weight
		}
		w, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			return m, fmt.Errorf("%s: the weight of %s: %w", file, row[0], err)
		}
		m.Weights[row[0]] = w
	}
	m.Threshold = m.Weights[thresholdRow]
	delete(m.Weights, thresholdRow)
	if m.Threshold <= 0 || m.Threshold >= 1 {
		return m, fmt.Errorf("%s: the threshold must lie between 0 and 1; run make calibrate", file)
	}
	return m, nil
}

// Format is the model as CSV, in the order of the traits.
func (m Model) Format() string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{{"trait", "weight"}, {thresholdRow, decimals(m.Threshold)}}
	for _, t := range sortedTraits(m.Weights) {
		rows = append(rows, []string{t, decimals(m.Weights[t])})
	}
	if err := w.WriteAll(rows); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}

func decimals(f float64) string { return strconv.FormatFloat(f, 'f', 3, 64) }

// Bias is the score of a row without a trait; each trait adds its weight.
func (m Model) Bias() float64 { return m.Weights[bias] }

// Probability is the modelled probability that a row with these traits is right.
func (m Model) Probability(traits []string) float64 {
	z := m.Bias()
	for _, t := range traits {
		z += m.Weights[t]
	}
	return probability(z)
}

func probability(score float64) float64 { return 1 / (1 + math.Exp(-score)) }

// Confidence maps the probability to the column, in steps of 0.001: the threshold to 0.9,
// linearly on both sides.
func (m Model) Confidence(traits []string) float64 { return m.column(m.Probability(traits)) }

// ConfidenceAt is Confidence for the sum of the weights.
func (m Model) ConfidenceAt(score float64) float64 { return m.column(probability(score)) }

func (m Model) column(p float64) float64 {
	c := 0.9 * p / m.Threshold
	if p >= m.Threshold {
		c = 0.9 + 0.1*(p-m.Threshold)/(1-m.Threshold)
	}
	return math.Round(c*1000) / 1000
}
