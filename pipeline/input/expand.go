package input

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages"
)

// Stdin is the argument, and the source, of standard input.
const Stdin = "-"

// File is one input.
type File struct {
	Source string // as in documents.source
	Path   string // Stdin for standard input
}

// Plan is what the arguments stand for.
type Plan struct {
	Files   []File          // sorted by source
	Rejects []stages.Reject // what cannot be looked into
	Notes   []string        // what was passed over, and why
}

// UsageError is a mistake in the arguments.
type UsageError struct{ message string }

// Error implements error.
func (e *UsageError) Error() string { return e.message }

// Expand walks the arguments: files, folders or Stdin. Within a folder, names that start with a
// dot, symbolic links that lead out of it or to what is read anyway, and what is neither file
// nor folder are passed over; so is what earlier runs wrote to the folder out.
func Expand(arguments []string, out string) (Plan, error) {
	var w walker
	if resolved, err := realPath(out); err == nil && out != "" {
		w.out = resolved
	}
	for _, argument := range arguments {
		if err := w.argument(argument); err != nil {
			return Plan{}, err
		}
	}
	for i := range w.Files {
		w.Files[i].Source = printable(w.Files[i].Source)
	}
	for i := range w.Rejects {
		w.Rejects[i].Source = printable(w.Rejects[i].Source)
	}
	slices.SortStableFunc(w.Files, func(a, b File) int { return strings.Compare(a.Source, b.Source) })
	for i := 1; i < len(w.Files); i++ {
		if a, b := w.Files[i-1], w.Files[i]; a.Source == b.Source {
			return Plan{}, &UsageError{fmt.Sprintf(
				"the inputs %s and %s would both be called %s: give one of them another name or leave it out", a.Path, b.Path, a.Source)}
		}
	}
	return w.Plan, nil
}

// printable writes what is no UTF-8 in a file's name as %FF: a source is a text.
func printable(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var b strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, "%%%02X", name[0])
		} else {
			b.WriteRune(r)
		}
		name = name[size:]
	}
	return b.String()
}

// walker collects a plan.
type walker struct {
	Plan
	out string // resolved; "" if it does not exist yet
}

func (w *walker) argument(argument string) error {
	if argument == Stdin {
		w.Files = append(w.Files, File{Stdin, Stdin})
		return nil
	}
	absolute, err := filepath.Abs(argument)
	if err != nil {
		return fmt.Errorf("cannot find the input %s: %w", argument, err)
	}
	name := filepath.Base(absolute)
	info, err := os.Stat(argument)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &UsageError{fmt.Sprintf("there is no input %s: check the path given with --in", argument)}
	case err != nil:
		w.unreadable(name, err)
	case info.IsDir():
		w.folder(argument, name)
	default:
		w.Files = append(w.Files, File{name, argument})
	}
	return nil
}

// folder walks a folder, names in order.
func (w *walker) folder(root, name string) {
	resolvedRoot, err := realPath(root)
	if err != nil {
		w.unreadable(name, err)
		return
	}
	// Walking the resolved path lets a root be a symbolic link; WalkDir follows none.
	before := len(w.Files) + len(w.Rejects)
	_ = filepath.WalkDir(resolvedRoot, func(path string, entry fs.DirEntry, err error) error {
		relative, _ := filepath.Rel(resolvedRoot, path)
		source := name
		if relative != "." {
			source = strings.TrimPrefix(filepath.ToSlash(filepath.Join(name, relative)), "/")
		}
		switch {
		case err != nil:
			w.unreadable(source, err)
			return nil
		case w.out != "" && (path == w.out && relative != "." || path == filepath.Join(w.out, "releases")):
			w.note("%s is output of earlier runs and was passed over", path)
			return filepath.SkipDir
		case relative != "." && strings.HasPrefix(entry.Name(), "."):
			w.note("%s starts with a dot and was passed over", path)
			if entry.IsDir() {
				return filepath.SkipDir
			}
		case entry.IsDir():
		case entry.Type().IsRegular():
			w.Files = append(w.Files, File{source, path})
		case entry.Type()&fs.ModeSymlink != 0:
			w.link(resolvedRoot, path, source)
		default:
			w.note("%s is neither file nor folder and was passed over", path)
		}
		return nil
	})
	if len(w.Files)+len(w.Rejects) == before {
		w.note("the folder %s holds no input", root)
	}
}

// link takes a symbolic link in if it leads to a file of the same root that is not read under
// its own name.
func (w *walker) link(root, path, source string) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		w.unreadable(source, err)
		return
	}
	relative, err := filepath.Rel(root, target)
	if err != nil || relative == ".." || strings.HasPrefix(relative, "../") {
		w.note("%s is a symbolic link that leads out of the folder, to %s, and was passed over", path, target)
		return
	}
	info, err := os.Stat(target)
	switch {
	case err != nil:
		w.unreadable(source, err)
	case info.Mode().IsRegular() && hidden(relative):
		w.Files = append(w.Files, File{source, path})
	case info.Mode().IsRegular() || info.IsDir():
		w.note("%s is a symbolic link to %s of the same folder and was passed over", path, target)
	default:
		w.note("%s is a symbolic link to what is neither file nor folder and was passed over", path)
	}
}

// hidden tells whether the walk passes over a path for a dot.
func hidden(relative string) bool {
	for part := range strings.SplitSeq(filepath.ToSlash(relative), "/") {
		if strings.HasPrefix(part, ".") {
			return true
		}
	}
	return false
}

func (w *walker) note(format string, args ...any) {
	w.Notes = append(w.Notes, fmt.Sprintf(format, args...))
}

func (w *walker) unreadable(source string, err error) {
	w.Rejects = append(w.Rejects, unreadable(source, err))
}

// unreadable is the reject of a file or folder. The detail leaves the path out: it becomes a
// row, and rows do not depend on where an input lies.
func unreadable(source string, err error) stages.Reject {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return stages.Reject{Source: source, Stage: "extract", Reason: stages.Unreadable,
		Detail: fmt.Sprintf("cannot be read: %v", err)}
}

func realPath(path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(absolute)
}
