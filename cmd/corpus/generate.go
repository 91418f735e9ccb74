package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"xianzhi/schemas/refdata"
)

type options struct {
	out                   string
	reports, years, chars int
	seed                  uint64
}

// generator writes the corpus region by region, so that its size does not matter.
type generator struct {
	options
	*sentences
	documents, panel *csv.Writer
}

func generate(o options) (err error) {
	switch {
	case o.years < 1 || o.years > lastYear-firstYear:
		return fmt.Errorf("%d years are too few or too many: give -years 1 to %d", o.years, lastYear-firstYear)
	case o.reports < o.years:
		return fmt.Errorf("%d reports do not make a region of %d years: give a larger -n", o.reports, o.years)
	}
	g := generator{options: o}
	if g.sentences, err = loadSentences(); err != nil {
		return err
	}
	places, err := choosePlaces(rand.New(rand.NewPCG(o.seed, 0)), o.reports/o.years, o.years)
	if err != nil {
		return err
	}
	if err := os.Mkdir(o.out, 0o755); err != nil {
		return fmt.Errorf("cannot make a new folder: %w", err)
	}
	for name, table := range map[string]struct {
		writer **csv.Writer
		header string
	}{
		"documents.csv": {&g.documents, "source,region_code,report_year,vintage,is_latest,copy_of"},
		"panel.csv":     {&g.panel, "region_code,year,column,value,before,source"},
	} {
		file, createErr := os.Create(filepath.Join(o.out, name))
		if createErr != nil {
			return createErr
		}
		w := csv.NewWriter(file)
		*table.writer = w
		defer func() {
			w.Flush()
			for _, e := range []error{w.Error(), file.Close()} {
				if err == nil && e != nil {
					err = fmt.Errorf("cannot write %s: %w", name, e)
				}
			}
		}()
		_ = w.Write(strings.Split(table.header, ",")) // Error above has it
	}
	for i, p := range places {
		if err := g.place(i, p, rand.New(rand.NewPCG(o.seed, uint64(i)+1))); err != nil {
			return err
		}
	}
	return nil
}

// A cell is a cell of the panel, what it was before a revision ("" if the same), and the file that
// states it.
type cell struct {
	value          float64
	before, source string
}

func format(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// place writes the reports of a region and the cells of its panel.
func (g *generator) place(number int, p place, r *rand.Rand) error {
	cells := map[int]map[string]cell{} // by year
	for year := p.first - 1; year < p.first+g.years; year++ {
		cells[year] = map[string]cell{}
	}
	for year := p.first; year < p.first+g.years; year++ {
		d := p.at(year)
		if before := p.at(year - 1); before != d && !isHomonym(before, year) && r.IntN(2) == 0 {
			d = before // a report at the start of the year still has the old name
		}
		if err := g.report(fmt.Sprintf("reports/%05d/%d", number, year), d, year, r, cells); err != nil {
			return err
		}
	}
	for year := p.first - 1; year < p.first+g.years; year++ {
		row := cells[year]
		grown, ok := row["gdp_g"]
		if target, aimed := row["gdp_tg"]; ok && aimed {
			gap, _ := strconv.ParseFloat(strconv.FormatFloat(grown.value-target.value, 'f', 1, 64), 64)
			row["gdp_gap"] = cell{gap, "", grown.source}
		}
		for _, column := range slices.Sorted(maps.Keys(row)) {
			c := row[column]
			_ = g.panel.Write([]string{p.at(year).Code, strconv.Itoa(year), column, format(c.value), c.before, c.source})
		}
	}
	return nil
}

// report writes the files of a region's report of a year and adds its figures to the cells.
func (g *generator) report(stem string, d *refdata.Division, year int, r *rand.Rand, cells map[int]map[string]cell) error {
	out := g.draw(r, g.chars)
	figures := g.figuresOf(out, r)
	h := newHeading(d, year, r)
	names := r.Perm(3) // so that sources are in no order of time
	first, second := fmt.Sprintf("%s-%d.txt", stem, names[0]), fmt.Sprintf("%s-%d.txt", stem, names[1])
	add := func(source, vintage, latest, copyOf, text string) error {
		_ = g.documents.Write([]string{source, d.Code, strconv.Itoa(year), vintage, latest, copyOf})
		path := filepath.Join(g.out, filepath.FromSlash(source))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, []byte(text), 0o644)
	}
	text := h.text(out, figures)
	source := first // of the figures that stand
	kind := r.IntN(10)
	if kind == 0 {
		source = second
	}
	for _, f := range figures {
		cells[f.year(year)][f.column] = cell{g.value(f), "", source}
	}
	switch kind {
	case 0:
		h.publishLater(r)
		for _, i := range r.Perm(len(figures))[:1+r.IntN(3)] {
			f := &figures[i]
			before := format(g.value(*f))
			f.written = g.revised(f, r)
			cells[f.year(year)][f.column] = cell{g.value(*f), before, source}
		}
		return errors.Join(add(first, "1", "false", "", text), add(second, "2", "true", "", h.text(out, figures)))
	case 1:
		h.publishLater(r)
		again := strings.NewReplacer("；", " ；\n", "增长", " 增长", "努力奋斗", "奋勇前进").Replace(h.text(out, figures))
		return errors.Join(add(first, "1", "true", "", text), add(second, "", "", first, again))
	}
	return add(first, "1", "true", "", text)
}

