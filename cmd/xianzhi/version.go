package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"xianzhi/schemas"
)

func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of program, schema and rules",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "xianzhi %s, schema %d, rules %d\n",
				schemas.ProgramVersion, schemas.SchemaVersion, schemas.RulesVersion)
			return err
		},
	}
}
