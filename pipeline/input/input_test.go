package input

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"xianzhi/stages"
)

// tree makes files (and, for names ending in /, folders) and links ("name -> target") in a new
// folder called reports.
func tree(t *testing.T, entries ...string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "reports")
	must(t, os.Mkdir(root, 0o755))
	for _, entry := range entries {
		name, target, isLink := strings.Cut(entry, " -> ")
		path := filepath.Join(root, name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		switch {
		case isLink:
			must(t, os.Symlink(target, path))
		case strings.HasSuffix(name, "/"):
			must(t, os.MkdirAll(path, 0o755))
		default:
			must(t, os.WriteFile(path, []byte(name), 0o644))
		}
	}
	return root
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestExpandFolder(t *testing.T) {
	for _, c := range []struct {
		name    string
		entries []string
		sources []string
		notes   []string // a part of each
		rejects []string // sources
	}{
		{name: "walked in order", entries: []string{"b.txt", "a/2.txt", "a/1.txt"},
			sources: []string{"reports/a/1.txt", "reports/a/2.txt", "reports/b.txt"}},
		{name: "dot names", entries: []string{".git/x", "a/.hidden", "a/1.txt"},
			sources: []string{"reports/a/1.txt"}, notes: []string{".git starts", ".hidden starts"}},
		{name: "a link out of the root", entries: []string{"1.txt", "out.txt -> /etc/passwd", "etc -> /etc"},
			sources: []string{"reports/1.txt"}, notes: []string{"leads out", "leads out"}},
		{name: "links to what is read anyway", entries: []string{"a/1.txt", "again.txt -> a/1.txt", "b -> a"},
			sources: []string{"reports/a/1.txt"}, notes: []string{"same folder", "same folder"}},
		{name: "a link is the only way", entries: []string{"..data/1.txt", "1.txt -> ..data/1.txt"},
			sources: []string{"reports/1.txt"}, notes: []string{"..data starts"}},
		{name: "a broken link", entries: []string{"1.txt", "2.txt -> gone"},
			sources: []string{"reports/1.txt"}, rejects: []string{"reports/2.txt"}},
		{name: "nothing", entries: []string{"a/"}, notes: []string{"holds no input"}},
		{name: "the output", entries: []string{"1.txt", "out/releases/x.parquet"},
			sources: []string{"reports/1.txt"}, notes: []string{"output of earlier runs"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := tree(t, c.entries...)
			plan, err := Expand([]string{root}, filepath.Join(root, "out"))
			must(t, err)
			var sources, rejects []string
			for _, f := range plan.Files {
				sources = append(sources, f.Source)
				if _, err := os.Stat(f.Path); err != nil {
					t.Error(err)
				}
			}
			for _, r := range plan.Rejects {
				rejects = append(rejects, r.Source)
				if r.Reason != stages.Unreadable || strings.Contains(r.Detail, root) {
					t.Errorf("reject %+v", r)
				}
			}
			if !slices.Equal(sources, c.sources) || !slices.Equal(rejects, c.rejects) {
				t.Errorf("got %v and rejects %v, want %v and %v", sources, rejects, c.sources, c.rejects)
			}
			if len(plan.Notes) != len(c.notes) {
				t.Fatalf("notes %q, want %q", plan.Notes, c.notes)
			}
			for i, part := range c.notes {
				if !strings.Contains(plan.Notes[i], part) {
					t.Errorf("note %q should contain %q", plan.Notes[i], part)
				}
			}
		})
	}
}

func TestExpandArguments(t *testing.T) {
	a, b := tree(t, "1.txt"), tree(t, "1.txt", "2.txt")
	plan, err := Expand([]string{Stdin, filepath.Join(a, "1.txt"), b}, "")
	must(t, err)
	var sources []string
	for _, f := range plan.Files {
		sources = append(sources, f.Source)
	}
	if want := []string{"-", "1.txt", "reports/1.txt", "reports/2.txt"}; !slices.Equal(sources, want) {
		t.Errorf("got %v, want %v", sources, want)
	}
	t.Chdir(b)
	plan, err = Expand([]string{"."}, "")
	must(t, err)
	if len(plan.Files) != 2 || plan.Files[0].Source != "reports/1.txt" {
		t.Errorf("the folder . should go by its name, got %+v", plan.Files)
	}
	for _, arguments := range [][]string{{a, b}, {a, a}, {Stdin, Stdin}, {filepath.Join(a, "gone")}} {
		var usage *UsageError
		if _, err := Expand(arguments, ""); !errors.As(err, &usage) {
			t.Errorf("%v: got %v, want a usage error", arguments, err)
		}
	}
}

func compress(t *testing.T, w io.WriteCloser, out *bytes.Buffer, data string) []byte {
	t.Helper()
	_, err := io.WriteString(w, data)
	must(t, err)
	must(t, w.Close())
	return bytes.Clone(out.Bytes())
}

func gzipped(t *testing.T, data string) []byte {
	var b bytes.Buffer
	return compress(t, gzip.NewWriter(&b), &b, data)
}

func zstandard(t *testing.T, data string) []byte {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	must(t, err)
	return compress(t, w, &b, data)
}

// content reads a file as a run does.
func content(f File, stdin io.Reader) (text []byte, sum string, reject *stages.Reject) {
	raw, reject := f.Read(stdin)
	if reject != nil {
		return nil, "", reject
	}
	text, reject = raw.Text()
	return text, raw.SHA256, reject
}

// TestNamesThatAreNoText: a source is UTF-8, and still one file's alone.
func TestNamesThatAreNoText(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "政\xe5\xff.txt"), nil, 0o644))
	plan, err := Expand([]string{dir}, "")
	must(t, err)
	if len(plan.Files) != 1 || filepath.Base(plan.Files[0].Source) != "政%E5%FF.txt" {
		t.Errorf("got %+v", plan)
	}
	must(t, os.WriteFile(filepath.Join(dir, "政%E5%FF.txt"), nil, 0o644))
	var usage *UsageError
	if _, err := Expand([]string{dir}, ""); !errors.As(err, &usage) {
		t.Errorf("two files under one name: %v", err)
	}
}

