package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"xianzhi/pipeline"
	"xianzhi/pipeline/metrics"
	"xianzhi/pipeline/observe"
)

func newRunCommand() *cobra.Command {
	s := newSettings()
	cmd := &cobra.Command{
		Use:   "run --in PATH --out DIR",
		Short: "Read reports and publish a release of tables",
		Long: "Read reports and publish a release of tables under DIR/releases; DIR/latest leads to it.\n" +
			"An input may be a file or folder, plain or .gz or .zst, or - for standard input. Options may also stand in\n" +
			"the environment (XIANZHI_OUT) and in the file of --config; see xianzhi config. Limits on what a release may\n" +
			"lose against the one before stand in that file alone, as in gates: {rows: {warn: 5%, error: 20%}}.",
		Example: "  xianzhi run --in testdata/sample --out out",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			start := time.Now()
			signal.Ignore(syscall.SIGPIPE) // a run goes on when nobody takes its log any more
			s.Run.ID = runID()
			s.Run.Log = s.logger(cmd).With("run", s.Run.ID)
			s.Run.Stdin = cmd.InOrStdin()
			report, err := s.run(cmd)
			if cause := context.Cause(cmd.Context()); err != nil && cause != nil {
				err = cause
			}
			if s.metrics != "" && s.Out != "" { // the counts lie there
				s.recordMetrics(report, err, start)
			}
			if err != nil && s.logFormat == "json" { // who reads the log reads no other lines
				s.Run.Log.Error("the run has ended with an error", "error", err.Error(), "exit_code", exitCode(err))
				err = logged{err}
			}
			return err
		},
	}
	s.bind(cmd)
	return cmd
}

// runID names a run; it says nothing about what comes out.
func runID() string {
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

func (s *settings) run(cmd *cobra.Command) (report pipeline.Report, err error) {
	progress, clear := progressBar(cmd.ErrOrStderr())
	s.Run.Progress = progress
	report, err = pipeline.Run(cmd.Context(), s.Options)
	clear()
	if err != nil {
		return report, err
	}
	s.Run.Log.Info("the run has ended", "release", report.ReleaseID, "up_to_date", report.UpToDate, "documents", report.Documents,
		"quarantined", report.Quarantined, "seconds", report.Seconds)
	if err := printReport(cmd.OutOrStdout(), report, s.asJSON); err != nil {
		s.Run.Log.Error("the summary cannot be printed", "error", err)
	}
	if report.Quarantined > 0 {
		return report, quarantined{report.Quarantined, report.Path}
	}
	return report, nil
}

// recordMetrics counts the run. What goes wrong here is logged and no reason to fail.
func (s *settings) recordMetrics(report pipeline.Report, err error, start time.Time) {
	run := metrics.Run{ExitCode: exitCode(err), Started: start, Ended: time.Now()}
	switch run.ExitCode {
	case 0, exitQuarantined:
		switch {
		case report.Pinned:
			run.Result = metrics.Pinned
		case report.UpToDate:
			run.Result = metrics.UpToDate
		default:
			run.Result = metrics.Published
		}
	case exitLocked:
		run.Result = metrics.Locked
	case exitGate:
		run.Result = metrics.GateFailed
	case exitFailed, exitUsage:
		run.Result = metrics.Failed
	default:
		run.Result = metrics.Interrupted
	}
	if err := metrics.Record(s.Out, s.metrics, run); err != nil {
		s.Run.Log.Error("the metrics are not as they should be", "error", err)
	}
}

func printReport(w io.Writer, r pipeline.Report, asJSON bool) error {
	if asJSON {
		return printJSON(w, r)
	}
	verb := "Published"
	switch {
	case r.Pinned:
		verb = "Pinned:"
	case r.UpToDate:
		verb = "Up to date:"
	}
	_, err := fmt.Fprintf(w, "%s release %s in %.1f s\n  %d documents, %d indicators, %d projects, %d in quarantine\n  %s\n",
		verb, r.ReleaseID, r.Seconds, r.Documents, r.Indicators, r.Projects, r.Quarantined, r.Path)
	return err
}

// progressBar shows how far the slow stage has come, on a terminal only.
func progressBar(w io.Writer) (progress func(observe.Event), clear func()) {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	progress = func(e observe.Event) {
		if e.Stage != "read" {
			return
		}
		if bar == nil {
			bar = progressbar.NewOptions(e.Total, progressbar.OptionSetWriter(file), progressbar.OptionSetDescription("reading reports"),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
		}
		_ = bar.Set(e.Done) // a bar that cannot be drawn is no reason to stop
	}
	return progress, func() {
		if bar != nil {
			_ = bar.Finish()
		}
	}
}
