package diff

import (
	"context"
	"fmt"
	"hash/fnv"
	"hash/maphash"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"xianzhi/pipeline/release"
	"xianzhi/pipeline/table"
	"xianzhi/schemas"
)

// Kind says what happened to a row.
type Kind string

// The kinds of change.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
)

// Change is a row added or removed, or a cell changed.
type Change struct {
	Table  string                   `json:"table"`
	Kind   Kind                     `json:"change"`
	Key    string                   `json:"key"`    // the row's id, or the columns of its key with / between them
	Column schemas.Optional[string] `json:"column"` // of a changed cell
	Before schemas.Optional[string] `json:"before"` // its value as text; null for null
	After  schemas.Optional[string] `json:"after"`
}

// Count is how many rows of a table differ.
type Count struct {
	Table   string `json:"table"`
	Added   int    `json:"added"`
	Removed int    `json:"removed"`
	Changed int    `json:"changed"`
}

// keys are the columns that tell which row is which, in every table.
var keys = map[string][]string{
	"documents":     {"doc_id"},
	"counties":      {"region_code", "valid_from"},
	"indicators":    {"indicator_id"},
	"projects":      {"project_id"},
	"quarantine":    {"source", "stage"},
	"panel":         {"region_code", "year"},
	"panel_sources": {"region_code", "year", "column", "indicator_id"},
	"conflicts":     {"region_code", "year", "column", "indicator_id_kept", "indicator_id_other"},
	"coverage":      {"region_code", "year", "indicator_code"},
	"crosswalk":     {"region_code", "valid_from", "base_year"},
}

// Key returns the columns that tell the rows of a table apart.
func Key(table string) []string { return slices.Clone(keys[table]) }

// partRows is how many rows of a table are held at once, about.
const partRows = 100_000

// Releases calls visit for every difference between two release folders, table by table, and
// returns the counts of every table. In a part of a table come first the rows of b in their
// order, then what was removed, by key. Columns that only one of the two has are not compared,
// nor is documents.text, which doc_id stands for. An error of visit ends the comparison.
func Releases(ctx context.Context, a, b string, visit func(Change) error) ([]Count, error) {
	return releases(ctx, a, b, partRows, visit)
}

func releases(ctx context.Context, a, b string, partRows int64, visit func(Change) error) ([]Count, error) {
	before, err := release.ReadManifest(a)
	if err != nil {
		return nil, err
	}
	after, err := release.ReadManifest(b)
	if err != nil {
		return nil, err
	}
	var counts []Count
	for _, doc := range schemas.Dictionary() {
		count := Count{Table: doc.Name}
		was, is := before.Table(doc.Name), after.Table(doc.Name)
		if was.Name != is.Name {
			return nil, fmt.Errorf("only one of the releases %s and %s has a table %s: their schema versions are %d and %d",
				before.ReleaseID, after.ReleaseID, doc.Name, before.SchemaVersion, after.SchemaVersion)
		}
		if was.Rows != is.Rows || !maps.Equal(was.Columns, is.Columns) {
			t := comparison{table: doc.Name, count: &count, visit: visit,
				before: filepath.Join(a, doc.Name+".parquet"), after: filepath.Join(b, doc.Name+".parquet")}
			if err := t.compare(ctx, doc, partRows); err != nil {
				return nil, fmt.Errorf("cannot compare table %s: %w", doc.Name, err)
			}
		}
		counts = append(counts, count)
	}
	return counts, nil
}

// comparison compares a table.
type comparison struct {
	table         string
	before, after string // paths
	columns       []string
	keys          []int             // their indices in columns
	suspects      map[uint64]uint64 // hashes of keys whose rows differ
	count         *Count
	visit         func(Change) error
}

