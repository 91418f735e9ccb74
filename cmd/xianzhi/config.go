package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

func newConfigCommand() *cobra.Command {
	s := newSettings()
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Print the options that run would use",
		Long: "Print the options that run would use, as a configuration file, each with where its value comes from: a flag,\n" +
			"the environment (XIANZHI_MIN_DOCUMENTS for min-documents), the file of --config, in this order, or the default;\n" +
			"and whether it is a content option, which may change rows, or a run option, which never does.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.print(cmd.OutOrStdout()) },
	}
	s.bind(cmd)
	return cmd
}

func (s *settings) print(w io.Writer) error {
	var out strings.Builder
	s.all.VisitAll(func(f *pflag.Flag) {
		origin := s.origin[f.Name]
		if origin == "" {
			origin = "default"
		}
		kind := "run"
		if s.content[f.Name] {
			kind = "content"
		}
		fmt.Fprintf(&out, "%s: %s  # %s; %s option\n", f.Name, yamlValue(f), origin, kind)
	})
	_, err := io.WriteString(w, out.String())
	return err
}

// yamlValue writes a value on one line.
func yamlValue(f *pflag.Flag) string {
	var node yaml.Node
	switch v := f.Value.(type) {
	case dropsValue:
		return v.String()
	case pflag.SliceValue:
		node = yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, s := range v.GetSlice() {
			node.Content = append(node.Content, scalar(s))
		}
	default:
		node = *scalar(f.Value.String())
	}
	text, err := yaml.Marshal(&node)
	if err != nil {
		return strconv.Quote(f.Value.String())
	}
	return strings.TrimSpace(string(text))
}

// scalar quotes a text only where it must be.
func scalar(s string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Value: s}
	if s == "" {
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}
