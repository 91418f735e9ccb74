package rollup

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
)

// tables are the rolled-up tables of some documents.
type tables struct {
	Counties     []schemas.County
	Crosswalk    []schemas.Crosswalk
	Panel        []schemas.PanelRow
	PanelSources []schemas.PanelSource
	Conflicts    []schemas.Conflict
	Coverage     []schemas.Coverage
}

// build goes through the regions as a run does.
func build(t *testing.T, docs []schemas.Document, inds []schemas.Indicator, baseYear int) tables {
	t.Helper()
	var all []*schemas.Document
	panel, coverage := map[string][]Report{}, map[string][]Stated{} // by region code
	for i := range docs {
		d := &docs[i]
		all = append(all, d)
		own := slices.DeleteFunc(slices.Clone(inds), func(x schemas.Indicator) bool { return x.DocID != d.DocID })
		coverage[d.RegionCode.Value] = append(coverage[d.RegionCode.Value], Stated{d, HeadlinesOf(own)})
		r := Report{d, Statements(d, own)}
		for _, code := range Codes(d, Years(r.Statements)) {
			panel[code] = append(panel[code], r)
		}
	}
	counties, err := Counties(all)
	if err != nil {
		t.Fatal(err)
	}
	built := tables{Counties: counties, Crosswalk: Crosswalk(baseYear)}
	for _, code := range slices.Sorted(maps.Keys(panel)) {
		p, err := NewPanel(code, panel[code], baseYear)
		if err != nil {
			t.Fatal(err)
		}
		built.Panel = append(built.Panel, p.Rows...)
		built.PanelSources = append(built.PanelSources, p.Sources...)
		built.Conflicts = append(built.Conflicts, p.Conflicts...)
	}
	for _, code := range slices.Sorted(maps.Keys(coverage)) {
		built.Coverage = append(built.Coverage, Coverage(coverage[code])...)
	}
	return built
}

type panelCase struct {
	Name       string
	Documents  map[string]string
	Statements []struct {
		Doc, Measure, Basis, Unit, SI, Bound, Variant, Part string
		Code                                                *string
		Value                                               float64
		Year, From                                          int32
		At                                                  int32
		Confidence                                          float64
		Flags                                               []string
	}
	Panel, Conflicts []string
}

func optional[T comparable](v T) schemas.Optional[T] {
	var zero T
	return schemas.Optional[T]{Value: v, Valid: v != zero}
}

func document(t *testing.T, id, spec string) schemas.Document {
	t.Helper()
	d := schemas.Document{DocID: id, DocType: "work_report", Vintage: 1,
		Sections: []schemas.Section{{Kind: "review", CharEnd: 100}, {Kind: "plan", CharStart: 100, CharEnd: 1000}}}
	words := strings.Fields(spec)
	if len(words) < 2 {
		t.Fatalf("document %s: %q needs a code and a year", id, spec)
	}
	if words[0] != "-" {
		d.RegionCode = schemas.Some(words[0])
	}
	if y, err := strconv.Atoi(words[1]); err == nil {
		d.ReportYear = schemas.Some(int32(y))
	}
	switch rest := words[2:]; len(rest) {
	case 1:
		d.DocType = rest[0]
	case 2:
		n, err := strconv.Atoi(rest[1])
		if err != nil || rest[0] != "vintage" {
			t.Fatalf("document %s: %q", id, spec)
		}
		d.Vintage = int32(n)
	}
	return d
}

func (c panelCase) rows(t *testing.T) (docs []schemas.Document, inds []schemas.Indicator) {
	t.Helper()
	for id, spec := range c.Documents {
		docs = append(docs, document(t, id, spec))
	}
	or := func(s, other string) string {
		if s == "" {
			return other
		}
		return s
	}
	for n, s := range c.Statements {
		i := schemas.Indicator{
			IndicatorID: strconv.Itoa(n + 1), DocID: or(s.Doc, "a"), IndicatorCode: schemas.Some("gdp"), Variant: optional(s.Variant),
			Measure: or(s.Measure, "growth"), Basis: or(s.Basis, "actual"), Bound: or(s.Bound, "eq"), Unit: or(s.Unit, "%"), Value: s.Value,
			PeriodPart: optional(s.Part), CharStart: s.At, Confidence: s.Confidence, Flags: s.Flags,
		}
		if s.Code != nil {
			i.IndicatorCode = optional(*s.Code)
		}
		if value, unit, ok := strings.Cut(s.SI, " "); ok {
			v, err := strconv.ParseFloat(value, 64)
			if err != nil {
				t.Fatal(err)
			}
			i.ValueSI, i.UnitSI = schemas.Some(v), schemas.Some(unit)
		}
		if s.Year == 0 {
			s.Year = 2020
		}
		i.PeriodEnd, i.PeriodStart = schemas.Some(s.Year), schemas.Some(s.Year)
		if s.From != 0 {
			i.PeriodStart = schemas.Some(s.From)
		}
		if s.At == 0 {
			i.CharStart = int32(10 * n)
		}
		if s.Confidence == 0 {
			i.Confidence = 0.9
		}
		inds = append(inds, i)
	}
	return docs, inds
}

