package release

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"xianzhi/schemas"
)

// The files of a release beside its tables.
const (
	ManifestFile = "manifest.json"
	RunFile      = "run.json"
)

// Input is a source of the run and the SHA-256 of its bytes in hex. Of one that could not be read
// that is "", and Problem says why, as quarantine does.
type Input struct {
	Source  string `json:"source"`
	SHA256  string `json:"sha256"`
	Problem string `json:"problem,omitempty"`
}

// Identity is what determines a release's rows: nothing else may.
type Identity struct {
	SchemaVersion  int               `json:"schema_version"`
	RulesVersion   int               `json:"rules_version"`
	ProgramVersion string            `json:"program_version"`
	Options        map[string]string `json:"options"` // content options only
	Inputs         []Input           `json:"inputs"`  // sorted
}

// NewIdentity returns the identity of a run of this program.
func NewIdentity(options map[string]string, inputs []Input) Identity {
	sorted := slices.Clone(inputs)
	slices.SortFunc(sorted, func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.SHA256, b.SHA256), cmp.Compare(a.Problem, b.Problem))
	})
	if options == nil {
		options = map[string]string{}
	}
	if sorted == nil {
		sorted = []Input{}
	}
	return Identity{schemas.SchemaVersion, schemas.RulesVersion, schemas.ProgramVersion, options, sorted}
}

// ID returns the release id: the first 16 hex digits of the SHA-256 of the identity as JSON.
func (i Identity) ID() string {
	b, err := json.Marshal(i)
	if err != nil {
		panic(err) // strings and integers always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Table describes one file of a release.
type Table struct {
	Name    string            `json:"name"`
	File    string            `json:"file"`
	Rows    int64             `json:"rows"`
	Bytes   int64             `json:"bytes"`
	SHA256  string            `json:"sha256"`
	Columns map[string]string `json:"columns"` // hash of each leaf column, see write.ColumnHash
}

// Manifest is manifest.json. It depends on the identity alone, as the tables do.
type Manifest struct {
	ReleaseID string `json:"release_id"`
	Identity
	Tables []Table `json:"tables"`
}

// Rows returns the number of rows of a table; 0 if there is no such table.
func (m Manifest) Rows(table string) int64 { return m.Table(table).Rows }

// Table returns the entry of a table; the zero Table if there is none.
func (m Manifest) Table(name string) Table {
	t, _ := m.table(name)
	return t
}

func (m Manifest) table(name string) (Table, bool) {
	for _, t := range m.Tables {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}

// ReadManifest reads the manifest of a release folder.
func ReadManifest(dir string) (Manifest, error) {
	path := filepath.Join(dir, ManifestFile)
	b, err := os.ReadFile(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("cannot read the manifest of release %s: %w", dir, err)
	}
	var m Manifest
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return Manifest{}, fmt.Errorf("%s is no manifest: %w", path, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Manifest{}, fmt.Errorf("%s has something after the manifest", path)
	}
	return m, nil
}

// verifyFiles holds the manifest against its own identity and every file against the manifest.
// It returns the tables that are whole and what is wrong with the rest. Which tables another
// schema version has, only the manifest knows.
func verifyFiles(dir string, m Manifest) (whole []Table, findings []Finding) {
	note := func(file, format string, args ...any) {
		findings = append(findings, Finding{file, fmt.Sprintf(format, args...)})
	}
	if id := m.ID(); id != m.ReleaseID || id != filepath.Base(dir) {
		note(ManifestFile, "the inputs, options and versions give release id %s, but the manifest says %s and the folder is %s", id, m.ReleaseID, filepath.Base(dir))
	}
	expected := []string{ManifestFile, RunFile}
	var tables []string
	for _, t := range schemas.Dictionary() {
		tables = append(tables, t.Name)
	}
	if m.SchemaVersion != schemas.SchemaVersion {
		tables = nil
		for _, t := range m.Tables {
			tables = append(tables, t.Name)
		}
	}
	for _, name := range tables {
		file := name + fileSuffix
		expected = append(expected, file)
		entry, ok := m.table(name)
		if !ok || entry.File != file {
			note(ManifestFile, "the manifest has no entry for %s", file)
			continue
		}
		sum, size, err := hashFile(filepath.Join(dir, file))
		switch {
		case errors.Is(err, os.ErrNotExist):
			note(file, "the file is missing")
		case err != nil:
			note(file, "the file cannot be read: %v", err)
		case size != entry.Bytes || sum != entry.SHA256:
			note(file, "the file has %d bytes and SHA-256 %s, but the manifest says %d and %s", size, sum, entry.Bytes, entry.SHA256)
		default:
			whole = append(whole, entry)
		}
	}
	if len(m.Tables) != len(tables) {
		note(ManifestFile, "the manifest lists %d tables, but a release has %d", len(m.Tables), len(tables))
	}
	if _, err := os.Stat(filepath.Join(dir, RunFile)); errors.Is(err, os.ErrNotExist) {
		note(RunFile, "the file is missing")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		note(".", "the folder cannot be listed: %v", err)
	}
	for _, e := range entries {
		if !slices.Contains(expected, e.Name()) {
			note(e.Name(), "the file does not belong to a release")
		}
	}
	return whole, findings
}

func hashFile(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	if size, err = io.Copy(h, f); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}
