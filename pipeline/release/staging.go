package release

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"xianzhi/schemas"
	"xianzhi/stages/write"
)

// Staging is a release in the making, invisible to readers.
type Staging struct {
	store    *Store
	dir      string
	manifest Manifest

	// Beside, if not nil, reads every table back while the next is written, so that Publish has
	// less to wait for. It keeps a second processor busy.
	Beside ReadBacker

	mu      sync.Mutex // of manifest.Tables: tables may be written at the same time
	checks  errgroup.Group
	checked map[string]bool // tables that Beside has read
}

// Stage starts a release. The caller writes every table with WriteTable, then calls Publish;
// Discard at any time, also afterwards, removes what is not published.
func (s *Store) Stage(identity Identity) (*Staging, error) {
	m := Manifest{ReleaseID: identity.ID(), Identity: identity}
	if err := s.removeCandidates(); err != nil {
		return nil, err
	}
	dir := s.state(stagingPrefix + m.ReleaseID)
	if err := os.RemoveAll(dir); err != nil { // an attempt before, of this process
		return nil, fmt.Errorf("cannot clear the staging folder: %w", err)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, fmt.Errorf("cannot create the staging folder: %w", err)
	}
	g := &Staging{store: s, dir: dir, manifest: m, checked: map[string]bool{}}
	g.checks.SetLimit(1)
	return g, nil
}

// Discard removes the staging folder, if it is still there.
func (g *Staging) Discard() error {
	_ = g.checks.Wait() // an error was Publish's
	if err := os.RemoveAll(g.dir); err != nil {
		return fmt.Errorf("cannot remove the staging folder: %w", err)
	}
	return nil
}

// WriteTable writes a table of the release, synced to disk. The rows may come in any order and
// stay as they are. Tables may be written at the same time.
func WriteTable[R any](g *Staging, table schemas.Table[R], rows []R) error {
	order := make([]*R, len(rows))
	for i := range rows {
		order[i] = &rows[i]
	}
	slices.SortStableFunc(order, table.Compare)
	return WriteRows(g, table, func(yield func(*R, error) bool) {
		for _, row := range order {
			if !yield(row, nil) {
				return
			}
		}
	})
}

// WriteRows writes a table of the release, synced to disk, from rows in the table's order. A row
// is done with when the next is asked for; the first error of rows ends the table and is returned.
func WriteRows[R any](g *Staging, table schemas.Table[R], rows iter.Seq2[*R, error]) error {
	entry := Table{Name: table.Name, File: table.Name + fileSuffix}
	sum := sha256.New()
	size, err := g.create(entry.File, func(out io.Writer) error {
		w, err := write.NewWriter(io.MultiWriter(out, sum), table, g.manifest.ReleaseID)
		if err != nil {
			return err
		}
		for row, err := range rows {
			if err != nil {
				_, _ = w.Close() // the file is given up
				return err
			}
			if w.Append(row) != nil {
				break // Close returns the error
			}
		}
		s, err := w.Close()
		entry.Rows, entry.Columns = s.Rows, s.Columns
		return err
	})
	if err != nil {
		return err
	}
	entry.Bytes, entry.SHA256 = size, hex.EncodeToString(sum.Sum(nil))
	g.mu.Lock()
	g.manifest.Tables = append(g.manifest.Tables, entry)
	g.checked[entry.Name] = g.Beside != nil
	g.mu.Unlock()
	if g.Beside != nil { // waits while the table before is being read
		g.checks.Go(func() error { return compareReadBack(g.dir, entry, g.Beside) })
	}
	return nil
}

