package table

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xianzhi/schemas"
	"xianzhi/stages/write"
)

// write writes rows that are in order and returns the path of the file.
func writeFile[R any](t testing.TB, table schemas.Table[R], rows []R) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.parquet")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := write.NewWriter(f, table, "0123456789abcdef")
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := w.Append(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func documents(n int) []schemas.Document {
	r := rand.New(rand.NewPCG(1, 2))
	rows := make([]schemas.Document, n)
	for i := range rows {
		rows[i] = schemas.Document{DocID: fmt.Sprintf("%05d", i), Text: strings.Repeat("政府工作", r.IntN(3000)), NChars: int32(r.Uint32()), IsLatest: r.IntN(2) == 0}
		if r.IntN(3) > 0 {
			rows[i].Title, rows[i].ReportYear = schemas.Some(fmt.Sprint("题\"", i)), schemas.Some(int32(i))
			rows[i].DeliveredOn = schemas.Some(schemas.Date{Days: int32(r.IntN(20000))})
		}
		for n := range r.IntN(4) {
			rows[i].Sections = append(rows[i].Sections, schemas.Section{Title: fmt.Sprint("一、", n), Kind: "plan", CharStart: int32(n), CharEnd: int32(i)})
			rows[i].RegionCandidates = append(rows[i].RegionCandidates, fmt.Sprint(r.IntN(1e6)))
		}
	}
	return rows
}

// want is a value as Row.Text gives it.
func want(value any) (string, bool) {
	switch v := value.(type) {
	case nil:
		return "", false
	case string:
		return v, true
	case []string, []schemas.Section:
		b, _ := json.Marshal(v)
		return strings.Replace(string(b), "null", "[]", 1), true
	}
	return fmt.Sprint(value), true
}

func compare[R any](t *testing.T, table schemas.Table[R], rows []R) {
	t.Helper()
	path := writeFile(t, table, rows)
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	if got, err := Columns(path); err != nil || !slices.Equal(got, names) {
		t.Errorf("%s has the columns %v (%v)", table.Name, got, err)
	}
	n := 0
	err := Each(t.Context(), path, names, func(r Row) error {
		for i, c := range table.Columns {
			got, valid := r.Text(i)
			if text, some := want(c.Value(&rows[n])); got != text || valid != some {
				t.Fatalf("%s, row %d, column %s: read %.200q %t, want %.200q %t", table.Name, n, c.Name, got, valid, text, some)
			}
			if number, ok := c.Value(&rows[n]).(int32); ok && r.Int(i) != int(number) {
				t.Fatalf("%s, row %d, column %s: read %d, want %d", table.Name, n, c.Name, r.Int(i), number)
			}
		}
		n++
		return nil
	})
	if err != nil || n != len(rows) {
		t.Errorf("%s: %d rows are read, want %d (%v)", table.Name, n, len(rows), err)
	}
}

// TestEach reads rows of every type, with nulls, empty and long lists, over pages and row groups.
func TestEach(t *testing.T) {
	compare(t, schemas.DocumentTable, documents(3000))
	compare(t, schemas.DocumentTable, nil)
	indicators := make([]schemas.Indicator, 3000)
	for i := range indicators {
		indicators[i] = schemas.Indicator{IndicatorID: fmt.Sprint("i", i), CharStart: int32(i * i), Value: float64(i) / 8, Estimated: i%5 == 0}
		if i%3 == 0 {
			indicators[i].ValueMin, indicators[i].Flags = schemas.Some(-0.5), []string{"share_sum", ""}
		}
	}
	compare(t, schemas.IndicatorTable, indicators)
}

func TestEachEnds(t *testing.T) {
	path := writeFile(t, schemas.DocumentTable, documents(10))
	enough := errors.New("enough")
	n := 0
	if err := Each(t.Context(), path, []string{"doc_id"}, func(Row) error { n++; return enough }); !errors.Is(err, enough) || n != 1 {
		t.Errorf("an error of the visit gives %v after %d rows", err, n)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Each(gone, path, []string{"doc_id"}, func(Row) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gives %v", err)
	}
	if err := Each(t.Context(), path, []string{"nothing"}, func(Row) error { return nil }); err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("an unknown column gives %v", err)
	}
}

// TestDamagedFiles changes bytes all over a file: that gives an error or other values, no panic.
func TestDamagedFiles(t *testing.T) {
	path := writeFile(t, schemas.DocumentTable, documents(20))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for at := 0; at < len(whole); at += len(whole)/60 + 1 {
		if err := os.WriteFile(path, append(bytes.Clone(whole[:at]), append([]byte{^whole[at]}, whole[at+1:]...)...), 0o644); err != nil {
			t.Fatal(err)
		}
		err := Each(t.Context(), path, []string{"doc_id", "text", "sections", "report_year"}, func(Row) error { return nil })
		if err != nil {
			failed++
		}
	}
	if failed < 5 {
		t.Errorf("only %d damaged files were found out", failed)
	}
	if err := Each(t.Context(), filepath.Join(t.TempDir(), "none"), nil, func(Row) error { return nil }); err == nil {
		t.Error("a missing file gives no error")
	}
}
