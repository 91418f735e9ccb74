package main

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"xianzhi/pipeline/release"
)

// The tests of this file do to the program what happens to a scheduled run. Each counts what it
// tried; go test -v prints the table.

var faults struct {
	sync.Mutex
	tried map[string]int
}

// tried counts a fault that the program came through; one that it did not ends the test before.
func tried(fault string) {
	faults.Lock()
	defer faults.Unlock()
	if faults.tried == nil {
		faults.tried = map[string]int{}
	}
	faults.tried[fault]++
}

func printTally() {
	if !testing.Verbose() || len(faults.tried) == 0 {
		return
	}
	fmt.Println("fault | tried and nothing lost\n---|---")
	for _, fault := range slices.Sorted(maps.Keys(faults.tried)) {
		fmt.Println(fault, "|", faults.tried[fault])
	}
}

// attempts is how often a random fault is tried: 10 times, or as often as make soak says.
func attempts(t *testing.T) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv("SOAK")); err == nil {
		return n
	}
	return 10
}

// A world is a folder of inputs and the output folder of the runs on it.
type world struct {
	t       *testing.T
	in, out string
	edition int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldAt(t, filepath.Join(t.TempDir(), "out"))
}

func newWorldAt(t *testing.T, out string) *world {
	t.Helper()
	w := &world{t: t, in: filepath.Join(t.TempDir(), "in"), out: out}
	if err := os.Mkdir(w.in, 0o755); err != nil {
		t.Fatal(err)
	}
	w.change()
	return w
}

// change gives the next run something to do: the inputs are other ones.
func (w *world) change() {
	w.t.Helper()
	w.edition++
	for i := range 4 {
		w.write(i, fmt.Sprintf("各位代表：%d年地区生产总值增长%d.%d%%。%s", 2000+i, w.edition/10+1, w.edition%10, runningText))
	}
}

func (w *world) write(i int, body string) {
	w.t.Helper()
	text := fmt.Sprintf("%d年山西省闻喜县政府工作报告\n%s", 2001+i, body)
	if err := os.WriteFile(w.input(i), []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) input(i int) string { return filepath.Join(w.in, fmt.Sprintf("%d.txt", i)) }

func (w *world) run(args ...string) (int, string) {
	w.t.Helper()
	return xianzhi(w.t, append([]string{"run", "--in", w.in, "--out", w.out, "--keep", "2"}, args...)...)
}

func (w *world) mustRun() {
	w.t.Helper()
	if code, log := w.run(); code != 0 {
		w.t.Fatalf("exit code %d: %s", code, log)
	}
}

// latest is the release that readers see.
func (w *world) latest() string {
	w.t.Helper()
	dir, err := release.Resolve(w.out)
	if err != nil {
		w.t.Fatal(err)
	}
	return dir
}

// mustBeWhole checks that readers see a whole release, and that all releases there are are whole.
func (w *world) mustBeWhole() {
	w.t.Helper()
	w.latest()
	dirs, err := filepath.Glob(filepath.Join(w.out, "releases", "*"))
	if err != nil || len(dirs) == 0 {
		w.t.Fatalf("there are %d releases (%v)", len(dirs), err)
	}
	for _, dir := range dirs {
		if findings, err := release.Check(w.t.Context(), dir, release.ReadBack); err != nil || len(findings) > 0 {
			w.t.Fatalf("release %s: %v (%v)", dir, findings, err)
		}
	}
}

// mustRecover checks that a run succeeds now, leaves nothing lying about, and gives what a run
// that nothing happened to gives, byte for byte.
func (w *world) mustRecover() {
	w.t.Helper()
	w.mustRun()
	if left := leftovers(w.t, w.out); len(left) > 0 {
		w.t.Fatalf("the next run leaves %v", left)
	}
	calm := &world{t: w.t, in: w.in, out: filepath.Join(w.t.TempDir(), "calm")}
	calm.mustRun()
	got, want := contents(w.t, w.latest()), contents(w.t, calm.latest())
	if !maps.Equal(got, want) {
		w.t.Fatalf("%s has other bytes than %s", w.latest(), calm.latest())
	}
}

// contents are the files of a release but run.json.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"": filepath.Base(dir)}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if e.Name() != release.RunFile {
			files[e.Name()] = string(data)
		}
	}
	if len(files) < 12 {
		t.Fatalf("%s has %d files", dir, len(files))
	}
	return files
}