// create writes a file of the release and syncs it.
func (g *Staging) create(name string, fill func(io.Writer) error) (size int64, err error) {
	f, err := os.OpenFile(filepath.Join(g.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, fmt.Errorf("cannot create a file of the release: %w", err)
	}
	defer func() {
		if closeErr := f.Close(); err == nil && closeErr != nil {
			err = fmt.Errorf("cannot finish %s: %w", f.Name(), closeErr)
		}
	}()
	buffered := bufio.NewWriterSize(f, 1<<16)
	if err := fill(buffered); err != nil {
		return 0, err
	}
	if err := errors.Join(buffered.Flush(), f.Sync()); err != nil {
		return 0, fmt.Errorf("cannot write %s (is the disk full?): %w", f.Name(), err)
	}
	info, err := f.Stat()
	if err != nil {
		return 0, fmt.Errorf("cannot look at %s: %w", f.Name(), err)
	}
	return info.Size(), nil
}

// Publish reads every table back with the second reader, writes manifest.json and run.json
// (run is how this run went) and makes the release visible, replacing a damaged one of the
// same id. It returns the manifest and the release's folder.
func (g *Staging) Publish(run any, readBack ReadBacker) (Manifest, string, error) {
	if err := g.checks.Wait(); err != nil {
		return Manifest{}, "", fmt.Errorf("the release is not published: %w", err)
	}
	var tables []Table // in the order of the contract
	for _, t := range schemas.Dictionary() {
		entry, ok := g.manifest.table(t.Name)
		if !ok {
			return Manifest{}, "", fmt.Errorf("table %s was not written: a release has every table, even an empty one", t.Name)
		}
		tables = append(tables, entry)
		if g.checked[t.Name] {
			continue
		}
		if err := compareReadBack(g.dir, entry, readBack); err != nil {
			return Manifest{}, "", fmt.Errorf("the release is not published: %w", err)
		}
	}
	g.manifest.Tables = tables
	for name, content := range map[string]any{ManifestFile: g.manifest, RunFile: run} {
		_, err := g.create(name, func(out io.Writer) error {
			enc := json.NewEncoder(out)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			return enc.Encode(content)
		})
		if err != nil {
			return Manifest{}, "", fmt.Errorf("cannot write %s: %w", name, err)
		}
	}
	if err := syncDir(g.dir); err != nil {
		return Manifest{}, "", err
	}
	if err := g.store.accept(g.dir, g.manifest); err != nil {
		return Manifest{}, "", g.refuse(err)
	}
	dir := g.store.release(g.manifest.ReleaseID)
	if err := g.move(dir); err != nil {
		return Manifest{}, "", fmt.Errorf("cannot publish release %s: %w", g.manifest.ReleaseID, err)
	}
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return Manifest{}, "", err
	}
	return g.manifest, dir, g.store.lead(g.manifest.ReleaseID)
}

// refuse keeps a release that was not accepted where it can be looked at.
func (g *Staging) refuse(reason error) error {
	kept := g.store.state(candidatePrefix + g.manifest.ReleaseID)
	if err := os.Rename(g.dir, kept); err != nil {
		return errors.Join(reason, fmt.Errorf("cannot keep the candidate: %w", err))
	}
	return fmt.Errorf("nothing is published: %w\nthe candidate is kept in %s until the next run makes another", reason, kept)
}

// move gives the staging folder its name in one step, so that a release is never half there.
func (g *Staging) move(dir string) error {
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(g.dir, dir)
	}
	// A damaged release is in the way. Swapping the two leaves no moment without the folder.
	if err := exchange(g.dir, dir); err == nil {
		return g.Discard()
	}
	// Where the file system cannot swap, a process killed between the two renames leaves latest
	// pointing nowhere until the next run: nothing whole is lost.
	old := g.store.state(replacedPrefix + g.manifest.ReleaseID)
	if err := os.Rename(dir, old); err != nil {
		return err
	}
	if err := os.Rename(g.dir, dir); err != nil {
		return err
	}
	return os.RemoveAll(old)
}

// compareReadBack holds what the second reader finds in a file against the manifest.
func compareReadBack(dir string, want Table, readBack ReadBacker) error {
	rows, columns, err := readBack(filepath.Join(dir, want.File))
	switch {
	case err != nil:
		return fmt.Errorf("the second reader cannot read %s: %w", want.File, err)
	case rows != want.Rows:
		return fmt.Errorf("the second reader finds %d rows in %s, but %d were written", rows, want.File, want.Rows)
	case !maps.Equal(columns, want.Columns):
		for name, sum := range want.Columns {
			if columns[name] != sum {
				return fmt.Errorf("the second reader finds other values in column %s of %s than were written", name, want.File)
			}
		}
		return fmt.Errorf("the second reader finds %d columns in %s, but %d were written", len(columns), want.File, len(want.Columns))
	}
	return nil
}
