// Command calibrate fits the confidence of indicator rows on the annotated reports.
//
//	go run ./stages/normalize/indicator/calibrate [-gold DIR] [-contract FILE] [-write FILE]
//
// Every row that the reader gives on an annotated number is right (value, unit, measure, basis,
// period, bound and code as annotated) or wrong. It prints how the fit does on reports held back
// (see package confidence) and writes the weights of a fit on all reports, or, without -write,
// fails if the weights in use are not those.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"

	"xianzhi/stages/normalize/confidence"
	"xianzhi/stages/normalize/indicator"
	"xianzhi/stages/segment"
)

// penalty keeps rare traits small with some 700 rows and 60 traits.
const penalty = 1.5

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
	m, held := confidence.Fit(samples, penalty)
	fmt.Printf("threshold %.3f\n%-10s %6s %9s %9s\n", m.Threshold, "held back", "rows", "at ≥ 0.9", "right")
	for _, r := range append(reports, "") {
		all, kept, right := 0, 0, 0
		for i, s := range samples {
			if r != "" && s.Report != r {
				continue
			}
			all++
			if held[i] >= m.Threshold {
				kept++
				if s.Right {
					right++
				}
			}
		}
		fmt.Printf("%-10s %6d %8.1f%% %8.1f%%\n", cmp.Or(r, "all"), all, 100*float64(kept)/float64(all), 100*float64(right)/float64(max(kept, 1)))
	}
	if write != "" {
		return os.WriteFile(write, []byte(m.Format()), 0o644)
	}
	stored, err := indicator.LoadConfidence()
	if err != nil {
		return err
	}
	if d, row := confidence.Drift(stored, m, samples); d > confidence.MaxDrift || stored.Threshold != m.Threshold {
		return fmt.Errorf("the weights in use are out of date (threshold %.3f, now %.3f; %.2f off for %s): run make calibrate", stored.Threshold, m.Threshold, d, row.Name)
	}
	return nil
}
