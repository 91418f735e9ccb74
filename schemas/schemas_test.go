package schemas

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"xianzhi/schemas/refdata"
)

var update = flag.Bool("update", false, "rewrite testdata/columns.txt")

// TestColumnsArePinned fails when a column is added, dropped, renamed or retyped, so that no
// such change goes unseen; SchemaVersion changes with it where a reader could break.
func TestColumnsArePinned(t *testing.T) {
	var b strings.Builder
	for _, table := range Dictionary() {
		for _, c := range table.Columns {
			b.WriteString(strings.TrimRight(table.Name+"\t"+c.Name+"\t"+string(c.Type)+"\t"+nullability(c), "\t") + "\n")
		}
	}
	const golden = "testdata/columns.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the columns differ from %s; if that is meant, run go test ./schemas -update and look at SchemaVersion. Got:\n%s", golden, b.String())
	}
}

func TestEveryColumnIsDescribedOnce(t *testing.T) {
	for _, table := range Dictionary() {
		seen := map[string]bool{}
		for _, c := range table.Columns {
			if c.Doc == "" || table.Doc == "" || seen[c.Name] {
				t.Errorf("%s.%s has no description or occurs twice", table.Name, c.Name)
			}
			seen[c.Name] = true
		}
	}
}

func TestPanelFollowsTheCatalogue(t *testing.T) {
	marked := 0
	for _, i := range refdata.Catalogue() {
		if i.Panel {
			marked++
		}
	}
	if marked == 0 || len(PanelCells()) != 5*marked+1 {
		t.Errorf("%d codes are marked panel, but the panel has %d cells", marked, len(PanelCells()))
	}
	const stataLimit = 32
	for _, c := range PanelTable.Columns {
		if len(c.Name) > stataLimit {
			t.Errorf("panel column %s is longer than the %d characters of Stata", c.Name, stataLimit)
		}
	}
	var r PanelRow
	if r.Cell("gdp_g").Valid {
		t.Error("a fresh row has a filled cell")
	}
	if err := r.SetCell("gdp_g", 6.5); err != nil {
		t.Fatal(err)
	}
	if err := r.SetCell("coal_output", 1); err == nil {
		t.Error("a column that the panel does not have was accepted")
	}
	for _, c := range PanelTable.Columns[7:] {
		want := any(nil)
		if c.Name == "gdp_g" {
			want = 6.5
		}
		if got := c.Value(&r); got != want {
			t.Errorf("column %s is %v, want %v", c.Name, got, want)
		}
	}
}

// Each case lists rows in their order.
func TestSortOrders(t *testing.T) {
	none := Optional[string]{}
	code := Some[string]
	year := Some[int32]
	ordered(t, DocumentTable, []Document{{DocID: "0a"}, {DocID: "0b", Source: "a"}})
	ordered(t, CountyTable, []County{
		{RegionCode: "140000", ValidFrom: year(1990)},
		{RegionCode: "140823", ValidFrom: year(1981)},
		{RegionCode: "140823", ValidFrom: year(2000)},
		{RegionCode: "140823"},
	})
	ordered(t, IndicatorTable, []Indicator{
		{RegionCode: code("110000"), ReportYear: year(2024), DocID: "z"},
		{RegionCode: code("140823"), ReportYear: year(2020), DocID: "z"},
		{RegionCode: code("140823"), ReportYear: year(2021), DocID: "a", CharStart: 9},
		{RegionCode: code("140823"), ReportYear: year(2021), DocID: "b", CharStart: 3, IndicatorCode: code("gdp"), Name: "z"},
		{RegionCode: code("140823"), ReportYear: year(2021), DocID: "b", CharStart: 3, IndicatorCode: none, Name: "a"},
		{RegionCode: code("140823"), ReportYear: year(2021), DocID: "b", CharStart: 3, IndicatorCode: none, Name: "b", IndicatorID: "1"},
		{RegionCode: code("140823"), ReportYear: year(2021), DocID: "b", CharStart: 3, IndicatorCode: none, Name: "b", IndicatorID: "2"},
		{RegionCode: none, ReportYear: year(1999), DocID: "a"},
	})
	ordered(t, ProjectTable, []Project{
		{RegionCode: code("110000"), CharStart: 7, Name: "b"},
		{RegionCode: code("110000"), CharStart: 8, Name: "a"},
		{RegionCode: code("110000"), CharStart: 8, Name: "b"},
		{RegionCode: none},
	})
	ordered(t, QuarantineTable, []Quarantine{
		{Source: "a", Stage: "write"}, {Source: "b", Stage: "extract", Reason: "z"}, {Source: "b", Stage: "segment", Reason: "a"},
	})
	ordered(t, PanelTable, []PanelRow{{RegionCode: "1", Year: 2021}, {RegionCode: "2", Year: 2020}, {RegionCode: "2", Year: 2021}})
	ordered(t, PanelSourceTable, []PanelSource{{RegionCode: "1", Column: "z"}, {RegionCode: "2", Column: "a"}, {RegionCode: "2", Column: "b"}})
	ordered(t, ConflictTable, []Conflict{{RegionCode: "1", Column: "z"}, {RegionCode: "2", IndicatorIDOther: "a"}, {RegionCode: "2", IndicatorIDOther: "b"}})
	ordered(t, CoverageTable, []Coverage{{RegionCode: "1", Year: 2}, {RegionCode: "2", Year: 1, IndicatorCode: "a"}, {RegionCode: "2", Year: 1, IndicatorCode: "b"}})
	ordered(t, CrosswalkTable, []Crosswalk{{RegionCode: "1"}, {RegionCode: "2", ValidFrom: year(1981)}, {RegionCode: "2"}})
}

