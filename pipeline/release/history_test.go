package release

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// publishNumber publishes a release whose inputs are told apart by n.
func publishNumber(t *testing.T, s *Store, n int) (id string) {
	t.Helper()
	identity := numbered(n)
	publish(t, s, identity, sampleTables(t))
	return identity.ID()
}

func numbered(n int) Identity { return NewIdentity(nil, []Input{{Source: "a", SHA256: fmt.Sprint(n)}}) }

func ids(t *testing.T, out string) (newestFirst []string) {
	t.Helper()
	entries, err := List(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		newestFirst = append(newestFirst, e.ID)
	}
	return newestFirst
}

func TestPrune(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	var published []string
	for n := range 5 {
		published = append(published, publishNumber(t, s, n))
	}
	foreign := filepath.Join(out, "releases", "mine")
	if err := os.Mkdir(foreign, 0o755); err != nil {
		t.Fatal(err)
	}
	if removed, err := s.Prune(0); len(removed) > 0 || err != nil {
		t.Errorf("--keep 0 removes %v (%v)", removed, err)
	}
	if removed, err := s.Prune(5); len(removed) > 0 || err != nil {
		t.Errorf("five of five: removed %v (%v)", removed, err)
	}
	if _, err := s.Rollback(t.Context(), published[1]); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(out, "releases", published[0], "documents.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	removed, err := s.Prune(2)
	if err != nil || !slices.Equal(removed, []string{published[0], published[2]}) {
		t.Errorf("removed %v of %v, want the oldest but the pinned one (%v)", removed, published, err)
	}
	if n, err := file.Read(make([]byte, 4)); n != 4 || err != nil {
		t.Errorf("an open file of a removed release cannot be read on: %v", err)
	}
	if got := ids(t, out); !slices.Equal(got, []string{published[4], published[3], published[1]}) {
		t.Errorf("left: %v of %v", got, published)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Errorf("a folder that is no release was removed: %v", err)
	}
	if left := leftovers(t, out); len(left) > 0 {
		t.Errorf("left in the state folder: %v", left)
	}
}

// TestOrderSurvivesTheClock: which release is the newest is not read off a clock.
func TestOrderSurvivesTheClock(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	first, second := publishNumber(t, s, 1), publishNumber(t, s, 2)
	// As if the clock had been years ahead until now.
	later := time.Now().AddDate(9, 0, 0)
	if err := s.writeState(historyFile, []dated{{first, later}, {second, later.Add(time.Hour)}}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{first, second} {
		if err := os.Chtimes(filepath.Join(out, "releases", id), later, later); err != nil {
			t.Fatal(err)
		}
	}
	third := publishNumber(t, s, 3)
	if got := ids(t, out); !slices.Equal(got, []string{third, second, first}) {
		t.Errorf("the order is %v, want %v", got, []string{third, second, first})
	}
	if removed, err := s.Prune(1); err != nil || !slices.Equal(removed, []string{first, second}) {
		t.Errorf("removed %v (%v)", removed, err)
	}
	if now, err := Resolve(out); err != nil || filepath.Base(now) != third {
		t.Errorf("latest is %s (%v)", now, err)
	}
}

// TestPinnedReleaseIsNotOldWhenItIsLeft: readers may have resolved it until the pin ended.
func TestPinnedReleaseIsNotOldWhenItIsLeft(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	first, second, third := publishNumber(t, s, 1), publishNumber(t, s, 2), publishNumber(t, s, 3)
	if _, err := s.Rollback(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	fourth := publishNumber(t, s, 4)
	if got := ids(t, out); !slices.Equal(got, []string{fourth, first, third, second}) {
		t.Errorf("the order is %v, want %v", got, []string{fourth, first, third, second})
	}
	if _, err := s.Rollback(t.Context(), third); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Unpin(); err != nil {
		t.Fatal(err)
	}
	if _, _, ok, err := s.UpToDate(numbered(4)); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if removed, err := s.Prune(2); err != nil || !slices.Equal(removed, []string{second, first}) {
		t.Errorf("removed %v (%v), want %v", removed, err, []string{second, first})
	}
}

// TestLostHistory: without its history a store keeps what readers see.
func TestLostHistory(t *testing.T) {
	for name, damage := range map[string]func(string) error{
		"missing": os.Remove,
		"damaged": func(path string) error { return os.WriteFile(path, []byte("{"), 0o644) },
	} {
		out := t.TempDir()
		s := open(t, out)
		var published []string
		for n := range 3 {
			published = append(published, publishNumber(t, s, n))
			then := time.Now().Add(time.Duration(n-9) * time.Hour)
			if err := os.Chtimes(filepath.Join(out, "releases", published[n]), then, then); err != nil {
				t.Fatal(err)
			}
		}
		if err := damage(filepath.Join(out, ".state", historyFile)); err != nil {
			t.Fatal(err)
		}
		if got := ids(t, out); !slices.Equal(got, []string{published[2], published[1], published[0]}) {
			t.Errorf("%s: the order is %v of %v", name, got, published)
		}
		// Back to the first inputs: their release is the newest again.
		if _, _, ok, err := s.UpToDate(numbered(0)); !ok || err != nil {
			t.Errorf("%s: not up to date (%v)", name, err)
		}
		if removed, err := s.Prune(1); err != nil || !slices.Equal(removed, []string{published[1], published[2]}) {
			t.Errorf("%s: removed %v (%v)", name, removed, err)
		}
	}
}

func TestPin(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	old, now := publishNumber(t, s, 1), publishNumber(t, s, 2)
	latestIs := func(want, when string) {
		t.Helper()
		if got := latestID(out); got != want {
			t.Errorf("%s: latest is %s, want %s", when, got, want)
		}
	}
	if _, err := s.Rollback(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	latestIs(old, "after the rollback")
	for _, again := range []Identity{numbered(2), NewIdentity(map[string]string{"base_year": "2010"}, numbered(2).Inputs)} {
		if m, _, ok, err := s.UpToDate(again); !ok || m.ReleaseID != old || err != nil {
			t.Errorf("a run on the same inputs is to be up to date with the pinned release: %v %v %v", m.ReleaseID, ok, err)
		}
	}
	latestIs(old, "after a run on the same inputs")
	// A run that was killed after setting the pin: the next one moves latest.
	if err := s.pointLatest(now); err != nil {
		t.Fatal(err)
	}
	if _, _, ok, err := s.UpToDate(numbered(2)); !ok || err != nil {
		t.Error(ok, err)
	}
	latestIs(old, "after a killed rollback")
	// A second rollback still knows the inputs of the run before.
	third := publishNumber(t, s, 3)
	latestIs(third, "after a run on other inputs")
	for _, id := range []string{now, old} {
		if _, err := s.Rollback(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if m, _, ok, err := s.UpToDate(numbered(3)); !ok || m.ReleaseID != old || err != nil {
		t.Error(m.ReleaseID, ok, err)
	}
	// Inputs that gave another release, still there, free the pin as well.
	if m, _, ok, err := s.UpToDate(numbered(2)); !ok || m.ReleaseID != now || err != nil {
		t.Error(m.ReleaseID, ok, err)
	}
	latestIs(now, "after a run on earlier inputs")
	if id, err := s.Unpin(); id != "" || err != nil {
		t.Errorf("the pin is still there: %s %v", id, err)
	}
	// Unpinned, the next run moves latest, whatever its inputs.
	if _, err := s.Rollback(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	if id, err := s.Unpin(); id != old || err != nil {
		t.Errorf("unpinned %s (%v), want %s", id, err, old)
	}
	latestIs(old, "after unpin")
	if _, _, ok, err := s.UpToDate(numbered(2)); !ok || err != nil {
		t.Error(ok, err)
	}
	latestIs(now, "after unpin and a run")

	// Where the inputs of the run before are unknown, the pin holds for those of the next one.
	if err := os.RemoveAll(filepath.Join(out, "releases", now)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Rollback(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if m, _, ok, err := s.UpToDate(numbered(2)); !ok || m.ReleaseID != old || err != nil {
			t.Error(m.ReleaseID, ok, err)
		}
	}
	if m, _, ok, err := s.UpToDate(numbered(3)); !ok || m.ReleaseID != third || err != nil {
		t.Error(m.ReleaseID, ok, err)
	}
	if again := publishNumber(t, s, 2); again != now {
		t.Errorf("%s became %s", now, again)
	}

	// A pinned release that is damaged is not held on to.
	if _, err := s.Rollback(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(out, "releases", old, "panel.parquet")); err != nil {
		t.Fatal(err)
	}
	warned := ""
	s.Warn = func(problem string) { warned = problem }
	if m, _, ok, err := s.UpToDate(numbered(2)); !ok || m.ReleaseID != now || err != nil {
		t.Error(m.ReleaseID, ok, err)
	}
	if !strings.Contains(warned, old) {
		t.Errorf("the pin is gone in silence: %q", warned)
	}
	for id, problem := range map[string]string{old: "damaged", "0123456789abcdef": "there is no release", "../x": "no release id"} {
		if _, err := s.Rollback(t.Context(), id); err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("rollback to %s: %v, want %q", id, err, problem)
		}
	}
	if err := os.WriteFile(filepath.Join(out, ".state", pinFile), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := s.UpToDate(numbered(2)); err == nil || !strings.Contains(err.Error(), "xianzhi unpin") {
		t.Errorf("a damaged pin: %v", err)
	}
	if _, err := s.Unpin(); err != nil {
		t.Error(err)
	}
}

// TestRollbackToAnotherSchema: going back from a new version is what a rollback is for.
func TestRollbackToAnotherSchema(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	m, err := ReadManifest(filepath.Join(out, "releases", publishNumber(t, s, 1)))
	if err != nil {
		t.Fatal(err)
	}
	made := s.release(m.ReleaseID)
	m.SchemaVersion--
	m.ReleaseID, m.Tables = m.ID(), slices.DeleteFunc(m.Tables, func(t Table) bool { return t.Name == "panel" })
	manifest, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	old := s.release(m.ReleaseID)
	if err := errors.Join(os.CopyFS(old, os.DirFS(made)), os.Remove(filepath.Join(old, "panel.parquet")),
		os.WriteFile(filepath.Join(old, ManifestFile), manifest, 0o644)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Rollback(t.Context(), m.ReleaseID); err != nil {
		t.Fatal(err)
	}
	if held, _, ok, err := s.UpToDate(numbered(1)); !ok || held.ReleaseID != m.ReleaseID || err != nil {
		t.Errorf("the pin does not hold: %v %v %v", held.ReleaseID, ok, err)
	}
	if err := os.Remove(filepath.Join(old, "projects.parquet")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Rollback(t.Context(), m.ReleaseID); err == nil || !strings.Contains(err.Error(), "projects.parquet: the file is missing") {
		t.Errorf("damage is not found: %v", err)
	}
}
