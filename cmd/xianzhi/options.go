package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"xianzhi/pipeline"
	"xianzhi/pipeline/gate"
)

// settings are the options of run. A verb may have some of them.
type settings struct {
	pipeline.Options
	asJSON                       bool
	metrics, logFormat, logLevel string

	all     *pflag.FlagSet
	content map[string]bool   // options that may change rows
	origin  map[string]string // where a value comes from: flag, environment, the file and line
}

// defaultKeep lets a reader use a release for as long as four more are published.
const defaultKeep = 5

// newSettings declares every option, once: its name, which of the two kinds it is, its default.
// The environment and the configuration file know the same names.
func newSettings() *settings {
	s := &settings{content: map[string]bool{}, origin: map[string]string{}}
	s.Content = pipeline.DefaultContent()
	f := pflag.NewFlagSet("options", pflag.ContinueOnError)
	s.all = f

	content := func(name string) { s.content[name] = true }
	f.IntVar(&s.Content.BaseYear, "base-year", s.Content.BaseYear, "year whose codes region_code_2020 and the crosswalk hold")
	content("base-year")

	f.StringArrayVar(&s.In, "in", nil, "file, folder or - (repeats)")
	f.StringVar(&s.Out, "out", "", "folder of the releases")
	f.IntVar(&s.Run.Workers, "workers", 0, "texts read at once; 0: one per processor")
	f.DurationVar(&s.Run.Wait, "wait", 0, "how long to wait for another run in the same folder")
	f.IntVar(&s.Run.Keep, "keep", defaultKeep, "releases to keep, beside the latest and a pinned one; 0: all")
	f.Var(limitValue{&s.Run.Gates.MaxQuarantine}, "max-quarantine", "publish nothing if more is in quarantine, as a number or a share such as 5%")
	f.Int64Var(&s.Run.Gates.MinDocuments, "min-documents", 0, "publish nothing if there are fewer documents")
	f.Var(dropsValue{&s.Run.Gates.Drops}, "gates", "") // of the configuration file alone
	f.BoolVar(&s.asJSON, "json", false, "print the summary as a JSON object")
	f.StringVar(&s.metrics, "metrics", "", "file for Prometheus, replaced by every run")
	s.logFormat, s.logLevel = "text", "warn"
	f.Var(choice{&s.logFormat, []string{"text", "json"}}, "log-format", "text or json")
	f.Var(choice{&s.logLevel, []string{"debug", "info", "warn", "error"}}, "log-level", "debug, info, warn or error")
	return s
}

// configOption names the file; it is no option of a run.
const configOption = "config"

// bind gives a verb the named options, or all.
func (s *settings) bind(cmd *cobra.Command, names ...string) {
	s.all.VisitAll(func(f *pflag.Flag) {
		if f.Name != "gates" && (len(names) == 0 || slices.Contains(names, f.Name)) {
			cmd.Flags().AddFlag(f)
		}
	})
	cmd.Flags().String(configOption, "", "YAML file of options")
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := s.resolve(cmd); err != nil {
			return usageError{err}
		}
		return run(cmd, args)
	}
}

// environmentPrefix stands before the name of an option in capitals, _ for -.
const environmentPrefix = "XIANZHI_"

// resolve fills in what the command line leaves open: from the environment, then the
// configuration file, then the defaults.
func (s *settings) resolve(cmd *cobra.Command) error {
	s.all.VisitAll(func(f *pflag.Flag) {
		if f.Changed {
			s.origin[f.Name] = "flag"
		}
	})
	file, _ := cmd.Flags().GetString(configOption)
	for _, variable := range slices.Sorted(slices.Values(os.Environ())) {
		name, value, _ := strings.Cut(variable, "=")
		key, ours := strings.CutPrefix(name, environmentPrefix)
		if !ours {
			continue
		}
		option := strings.ReplaceAll(strings.ToLower(key), "_", "-")
		f := s.all.Lookup(option)
		switch {
		case option == configOption:
			if file == "" {
				file = value
			}
			continue
		case option == "gates":
			return fmt.Errorf("gates cannot be set by %s: use the configuration file", name)
		case f == nil || key != strings.ToUpper(key):
			return fmt.Errorf("the environment sets %s, but there is no such option: unset it, or use one of %s", name, strings.Join(s.variables(), ", "))
		case s.origin[option] != "":
			continue
		}
		values := []string{value}
		if f.Value.Type() == "stringArray" {
			values = strings.Split(value, string(os.PathListSeparator))
		}
		for _, v := range values {
			if err := set(f, v); err != nil {
				return fmt.Errorf("%s=%s in the environment cannot be used: %w", name, value, err)
			}
		}
		s.origin[option] = "environment, " + name
	}
	if file == "" {
		return nil
	}
	return s.readFile(file)
}