func ordered[R any](t *testing.T, table Table[R], want []R) {
	t.Helper()
	for i := range want {
		for j := range want {
			got := table.Compare(&want[i], &want[j])
			if (i < j && got >= 0) || (i == j && got != 0) || (i > j && got <= 0) {
				t.Errorf("%s: rows %d and %d compare as %d", table.Name, i, j, got)
			}
		}
	}
	shuffled := slices.Clone(want)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	slices.SortFunc(shuffled, func(a, b R) int { return table.Compare(&a, &b) })
	for i := range want {
		if table.Compare(&shuffled[i], &want[i]) != 0 {
			t.Errorf("%s: row %d is not in its place after sorting", table.Name, i)
		}
	}
}

func TestMarshalRow(t *testing.T) {
	date, err := ParseDate("2021-04-13")
	if err != nil {
		t.Fatal(err)
	}
	got, err := MarshalRow(DocumentTable, &Document{DocID: "0a", Title: Some("“A<B”\n"), DeliveredOn: Some(date), NChars: 3,
		Sections: []Section{{"开场", "opening", 0, 3}}}, Extra{"rules", []string{"r1"}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"doc_id":"0a","source":"","title":"“A<B”\n","doc_type":"","region_code":null,"region_name":null,"level":null,` +
		`"report_year":null,"review_year":null,"meeting":null,"delivered_on":"2021-04-13","speaker":null,"speaker_title":null,` +
		`"published_on":null,"vintage":0,"is_latest":false,"text":"","n_chars":3,"sha256":"",` +
		`"sections":[{"title":"开场","kind":"opening","char_start":0,"char_end":3}],"region_candidates":[],"rules":["r1"]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	got, err = MarshalRow(IndicatorTable, &Indicator{Value: 15150000000, ValueMin: Some(-2.8)})
	if err != nil || !json.Valid(got) || !strings.Contains(string(got), `"value":15150000000,"value_min":-2.8,"value_max":null`) ||
		!strings.HasSuffix(string(got), `"flags":[],"region_code_2020":null}`) {
		t.Errorf("got %s, error %v", got, err)
	}
}

func TestDictionaryForms(t *testing.T) {
	coverage, err := LookupTable("coverage")
	if err != nil {
		t.Fatal(err)
	}
	crosswalk, err := LookupTable("crosswalk")
	if err != nil {
		t.Fatal(err)
	}
	for format, want := range map[Format]string{
		FormatText:     "region_code_base  string  nullable  the code in the base year; null unless one-to-one\n",
		FormatMarkdown: "| region_code_base | string, nullable | the code in the base year; null unless one-to-one |\n",
		FormatJSON:     `"name": "region_code_base",`,
	} {
		var b strings.Builder
		if err := WriteDictionary(&b, format, coverage, crosswalk); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%s: error %v, got:\n%s", format, err, b.String())
		}
		if format == FormatJSON {
			var back []TableDoc
			if err := json.Unmarshal([]byte(b.String()), &back); err != nil || len(back) != 2 || len(back[1].Columns) != 4 {
				t.Errorf("the JSON dictionary does not read back: %v %v", back, err)
			}
		}
	}
	if err := WriteDictionary(&strings.Builder{}, "yaml"); err == nil {
		t.Error("an unknown format was accepted")
	}
	if _, err := LookupTable("county"); err == nil || !strings.Contains(err.Error(), "counties") {
		t.Errorf("the error for an unknown table should list the tables: %v", err)
	}
}

func TestOptionalJSON(t *testing.T) {
	type pair struct{ A, B Optional[Date] }
	day := Date{-1}
	b, err := json.Marshal(pair{A: Some(day)})
	if err != nil || string(b) != `{"A":"1969-12-31","B":null}` {
		t.Fatalf("got %s, error %v", b, err)
	}
	var back pair
	if err := json.Unmarshal(b, &back); err != nil || back != (pair{A: Some(day)}) {
		t.Errorf("read back as %v, error %v", back, err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2021-04-13", "1969-12-31", "1900-02-29", "2000-02-29", "2021-4-3", "", "２０２１-04-13"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q reads as %s", s, d)
		}
	})
}
