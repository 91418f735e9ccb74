package project

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"xianzhi/stages/normalize/confidence"
	"xianzhi/stages/segment"
)

// moreFolder holds reports of other provinces whose projects alone are annotated.
const moreFolder = "../../../testdata/projects"

// evidencePenalty and fewestSeen keep words rarely seen from telling much.
const (
	evidencePenalty = 1.5
	fewestSeen      = 4
)

// annotatedReports are the paths of all annotated reports, without their endings.
func annotatedReports(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, dir := range []string{goldFolder, moreFolder} {
		files, err := filepath.Glob(dir + "/*.projects.jsonl")
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Fatalf("no *.projects.jsonl in %s", dir)
		}
		for _, f := range files {
			all = append(all, strings.TrimSuffix(f, ".projects.jsonl"))
		}
	}
	return all
}

// weighed are the members of the annotated reports, right where they are an annotated project, and
// the number of annotated projects by report. A member that cannot be one is none of them.
func weighed(t *testing.T) (samples []confidence.Sample, accepts []bool, gold map[string]int) {
	t.Helper()
	r := newReader(t)
	if *update { // what weights accept must not decide what they are fitted on
		r.l.evidence = &evidence{heads: map[string]int{}, rules: map[string]int{}}
	}
	gold = map[string]int{}
	seen := map[string]int{}
	for _, base := range annotatedReports(t) {
		body, err := os.ReadFile(base + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		report := filepath.Base(base)
		var found []Found
		var own []confidence.Sample
		r.weighed = func(at segment.Span, name string, evidence int, traits []string) {
			if evidence == impossible {
				return
			}
			f := Found{Span: at}
			f.Row.Name = name
			found = append(found, f)
			own = append(own, confidence.Sample{Report: report, Name: name, Traits: traits[1:]}) // the first is the bias
			accepts = append(accepts, evidence >= accepted)
			for _, trait := range traits {
				seen[trait]++
			}
		}
		text := segment.Split(string(body))
		r.Read(text, 2021)
		used := make([]bool, len(found))
		projects := loadGold(t, base+".projects.jsonl")
		gold[report] = len(projects)
		for _, g := range projects {
			if i := match(text, g, found, used); i >= 0 {
				used[i], own[i].Right = true, true
			}
		}
		samples = append(samples, own...)
	}
	for i := range samples {
		samples[i].Traits = slices.DeleteFunc(samples[i].Traits, func(t string) bool {
			return seen[t] < fewestSeen && (strings.HasPrefix(t, headWord) || strings.HasPrefix(t, ruleWord))
		})
	}
	return samples, accepts, gold
}

// TestEvidence: evidence.csv holds the weights that the rules and reports of today give. With
// -update, which make calibrate sets, it is fitted anew, and judged on reports held back.
func TestEvidence(t *testing.T) {
	samples, accepts, gold := weighed(t)
	score := func(accepted func(int) bool, in func(string) bool) (f1 float64) {
		hits, found, all := 0, 0, 0
		for report, n := range gold {
			if in(report) {
				all += n
			}
		}
		for i, s := range samples {
			if accepted(i) && in(s.Report) {
				found++
				if s.Right {
					hits++
				}
			}
		}
		return 2 * float64(hits) / float64(found+all)
	}
	everywhere := func(string) bool { return true }
	atHome := func(report string) bool { _, err := os.Stat(goldFolder + "/" + report + ".txt"); return err == nil }
	weights := confidence.Weights(samples, evidencePenalty)
	if *update {
		held := make([]int, len(samples))
		for report := range gold {
			others := confidence.Weights(slices.DeleteFunc(slices.Clone(samples), func(s confidence.Sample) bool { return s.Report == report }), evidencePenalty)
			for i, s := range samples {
				if s.Report == report {
					held[i] = logit(others, s.Traits)
				}
			}
		}
		for from := accepted - 40; from <= accepted+40; from += 20 {
			yes := func(i int) bool { return held[i] >= from }
			t.Logf("accepted from %d: F1 of reports held back %.3f, of gold alone %.3f", from, score(yes, everywhere), score(yes, atHome))
		}
		writeEvidence(t, weights)
		return
	}
	now := func(i int) bool { return logit(weights, samples[i].Traits) >= accepted }
	stored, today := score(func(i int) bool { return accepts[i] }, everywhere), score(now, everywhere)
	t.Logf("F1 of all reports, which the weights were fitted on: %.3f", stored)
	differ := 0
	for i := range samples {
		if now(i) != accepts[i] {
			differ++
		}
	}
	if differ > len(samples)/200 || stored < today-0.002 {
		t.Errorf("evidence.csv is out of date: %d of %d members are judged otherwise (F1 %.3f, now %.3f): run make calibrate", differ, len(samples), stored, today)
	}
}

// logit is the sum of weights in hundredths, each rounded as the file has it.
func logit(weights map[string]float64, traits []string) int {
	sum := hundredths(weights["bias"])
	for _, t := range traits {
		sum += hundredths(weights[t])
	}
	return sum
}

func hundredths(w float64) int { return int(math.Round(100 * w)) }

func writeEvidence(t *testing.T, weights map[string]float64) {
	t.Helper()
	rows := [][]string{{"trait", "weight"}, {traitNames[ofAll], strconv.Itoa(hundredths(weights["bias"]))}}
	for _, name := range traitNames[1:] {
		if w, ok := weights[name]; ok {
			rows = append(rows, []string{name, strconv.Itoa(hundredths(w))})
		}
	}
	for _, prefix := range []string{ruleWord, headWord} {
		var words []string
		for name, w := range weights {
			if strings.HasPrefix(name, prefix) && hundredths(w) != 0 {
				words = append(words, name)
			}
		}
		slices.Sort(words)
		for _, name := range words {
			rows = append(rows, []string{name, strconv.Itoa(hundredths(weights[name]))})
		}
	}
	f, err := os.Create("evidence.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := csv.NewWriter(f).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
}
