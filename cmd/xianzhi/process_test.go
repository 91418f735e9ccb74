package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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

// TestOutputThatNobodyTakes: logs and the summary are no reason to fail a run.
func TestOutputThatNobodyTakes(t *testing.T) {
	closed := func() (*os.File, error) {
		r, w, err := os.Pipe()
		return w, errors.Join(err, r.Close())
	}
	full := func() (*os.File, error) { return os.OpenFile("/dev/full", os.O_WRONLY, 0) }
	for name, open := range map[string]func() (*os.File, error){"closed pipe": closed, "full disk": full} {
		t.Run(name, func(t *testing.T) {
			out, metrics := t.TempDir(), filepath.Join(t.TempDir(), "m.prom")
			to, err := open()
			if err != nil {
				t.Fatal(err)
			}
			defer to.Close()
			cmd := exec.Command(program, "run", "--in", sample(t), "--out", out, "--metrics", metrics, "--log-level", "debug")
			cmd.Stdout, cmd.Stderr = to, to
			if err := cmd.Run(); err != nil {
				t.Errorf("the run fails: %v", err)
			}
			if code, log := xianzhi(t, "check", out); code != 0 {
				t.Errorf("no whole release: %s", log)
			}
			text, err := os.ReadFile(metrics)
			if err != nil || !strings.Contains(string(text), `xianzhi_runs_total{result="published"} 1`) {
				t.Errorf("the metrics do not count the run (%v): %s", err, text)
			}
		})
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
