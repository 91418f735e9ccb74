package write

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"xianzhi/schemas"
)

// rowsOf makes rows of every table: text in several scripts, empty and long, nulls, empty lists.
type rowsOf struct{ r *rand.Rand }

func newRows() rowsOf { return rowsOf{rand.New(rand.NewPCG(7, 11))} }

func (g rowsOf) text() string {
	words := []string{"闻喜县", "一般公共预算收入", "𠮷", "a\n\tb", "", "增长6.5%", "\U0010ffff", "’", "x"}
	return words[g.r.IntN(len(words))] + strings.Repeat("项", g.r.IntN(3))
}

func (g rowsOf) long() string { return strings.Repeat(g.text()+"。", g.r.IntN(400)) }

func (g rowsOf) integer() int32 { return int32(g.r.Uint32()) }

func (g rowsOf) number() float64 {
	return []float64{0, -2.8, 15150000000, 1e-300, 33679, -1e300}[g.r.IntN(6)]
}

func maybe[T any](g rowsOf, f func() T) schemas.Optional[T] {
	if g.r.IntN(2) == 0 {
		return schemas.Optional[T]{}
	}
	return schemas.Some(f())
}

func (g rowsOf) date() schemas.Date { return schemas.Date{Days: int32(g.r.IntN(40000) - 10000)} }

func (g rowsOf) list() []string {
	var l []string
	for range g.r.IntN(4) {
		l = append(l, g.text())
	}
	return l
}

func (g rowsOf) documents(n int) []schemas.Document {
	rows := make([]schemas.Document, n)
	for i := range rows {
		rows[i] = schemas.Document{
			DocID: fmt.Sprintf("%016x", i), Source: g.text(), Title: maybe(g, g.text), DocType: g.text(),
			RegionCode: maybe(g, g.text), RegionName: maybe(g, g.text), Level: maybe(g, g.text),
			ReportYear: maybe(g, g.integer), ReviewYear: maybe(g, g.integer), Meeting: maybe(g, g.text),
			DeliveredOn: maybe(g, g.date), Speaker: maybe(g, g.text), SpeakerTitle: maybe(g, g.text),
			PublishedOn: maybe(g, g.date), Vintage: g.integer(), IsLatest: g.r.IntN(2) == 0,
			Text: g.long(), NChars: g.integer(), SHA256: g.text(), RegionCandidates: g.list(),
		}
		for range g.r.IntN(3) {
			rows[i].Sections = append(rows[i].Sections, schemas.Section{Title: g.text(), Kind: g.text(), CharStart: g.integer(), CharEnd: g.integer()})
		}
	}
	return rows
}

func (g rowsOf) indicators(n int) []schemas.Indicator {
	rows := make([]schemas.Indicator, n)
	for i := range rows {
		rows[i] = schemas.Indicator{
			IndicatorID: fmt.Sprint("i", i), DocID: fmt.Sprint(i / 10), RegionCode: maybe(g, g.text), ReportYear: maybe(g, g.integer),
			IndicatorCode: maybe(g, g.text), Variant: maybe(g, g.text), Name: g.text(), Measure: g.text(), Basis: g.text(),
			Estimated: g.r.IntN(2) == 0, PeriodStart: maybe(g, g.integer), PeriodEnd: maybe(g, g.integer), PeriodPart: maybe(g, g.text),
			BaseYear: maybe(g, g.integer), PriceBasis: maybe(g, g.text), Value: g.number(), ValueMin: maybe(g, g.number),
			ValueMax: maybe(g, g.number), Bound: g.text(), Unit: g.text(), ValueSI: maybe(g, g.number), UnitSI: maybe(g, g.text),
			Commitment: maybe(g, g.text), ValueText: g.text(), UnitText: g.text(), Section: g.text(), Evidence: g.long(),
			CharStart: g.integer(), CharEnd: g.integer(), Confidence: g.number(), Flags: g.list(),
			RegionCode2020: maybe(g, g.text),
		}
	}
	return rows
}

func (g rowsOf) counties(n int) []schemas.County {
	rows := make([]schemas.County, n)
	for i := range rows {
		rows[i] = schemas.County{
			RegionCode: fmt.Sprintf("%06d", i), Name: g.text(), ShortName: g.text(), Level: g.text(),
			PrefectureCode: maybe(g, g.text), Prefecture: maybe(g, g.text), ProvinceCode: maybe(g, g.text), Province: maybe(g, g.text),
			ValidFrom: maybe(g, g.integer), ValidTo: maybe(g, g.integer), PredecessorCodes: g.list(), SuccessorCodes: g.list(), Predecessors: g.list(), Successors: g.list(),
			Documents: g.integer(), FirstReportYear: maybe(g, g.integer), LastReportYear: maybe(g, g.integer),
		}
	}
	return rows
}

func (g rowsOf) projects(n int) []schemas.Project {
	rows := make([]schemas.Project, n)
	for i := range rows {
		rows[i] = schemas.Project{
			ProjectID: fmt.Sprint("p", i), DocID: g.text(), RegionCode: maybe(g, g.text), ReportYear: maybe(g, g.integer),
			Name: g.text(), Status: g.text(), PeriodStart: g.integer(), PeriodEnd: g.integer(), Investment: maybe(g, g.number),
			Count: maybe(g, g.integer), Capacity: maybe(g, g.text), Owner: maybe(g, g.text), Sector: g.text(), Section: g.text(),
			Evidence: g.text(), CharStart: g.integer(), CharEnd: g.integer(), Confidence: g.number(),
			RegionCode2020: maybe(g, g.text), SameAs: maybe(g, g.text), Continues: maybe(g, g.text), ContinuesScore: maybe(g, g.number),
		}
	}
	return rows
}

func (g rowsOf) panel(t *testing.T, n int) []schemas.PanelRow {
	rows := make([]schemas.PanelRow, n)
	for i := range rows {
		rows[i] = schemas.PanelRow{RegionCode: fmt.Sprintf("%06d", i), Name: g.text(), Level: g.text(), ProvinceCode: maybe(g, g.text),
			PrefectureCode: maybe(g, g.text), RegionCode2020: maybe(g, g.text), Year: g.integer()}
		for _, c := range schemas.PanelCells() {
			if g.r.IntN(5) == 0 {
				if err := rows[i].SetCell(c.Name, g.number()); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return rows
}
