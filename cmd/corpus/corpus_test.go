package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"xianzhi/pipeline"
)

// TestRelease runs a made-up corpus and holds vintages, copies, panel, its sources, conflicts and
// coverage against what the generator wrote, row by row. make corpus-check does it with thousands
// of reports of usual length.
func TestRelease(t *testing.T) {
	o := options{out: filepath.Join(t.TempDir(), "corpus"), reports: 180, years: 3, seed: 7, chars: 1500}
	if n := os.Getenv("XIANZHI_CORPUS"); n != "" {
		o.years, o.chars = 5, 15000
		if _, err := fmt.Sscan(n+" "+os.Getenv("XIANZHI_SEED"), &o.reports, &o.seed); err != nil {
			t.Fatalf("XIANZHI_CORPUS and XIANZHI_SEED must be numbers: %v", err)
		}
	}
	if err := generate(o); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	report, err := pipeline.Run(t.Context(), pipeline.Options{In: []string{filepath.Join(o.out, "reports")}, Out: out, Content: pipeline.DefaultContent()})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d documents, %d in quarantine, %.1f s", report.Documents, report.Quarantined, report.Seconds)
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, c := range []struct{ name, want, got string }{
		{
			"documents", "SELECT source, region_code, report_year, vintage, is_latest FROM truth_documents WHERE copy_of IS NULL",
			"SELECT source, region_code, report_year::VARCHAR, vintage::VARCHAR, is_latest::VARCHAR FROM documents",
		},
		{
			"copies", "SELECT source, 'duplicate', copy_of FROM truth_documents WHERE copy_of IS NOT NULL",
			"SELECT q.source, q.reason, d.source FROM quarantine AS q LEFT JOIN documents AS d ON d.doc_id = q.duplicate_of",
		},
		{
			"panel", `SELECT region_code, year::INT, "column", round(value::DOUBLE, 4) FROM truth_panel`,
			`SELECT region_code, year, "column", round(value, 4) FROM (UNPIVOT panel
				ON COLUMNS(* EXCLUDE (region_code, name, level, province_code, prefecture_code, region_code_2020, year)) INTO NAME "column" VALUE value)`,
		},
		{
			"panel sources", `SELECT region_code, year::INT, "column", source FROM truth_panel`,
			`SELECT p.region_code, p.year, p."column", d.source FROM panel_sources AS p JOIN indicators AS i USING (indicator_id) JOIN documents AS d USING (doc_id)`,
		},
		{
			"conflicts", `SELECT region_code, year::INT, "column", round(value::DOUBLE, 4), round(before::DOUBLE, 4) FROM truth_panel WHERE before IS NOT NULL`,
			`SELECT region_code, year, "column", round(value_kept, 4), round(value_other, 4) FROM conflicts`,
		},
		{
			"coverage", `SELECT DISTINCT d.region_code, d.report_year::INT AS year, regexp_replace(p."column", '_(g|s|t|tg)$', '') AS code
				FROM truth_panel AS p JOIN truth_documents AS d USING (source) WHERE code IN (SELECT indicator_code FROM coverage)`,
			`SELECT region_code, year, indicator_code FROM coverage WHERE status = 'stated'`,
		},
		{
			"coverage by year", `SELECT DISTINCT region_code, report_year::INT AS year, 'report' FROM truth_documents`,
			`SELECT DISTINCT region_code, year, CASE WHEN status = 'no_report' THEN status ELSE 'report' END FROM coverage`,
		},
	} {
		with := fmt.Sprintf("WITH truth_documents AS (FROM read_csv('%[1]s/documents.csv', all_varchar = true)), truth_panel AS (FROM read_csv('%[1]s/panel.csv', all_varchar = true))", o.out)
		for _, table := range []string{"documents", "quarantine", "panel", "panel_sources", "coverage", "conflicts", "indicators"} {
			with += fmt.Sprintf(", %s AS (FROM '%s/latest/%s.parquet')", table, out, table)
		}
		compare(t, db, c.name, with, c.want, c.got)
	}
}

// compare fails if two queries do not give the same rows.
func compare(t *testing.T, db *sql.DB, name, with, want, got string) {
	t.Helper()
	rows, err := db.Query(with + `, want AS (` + want + `), got AS (` + got + `)
		SELECT problem || ' ' || r::VARCHAR FROM (
			SELECT 'missing' AS problem, w AS r FROM (FROM want EXCEPT ALL FROM got) AS w
			UNION ALL SELECT 'unexpected', g FROM (FROM got EXCEPT ALL FROM want) AS g) ORDER BY 1`)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		if n++; n <= 40 {
			t.Errorf("%s: %s", name, line)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if n > 0 {
		t.Errorf("%s: %d differences", name, n)
	}
}

// TestSeed: the same seed gives the same bytes, another one does not.
func TestSeed(t *testing.T) {
	dir := t.TempDir()
	read := func(name string, seed uint64) string {
		o := options{out: filepath.Join(dir, name), reports: 6, years: 3, seed: seed, chars: 500}
		if err := generate(o); err != nil {
			t.Fatal(err)
		}
		var all bytes.Buffer
		err := filepath.Walk(o.out, func(path string, info os.FileInfo, err error) error {
			if err != nil || info.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			fmt.Fprintf(&all, "%s\n%s\n", strings.TrimPrefix(path, o.out), text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all.String()
	}
	first := read("a", 1)
	if read("b", 1) != first {
		t.Error("the same seed gives other files")
	}
	if read("c", 2) == first {
		t.Error("another seed gives the same files")
	}
}

func TestGenerateRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, o := range []options{
		{out: filepath.Join(dir, "a"), reports: 3, years: 0},
		{out: filepath.Join(dir, "b"), reports: 3, years: 4},
		{out: filepath.Join(dir, "c"), reports: 100000, years: 5},
		{out: dir, reports: 3, years: 3},
	} {
		if err := generate(o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
}
