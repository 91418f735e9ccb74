package normalize

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"xianzhi/schemas"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize/header"
)

// sampleArticles returns the articles of the sample page.
func sampleArticles(tb testing.TB) []extract.Article {
	tb.Helper()
	files, err := filepath.Glob("../../testdata/sample/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no sample page: %v", err)
	}
	var out []extract.Article
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, extract.Extract(extract.Input{Source: filepath.Base(file), Data: data}).Articles...)
	}
	if len(out) != 10 {
		tb.Fatalf("%d articles on the sample page, want 10", len(out))
	}
	return out
}

func newNormalizer(tb testing.TB) *Normalizer {
	tb.Helper()
	n, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// TestContract holds the rows of the sample page to what the table contract promises a reader.
func TestContract(t *testing.T) {
	n := newNormalizer(t)
	for _, a := range sampleArticles(t) {
		t.Run(a.Title, func(t *testing.T) {
			r := n.Document(a)
			checkDocument(t, a, r.Document)
			ids := map[string]bool{}
			for i := range r.Indicators {
				checkIndicator(t, &r.Document, &r.Indicators[i])
				ids[r.Indicators[i].IndicatorID] = true
			}
			for i := range r.Projects {
				checkProject(t, &r.Document, &r.Projects[i])
				ids[r.Projects[i].ProjectID] = true
			}
			if rows := len(r.Indicators) + len(r.Projects); len(ids) != rows || rows == 0 && r.Document.DocType == header.WorkReport {
				t.Errorf("%d ids for %d rows", len(ids), rows)
			}
			if !slices.IsSortedFunc(r.Indicators, func(a, b schemas.Indicator) int { return schemas.IndicatorTable.Compare(&a, &b) }) {
				t.Error("the indicators are not in the order of their table")
			}
			if !slices.IsSortedFunc(r.Projects, func(a, b schemas.Project) int { return schemas.ProjectTable.Compare(&a, &b) }) {
				t.Error("the projects are not in the order of their table")
			}
			if r.Document.DocType != header.WorkReport && len(r.Projects) > 0 {
				t.Errorf("a %s plans nothing", r.Document.DocType)
			}
		})
	}
}

func checkDocument(t *testing.T, a extract.Article, d schemas.Document) {
	t.Helper()
	if d.Text != a.Text || d.Source != a.Source || d.Title.Or("") != a.Title {
		t.Error("the document is not the article's")
	}
	if !strings.HasPrefix(d.SHA256, d.DocID) || len(d.DocID) != 16 || len(d.SHA256) != 64 {
		t.Errorf("doc_id %s, sha256 %s", d.DocID, d.SHA256)
	}
	if int(d.NChars) != utf8.RuneCountInString(d.Text) {
		t.Errorf("n_chars is %d", d.NChars)
	}
	at := int32(0)
	for _, s := range d.Sections {
		if s.CharStart < at || s.CharEnd <= s.CharStart || s.CharEnd > d.NChars {
			t.Errorf("the section %s at %d-%d overlaps, is empty or leaves the text", s.Title, s.CharStart, s.CharEnd)
		}
		at = s.CharEnd
	}
}

// substring is what DuckDB's substring(text, start + 1, end - start) gives.
func substring(text string, start, end int32) string {
	runes := []rune(text)
	if start < 0 || end > int32(len(runes)) || start >= end {
		return ""
	}
	return string(runes[start:end])
}

func checkIndicator(t *testing.T, d *schemas.Document, r *schemas.Indicator) {
	t.Helper()
	fail := func(what string) { t.Errorf("%s %s%s: %s", r.Name, r.ValueText, r.UnitText, what) }
	if r.ValueText == "" || substring(d.Text, r.CharStart, r.CharEnd) != r.ValueText {
		fail("the span does not give value_text")
	}
	if !strings.Contains(d.Text, r.Evidence) || !strings.Contains(r.Evidence, r.ValueText) {
		fail("the evidence is no sentence of the text that holds the value")
	}
	if !strings.HasPrefix(r.IndicatorID, d.DocID+":") || r.DocID != d.DocID || r.RegionCode != d.RegionCode || r.ReportYear != d.ReportYear {
		fail("the keys are not the document's")
	}
	if r.Name == "" || r.Section == "" {
		fail("without name or section")
	}
	if low, high := r.ValueMin, r.ValueMax; low.Valid && low.Value > r.Value || high.Valid && high.Value < r.Value || r.Bound == "eq" && !(low.Valid && high.Valid) {
		fail("the value leaves its interval")
	}
	if (r.Basis == "target") != r.Commitment.Valid {
		fail("a target has a commitment, an actual none")
	}
	if r.PeriodStart.Value > r.PeriodEnd.Value || !r.PeriodStart.Valid {
		fail("the period ends before it begins")
	}
}

func checkProject(t *testing.T, d *schemas.Document, r *schemas.Project) {
	t.Helper()
	if span := substring(d.Text, r.CharStart, r.CharEnd); span == "" || !strings.Contains(r.Evidence, span) || !strings.Contains(d.Text, r.Evidence) {
		t.Errorf("%s: the span %q is not in the evidence, or this not in the text", r.Name, span)
	}
	if !strings.HasPrefix(r.ProjectID, d.DocID+":p:") || r.DocID != d.DocID || r.RegionCode != d.RegionCode || r.ReportYear != d.ReportYear {
		t.Errorf("%s: the keys are not the document's", r.Name)
	}
	if r.Name == "" || r.PeriodStart > r.PeriodEnd {
		t.Errorf("%q of %d-%d", r.Name, r.PeriodStart, r.PeriodEnd)
	}
}

// TestConcurrent: one Normalizer in many goroutines, and another, give what one gives alone.
func TestConcurrent(t *testing.T) {
	articles := sampleArticles(t)
	shared, other := newNormalizer(t), newNormalizer(t)
	var wg sync.WaitGroup
	results := make([][3]Result, len(articles))
	for i, a := range articles {
		for k, n := range []*Normalizer{shared, shared, other} {
			wg.Go(func() { results[i][k] = n.Document(a) })
		}
	}
	wg.Wait()
	for i, r := range results {
		if alone := shared.Document(articles[i]); !reflect.DeepEqual(r, [3]Result{alone, alone, alone}) {
			t.Errorf("%s: the rows differ from run to run", articles[i].Title)
		}
	}
}

// TestExplain: every numeral is returned, in order, with its role and span.
func TestExplain(t *testing.T) {
	const text = "2020年，实施“1146”战略，地区生产总值完成１２．５亿元，增长8%。"
	var got []string
	for _, e := range newNormalizer(t).Explain(text, 2021) {
		if substring(text, e.Row.CharStart, e.Row.CharEnd) != e.Row.ValueText || !strings.Contains(e.Row.Evidence, e.Row.ValueText) || len(e.Rules) == 0 {
			t.Errorf("%+v", e)
		}
		got = append(got, e.Role+" "+e.Row.ValueText)
	}
	if want := []string{"date 2020", "label 1146", "indicator １２．５", "indicator 8"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
