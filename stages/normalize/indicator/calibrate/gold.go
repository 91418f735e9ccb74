package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/normalize/confidence"
	"xianzhi/stages/normalize/indicator"
	"xianzhi/stages/segment"
)

// annotation is a line of NAME.numbers.jsonl (see testdata/gold/GUIDE.md).
type annotation struct {
	N       *int     `json:"n"`
	Role    string   `json:"role"`
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

type meta struct {
	ReportYear int `json:"report_year"`
}

var number = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)

// codes reads the codes of a catalogue.
func codes(path string) (map[string]bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	known := map[string]bool{}
	for _, r := range rows[1:] {
		known[r[0]] = true
	}
	return known, nil
}

// judge reads every annotated report and says of each row whether it is right; rows on no
// annotated number (Chinese numerals) are left out.
func judge(dir string, known map[string]bool, reader *indicator.Reader) ([]confidence.Sample, []string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.numbers.jsonl"))
	if err != nil {
		return nil, nil, err
	}
	var samples []confidence.Sample
	var reports []string
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".numbers.jsonl")
		s, err := judgeOne(dir, name, known, reader)
		if err != nil {
			return nil, nil, fmt.Errorf("gold report %s: %w", name, err)
		}
		if len(s) > 0 {
			samples, reports = append(samples, s...), append(reports, name)
		}
	}
	if len(samples) == 0 {
		return nil, nil, fmt.Errorf("%s holds no annotated report", dir)
	}
	return samples, reports, nil
}

func judgeOne(dir, name string, known map[string]bool, reader *indicator.Reader) ([]confidence.Sample, error) {
	base := filepath.Join(dir, name)
	body, err := os.ReadFile(base + ".txt")
	if err != nil {
		return nil, err
	}
	var m meta
	raw, err := os.ReadFile(base + ".meta.json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, &m); err != nil && m.ReportYear != 0 {
		return nil, err
	}
	lines, err := os.ReadFile(base + ".numbers.jsonl")
	if err != nil {
		return nil, err
	}
	marked := map[int32]annotation{} // by the code point at which the number begins
	spans := number.FindAllIndex(body, -1)
	for sc := bufio.NewScanner(bytes.NewReader(lines)); sc.Scan(); {
		var a annotation
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			return nil, err
		}
		if a.N != nil {
			marked[int32(utf8.RuneCount(body[:spans[*a.N-1][0]]))] = a
		}
	}
	t := segment.Split(string(body))
	var out []confidence.Sample
	for _, f := range reader.Trace(t, m.ReportYear) {
		if f.Role != indicator.Quantity {
			continue
		}
		if !known[f.Row.IndicatorCode.Value] {
			f.Row.IndicatorCode.Value = ""
		}
		start, end := t.CodePoints(f.Span)
		for at := start; at < end; at++ {
			if a, ok := marked[at]; ok {
				if a.Note != "range" {
					out = append(out, confidence.Sample{Report: name, Name: f.Row.Name, Traits: f.Traits, Right: right(a, f)})
				}
				break
			}
		}
	}
	return out, nil
}

func right(a annotation, f indicator.Found) bool {
	if a.Role != indicator.Quantity || a.Value == nil {
		return false
	}
	r := f.Row
	codes := append([]string{""}, a.Also...)
	if a.Code != nil {
		codes[0] = *a.Code
	}
	power, unit := 1.0, a.Unit
	for _, m := range []struct {
		written string
		power   float64
	}{{"万", 1e4}, {"亿", 1e8}} { // 万亿
		if rest, ok := strings.CutPrefix(unit, m.written); ok {
			power, unit = power*m.power, rest
		}
	}
	period := fmt.Sprint(r.PeriodStart.Value)
	if r.PeriodEnd != r.PeriodStart {
		period = fmt.Sprintf("%d-%d", r.PeriodStart.Value, r.PeriodEnd.Value)
	}
	want := *a.Value * power
	return slices.Contains(codes, r.IndicatorCode.Value) &&
		math.Abs(want-r.Value) <= 1e-6*math.Max(1, math.Abs(want)) &&
		sameUnit(unit, r.Unit) && a.Measure == r.Measure && a.Basis == r.Basis && a.Bound == r.Bound &&
		(a.Period == nil || *a.Period == period)
}

// sameUnit allows for the ways of writing one unit that the annotation keeps and the tables fold.
func sameUnit(a, b string) bool {
	same := map[string]string{"平米": "平方米", "名": "人", "吨标煤": "吨标准煤", "工作日": "个工作日"}
	fold := func(u string) string {
		if s, ok := same[u]; ok {
			return s
		}
		return u
	}
	return fold(a) == fold(b)
}
