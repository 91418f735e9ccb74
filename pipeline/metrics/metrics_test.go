package metrics

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"xianzhi/pipeline/release"
	"xianzhi/schemas"
	"xianzhi/stages"
)

// publish makes a release of one row in quarantine.
func publish(t *testing.T, out string) {
	t.Helper()
	s, err := release.Open(context.Background(), out, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g, err := s.Stage(release.NewIdentity(nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	run := map[string]any{"rejected": map[string]int{"empty": 1}, "stages": map[string]any{"extract": map[string]any{"calls": 1, "seconds": 0.25}}}
	err = errors.Join(
		release.WriteTable(g, schemas.DocumentTable, nil), release.WriteTable(g, schemas.CountyTable, nil),
		release.WriteTable(g, schemas.IndicatorTable, nil), release.WriteTable(g, schemas.ProjectTable, nil),
		release.WriteTable(g, schemas.QuarantineTable, []schemas.Quarantine{{Source: "a", Stage: "extract", Reason: "empty"}}), release.WriteTable(g, schemas.PanelTable, nil),
		release.WriteTable(g, schemas.PanelSourceTable, nil), release.WriteTable(g, schemas.ConflictTable, nil),
		release.WriteTable(g, schemas.CoverageTable, nil), release.WriteTable(g, schemas.CrosswalkTable, nil))
	if err == nil {
		_, _, err = g.Publish(run, release.ReadBack)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// parse reads a metrics file as Prometheus does.
func parse(t *testing.T, file string) map[string]*dto.MetricFamily {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(f)
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// value finds a metric by name and the value of its label, "" for one without.
func value(t *testing.T, families map[string]*dto.MetricFamily, name, label string) float64 {
	t.Helper()
	for _, m := range families[name].GetMetric() {
		if label == "" || m.GetLabel()[0].GetValue() == label {
			return m.GetGauge().GetValue() + m.GetCounter().GetValue()
		}
	}
	t.Errorf("there is no %s of %q", name, label)
	return -1
}

func TestRecord(t *testing.T) {
	out := t.TempDir()
	file := filepath.Join(t.TempDir(), "xianzhi.prom")
	start := time.Unix(1_700_000_000, 0)
	publish(t, out)
	for i, run := range []Run{{Published, 3, start, start.Add(90 * time.Second)}, {Locked, 4, start, start}, {Failed, 1, start, start.Add(time.Hour)}, {Failed, 1, start, start.Add(2 * time.Hour)}} {
		if err := Record(out, file, run); err != nil {
			t.Fatalf("run %d: %v", i, err)
		}
	}
	families := parse(t, file)
	for _, c := range []struct {
		name, label string
		want        float64
	}{
		{"xianzhi_runs_total", "published", 1}, {"xianzhi_runs_total", "failed", 2}, {"xianzhi_runs_total", "locked", 1}, {"xianzhi_runs_total", "interrupted", 0},
		{"xianzhi_last_run_timestamp_seconds", "", 1_700_007_200}, {"xianzhi_last_run_seconds", "", 7200}, {"xianzhi_last_run_exit_code", "", 1},
		{"xianzhi_last_success_timestamp_seconds", "", 1_700_000_090},
		{"xianzhi_documents", "", 0}, {"xianzhi_rows", "quarantine", 1}, {"xianzhi_rows", "panel", 0},
		{"xianzhi_quarantined", "empty", 1}, {"xianzhi_quarantined", string(stages.Duplicate), 0}, {"xianzhi_stage_seconds", "extract", 0.25},
		{"xianzhi_release_info", release.NewIdentity(nil, nil).ID(), 1},
	} {
		if got := value(t, families, c.name, c.label); got != c.want {
			t.Errorf("%s of %q is %v, want %v", c.name, c.label, got, c.want)
		}
	}
	if len(families["xianzhi_rows"].GetMetric()) != len(schemas.Dictionary()) || families["xianzhi_runs_total"].GetType() != dto.MetricType_COUNTER {
		t.Errorf("rows: %v, runs: %v", families["xianzhi_rows"], families["xianzhi_runs_total"])
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); err != nil || len(left) != 1 {
		t.Errorf("beside the metrics there are %v (%v)", left, err)
	}

	// A damaged count starts again, which is said.
	if err := os.WriteFile(filepath.Join(out, ".state", "metrics.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Record(out, file, Run{UpToDate, 0, start, start}); err == nil || !strings.Contains(err.Error(), "metrics.json") {
		t.Errorf("a damaged count: %v", err)
	}
	if got := value(t, parse(t, file), "xianzhi_runs_total", "up_to_date"); got != 1 {
		t.Errorf("counted %v", got)
	}
}

// TestWithoutARelease: the first run may fail, and may have no folder to keep its count in.
func TestWithoutARelease(t *testing.T) {
	file := filepath.Join(t.TempDir(), "xianzhi.prom")
	err := Record(filepath.Join(t.TempDir(), "none"), file, Run{Failed, 1, time.Unix(1, 0), time.Unix(2, 0)})
	if err == nil || !strings.Contains(err.Error(), "keep count") {
		t.Errorf("got %v", err)
	}
	families := parse(t, file)
	if value(t, families, "xianzhi_runs_total", "failed") != 1 || families["xianzhi_rows"] != nil {
		t.Errorf("got %v", families)
	}
	if err := Record(t.TempDir(), filepath.Join(t.TempDir(), "no", "folder"), Run{Result: Failed}); err == nil || !strings.Contains(err.Error(), "cannot write the metrics file") {
		t.Errorf("got %v", err)
	}
}

// TestAtOnce: no run is lost between two that end at the same time.
func TestAtOnce(t *testing.T) {
	out := t.TempDir()
	if err := os.Mkdir(filepath.Join(out, ".state"), 0o755); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			if err := Record(out, filepath.Join(out, "m.prom"), Run{Result: Results[i%2]}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if err := Record(out, filepath.Join(out, "m.prom"), Run{Result: Failed}); err != nil {
		t.Fatal(err)
	}
	if got := value(t, parse(t, filepath.Join(out, "m.prom")), "xianzhi_runs_total", "published"); got != 10 {
		t.Errorf("counted %v of 10", got)
	}
}
