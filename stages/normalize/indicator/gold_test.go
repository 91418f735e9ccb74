package indicator

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"xianzhi/stages/segment"
)

type goldRow struct {
	N       *int     `json:"n"`
	Role    string   `json:"role"`
	Name    string   `json:"name"`
	Code    *string  `json:"code"`
	Value   *float64 `json:"value"`
	Unit    string   `json:"unit"`
	Measure string   `json:"measure"`
	Basis   string   `json:"basis"`
	Period  *string  `json:"period"`
	Bound   string   `json:"bound"`
	Also    []string `json:"also"`
	Note    string   `json:"note"`
}

var arabicNumber = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)

// TestGold prints the disagreements with the annotated reports when GOLD is set.
func TestGold(t *testing.T) {
	if os.Getenv("GOLD") == "" {
		t.Skip("set GOLD=1")
	}
	k, err := segment.NewTokenizer()
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(k)
	if err != nil {
		t.Fatal(err)
	}
	tot := map[string][2]int{}
	count := func(key string, ok bool) {
		c := tot[key]
		c[1]++
		if ok {
			c[0]++
		}
		tot[key] = c
	}
	files, _ := filepath.Glob("../../../testdata/gold/*.numbers.jsonl")
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".numbers.jsonl")
		if only := os.Getenv("DOC"); only != "" && only != name {
			continue
		}
		raw, _ := os.ReadFile(strings.TrimSuffix(f, ".numbers.jsonl") + ".txt")
		body := string(raw)
		text := segment.Split(body)
		at := map[int][]Found{} // by code point of the number
		for _, x := range r.Read(text, 2021) {
			b, e := text.CodePoints(x.Span)
			for i := b; i < e; i++ {
				at[int(i)] = append(at[int(i)], x)
			}
		}
		spans := arabicNumber.FindAllStringIndex(body, -1)
		fh, _ := os.Open(f)
		sc := bufio.NewScanner(fh)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			var g goldRow
			if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
				t.Fatal(err)
			}
			if g.N == nil {
				continue
			}
			sp := spans[*g.N-1]
			cp := utf8.RuneCountInString(body[:sp[0]])
			var got []Found
			for _, x := range at[cp] {
				if x.Role == "indicator" {
					got = append(got, x)
				}
			}
			rs := []rune(body)
			ctx := string(rs[max(0, cp-30):cp]) + "⟦" + body[sp[0]:sp[1]] + "⟧" + string(rs[min(len(rs), cp+utf8.RuneCountInString(body[sp[0]:sp[1]])):min(len(rs), cp+22)])
			if g.Role != "indicator" {
				if g.Note == "range" {
					continue
				}
				count("notq", len(got) == 0)
				if len(got) > 0 {
					fmt.Printf("EXTRA %s n%d (%s) %s: %s\n", name, *g.N, g.Role, ctx, got[0].Row.Name)
				}
				continue
			}
			count("detect.recall", len(got) > 0)
			if len(got) == 0 {
				ro := ""
				if len(at[cp]) > 0 {
					ro = at[cp][0].Role + " " + strings.Join(at[cp][0].Rules, ";")
				}
				fmt.Printf("MISS %s n%d %s: %s %v%s [%s]\n", name, *g.N, ctx, g.Name, *g.Value, g.Unit, ro)
				continue
			}
			x := got[0].Row
			code := ""
			if g.Code != nil {
				code = *g.Code
			}
			for _, o := range got {
				if o.Row.IndicatorCode.Value == code {
					x = o.Row
				}
			}
			mult, unit := goldUnit(g.Unit)
			ok := true
			judge := func(key string, good bool, want, have any) {
				count(key, good)
				if !good {
					ok = false
					fmt.Printf("%s %s n%d %s (%s): want %v got %v (%s)\n", key, name, *g.N, ctx, g.Name, want, have, x.Name)
				}
			}
			judge("value", math.Abs(*g.Value*mult-x.Value) <= 1e-6*math.Max(1, math.Abs(x.Value)), *g.Value*mult, x.Value)
			judge("unit", unit == x.Unit || unit == "名" && x.Unit == "人" || unit == "人" && x.Unit == "名", unit, x.Unit)
			judge("measure", g.Measure == x.Measure, g.Measure, x.Measure)
			judge("basis", g.Basis == x.Basis, g.Basis, x.Basis)
			if g.Period != nil {
				have := fmt.Sprint(x.PeriodStart.Value)
				if x.PeriodStart != x.PeriodEnd {
					have += "-" + fmt.Sprint(x.PeriodEnd.Value)
				}
				judge("period", *g.Period == have, *g.Period, have)
			}
			judge("bound", g.Bound == x.Bound, g.Bound, x.Bound)
			count("quantity", ok)
			count("code", code == x.IndicatorCode.Value)
			if code != x.IndicatorCode.Value {
				fmt.Printf("CODE %s n%d %s (%s): want %q got %q (%s)\n", name, *g.N, ctx, g.Name, code, x.IndicatorCode.Value, x.Name)
			}
			if code == "" {
				good := lcsF1(g.Name, x.Name) >= 0.5
				count("name", good)
				if !good {
					fmt.Printf("NAME %s n%d %s: want %s got %s\n", name, *g.N, ctx, g.Name, x.Name)
				}
			}
			if x.Confidence >= 0.9 {
				count("conf90.right", ok && code == x.IndicatorCode.Value)
			}
			count("conf90.share", x.Confidence >= 0.9)
		}
		fh.Close()
	}
	for k, v := range tot {
		fmt.Printf("TOTAL %-14s %4d/%4d %.3f\n", k, v[0], v[1], float64(v[0])/float64(v[1]))
	}
}

func goldUnit(u string) (float64, string) {
	m := 1.0
	alias := map[string]string{"平米": "平方米", "万吨标煤": "", "吨标煤": "吨标准煤", "个工作日": "个工作日"}
	for _, p := range []struct {
		w string
		v float64
	}{{"亿", 1e8}, {"万", 1e4}} {
		if strings.HasPrefix(u, p.w) {
			m *= p.v
			u = strings.TrimPrefix(u, p.w)
		}
	}
	if a, ok := alias[u]; ok {
		u = a
	}
	return m, u
}

func lcsF1(a, b string) float64 {
	strip := strings.NewReplacer("“", "", "”", "", "、", "", "(", "", ")", "", "（", "", "）", "")
	x, y := []rune(strip.Replace(a)), []rune(strip.Replace(b))
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
