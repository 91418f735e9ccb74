package project

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xianzhi/stages/segment"
)

// eachRow runs do for the rows of a table and fails on a table without rows.
func eachRow(t *testing.T, file string, columns int, do func(t *testing.T, row []string)) {
	t.Helper()
	err := readRows(file, columns, func(row []string) error {
		t.Run(row[0], func(t *testing.T) { do(t, row) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read(r *Reader, text string) []Found { return r.Read(segment.Split(plan+text), 2024) }

func TestVerbExamples(t *testing.T) {
	r := newReader(t)
	eachRow(t, "verbs.csv", 6, func(t *testing.T, row []string) {
		if !strings.Contains(row[5], row[0]) {
			t.Fatalf("the example %q does not hold the verb", row[5])
		}
		for _, f := range read(r, row[5]+"。") {
			if f.Row.Status == strings.TrimSuffix(row[1], "?") {
				return
			}
		}
		t.Errorf("%q gives no row of status %s", row[5], row[1])
	})
}

func TestPredicateExamples(t *testing.T) {
	r := newReader(t)
	eachRow(t, "predicates.csv", 6, func(t *testing.T, row []string) {
		found := read(r, row[4]+"。")
		if len(found) != 1 || found[0].Row.Name != row[5] || found[0].Row.Status != row[1] {
			t.Errorf("%q gives %v, want %s %s", row[4], found, row[1], row[5])
		}
	})
}

func TestHeadExamples(t *testing.T) {
	r := newReader(t)
	eachRow(t, "heads.csv", 3, func(t *testing.T, row []string) {
		word, example := row[0], row[2]
		k, err := numbered[kind](kindNames[:], row[1])
		if err != nil {
			t.Fatal(err)
		}
		switch k {
		case none:
			if found := read(r, "推进青云"+word+"建设。"); len(found) > 0 {
				t.Errorf("青云%s gives %q", word, found[0].Row.Name)
			}
		case facility, works, projects, quantity, vague:
			for _, text := range []string{"新建" + example, "启动" + example + "建设"} {
				if found := read(r, text+"。"); len(found) > 0 {
					return
				}
			}
			t.Errorf("%q gives no row", example)
		}
	})
}

func TestSectorExamples(t *testing.T) {
	l, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	eachRow(t, "sectors.csv", 4, func(t *testing.T, row []string) {
		if got, _ := l.sector(row[3]); got != row[1] {
			t.Errorf("%s is of sector %s, want %s", row[3], got, row[1])
		}
	})
}

// TestSectorNames holds how many of the names of testdata/sectors.txt, a line for each sector, the words know.
func TestSectorNames(t *testing.T) {
	l, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("testdata/sectors.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, right := 0, 0
	for _, line := range strings.Split(remark.ReplaceAllString(string(b), ""), "\n") {
		names := strings.Fields(line)
		for i := 1; i < len(names); i++ {
			all++
			if got, _ := l.sector(names[i]); got == names[0] {
				right++
			} else {
				t.Logf("%s is of sector %s, want %s", names[i], got, names[0])
			}
		}
	}
	if share := float64(right) / float64(max(1, all)); all < 1000 || share < 0.96 {
		t.Errorf("of %d names, %.3f are of the sector that they should be", all, share)
	}
}

func TestRefusedExamples(t *testing.T) {
	r := newReader(t)
	eachRow(t, "refused.csv", 2, func(t *testing.T, row []string) {
		if !strings.Contains(row[1], row[0]) {
			t.Fatalf("the example %q does not hold the word", row[1])
		}
		if found := read(r, row[1]+"。"); len(found) > 0 {
			t.Errorf("%q gives %q", row[1], found[0].Row.Name)
		}
	})
}

func TestBodyExamples(t *testing.T) {
	r := newReader(t)
	eachRow(t, "bodies.csv", 3, func(t *testing.T, row []string) {
		found := read(r, row[2]+"。")
		if len(found) != 1 || !strings.HasSuffix(found[0].Row.Owner.Or(""), row[0]) {
			t.Errorf("%q gives no owner that ends in %s: %v", row[2], row[0], found)
		}
	})
}

// TestLikedExamples holds that a name with a character that firms like is taken for one.
func TestLikedExamples(t *testing.T) {
	r := newReader(t)
	eachRow(t, "liked.csv", 3, func(t *testing.T, row []string) {
		found := read(r, row[2]+"。")
		if len(found) == 0 {
			t.Errorf("%q gives no row", row[2])
		}
		for _, f := range found {
			if owner := f.Row.Owner.Or(""); !strings.ContainsAny(owner, row[1]) {
				t.Errorf("%q gives the owner %q", row[2], owner)
			}
		}
	})
}

// TestFirmNames holds that no known firm's name is a division's but of three that reports mean the
// firm by, and that the lists are in order.
func TestFirmNames(t *testing.T) {
	l, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"firms.txt", "brands.txt"} {
		b, err := data.ReadFile("data/" + file)
		if err != nil {
			t.Fatal(err)
		}
		names := strings.Fields(remark.ReplaceAllString(string(b), ""))
		if len(names) < 100 || !slices.IsSorted(names) || len(slices.Compact(names)) < len(names) {
			t.Errorf("%s: %d names, not in order or doubled", file, len(names))
		}
		for _, name := range names {
			if _, place := l.places.Get(name); place && !strings.Contains("吉利 紫金 香格里拉", name) || runes(name) < 2 {
				t.Errorf("%s: %s is a division's name, or none", file, name)
			}
		}
	}
}

var remark = regexp.MustCompile(`(?m)^#.*$`)
