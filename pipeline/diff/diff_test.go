package diff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xianzhi/pipeline/release"
	"xianzhi/schemas"
)

// publish makes a release of the given rows, the other tables empty.
func publish(t *testing.T, documents []schemas.Document, indicators []schemas.Indicator, panel []schemas.PanelRow) string {
	t.Helper()
	s, err := release.Open(context.Background(), t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g, err := s.Stage(release.NewIdentity(nil, []release.Input{{Source: t.Name(), SHA256: fmt.Sprint(indicators)}}))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		release.WriteTable(g, schemas.DocumentTable, documents), release.WriteTable(g, schemas.CountyTable, nil),
		release.WriteTable(g, schemas.IndicatorTable, indicators), release.WriteTable(g, schemas.ProjectTable, nil),
		release.WriteTable(g, schemas.QuarantineTable, nil), release.WriteTable(g, schemas.PanelTable, panel),
		release.WriteTable(g, schemas.PanelSourceTable, nil), release.WriteTable(g, schemas.ConflictTable, nil),
		release.WriteTable(g, schemas.CoverageTable, nil), release.WriteTable(g, schemas.CrosswalkTable, nil),
	); err != nil {
		t.Fatal(err)
	}
	_, dir, err := g.Publish(nil, release.ReadBack)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func indicator(n int, value float64) schemas.Indicator {
	return schemas.Indicator{IndicatorID: fmt.Sprintf("d:%d:0", n), Name: "粮食产量", Value: value, CharStart: int32(n)}
}

func TestReleases(t *testing.T) {
	var before, after []schemas.Indicator
	for n := range 60 {
		row := indicator(n, float64(n))
		if n%7 != 0 { // 9 are added
			before = append(before, row)
		}
		switch {
		case n%7 == 0:
		case n%5 == 0: // changed below
			row.Value += 0.5
			row.Flags = []string{"implausible_growth"}
		case n%3 == 0:
			row.Variant = schemas.Some("net_income")
		}
		if n%10 != 3 { // 6 are removed
			after = append(after, row)
		}
	}
	panel := []schemas.PanelRow{{RegionCode: "140823", Year: 2020}}
	if err := panel[0].SetCell("gdp", 1.5e10); err != nil {
		t.Fatal(err)
	}
	document := schemas.Document{DocID: "d", Source: "a.txt", Text: "甲", Sections: []schemas.Section{{Kind: "plan", CharEnd: 1}}}
	renamed := document
	renamed.Source, renamed.Title = "b.txt", schemas.Some("乙")
	a := publish(t, []schemas.Document{document}, before, panel)
	b := publish(t, []schemas.Document{renamed}, after, panel[:0])

	var want []Change
	add := func(table string, kind Kind, key, column string, before, after any) {
		c := Change{Table: table, Kind: kind, Key: key, Column: schemas.NonEmpty(column)}
		if before != nil {
			c.Before = schemas.Some(fmt.Sprint(before))
		}
		if after != nil {
			c.After = schemas.Some(fmt.Sprint(after))
		}
		want = append(want, c)
	}
	add("documents", Changed, "d", "source", "a.txt", "b.txt")
	add("documents", Changed, "d", "title", nil, "乙")
	add("panel", Removed, "140823/2020", "", nil, nil)
	changed := 0
	for n := range 60 {
		key := fmt.Sprintf("d:%d:0", n)
		switch {
		case n%7 == 0 && n%10 != 3:
			add("indicators", Added, key, "", nil, nil)
		case n%7 == 0:
		case n%10 == 3:
			add("indicators", Removed, key, "", nil, nil)
		case n%5 == 0:
			changed++
			add("indicators", Changed, key, "value", n, fmt.Sprint(n)+".5")
			add("indicators", Changed, key, "flags", "[]", `["implausible_growth"]`)
		case n%3 == 0:
			changed++
			add("indicators", Changed, key, "variant", nil, "net_income")
		}
	}
	order := func(x, y Change) int { return strings.Compare(fmt.Sprint(x), fmt.Sprint(y)) }
	slices.SortFunc(want, order)
	for _, partRows := range []int64{1000, 30, 7} {
		var got []Change
		counts, err := releases(t.Context(), a, b, partRows, func(c Change) error {
			got = append(got, c)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(got, order)
		if !slices.Equal(got, want) {
			t.Errorf("parts of %d rows: got\n%v\nwant\n%v", partRows, got, want)
		}
		if len(counts) != len(schemas.Dictionary()) || counts[0] != (Count{"documents", 0, 0, 1}) || counts[2] != (Count{"indicators", 9, 6, changed}) {
			t.Errorf("parts of %d rows: counts %v", partRows, counts)
		}
	}

	file, err := os.Create(filepath.Join(t.TempDir(), "changes.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w, err := NewParquetWriter(file, filepath.Base(b))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Releases(t.Context(), a, b, w.Write); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if rows, columns, err := release.ReadBack(file.Name()); err != nil || int(rows) != len(want) || len(columns) != 6 {
		t.Errorf("the Parquet file has %d rows and %d columns (%v), want %d and 6", rows, len(columns), err, len(want))
	}
	stop := errors.New("enough")
	if _, err := Releases(t.Context(), a, b, func(Change) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("an error of visit gives %v", err)
	}
	if counts, err := Releases(t.Context(), a, a, func(Change) error { return stop }); err != nil || len(counts) != len(schemas.Dictionary()) {
		t.Errorf("a release differs from itself: %v", err)
	}
	if err := os.WriteFile(filepath.Join(a, "indicators.parquet"), []byte("PAR1"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Releases(t.Context(), a, b, func(Change) error { return nil }); err == nil || !strings.Contains(err.Error(), "indicators.parquet") {
		t.Errorf("a damaged file gives %v", err)
	}
}

// TestKeys: every table has a key, made of its columns.
func TestKeys(t *testing.T) {
	for _, table := range schemas.Dictionary() {
		if len(keys[table.Name]) == 0 {
			t.Errorf("table %s has no key", table.Name)
		}
		for _, key := range keys[table.Name] {
			if !slices.ContainsFunc(table.Columns, func(c schemas.ColumnDoc) bool { return c.Name == key }) {
				t.Errorf("table %s has no column %s", table.Name, key)
			}
		}
	}
}

// TestRowsWithTheSameKey: not even a release that check objects to loses rows in a comparison.
func TestRowsWithTheSameKey(t *testing.T) {
	a := publish(t, nil, []schemas.Indicator{indicator(1, 1), indicator(1, 1)}, nil)
	b := publish(t, nil, []schemas.Indicator{indicator(1, 1)}, nil)
	var got []Change
	if _, err := Releases(t.Context(), a, b, func(c Change) error { got = append(got, c); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Kind != Removed || got[0].Key != "d:1:0#2" {
		t.Errorf("got %v", got)
	}
}

func TestTableOfOneReleaseOnly(t *testing.T) {
	a := publish(t, nil, nil, nil)
	b := t.TempDir()
	m, err := release.ReadManifest(a)
	if err != nil {
		t.Fatal(err)
	}
	m.SchemaVersion++
	m.Tables = slices.DeleteFunc(m.Tables, func(t release.Table) bool { return t.Name == "panel" })
	manifest, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b, release.ManifestFile), manifest, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		_, err := Releases(t.Context(), pair[0], pair[1], func(Change) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "has a table panel: their schema versions are ") {
			t.Errorf("got %v", err)
		}
	}
}
