package main

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
	"golang.org/x/text/width"
)

var update = flag.Bool("update", false, "rewrite the output shown in README.md")

// block is a fenced block of Markdown.
var block = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// TestREADME does what README.md says, from top to bottom, and compares what comes out with what
// it shows: the commands of ```console blocks and the queries of ```sql blocks, whose result
// stands in the ```text block that follows. Go test's flag -update rewrites the file.
func TestREADME(t *testing.T) {
	const path = "../../README.md"
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	run, err := runSample()
	if err != nil {
		t.Fatal(err)
	}
	db := openDuckDB(t, run.tree)
	counts := map[string]int{}
	awaited := "" // the result that the next block shows
	current := block.ReplaceAllStringFunc(string(readme), func(fenced string) string {
		parts := block.FindStringSubmatch(fenced)
		kind, shown := parts[1], parts[2]
		counts[kind]++
		actual := shown
		if awaited != "" && kind != "text" {
			t.Errorf("a ```text block has to follow the query above:\n%s", shown)
		}
		switch {
		case kind == "console":
			actual = replay(t, run, shown)
		case awaited != "":
			actual, awaited = awaited, ""
		case kind == "sql":
			awaited = query(t, db, shown).String()
		}
		if actual != shown && !*update {
			t.Errorf("README.md shows\n%s\nbut now it is (go test -tags ne ./cmd/xianzhi -run README -update)\n%s", shown, actual)
		}
		return "```" + kind + "\n" + actual + "```"
	})
	if counts["console"] == 0 || counts["sql"] == 0 || awaited != "" {
		t.Errorf("README.md has %d ```console and %d ```sql blocks; it needs both, and a result after each query", counts["console"], counts["sql"])
	}
	if *update && !t.Failed() && current != string(readme) {
		if err := os.WriteFile(path, []byte(current), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// What differs from run to run and is shown as …
var (
	clock      = regexp.MustCompile(`\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b`)
	seconds    = regexp.MustCompile(`\bin \d+\.\d s\b`)
	makeTarget = regexp.MustCompile(`^make \w+$`)
)

// replay runs the lines of a block that start with $ and returns the block as it should be. Of
// the Makefile's targets only run is made; it is checked that the others exist.
func replay(t *testing.T, run sampleRun, shown string) string {
	t.Helper()
	var actual strings.Builder
	for line := range strings.Lines(shown) {
		command, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "$ ")
		if !ok {
			continue
		}
		var output string
		var err error
		switch {
		case command == "make run":
			output = run.output
		case makeTarget.MatchString(command):
			_, err = shell(run.tree, command+" --dry-run")
		default:
			output, err = shell(run.tree, command)
		}
		if err != nil {
			t.Error(err)
		}
		output = strings.ReplaceAll(output, run.tree, "…")
		output = clock.ReplaceAllString(output, "YYYY-MM-DD hh:mm:ss")
		actual.WriteString(line + seconds.ReplaceAllString(output, "in … s"))
	}
	if actual.Len() == 0 {
		t.Errorf("this ```console block has no command:\n%s", shown)
	}
	return actual.String()
}

// openDuckDB opens a database that looks for files in dir.
func openDuckDB(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "?file_search_path="+filepath.ToSlash(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// table is the result of a query, as text.
type table struct {
	header  []string
	numeric []bool // columns to be aligned right
	rows    [][]string
}

func query(t *testing.T, db *sql.DB, statement string) table {
	t.Helper()
	rows, err := db.Query(statement)
	if err != nil {
		t.Fatalf("%v in\n%s", err, statement)
	}
	defer rows.Close()
	var result table
	if result.header, err = rows.Columns(); err != nil {
		t.Fatal(err)
	}
	result.numeric = make([]bool, len(result.header))
	values, targets := make([]any, len(result.header)), make([]any, len(result.header))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		cells := make([]string, len(values))
		for i, v := range values {
			switch v := v.(type) {
			case nil:
			case string:
				cells[i] = v
			case time.Time:
				cells[i] = v.Format(time.DateOnly)
			case float64:
				cells[i], result.numeric[i] = strconv.FormatFloat(v, 'f', -1, 64), true
			default:
				cells[i], result.numeric[i] = fmt.Sprint(v), true
			}
		}
		result.rows = append(result.rows, cells)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return result
}

// String renders the table in aligned columns, for a font in which a Chinese character is as
// wide as two letters.
func (r table) String() string {
	lines := append([][]string{r.header}, r.rows...)
	widths := make([]int, len(r.header))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], columns(cell))
		}
	}
	var out strings.Builder
	for _, line := range lines {
		var row strings.Builder
		for i, cell := range line {
			padding := strings.Repeat(" ", widths[i]-columns(cell))
			if r.numeric[i] {
				row.WriteString(padding + cell + "  ")
			} else {
				row.WriteString(cell + padding + "  ")
			}
		}
		out.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return out.String()
}

// columns is how many columns a text takes on a terminal.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if kind := width.LookupRune(r).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
