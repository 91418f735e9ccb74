package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"xianzhi/pipeline"
	"xianzhi/pipeline/observe"
)

func newRunCommand() *cobra.Command {
	options := pipeline.Options{Content: pipeline.DefaultContent()}
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "run --in PATH --out DIR",
		Short: "Read reports and publish a release of tables",
		Long: "Read reports and publish a release of tables under DIR/releases; DIR/latest leads to it.\n" +
			"An input may be a file or folder, plain or .gz or .zst, or - for standard input.",
		Example: "  xianzhi run --in testdata/sample --out out",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			progress, clear := progressBar(cmd.ErrOrStderr())
			options.Run.Progress = progress
			options.Run.Stdin = cmd.InOrStdin()
			options.Run.Log = slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{ReplaceAttr: dropTime}))
			report, err := pipeline.Run(cmd.Context(), options)
			clear()
			if err != nil {
				return err
			}
			if err := printReport(cmd.OutOrStdout(), report, asJSON); err != nil {
				return err
			}
			if report.Quarantined > 0 {
				return quarantined{report.Quarantined, report.Path}
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&options.In, "in", nil, "file, folder or - (repeats)")
	flags.StringVar(&options.Out, "out", "", "folder of the releases")
	flags.IntVar(&options.Content.BaseYear, "base-year", options.Content.BaseYear, "year whose codes region_code_2020 and the crosswalk hold")
	flags.IntVar(&options.Run.Workers, "workers", 0, "texts read at once; 0: one per processor")
	flags.DurationVar(&options.Run.Wait, "wait", 0, "how long to wait for another run in the same folder")
	flags.IntVar(&options.Run.Keep, "keep", defaultKeep, "releases to keep, beside the latest and a pinned one; 0: all")
	flags.BoolVar(&asJSON, "json", false, "print the summary as a JSON object")
	return cmd
}

// defaultKeep lets a reader use a release for as long as four more are published.
const defaultKeep = 5

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
		if e.Stage != "normalize" {
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

func dropTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}
