package gate

import (
	"maps"
	"strings"
	"testing"
)

func limit(t *testing.T, s string) Limit {
	t.Helper()
	if s == "" {
		return Limit{}
	}
	l, err := ParseLimit(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestCheck(t *testing.T) {
	before := Summary{Coverage: 0.8,
		Rows:  map[string]int64{"documents": 100, "indicators": 1000, "projects": 10, "quarantine": 50, "conflicts": 9, "panel": 5},
		Nulls: map[string]float64{"documents.region_code": 0.02, "indicators.variant": 0.5, "projects.owner": 0.5}}
	for _, c := range []struct {
		name              string
		maxQuarantine     string
		minDocuments      int64
		metric, warn, err string
		change            func(*Summary)
		first             bool // no release before
		gate, text        string
		failed            bool
	}{
		{name: "nothing asked for", change: func(s *Summary) { s.Rows = nil }},
		{name: "share in quarantine", maxQuarantine: "33%", gate: "max-quarantine", failed: true,
			text: "50 of 150 are in quarantine (33.33%), at most 33% may be"},
		{name: "exactly the share", maxQuarantine: "50%", change: func(s *Summary) { s.Rows["documents"] = 50 }},
		{name: "number in quarantine", maxQuarantine: "49", first: true, gate: "max-quarantine", failed: true,
			text: "50 of 150 are in quarantine (33.33%), at most 49 may be"},
		{name: "none may be in quarantine", maxQuarantine: "0", change: func(s *Summary) { s.Rows["quarantine"] = 0 }},
		{name: "no input at all", maxQuarantine: "0%", change: func(s *Summary) { s.Rows = nil }},
		{name: "too few documents", minDocuments: 101, first: true, gate: "min-documents", failed: true, text: "100 documents, at least 101 must be"},
		{name: "enough documents", minDocuments: 100},
		{name: "rows of a table", metric: "rows.projects", warn: "10%", err: "20%", change: func(s *Summary) { s.Rows["projects"] = 7 },
			gate: "rows.projects", failed: true, text: "7 instead of 10 rows: 30% fewer, the limit is 20%"},
		{name: "a warning", metric: "rows.projects", warn: "10%", err: "30%", change: func(s *Summary) { s.Rows["projects"] = 7 },
			gate: "rows.projects", text: "7 instead of 10 rows: 30% fewer, the limit is 10%"},
		{name: "within the limit", metric: "rows.projects", warn: "30%", change: func(s *Summary) { s.Rows["projects"] = 7 }},
		{name: "any table", metric: "rows", err: "5%", change: func(s *Summary) { s.Rows["panel"] = 0 },
			gate: "rows.panel", failed: true, text: "0 instead of 5 rows: 100% fewer, the limit is 5%"},
		{name: "fewer conflicts and rejects are no loss", metric: "rows", err: "0%", change: func(s *Summary) { s.Rows["conflicts"], s.Rows["quarantine"] = 0, 0 }},
		{name: "unless asked for", metric: "rows.conflicts", err: "0%", change: func(s *Summary) { s.Rows["conflicts"] = 8 },
			gate: "rows.conflicts", failed: true, text: "8 instead of 9 rows: 11.11% fewer, the limit is 0%"},
		{name: "more rows are no loss", metric: "rows", err: "0%", change: func(s *Summary) { s.Rows["panel"] = 6 }},
		{name: "a table that had none", metric: "rows", err: "0%", change: func(s *Summary) { s.Rows["coverage"] = 1 }},
		{name: "nulls of a column", metric: "nulls.documents.region_code", err: "10%", change: func(s *Summary) { s.Nulls["documents.region_code"] = 0.13 },
			gate: "nulls.documents.region_code", failed: true, text: "13% of the rows have no value, 2% before: 11% of the rows more, the limit is 10%"},
		{name: "nulls of any column", metric: "nulls", warn: "10%", change: func(s *Summary) { s.Nulls["projects.owner"] = 0.7 },
			gate: "nulls.projects.owner", text: "70% of the rows have no value, 50% before: 20% of the rows more, the limit is 10%"},
		{name: "fewer nulls", metric: "nulls", err: "0%", change: func(s *Summary) { s.Nulls["projects.owner"] = 0.3 }},
		{name: "a table that has no rows now", metric: "nulls", err: "0%", change: func(s *Summary) { delete(s.Nulls, "projects.owner") }},
		{name: "coverage", metric: "coverage", warn: "10%", change: func(s *Summary) { s.Coverage = 0.6 },
			gate: "coverage", text: "60% of the headline figures are stated, 80% before: 20% of them fewer, the limit is 10%"},
		{name: "exactly the limit", metric: "coverage", warn: "20%", change: func(s *Summary) { s.Coverage = 0.6 }},
		{name: "the first release", metric: "rows", err: "0%", first: true, change: func(s *Summary) { s.Rows = nil }},
	} {
		rules := Rules{MaxQuarantine: limit(t, c.maxQuarantine), MinDocuments: c.minDocuments, Drops: map[string]Threshold{}}
		if c.metric != "" {
			rules.Drops[c.metric] = Threshold{limit(t, c.warn), limit(t, c.err)}
		}
		if err := rules.CheckNames(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		now := Summary{maps.Clone(before.Rows), maps.Clone(before.Nulls), before.Coverage}
		if c.change != nil {
			c.change(&now)
		}
		earlier := &before
		if c.first {
			earlier = nil
		}
		found := rules.Check(earlier, now)
		if c.gate == "" {
			if len(found) > 0 {
				t.Errorf("%s: unexpected %+v", c.name, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Gate != c.gate || found[0].Failed != c.failed || found[0].Text != c.text {
			t.Errorf("%s: got %+v, want %s: %s", c.name, found, c.gate, c.text)
		}
	}
}

// TestTheLongerNameGoesBefore: what is said of one table replaces what is said of all.
func TestTheLongerNameGoesBefore(t *testing.T) {
	rules := Rules{Drops: map[string]Threshold{"rows": {Error: limit(t, "1%")}, "rows.projects": {Error: limit(t, "60%")}}}
	before := Summary{Rows: map[string]int64{"projects": 10, "panel": 10}}
	found := rules.Check(&before, Summary{Rows: map[string]int64{"projects": 5, "panel": 5}})
	if len(found) != 1 || found[0].Gate != "rows.panel" {
		t.Errorf("got %+v", found)
	}
}

func TestMistakes(t *testing.T) {
	for _, s := range []string{"", "%", "x", "-1", "-1%", "101%", "0.5", "NaN", "Inf", "1e300"} {
		if l, err := ParseLimit(s); err == nil {
			t.Errorf("%q is read as %v", s, l)
		}
	}
	for _, s := range []string{"0", "12", "0%", "5%", "0.5%", "100%"} {
		if l := limit(t, s); l.String() != s {
			t.Errorf("%q is written as %q", s, l)
		}
	}
	for _, metric := range []string{"", "row", "rows.", "rows.tables", "rows.panel.gdp", "nulls.documents", "nulls.documents.doc_id", "nulls.documents.size", "coverage.gdp"} {
		err := Rules{Drops: map[string]Threshold{metric: {Warn: limit(t, "1%")}}}.CheckNames()
		if err == nil || !strings.Contains(err.Error(), "there is no metric "+metric) {
			t.Errorf("metric %q: %v", metric, err)
		}
	}
	if err := (Rules{Drops: map[string]Threshold{"rows": {Warn: limit(t, "5")}}}).CheckNames(); err == nil {
		t.Error("a drop by a number of rows is let through")
	}
	if err := (Rules{MinDocuments: -1}).CheckNames(); err == nil {
		t.Error("fewer than no documents are let through")
	}
}
