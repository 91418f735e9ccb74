package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"xianzhi/pipeline/release"
)

// readBackVerb is the hidden verb of the child process in which check reads a file: the reader
// may exhaust memory on a damaged one.
const readBackVerb = "read-back"

type readBackResult struct {
	Rows    int64             `json:"rows"`
	Columns map[string]string `json:"columns"`
}

func newReadBackCommand() *cobra.Command {
	return &cobra.Command{
		Use:    readBackVerb + " FILE",
		Short:  "Read a Parquet file with the second reader",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			rows, columns, err := release.ReadBack(args[0])
			if err != nil {
				return err
			}
			return json.NewEncoder(cmd.OutOrStdout()).Encode(readBackResult{rows, columns})
		},
	}
}

// readBackInChild is a release.ReadBacker.
func readBackInChild(ctx context.Context) release.ReadBacker {
	return func(path string) (int64, map[string]string, error) {
		self, err := os.Executable()
		if err != nil {
			return 0, nil, fmt.Errorf("cannot find this program to start it again: %w", err)
		}
		child := exec.CommandContext(ctx, self, readBackVerb, path)
		var problem bytes.Buffer
		child.Stderr = &problem
		out, err := child.Output()
		if err != nil {
			lines := strings.SplitN(strings.TrimSpace(problem.String()), "\n", 2)
			return 0, nil, fmt.Errorf("the second reader cannot read %s (%w): %s", path, err, lines[0])
		}
		var result readBackResult
		if err := json.Unmarshal(out, &result); err != nil {
			return 0, nil, fmt.Errorf("the second reader gave no result for %s: %w", path, err)
		}
		return result.Rows, result.Columns, nil
	}
}
