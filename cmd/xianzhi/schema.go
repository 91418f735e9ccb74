package main

import (
	"slices"

	"github.com/spf13/cobra"

	"xianzhi/schemas"
)

func newSchemaCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "schema [TABLE]",
		Short:   "Print the data dictionary",
		Example: "  xianzhi schema indicators --format markdown",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			formats := []schemas.Format{schemas.FormatText, schemas.FormatJSON, schemas.FormatMarkdown}
			tables := schemas.Dictionary()
			if len(args) == 1 {
				table, err := schemas.LookupTable(args[0])
				if err != nil {
					return usageError{err}
				}
				tables = []schemas.TableDoc{table}
			}
			err := schemas.WriteDictionary(cmd.OutOrStdout(), schemas.Format(format), tables...)
			if err != nil && !slices.Contains(formats, schemas.Format(format)) {
				return usageError{err}
			}
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", string(schemas.FormatText), "text, json or markdown")
	return cmd
}
