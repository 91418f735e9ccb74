// Package gate decides whether a release is good enough to be published.
//
// Input: thresholds, a summary of the candidate and one of the release that readers see, if
// there is one. Output: a finding for every threshold that the candidate is beyond. A threshold
// that compares says nothing while there is no release to compare with.
//
// Non-goals: reading releases, publishing, naming the rows behind a finding (package pipeline).
package gate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"xianzhi/schemas"
)

// The gates that are not of single tables.
const (
	MaxQuarantine = "max-quarantine"
	MinDocuments  = "min-documents"
	Coverage      = "coverage"
)

// Summary is what the gates look at in a release.
type Summary struct {
	Rows map[string]int64 // by table
	// Nulls is the share of rows without a value, by "table.column", of the nullable columns of
	// tables that have rows.
	Nulls map[string]float64
	// Coverage is the share of stated among the headline figures of places and years with a report.
	Coverage float64
}

// Rules are the thresholds of a run; the zero Rules let everything through.
type Rules struct {
	MaxQuarantine Limit // rows in quarantine, as a number or a share of all inputs and articles
	MinDocuments  int64
	// Drops compare with the release before, by metric: "rows" for any table, "rows.TABLE",
	// "nulls" for any column, "nulls.TABLE.COLUMN", "coverage". The longer name goes before.
	Drops map[string]Threshold
}

// Empty tells whether there is nothing to check.
func (r Rules) Empty() bool { return !r.MaxQuarantine.Set && r.MinDocuments == 0 && len(r.Drops) == 0 }

// Threshold bounds what a release may lose: a share of the rows, or percentage points of nulls
// and coverage.
type Threshold struct{ Warn, Error Limit }

// Limit is a number, or a share with % behind it; the zero Limit is none.
type Limit struct {
	Set   bool
	Share bool
	Value float64 // 0.05 for 5%
}

// ParseLimit reads 5% or 12.
func ParseLimit(s string) (Limit, error) {
	number, share := strings.CutSuffix(strings.TrimSpace(s), "%")
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !(v >= 0) || v > 1e15 || share && v > 100 || !share && v != float64(int64(v)) {
		return Limit{}, fmt.Errorf("%q is no limit: use a whole number such as 12, or a share such as 5%%", s)
	}
	if share {
		v /= 100
	}
	return Limit{true, share, v}, nil
}

// String gives the limit as ParseLimit reads it, "" for none.
func (l Limit) String() string {
	switch {
	case !l.Set:
		return ""
	case l.Share:
		return percent(l.Value)
	}
	return strconv.FormatFloat(l.Value, 'f', -1, 64)
}

// Finding is a threshold that the candidate is beyond.
type Finding struct {
	Gate   string  `json:"gate"`   // MaxQuarantine, MinDocuments, Coverage, rows.TABLE or nulls.TABLE.COLUMN
	Failed bool    `json:"failed"` // else a warning
	Text   string  `json:"text"`   // a sentence with the values and the limit
	Before float64 `json:"before"` // in the release before; of an absolute gate the limit
	After  float64 `json:"after"`  // in the candidate

	Table  string `json:"-"` // the table that the finding is about
	Column string `json:"-"` // of a finding about nulls
}

// The tables of which fewer rows are no loss.
var fewerIsFine = []string{schemas.QuarantineTable.Name, schemas.ConflictTable.Name}

// CheckNames objects to metrics of Drops that do not exist.
func (r Rules) CheckNames() error {
	for _, metric := range slices.Sorted(maps.Keys(r.Drops)) {
		kind, rest, detailed := strings.Cut(metric, ".")
		table, column, _ := strings.Cut(rest, ".")
		doc, err := schemas.LookupTable(table)
		hasColumn := slices.ContainsFunc(doc.Columns, func(c schemas.ColumnDoc) bool { return c.Name == column && c.Nullable })
		switch {
		case !detailed && (kind == "rows" || kind == "nulls" || kind == Coverage):
		case kind == "rows" && err == nil && column == "":
		case kind == "nulls" && err == nil && hasColumn:
		default:
			return fmt.Errorf("there is no metric %s: use rows, rows.TABLE, nulls, nulls.TABLE.COLUMN (a nullable column) or coverage", metric)
		}
		for _, limit := range []Limit{r.Drops[metric].Warn, r.Drops[metric].Error} {
			if limit.Set && !limit.Share {
				return fmt.Errorf("the limit %s of %s is no share: write it with %%", limit, metric)
			}
		}
	}
	if r.MinDocuments < 0 {
		return errors.New("fewer than no documents cannot be asked for: give min-documents at least 0")
	}
	return nil
}

