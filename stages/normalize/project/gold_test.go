package project

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xianzhi/stages/segment"
)

const goldFolder = "../../../testdata/gold"

// floors are what the reader reaches on the gold reports today, a little below: a change that
// costs more shows here. The scorer in testdata/score is the judge.
var floors = map[string]float64{
	"f1": 0.90, "status": 0.97, "sector": 0.94, "period": 0.98, "owner": 0.79, "investment": 0.95, "count": 0.95, "capacity": 0.90,
}

type goldProject struct {
	Name, Quote, Status, Period, Sector string
	Investment, Count                   *float64
	Owner, Capacity                     *string
}

// tally counts hits out of all judged, by measure.
type tally map[string][2]int

func (t tally) judge(measure string, ok bool) bool {
	c := t[measure]
	c[1]++
	if ok {
		c[0]++
	}
	t[measure] = c
	return ok
}

func (t tally) rate(measure string) float64 {
	return float64(t[measure][0]) / float64(max(1, t[measure][1]))
}

// f1 combines precision (rows that match) and recall (gold that is found).
func (t tally) f1() float64 {
	p, r := t.rate("precision"), t.rate("recall")
	return 2 * p * r / max(1e-9, p+r)
}

// TestGold measures the reader on the hand-labelled reports as the scorer does. With -v it prints
// what was missed, extra or different; run it before and after a change of the rules.
func TestGold(t *testing.T) {
	files, err := filepath.Glob(goldFolder + "/*.projects.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no *.projects.jsonl in %s", goldFolder)
	}
	r := newReader(t)
	all := tally{}
	for _, file := range files {
		one := tally{}
		measureReport(t, r, strings.TrimSuffix(file, ".projects.jsonl"), one)
		t.Logf("%s: %s", filepath.Base(file), one)
		for k, c := range one {
			all[k] = [2]int{all[k][0] + c[0], all[k][1] + c[1]}
		}
	}
	t.Logf("all: %s", all)
	for measure, floor := range floors {
		got := all.rate(measure)
		if measure == "f1" {
			got = all.f1()
		}
		if got < floor {
			t.Errorf("%s is %.3f, below %.2f", measure, got, floor)
		}
	}
}

func (t tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "F1 %.3f", t.f1())
	for _, k := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(&b, ", %s %.3f of %d", k, t.rate(k), t[k][1])
	}
	return b.String()
}

func measureReport(t *testing.T, r *Reader, base string, c tally) {
	body, err := os.ReadFile(base + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	text := segment.Split(string(body))
	found := r.Read(text, 2021)
	checkFound(t, text, found)
	used := make([]bool, len(found))
	for _, g := range loadGold(t, base+".projects.jsonl") {
		i := match(text, g, found, used)
		if !c.judge("recall", i >= 0) {
			t.Logf("missed: %s (%s)", g.Name, g.Quote)
			continue
		}
		used[i] = true
		g.compare(t, found[i], c)
	}
	for i, ok := range used {
		if !c.judge("precision", ok) {
			t.Logf("extra: %s %.3f %v", found[i].Row.Name, found[i].Row.Confidence, found[i].traits.names())
		}
	}
}

func loadGold(t *testing.T, file string) []goldProject {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []goldProject
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var g goldProject
		if err := d.Decode(&g); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, g)
	}
	return out
}

// match returns the unused row on the gold's quote whose name is most like the gold's.
func match(text *segment.Text, g goldProject, found []Found, used []bool) int {
	best, most := -1, 0.6
	quote := segment.Split(g.Quote).Folded
	for from := 0; ; {
		i := strings.Index(text.Folded[from:], quote)
		if i < 0 {
			return best
		}
		start := from + i
		from = start + len(quote)
		for j, f := range found {
			if used[j] || f.Span.Start >= from || f.Span.End <= start {
				continue
			}
			if s := similarity(g.Name, f.Row.Name); s > most || s == most && best < 0 {
				best, most = j, s
			}
		}
	}
}

func (g goldProject) compare(t *testing.T, f Found, c tally) {
	row := f.Row
	judge := func(measure string, ok bool, want, got any) {
		if !c.judge(measure, ok) {
			t.Logf("%s of %s: want %v, got %v", measure, g.Name, want, got)
		}
	}
	judge("status", g.Status == row.Status, g.Status, row.Status)
	judge("sector", g.Sector == row.Sector, g.Sector, row.Sector)
	period := fmt.Sprint(row.PeriodStart)
	if row.PeriodEnd != row.PeriodStart {
		period += fmt.Sprintf("-%d", row.PeriodEnd)
	}
	judge("period", g.Period == period, g.Period, period)
	for measure, texts := range map[string][2]string{
		"owner":    {deref(g.Owner), row.Owner.Or("")},
		"capacity": {deref(g.Capacity), row.Capacity.Or("")},
	} {
		if texts[0]+texts[1] != "" {
			judge(measure, similarity(texts[0], texts[1]) >= 0.6, texts[0], texts[1])
		}
	}
	for measure, values := range map[string][2]float64{
		"investment": {deref(g.Investment), row.Investment.Or(0)},
		"count":      {deref(g.Count), float64(row.Count.Or(0))},
	} {
		if values[0] != 0 || values[1] != 0 {
			judge(measure, values[0] == values[1], values[0], values[1])
		}
	}
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// similarity is the F1 of the longest common subsequence, punctuation left out.
func similarity(a, b string) float64 {
	bare := func(s string) []rune {
		return []rune(strings.Map(func(r rune) rune {
			if strings.ContainsRune("“”\"'()（）《》、,，.·-—:：", r) {
				return -1
			}
			return r
		}, segment.Split(s).Folded))
	}
	x, y := bare(a), bare(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for _, r := range x {
		diagonal := 0
		for j, s := range y {
			up := row[j+1]
			if r == s {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = up
		}
	}
	return 2 * float64(row[len(y)]) / float64(len(x)+len(y))
}
