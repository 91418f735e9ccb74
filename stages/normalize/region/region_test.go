package region

import (
	"bytes"
	"os"
	"testing"

	"go.yaml.in/yaml/v3"

	"xianzhi/schemas/refdata"
)

type testCase struct {
	Name, Title, Tag, Opening, Body string
	Source, Within                  string
	Year                            int
	Code, Region, Level             string
	Prefecture, Province            *string
	Candidates                      []string
}

func loadCases(t testing.TB) []testCase {
	t.Helper()
	file, err := os.ReadFile("testdata/cases/region.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	if err := decoder.Decode(&cases); err != nil {
		t.Fatalf("testdata/cases/region.yaml: %v", err)
	}
	if len(cases) == 0 {
		t.Fatal("testdata/cases/region.yaml has no cases")
	}
	return cases
}

func (c testCase) query() Query {
	return Query{Title: c.Title, Tag: c.Tag, Source: c.Source, Within: c.Within, Opening: squeeze(c.Opening), Body: squeeze(c.Opening + c.Body), Year: c.Year}
}

func TestResolve(t *testing.T) {
	resolver := New()
	for _, c := range loadCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			m, ok := resolver.Resolve(c.query())
			if ok != (c.Code != "") || m.Code != c.Code {
				t.Fatalf("code %q %s (%s), want %q", m.Code, m.Name, m.Why, c.Code)
			}
			check := func(what, got, want string) {
				if got != want {
					t.Errorf("%s %q, want %q", what, got, want)
				}
			}
			if c.Region != "" {
				check("name", m.Name, c.Region)
			}
			if c.Level != "" {
				check("level", m.Level, c.Level)
			}
			if c.Prefecture != nil {
				check("prefecture", m.Prefecture, *c.Prefecture)
			}
			if c.Province != nil {
				check("province", m.Province, *c.Province)
			}
			var candidates []string
			for _, d := range m.Candidates {
				candidates = append(candidates, d.Code)
			}
			if len(candidates) < len(c.Candidates) {
				t.Fatalf("candidates %v, want %v", candidates, c.Candidates)
			}
			for n, want := range c.Candidates {
				check("candidate", candidates[n], want)
			}
			if m.Why == "" {
				t.Error("no reason given")
			}
		})
	}
}

func FuzzResolve(f *testing.F) {
	for _, c := range loadCases(f) {
		f.Add(c.Title, c.Tag, c.Source, c.Within, c.Opening, c.Body, c.Year)
	}
	resolver := New()
	f.Fuzz(func(t *testing.T, title, tag, source, within, opening, body string, year int) {
		q := Query{Title: title, Tag: tag, Source: source, Within: within, Opening: opening, Body: body, Year: year}
		m, ok := resolver.Resolve(q)
		if ok != (len(m.Code) == 6) {
			t.Fatalf("%v with code %q", ok, m.Code)
		}
		if again, _ := resolver.Resolve(q); again.Code != m.Code || again.Why != m.Why {
			t.Fatalf("%q once, %q the next time", m.Code, again.Code)
		}
	})
}

// Every division of some years must be found by its official name behind its parents', and by
// its name alone unless a namesake was in force.
func TestEveryDivision(t *testing.T) {
	resolver := New()
	for _, year := range []int{1985, 1998, 2010, 2021, 2025} {
		namesakes := make(map[string]int)
		for _, d := range refdata.Divisions().All() {
			if d.InForce(year) || d.To == year { // also those that ended in the year
				namesakes[d.Name]++
			}
		}
		for _, d := range refdata.Divisions().All() {
			if !d.InForce(year) {
				continue
			}
			parents := ""
			for _, p := range []*refdata.Division{d.Province, d.Prefecture} {
				if p != nil {
					parents += p.Name
				}
			}
			if m, _ := resolver.Resolve(Query{Title: parents + d.Name + "政府工作报告", Year: year}); m.Code != d.Code {
				t.Errorf("%d %s%s %s is resolved to %q %s (%s)", year, parents, d.Name, d.Code, m.Code, m.Name, m.Why)
			}
			m, ok := resolver.Resolve(Query{Title: d.Name + "政府工作报告", Year: year})
			if ok && m.Code != d.Code || !ok && namesakes[d.Name] == 1 {
				t.Errorf("%d %s %s alone is resolved to %q %s (%s)", year, d.Name, d.Code, m.Code, m.Name, m.Why)
			}
		}
	}
}