func (t *comparison) compare(ctx context.Context, doc schemas.TableDoc, partRows int64) error {
	was, err := table.Columns(t.before)
	if err != nil {
		return err
	}
	is, err := table.Columns(t.after)
	if err != nil {
		return err
	}
	for _, c := range doc.Columns {
		if slices.Contains(was, c.Name) && slices.Contains(is, c.Name) && doc.Name+"."+c.Name != "documents.text" {
			t.columns = append(t.columns, c.Name)
		}
	}
	for _, key := range keys[t.table] {
		i := slices.Index(t.columns, key)
		if i < 0 {
			return fmt.Errorf("the column %s, which tells its rows apart, is not in both releases", key)
		}
		t.keys = append(t.keys, i)
	}
	if err := t.findSuspects(ctx); err != nil || len(t.suspects) == 0 {
		return err
	}
	parts := 1 + uint64(len(t.suspects))/uint64(partRows)
	for part := range parts {
		if err := t.part(ctx, part, parts); err != nil {
			return err
		}
	}
	return nil
}

// findSuspects finds the keys whose rows differ: sums the hashes of their rows in one release
// and takes off those in the other. Most rows come to nothing and need not be held.
func (t *comparison) findSuspects(ctx context.Context) error {
	t.suspects = map[uint64]uint64{}
	seed := maphash.MakeSeed()
	scan := func(path string, sign uint64) error {
		return t.each(ctx, path, func(_ string, key uint64, cells func(int) string) error {
			var row maphash.Hash
			row.SetSeed(seed)
			for i := range t.columns {
				_, _ = row.WriteString(cells(i)) // never fails
				_ = row.WriteByte(0)
			}
			if sum := t.suspects[key] + sign*row.Sum64(); sum != 0 {
				t.suspects[key] = sum
			} else {
				delete(t.suspects, key)
			}
			return nil
		})
	}
	const plus, minus = 1, ^uint64(0)
	if err := scan(t.before, plus); err != nil {
		return err
	}
	return scan(t.after, minus)
}

// part compares the suspects that fall into a part.
func (t *comparison) part(ctx context.Context, part, parts uint64) error {
	rows := map[string]string{}
	err := t.rows(ctx, t.before, part, parts, func(key string, cells []string) error {
		rows[key] = strings.Join(cells, separator)
		return nil
	})
	if err != nil {
		return err
	}
	err = t.rows(ctx, t.after, part, parts, func(key string, cells []string) error {
		old, ok := rows[key]
		delete(rows, key)
		switch {
		case !ok:
			t.count.Added++
			return t.visit(Change{Table: t.table, Kind: Added, Key: key})
		case old == strings.Join(cells, separator):
			return nil
		}
		t.count.Changed++
		for i, was := range strings.Split(old, separator) {
			if was == cells[i] {
				continue
			}
			if err := t.visit(Change{Table: t.table, Kind: Changed, Key: key, Column: schemas.Some(t.columns[i]),
				Before: optional(was), After: optional(cells[i])}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		t.count.Removed++
		if err := t.visit(Change{Table: t.table, Kind: Removed, Key: key}); err != nil {
			return err
		}
	}
	return nil
}

// rows visits the rows of the suspects that fall into a part. Rows with the same key, which no
// sound table has, are told apart by #2, #3 ….
func (t *comparison) rows(ctx context.Context, path string, part, parts uint64, visit func(key string, cells []string) error) error {
	seen := map[string]int{}
	return t.each(ctx, path, func(name string, key uint64, cells func(int) string) error {
		if _, suspect := t.suspects[key]; !suspect || key%parts != part {
			return nil
		}
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s#%d", name, seen[name])
		}
		row := make([]string, len(t.columns))
		for i := range row {
			row[i] = cells(i)
		}
		return visit(name, row)
	})
}

// each visits the rows of a file with their keys, also as a hash, which is the same in every run.
func (t *comparison) each(ctx context.Context, path string, visit func(name string, key uint64, cells func(int) string) error) error {
	key := make([]string, len(t.keys))
	hash := fnv.New64a()
	return eachRow(ctx, path, t.columns, func(cells func(column int) string) error {
		for i, column := range t.keys {
			if key[i] = cells(column); key[i] == Null {
				key[i] = ""
			}
		}
		name := strings.Join(key, "/")
		hash.Reset()
		_, _ = io.WriteString(hash, name) // never fails
		return visit(name, hash.Sum64(), cells)
	})
}

func optional(cell string) schemas.Optional[string] {
	if cell == Null {
		return schemas.Optional[string]{}
	}
	return schemas.Some(cell)
}