// revised is another number for a figure.
func (g *generator) revised(f *figure, r *rand.Rand) string {
	for {
		if other := g.columns[f.column].number(r); other != f.written {
			return other
		}
	}
}

// heading is how a report presents itself.
type heading struct {
	division             *refdata.Division
	name                 string // with its parents where they are needed
	year                 int
	title                string
	delivered, published time.Time
	meeting, speaker     string
	parts                [3]string
}

const (
	surnames   = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜"
	givenNames = "建国明志强文军海平永刚春林晓东德才学勤立新玉华红伟"
)

func newHeading(d *refdata.Division, year int, r *rand.Rand) *heading {
	pick := func(all ...string) string { return all[r.IntN(len(all))] }
	letter := func(s string) string { all := []rune(s); return string(all[r.IntN(len(all))]) }
	h := &heading{division: d, name: d.Name, year: year}
	if isHomonym(d, year) || r.IntN(3) == 0 {
		h.name = parents(d) + d.Name
	}
	h.delivered = time.Date(year, time.January, 3+r.IntN(100), 0, 0, 0, 0, time.UTC)
	h.published = h.delivered.AddDate(0, 0, r.IntN(40))
	h.meeting = h.name + "第十" + pick("三", "四", "五", "六", "七") + "届人民代表大会第" + pick("一", "二", "三", "四", "五") + "次会议"
	h.speaker = letter(surnames) + letter(givenNames) + letter(givenNames)
	h.title = pick(
		fmt.Sprintf("%d年%s政府工作报告", year, h.name),
		fmt.Sprintf("%s%d年政府工作报告", h.name, year),
		fmt.Sprintf("%s人民政府工作报告（%d年）", h.name, year),
		"政府工作报告")
	h.parts = [3]string{
		pick(fmt.Sprintf("一、%d年工作回顾", year-1), "一、过去一年工作回顾", fmt.Sprintf("一、%d年政府工作回顾", year-1)),
		pick(fmt.Sprintf("二、%d年工作安排", year), fmt.Sprintf("二、%d年重点工作", year), "二、今年工作安排"),
		pick("三、加强政府自身建设", "三、切实加强政府自身建设"),
	}
	return h
}

func (h *heading) publishLater(r *rand.Rand) { h.published = h.published.AddDate(0, 0, 1+r.IntN(200)) }

// text is the report as a file.
func (h *heading) text(o outline, figures []figure) string {
	word := levelWord(h.division)
	next := 0
	fill := func(sentences []string) []string {
		filled := make([]string, len(sentences))
		for i, s := range sentences {
			filled[i] = figureSlot.ReplaceAllStringFunc(s, func(string) string {
				next++
				return figures[next-1].written
			})
		}
		return filled
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n发布时间：%s\n", h.title, h.published.Format(time.DateOnly))
	fmt.Fprintf(&b, "——%d年%d月%d日在%s上\n%s %s\n各位代表：\n", h.year, h.delivered.Month(), h.delivered.Day(), h.meeting, title(h.division), h.speaker)
	fmt.Fprintf(&b, "现在，我代表%s人民政府，向大会报告政府工作，请予审议。\n%s\n", h.name, h.parts[0])
	fmt.Fprintf(&b, "过去的一年，全%s上下团结奋斗，较好完成了各项任务。%s。\n", word, strings.Join(fill(o.results), "；"))
	writeParagraphs(&b, o.review)
	fmt.Fprintf(&b, "%s\n今年全%s经济社会发展的主要预期目标是：%s。\n", h.parts[1], word, strings.Join(fill(o.targets), "，"))
	writeParagraphs(&b, o.plan)
	fmt.Fprintf(&b, "%s\n", h.parts[2])
	writeParagraphs(&b, o.closing)
	b.WriteString("各位代表！让我们携手同心，为实现今年的目标任务而努力奋斗！\n")
	return strings.NewReplacer("全{全}", "全"+word, "{去年}", fmt.Sprintf("%d年", h.year-1)).Replace(b.String())
}

func writeParagraphs(b *strings.Builder, sentences []string) {
	for paragraph := range slices.Chunk(sentences, 4) {
		b.WriteString(strings.Join(paragraph, "；") + "。\n")
	}
}
