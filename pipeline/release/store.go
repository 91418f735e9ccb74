package release

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	stateDir    = ".state"
	releasesDir = "releases"
	latestLink  = "latest"
	fileSuffix  = ".parquet"

	stagingPrefix   = "staging-"   // a release in the making
	replacedPrefix  = "replaced-"  // a damaged release on its way out
	removedPrefix   = "removed-"   // an old release on its way out
	candidatePrefix = "candidate-" // a release that was not accepted, kept until the next one
	linkPrefix      = "latest-"    // a link on its way to latest
	draftPrefix     = "draft-"     // a state file in the making

	historyFile = "history.json" // the releases in the order of their publishing
	pinFile     = "pin.json"     // see pin
)

// ErrNoRelease is matched by the errors of Resolve and Any when there is no release.
var ErrNoRelease = errors.New("no release")

// Resolve returns the folder of the latest release under out, without symbolic links, so that
// a reader of several tables sees one release throughout.
func Resolve(out string) (string, error) {
	link := filepath.Join(out, latestLink)
	dir, err := filepath.EvalSymlinks(link)
	if errors.Is(err, fs.ErrNotExist) {
		if target, err := os.Readlink(link); err == nil {
			return "", fmt.Errorf("%s leads to %s, which is gone: xianzhi run makes it anew, xianzhi rollback goes back to another one", link, target)
		}
		return "", noRelease(out)
	}
	if err != nil {
		return "", fmt.Errorf("cannot follow %s: %w", link, err)
	}
	return filepath.Abs(dir)
}

// Any returns an error if there is no release under out, whether or not latest leads to one.
func Any(out string) error {
	if releases, err := history(out); err != nil || len(releases) > 0 {
		return err
	}
	return noRelease(out)
}

func noRelease(out string) error {
	return fmt.Errorf("%w under %s: make one with xianzhi run --out %s", ErrNoRelease, out, out)
}

// Store is the folder OUT under lock.
type Store struct {
	// Accept, if not nil, sees every release before latest is moved to it: its folder, with every
	// table, read back, and its manifest. Its error leaves latest where it is.
	Accept func(dir string, manifest Manifest) error

	// Warn, if not nil, is told of what somebody should know who relies on the folder.
	Warn func(problem string)

	out  string
	lock *os.File
}

func (s *Store) accept(dir string, m Manifest) error {
	if s.Accept == nil || latestID(s.out) == m.ReleaseID {
		return nil
	}
	return s.Accept(dir, m)
}

// Open creates out if need be, takes its lock, waiting up to wait for another holder, and
// removes what dead runs left behind. Close frees the lock.
func Open(ctx context.Context, out string, wait time.Duration) (*Store, error) {
	for _, dir := range []string{stateDir, releasesDir} {
		if err := os.MkdirAll(filepath.Join(out, dir), 0o755); err != nil {
			return nil, fmt.Errorf("cannot create the output folder %s: %w", out, err)
		}
	}
	lock, err := acquire(ctx, out, wait)
	if err != nil {
		return nil, err
	}
	s := &Store{out: out, lock: lock}
	if err := s.removeLeftovers(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close frees the lock.
func (s *Store) Close() error {
	_ = s.lock.Truncate(0) // the name is only for people
	if err := s.lock.Close(); err != nil {
		return fmt.Errorf("cannot free the lock of %s: %w", s.out, err)
	}
	return nil
}

func (s *Store) removeLeftovers() error {
	entries, err := os.ReadDir(filepath.Join(s.out, stateDir))
	if err != nil {
		return fmt.Errorf("cannot look for leftovers of earlier runs: %w", err)
	}
	for _, e := range entries {
		for _, prefix := range []string{stagingPrefix, replacedPrefix, removedPrefix, linkPrefix, draftPrefix} {
			if !strings.HasPrefix(e.Name(), prefix) {
				continue
			}
			if err := os.RemoveAll(s.state(e.Name())); err != nil {
				return fmt.Errorf("cannot remove the leftover of an earlier run: %w", err)
			}
		}
	}
	return nil
}

// UpToDate looks for a whole release with the given identity. If there is one, latest is
// pointed at it and its manifest and folder are returned. While a pin holds for the inputs, it
// is the pinned release that is returned.
func (s *Store) UpToDate(identity Identity) (m Manifest, dir string, ok bool, err error) {
	pin, pinned, err := readPin(s.out)
	if err != nil {
		return Manifest{}, "", false, err
	}
	if pinned && pin.Inputs == "" {
		pin.Inputs = hashInputs(identity)
		if err := s.writeState(pinFile, pin); err != nil {
			return Manifest{}, "", false, err
		}
	}
	if pinned && pin.holds(identity) {
		if m, dir, ok := s.whole(pin.ReleaseID); ok {
			return m, dir, true, s.pointLatest(m.ReleaseID)
		}
		if s.Warn != nil {
			s.Warn(fmt.Sprintf("the pinned release %s is damaged or gone: the pin no longer holds", pin.ReleaseID))
		}
	}
	if m, dir, ok = s.whole(identity.ID()); !ok {
		return Manifest{}, "", false, nil // none yet, or damaged: it will be made anew
	}
	if err := s.accept(dir, m); err != nil {
		return Manifest{}, "", false, fmt.Errorf("latest stays where it is: %w\nthe release is in %s", err, dir)
	}
	return m, dir, true, s.lead(m.ReleaseID)
}

// whole reads the manifest of a release whose files are all as it says.
func (s *Store) whole(id string) (m Manifest, dir string, ok bool) {
	dir = s.release(id)
	m, err := ReadManifest(dir)
	if err != nil {
		return Manifest{}, "", false
	}
	_, findings := verifyFiles(dir, m)
	return m, dir, len(findings) == 0
}

// pointLatest replaces the link by one rename, so that there is always one.
func (s *Store) pointLatest(id string) error {
	target := filepath.Join(releasesDir, id)
	link := filepath.Join(s.out, latestLink)
	if now, err := os.Readlink(link); err == nil && now == target {
		return nil
	}
	fresh := s.state(linkPrefix + id)
	if err := os.Symlink(target, fresh); err != nil {
		return fmt.Errorf("cannot make a symbolic link in %s, whose file system must support them: %w", s.state(""), err)
	}
	if err := os.Rename(fresh, link); err != nil {
		return fmt.Errorf("cannot point %s at release %s; if it is no symbolic link, move it away: %w", link, id, err)
	}
	return syncDir(s.out)
}

// Folder is where the release of an id lies under out, if it is there.
func Folder(out, id string) string { return filepath.Join(out, releasesDir, id) }

// State is the path of a file that belongs to the folder and to no release.
func (s *Store) State(name string) string { return s.state(name) }

func (s *Store) state(name string) string { return filepath.Join(s.out, stateDir, name) }
func (s *Store) release(id string) string { return Folder(s.out, id) }

// syncDir makes the names in a folder survive a power failure.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("cannot open folder %s to sync it: %w", dir, err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("cannot sync folder %s: %w", dir, err)
	}
	return nil
}
