package pipeline

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"log/slog"
	"strings"

	"xianzhi/pipeline/diff"
	"xianzhi/pipeline/gate"
	"xianzhi/pipeline/release"
	"xianzhi/schemas"
)

// GateError says that a release was not published because it failed gates.
type GateError struct{ Findings []gate.Finding }

// Error implements error: a line per gate.
func (e *GateError) Error() string {
	lines := []string{fmt.Sprintf("%d gates failed", len(e.Findings))}
	if len(e.Findings) == 1 {
		lines[0] = "a gate failed"
	}
	for _, f := range e.Findings {
		lines = append(lines, fmt.Sprintf("  %s: %s", f.Gate, f.Text))
	}
	return strings.Join(lines, "\n")
}

// gates returns what the gates find in the candidate in folder dir; its error is a *GateError if
// one failed. The release before is the one that latest leads to; of a damaged one what can be read.
func gates(ctx context.Context, rules gate.Rules, out, dir string, manifest release.Manifest, log *slog.Logger) ([]gate.Finding, error) {
	if rules.Empty() {
		return []gate.Finding{}, nil
	}
	now, err := summarize(ctx, dir, manifest)
	if err != nil {
		return nil, fmt.Errorf("the gates cannot look at the candidate: %w", err)
	}
	var before *gate.Summary
	latest, err := release.Resolve(out)
	if err == nil {
		before, err = summarizeLatest(ctx, latest)
	}
	switch {
	case err == nil, errors.Is(err, release.ErrNoRelease):
	case before != nil:
		log.Warn("the gates compare with what can be read of the release before", "error", err)
	default:
		log.Warn("the gates have no release to compare with", "error", err)
	}
	found := rules.Check(before, now)
	var failed []gate.Finding
	for i, f := range found {
		rows, err := behind(ctx, f, latest, dir)
		if err != nil {
			log.Warn("the rows behind a finding cannot be told", "gate", f.Gate, "error", err)
		}
		if len(rows) > 0 {
			found[i].Text += "; first: " + strings.Join(rows, ", ")
		}
		if f.Failed {
			failed = append(failed, found[i])
		} else {
			log.Warn("a gate warns", "gate", f.Gate, "finding", found[i].Text)
		}
	}
	if len(failed) > 0 {
		return found, &GateError{failed}
	}
	return found, nil
}

// summarizeLatest returns what can be read, nil if there is no manifest, and the error of the rest.
func summarizeLatest(ctx context.Context, dir string) (*gate.Summary, error) {
	m, err := release.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	s, err := summarize(ctx, dir, m)
	return &s, err
}

// summarize gathers what the gates look at.
func summarize(ctx context.Context, dir string, m release.Manifest) (s gate.Summary, err error) {
	s.Rows = map[string]int64{}
	for _, t := range m.Tables {
		s.Rows[t.Name] = t.Rows
	}
	if s.Nulls, err = release.Nulls(dir); err != nil {
		return s, err
	}
	status := map[string]float64{}
	err = diff.Rows(ctx, dir, schemas.CoverageTable.Name, []string{"status"}, func(row []string) error {
		status[row[0]]++
		return nil
	})
	if asked := status["stated"] + status["not_stated"]; asked > 0 {
		s.Coverage = status["stated"] / asked
	}
	return s, err
}

// rowsShown is how many of the rows behind a finding are named.
const rowsShown = 5

var errEnough = errors.New("enough")

// behind names rows that a finding comes from: inputs in quarantine, documents and rows that are
// gone, rows without the value, headline figures no longer stated.
func behind(ctx context.Context, f gate.Finding, before, now string) ([]string, error) {
	key := diff.Key(f.Table)
	join := func(row []string) (string, bool) { return strings.Join(row[:len(key)], "/"), true }
	switch {
	case f.Gate == gate.MaxQuarantine, f.Gate == gate.MinDocuments:
		return firstOf(ctx, now, "", f.Table, []string{"source", "reason"}, func(row []string) (string, bool) {
			return fmt.Sprintf("%s (%s)", row[0], row[1]), true
		})
	case f.Gate == gate.Coverage:
		return firstOf(ctx, before, now, f.Table, append(key, "status"), func(row []string) (string, bool) {
			name, _ := join(row)
			return name, row[len(key)] == "stated"
		})
	case f.Column != "":
		return firstOf(ctx, now, before, f.Table, append(key, f.Column), func(row []string) (string, bool) {
			name, _ := join(row)
			return name, row[len(key)] == diff.Null
		})
	case f.Table == schemas.DocumentTable.Name:
		return firstOf(ctx, before, now, f.Table, []string{"source"}, func(row []string) (string, bool) { return row[0], true })
	}
	return firstOf(ctx, before, now, f.Table, key, join)
}

// firstOf returns the first names of rows of a release that a second one, if there is one, does
// not have.
func firstOf(ctx context.Context, dir, without, table string, columns []string, name func(row []string) (string, bool)) (names []string, err error) {
	others := map[uint64]bool{} // hashes: a collision costs an example
	seed := maphash.MakeSeed()
	if without != "" {
		err = diff.Rows(ctx, without, table, columns, func(row []string) error {
			if n, ok := name(row); ok {
				others[maphash.String(seed, n)] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	err = diff.Rows(ctx, dir, table, columns, func(row []string) error {
		n, ok := name(row)
		if !ok || others[maphash.String(seed, n)] {
			return nil
		}
		if len(names) == rowsShown {
			return errEnough
		}
		names = append(names, n)
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return names, err
}
