package release

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xianzhi/pipeline/rollup"
	"xianzhi/schemas"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

// benchmarkCopies is how often the sample's rows are repeated under other ids, so that row groups
// have the size that they have in a large release.
const benchmarkCopies = 20

// benchmarkTables are the large tables of the sample's articles; texts is the bytes they came from.
func benchmarkTables(b *testing.B) (t tables, texts int64) {
	b.Helper()
	inputs, err := filepath.Glob("../../testdata/sample/*.txt")
	if more := os.Getenv("XIANZHI_TEXTS"); more != "" && err == nil {
		var files []string
		files, err = filepath.Glob(filepath.Join(more, "*.txt"))
		inputs = append(inputs, files...)
	}
	if err != nil || len(inputs) == 0 {
		b.Fatalf("there is no text to read (%v)", err)
	}
	normalizer, err := normalize.New()
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range inputs {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		for _, a := range extract.Extract(extract.Input{Source: path, Data: data}).Articles {
			r := normalizer.Document(a)
			for n := range benchmarkCopies {
				t.add(r, n)
				texts += int64(len(a.Text))
			}
		}
	}
	return t, texts
}

// add takes a document in under another id.
func (t *tables) add(r normalize.Result, n int) {
	id := fmt.Sprintf("%s%02d", r.Document.DocID[2:], n)
	rename := func(row string) string { return strings.Replace(row, r.Document.DocID, id, 1) }
	d := r.Document
	d.DocID, d.Text = id, d.Text+fmt.Sprint(n)
	t.documents = append(t.documents, d)
	for _, i := range r.Indicators {
		i.DocID, i.IndicatorID = id, rename(i.IndicatorID)
		t.indicators = append(t.indicators, i)
	}
	for _, p := range r.Projects {
		p.DocID, p.ProjectID = id, rename(p.ProjectID)
		t.projects = append(t.projects, p)
	}
}

// BenchmarkWriteTable writes the large tables to disk. Bytes are those of the texts.
func BenchmarkWriteTable(b *testing.B) {
	content, texts := benchmarkTables(b)
	s, err := Open(b.Context(), b.TempDir(), 0)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	b.SetBytes(texts)
	b.ReportAllocs()
	for b.Loop() {
		var written int64
		for _, t := range content.benchmarkStage(b, s).manifest.Tables {
			written += t.Bytes
		}
		b.ReportMetric(float64(written)/float64(texts), "size")
	}
}

func (t tables) benchmarkStage(b *testing.B, s *Store) *Staging {
	b.Helper()
	g, err := s.Stage(identity)
	if err != nil {
		b.Fatal(err)
	}
	for _, write := range []func() error{
		func() error { return WriteTable(g, schemas.DocumentTable, t.documents) },
		func() error { return WriteTable(g, schemas.IndicatorTable, t.indicators) },
		func() error { return WriteTable(g, schemas.ProjectTable, t.projects) },
	} {
		if err := write(); err != nil {
			b.Fatal(err)
		}
	}
	return g
}

// BenchmarkReadBack reads the large tables with the second reader. Bytes are those of the texts.
func BenchmarkReadBack(b *testing.B) {
	content, texts := benchmarkTables(b)
	s, err := Open(b.Context(), b.TempDir(), 0)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	g := content.benchmarkStage(b, s)
	b.SetBytes(texts)
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range g.manifest.Tables {
			if err := compareReadBack(g.dir, t, ReadBack); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkSmallRelease publishes a release without documents: what every run pays.
func BenchmarkSmallRelease(b *testing.B) {
	counties, err := rollup.Counties(nil)
	if err != nil {
		b.Fatal(err)
	}
	content := tables{counties: counties, crosswalk: rollup.Crosswalk(2020)}
	s, err := Open(b.Context(), b.TempDir(), 0)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		g, err := s.Stage(NewIdentity(map[string]string{"n": fmt.Sprint(n)}, nil))
		if err != nil {
			b.Fatal(err)
		}
		if err := content.write(g); err != nil {
			b.Fatal(err)
		}
		if _, _, err := g.Publish(nil, ReadBack); err != nil {
			b.Fatal(err)
		}
	}
}
