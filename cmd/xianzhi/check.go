package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"xianzhi/pipeline/release"
)

func newCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check DIR",
		Short: "Verify a release",
		Long: "Verify a release, in its folder or the latest of an output folder: the hashes of its files, then\n" +
			"schemas, ids, keys and spans, and that a second reader finds the same rows.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			find := release.Resolve
			if _, err := os.Stat(filepath.Join(args[0], release.ManifestFile)); err == nil {
				find = filepath.EvalSymlinks
			}
			path, err := find(args[0])
			if err != nil {
				return err
			}
			self, err := os.Executable()
			if err != nil {
				return fmt.Errorf("cannot find this program to start it again: %w", err)
			}
			child := readBackChild{ctx: cmd.Context(), program: self}
			findings, err := release.Check(cmd.Context(), path, child.readBack)
			_ = child.close() // it has answered
			if err != nil {
				return err
			}
			for _, f := range findings {
				fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", f.File, f.Problem)
			}
			if len(findings) > 0 {
				return damaged{len(findings), path}
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is whole\n", path)
			return err
		},
	}
}