// Check returns the findings, those about single tables in the order of the tables. before is
// nil when there is no release yet.
func (r Rules) Check(before *Summary, now Summary) []Finding {
	found := []Finding{}
	documents, quarantined := now.Rows[schemas.DocumentTable.Name], now.Rows[schemas.QuarantineTable.Name]
	if l := r.MaxQuarantine; l.Set {
		all := documents + quarantined
		value, share := float64(quarantined), 0.0
		if all > 0 {
			share = value / float64(all)
		}
		if l.Share {
			value = share
		}
		if value > l.Value {
			found = append(found, Finding{Gate: MaxQuarantine, Failed: true, Before: l.Value, After: value, Table: schemas.QuarantineTable.Name,
				Text: fmt.Sprintf("%d of %d are in quarantine (%s), at most %s may be", quarantined, all, percent(share), l)})
		}
	}
	if documents < r.MinDocuments {
		found = append(found, Finding{Gate: MinDocuments, Failed: true, Before: float64(r.MinDocuments), After: float64(documents),
			Table: schemas.QuarantineTable.Name, Text: fmt.Sprintf("%d documents, at least %d must be", documents, r.MinDocuments)})
	}
	if before == nil {
		return found
	}
	for _, table := range schemas.Dictionary() {
		was, is := before.Rows[table.Name], now.Rows[table.Name]
		general := "rows"
		if slices.Contains(fewerIsFine, table.Name) {
			general = ""
		}
		if was > 0 {
			found = r.compare(found, general, Finding{Gate: "rows." + table.Name, Table: table.Name, Before: float64(was), After: float64(is),
				Text: fmt.Sprintf("%d instead of %d rows", is, was)}, float64(was-is)/float64(was), "fewer")
		}
		for _, column := range table.Columns {
			name := table.Name + "." + column.Name
			was, ok := before.Nulls[name]
			is, still := now.Nulls[name]
			if ok && still {
				found = r.compare(found, "nulls", Finding{Gate: "nulls." + name, Table: table.Name, Column: column.Name, Before: was, After: is,
					Text: fmt.Sprintf("%s of the rows have no value, %s before", percent(is), percent(was))}, is-was, "of the rows more")
			}
		}
	}
	return r.compare(found, "", Finding{Gate: Coverage, Table: schemas.CoverageTable.Name, Before: before.Coverage, After: now.Coverage,
		Text: fmt.Sprintf("%s of the headline figures are stated, %s before", percent(now.Coverage), percent(before.Coverage))},
		before.Coverage-now.Coverage, "of them fewer")
}

// compare adds the finding if a loss is beyond the threshold of its gate, or else of the general
// one.
func (r Rules) compare(found []Finding, general string, f Finding, loss float64, how string) []Finding {
	threshold, ok := r.Drops[f.Gate]
	if !ok {
		threshold = r.Drops[general]
	}
	limit := threshold.Error
	f.Failed = limit.Set && beyond(loss, limit.Value)
	if !f.Failed {
		limit = threshold.Warn
	}
	if !limit.Set || !beyond(loss, limit.Value) {
		return found
	}
	f.Text += fmt.Sprintf(": %s %s, the limit is %s", percent(loss), how, limit)
	return append(found, f)
}

// beyond leaves room for the rounding of shares: 0.3 - 0.2 is no more than 0.1.
func beyond(loss, limit float64) bool { return loss > limit+1e-9 }

func percent(share float64) string { return strconv.FormatFloat(round(share*100), 'f', -1, 64) + "%" }

// round keeps the two decimals that a reader can use.
func round(v float64) float64 {
	short, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 2, 64), 64)
	return short
}