// names lists the options.
func (s *settings) names() []string {
	var names []string
	s.all.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// variables lists what the environment may set.
func (s *settings) variables() []string {
	var names []string
	for _, option := range s.names() {
		if option != "gates" {
			names = append(names, environmentPrefix+strings.ToUpper(strings.ReplaceAll(option, "-", "_")))
		}
	}
	return names
}

// readFile takes from a configuration file what is not set yet.
func (s *settings) readFile(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("cannot read the configuration: %w", err)
	}
	var document, another yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil // empty, or comments alone
	} else if err != nil {
		return fmt.Errorf("%s is no YAML: %w", path, err)
	}
	switch err := decoder.Decode(&another); {
	case err == nil:
		return fmt.Errorf("%s:%d: a configuration is one document: put all options into the first", path, another.Line)
	case !errors.Is(err, io.EOF):
		return fmt.Errorf("%s is no YAML: %w", path, err)
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		return fmt.Errorf("%s:%d: a configuration is a list of options with their values, such as keep: 5", path, root.Line)
	}
	seen := map[string]bool{}
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		at := fmt.Sprintf("%s:%d", path, key.Line)
		f := s.all.Lookup(key.Value)
		switch {
		case f == nil:
			return fmt.Errorf("%s: there is no option %s: use one of %s", at, key.Value, strings.Join(s.names(), ", "))
		case seen[key.Value]:
			return fmt.Errorf("%s: %s is set twice", at, key.Value)
		}
		seen[key.Value] = true
		if s.origin[key.Value] != "" {
			continue
		}
		if err := setFromYAML(f, value); err != nil {
			return fmt.Errorf("%s: %s cannot be used: %w", at, key.Value, err)
		}
		s.origin[key.Value] = at
	}
	return nil
}

func setFromYAML(f *pflag.Flag, value *yaml.Node) error {
	if drops, ok := f.Value.(dropsValue); ok {
		return drops.decode(value)
	}
	values := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode && f.Value.Type() == "stringArray" {
		values = value.Content
	}
	for _, v := range values {
		if v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
			return errors.New("it needs a plain value")
		}
		if err := set(f, v.Value); err != nil {
			return err
		}
	}
	return nil
}

// set sets an option from a text. Its error leaves out the words of package strconv.
func set(f *pflag.Flag, text string) error {
	err := f.Value.Set(text)
	if err == nil {
		return nil
	}
	switch f.Value.Type() {
	case "int", "int64":
		return fmt.Errorf("%q is no whole number", text)
	case "bool":
		return fmt.Errorf("%q is neither true nor false", text)
	case "duration":
		return fmt.Errorf("%q is no duration such as 90s or 1h30m", text)
	}
	return err
}

// logger writes to the command's standard error. Text leaves the time to journald, cron and
// containers, which add their own.
func (s *settings) logger(cmd *cobra.Command) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.logLevel)) // one of the choices
	if s.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level}))
	}
	return slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level, ReplaceAttr: dropTime}))
}

func dropTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// choice is a flag with a few values.
type choice struct {
	value *string
	of    []string
}

func (c choice) String() string { return *c.value }
func (c choice) Type() string   { return "string" }

func (c choice) Set(s string) error {
	if !slices.Contains(c.of, s) {
		return fmt.Errorf("%q is none of %s", s, strings.Join(c.of, ", "))
	}
	*c.value = s
	return nil
}

// limitValue is a flag of a gate.Limit.
type limitValue struct{ limit *gate.Limit }

func (v limitValue) String() string { return v.limit.String() }
func (v limitValue) Type() string   { return "limit" }

func (v limitValue) Set(s string) (err error) {
	if s == "" { // as xianzhi config writes no limit
		*v.limit = gate.Limit{}
		return nil
	}
	*v.limit, err = gate.ParseLimit(s)
	return err
}

// dropsValue holds the thresholds of the configuration file's key gates:
//
//	gates:
//	  rows: {warn: 5%, error: 20%}
type dropsValue struct{ drops *map[string]gate.Threshold }

func (v dropsValue) Type() string     { return "gates" }
func (v dropsValue) Set(string) error { return errors.New("use the configuration file") }

func (v dropsValue) decode(node *yaml.Node) error {
	var metrics map[string]map[string]string
	if err := node.Decode(&metrics); err != nil {
		return fmt.Errorf("a gate looks like rows: {warn: 5%%, error: 20%%}: %w", err)
	}
	*v.drops = map[string]gate.Threshold{}
	for _, metric := range slices.Sorted(maps.Keys(metrics)) {
		var t gate.Threshold
		for level, text := range metrics[metric] {
			limit, err := gate.ParseLimit(text)
			if err != nil {
				return fmt.Errorf("%s of %s: %w", level, metric, err)
			}
			switch level {
			case "warn":
				t.Warn = limit
			case "error":
				t.Error = limit
			default:
				return fmt.Errorf("%s has no %s: use warn and error", metric, level)
			}
		}
		if !t.Warn.Set && !t.Error.Set {
			return fmt.Errorf("%s has no limit: give it warn, error or both", metric)
		}
		(*v.drops)[metric] = t
	}
	return gate.Rules{Drops: *v.drops}.CheckNames()
}

// String gives the thresholds as YAML on one line.
func (v dropsValue) String() string {
	if v.drops == nil || len(*v.drops) == 0 {
		return "{}"
	}
	var metrics []string
	for _, metric := range slices.Sorted(maps.Keys(*v.drops)) {
		var levels []string
		if t := (*v.drops)[metric]; t.Warn.Set {
			levels = append(levels, "warn: "+t.Warn.String())
		}
		if t := (*v.drops)[metric]; t.Error.Set {
			levels = append(levels, "error: "+t.Error.String())
		}
		metrics = append(metrics, fmt.Sprintf("%s: {%s}", metric, strings.Join(levels, ", ")))
	}
	return "{" + strings.Join(metrics, ", ") + "}"
}
