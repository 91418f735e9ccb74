package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// sampleRun is what `make run` does in a copy of the working tree.
type sampleRun struct {
	tree   string // folder of the copy
	output string
}

// runSample makes the run once for all tests; TestMain removes the copy.
var runSample = sync.OnceValues(func() (sampleRun, error) {
	run := sampleRun{tree: filepath.Join(filepath.Dir(program), "tree")}
	if err := copyTree(run.tree, "../.."); err != nil {
		return run, fmt.Errorf("cannot copy the working tree: %w", err)
	}
	var err error
	run.output, err = shell(run.tree, "make run")
	return run, err
})

// copyTree copies a source tree without what is built in it and without dotfiles.
func copyTree(to, from string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	if err := os.Mkdir(to, 0o755); err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, ".") || name == "bin" || name == "out":
		case e.IsDir():
			err = os.CopyFS(filepath.Join(to, name), os.DirFS(filepath.Join(from, name)))
		default:
			var data []byte
			if data, err = os.ReadFile(filepath.Join(from, name)); err == nil {
				err = os.WriteFile(filepath.Join(to, name), data, 0o644)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// shell runs a command line, which must exit with 0, and returns what it prints.
func shell(dir, command string) (string, error) {
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "MAKEFLAGS=", "MAKELEVEL=") // as if no make had started these tests
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("cannot run %q: %w\n%s", command, err, out)
	}
	return string(out), nil
}

// TestSample holds the documents of the sample page against a table made by reading the page.
func TestSample(t *testing.T) {
	run, err := runSample()
	if err != nil {
		t.Fatal(err)
	}
	db := openDuckDB(t, run.tree)
	if found := query(t, db, `SELECT (SELECT count(*) FROM 'testdata/expected/sample.csv') AS expected,
		(SELECT count(*) FROM 'out/latest/documents.parquet') AS documents,
		(SELECT count(*) FROM 'out/latest/quarantine.parquet') AS quarantined`); strings.Join(found.rows[0], " ") != "10 10 0" {
		t.Errorf("want ten documents, none quarantined:\n%s", found)
	}
	if differences := query(t, db, `WITH
		expected AS (FROM read_csv('testdata/expected/sample.csv', all_varchar = true)),
		found AS (SELECT title, doc_type, region_code, level, CAST(delivered_on AS VARCHAR), speaker FROM 'out/latest/documents.parquet')
		SELECT 'missing' AS problem, * FROM (FROM expected EXCEPT ALL FROM found)
		UNION ALL SELECT 'unexpected', * FROM (FROM found EXCEPT ALL FROM expected)
		ORDER BY title, problem`); len(differences.rows) > 0 {
		t.Errorf("the documents differ from testdata/expected/sample.csv:\n%s", differences)
	}
}
