package unit

import (
	"encoding/csv"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"xianzhi/stages/normalize/number"
	"xianzhi/stages/stagetest"
)

func newTable(tb testing.TB) *Table {
	tb.Helper()
	units, err := Load()
	if err != nil {
		tb.Fatal(err)
	}
	return units
}

type testCase struct {
	Text, Unit, Dimension, Written string
	Power                          int
	Vague, None                    bool
}

func TestCases(t *testing.T) {
	units := newTable(t)
	stagetest.Run(t, "testdata/cases", func(t *testing.T, c testCase) {
		m := units.Match(c.Text)
		got := testCase{Text: c.Text, Unit: m.Unit.Name, Dimension: m.Unit.Dimension, Written: m.Text, Power: m.Power, Vague: m.Vague, None: !m.Some}
		if got != c {
			t.Errorf("\n got %+v\nwant %+v", got, c)
		}
	})
}

// TestTable reads the example of every row of units.csv, and the row's unit in front of each
// character that makes it another word.
func TestTable(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 2 {
		t.Fatal("units.csv has no rows")
	}
	units := newTable(t)
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		written, name, dimension, siUnit, notBefore, example := row[0], row[1], row[2], row[4], row[5], row[6]
		if seen[written] {
			t.Errorf("%s: the second row of this unit", written)
		}
		seen[written] = true
		if (row[3] == "") != (siUnit == "") {
			t.Errorf("%s: a factor and the unit that it leads to go together", written)
		}
		ns := number.Find(example)
		if len(ns) == 0 || !strings.Contains(example[ns[0].End:], written) {
			t.Errorf("%s: the example %s has no number with this unit", written, example)
			continue
		}
		m := units.Match(example[ns[0].End:])
		if m.Unit.Written != written || m.Unit.Name != name || m.Unit.Dimension != dimension {
			t.Errorf("%s: the example %s is read as %+v", written, example, m.Unit)
		}
		for _, r := range notBefore {
			if m := units.Match(written + string(r)); m.Unit.Written == written {
				t.Errorf("%s is read as a unit in front of %c", written, r)
			}
		}
	}
}

// TestSI holds the factors against their definitions, exactly.
func TestSI(t *testing.T) {
	units := newTable(t)
	for _, c := range []struct {
		written, factor, si string
	}{
		{"亩", "10000/15", "m2"}, {"公顷", "10000", "m2"}, {"平方公里", "1000000", "m2"}, {"平方米", "1", "m2"},
		{"斤", "1/2", "kg"}, {"公斤", "1", "kg"}, {"吨", "1000", "kg"},
		{"公里", "1000", "m"}, {"里", "500", "m"},
		{"千瓦", "1000", "W"}, {"兆瓦", "1000000", "W"}, {"千瓦时", "1", "kWh"}, {"度", "1", "kWh"},
		{"元", "1", "CNY"}, {"美元", "1", "USD"}, {"吨标准煤", "1000", "kgce"},
	} {
		u := units.Match(c.written).Unit
		want, _ := new(big.Rat).SetString(c.factor)
		if u.SI == nil || u.SI.Cmp(want) != 0 || u.SIUnit != c.si {
			t.Errorf("%s: %v %s, want %s %s", c.written, u.SI, u.SIUnit, c.factor, c.si)
		}
	}
	if v, ok := units.Match("亩").Unit.ToSI(number.Find("1.5")[0].Value, 0); !ok || v != 1000 {
		t.Errorf("1.5亩: %v %v, want 1000 m2", v, ok)
	}
	if _, ok := units.Match("欧元").Unit.ToSI(number.FromInt(1), 0); ok {
		t.Error("欧元 has no conversion")
	}
}

func FuzzMatch(f *testing.F) {
	for _, c := range stagetest.Cases[testCase](f, "testdata/cases") {
		f.Add(c.Text)
	}
	units := newTable(f)
	f.Fuzz(func(t *testing.T, s string) {
		m := units.Match(s)
		if !strings.HasPrefix(s, m.Text) || utf8.ValidString(s) && !utf8.ValidString(m.Text) {
			t.Fatalf("%q: read as %q", s, m.Text)
		}
		if m.Some != (m.Text != "") || !m.Some && (m.Vague || m.Unit.Name != "" || m.Power != 0) {
			t.Fatalf("%q: nothing and something: %+v", s, m)
		}
		if again := units.Match(m.Text); m.Some && again.Text != m.Text {
			t.Fatalf("%q: %q by itself is read as %q", s, m.Text, again.Text)
		}
	})
}
