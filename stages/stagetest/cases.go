// Package stagetest runs the cases of a stage, which stand in YAML files so that an expert in
// the texts adds cases without Go.
//
// Input: a folder of YAML files, each a list of cases. Output: one subtest for each case. An
// unknown key and a file or folder without cases fail the test. What a case means is the
// caller's; nothing here knows a stage.
package stagetest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Run runs every case of dir/*.yaml as a subtest named by its file and place.
func Run[C any](t *testing.T, dir string, run func(*testing.T, C)) {
	t.Helper()
	for _, file := range files(t, dir) {
		for i, c := range load[C](t, file) {
			t.Run(fmt.Sprintf("%s/%d", filepath.Base(file), i+1), func(t *testing.T) { run(t, c) })
		}
	}
}

// Cases returns the cases of dir/*.yaml, as the seeds of a fuzzer.
func Cases[C any](tb testing.TB, dir string) []C {
	tb.Helper()
	var out []C
	for _, file := range files(tb, dir) {
		out = append(out, load[C](tb, file)...)
	}
	return out
}

func files(tb testing.TB, dir string) []string {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(names) == 0 {
		tb.Fatalf("%s holds no case file: %v", dir, err)
	}
	return names
}

func load[C any](tb testing.TB, file string) []C {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	var cases []C
	if err := decoder.Decode(&cases); err != nil {
		tb.Fatalf("%s: %v", file, err)
	}
	if len(cases) == 0 {
		tb.Fatalf("%s has no case", file)
	}
	return cases
}
