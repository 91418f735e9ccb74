package state

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

var basis = Basis{Program: "0.1.0", Schema: 1, Rules: 1, Build: "abc", Options: map[string]string{"base_year": "2020"}}

func open(t *testing.T, path string, b Basis) *File {
	t.Helper()
	f, err := Open(path, b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// made is what the record of an input holds: its head and two parts.
func made(source string) (head []byte, parts [][]byte) {
	return []byte("head of " + source), [][]byte{[]byte(strings.Repeat(source, 100)), nil}
}

// run uses the records of sources, makes those that are not there, and ends; it says what it read
// and whether all came back as made.
func run(t *testing.T, path string, b Basis, sources ...string) Usage {
	t.Helper()
	f := open(t, path, b)
	for _, source := range sources {
		head, parts := made(source)
		r, found := f.Find(source, "sum of "+source)
		if !found {
			var packed [][]byte
			for _, p := range parts {
				packed = append(packed, Pack(p))
			}
			var err error
			if r, err = f.Add(source, "sum of "+source, head, packed); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(r.Head, head) {
			t.Errorf("the head of %s is %q", source, r.Head)
		}
		for n, want := range parts {
			if got, err := f.Part(r, n); err != nil || !bytes.Equal(got, want) {
				t.Errorf("part %d of %s is %q (%v)", n, source, got, err)
			}
		}
		if _, err := f.Part(r, len(parts)); err == nil {
			t.Error("a record has one part too many")
		}
	}
	usage := f.Usage()
	if err := f.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return usage
}

func TestNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records")
	with := func(change func(*Basis)) Basis {
		b := basis
		b.Options = maps.Clone(b.Options)
		change(&b)
		return b
	}
	// Each step finds what the one before left.
	for i, c := range []struct {
		basis   Basis
		sources string
		want    Usage
	}{
		{basis, "a b c", Usage{Missing, "", 0, 3, 0}},
		{basis, "a b c", Usage{Equal, "", 3, 0, 0}},
		{basis, "c b a", Usage{Equal, "", 3, 0, 0}},
		{basis, "a b d", Usage{Changed, "", 2, 1, 1}},
		{basis, "a b d", Usage{Equal, "", 3, 0, 0}},
		{basis, "b", Usage{Changed, "", 1, 0, 2}},
		{basis, "", Usage{Changed, "", 0, 0, 1}},
		{basis, "", Usage{Equal, "", 0, 0, 0}},
		{basis, "a", Usage{Changed, "", 0, 1, 0}},
		{with(func(b *Basis) { b.Options["base_year"] = "2010" }), "a", Usage{OtherOptions, "", 0, 1, 0}},
		{with(func(b *Basis) { b.Options["more"] = "" }), "a", Usage{OtherOptions, "", 0, 1, 0}},
		{with(func(b *Basis) { b.Rules++ }), "a", Usage{OtherVersion, "", 0, 1, 0}},
		{with(func(b *Basis) { b.Schema++ }), "a", Usage{OtherVersion, "", 0, 1, 0}},
		{with(func(b *Basis) { b.Program = "0.2.0" }), "a", Usage{OtherVersion, "", 0, 1, 0}},
		{with(func(b *Basis) { b.Build = "def" }), "a", Usage{OtherVersion, "", 0, 1, 0}},
		{with(func(b *Basis) { b.Build = "def"; b.Options["base_year"] = "2010" }), "a", Usage{OtherOptions, "", 0, 1, 0}},
		{basis, "a", Usage{OtherVersion, "", 0, 1, 0}}, // both differ
	} {
		if got := run(t, path, c.basis, strings.Fields(c.sources)...); got != c.want {
			t.Errorf("step %d: got %+v, want %+v", i, got, c.want)
		}
	}
}

// Another content is another record, also where an older one is still there.
func TestContentDecides(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records")
	run(t, path, basis, "a")
	f := open(t, path, basis)
	for _, c := range [][2]string{{"a", "sum of b"}, {"b", "sum of a"}, {"a", ""}} {
		if _, found := f.Find(c[0], c[1]); found {
			t.Errorf("%v is found", c)
		}
	}
	if _, err := f.Add("a", "", nil, nil); err != nil {
		t.Fatal(err)
	}
	f.Close()
	f = open(t, path, basis)
	if _, found := f.Find("a", ""); found {
		t.Error("a record for one run alone is found by the next")
	}
	if _, found := f.Find("a", "sum of a"); !found {
		t.Error("the other record of the input is gone")
	}
}

// TestDamage bends, cuts and overwrites the file at every place: what comes back is always as it
// was made, or made anew, and the run after finds nothing wrong.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records")
	sources := []string{"a", "b", "c", "d"}
	run(t, path, basis, sources...)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	names := map[Name]int{}
	for at := range whole {
		b := slices.Clone(whole)
		switch at % 4 {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b = b[:at]
		case 2:
			for i := at; i < min(len(b), at+1+r.IntN(200)); i++ {
				b[i] = byte(r.Uint32())
			}
		case 3:
			b = slices.Concat(b[:at], b[min(len(b), at+1+r.IntN(200)):])
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		first := run(t, path, basis, sources...)
		names[first.Name]++
		if first.Reused+first.Added != len(sources) || first.Name == Equal && !bytes.Equal(b, whole) {
			t.Fatalf("damage %d at byte %d: %+v", at%4, at, first)
		}
		if second := run(t, path, basis, sources...); second != (Usage{Equal, "", len(sources), 0, 0}) {
			t.Fatalf("damage %d at byte %d: the run after finds %+v", at%4, at, second)
		}
	}
	if names[Corrupt] == 0 || names[Missing] > 1 {
		t.Errorf("names of damage: %v", names)
	}
}

// A record whose parts are damaged while the run goes on is an error, not another part.
func TestDamageMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records")
	run(t, path, basis, "a")
	f := open(t, path, basis)
	r, found := f.Find("a", "sum of a")
	if !found {
		t.Fatal("the record is gone")
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := r.offset; at < r.offset+int64(r.sizes[0]); at++ {
		for bit := range 8 {
			b := slices.Clone(whole)
			b[at] ^= 1 << bit
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
			if got, err := f.Part(r, 0); err == nil {
				_, want := made("a")
				if !bytes.Equal(got, want[0]) {
					t.Errorf("bit %d of byte %d gives %q", bit, at, got)
				}
			}
		}
	}
}

// A run that dies leaves what it had finished, and what it would have dropped.
func TestDeath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records")
	run(t, path, basis, "a", "b")
	f := open(t, path, basis)
	head, parts := made("c")
	if _, err := f.Add("c", "sum of c", head, [][]byte{Pack(parts[0]), Pack(parts[1])}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.next(), []byte("half of a state"), 0o644); err != nil { // it died in Finish
		t.Fatal(err)
	}
	f.Close()
	if got, want := run(t, path, basis, "a", "b", "c"), (Usage{Equal, "", 3, 0, 0}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, err := os.Stat(f.next()); err == nil {
		t.Error("the half state is still there")
	}
}

func TestConcurrent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records")
	for round := range 2 {
		f := open(t, path, basis)
		var wait sync.WaitGroup
		for n := range 50 {
			wait.Go(func() {
				source := fmt.Sprint(n)
				head, parts := made(source)
				r, found := f.Find(source, "sum")
				if !found {
					r, _ = f.Add(source, "sum", head, [][]byte{Pack(parts[0]), Pack(parts[1])})
				}
				if got, err := f.Part(r, 0); err != nil || !bytes.Equal(got, parts[0]) || found != (round == 1) {
					t.Errorf("%s: got %q, %v, found: %v", source, got, err, found)
				}
			})
		}
		wait.Wait()
		if err := f.Finish(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}

func TestOpenRefuses(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "gone", "records"), basis); err == nil || !strings.Contains(err.Error(), "writable") {
		t.Errorf("a folder that is not there: %v", err)
	}
	if _, err := Open(t.TempDir(), basis); err == nil {
		t.Error("a folder is taken for a state")
	}
}

func TestBuild(t *testing.T) {
	b, err := NewBasis(nil)
	if err != nil || len(b.Build) != 64 {
		t.Errorf("the build is %q (%v)", b.Build, err)
	}
}

func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	path := filepath.Join(dir, "records")
	file, err := Open(path, basis)
	if err != nil {
		f.Fatal(err)
	}
	head, parts := made("a")
	if _, err := file.Add("a", "sum of a", head, [][]byte{Pack(parts[0]), Pack(parts[1])}); err != nil {
		f.Fatal(err)
	}
	file.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "records")
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		run(t, path, basis, "a", "b")
	})
}
