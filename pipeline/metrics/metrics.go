// Package metrics tells Prometheus how the runs of an output folder go, by a file for the
// textfile collector of its node exporter.
//
// Input: how a run ended, the folder OUT with the release that readers see. Output: the metrics
// file, replaced in one step. Counts outlive a run in OUT/.state/metrics.json; a lost or damaged
// one starts again from zero, which Prometheus takes for a restart.
//
// Non-goals: a server, and failing a run: the caller logs what goes wrong here.
package metrics

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"xianzhi/pipeline/release"
	"xianzhi/schemas"
	"xianzhi/stages"
)

// Result says how a run ended.
type Result string

// The results.
const (
	Published   Result = "published"
	UpToDate    Result = "up_to_date"
	Pinned      Result = "pinned"
	Failed      Result = "failed"
	Locked      Result = "locked"
	GateFailed  Result = "gate_failed"
	Interrupted Result = "interrupted"
)

// Results lists them.
var Results = []Result{Published, UpToDate, Pinned, Failed, Locked, GateFailed, Interrupted}

// succeeded tells whether readers have what the inputs give, or what somebody pinned.
func (r Result) succeeded() bool { return r == Published || r == UpToDate || r == Pinned }

// Run is how a run went.
type Run struct {
	Result   Result
	ExitCode int
	Started  time.Time
	Ended    time.Time
}

// state is metrics.json: what no release tells.
type state struct {
	Runs        map[Result]int64 `json:"runs"`
	LastSuccess int64            `json:"last_success"` // seconds since 1970, 0 for never
}

// Record counts a run of the output folder out and writes the metrics file. What can be
// written is, whatever else fails.
func Record(out, file string, run Run) error {
	s, stateErr := count(filepath.Join(out, ".state"), run)
	registry := prometheus.NewRegistry()
	releaseErr := describe(registry, out)
	g := gauges{registry}
	runs := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "xianzhi_runs_total", Help: "Runs of the output folder, by how they ended."}, []string{"result"})
	registry.MustRegister(runs)
	for _, r := range Results {
		runs.WithLabelValues(string(r)).Add(float64(s.Runs[r]))
	}
	g.set("xianzhi_last_run_timestamp_seconds", "When the last run ended.", float64(run.Ended.Unix()))
	g.set("xianzhi_last_run_seconds", "How long the last run took.", run.Ended.Sub(run.Started).Seconds())
	g.set("xianzhi_last_run_exit_code", "The exit code of the last run.", float64(run.ExitCode))
	g.set("xianzhi_last_success_timestamp_seconds", "When the last run ended that published or found all up to date; 0 for never.", float64(s.LastSuccess))
	fileErr := prometheus.WriteToTextfile(file, registry)
	if fileErr != nil {
		fileErr = fmt.Errorf("cannot write the metrics file %s: %w", file, fileErr)
	}
	return errors.Join(stateErr, releaseErr, fileErr)
}

// count adds the run to what is known of the runs before. A lock of its own lets a run count
// that did not get the folder's.
func count(dir string, run Run) (s state, err error) {
	s.Runs = map[Result]int64{}
	lock, lockErr := os.OpenFile(filepath.Join(dir, "metrics.lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if lockErr == nil {
		defer lock.Close()
		lockErr = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX)
	}
	path := filepath.Join(dir, "metrics.json")
	b, readErr := os.ReadFile(path)
	if readErr == nil {
		readErr = json.Unmarshal(b, &s)
	}
	if readErr != nil || s.Runs == nil {
		s = state{Runs: map[Result]int64{}}
	}
	if errors.Is(readErr, fs.ErrNotExist) {
		readErr = nil // the first run
	}
	s.Runs[run.Result]++
	if run.Result.succeeded() {
		s.LastSuccess = run.Ended.Unix()
	}
	writeErr := replace(path, s)
	if err := errors.Join(lockErr, readErr, writeErr); err != nil {
		return s, fmt.Errorf("cannot keep count of the runs in %s: %w", path, err)
	}
	return s, nil
}

// replace writes a JSON file in one step.
func replace(path string, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	draft := path + ".draft"
	return errors.Join(os.WriteFile(draft, append(b, '\n'), 0o644), os.Rename(draft, path))
}

// gauges registers gauges with a value.
type gauges struct{ *prometheus.Registry }

func (g gauges) set(name, help string, value float64) {
	gauge := prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	gauge.Set(value)
	g.MustRegister(gauge)
}

func (g gauges) vector(name, help, label string) *prometheus.GaugeVec {
	v := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, []string{label})
	g.MustRegister(v)
	return v
}

// describe adds what the release has that readers see, if there is one.
func describe(registry *prometheus.Registry, out string) error {
	path, err := release.Resolve(out)
	if errors.Is(err, release.ErrNoRelease) {
		return nil
	}
	if err != nil {
		return err
	}
	m, err := release.ReadManifest(path)
	if err != nil {
		return err
	}
	g := gauges{registry}
	g.vector("xianzhi_release_info", "The release that latest leads to; 1.", "release_id").WithLabelValues(m.ReleaseID).Set(1)
	g.set("xianzhi_documents", "Documents of the release.", float64(m.Rows(schemas.DocumentTable.Name)))
	rows := g.vector("xianzhi_rows", "Rows of the release, by table.", "table")
	for _, t := range m.Tables {
		rows.WithLabelValues(t.Name).Set(float64(t.Rows))
	}
	var record struct { // of run.json
		Rejected map[stages.Reason]int `json:"rejected"`
		Stages   map[string]struct {
			Seconds float64 `json:"seconds"`
		} `json:"stages"`
	}
	b, err := os.ReadFile(filepath.Join(path, release.RunFile))
	if err == nil {
		err = json.Unmarshal(b, &record)
	}
	if err != nil {
		return fmt.Errorf("cannot tell how release %s was made: %w", m.ReleaseID, err)
	}
	quarantined := g.vector("xianzhi_quarantined", "Rows of the release's table quarantine, by reason.", "reason")
	for _, reason := range stages.Reasons {
		quarantined.WithLabelValues(string(reason)).Set(0)
	}
	for reason, n := range record.Rejected {
		quarantined.WithLabelValues(string(reason)).Set(float64(n))
	}
	seconds := g.vector("xianzhi_stage_seconds", "Time that the stages of the run took that made the release, summed over workers.", "stage")
	for stage, s := range record.Stages {
		seconds.WithLabelValues(stage).Set(s.Seconds)
	}
	return nil
}
