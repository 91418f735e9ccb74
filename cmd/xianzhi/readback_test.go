package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xianzhi/pipeline"
)

// TestReadBackChild asks one child for several files, one of them broken, and one again after the
// child was killed.
func TestReadBackChild(t *testing.T) {
	out := t.TempDir()
	report, err := pipeline.Run(t.Context(), pipeline.Options{In: []string{"../../testdata/gold/wenxi.txt"}, Out: out, Content: pipeline.DefaultContent()})
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(out, "broken.parquet")
	if err := os.WriteFile(broken, []byte("PAR1 no table PAR1"), 0o644); err != nil {
		t.Fatal(err)
	}
	child := readBackChild{ctx: t.Context(), program: program}
	for _, kill := range []bool{false, true} {
		for _, table := range []string{"documents", "conflicts", "crosswalk"} {
			rows, columns, err := child.readBack(filepath.Join(report.Path, table+".parquet"))
			if err != nil || len(columns) == 0 || table == "documents" && rows != 1 {
				t.Errorf("%s: %d rows, %d columns (%v)", table, rows, len(columns), err)
			}
			if _, _, err := child.readBack(broken); err == nil || !strings.Contains(err.Error(), "broken.parquet") {
				t.Errorf("a broken file gives %v", err)
			}
		}
		if kill {
			break
		}
		if err := child.process.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := child.readBack(broken); err == nil || !strings.Contains(err.Error(), "ended on") {
			t.Errorf("a child that died gives %v", err)
		}
	}
	if err := child.close(); err != nil {
		t.Error(err)
	}
}
