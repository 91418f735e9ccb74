package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"xianzhi/pipeline/release"
	"xianzhi/schemas"
)

func newReleasesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "releases DIR",
		Short: "List the releases of an output folder",
		Long:  "List the releases of an output folder, the one published last first: when, how many rows, and which\none latest leads to or is pinned to.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			entries, err := release.List(args[0])
			if len(entries) == 0 {
				return err
			}
			if asJSON {
				return errors.Join(printJSON(cmd.OutOrStdout(), entries), err)
			}
			return errors.Join(printReleases(cmd.OutOrStdout(), entries), err)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array, with the rows of every table")
	return cmd
}

func printReleases(w io.Writer, entries []release.Entry) error {
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(columns, "release\tpublished\tdocuments\tindicators\tprojects\tquarantine")
	for _, e := range entries {
		fmt.Fprintf(columns, "%s\t%s", e.ID, e.Published.Local().Format(time.DateTime))
		for _, table := range []string{schemas.DocumentTable.Name, schemas.IndicatorTable.Name, schemas.ProjectTable.Name, schemas.QuarantineTable.Name} {
			if e.Rows == nil {
				fmt.Fprint(columns, "\t?")
			} else {
				fmt.Fprintf(columns, "\t%d", e.Rows[table])
			}
		}
		if e.Latest {
			fmt.Fprint(columns, "\tlatest")
		}
		if e.Pinned {
			fmt.Fprint(columns, "\tpinned")
		}
		fmt.Fprintln(columns)
	}
	return columns.Flush()
}

func printJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}
