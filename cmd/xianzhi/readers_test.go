package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"xianzhi/pipeline/release"
	"xianzhi/schemas"
)

// TestReadersSeeOneRelease: readers in DuckDB resolve a release once and query its tables, while
// runs publish others and remove the old ones. All that a reader sees is of that release; it is
// there until as many more are published as are kept, and what a reader has open is there longer.
func TestReadersSeeOneRelease(t *testing.T) {
	t.Parallel()
	const keep = 2
	w := newWorld(t)
	db := openDuckDB(t, ".")
	w.mustRun()
	var begun atomic.Int64 // publications
	publish := func() {
		begun.Add(1)
		w.change()
		if code, log := w.run("--keep", fmt.Sprint(keep)); code != 0 {
			t.Errorf("exit code %d: %s", code, log)
		}
	}
	// read asks for all tables of the release in a folder, one after the other.
	read := func(dir string) (string, error) {
		files := filepath.Join(dir, "*.parquet")
		for _, q := range []struct{ statement, want string }{
			{"SELECT count(*) FROM '%s/documents.parquet', range(20000)", "80000"},
			{"SELECT count(*) FROM '%[1]s/indicators.parquet' JOIN '%[1]s/documents.parquet' USING (doc_id)", "4"},
			{"SELECT count(*) FROM '%[1]s/panel_sources.parquet' JOIN '%[1]s/indicators.parquet' USING (indicator_id)", "4"},
		} {
			statement := fmt.Sprintf(q.statement, dir)
			var got string
			if err := db.QueryRow(statement).Scan(&got); err != nil || got != q.want {
				return fmt.Sprintf("%s: got %s, want %s", statement, got, q.want), err
			}
		}
		var releases, tables int
		var id string
		err := db.QueryRow(fmt.Sprintf(`SELECT count(DISTINCT value), count(*), any_value(decode(value))
			FROM parquet_kv_metadata('%s') WHERE decode(key) LIKE '%%release_id'`, files)).Scan(&releases, &tables, &id)
		if err == nil && (releases != 1 || tables != len(schemas.Dictionary()) || id != filepath.Base(dir)) {
			return fmt.Sprintf("the files of %s are of %d releases", dir, releases), nil
		}
		return "", err
	}

	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 4 {
			publish()
		}
	}()
	reads, late := 0, 0
	seen := map[string]bool{}
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		time.Sleep(50 * time.Millisecond) // other tests want the processors, too
		resolvedAfter := begun.Load()
		dir := w.latest()
		wrong, err := read(dir)
		switch {
		case err != nil && begun.Load()-resolvedAfter >= keep:
			late++ // a slow reader: the release may be gone
		case err != nil || wrong != "":
			t.Fatalf("%s (%v)", wrong, err)
		default:
			reads++
			seen[dir] = true
			tried("readers in DuckDB while releases are switched and removed")
		}
	}
	t.Logf("%d reads of %d releases, %d were too late", reads, len(seen), late)

	// Open files outlast the release.
	dir := w.latest()
	var files []*os.File
	for _, table := range schemas.Dictionary() {
		f, err := os.Open(filepath.Join(dir, table.Name+".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		files = append(files, f)
	}
	publish()
	if wrong, err := read(dir); err != nil || wrong != "" {
		t.Fatalf("after one more release: %s (%v)", wrong, err)
	}
	publish()
	if _, err := os.Stat(dir); err == nil {
		t.Fatalf("%s is still there", dir)
	}
	documents := files[slices.IndexFunc(files, func(f *os.File) bool { return strings.HasSuffix(f.Name(), "documents.parquet") })]
	var n int
	if err := db.QueryRow(fmt.Sprintf("SELECT count(text) FROM read_parquet('/proc/self/fd/%d')", documents.Fd())).Scan(&n); err != nil || n != 4 {
		t.Errorf("of the open file of a removed release DuckDB reads %d documents (%v)", n, err)
	}
	tried("reader with open files of a removed release")
	if findings, err := release.Check(t.Context(), w.latest(), release.ReadBack); err != nil || len(findings) > 0 {
		t.Errorf("%v (%v)", findings, err)
	}
}
