// Package pipeline wires the stages into a run.
//
// Input: Options. Output: a published release and a Report. Files are read and taken apart, each
// text is normalized once, what needs all documents (vintages, the region and panel tables) is
// made, and the release is written, read back and published.
//
// A bad input never stops a run: it becomes a row of the quarantine table. The package alone
// decides what is skipped and what stops the run, and only it logs. The rows depend on the
// inputs and content options alone, not on the number of workers or their timing.
//
// Non-goals: reading text (stages), file formats (stages/write), files on disk (input, release).
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xianzhi/pipeline/gate"
	"xianzhi/pipeline/input"
	"xianzhi/pipeline/observe"
	"xianzhi/pipeline/release"
	"xianzhi/pipeline/rollup"
	"xianzhi/schemas"
	"xianzhi/stages"
	"xianzhi/stages/normalize"
)

// Report says what a run came to.
type Report struct {
	ReleaseID   string  `json:"release_id"`
	Path        string  `json:"path"` // of the release, without symbolic links
	Documents   int64   `json:"documents"`
	Indicators  int64   `json:"indicators"`
	Projects    int64   `json:"projects"`
	Quarantined int64   `json:"quarantined"`
	Seconds     float64 `json:"seconds"`
	UpToDate    bool    `json:"up_to_date"` // the release was there already
	Pinned      bool    `json:"pinned"`     // latest is pinned: the run left it there and made nothing

	Warnings []gate.Finding `json:"warnings"` // of gates that let the release through
}

// runRecord is run.json: how the run went that made a release.
type runRecord struct {
	Started     time.Time                `json:"started"`
	Seconds     float64                  `json:"seconds"`
	Workers     int                      `json:"workers"`
	Files       int                      `json:"files"`
	Articles    int                      `json:"articles"`
	ChromeChars int                      `json:"chrome_chars"`
	Rejected    map[stages.Reason]int    `json:"rejected"`
	Stages      map[string]observe.Stage `json:"stages"`
	Notes       []string                 `json:"notes"`
}

// Run makes the release that the options ask for, or finds that it is there already. The error
// of a mistaken option is a *UsageError or *input.UsageError, that of a folder in use matches
// release.ErrLocked, that of a release that failed a gate is a *GateError; after an error or a
// cancellation the release before is in place.
func Run(ctx context.Context, o Options) (Report, error) {
	started := time.Now()
	o, err := o.complete()
	if err != nil {
		return Report{}, err
	}
	plan, err := input.Expand(o.In, o.Out)
	if err != nil {
		return Report{}, err
	}
	for _, note := range plan.Notes {
		o.Run.Log.Warn(note)
	}
	store, err := release.Open(ctx, o.Out, o.Run.Wait)
	if err != nil {
		return Report{}, err
	}
	defer store.Close()
	findings := []gate.Finding{}
	store.Accept = func(dir string, m release.Manifest) (err error) {
		findings, err = gates(ctx, o.Run.Gates, o.Out, dir, m, o.Run.Log)
		return err
	}

	b := batch{options: o.Run, recorder: observe.NewRecorder(o.Run.Progress), rejects: plan.Rejects}
	if err := b.read(ctx, plan); err != nil {
		return Report{}, err
	}
	identity := release.NewIdentity(o.Content.identity(), b.inputs)
	manifest, _, upToDate, err := store.UpToDate(identity)
	if err != nil {
		return Report{}, err
	}
	if !upToDate {
		tables, err := b.tables(ctx, o.Content)
		if err != nil {
			return Report{}, err
		}
		record := runRecord{Started: started.UTC(), Seconds: time.Since(started).Seconds(), Workers: o.Run.Workers,
			Files: len(plan.Files), Articles: len(b.articles), ChromeChars: b.chromeChars,
			Rejected: b.countRejects(), Stages: b.recorder.Stages(), Notes: append([]string{}, plan.Notes...)}
		if manifest, err = publish(ctx, store, identity, tables, record, o.Run); err != nil {
			return Report{}, err
		}
	}
	if removed, err := store.Prune(o.Run.Keep); err != nil {
		o.Run.Log.Warn("old releases are left where they are", "error", err)
	} else if len(removed) > 0 {
		o.Run.Log.Info("removed old releases", "releases", removed)
	}
	path, err := release.Resolve(o.Out)
	if err != nil {
		return Report{}, err
	}
	return Report{
		ReleaseID:   manifest.ReleaseID,
		Path:        path,
		Documents:   manifest.Rows(schemas.DocumentTable.Name),
		Indicators:  manifest.Rows(schemas.IndicatorTable.Name),
		Projects:    manifest.Rows(schemas.ProjectTable.Name),
		Quarantined: manifest.Rows(schemas.QuarantineTable.Name),
		Seconds:     time.Since(started).Seconds(),
		UpToDate:    upToDate,
		Warnings:    findings,
		Pinned:      manifest.ReleaseID != identity.ID(),
	}, nil
}