// leftovers are the files of OUT/.state that no run but a dead one leaves there.
func leftovers(t *testing.T, out string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(out, ".state"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains([]string{"lock", "records", "history.json", "pin.json", "metrics.json", "metrics.lock"}, e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestKill ends runs at random instants by a signal that they cannot see. What they have done by
// then adds up over a few of them before one is left to finish.
func TestKill(t *testing.T) {
	t.Parallel()
	interruptAtRandom(t, "kill -9 at a random instant", syscall.SIGKILL)
}

// TestTerminateAtRandom ends runs as systemd, Kubernetes and shutdown do.
func TestTerminateAtRandom(t *testing.T) {
	t.Parallel()
	interruptAtRandom(t, "SIGTERM at a random instant", syscall.SIGTERM)
}

func interruptAtRandom(t *testing.T, fault string, signal syscall.Signal) {
	w := newWorld(t)
	w.mustRun()
	w.change()
	start := time.Now()
	w.mustRun()
	whole := time.Since(start)
	w.change()
	before := w.latest()
	for hits, tries := 0, 0; hits < attempts(t); tries++ {
		if tries > 10*attempts(t) {
			t.Fatalf("only %d of %d runs were met before their end", hits, tries)
		}
		cmd := exec.Command(program, "run", "--in", w.in, "--out", w.out, "--metrics", filepath.Join(w.in, ".prom"), "--keep", "2")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		sent := time.Now()
		if err := cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = cmd.Wait() // how it ended is looked at below
		status := cmd.ProcessState.Sys().(syscall.WaitStatus)
		ended := status.Signaled() && status.Signal() == signal || status.ExitStatus() == 128+int(signal)
		switch {
		case time.Since(sent) > 5*time.Second:
			t.Fatalf("it took %v to end", time.Since(sent))
		case !ended && status.ExitStatus() != 0:
			t.Fatalf("the run ended with %v", cmd.ProcessState)
		}
		w.mustBeWhole()
		now := w.latest()
		if now != before { // it was done, or all but
			if ended {
				w.mustRecover()
			}
			w.change()
			before = now
		}
		if ended {
			hits++
			tried(fault)
		}
	}
	w.mustRecover()
}

// TestTerminateWhileWaiting: a run that waits for another one ends at once.
func TestTerminateWhileWaiting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	store, err := release.Open(t.Context(), w.out, 0)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "run", "--in", w.in, "--out", w.out, "--wait", "1h")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	sent := time.Now()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	status := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if time.Since(sent) > 5*time.Second || status.ExitStatus() != 143 && !status.Signaled() {
		t.Fatalf("after %v: %v", time.Since(sent), cmd.ProcessState)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	w.mustRecover()
	tried("SIGTERM while waiting for the lock")
}

// TestRunsAtOnce: runs on other inputs that wait for each other all publish, one after the other.
func TestRunsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.mustRun()
	var wait sync.WaitGroup
	for i := range 4 {
		wait.Go(func() {
			cmd := exec.Command(program, "run", "--in", w.input(i), "--out", w.out, "--wait", "2m", "--keep", "2")
			if out, err := cmd.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "Published") {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wait.Wait()
	w.mustBeWhole()
	if dirs, err := filepath.Glob(filepath.Join(w.out, "releases", "*")); err != nil || len(dirs) != 2 {
		t.Errorf("%d releases are left, want 2 (%v)", len(dirs), err)
	}
	w.mustRecover()
	tried("four runs at once")
}

// TestInputsChange: while a run waits for standard input, which it reads first, of the files that
// it has found one vanishes, one becomes a folder, one is rewritten, and one appears.
func TestInputsChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cmd := exec.Command(program, "run", "--in", "-", "--in", w.in, "--out", w.out, "--workers", "1", "--log-level", "info")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, filepath.Join(w.out, ".state", "lock"))
	time.Sleep(300 * time.Millisecond)
	if err := errors.Join(os.Remove(w.input(0)), os.Remove(w.input(1)), os.Mkdir(w.input(1), 0o755)); err != nil {
		t.Fatal(err)
	}
	w.write(2, "各位代表：2020年地区生产总值增长9.9%。"+runningText)
	w.write(4, "各位代表：2021年地区生产总值增长9.9%。"+runningText)
	fmt.Fprintf(stdin, "2011年山西省闻喜县政府工作报告\n各位代表：%s", runningText)
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if cmd.ProcessState.ExitCode() != 3 || strings.Count(log.String(), "reason=unreadable") != 2 || !strings.Contains(log.String(), "3 documents") {
		t.Fatalf("exit code %d, want 3, two unreadable files and three documents: %s", cmd.ProcessState.ExitCode(), log.String())
	}
	w.mustBeWhole()
	manifest, err := release.ReadManifest(w.latest())
	if err != nil {
		t.Fatal(err)
	}
	for _, input := range manifest.Inputs { // the hash is that of the bytes that were read
		if input.Source == "in/2.txt" && input.SHA256 != sha256Of(t, w.input(2)) {
			t.Errorf("the hash of the rewritten file is %s", input.SHA256)
		}
	}
	if err := os.Remove(w.input(1)); err != nil {
		t.Fatal(err)
	}
	w.mustRecover() // and reads what was there in the end
	tried("input vanishes before it is read")
	tried("input becomes a folder before it is read")
	tried("input is rewritten before it is read")
}

// TestInputGrows: a file that is written to all the while is never read half.
func TestInputGrows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	f, err := os.OpenFile(w.input(0), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(strings.Repeat(runningText, 40_000)); err != nil { // 30 MB take a while to read
		t.Fatal(err)
	}
	stop, stopped := make(chan struct{}), make(chan error)
	go func() {
		for {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
				if _, err := f.WriteString("。"); err != nil {
					stopped <- err
					return
				}
				time.Sleep(50 * time.Microsecond)
			}
		}
	}()
	code, log := w.run("--log-level", "info")
	close(stop)
	if err := errors.Join(<-stopped, f.Close()); err != nil {
		t.Fatal(err)
	}
	if code != 3 || !strings.Contains(log, "was changed while it was read") {
		t.Fatalf("exit code %d: %s; want 3 and the file in quarantine", code, log)
	}
	w.write(0, "各位代表：今年"+runningText)
	w.mustRecover()
	tried("input grows while it is read")
}

// TestMemoryLimit: a run stays near Go's memory limit, also where nothing else makes it collect
// garbage, and gives the same bytes.
func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := os.CopyFS(w.in, os.DirFS(sample(t))); err != nil {
		t.Fatal(err)
	}
	// The peak is read off while the run goes on: what the kernel says afterwards includes what
	// this process held when it started the run.
	peak := func(out, limit string) (mebibytes int) {
		cmd := exec.Command(program, "run", "--in", w.in, "--out", out, "--workers", "1")
		cmd.Env = append(os.Environ(), "GOGC=off", "GOMEMLIMIT="+limit)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error)
		go func() { ended <- cmd.Wait() }()
		for {
			select {
			case err := <-ended:
				if err != nil || mebibytes == 0 {
					t.Fatalf("the run ended with %v after %d MiB", err, mebibytes)
				}
				return mebibytes
			case <-time.After(2 * time.Millisecond):
				status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid)) // gone when it ends
				if _, after, ok := strings.Cut(string(status), "VmHWM:"); ok {
					var kib int
					if _, err := fmt.Sscan(after, &kib); err == nil {
						mebibytes = kib >> 10
					}
				}
			}
		}
	}
	const limit, program = 80, 40 // MiB; the program's own pages come on top
	if with, without := peak(w.out, fmt.Sprintf("%dMiB", limit)), peak(filepath.Join(t.TempDir(), "out"), "off"); with > limit+program {
		t.Fatalf("with a limit of %d MiB a run took %d MiB, without %d", limit, with, without)
	} else {
		t.Logf("with a limit of %d MiB a run took %d MiB, without %d", limit, with, without)
	}
	w.mustRecover()
	tried("GOMEMLIMIT below what a run takes")
}

