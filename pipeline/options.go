package pipeline

import (
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strconv"
	"time"

	"xianzhi/pipeline/gate"
	"xianzhi/pipeline/observe"
	"xianzhi/pipeline/release"
	"xianzhi/schemas/refdata"
)

// Options say what a run does. Every option is either a content option, which may change rows
// and is part of the release's identity, or a run option, which never is.
type Options struct {
	In      []string // files, folders or - for standard input
	Out     string   // folder of the releases
	Content ContentOptions
	Run     RunOptions
}

// ContentOptions may change rows.
type ContentOptions struct {
	// BaseYear is the year whose division codes region_code_2020 holds and the crosswalk leads to.
	BaseYear int
}

// DefaultContent returns the content options of a plain run.
func DefaultContent() ContentOptions { return ContentOptions{BaseYear: 2020} }

// identity gives the options as they stand in the release's identity.
func (c ContentOptions) identity() map[string]string {
	return map[string]string{"base_year": strconv.Itoa(c.BaseYear)}
}

// RunOptions say how a run goes, never what comes out.
type RunOptions struct {
	ID       string              // names the run in its log, its summary and run.json
	Workers  int                 // 0: one per processor
	Wait     time.Duration       // how long to wait for another run in the same folder
	Keep     int                 // releases to keep beside the latest and the pinned one; 0: all
	Stdin    io.Reader           // for the input -
	Log      *slog.Logger        // nil: no log
	Progress func(observe.Event) // nil: nobody watches
	ReadBack release.ReadBacker  // nil: release.ReadBack
	Gates    gate.Rules          // what a release must hold to be published

	fault func(source, stage string) // of tests: called by guard
}

// UsageError is a mistake in the options.
type UsageError struct{ message string }

// Error implements error.
func (e *UsageError) Error() string { return e.message }

// complete checks the options and fills in defaults.
func (o Options) complete() (Options, error) {
	switch {
	case len(o.In) == 0:
		return o, &UsageError{"there is no input: name a file, a folder or - with --in"}
	case o.Out == "":
		return o, &UsageError{"there is no output folder: name one with --out"}
	case o.Run.Workers < 0:
		return o, &UsageError{fmt.Sprintf("%d workers cannot work: give --workers at least 1, or 0 for one per processor", o.Run.Workers)}
	case o.Run.Keep < 0:
		return o, &UsageError{fmt.Sprintf("%d releases cannot be kept: give --keep at least 1, or 0 to keep all", o.Run.Keep)}
	case o.Content.BaseYear < refdata.FirstYear:
		return o, &UsageError{fmt.Sprintf("there are no division codes of %d: give --base-year a year from %d on", o.Content.BaseYear, refdata.FirstYear)}
	}
	if err := o.Run.Gates.CheckNames(); err != nil {
		return o, &UsageError{err.Error()}
	}
	if o.Run.Workers == 0 {
		o.Run.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Run.Log == nil {
		o.Run.Log = slog.New(slog.DiscardHandler)
	}
	if o.Run.ReadBack == nil {
		o.Run.ReadBack = release.ReadBack
	}
	return o, nil
}
