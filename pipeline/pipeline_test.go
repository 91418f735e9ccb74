package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"xianzhi/pipeline/input"
	"xianzhi/pipeline/release"
	"xianzhi/pipeline/state"
	"xianzhi/schemas"
	"xianzhi/stages"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

var body = "各位代表：" + strings.Repeat("我们坚持把发展作为第一要务，修通道路，治理河流，办好学校，让群众的日子一年比一年好。", 7)

// testBatch is a batch with an empty state and a log.
func testBatch(t *testing.T, workers int) (*batch, *bytes.Buffer) {
	t.Helper()
	kept := openState(t, filepath.Join(t.TempDir(), "records"), workers)
	log := new(bytes.Buffer)
	return newBatch(RunOptions{Workers: workers, Log: slog.New(slog.NewTextHandler(log, nil))}, kept), log
}

func openState(t *testing.T, path string, workers int) *state.File {
	t.Helper()
	kept, err := state.Open(path, state.Basis{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	return kept
}

// add takes in what an article came to, as read does.
func (b *batch) add(t *testing.T, a extract.Article, r normalize.Result) {
	t.Helper()
	own, parts := newArticle(a, r, nil)
	found := finding{articles: []*article{own}}
	record, err := b.state.Add(r.Document.Source, "", nil, parts)
	if err != nil {
		t.Fatal(err)
	}
	found.place(record, "hash of "+r.Document.Source)
	b.articles = append(b.articles, own)
}

func TestDropDuplicates(t *testing.T) {
	b, _ := testBatch(t, 1)
	for _, s := range []string{"a#2=x", "a#10=y", "b=x", "c=x"} {
		source, text, _ := strings.Cut(s, "=")
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
		b.add(t, extract.Article{}, normalize.Result{Document: schemas.Document{Source: source, DocID: sum[:16], SHA256: sum}})
	}
	b.dropDuplicates()
	var kept []string
	for _, a := range b.articles {
		kept = append(kept, a.doc.Source)
	}
	if !slices.Equal(kept, []string{"a#2", "a#10"}) {
		t.Errorf("kept %v", kept)
	}
	const sumOfX = "2d711642b726b044" // printf x | sha256sum
	for i, source := range []string{"b", "c"} {
		want := stages.Reject{Source: source, Stage: "extract", Reason: stages.Duplicate,
			Detail: "has the same text as a#2", SHA256: "hash of " + source, DuplicateOf: sumOfX}
		if b.rejects[i] != want {
			t.Errorf("got %+v, want %+v", b.rejects[i], want)
		}
	}
	b.checkDuplicates(nil)
	if b.rejects[0].DuplicateOf != "" {
		t.Error("a duplicate of a text that gave no document keeps its key")
	}
}

// The one published first is kept, also when it comes last.
func TestDropDuplicatesByDate(t *testing.T) {
	b, _ := testBatch(t, 1)
	for source, published := range map[string]string{"a": "", "b": "2021-05-02", "c": "2021-05-01"} {
		b.add(t, extract.Article{PublishedOn: published}, normalize.Result{Document: schemas.Document{Source: source, SHA256: "same"}})
	}
	if b.dropDuplicates(); len(b.articles) != 1 || b.articles[0].doc.Source != "c" {
		t.Errorf("kept %d, the first is %s", len(b.articles), b.articles[0].doc.Source)
	}
}

// TestPanic: a text that makes the program panic is rejected and leaves a stack in the log; the
// others come through, in order. The next run tries it again.
func TestPanic(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := input.Expand([]string{dir}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{1, 3} {
		b, log := testBatch(t, workers)
		path := filepath.Join(t.TempDir(), "records")
		b.state = openState(t, path, workers)
		b.find = func(in extract.Input) extract.Result {
			if string(in.Data) == "e" {
				panic("no such list")
			}
			return extract.Result{Articles: []extract.Article{{Source: string(in.Data), Text: string(in.Data)}}}
		}
		b.document = func() (func(extract.Article) normalize.Result, error) {
			return func(a extract.Article) normalize.Result {
				if a.Source == "b" {
					panic("no such rule")
				}
				return normalize.Result{Document: schemas.Document{Source: a.Source, DocID: a.Source, SHA256: a.Source}}
			}, nil
		}
		if err := b.read(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
		if err := b.decide(t.Context()); err != nil {
			t.Fatal(err)
		}
		var sources []string
		for _, a := range b.articles {
			sources = append(sources, a.doc.Source)
		}
		hash := func(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }
		want := []stages.Reject{
			{Source: filepath.Base(dir) + "/e", Stage: "extract", Reason: stages.InternalError, Detail: "the program failed on this text: no such list", SHA256: hash("e")},
			{Source: "b", Stage: "normalize", Reason: stages.InternalError, Detail: "the program failed on this text: no such rule", SHA256: hash("b")},
		}
		if !slices.Equal(sources, []string{"a", "c", "d"}) || !slices.Equal(b.rejects, want) {
			t.Errorf("%d workers: got %v and %+v", workers, sources, b.rejects)
		}
		if !strings.Contains(log.String(), "pipeline_test.go") {
			t.Errorf("the log has no stack: %s", log.String())
		}
		next := openState(t, path, workers)
		for name, again := range map[string]bool{"a": true, "b": false, "e": false} {
			if _, found := next.Find(filepath.Base(dir)+"/"+name, hash(name)); found != again {
				t.Errorf("%s is found in the state: %v", name, found)
			}
		}
	}
}

// TestRunWithPanics: a defect of the program costs the one text that shows it, and the next run,
// of a program without the defect, has it.
func TestRunWithPanics(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"a.txt", "b.txt", "c.txt"} {
		text := fmt.Sprintf("%d年山西省闻喜县政府工作报告\n%s", 2020+i, body)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text+strings.Repeat("。", i)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var log bytes.Buffer
	o := Options{In: []string{dir}, Out: filepath.Join(t.TempDir(), "out"), Content: DefaultContent(), Run: RunOptions{Log: slog.New(slog.NewTextHandler(&log, nil))}}
	o.Run.fault = func(source, stage string) {
		if source == filepath.Base(dir)+"/b.txt" && stage == "normalize" {
			_ = source[len(source)+len(stage):]
		}
	}
	report, err := Run(t.Context(), o)
	if err != nil || report.Documents != 2 || report.Quarantined != 1 {
		t.Fatalf("%+v, error %v; want two documents and one in quarantine", report, err)
	}
	if !strings.Contains(log.String(), "/b.txt stage=normalize panic=\"runtime error: slice bounds out of range") || !strings.Contains(log.String(), "pipeline_test.go") {
		t.Errorf("the log does not say where: %s", log.String())
	}
	if findings, err := release.Check(t.Context(), report.Path, release.ReadBack); err != nil || len(findings) > 0 {
		t.Errorf("%v (%v)", findings, err)
	}
	o.Run.fault = nil
	if err := os.WriteFile(filepath.Join(dir, "d.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if report, err = Run(t.Context(), o); err != nil || report.Documents != 3 || report.Quarantined != 1 {
		t.Errorf("%+v, error %v; want three documents and the empty file in quarantine", report, err)
	}
}

func TestVintages(t *testing.T) {
	day := func(s string) schemas.Optional[schemas.Date] {
		if s == "" {
			return schemas.Optional[schemas.Date]{}
		}
		d, err := schemas.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return schemas.Some(d)
	}
	for _, c := range []struct {
		name string
		docs []schemas.Document // IsLatest and Vintage are what is wanted
	}{
		{"revised reports", []schemas.Document{
			{DocType: "work_report", PublishedOn: day("2021-05-01"), Vintage: 3, IsLatest: true},
			{DocType: "work_report", Vintage: 1},
			{DocType: "work_report", DeliveredOn: day("2021-03-01"), Vintage: 2},
			{DocType: "statistical_communique", Vintage: 1, IsLatest: true},
		}},
		{"the source decides between equals", []schemas.Document{
			{DocType: "work_report", PublishedOn: day("2021-05-01"), Vintage: 1},
			{DocType: "work_report", PublishedOn: day("2021-05-01"), Vintage: 2, IsLatest: true},
		}},
		{"news items revise nothing", []schemas.Document{
			{DocType: "news", Vintage: 1, IsLatest: true},
			{DocType: "news", Vintage: 1, IsLatest: true},
		}},
	} {
		got := slices.Clone(c.docs)
		for i := range got {
			got[i].RegionCode, got[i].ReportYear = schemas.Some("140823"), schemas.Some[int32](2021)
			got[i].Vintage, got[i].IsLatest = 0, false
		}
		setVintages(pointers(got))
		for i, d := range got {
			if d.Vintage != c.docs[i].Vintage || d.IsLatest != c.docs[i].IsLatest {
				t.Errorf("%s: document %d is vintage %d, latest %v", c.name, i, d.Vintage, d.IsLatest)
			}
		}
	}
	unknown := []schemas.Document{{DocType: "work_report"}, {DocType: "work_report"}}
	setVintages(pointers(unknown))
	if unknown[1].Vintage != 1 || !unknown[0].IsLatest {
		t.Error("texts of an unknown region are no vintages of each other")
	}
}

func pointers(docs []schemas.Document) []*schemas.Document {
	var all []*schemas.Document
	for i := range docs {
		all = append(all, &docs[i])
	}
	return all
}

// TestRun: rows do not depend on the order of the arguments, and every run is recorded.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	var in []string
	for name, text := range map[string]string{
		"a.txt": "2021年山西省闻喜县政府工作报告\n" + body,
		"b.txt": "2022年山西省文水县政府工作报告\n" + body + "完",
		"c.txt": "简讯",
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		in = append(in, path)
	}
	slices.Sort(in)
	run := func(out string, workers int, in ...string) Report {
		r, err := Run(t.Context(), Options{In: in, Out: out, Content: DefaultContent(), Run: RunOptions{Workers: workers}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	one, two := t.TempDir(), t.TempDir()
	first := run(one, 1, in...)
	if first.Documents != 2 || first.Quarantined != 1 || first.UpToDate {
		t.Errorf("got %+v", first)
	}
	slices.Reverse(in)
	second := run(two, 4, in...)
	if second.ReleaseID != first.ReleaseID {
		t.Error("the order of the arguments changes the release id")
	}
	for _, table := range schemas.Dictionary() {
		a, errA := os.ReadFile(filepath.Join(first.Path, table.Name+".parquet"))
		b, errB := os.ReadFile(filepath.Join(second.Path, table.Name+".parquet"))
		if err := errors.Join(errA, errB); err != nil || !bytes.Equal(a, b) {
			t.Errorf("table %s differs (%v)", table.Name, err)
		}
	}
	if again := run(one, 1, in...); !again.UpToDate || again.Path != first.Path || again.Quarantined != 1 {
		t.Errorf("the second run gives %+v", again)
	}
	if other := run(one, 1, in[1:]...); other.ReleaseID == first.ReleaseID {
		t.Error("other inputs give the same release id")
	}
	if _, err := release.ReadManifest(first.Path); err != nil {
		t.Errorf("the earlier release is gone: %v", err)
	}
	r, err := Run(t.Context(), Options{In: in, Out: one, Content: ContentOptions{BaseYear: 2010}})
	if err != nil || r.ReleaseID == first.ReleaseID {
		t.Errorf("a content option does not change the release id (%v)", err)
	}
}

func TestRunCancelled(t *testing.T) {
	dir := t.TempDir()
	report := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(report, []byte("2021年山西省闻喜县政府工作报告\n"+body), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := filepath.Join(dir, "out")
	if _, err := Run(ctx, Options{In: []string{report}, Out: out, Content: DefaultContent()}); err == nil {
		t.Error("a cancelled run reports success")
	}
	if _, err := release.Resolve(out); !errors.Is(err, release.ErrNoRelease) {
		t.Errorf("a cancelled run leaves a release (%v)", err)
	}
}

// TestContentOptions: each is part of the release's identity.
func TestContentOptions(t *testing.T) {
	base := release.NewIdentity(DefaultContent().identity(), nil).ID()
	for i := range reflect.TypeFor[ContentOptions]().NumField() {
		changed := DefaultContent()
		field := reflect.ValueOf(&changed).Elem().Field(i)
		field.SetInt(field.Int() + 1)
		if release.NewIdentity(changed.identity(), nil).ID() == base {
			t.Errorf("%s is not part of the identity", reflect.TypeFor[ContentOptions]().Field(i).Name)
		}
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []Options{
		{Out: "out"},
		{In: []string{"in"}},
		{In: []string{"in"}, Out: "out", Run: RunOptions{Workers: -1}},
		{In: []string{"in"}, Out: "out", Content: ContentOptions{BaseYear: 1900}},
	} {
		var usage *UsageError
		if _, err := Run(t.Context(), o); !errors.As(err, &usage) {
			t.Errorf("%+v: got %v, want a usage error", o, err)
		}
	}
}
