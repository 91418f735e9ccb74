package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// xianzhi runs the program and returns its exit code and what it printed.
func xianzhi(t *testing.T, args ...string) (int, string) {
	t.Helper()
	return result(t, exec.Command(program, args...))
}

func result(t *testing.T, cmd *exec.Cmd) (int, string) {
	t.Helper()
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// fingerprint hashes the release that latest leads to.
func fingerprint(t *testing.T, out string) string {
	t.Helper()
	target, err := os.Readlink(filepath.Join(out, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(out, "latest", "*"))
	if err != nil || len(files) < 12 {
		t.Fatalf("the release has %d files (%v)", len(files), err)
	}
	sum := sha256.New()
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(sum, "%s %d\n", filepath.Base(file), len(data))
		sum.Write(data)
	}
	return fmt.Sprintf("%s %x", target, sum.Sum(nil))
}

// TestKill kills a run that would replace a release, at ten random moments.
func TestKill(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	report := filepath.Join(t.TempDir(), "report.txt")
	text := []byte("2021年山西省闻喜县政府工作报告\n各位代表：2020年地区生产总值增长5.8%。" + runningText)
	if err := os.WriteFile(report, text, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, log := xianzhi(t, "run", "--in", report, "--out", out); code != 0 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	start := time.Now()
	if code, log := xianzhi(t, "run", "--in", sample(t), "--out", filepath.Join(t.TempDir(), "timed")); code != 0 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	whole := time.Since(start)

	before := fingerprint(t, out)
	killed := 0
	for try := 0; killed < 10; try++ {
		if try == 100 {
			t.Fatalf("only %d of %d runs could be killed in time", killed, try)
		}
		cmd := exec.Command(program, "run", "--in", sample(t), "--out", out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		if now := fingerprint(t, out); now != before {
			if code, log := xianzhi(t, "check", out); code != 0 {
				t.Fatalf("a killed run left a damaged release: %s", log)
			}
			// It had published before it was killed: put the old release back and try again.
			if code, log := xianzhi(t, "run", "--in", report, "--out", out); code != 0 {
				t.Fatalf("exit code %d: %s", code, log)
			}
			if err := removeOthers(out); err != nil {
				t.Fatal(err)
			}
			continue
		}
		killed++
	}
	if code, log := xianzhi(t, "check", out); code != 0 {
		t.Errorf("after ten kills check exits with %d: %s", code, log)
	}
	if code, log := xianzhi(t, "run", "--in", sample(t), "--out", out); code != 0 || !strings.Contains(log, "10 documents") {
		t.Errorf("the run after ten kills exits with %d: %s", code, log)
	}
	if left := leftovers(t, out); len(left) > 0 {
		t.Errorf("the run after ten kills leaves %v", left)
	}
}

// leftovers are the files of OUT/.state that no run but a dead one leaves there.
func leftovers(t *testing.T, out string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(out, ".state"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains([]string{"lock", "records", "history.json", "pin.json"}, e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

// removeOthers removes the releases that latest does not lead to.
func removeOthers(out string) error {
	target, err := os.Readlink(filepath.Join(out, "latest"))
	if err != nil {
		return err
	}
	dirs, err := filepath.Glob(filepath.Join(out, "releases", "*"))
	for _, dir := range dirs {
		if filepath.Base(dir) != filepath.Base(target) {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}
	return err
}

func TestTerminate(t *testing.T) {
	out := t.TempDir()
	// The pipe stays open, so that the run waits for standard input.
	cmd := exec.Command(program, "run", "--in", "-", "--in", sample(t), "--out", out)
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, filepath.Join(out, ".state", "lock"))
	if code, message := xianzhi(t, "run", "--in", sample(t), "--out", out); code != 4 || !strings.Contains(message, fmt.Sprint(cmd.Process.Pid)) {
		t.Errorf("a second run exits with %d: %s; want 4 and the process that holds the lock", code, message)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // its exit code follows
	if code := cmd.ProcessState.ExitCode(); code != 143 || !strings.Contains(log.String(), "ended by terminated") {
		t.Errorf("exit code %d: %s; want 143", code, log.String())
	}
	if _, err := os.Lstat(filepath.Join(out, "latest")); err == nil {
		t.Error("a terminated run published a release")
	}
}

// waitFor waits until a file has content.
func waitFor(t *testing.T, path string) {
	t.Helper()
	for range 500 {
		if info, err := os.Stat(path); err == nil && info.Size() > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s did not appear", path)
}

// TestWithoutPermission runs the program as a user who may not enter one of two folders.
func TestWithoutPermission(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can start a program as another user")
	}
	const nobody = 65534
	dir, err := os.MkdirTemp("", "xianzhi-permission-") // t.TempDir lies in a folder closed to others
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	report := []byte("2021年山西省闻喜县政府工作报告\n各位代表：" + runningText)
	if err := errors.Join(
		os.Chmod(dir, 0o755),
		os.MkdirAll(filepath.Join(in, "closed"), 0o755),
		os.WriteFile(filepath.Join(in, "closed", "1.txt"), report, 0o644),
		os.WriteFile(filepath.Join(in, "closed.txt"), report, 0o600),
		os.WriteFile(filepath.Join(in, "open.txt"), report, 0o644),
		os.Chmod(filepath.Join(in, "closed"), 0o700),
		os.Mkdir(out, 0o755), os.Chown(out, nobody, nobody),
	); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (int, string) {
		cmd := exec.Command(program, args...)
		cmd.Dir = dir
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		return result(t, cmd)
	}
	code, log := run("run", "--in", in, "--out", out)
	if code != 3 || !strings.Contains(log, "1 documents") || !strings.Contains(log, "2 in quarantine") {
		t.Errorf("exit code %d: %s; want 3, the open file and two rejects", code, log)
	}
	if code, log := run("run", "--in", filepath.Join(in, "closed"), "--out", out); code != 3 || !strings.Contains(log, "1 in quarantine") {
		t.Errorf("a closed root: exit code %d: %s; want 3", code, log)
	}
	if code, log := run("run", "--in", filepath.Join(in, "open.txt"), "--out", filepath.Join(in, "out")); code != 1 || !strings.Contains(log, "permission denied") {
		t.Errorf("a closed output: exit code %d: %s; want 1", code, log)
	}
}
