// Command bench measures xianzhi against the bars of its design and prints a table.
//
// Input: the programs xianzhi and corpus, real reports, a number of reports. Output: the table on
// standard output, the same as JSON in a file. Throughputs stand beside S, that of gse's Segment
// with its full dictionary over the same text in the same process, so that they say something on
// any machine; bytes are those of the reports as they lie on disk. A bar that is missed is printed
// as such and no error.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"text/tabwriter"
)

func main() {
	var b bench
	report := flag.String("json", "bin/bench.json", "file for the results")
	flag.StringVar(&b.program, "xianzhi", "bin/xianzhi", "the program to measure")
	flag.StringVar(&b.corpus, "corpus", "bin/corpus", "the program that varies real reports")
	flag.IntVar(&b.reports, "n", 520, "reports of the corpus; time and memory are also measured with five times as many")
	flag.IntVar(&b.rounds, "rounds", 3, "how often a throughput is measured; the median counts")
	flag.Parse()
	b.texts = flag.Args()
	if err := run(b, *report); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

func run(b bench, report string) (err error) {
	if b.work, err = os.MkdirTemp("", "xianzhi-bench-"); err != nil {
		return fmt.Errorf("cannot make a folder to work in: %w", err)
	}
	defer os.RemoveAll(b.work)
	if err := b.measure(); err != nil {
		return err
	}
	printTable(os.Stdout, b.results)
	out, err := json.MarshalIndent(struct {
		Go         string   `json:"go"`
		Processors int      `json:"processors"`
		Reports    int      `json:"reports"`
		Results    []result `json:"results"`
	}{runtime.Version(), runtime.NumCPU(), b.reports, b.results}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(report, append(out, '\n'), 0o644); err != nil {
		return fmt.Errorf("cannot write the results: %w", err)
	}
	return nil
}

// result is a row of the table.
type result struct {
	Metric string  `json:"metric"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Ratio  float64 `json:"ratio,omitempty"` // to what Of says
	Of     string  `json:"of,omitempty"`
	Bar    string  `json:"bar,omitempty"`
	Passed *bool   `json:"passed,omitempty"` // nil for a row without a bar
}

// against puts a result against a bar, of its ratio if it has one. The bar reads like ">= 1.5".
func (r result) against(sign string, bound float64) result {
	value := r.Value
	if r.Of != "" {
		value = r.Ratio
	}
	passed := value >= bound
	if sign == "<=" {
		passed = value <= bound
	}
	r.Bar, r.Passed = fmt.Sprintf("%s %g", sign, bound), &passed
	return r
}

func printTable(w io.Writer, results []result) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "metric\tvalue\tunit\tratio\tof\tbar\t")
	for _, r := range results {
		ratio, verdict := "", ""
		if r.Of != "" {
			ratio = fmt.Sprintf("%.2f", r.Ratio)
		}
		if r.Passed != nil {
			verdict = "missed"
			if *r.Passed {
				verdict = "passed"
			}
		}
		fmt.Fprintf(t, "%s\t%.4g\t%s\t%s\t%s\t%s\t%s\n", r.Metric, r.Value, r.Unit, ratio, r.Of, r.Bar, verdict)
	}
	t.Flush() // an error shows as a table cut short
}
