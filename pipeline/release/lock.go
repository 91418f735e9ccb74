package release

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// ErrLocked is matched by the error of Open when another process works on the same folder.
var ErrLocked = errors.New("locked")

// LockedError names the process that holds the lock. errors.Is(err, ErrLocked) matches it.
type LockedError struct {
	Out    string
	Holder Holder // zero if it had not yet written its name
}

// Holder is who holds the lock.
type Holder struct {
	Host    string    `json:"host"`
	PID     int       `json:"pid"`
	Started time.Time `json:"started"`
}

// Error implements error.
func (e *LockedError) Error() string {
	who := "another process"
	if e.Holder.PID != 0 {
		who = fmt.Sprintf("process %d on %s (since %s)", e.Holder.PID, e.Holder.Host, e.Holder.Started.Local().Format(time.DateTime))
	}
	return fmt.Sprintf("%s is in use by %s: wait until it has ended, as with --wait 10m, or use another --out", e.Out, who)
}

// Is makes the error match ErrLocked.
func (e *LockedError) Is(target error) bool { return target == ErrLocked }

const lockPoll = 100 * time.Millisecond

// acquire takes the lock of out, waiting up to wait for its holder. The kernel frees the lock
// when the holder dies, however it dies; so the file stays and its content is only for people.
func acquire(ctx context.Context, out string, wait time.Duration) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(out, stateDir, "lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("cannot open the lock of %s, which must be writable: %w", out, err)
	}
	for deadline := time.Now().Add(wait); ; {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			break
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			f.Close()
			return nil, fmt.Errorf("cannot lock %s: its file system must support flock: %w", f.Name(), err)
		}
		if !time.Now().Before(deadline) {
			locked := &LockedError{Out: out}
			_ = json.NewDecoder(f).Decode(&locked.Holder) // nothing yet, or half a name: the zero holder
			f.Close()
			return nil, locked
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, fmt.Errorf("gave up waiting for the lock of %s: %w", out, ctx.Err())
		case <-time.After(lockPoll):
		}
	}
	host, _ := os.Hostname() // only for people
	name, err := json.Marshal(Holder{host, os.Getpid(), time.Now().UTC().Truncate(time.Second)})
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt(name, 0)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("cannot write to the lock of %s: %w", out, err)
	}
	return f, nil
}
