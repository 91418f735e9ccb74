package main

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	//go:embed data/figures.csv
	figuresCSV []byte
	//go:embed data/filler.csv
	fillerCSV []byte
	//go:embed data/columns.csv
	columnsCSV []byte
)

// sentences are the templates of data/, by part of the report.
type sentences struct {
	figures map[string][][]string // review, plan: for each statement its templates
	filler  map[string][]string   // review, plan, closing
	columns map[string]column
}

// column is how a cell of the panel is drawn and written.
type column struct {
	low, high float64
	decimals  int
	scale     float64 // from the number as written to the cell's unit
}

func loadSentences() (*sentences, error) {
	s := &sentences{figures: map[string][][]string{}, filler: map[string][]string{}, columns: map[string]column{}}
	rows, err := readRows("figures.csv", figuresCSV)
	if err != nil {
		return nil, err
	}
	statement := ""
	for _, r := range rows {
		part := r[0]
		if r[0]+r[1] != statement {
			s.figures[part] = append(s.figures[part], nil)
			statement = r[0] + r[1]
		}
		last := len(s.figures[part]) - 1
		s.figures[part][last] = append(s.figures[part][last], r[2])
	}
	if rows, err = readRows("filler.csv", fillerCSV); err != nil {
		return nil, err
	}
	for _, r := range rows {
		s.filler[r[0]] = append(s.filler[r[0]], r[1])
	}
	if rows, err = readRows("columns.csv", columnsCSV); err != nil {
		return nil, err
	}
	for _, r := range rows {
		var c column
		if _, err := fmt.Sscan(strings.Join(r[1:], " "), &c.low, &c.high, &c.decimals, &c.scale); err != nil {
			return nil, fmt.Errorf("data/columns.csv: column %s: %w", r[0], err)
		}
		s.columns[r[0]] = c
	}
	return s, nil
}

func readRows(name string, file []byte) ([][]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, fmt.Errorf("data/%s must be a CSV file with rows: %w", name, err)
	}
	return rows[1:], nil
}

var (
	figureSlot = regexp.MustCompile(`\{(-?)([a-z_]+)\}`)
	countSlot  = regexp.MustCompile(`\{(\d+)-(\d+)\}`)
)

// number draws a number as it is written.
func (c column) number(r *rand.Rand) string {
	return strconv.FormatFloat(c.low+r.Float64()*(c.high-c.low), 'f', c.decimals, 64)
}

// figure is a number that a report states.
type figure struct {
	column  string
	written string
	sign    float64
}

// year is the year that a report's figure speaks of.
func (f figure) year(report int) int {
	if strings.HasSuffix(f.column, "_t") || strings.HasSuffix(f.column, "_tg") {
		return report
	}
	return report - 1
}

// value is the figure as it stands in the panel.
func (s *sentences) value(f figure) float64 {
	v, _ := strconv.ParseFloat(f.written, 64) // number wrote it
	v, _ = strconv.ParseFloat(strconv.FormatFloat(f.sign*v*s.columns[f.column].scale, 'g', 14, 64), 64)
	return v
}

// outline is a report before its figures are filled in: its sentences keep their order in
// revised texts.
type outline struct {
	results, targets      []string // statements with slots for figures
	review, plan, closing []string // sentences without
}

// draw chooses the sentences of a report.
func (s *sentences) draw(r *rand.Rand, chars int) outline {
	return outline{
		results: s.statements(r, "review"),
		targets: s.statements(r, "plan"),
		review:  s.fill(r, "review", chars/2),
		plan:    s.fill(r, "plan", chars/3),
		closing: s.fill(r, "closing", chars/12),
	}
}

// statements draws a template for each statement of a part, in any order; some are left out.
func (s *sentences) statements(r *rand.Rand, part string) []string {
	var all []string
	for _, i := range r.Perm(len(s.figures[part])) {
		if templates := s.figures[part][i]; r.IntN(8) > 0 {
			all = append(all, templates[r.IntN(len(templates))])
		}
	}
	return all
}

// fill draws sentences of a part for about so many characters.
func (s *sentences) fill(r *rand.Rand, part string, chars int) []string {
	var all []string
	for order := []int(nil); chars > 0; order = order[1:] {
		if len(order) == 0 {
			order = r.Perm(len(s.filler[part]))
		}
		sentence := countSlot.ReplaceAllStringFunc(s.filler[part][order[0]], func(slot string) string {
			bounds := countSlot.FindStringSubmatch(slot) // digits both
			low, _ := strconv.Atoi(bounds[1])
			high, _ := strconv.Atoi(bounds[2])
			return strconv.Itoa(low + r.IntN(high-low+1))
		})
		all = append(all, sentence)
		chars -= len(sentence) / len("字")
	}
	return all
}

// figuresOf draws the figures of an outline.
func (s *sentences) figuresOf(o outline, r *rand.Rand) []figure {
	var all []figure
	for _, sentence := range slices.Concat(o.results, o.targets) {
		for _, m := range figureSlot.FindAllStringSubmatch(sentence, -1) {
			f := figure{column: m[2], written: s.columns[m[2]].number(r), sign: 1}
			if m[1] != "" {
				f.sign = -1
			}
			all = append(all, f)
		}
	}
	return all
}