// tables are the rows of a release.
type tables struct {
	documents  []schemas.Document
	indicators []schemas.Indicator
	projects   []schemas.Project
	quarantine []schemas.Quarantine
	rollup.Tables
}

// tables normalizes the articles and makes the tables that need all of them.
func (b *batch) tables(ctx context.Context, content ContentOptions) (tables, error) {
	b.dropDuplicates()
	normalizer, err := normalize.New()
	if err != nil {
		return tables{}, fmt.Errorf("cannot load the rules: %w", err)
	}
	results, err := b.normalize(ctx, normalizer.Document)
	if err != nil {
		return tables{}, err
	}
	var t tables
	for _, r := range b.dropCopies(results) {
		t.documents = append(t.documents, r.Document)
		t.indicators = append(t.indicators, r.Indicators...)
		t.projects = append(t.projects, r.Projects...)
	}
	b.checkDuplicates(t.documents)
	setVintages(t.documents)
	rollup.SetFixedKeys(t.documents, t.indicators, t.projects, content.BaseYear)
	linkContinuations(t.documents, t.projects)
	if t.Tables, err = rollup.Build(t.documents, t.indicators, content.BaseYear); err != nil {
		return tables{}, fmt.Errorf("cannot make the region and panel tables: %w", err)
	}
	t.quarantine = b.quarantine()
	return t, nil
}

// publish writes every table and makes the release visible.
func publish(ctx context.Context, store *release.Store, identity release.Identity, t tables, record runRecord, o RunOptions) (manifest release.Manifest, err error) {
	staging, err := store.Stage(identity)
	if err != nil {
		return release.Manifest{}, err
	}
	defer func() { err = errors.Join(err, staging.Discard()) }()
	for _, write := range []func() error{
		func() error { return release.WriteTable(staging, schemas.DocumentTable, t.documents) },
		func() error { return release.WriteTable(staging, schemas.CountyTable, t.Counties) },
		func() error { return release.WriteTable(staging, schemas.IndicatorTable, t.indicators) },
		func() error { return release.WriteTable(staging, schemas.ProjectTable, t.projects) },
		func() error { return release.WriteTable(staging, schemas.QuarantineTable, t.quarantine) },
		func() error { return release.WriteTable(staging, schemas.PanelTable, t.Panel) },
		func() error { return release.WriteTable(staging, schemas.PanelSourceTable, t.PanelSources) },
		func() error { return release.WriteTable(staging, schemas.ConflictTable, t.Conflicts) },
		func() error { return release.WriteTable(staging, schemas.CoverageTable, t.Coverage) },
		func() error { return release.WriteTable(staging, schemas.CrosswalkTable, t.Crosswalk) },
	} {
		if err := ctx.Err(); err != nil {
			return release.Manifest{}, err
		}
		if err := write(); err != nil {
			return release.Manifest{}, err
		}
	}
	manifest, _, err = staging.Publish(record, o.ReadBack)
	return manifest, err
}

// quarantine gives the rejects as rows.
func (b *batch) quarantine() []schemas.Quarantine {
	rows := make([]schemas.Quarantine, 0, len(b.rejects))
	for _, r := range b.rejects {
		rows = append(rows, schemas.Quarantine{Source: r.Source, Stage: r.Stage, Reason: string(r.Reason), Detail: r.Detail,
			SHA256: schemas.NonEmpty(r.SHA256), DuplicateOf: schemas.NonEmpty(r.DuplicateOf)})
	}
	return rows
}

func (b *batch) countRejects() map[stages.Reason]int {
	count := map[stages.Reason]int{}
	for _, r := range b.rejects {
		count[r.Reason]++
	}
	return count
}
