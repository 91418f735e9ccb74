package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"xianzhi/pipeline/release"
	"xianzhi/schemas"
)

// TestHostileNames: names of files and headlines are data. None leads a run out of its output
// folder, and none keeps it from reading the others.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	in, out := filepath.Join(root, "in"), filepath.Join(root, "out")
	if err := os.Mkdir(in, 0o755); err != nil {
		t.Fatal(err)
	}
	names := []string{`a\..\..\b.txt`, "%2e%2e%2fetc%2fpasswd", "-rf", "--out", "a\nb.txt", "a\tb.txt", "\xff\xfe.txt", "政\xe5府.txt", "x\u202etxt.exe",
		"$(touch owned)", "`touch owned`;.txt", "a#2", "x' OR 1=1 --", "%s%n%p", "\x01\x1b[2J.txt", "C:nul", strings.Repeat("长", 80), "latest", ".."[:1] + "\u2024"}
	for i, name := range names {
		text := fmt.Sprintf("• 【%d】../../../../etc/%s/政府工作报告\n各位代表：%s%d\n", i, strings.ToValidUTF8(name, "?"), runningText, i)
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, "run", "--in", "in", "--out", "out")
	cmd.Dir = root
	code, log := result(t, cmd)
	if code != 0 && code != 3 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	if strings.ContainsAny(log, "\x01\x1b\u202e") {
		t.Errorf("the log has control characters: %q", log)
	}
	if code, log := xianzhi(t, "check", out); code != 0 {
		t.Errorf("check: %s", log)
	}
	manifest, err := release.ReadManifest(filepath.Join(out, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	var sources []string
	for _, input := range manifest.Inputs {
		sources = append(sources, input.Source)
	}
	for _, name := range names {
		source := "in/" + strings.NewReplacer("\xff", "%FF", "\xfe", "%FE", "\xe5府", "%E5府").Replace(name)
		if !strings.HasPrefix(name, ".") && !slices.Contains(sources, source) {
			t.Errorf("there is no %q among the inputs %q", source, sources)
		}
	}
	var made []string
	if err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		relative, _ := filepath.Rel(root, path)
		if strings.HasPrefix(relative, "in"+string(filepath.Separator)) {
			return err
		}
		made = append(made, relative)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{".", "in", "out", "out/latest", "out/releases", "out/.state", "out/.state/lock", "out/.state/records", "out/.state/history.json"}
	folder := "out/releases/" + manifest.ReleaseID
	want = append(want, folder, folder+"/manifest.json", folder+"/run.json")
	for _, table := range schemas.Dictionary() {
		want = append(want, folder+"/"+table.Name+".parquet")
	}
	slices.Sort(made)
	slices.Sort(want)
	if !slices.Equal(made, want) {
		t.Errorf("the run left\n%q\nwant\n%q", made, want)
	}
	if entries, err := os.ReadDir(in); err != nil || len(entries) != len(names) {
		t.Errorf("of %d inputs there are %d (%v)", len(names), len(entries), err)
	}
}

// TestMarkup: markup is not parsed at all, so no entity is expanded and nothing is loaded.
func TestMarkup(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("秘密"), 0o644); err != nil {
		t.Fatal(err)
	}
	laughs := `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "哈">`
	for i := 1; i < 30; i++ {
		laughs += fmt.Sprintf(`<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	pages := map[string]string{
		"laughs.xml":  laughs + "]><r>政府工作报告\n&a29;" + runningText + "</r>",
		"laughs.html": strings.Replace(laughs, `<?xml version="1.0"?>`, "", 1) + "]><html><body>政府工作报告\n&a29;" + runningText + "</body></html>",
		"external.html": `<!DOCTYPE html SYSTEM "file://` + secret + `" [<!ENTITY x SYSTEM "file://` + secret + `">]><html><head><script src="file://` +
			secret + `"></script></head><body>政府工作报告\n&x;` + runningText + "</body></html>",
		"deep.html": "<html>" + strings.Repeat("<div>", 200_000) + "政府工作报告\n" + runningText,
	}
	for name, page := range pages {
		if err := os.WriteFile(filepath.Join(w.in, name), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	code, log := w.run("--log-level", "info")
	if code != 3 || strings.Count(log, "reason=unsupported_format") != len(pages) || !strings.Contains(log, "4 documents") {
		t.Errorf("exit code %d, want 3, %d pages in quarantine and four documents: %s", code, len(pages), log)
	}
	for name, content := range contents(t, w.latest()) {
		if strings.Contains(content, "秘密") {
			t.Errorf("%s has what the page asked to load", name)
		}
	}
}

// TestFileModes: what is published can be read by all, less the umask; nobody else may write.
func TestFileModes(t *testing.T) {
	t.Parallel()
	for umask, want := range map[string][2]fs.FileMode{"022": {0o755, 0o644}, "027": {0o750, 0o640}, "000": {0o755, 0o644}} {
		w := newWorld(t)
		cmd := exec.Command("sh", "-c", `umask "$0"; exec "$@"`, umask, program, "run", "--in", w.in, "--out", w.out, "--metrics", filepath.Join(w.in, ".prom"))
		if code, log := result(t, cmd); code != 0 {
			t.Fatalf("exit code %d: %s", code, log)
		}
		if err := filepath.WalkDir(w.out, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.Type()&fs.ModeSymlink != 0 {
				return err
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			mode := want[1]
			if entry.IsDir() {
				mode = want[0]
			}
			if info.Mode().Perm() != mode {
				t.Errorf("umask %s: %s has mode %v, want %v", umask, path, info.Mode().Perm(), mode)
			}
			if stat := info.Sys().(*syscall.Stat_t); int(stat.Uid) != os.Getuid() {
				t.Errorf("%s belongs to %d", path, stat.Uid)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}
