package pipeline

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xianzhi/pipeline/observe"
	"xianzhi/pipeline/release"
	"xianzhi/schemas"
	"xianzhi/stages"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

var body = "各位代表：" + strings.Repeat("我们坚持把发展作为第一要务，修通道路，治理河流，办好学校，让群众的日子一年比一年好。", 7)

func newBatch(workers int, log *bytes.Buffer, sources ...string) *batch {
	b := &batch{options: RunOptions{Workers: workers, Log: slog.New(slog.NewTextHandler(log, nil))}, recorder: observe.NewRecorder(nil)}
	for _, s := range sources {
		source, text, _ := strings.Cut(s, "=")
		b.articles = append(b.articles, article{extract.Article{Source: source, Text: text}, "hash of " + source})
	}
	return b
}

func TestDropDuplicates(t *testing.T) {
	b := newBatch(1, new(bytes.Buffer), "a#2=x", "a#10=y", "b=x", "c=x")
	b.dropDuplicates()
	var kept []string
	for _, a := range b.articles {
		kept = append(kept, a.Source)
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

// TestPanic: a text that makes the program panic is rejected and leaves a stack in the log; the
// others come through, in order.
func TestPanic(t *testing.T) {
	for _, workers := range []int{1, 3} {
		var log bytes.Buffer
		b := newBatch(workers, &log, "a=1", "b=2", "c=3", "d=4")
		results, err := b.normalize(t.Context(), func(a extract.Article) normalize.Result {
			if a.Source == "b" {
				panic("no such rule")
			}
			return normalize.Result{Document: schemas.Document{Source: a.Source}}
		})
		if err != nil {
			t.Fatal(err)
		}
		var sources []string
		for _, r := range results {
			sources = append(sources, r.Document.Source)
		}
		want := stages.Reject{Source: "b", Stage: "normalize", Reason: stages.InternalError,
			Detail: "the program failed on this text: no such rule", SHA256: "hash of b"}
		if !slices.Equal(sources, []string{"a", "c", "d"}) || !slices.Equal(b.rejects, []stages.Reject{want}) {
			t.Errorf("%d workers: got %v and %+v", workers, sources, b.rejects)
		}
		if !strings.Contains(log.String(), "pipeline_test.go") {
			t.Errorf("the log has no stack: %s", log.String())
		}
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
		setVintages(got)
		for i, d := range got {
			if d.Vintage != c.docs[i].Vintage || d.IsLatest != c.docs[i].IsLatest {
				t.Errorf("%s: document %d is vintage %d, latest %v", c.name, i, d.Vintage, d.IsLatest)
			}
		}
	}
	unknown := []schemas.Document{{DocType: "work_report"}, {DocType: "work_report"}}
	setVintages(unknown)
	if unknown[1].Vintage != 1 || !unknown[0].IsLatest {
		t.Error("texts of an unknown region are no vintages of each other")
	}
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
