package header

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"xianzhi/stages/extract"
	"xianzhi/stages/normalize/region"
	"xianzhi/stages/segment"
)

// expected is what a header and a region must be; it is inlined in the cases of several files.
type expected struct {
	DocType    string `yaml:"doc_type"`
	Meeting    string
	Date       string
	Speaker    string
	Office     string
	ReportYear int `yaml:"report_year"`
	ReviewYear int `yaml:"review_year"`
}

func (want expected) check(t *testing.T, h Header) {
	t.Helper()
	got := expected{h.DocType, h.Meeting, "", h.Speaker, h.SpeakerTitle, h.ReportYear, h.ReviewYear}
	if h.DeliveredOn.Valid {
		got.Date = h.DeliveredOn.Value.String()
	}
	if got != want {
		t.Errorf("\ngot  %+v\nwant %+v", got, want)
	}
}

func load[T any](t testing.TB, path string) []T {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []T
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	if err := decoder.Decode(&cases); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if len(cases) == 0 {
		t.Fatalf("%s has no cases", path)
	}
	return cases
}

type headerCase struct {
	Name, Title, Text, Published string
	expected                     `yaml:",inline"`
}

const runningText = "一年来,全县上下凝心聚力,各项事业取得新的成绩。我们相信,明天会更好。"

func TestRead(t *testing.T) {
	for _, c := range load[headerCase](t, "testdata/cases/header.yaml") {
		t.Run(c.Name, func(t *testing.T) {
			text := strings.ReplaceAll(c.Text, "〈正文〉", runningText)
			c.check(t, Read(extract.Article{Title: c.Title, Text: text, PublishedOn: c.Published}, segment.Split(text)))
		})
	}
}

// A realCase is what the header and the region of a published report must be.
type realCase struct {
	Title       string
	Code, Level string
	Region      string
	expected    `yaml:",inline"`
}

// checkReal reads the articles of the files and compares each with the case of its title.
func checkReal(t *testing.T, cases []realCase, paths []string) {
	byTitle := make(map[string]realCase)
	for _, c := range cases {
		byTitle[c.Title] = c
	}
	resolver := region.New()
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range extract.Extract(extract.Input{Source: filepath.Base(path), Data: data}).Articles {
			t.Run(a.Title, func(t *testing.T) {
				want, ok := byTitle[a.Title]
				if !ok {
					t.Fatalf("%s: no case for %q", path, a.Title)
				}
				delete(byTitle, a.Title)
				text := segment.Split(a.Text)
				h := Read(a, text)
				want.check(t, h)
				m, _ := resolver.Resolve(region.Query{Title: a.Title, Tag: a.Tag, Opening: Opening(text), Body: text.Folded, Year: h.ReportYear})
				if m.Code != want.Code || m.Level != want.Level || m.Name != want.Region {
					t.Errorf("region %s %s %s (%s), want %s %s %s", m.Code, m.Name, m.Level, m.Why, want.Code, want.Region, want.Level)
				}
			})
		}
	}
	for title := range byTitle {
		t.Errorf("%s was not found", title)
	}
}

func TestSamplePage(t *testing.T) {
	paths, _ := filepath.Glob("../../../testdata/sample/*.txt")
	checkReal(t, load[realCase](t, "testdata/cases/sample_page.yaml"), paths)
}

// The unlabelled samples are no part of the repository.
func TestSharedSamples(t *testing.T) {
	paths, _ := filepath.Glob("../../../../shared/samples/*.txt")
	if len(paths) == 0 {
		t.Skip("no ../shared/samples beside the repository")
	}
	checkReal(t, load[realCase](t, "testdata/cases/shared_samples.yaml"), paths)
}

func FuzzRead(f *testing.F) {
	for _, c := range load[headerCase](f, "testdata/cases/header.yaml") {
		f.Add(c.Title, c.Text)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		h := Read(extract.Article{Title: title, Text: text}, segment.Split(text))
		if (h.ReviewYear == 0) != (h.ReportYear == 0) && h.DocType == WorkReport {
			t.Fatalf("report year %d, review year %d", h.ReportYear, h.ReviewYear)
		}
		if h.Speaker == "" && h.SpeakerTitle != "" {
			t.Fatalf("an office without a speaker: %q", h.SpeakerTitle)
		}
	})
}