func TestPanel(t *testing.T) {
	file, err := os.ReadFile("testdata/cases/panel.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var cases []panelCase
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	if err := decoder.Decode(&cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) == 0 {
		t.Fatal("testdata/cases/panel.yaml has no cases")
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			docs, inds := c.rows(t)
			tables := build(t, docs, inds, 2020)
			compare(t, "panel", filled(tables), c.Panel)
			var conflicts []string
			for _, x := range tables.Conflicts {
				conflicts = append(conflicts, fmt.Sprintf("%s %d %s: %s kept, %s not", x.RegionCode, x.Year, x.Column, x.IndicatorIDKept, x.IndicatorIDOther))
			}
			compare(t, "conflicts", conflicts, c.Conflicts)
		})
	}
}

// filled lists the cells of the panel, each with its one source.
func filled(t tables) []string {
	var all []string
	for _, row := range t.Panel {
		for _, c := range schemas.PanelCells() {
			v := row.Cell(c.Name)
			if !v.Valid {
				continue
			}
			s := fmt.Sprintf("%s %d %s: %s from", row.RegionCode, row.Year, c.Name, strconv.FormatFloat(v.Value, 'f', -1, 64))
			for _, p := range t.PanelSources {
				if p.RegionCode == row.RegionCode && p.Year == row.Year && p.Column == c.Name {
					s += " " + p.IndicatorID
				}
			}
			all = append(all, s)
		}
	}
	slices.Sort(all)
	return all
}

