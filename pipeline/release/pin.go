package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// pin is pin.json: latest stays at a release for as long as the inputs stay as they were.
type pin struct {
	ReleaseID string    `json:"release_id"`
	Pinned    time.Time `json:"pinned"`
	// Inputs is the hash of the inputs of the run before the pin was set. If that is unknown it is
	// "", and the next run fills in its own.
	Inputs string `json:"inputs"`
}

// readPin reads the pin, if there is one. A damaged pin is an error: without it latest would
// leave the release that somebody chose.
func readPin(out string) (p pin, ok bool, err error) {
	if err := readState(out, pinFile, &p); err != nil {
		return pin{}, false, fmt.Errorf("it is unknown which release is pinned: pin it anew with xianzhi rollback, or use xianzhi unpin: %w", err)
	}
	return p, p.ReleaseID != "", nil
}

// holds tells whether a run on these inputs leaves latest alone.
func (p pin) holds(identity Identity) bool { return p.Inputs == hashInputs(identity) }

// hashInputs covers names and bytes of the inputs, but no options and versions: the pin holds
// when the same inputs are read by another version.
func hashInputs(identity Identity) string {
	b, err := json.Marshal(identity.Inputs)
	if err != nil {
		panic(err) // strings always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Rollback points latest at an earlier release and pins it there: runs on the inputs of the run
// before leave it, runs on other inputs publish and free it. It returns the release's folder.
func (s *Store) Rollback(ctx context.Context, id string) (dir string, err error) {
	if !releaseID.MatchString(id) {
		return "", fmt.Errorf("%q is no release id: xianzhi releases %s lists them", id, s.out)
	}
	dir = s.release(id)
	m, err := ReadManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("there is no release %s: xianzhi releases %s lists them", id, s.out)
	}
	if err != nil {
		return "", err
	}
	if _, findings := verifyFiles(dir, m); len(findings) > 0 {
		return "", fmt.Errorf("release %s is damaged: %s: %s", id, findings[0].File, findings[0].Problem)
	}
	p, pinned, err := readPin(s.out)
	if err != nil || !pinned {
		p = pin{}
		if now, err := ReadManifest(s.release(latestID(s.out))); err == nil {
			p.Inputs = hashInputs(now.Identity)
		}
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	p.ReleaseID, p.Pinned = id, time.Now().UTC().Truncate(time.Second)
	// The pin comes first: if the program ends between the two, the next run moves latest.
	if err := s.writeState(pinFile, p); err != nil {
		return "", err
	}
	return dir, s.pointLatest(id)
}

// Unpin lets runs move latest again and returns the release that was pinned, "" if none was.
func (s *Store) Unpin() (id string, err error) {
	p, _, err := readPin(s.out)
	if err != nil {
		p.ReleaseID = "of a damaged pin"
	}
	if err := os.Remove(s.state(pinFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("cannot remove the pin: %w", err)
	}
	return p.ReleaseID, nil
}

// lead makes a release the one that latest leads to. It ends a pin: the caller has asked it.
func (s *Store) lead(id string) error {
	// First the history, which a full disk may refuse, then the step that readers see.
	if err := s.record(id); err != nil {
		return err
	}
	if err := s.pointLatest(id); err != nil {
		return err
	}
	_, err := s.Unpin()
	return errors.Join(err, s.removeCandidates())
}

// removeCandidates removes the releases that were not accepted in earlier runs.
func (s *Store) removeCandidates() error {
	candidates, err := filepath.Glob(s.state(candidatePrefix + "*"))
	for _, dir := range candidates {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	if err != nil {
		return fmt.Errorf("cannot remove a candidate of an earlier run: %w", err)
	}
	return nil
}