// TestClock: neither the clock's time nor its zone nor the times of the files get into the tables.
// That it may be set back between runs is tested in package release.
func TestClock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.mustRun()
	want := contents(t, w.latest())
	for i, then := range []time.Time{time.Unix(0, 0), time.Now().AddDate(50, 0, 0)} {
		if err := os.Chtimes(w.input(i), then, then); err != nil {
			t.Fatal(err)
		}
	}
	for _, zone := range []string{"Asia/Shanghai", "America/Los_Angeles"} {
		out := filepath.Join(t.TempDir(), "out")
		cmd := exec.Command(program, "run", "--in", w.in, "--out", out)
		cmd.Env = append(os.Environ(), "TZ="+zone)
		if code, log := result(t, cmd); code != 0 {
			t.Fatalf("exit code %d: %s", code, log)
		}
		if got := contents(t, filepath.Join(out, "latest")); !maps.Equal(withoutFolder(got), withoutFolder(want)) {
			t.Errorf("in %s and with other file times the release has other bytes", zone)
		}
		tried("other time zone, file times of 1970 and in 50 years")
	}
}

func withoutFolder(files map[string]string) map[string]string {
	files = maps.Clone(files)
	delete(files, "")
	return files
}

// programEnv names the program to test inside a namespace.
const programEnv = "FAULTS_PROGRAM"

