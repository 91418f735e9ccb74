// Command calibrate fits the confidence of indicator rows on the annotated reports.
//
//	go run ./stages/normalize/indicator/calibrate [-gold DIR] [-contract FILE] [-write FILE]
//
// Every row that the reader gives on an annotated number is right (value, unit, measure, basis,
// period, bound and code as annotated) or wrong. A logistic regression over the row's traits is
// fitted on all reports but one and judged on the one held back, in turn; the threshold that is
// reported as 0.9 is the least at which the rows held back are right by the target share. The
// weights written are those of a fit on all reports.
package main

import (
	"cmp"
	"encoding/csv"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"

	"xianzhi/stages/normalize/indicator"
	"xianzhi/stages/segment"
)

// target is the contract's: of the rows at or above 0.9 at least 98 % are right.
const target = 0.98

// penalty is the L2 penalty per weight; with some 700 rows and 60 traits it keeps rare traits small.
const penalty = 1.5

type sample struct {
	report string
	traits []string
	right  bool
}

func main() {
	gold := flag.String("gold", "testdata/gold", "folder with NAME.txt and NAME.numbers.jsonl")
	contract := flag.String("contract", "testdata/score/catalogue.csv", "the codes that are annotated; a code of our own counts as none")
	write := flag.String("write", "", "write the weights to this file")
	flag.Parse()
	if err := run(*gold, *contract, *write); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

func run(gold, contract, write string) error {
	words, err := indicator.Vocabulary()
	if err != nil {
		return err
	}
	k, err := segment.NewTokenizer(words...)
	if err != nil {
		return err
	}
	reader, err := indicator.New(k)
	if err != nil {
		return err
	}
	known, err := codes(contract)
	if err != nil {
		return err
	}
	samples, reports, err := judge(gold, known, reader)
	if err != nil {
		return err
	}
	held := make(map[*sample]float64, len(samples))
	for _, r := range reports {
		var rest []*sample
		for _, s := range samples {
			if s.report != r {
				rest = append(rest, s)
			}
		}
		m := fit(rest)
		for _, s := range samples {
			if s.report == r {
				held[s] = m.Probability(s.traits)
			}
		}
	}
	final := fit(samples)
	final.Threshold = threshold(samples, held)
	fmt.Printf("threshold %.3f\n%-10s %6s %9s %9s\n", final.Threshold, "held back", "rows", "at ≥ 0.9", "right")
	for _, r := range append(reports, "") {
		all, kept, right := 0, 0, 0
		for _, s := range samples {
			if r != "" && s.report != r {
				continue
			}
			all++
			if held[s] >= final.Threshold {
				kept++
				if s.right {
					right++
				}
			}
		}
		fmt.Printf("%-10s %6d %8.1f%% %8.1f%%\n", cmp.Or(r, "all"), all, 100*float64(kept)/float64(all), 100*float64(right)/float64(max(kept, 1)))
	}
	if write == "" {
		return nil
	}
	return save(write, final)
}

// threshold is the least probability at or above which the rows held back meet the target.
func threshold(samples []*sample, held map[*sample]float64) float64 {
	order := slices.Clone(samples)
	slices.SortStableFunc(order, func(a, b *sample) int { return cmp.Compare(held[b], held[a]) })
	best, right := 0.999, 0
	for i, s := range order {
		if s.right {
			right++
		}
		if i >= 50 && float64(right)/float64(i+1) >= target {
			best = held[s]
		}
	}
	return math.Round(best*1000) / 1000
}

// fit is a logistic regression with an L2 penalty, by plain gradient descent: deterministic, and
// quick enough at this size.
func fit(samples []*sample) indicator.ConfidenceModel {
	m := indicator.ConfidenceModel{Weights: map[string]float64{"bias": 0}, Threshold: 0.9}
	for _, s := range samples {
		for _, t := range s.traits {
			m.Weights[t] = 0
		}
	}
	names := slices.Sorted(maps.Keys(m.Weights))
	const steps, rate = 3000, 2.0
	for range steps {
		gradient := make(map[string]float64, len(names))
		for _, s := range samples {
			miss := -m.Probability(s.traits)
			if s.right {
				miss++
			}
			gradient["bias"] += miss
			for _, t := range s.traits {
				gradient[t] += miss
			}
		}
		for _, n := range names {
			g := gradient[n]
			if n != "bias" {
				g -= penalty * m.Weights[n]
			}
			m.Weights[n] += rate * g / float64(len(samples))
		}
	}
	return m
}

func save(path string, m indicator.ConfidenceModel) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	w := csv.NewWriter(f)
	rows := [][]string{{"trait", "weight"}, {"threshold", strconv.FormatFloat(m.Threshold, 'f', 3, 64)}}
	for _, n := range slices.Sorted(maps.Keys(m.Weights)) {
		rows = append(rows, []string{n, strconv.FormatFloat(m.Weights[n], 'f', 3, 64)})
	}
	return w.WriteAll(rows)
}
