package release

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestDamagedReleaseIsReplaced(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	dir := publish(t, s, identity, sampleTables(t))
	for name, damage := range map[string]func() error{
		"changed file":    func() error { return os.WriteFile(filepath.Join(dir, "panel.parquet"), []byte("x"), 0o644) },
		"missing file":    func() error { return os.Remove(filepath.Join(dir, "documents.parquet")) },
		"no manifest":     func() error { return os.Remove(filepath.Join(dir, ManifestFile)) },
		"a file in place": func() error { return errors.Join(os.RemoveAll(dir), os.WriteFile(dir, []byte("x"), 0o644)) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if _, _, ok, err := s.UpToDate(identity); ok || err != nil {
			t.Errorf("%s: taken for up to date (error %v)", name, err)
		}
		publish(t, s, identity, sampleTables(t))
		if findings := mustCheck(t, filepath.Join(out, "latest")); len(findings) > 0 {
			t.Errorf("%s: after publishing again: %v", name, findings)
		}
	}
	if left := leftovers(t, out); len(left) > 0 {
		t.Errorf("left in the state folder: %v", left)
	}
}

func TestLatestMovesBetweenReleases(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	other := NewIdentity(nil, []Input{{Source: "c.txt", SHA256: "03"}})
	first := publish(t, s, identity, sampleTables(t))
	publish(t, s, other, sampleTables(t))
	if now, err := Resolve(out); err != nil || filepath.Base(now) != other.ID() {
		t.Errorf("latest is %s, error %v", now, err)
	}
	if _, dir, ok, err := s.UpToDate(identity); !ok || err != nil || dir != first {
		t.Errorf("the first release is not up to date: %s %v", dir, err)
	}
	if now, err := Resolve(out); err != nil || filepath.Base(now) != identity.ID() {
		t.Errorf("latest is %s, error %v", now, err)
	}
}

func TestLeftoversAreCleaned(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	publish(t, s, identity, sampleTables(t))
	state := filepath.Join(out, ".state")
	for _, dir := range []string{"staging-0123456789abcdef", "replaced-0123456789abcdef", "removed-0123456789abcdef", "draft-pin.json"} {
		if err := os.MkdirAll(filepath.Join(state, dir, "sub"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("releases/gone", filepath.Join(state, "latest-gone")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), out, 0); !errors.Is(err, ErrLocked) {
		t.Fatalf("a second holder got the lock: %v", err)
	}
	if left := leftovers(t, out); len(left) != 5 {
		t.Errorf("a process without the lock cleaned up: %v", left)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, out)
	if left := leftovers(t, out); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	if findings := mustCheck(t, filepath.Join(out, "latest")); len(findings) > 0 {
		t.Errorf("the release suffered: %v", findings)
	}
}

func TestLock(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	_, err := Open(context.Background(), out, 0)
	var locked *LockedError
	if !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("the error should name this process: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, out, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting was not given up: %v", err)
	}
	go func() {
		time.Sleep(50 * time.Millisecond)
		s.Close()
	}()
	second, err := Open(context.Background(), out, time.Minute)
	if err != nil {
		t.Fatalf("waiting for the lock failed: %v", err)
	}
	second.Close()
}

// TestLockedErrorTellsLocalTime: as xianzhi releases and the log beside it do.
func TestLockedErrorTellsLocalTime(t *testing.T) {
	defer func(zone *time.Location) { time.Local = zone }(time.Local)
	time.Local = time.FixedZone("", 8*60*60)
	e := LockedError{Out: "out", Holder: Holder{Host: "h", PID: 7, Started: time.Date(2021, 2, 3, 20, 0, 0, 0, time.UTC)}}
	if !strings.Contains(e.Error(), "(since 2021-02-04 04:00:00)") {
		t.Error(e.Error())
	}
}

func TestLatestThatIsNoLink(t *testing.T) {
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, "latest", "mine"), 0o755); err != nil {
		t.Fatal(err)
	}
	s := open(t, out)
	g, err := s.Stage(identity)
	if err != nil {
		t.Fatal(err)
	}
	if err := sampleTables(t).write(g); err != nil {
		t.Fatal(err)
	}
	if _, _, err := g.Publish(nil, ReadBack); err == nil || !strings.Contains(err.Error(), "move it away") {
		t.Errorf("the error should say what to do: %v", err)
	}
}

const publisherEnv = "XIANZHI_TEST_PUBLISHER"

// TestMain turns the test binary into the process that TestKill kills.
func TestMain(m *testing.M) {
	if out := os.Getenv(publisherEnv); out != "" {
		publishForever(out)
	}
	os.Exit(m.Run())
}

// publishForever publishes releases of three identities in turn, damaging each one before it is
// published again so that replacing is killed too, going back to some, removing old ones, and
// says when it starts one.
func publishForever(out string) {
	t := &testing.T{}
	for i := 0; ; i++ {
		s, err := Open(context.Background(), out, time.Minute)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		id := NewIdentity(nil, []Input{{Source: "a", SHA256: fmt.Sprint(i % 3)}})
		stale := s.release(id.ID())
		if _, err := os.Stat(stale); err == nil && i%3 != 0 {
			if latest, err := Resolve(out); err == nil && filepath.Base(latest) != id.ID() {
				if err := os.WriteFile(filepath.Join(stale, "panel.parquet"), nil, 0o644); err != nil {
					fmt.Println(err)
				}
			}
		}
		fmt.Println("start")
		if _, _, ok, err := s.UpToDate(id); err != nil || ok {
			s.Close()
			continue
		}
		g, err := s.Stage(id)
		if err == nil {
			if err = sampleTables(t).write(g); err == nil {
				_, _, err = g.Publish(nil, ReadBack)
			}
		}
		if err == nil && i%5 == 4 {
			_, err = s.Rollback(context.Background(), id.ID())
		}
		if err == nil {
			_, err = s.Prune(1 + i%2)
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		s.Close()
	}
}

// TestKill kills a publishing process at many moments: latest must always lead to a whole
// release, and the next process must find its way.
func TestKill(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	publish(t, s, identity, sampleTables(t))
	s.Close()
	rounds := 12
	if n, err := strconv.Atoi(os.Getenv("SOAK")); err == nil {
		rounds = n
	}
	for i := range rounds {
		c := exec.Command(os.Args[0], "-test.run=^$")
		c.Env = append(os.Environ(), publisherEnv+"="+out)
		lines, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		scanner := bufio.NewScanner(lines)
		for range 2 {
			if !scanner.Scan() || scanner.Text() != "start" {
				t.Fatalf("round %d: the process says %q", i, scanner.Text())
			}
		}
		time.Sleep(time.Duration(i%30*17) * time.Millisecond)
		if err := c.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(); err == nil {
			t.Fatalf("round %d: the process ended by itself", i)
		}
		if findings := mustCheck(t, filepath.Join(out, "latest")); len(findings) > 0 {
			t.Fatalf("round %d: %v", i, findings)
		}
		if entries, err := List(out); err != nil || !slices.ContainsFunc(entries, func(e Entry) bool { return e.Latest && e.Rows != nil }) {
			t.Fatalf("round %d: the releases are %v (%v)", i, entries, err)
		}
	}
	s = open(t, out)
	publish(t, s, identity, sampleTables(t))
	if left := leftovers(t, out); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}