// inNamespace runs the calling test again in user and mount namespaces of its own, where it may
// mount file systems, and tells whether this is there.
func inNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(programEnv) != "" {
		return true
	}
	t.Parallel()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), programEnv+"="+program)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}, GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &exit):
		t.Skipf("this machine allows no user namespace to mount a small disk in: %v", err)
	case err == nil && strings.Contains(string(out), "--- SKIP"):
		t.Skipf("in the namespace:\n%s", out)
	case err != nil || !strings.Contains(string(out), "--- PASS"):
		t.Fatalf("%v in the namespace:\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if fault, ok := strings.CutPrefix(strings.TrimSpace(line), "TRIED "); ok {
			tried(fault)
		}
	}
	return false
}

// smallDisk mounts one of a few bytes.
func smallDisk(t *testing.T, bytes int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Skipf("this machine allows no mount in a user namespace: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// TestDiskFull fills the disk so that runs fail at different places: nothing is lost, and once
// there is room again the next run goes through.
func TestDiskFull(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	disk := smallDisk(t, 16<<20)
	w := newWorldAt(t, filepath.Join(disk, "out"))
	w.mustRun()
	used := free(t, disk)
	w.change()
	w.mustRun()
	used -= free(t, disk) // by a release and the state
	before := w.latest()
	w.change()
	filler := filepath.Join(disk, "filler")
	for percent := 0; percent < 100; percent += max(1, 200/attempts(t)) {
		left := used * percent / 100
		if err := os.WriteFile(filler, make([]byte, max(0, free(t, disk)-left)), 0o644); err != nil {
			t.Fatal(err)
		}
		code, log := w.run("--metrics", filepath.Join(disk, "xianzhi.prom"))
		if code == 0 && percent > 90 {
			t.Logf("%d of %d bytes were enough", left, used)
			continue
		}
		if code != 1 || !strings.Contains(log, "no space left on device") {
			t.Fatalf("%d bytes left: exit code %d: %s", left, code, log)
		}
		w.mustBeWhole()
		if w.latest() != before {
			t.Fatalf("%d bytes left: latest was moved", left)
		}
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		fmt.Println("TRIED disk full, at different places")
	}
	_ = os.Remove(filler)
	w.mustRecover()
}

func free(t *testing.T, dir string) int {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		t.Fatal(err)
	}
	return int(s.Bavail) * int(s.Bsize)
}

// TestReadOnly: on a disk that cannot be written to a run says so, and readers read on.
func TestReadOnly(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	disk := smallDisk(t, 16<<20)
	w := newWorldAt(t, filepath.Join(disk, "out"))
	w.mustRun()
	before := w.latest()
	w.change()
	remount := func(flags uintptr) {
		if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
	remount(syscall.MS_RDONLY)
	for _, out := range []string{w.out, filepath.Join(disk, "other")} {
		code, log := xianzhi(t, "run", "--in", w.in, "--out", out, "--metrics", filepath.Join(disk, "xianzhi.prom"))
		if code != 1 || !strings.Contains(log, "read-only file system") || !strings.Contains(log, out) {
			t.Fatalf("exit code %d: %s", code, log)
		}
		fmt.Println("TRIED read-only output")
	}
	for _, verb := range []string{"check", "path", "releases"} {
		if code, log := xianzhi(t, verb, w.out); code != 0 {
			t.Fatalf("%s: exit code %d: %s", verb, code, log)
		}
	}
	if w.latest() != before {
		t.Fatal("latest was moved")
	}
	remount(0)
	w.mustRecover()
}

func sha256Of(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("sha256sum", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out[:64])
}
