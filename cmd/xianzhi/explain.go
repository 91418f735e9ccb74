package main

import (
	"bufio"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"xianzhi/pipeline/input"
	"xianzhi/schemas"
	"xianzhi/stages/normalize"
	"xianzhi/stages/normalize/indicator"
)

func newExplainCommand() *cobra.Command {
	var (
		year       int
		trace, all bool
	)
	cmd := &cobra.Command{
		Use:   "explain [TEXT|-]",
		Short: "Show every quantity that a text states",
		Long: "Show every quantity that a text states, one JSON object a line with the columns of the table\n" +
			"indicators; char_start and char_end count code points of the text.",
		Example: "  xianzhi explain --year 2021 地区生产总值增长8%左右",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := textOf(args, cmd.InOrStdin())
			if err != nil {
				return err
			}
			normalizer, err := normalize.New()
			if err != nil {
				return err
			}
			out := bufio.NewWriter(cmd.OutOrStdout())
			for _, e := range normalizer.Explain(text, year) {
				if e.Role != indicator.Quantity && !all {
					continue
				}
				line, err := marshalExplained(e, trace, all)
				if err != nil {
					return err
				}
				fmt.Fprintf(out, "%s\n", line) // Flush returns the error
			}
			return out.Flush()
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&year, "year", 0, "report year that 今年 and the like refer to")
	flags.BoolVar(&trace, "trace", false, "add which rules decided")
	flags.BoolVar(&all, "all", false, "show numbers that are no quantity, too, and the role of each")
	return cmd
}

// textOf takes the text from the argument or, without one or with -, from standard input.
func textOf(args []string, stdin io.Reader) (string, error) {
	if len(args) == 1 && args[0] != input.Stdin {
		return args[0], nil
	}
	data, err := io.ReadAll(io.LimitReader(stdin, input.MaxBytes+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("cannot read standard input: %w", err)
	case len(data) > input.MaxBytes:
		return "", fmt.Errorf("the text has more than %d MiB: explain a part of it", input.MaxBytes>>20)
	case !utf8.Valid(data):
		return "", fmt.Errorf("the text is not UTF-8: convert it first, as with iconv -f GB18030 -t UTF-8")
	}
	return string(data), nil
}

// marshalExplained gives a quantity all columns of the table, any other number its place only.
func marshalExplained(e normalize.Explained, trace, role bool) ([]byte, error) {
	table := schemas.IndicatorTable
	if e.Role != indicator.Quantity {
		table.Columns = nil
		for _, c := range schemas.IndicatorTable.Columns {
			switch c.Name {
			case "value_text", "evidence", "char_start", "char_end":
				table.Columns = append(table.Columns, c)
			}
		}
	}
	var extras []schemas.Extra
	if role {
		extras = append(extras, schemas.Extra{Name: "role", Value: e.Role})
	}
	if trace {
		rules := e.Rules
		if rules == nil {
			rules = []string{}
		}
		extras = append(extras, schemas.Extra{Name: "rules", Value: rules})
	}
	return schemas.MarshalRow(table, &e.Row, extras...)
}
