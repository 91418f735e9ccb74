package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"xianzhi/pipeline/release"
)

func newPathCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "path DIR",
		Short: "Print the folder of the latest release",
		Long:  "Print the folder of the latest release, so that all tables are read from the same one.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := release.Resolve(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), path)
			return err
		},
	}
}
