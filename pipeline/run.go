// Package pipeline wires the stages into a run.
//
// Input: Options. Output: a published release and a Report. Files are read, taken apart and
// normalized one by one, and what each comes to goes to the state on disk; what no run has seen
// before, that is, as the state is also that of earlier runs. Then duplicates, copies and
// vintages are decided over what little is kept of each article, and the tables are written in
// their order from the state, read back and published. So memory does not grow with the inputs.
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
	"log/slog"
	"slices"
	"time"

	"xianzhi/pipeline/gate"
	"xianzhi/pipeline/input"
	"xianzhi/pipeline/observe"
	"xianzhi/pipeline/release"
	"xianzhi/pipeline/state"
	"xianzhi/schemas"
	"xianzhi/stages"
)

// Report says what a run came to.
type Report struct {
	RunID       string  `json:"run_id"`
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
	RunID       string                   `json:"run_id"`
	Started     time.Time                `json:"started"`
	Seconds     float64                  `json:"seconds"`
	Workers     int                      `json:"workers"`
	Files       int                      `json:"files"`
	Articles    int                      `json:"articles"`
	ChromeChars int                      `json:"chrome_chars"`
	Rejected    map[stages.Reason]int    `json:"rejected"`
	Stages      map[string]observe.Stage `json:"stages"`
	State       state.Usage              `json:"state"` // what was there of earlier runs
	Notes       []string                 `json:"notes"`
}

// Run makes the release that the options ask for, or finds that it is there already. The error
// of a mistaken option is a *UsageError or *input.UsageError, that of a folder in use matches
// release.ErrLocked, that of a release that failed a gate is a *GateError; after an error or a
// cancellation the release before is in place.
func Run(ctx context.Context, o Options) (report Report, err error) {
	started := time.Now()
	o, err = o.complete()
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

	store.Warn = func(problem string) { o.Run.Log.Warn(problem) }

	basis, err := state.NewBasis(o.Content.identity())
	if err != nil {
		return Report{}, err
	}
	kept, err := state.Open(store.State("records"), basis)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()

	b := newBatch(o.Run, kept)
	identity, manifest, upToDate, err := b.unread(ctx, store, plan, o)
	if err == nil && !upToDate {
		identity, manifest, upToDate, err = b.make(ctx, store, plan, o, started)
	}
	if err != nil {
		return Report{}, err
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
		RunID:       o.Run.ID,
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

// unread looks for the release by hashes alone, where there may be one but no record of what its
// inputs came to, as after an update of the program.
func (b *batch) unread(ctx context.Context, store *release.Store, plan input.Plan, o Options) (identity release.Identity, m release.Manifest, upToDate bool, err error) {
	once := slices.ContainsFunc(plan.Files, func(f input.File) bool { return f.Path == input.Stdin }) // can be read once only
	recorded := slices.Contains([]state.Name{state.Equal, state.Changed}, b.state.Usage().Name)
	if _, err := release.Resolve(o.Out); err != nil || once || recorded {
		return identity, m, false, nil
	}
	inputs, err := b.hashes(ctx, plan)
	if err != nil {
		return identity, m, false, err
	}
	identity = release.NewIdentity(o.Content.identity(), inputs)
	m, _, upToDate, err = store.UpToDate(identity)
	return identity, m, upToDate, err
}

// make reads the inputs and publishes what they come to, if it is not there already.
func (b *batch) make(ctx context.Context, store *release.Store, plan input.Plan, o Options, started time.Time) (identity release.Identity, m release.Manifest, upToDate bool, err error) {
	if err := b.read(ctx, plan); err != nil {
		return identity, m, false, err
	}
	used := b.state.Usage()
	logState(o.Run.Log, used)
	identity = release.NewIdentity(o.Content.identity(), b.inputs)
	m, _, upToDate, err = store.UpToDate(identity)
	if err == nil && !upToDate {
		m, err = b.publish(ctx, store, identity, o, runRecord{RunID: o.Run.ID, Started: started.UTC(), Workers: o.Run.Workers, Files: len(plan.Files),
			Articles: len(b.articles), ChromeChars: b.chromeChars, State: used, Notes: append([]string{}, plan.Notes...)})
	}
	if err != nil {
		return identity, m, false, err
	}
	if err := b.state.Finish(); err != nil {
		o.Run.Log.Warn("the state keeps records that are no longer needed", "error", err)
	}
	return identity, m, upToDate, nil
}

// logState tells more loudly of what made the run read inputs again that have not changed.
func logState(log *slog.Logger, u state.Usage) {
	level := slog.LevelDebug
	switch u.Name {
	case state.Corrupt:
		level = slog.LevelWarn
	case state.OtherVersion, state.OtherOptions:
		level = slog.LevelInfo
	}
	log.Log(context.Background(), level, "state of earlier runs", "state", u.Name, "why", u.Why, "reused", u.Reused, "read", u.Added, "dropped", u.Dropped)
}

// publish writes every table and makes the release visible.
func (b *batch) publish(ctx context.Context, store *release.Store, identity release.Identity, o Options, record runRecord) (manifest release.Manifest, err error) {
	end := b.recorder.Start("decide")
	err = b.decide(ctx)
	end()
	if err != nil {
		return release.Manifest{}, err
	}
	tables, err := b.tables(ctx, o.Content)
	if err != nil {
		return release.Manifest{}, err
	}
	staging, err := store.Stage(identity)
	if err != nil {
		return release.Manifest{}, err
	}
	defer func() { err = errors.Join(err, staging.Discard()) }()
	if o.Run.Workers > 1 {
		staging.Beside = o.Run.ReadBack
	}
	if err := tables.write(staging); err != nil {
		return release.Manifest{}, err
	}
	for _, r := range b.rejects {
		o.Run.Log.Info("in quarantine", "document", r.Source, "stage", r.Stage, "reason", r.Reason, "detail", r.Detail)
	}
	record.Rejected, record.Stages = b.countRejects(), b.recorder.Stages()
	record.Seconds = time.Since(record.Started).Seconds()
	manifest, _, err = staging.Publish(record, o.Run.ReadBack)
	return manifest, err
}

func (b *batch) countRejects() map[stages.Reason]int {
	count := map[stages.Reason]int{}
	for _, r := range b.rejects {
		count[r.Reason]++
	}
	return count
}
