package release

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/apache/arrow/go/v17/parquet/file"

	"xianzhi/schemas"
	"xianzhi/stages/write"
)

// Finding is something wrong with a release.
type Finding struct {
	File    string `json:"file"` // in the release's folder
	Problem string `json:"problem"`
}

// Check verifies the release in folder dir: the manifest and every file's SHA-256 first, then,
// of the files that are whole, schema and metadata, the rows by the second reader, and across
// the tables ids, foreign keys and spans. It returns what it finds wrong; an error means that it
// could not look.
func Check(ctx context.Context, dir string, readBack ReadBacker) ([]Finding, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, fmt.Errorf("there is no release to check: %w", err)
	}
	if _, err := os.ReadDir(dir); err != nil {
		return nil, fmt.Errorf("cannot look into the release: %w", err)
	}
	m, err := ReadManifest(dir)
	if err != nil {
		return []Finding{{ManifestFile, err.Error()}}, nil
	}
	if m.SchemaVersion != schemas.SchemaVersion {
		return []Finding{{ManifestFile, fmt.Sprintf("the release has schema version %d, but this program checks version %d: use the program that made it (version %s)",
			m.SchemaVersion, schemas.SchemaVersion, m.ProgramVersion)}}, nil
	}
	whole, findings := verifyFiles(dir, m)
	readable := map[string]bool{}
	for _, t := range whole {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		problem := checkFile(dir, m, t)
		if problem == nil {
			problem = compareReadBack(dir, t, readBack)
		}
		if problem != nil {
			findings = append(findings, Finding{t.File, problem.Error()})
			continue
		}
		readable[t.Name] = true
	}
	content := contentCheck{ctx: ctx, dir: dir}
	defer content.close()
	for _, rule := range contentRules {
		if !all(readable, rule.tables) {
			continue // its findings would only repeat that a table is damaged
		}
		if err := rule.check(&content); err != nil {
			return nil, fmt.Errorf("cannot check release %s: %w", dir, err)
		}
	}
	return append(findings, content.findings...), nil
}

func all(set map[string]bool, names []string) bool {
	for _, n := range names {
		if !set[n] {
			return false
		}
	}
	return true
}

// checkFile compares a file's schema and metadata with what this program would write.
func checkFile(dir string, m Manifest, t Table) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the file is damaged: the Parquet reader failed: %v", fault)
		}
	}()
	doc, err := schemas.LookupTable(t.Name)
	if err != nil {
		return err
	}
	want, err := write.ParquetSchema(doc)
	if err != nil {
		return err
	}
	r, err := file.OpenParquetFile(filepath.Join(dir, t.File), false)
	if err != nil {
		return fmt.Errorf("the file is no Parquet file: %w", err)
	}
	defer r.Close()
	if got := r.MetaData().Schema; !got.Equals(want) {
		return fmt.Errorf("the columns differ from those of xianzhi schema %s: the file has %s", t.Name, got)
	}
	if r.NumRows() != t.Rows {
		return fmt.Errorf("the file has %d rows, but the manifest says %d", r.NumRows(), t.Rows)
	}
	for key, value := range map[string]string{
		write.KeyReleaseID:      m.ReleaseID,
		write.KeySchemaVersion:  strconv.Itoa(m.SchemaVersion),
		write.KeyRulesVersion:   strconv.Itoa(m.RulesVersion),
		write.KeyProgramVersion: m.ProgramVersion,
	} {
		if got := r.MetaData().KeyValueMetadata().FindValue(key); got == nil || *got != value {
			return fmt.Errorf("the metadata of the file does not say %s %s", key, value)
		}
	}
	return nil
}