func compare(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\ngot  %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestPanelKeys(t *testing.T) {
	docs := []schemas.Document{document(t, "a", "429004 2021"), document(t, "b", "140624 2018"), document(t, "c", "330113 2022")}
	var inds []schemas.Indicator
	for n, d := range docs {
		year := schemas.Some(d.ReportYear.Value - 1)
		inds = append(inds, schemas.Indicator{IndicatorID: strconv.Itoa(n), DocID: d.DocID, IndicatorCode: schemas.Some("gdp"), Measure: "growth",
			Basis: "actual", Unit: "%", Bound: "eq", Confidence: 1, PeriodStart: year, PeriodEnd: year})
	}
	tables := build(t, docs, inds, 2020)
	var got []string
	for _, r := range tables.Panel {
		got = append(got, fmt.Sprintf("%s %s %s province %s prefecture %s 2020 %s", r.RegionCode, r.Name, r.Level, r.ProvinceCode.Or("-"), r.PrefectureCode.Or("-"), r.RegionCode2020.Or("-")))
	}
	compare(t, "panel", got, []string{
		"140624 怀仁县 county province 140000 prefecture 140600 2020 140681",
		"330113 临平区 district province 330000 prefecture 330100 2020 -", // put together of parts in 2021
		"429004 仙桃市 county_level_city province 420000 prefecture - 2020 429004",
	})
}

// The base year decides what the fixed key holds, in all tables that have it.
func TestFixedKeys(t *testing.T) {
	docs := []schemas.Document{document(t, "a", "140823 2021"), document(t, "b", "330113 2022"), document(t, "c", "- 2020")}
	var inds []schemas.Indicator
	for _, d := range docs {
		inds = append(inds, schemas.Indicator{IndicatorID: d.DocID, DocID: d.DocID, IndicatorCode: schemas.Some("gdp"), Measure: "growth", Basis: "actual",
			Unit: "%", Bound: "eq", Confidence: 1, PeriodStart: d.ReportYear, PeriodEnd: d.ReportYear})
	}
	for baseYear, want := range map[int][]string{1990: {"142729", "-", "-"}, 2020: {"140823", "-", "-"}, 2024: {"140823", "330113", "-"}} {
		tables := build(t, docs, inds, baseYear)
		var ofDocuments, ofPanel []string
		for i := range docs {
			ofDocuments = append(ofDocuments, CodeIn(&docs[i], baseYear).Or("-"))
		}
		for _, row := range tables.Panel {
			ofPanel = append(ofPanel, row.RegionCode2020.Or("-"))
		}
		compare(t, "documents", ofDocuments, want)
		compare(t, "panel", ofPanel, want[:2])
	}
}

func TestCounties(t *testing.T) {
	docs := []schemas.Document{
		document(t, "a", "140624 2017"), document(t, "b", "140624 2018"), document(t, "c", "140681 2019"),
		document(t, "d", "141124 - news"), document(t, "e", "- 2020"),
	}
	tables := build(t, docs, nil, 2020)
	if want := len(refdata.Divisions().All()); len(tables.Counties) != want || len(tables.Crosswalk) != want {
		t.Fatalf("%d counties, %d crosswalk rows, want %d", len(tables.Counties), len(tables.Crosswalk), want)
	}
	var got []string
	documents := int32(0)
	for _, c := range tables.Counties {
		documents += c.Documents
		if c.RegionCode == "140624" || c.RegionCode == "140681" || c.RegionCode == "141124" || c.Level == "nation" {
			got = append(got, fmt.Sprintf("%s %s %d-%d %s %s from %v to %v: %d, %d-%d", c.RegionCode, c.Name, c.ValidFrom.Value, c.ValidTo.Value,
				c.Prefecture.Or("-"), c.Province.Or("-"), c.PredecessorCodes, c.SuccessorCodes, c.Documents, c.FirstReportYear.Value, c.LastReportYear.Value))
		}
	}
	compare(t, "counties", got, []string{
		"100000 中华人民共和国 0-0 - - from [] to []: 0, 0-0",
		"140624 怀仁县 1993-2018 朔州市 山西省 from [142133] to [140681]: 2, 2017-2018",
		"140681 怀仁市 2018-0 朔州市 山西省 from [140624] to []: 1, 2019-2019",
		"141124 临县 2003-0 吕梁市 山西省 from [142326] to []: 1, 0-0",
	})
	for _, c := range tables.Counties {
		if c.RegionCode == "220181" { // 九台市 lost a part in 2005 and became a district in 2014
			compare(t, "successors", c.Successors, []string{"220105[2005]", "220113[2014]"})
		}
	}
	if documents != 4 {
		t.Errorf("%d documents counted, want 4", documents)
	}
	for _, c := range tables.Crosswalk {
		if c.RegionCode == "140624" && (c.BaseYear != 2020 || c.RegionCodeBase.Or("-") != "140681") {
			t.Errorf("140624 leads to %s in %d, want 140681 in 2020", c.RegionCodeBase.Or("-"), c.BaseYear)
		}
	}
}

func TestCoverage(t *testing.T) {
	docs := []schemas.Document{document(t, "a", "140823 2018"), document(t, "b", "140823 2020"), document(t, "c", "140824 2020 news")}
	inds := []schemas.Indicator{
		{IndicatorID: "1", DocID: "a", IndicatorCode: schemas.Some("gdp")},
		{IndicatorID: "2", DocID: "b", IndicatorCode: schemas.Some("fai")},
		{IndicatorID: "3", DocID: "c", IndicatorCode: schemas.Some("gdp")},
	}
	tables := build(t, docs, inds, 2020)
	if want := 3 * len(headline); len(tables.Coverage) != want {
		t.Errorf("%d rows, want %d", len(tables.Coverage), want)
	}
	var got []string
	for _, c := range tables.Coverage {
		if c.IndicatorCode == "gdp" || c.IndicatorCode == "fai" {
			got = append(got, fmt.Sprintf("%s %d %s %s", c.RegionCode, c.Year, c.IndicatorCode, c.Status))
		}
	}
	compare(t, "coverage", got, []string{
		"140823 2018 fai not_stated", "140823 2018 gdp stated", "140823 2019 fai no_report", "140823 2019 gdp no_report",
		"140823 2020 fai stated", "140823 2020 gdp not_stated",
	})
}

func TestUnknownRegion(t *testing.T) {
	d := document(t, "a", "999999 2020")
	if _, err := Counties([]*schemas.Document{&d}); err == nil || !strings.Contains(err.Error(), "999999") {
		t.Errorf("an unknown region code: %v", err)
	}
}

func TestConversionsCoverTheCatalogue(t *testing.T) {
	for _, code := range refdata.Catalogue() {
		if _, ok := conversions[code.Unit]; !ok {
			t.Errorf("%s is in %q, which has no conversion", code.Code, code.Unit)
		}
	}
}

func TestHeadlineIsInTheCatalogue(t *testing.T) {
	for _, code := range headline {
		if c, ok := refdata.Lookup(code); !ok || !c.Panel {
			t.Errorf("%s is no panel code of the catalogue", code)
		}
	}
}

func TestCellValue(t *testing.T) {
	area := schemas.Indicator{Measure: "level", Unit: "亩", ValueSI: schemas.Some(30000 * 10000.0 / 15), UnitSI: schemas.Some("m2")}
	if v, ok := cellValue(&area, refdata.Indicator{Unit: "ha"}); !ok || v != 2000 {
		t.Errorf("30000亩 is %v ha (%v), want 2000", v, ok)
	}
	power := schemas.Indicator{Measure: "level", Unit: "千瓦", ValueSI: schemas.Some(5e8), UnitSI: schemas.Some("W")}
	if v, ok := cellValue(&power, refdata.Indicator{Unit: "kW"}); !ok || v != 5e5 {
		t.Errorf("50万千瓦 is %v kW (%v), want 500000", v, ok)
	}
	if _, ok := cellValue(&power, refdata.Indicator{Unit: "kWh"}); ok {
		t.Error("a power is taken for an energy")
	}
}
