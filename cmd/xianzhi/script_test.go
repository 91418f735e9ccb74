package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// program is the binary that the tests drive: the real one, since they kill it, and since check
// starts it again.
var program string

func TestMain(m *testing.M) {
	if program = os.Getenv(programEnv); program != "" { // see inNamespace
		os.Exit(m.Run())
	}
	os.Exit(func() int {
		defer printTally()
		dir, err := os.MkdirTemp("", "xianzhi-program-")
		if err == nil {
			defer os.RemoveAll(dir)
			program = filepath.Join(dir, "xianzhi")
			// Other users have to reach it: see TestWithoutPermission.
			err = errors.Join(os.Chmod(dir, 0o755), build(program))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

func build(path string) error {
	out, err := exec.Command("go", "build", "-tags", "ne", "-o", path, ".").CombinedOutput()
	if err != nil {
		return fmt.Errorf("cannot build the program: %w\n%s", err, out)
	}
	return nil
}

// sample is the folder of the sample page.
func sample(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata/sample")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestScripts runs testdata/script/*.txtar. Beside testscript's own commands there are
//
//	exits CODE ARG...   runs xianzhi, which must exit with CODE
//	pad FILE            replaces 〈正文〉 by some running text
//	bytes FILE HEX N    writes N times the bytes HEX to a new file
//	cut FILE N          takes the last N bytes off a file
//	flip FILE           damages a byte in the middle of a file
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", filepath.Dir(program)+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("SAMPLE", sample(t))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "pad": pad, "bytes": writeBytes, "cut": cut, "flip": flip,
		},
	})
}

func arguments(ts *testscript.TestScript, negated bool, args []string, atLeast int) {
	if negated || len(args) < atLeast {
		ts.Fatalf("this command takes at least %d arguments and no !", atLeast)
	}
}

func exits(ts *testscript.TestScript, negated bool, args []string) {
	arguments(ts, negated, args, 2)
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec("xianzhi", args[1:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// runningText makes a body long enough for a document.
var runningText = strings.Repeat("我们坚持把发展作为第一要务，修通道路，治理河流，办好学校，让群众的日子一年比一年好。", 7)

func pad(ts *testscript.TestScript, negated bool, args []string) {
	arguments(ts, negated, args, 1)
	for _, name := range args {
		text := strings.ReplaceAll(ts.ReadFile(name), "〈正文〉", runningText)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
	}
}

func writeBytes(ts *testscript.TestScript, negated bool, args []string) {
	arguments(ts, negated, args, 3)
	var unit string
	_, err := fmt.Sscanf(args[1], "%x", &unit)
	ts.Check(err)
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(unit, n)), 0o644))
}

func cut(ts *testscript.TestScript, negated bool, args []string) {
	arguments(ts, negated, args, 2)
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	data := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(data[:len(data)-n]), 0o644))
}

func flip(ts *testscript.TestScript, negated bool, args []string) {
	arguments(ts, negated, args, 1)
	data := []byte(ts.ReadFile(args[0]))
	data[len(data)/2] ^= 0xFF
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}
