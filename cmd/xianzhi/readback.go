package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"xianzhi/pipeline/release"
)

// readBackVerb is the hidden verb of the child process in which check reads files: the reader
// may exhaust memory on a damaged one. It takes paths on standard input, as JSON strings, and
// answers each with a readBackResult.
const readBackVerb = "read-back"

type readBackResult struct {
	Rows    int64             `json:"rows"`
	Columns map[string]string `json:"columns"`
	Problem string            `json:"problem,omitempty"`
}

func newReadBackCommand() *cobra.Command {
	return &cobra.Command{
		Use:    readBackVerb,
		Short:  "Read Parquet files with the second reader",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			paths, results := json.NewDecoder(cmd.InOrStdin()), json.NewEncoder(cmd.OutOrStdout())
			for {
				var path string
				if err := paths.Decode(&path); errors.Is(err, io.EOF) {
					return nil
				} else if err != nil {
					return fmt.Errorf("cannot read a path: %w", err)
				}
				var r readBackResult
				var err error
				if r.Rows, r.Columns, err = release.ReadBack(path); err != nil {
					r.Problem = err.Error()
				}
				if err := results.Encode(r); err != nil {
					return fmt.Errorf("cannot answer: %w", err)
				}
			}
		},
	}
}

// readBackChild reads files back in one child process, started when the first is asked for and
// again after a file that it died of.
type readBackChild struct {
	ctx     context.Context
	program string    // this one
	process *exec.Cmd // nil when there is none
	paths   io.WriteCloser
	results *json.Decoder
	stderr  bytes.Buffer
}

// readBack is a release.ReadBacker.
func (c *readBackChild) readBack(path string) (int64, map[string]string, error) {
	if c.process == nil {
		if err := c.start(); err != nil {
			return 0, nil, fmt.Errorf("cannot start this program again for the second reader: %w", err)
		}
	}
	var r readBackResult
	err := json.NewEncoder(c.paths).Encode(path)
	if err == nil {
		err = c.results.Decode(&r)
	}
	if err != nil {
		err = errors.Join(err, c.close())
		first, _, _ := strings.Cut(strings.TrimSpace(c.stderr.String()), "\n")
		return 0, nil, fmt.Errorf("the second reader ended on %s (%w): %s", path, err, first)
	}
	if r.Problem != "" {
		return 0, nil, errors.New(r.Problem)
	}
	return r.Rows, r.Columns, nil
}

func (c *readBackChild) start() error {
	process := exec.CommandContext(c.ctx, c.program, readBackVerb)
	c.stderr.Reset()
	process.Stderr = &c.stderr
	paths, err := process.StdinPipe()
	if err != nil {
		return err
	}
	results, err := process.StdoutPipe()
	if err != nil {
		return err
	}
	if err := process.Start(); err != nil {
		return err
	}
	c.process, c.paths, c.results = process, paths, json.NewDecoder(results)
	return nil
}

// close lets the child end and waits for it.
func (c *readBackChild) close() error {
	if c.process == nil {
		return nil
	}
	process := c.process
	c.process = nil
	return errors.Join(c.paths.Close(), process.Wait())
}
