package main

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"xianzhi/pipeline"
	"xianzhi/pipeline/observe"
)

func newRunCommand() *cobra.Command {
	s := newSettings()
	cmd := &cobra.Command{
		Use:   "run --in PATH --out DIR",
		Short: "Read reports and publish a release of tables",
		Long: "Read reports and publish a release of tables under DIR/releases; DIR/latest leads to it.\n" +
			"An input may be a file or folder, plain or .gz or .zst, or - for standard input. Options may also stand in\n" +
			"the environment (XIANZHI_OUT) and in the file of --config; see xianzhi config.",
		Example: "  xianzhi run --in testdata/sample --out out",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			progress, clear := progressBar(cmd.ErrOrStderr())
			s.Run.Progress = progress
			s.Run.Stdin = cmd.InOrStdin()
			s.Run.Log = s.logger(cmd)
			report, err := pipeline.Run(cmd.Context(), s.Options)
			clear()
			if err != nil {
				return err
			}
			if err := printReport(cmd.OutOrStdout(), report, s.asJSON); err != nil {
				return err
			}
			if report.Quarantined > 0 {
				return quarantined{report.Quarantined, report.Path}
			}
			return nil
		},
	}
	s.bind(cmd)
	return cmd
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