func TestRead(t *testing.T) {
	text := strings.Repeat("政府工作报告", 1000)
	long := strings.Repeat(" ", MaxBytes+1)
	gz, zst := gzipped(t, text), zstandard(t, text)
	for _, c := range []struct {
		name string
		raw  []byte
		want stages.Reason // "" for the text
	}{
		{"plain.txt", []byte(text), ""},
		{"a.txt.gz", gz, ""},
		{"a.txt.GZ", gz, ""},
		{"two.gz", append(gzipped(t, text[:3000]), gzipped(t, text[3000:])...), ""},
		{"a.txt.zst", zst, ""},
		{"cut.gz", gz[:len(gz)-6], stages.Unreadable},
		{"head.gz", gz[:5], stages.Unreadable},
		{"empty.gz", nil, stages.Unreadable},
		{"no.gz", []byte(text), stages.Unreadable},
		{"cut.zst", zst[:len(zst)-6], stages.Unreadable},
		{"no.zst", []byte(text), stages.Unreadable},
		{"long.txt", []byte(long), stages.TooLarge},
		{"bomb.gz", gzipped(t, long), stages.TooLarge},
		{"small bomb.gz", gzipped(t, long[:2<<20]), stages.TooLarge},
		{"small bomb.zst", zstandard(t, long[:2<<20]), stages.TooLarge},
		{"bomb.zst", zstandard(t, long), stages.TooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.name)
			must(t, os.WriteFile(path, c.raw, 0o644))
			got, sum, reject := content(File{c.name, path}, nil)
			switch {
			case c.want == "" && (reject != nil || string(got) != text || sum != fmt.Sprintf("%x", sha256.Sum256(c.raw))):
				t.Errorf("got %d bytes, %+v", len(got), reject)
			case c.want != "" && (reject == nil || reject.Reason != c.want || reject.Source != c.name || reject.Detail == ""):
				t.Errorf("got %+v, want %s", reject, c.want)
			}
		})
	}
	for _, raw := range [][]byte{[]byte(text), gz, zst} {
		if got, _, reject := content(File{Stdin, Stdin}, bytes.NewReader(raw)); reject != nil || string(got) != text {
			t.Errorf("standard input: got %d bytes, %+v", len(got), reject)
		}
	}
	if _, _, reject := content(File{"gone", filepath.Join(t.TempDir(), "gone")}, nil); reject == nil || reject.Reason != stages.Unreadable {
		t.Errorf("a missing file: got %+v", reject)
	}
}

// A file that grows, shrinks or is written to while it is read is no input: what was read of it
// may never have been its content.
func TestReadWhileItChanges(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"grows": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString("more")
			return errors.Join(err, f.Close())
		},
		"shrinks": func(path string) error { return os.Truncate(path, 3) },
		"touched": func(path string) error { return os.Chtimes(path, time.Time{}, time.Unix(1, 0)) },
	} {
		path := filepath.Join(t.TempDir(), "a.txt")
		must(t, os.WriteFile(path, []byte("政府工作报告"), 0o644))
		file, err := os.Open(path)
		must(t, err)
		_, err = readUnchanged(file, changing{file, func() error { return change(path) }})
		if !errors.Is(err, errChanged) {
			t.Errorf("%s: got %v", name, err)
		}
		if r := (File{"a.txt", path}).reject("", err); r.Reason != stages.Unreadable || !strings.Contains(r.Detail, "changed while it was read") {
			t.Errorf("%s: got %+v", name, r)
		}
		must(t, file.Close())
	}
}

// changing reads a file and changes it at its end.
type changing struct {
	io.Reader
	change func() error
}

func (c changing) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	if errors.Is(err, io.EOF) {
		err = cmp.Or(c.change(), err)
	}
	return n, err
}
