// Command corpus writes a made-up corpus of reports and what xianzhi must read from it.
//
// Input: a number of reports, a seed and the sentences in data/. Output, under a folder:
// reports/, plain text files; documents.csv, for every file its region, year and vintage or the
// file that it copies; panel.csv, every filled cell of the panel. The same flags give the same
// bytes. About one report in ten has a revised text, another one in ten a copy.
//
// With -texts the reports are real ones with other regions, years, figures and order of
// paragraphs, for measuring; nothing is known of what must be read from those.
//
// Regions, years, figures and the order and choice of sentences vary. The sentences are plain:
// the corpus tests regions, vintages, panel and speed, not the reading of difficult figures.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	var o options
	var texts []string
	flag.StringVar(&o.out, "out", "corpus", "folder to write, which must not exist")
	flag.IntVar(&o.reports, "n", 2500, "reports: regions × years; revised texts and copies come on top")
	flag.IntVar(&o.years, "years", 5, "consecutive years of each region")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of all chance")
	flag.IntVar(&o.chars, "chars", 15000, "rough length of a report, in characters")
	flag.Func("texts", "vary the real reports in a .txt file or folder instead (repeats)", func(path string) error {
		texts = append(texts, path)
		return nil
	})
	flag.Parse()
	write := generate
	if len(texts) > 0 {
		write = func(o options) error { return vary(o, texts) }
	}
	if err := write(o); err != nil {
		fmt.Fprintf(os.Stderr, "corpus: %v\n", err)
		os.Exit(1)
	}
}
