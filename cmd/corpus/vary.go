package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"xianzhi/schemas/refdata"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

// model is a real report that others are varied from.
type model struct {
	text   string
	region string // its name, "" if unknown or the nation
	year   int    // report year, 0 if unknown
}

// vary writes n reports made from real ones: each is given a region, a year and figures of its own,
// and its paragraphs another order. It keeps the length, the words and the density of figures of
// real text, which is what time, memory and size depend on; what the reports say is nonsense.
func vary(o options, texts []string) error {
	models, err := loadModels(texts)
	if err != nil {
		return err
	}
	if err := os.Mkdir(o.out, 0o755); err != nil {
		return fmt.Errorf("cannot make a new folder: %w", err)
	}
	r := rand.New(rand.NewPCG(o.seed, 0))
	places, err := choosePlaces(r, (o.reports+o.years-1)/o.years, o.years)
	if err != nil {
		return err
	}
	for i := range o.reports {
		p := places[i/o.years]
		year := p.first + i%o.years
		text := models[i%len(models)].vary(p.at(year), year, rand.New(rand.NewPCG(o.seed, uint64(i)+1)))
		dir := filepath.Join(o.out, "reports", fmt.Sprintf("%03d", i/1000))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("cannot make a folder for reports: %w", err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.txt", i)), text, 0o644); err != nil {
			return fmt.Errorf("cannot write a report: %w", err)
		}
	}
	return nil
}

// loadModels reads every article of the .txt files among the paths and in folders there.
func loadModels(paths []string) ([]model, error) {
	rules, err := normalize.New()
	if err != nil {
		return nil, fmt.Errorf("cannot load the rules: %w", err)
	}
	var models []model
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".txt" {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, a := range extract.Extract(extract.Input{Source: path, Data: data}).Articles {
				d := rules.Document(a).Document
				m := model{text: a.Text, year: int(d.ReportYear.Or(0))}
				if d.Level.Or("nation") != "nation" {
					m.region = d.RegionName.Value
				}
				models = append(models, m)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("cannot read the texts in %s: %w", root, err)
		}
	}
	if len(models) == 0 {
		return nil, errors.New("there is no report to vary: name files or folders of .txt with -texts")
	}
	return models, nil
}

// vary gives a report of another region and year as a file.
func (m model) vary(d *refdata.Division, year int, r *rand.Rand) []byte {
	name := d.Name
	if isHomonym(d, year) {
		name = parents(d) + name
	}
	text := m.text
	if m.region != "" {
		text = strings.ReplaceAll(text, m.region, d.Name)
	}
	shift := 0
	if m.year > 0 {
		shift = year - m.year
	}
	lines := strings.Split(text, "\n")
	shuffleParagraphs(lines, r)
	out := fmt.Appendf(nil, "%d年%s政府工作报告\n", year, name)
	return varyFigures(append(out, strings.Join(lines, "\n")...), len(out), shift, r)
}

// paragraphRunes is the length from which a line is taken for a paragraph, not for a heading.
const paragraphRunes = 60

// shuffleParagraphs changes the order of paragraphs between two headings.
func shuffleParagraphs(lines []string, r *rand.Rand) {
	for start := 0; start < len(lines); {
		end := start
		for end < len(lines) && utf8.RuneCountInString(lines[end]) >= paragraphRunes {
			end++
		}
		r.Shuffle(end-start, func(i, j int) { lines[start+i], lines[start+j] = lines[start+j], lines[start+i] })
		start = max(end, start+1)
	}
}

// varyFigures changes the digits of a text from an offset on: years are shifted, days and ordinals
// stay, anything else becomes another figure of the same length.
func varyFigures(text []byte, from, shift int, r *rand.Rand) []byte {
	for i := from; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		end := i
		for end < len(text) && '0' <= text[end] && text[end] <= '9' {
			end++
		}
		figure, next := text[i:end], text[end:]
		switch year, _ := strconv.Atoi(string(figure)); {
		case len(figure) == 4 && 1949 <= year && year <= 2060:
			copy(figure, strconv.Itoa(year+shift))
		case hasAnyPrefix(next, "月", "日", "届", "次", "号"):
		default:
			for n := range figure {
				if figure[n] != '0' { // keep round figures round
					figure[n] = byte('1' + r.IntN(9))
				}
			}
		}
		i = end - 1
	}
	return text
}

func hasAnyPrefix(b []byte, prefixes ...string) bool {
	for _, p := range prefixes {
		if bytes.HasPrefix(b, []byte(p)) {
			return true
		}
	}
	return false
}
