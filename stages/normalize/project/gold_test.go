package project

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"xianzhi/stages/segment"
)

// TestScratch is the working tool.
func TestScratch(t *testing.T) {
	k, err := segment.NewTokenizer()
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(k)
	if err != nil {
		t.Fatal(err)
	}
	if f := os.Getenv("SAMPLE"); f != "" {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		x := segment.Split(string(b))
		year := 2024
		for _, f := range r.Read(x, year) {
			row := f.Row
			fmt.Printf("%.2f %-8s %-10s %s | %s | o=%s c=%d cap=%s i=%g | %s\n", row.Confidence, row.Status, row.Sector, row.Name, x.At(f.Span), row.Owner.Value, row.Count.Value, row.Capacity.Value, row.Investment.Value, strings.Join(f.Rules, ";"))
		}
		return
	}
	files, _ := filepath.Glob("/work/shared/gold/*.txt")
	tot := map[string][3]int{}
	verbose := os.Getenv("V")
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".txt")
		b, _ := os.ReadFile(f)
		x := segment.Split(string(b))
		got := r.Read(x, 2021)
		used := make([]bool, len(got))
		c := map[string][3]int{}
		add := func(k string, i int, n int) {
			v := c[k]
			v[i] += n
			c[k] = v
			w := tot[k]
			w[i] += n
			tot[k] = w
		}
		gf, _ := os.Open(strings.TrimSuffix(f, ".txt") + ".projects.jsonl")
		sc := bufio.NewScanner(gf)
		sc.Buffer(make([]byte, 1<<20), 1<<20)
		ratio := func(k string, ok bool, msg string) {
			add(k, 2, 1)
			if ok {
				add(k, 0, 1)
			} else if strings.Contains(verbose, k) {
				fmt.Println(" ", k, msg)
			}
		}
		for sc.Scan() {
			var g struct {
				Name, Quote, Status, Period, Sector string
				Investment, Count                   *float64
				Owner                               *string
				Capacity                            *string
			}
			if json.Unmarshal(sc.Bytes(), &g) != nil {
				continue
			}
			add("project", 2, 1)
			best, sim := -1, 0.0
			q := segment.Split(g.Quote).Folded
			for off := 0; ; {
				i := strings.Index(x.Folded[off:], q)
				if i < 0 {
					break
				}
				s, e := off+i, off+i+len(q)
				off = e
				for j := range got {
					if used[j] || s >= got[j].Span.End || e <= got[j].Span.Start {
						continue
					}
					if v := lcs(g.Name, got[j].Row.Name); v > sim {
						best, sim = j, v
					}
				}
			}
			if sim < 0.6 {
				if strings.Contains(verbose, "missed") {
					fmt.Printf("  MISSED %s | %s | best %.2f\n", g.Name, g.Quote, sim)
				}
				continue
			}
			used[best] = true
			add("project", 0, 1)
			row := got[best].Row
			ratio("status", row.Status == g.Status, fmt.Sprintf("%s | %s: want %s got %s", g.Name, g.Quote, g.Status, row.Status))
			ratio("sector", row.Sector == g.Sector, fmt.Sprintf("%s: want %s got %s", g.Name, g.Sector, row.Sector))
			per := fmt.Sprint(row.PeriodStart)
			if row.PeriodEnd != row.PeriodStart {
				per = fmt.Sprintf("%d-%d", row.PeriodStart, row.PeriodEnd)
			}
			ratio("period", per == g.Period, g.Name+per)
			o := ""
			if g.Owner != nil {
				o = *g.Owner
			}
			if o != "" || row.Owner.Valid {
				ratio("owner", lcs(o, row.Owner.Value) >= 0.6, fmt.Sprintf("%s: want %q got %q", g.Name, o, row.Owner.Value))
			}
			if g.Investment != nil || row.Investment.Valid {
				ratio("investment", g.Investment != nil && row.Investment.Valid && *g.Investment == row.Investment.Value, fmt.Sprintf("%s: want %v got %v", g.Name, g.Investment, row.Investment))
			}
			if g.Count != nil || row.Count.Valid {
				ratio("count", g.Count != nil && row.Count.Valid && *g.Count == float64(row.Count.Value), fmt.Sprintf("%s: want %v got %v", g.Name, g.Count, row.Count))
			}
			if g.Capacity != nil || row.Capacity.Valid {
				cp := ""
				if g.Capacity != nil {
					cp = *g.Capacity
				}
				ratio("capacity", lcs(cp, row.Capacity.Value) >= 0.6, fmt.Sprintf("%s: want %v got %v", g.Name, cp, row.Capacity))
			}
		}
		gf.Close()
		add("project", 1, len(got))
		if strings.Contains(verbose, "extra") {
			for j := range got {
				if !used[j] {
					fmt.Printf("  EXTRA %.2f %s | %s | %s\n", got[j].Row.Confidence, got[j].Row.Name, got[j].Rules, x.At(got[j].Sentence))
				}
			}
		}
		fmt.Println(name, report(c))
	}
	fmt.Println("ALL", report(tot))
}

func report(c map[string][3]int) string {
	v := c["project"]
	p, r := float64(v[0])/float64(max(1, v[1])), float64(v[0])/float64(max(1, v[2]))
	s := fmt.Sprintf("hit %d pred %d gold %d P %.3f R %.3f F1 %.3f", v[0], v[1], v[2], p, r, 2*p*r/max(1e-9, p+r))
	var ks []string
	for k := range c {
		if k != "project" {
			ks = append(ks, k)
		}
	}
	sort.Strings(ks)
	for _, k := range ks {
		s += fmt.Sprintf(" %s %.3f(%d)", k, float64(c[k][0])/float64(max(1, c[k][2])), c[k][2])
	}
	return s
}

func lcs(a, b string) float64 {
	strip := func(s string) []rune {
		return []rune(strings.Map(func(r rune) rune {
			if strings.ContainsRune("“”\"'()（）《》、,，.·-—:：", r) {
				return -1
			}
			return r
		}, segment.Split(s).Folded))
	}
	x, y := strip(a), strip(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for _, r := range x {
		diag := 0
		for j, s := range y {
			up := row[j+1]
			if r == s {
				row[j+1] = diag + 1
			} else if row[j] > row[j+1] {
				row[j+1] = row[j]
			}
			diag = up
		}
	}
	return 2 * float64(row[len(y)]) / float64(len(x)+len(y))
}
