package release

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Entry is a release under OUT.
type Entry struct {
	ID        string           `json:"release_id"`
	Path      string           `json:"path"`
	Published time.Time        `json:"published"` // when latest was last moved to it by a run
	Rows      map[string]int64 `json:"rows"`      // by table; nil if the manifest cannot be read
	Latest    bool             `json:"latest"`
	Pinned    bool             `json:"pinned"`
}

// List returns the releases under out, the one published last first. It needs no lock: a release
// that is removed meanwhile may or may not be among them. With an error that tells of a damaged pin
// they come all the same: one of them is to be pinned anew.
func List(out string) ([]Entry, error) {
	if err := Any(out); err != nil {
		return nil, err
	}
	dated, err := history(out)
	if err != nil {
		return nil, err
	}
	pin, _, damaged := readPin(out)
	latest := latestID(out)
	var entries []Entry
	for _, d := range slices.Backward(dated) {
		path, err := filepath.Abs(filepath.Join(out, releasesDir, d.ID))
		if err != nil {
			return nil, err
		}
		e := Entry{ID: d.ID, Path: path, Published: d.Published, Latest: d.ID == latest, Pinned: d.ID == pin.ReleaseID}
		if m, err := ReadManifest(path); err == nil {
			e.Rows = map[string]int64{}
			for _, t := range m.Tables {
				e.Rows[t.Name] = t.Rows
			}
		}
		entries = append(entries, e)
	}
	return entries, damaged
}

// Prune removes the releases but the keep published last, the one that latest leads to and the
// pinned one, and returns their ids; keep 0 removes none. A release leaves its place by one rename before its files
// are removed: who has them open goes on reading, nobody opens half a release.
func (s *Store) Prune(keep int) (removed []string, err error) {
	latest := latestID(s.out)
	if keep == 0 || latest == "" { // without latest nothing says what readers need
		return nil, nil
	}
	dated, err := history(s.out)
	if err != nil {
		return nil, err
	}
	pin, _, err := readPin(s.out)
	if err != nil {
		return nil, err
	}
	for i, d := range dated {
		if len(dated)-i <= keep || d.ID == latest || d.ID == pin.ReleaseID {
			continue
		}
		out := s.state(removedPrefix + d.ID)
		if err := os.Rename(s.release(d.ID), out); err != nil {
			return removed, fmt.Errorf("cannot take the old release %s away: %w", d.ID, err)
		}
		removed = append(removed, d.ID)
		if err := os.RemoveAll(out); err != nil {
			return removed, fmt.Errorf("cannot remove the old release %s: %w", d.ID, err)
		}
	}
	return removed, nil
}

// dated is an entry of history.json.
type dated struct {
	ID        string    `json:"release_id"`
	Published time.Time `json:"published"`
}

var releaseID = regexp.MustCompile(`^[0-9a-f]{16}$`)

// history returns the releases there are, the one published last at the end. The order is that
// of history.json, not of the times in it: a clock may be set back. What the file does not know
// was published by a run that was killed before its end, or the file is lost; then the folders'
// times decide.
func history(out string) ([]dated, error) {
	entries, err := os.ReadDir(filepath.Join(out, releasesDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, noRelease(out)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot list the releases under %s: %w", out, err)
	}
	unknown := map[string]dated{}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && e.IsDir() && releaseID.MatchString(e.Name()) {
			unknown[e.Name()] = dated{e.Name(), info.ModTime().UTC().Truncate(time.Second)}
		}
	}
	var known []dated
	_ = readState(out, historyFile, &known)                                                // lost or damaged: nothing is known
	known = slices.DeleteFunc(known, func(d dated) bool { return unknown[d.ID].ID == "" }) // removed since
	for _, d := range known {
		delete(unknown, d.ID)
	}
	latest := latestID(out)
	rest := make([]dated, 0, len(unknown))
	for _, d := range unknown {
		rest = append(rest, d)
	}
	slices.SortFunc(rest, func(a, b dated) int {
		switch {
		case a.ID == latest:
			return 1
		case b.ID == latest:
			return -1
		}
		if c := a.Published.Compare(b.Published); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return append(known, rest...), nil
}

// record notes that a release is now the one published last. The one before it is the one that
// latest leads to, which readers may just have resolved, even if it is an old one that was pinned.
func (s *Store) record(id string) error {
	dates, err := history(s.out)
	if err != nil {
		return err
	}
	take := func(id string) (d dated, ok bool) {
		i := slices.IndexFunc(dates, func(d dated) bool { return d.ID == id })
		if i < 0 {
			return dated{}, false
		}
		d = dates[i]
		dates = slices.Delete(dates, i, i+1)
		return d, true
	}
	before := latestID(s.out)
	now, ok := take(id)
	if !ok || before != id {
		now = dated{id, time.Now().UTC().Truncate(time.Second)}
	}
	if previous, ok := take(before); ok {
		dates = append(dates, previous)
	}
	dates = append(dates, now)
	var known []dated
	if readState(s.out, historyFile, &known) == nil && slices.Equal(known, dates) {
		return nil
	}
	return s.writeState(historyFile, dates)
}

// latestID is the id of the release that latest leads to, "" if it leads to none.
func latestID(out string) string {
	target, err := os.Readlink(filepath.Join(out, latestLink))
	if err != nil {
		return ""
	}
	return filepath.Base(target)
}

// readState reads a JSON file of OUT/.state; a file that is not there leaves value as it is.
func readState(out, name string, value any) error {
	path := filepath.Join(out, stateDir, name)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot read the state of earlier runs: %w", err)
	}
	if err := json.Unmarshal(b, value); err != nil {
		return fmt.Errorf("%s is damaged: %w", path, err)
	}
	return nil
}

// writeState replaces a JSON file of OUT/.state in one step.
func (s *Store) writeState(name string, value any) (err error) {
	b, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	draft := s.state(draftPrefix + name)
	f, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return fmt.Errorf("cannot write the state of this run: %w", err)
	}
	_, err = f.Write(append(b, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("cannot write %s (is the disk full?): %w", draft, err)
	}
	if err := os.Rename(draft, s.state(name)); err != nil {
		return fmt.Errorf("cannot write the state of this run: %w", err)
	}
	return syncDir(s.state(""))
}
