package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"xianzhi/pipeline/diff"
	"xianzhi/pipeline/release"
)

// diffExamples is how many differences the text shows of a table.
const diffExamples = 5

func newDiffCommand() *cobra.Command {
	s := newSettings()
	var format, to string
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "Show which rows two releases differ in",
		Long: "Show which rows were added, removed and changed from release A to release B. Rows are matched by their\n" +
			"ids or keys; text shows the counts and some rows, json and parquet every row added or removed and every\n" +
			"cell changed. A release is named by its folder or, with --out, by its id.",
		Example: "  xianzhi diff --out out e67f267f688741ff latest\n  xianzhi diff out/releases/e67f267f688741ff out/latest --format parquet --to changes.parquet",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if !slices.Contains([]string{"text", "json", "parquet"}, format) {
				return usageError{fmt.Errorf("unknown format %q: use text, json or parquet", format)}
			}
			var dirs [2]string
			for i, arg := range args {
				if dirs[i], err = releaseFolder(s.Out, arg); err != nil {
					return err
				}
			}
			if to == "" && format == "parquet" {
				return usageError{errors.New("a Parquet file needs a name: give one with --to")}
			}
			w := cmd.OutOrStdout()
			if to != "" {
				file, err := os.Create(to)
				if err != nil {
					return fmt.Errorf("cannot write the differences: %w", err)
				}
				defer func() {
					if closeErr := file.Close(); err == nil && closeErr != nil {
						err = fmt.Errorf("cannot write the differences: %w", closeErr)
					}
				}()
				w = file
			}
			buffered := bufio.NewWriter(w)
			switch format {
			case "text":
				err = diffText(cmd, dirs, buffered)
			case "json":
				enc := json.NewEncoder(buffered)
				enc.SetEscapeHTML(false)
				_, err = diff.Releases(cmd.Context(), dirs[0], dirs[1], func(c diff.Change) error { return enc.Encode(c) })
			case "parquet":
				err = diffParquet(cmd, dirs, buffered)
			}
			return errors.Join(err, buffered.Flush())
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, json (a line per difference) or parquet")
	cmd.Flags().StringVar(&to, "to", "", "file to write to; without it standard output")
	s.bind(cmd, "out")
	return cmd
}

// releaseFolder finds a release by its folder, or by its id under out.
func releaseFolder(out, name string) (string, error) {
	path := name
	if out != "" && !strings.ContainsRune(name, filepath.Separator) {
		if path = release.Folder(out, name); name == "latest" {
			path = filepath.Join(out, name)
		}
	}
	resolved, err := filepath.EvalSymlinks(path) // latest may move meanwhile
	if err != nil {
		return "", fmt.Errorf("there is no release %s: give its folder, or --out and its id (xianzhi releases lists them): %w", name, err)
	}
	return resolved, nil
}

func diffText(cmd *cobra.Command, dirs [2]string, w io.Writer) error {
	examples := map[string][]string{}
	counts, err := diff.Releases(cmd.Context(), dirs[0], dirs[1], func(c diff.Change) error {
		if len(examples[c.Table]) < diffExamples {
			examples[c.Table] = append(examples[c.Table], changeLine(c))
		}
		return nil
	})
	if err != nil {
		return err
	}
	same := true
	for _, count := range counts {
		if count.Added+count.Removed+count.Changed == 0 {
			continue
		}
		same = false
		fmt.Fprintf(w, "%s: %d rows added, %d removed, %d changed\n", count.Table, count.Added, count.Removed, count.Changed)
		for _, line := range examples[count.Table] {
			fmt.Fprintf(w, "  %s\n", line)
		}
		if len(examples[count.Table]) == diffExamples {
			fmt.Fprintln(w, "  … (--format json has all)")
		}
	}
	if same {
		fmt.Fprintln(w, "no differences")
	}
	return nil
}

// changeLine shows a change: + and - for rows, ~ for a cell.
func changeLine(c diff.Change) string {
	switch c.Kind {
	case diff.Added:
		return "+ " + c.Key
	case diff.Removed:
		return "- " + c.Key
	}
	return fmt.Sprintf("~ %s %s: %s → %s", c.Key, c.Column.Value, c.Before.Or("null"), c.After.Or("null"))
}

func diffParquet(cmd *cobra.Command, dirs [2]string, w io.Writer) error {
	rows, err := diff.NewParquetWriter(w, filepath.Base(dirs[1]))
	if err != nil {
		return err
	}
	_, err = diff.Releases(cmd.Context(), dirs[0], dirs[1], rows.Write)
	return errors.Join(err, rows.Close())
}
