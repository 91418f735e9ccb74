package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xianzhi/schemas"
)

// tables is the content of a release.
type tables struct {
	documents    []schemas.Document
	counties     []schemas.County
	indicators   []schemas.Indicator
	projects     []schemas.Project
	quarantine   []schemas.Quarantine
	panel        []schemas.PanelRow
	panelSources []schemas.PanelSource
	conflicts    []schemas.Conflict
	coverage     []schemas.Coverage
	crosswalk    []schemas.Crosswalk
}

// sampleTables makes a consistent release of two documents, each with two indicators and a
// project. A text starts with a character outside the basic plane: offsets are code points.
func sampleTables(t *testing.T) tables {
	t.Helper()
	var s tables
	s.counties = []schemas.County{{RegionCode: "140823", Name: "闻喜县", Level: "county", ValidFrom: schemas.Some[int32](1981)}}
	for i := range 2 {
		sentence := fmt.Sprintf("生产总值完成151.%d亿元，增长6.%d%%。", i, i)
		text := "𠮷各位代表：\n" + sentence + "开工建设河东水库。"
		sum := sha256.Sum256([]byte(text))
		hash := hex.EncodeToString(sum[:])
		doc := schemas.Document{DocID: hash[:16], Source: fmt.Sprint("sample/", i, ".txt"), DocType: "work_report", RegionCode: schemas.Some("140823"),
			ReportYear: schemas.Some(int32(2021 + i)), Vintage: 1, IsLatest: true, Text: text, NChars: int32(utf8.RuneCountInString(text)), SHA256: hash,
			Sections: []schemas.Section{{Kind: "opening", CharEnd: 7}, {Title: "", Kind: "plan", CharStart: 7, CharEnd: int32(utf8.RuneCountInString(text))}}}
		s.documents = append(s.documents, doc)
		for ordinal, value := range []string{fmt.Sprint("151.", i), fmt.Sprint("6.", i)} {
			before, _, _ := strings.Cut(text, value)
			start := int32(utf8.RuneCountInString(before))
			s.indicators = append(s.indicators, schemas.Indicator{IndicatorID: fmt.Sprintf("%s:%d:0", doc.DocID, start), DocID: doc.DocID,
				RegionCode: doc.RegionCode, ReportYear: doc.ReportYear, IndicatorCode: schemas.Some("gdp"), Name: "地区生产总值",
				Measure: []string{"level", "growth"}[ordinal], ValueText: value, Evidence: sentence, CharStart: start, CharEnd: start + int32(len(value)),
				Flags: []string{"implausible_growth"}[:ordinal]})
		}
		const name = "河东水库"
		before, _, _ := strings.Cut(text, name)
		start := int32(utf8.RuneCountInString(before))
		s.projects = append(s.projects, schemas.Project{ProjectID: fmt.Sprintf("%s:p:%d:0", doc.DocID, start), DocID: doc.DocID, RegionCode: doc.RegionCode,
			ReportYear: doc.ReportYear, Name: name, Evidence: "开工建设河东水库。", CharStart: start, CharEnd: start + 4})
		row := schemas.PanelRow{RegionCode: "140823", Name: "闻喜县", Level: "county", RegionCode2020: schemas.Some("140823"), Year: int32(2020 + i)}
		if err := row.SetCell("gdp", 15150000000); err != nil {
			t.Fatal(err)
		}
		s.panel = append(s.panel, row)
		kept, other := s.indicators[2*i].IndicatorID, s.indicators[2*i+1].IndicatorID
		s.panelSources = append(s.panelSources, schemas.PanelSource{RegionCode: "140823", Year: row.Year, Column: "gdp", IndicatorID: kept})
		s.conflicts = append(s.conflicts, schemas.Conflict{RegionCode: "140823", Year: row.Year, Column: "gdp", IndicatorIDKept: kept, IndicatorIDOther: other})
		s.coverage = append(s.coverage, schemas.Coverage{RegionCode: "140823", Year: row.Year, IndicatorCode: "gdp", Status: "stated"})
	}
	s.quarantine = []schemas.Quarantine{{Source: "sample/copy.txt", Stage: "extract", Reason: "duplicate", DuplicateOf: schemas.Some(s.documents[0].DocID)}}
	s.crosswalk = []schemas.Crosswalk{{RegionCode: "140823", ValidFrom: schemas.Some[int32](1981), BaseYear: 2020, RegionCodeBase: schemas.Some("140823")}}
	return s
}

func (s tables) write(g *Staging) error {
	return errors.Join(
		WriteTable(g, schemas.DocumentTable, s.documents), WriteTable(g, schemas.CountyTable, s.counties),
		WriteTable(g, schemas.IndicatorTable, s.indicators), WriteTable(g, schemas.ProjectTable, s.projects),
		WriteTable(g, schemas.QuarantineTable, s.quarantine), WriteTable(g, schemas.PanelTable, s.panel),
		WriteTable(g, schemas.PanelSourceTable, s.panelSources), WriteTable(g, schemas.ConflictTable, s.conflicts),
		WriteTable(g, schemas.CoverageTable, s.coverage), WriteTable(g, schemas.CrosswalkTable, s.crosswalk))
}

var identity = NewIdentity(map[string]string{"base_year": "2020"}, []Input{{Source: "b.txt", SHA256: "02"}, {Source: "a.txt", SHA256: "01"}})

// open opens the store without waiting and closes it with the test.
func open(t *testing.T, out string) *Store {
	t.Helper()
	s, err := Open(context.Background(), out, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func publish(t *testing.T, s *Store, id Identity, content tables) (dir string) {
	t.Helper()
	g, err := s.Stage(id)
	if err != nil {
		t.Fatal(err)
	}
	if err := content.write(g); err != nil {
		t.Fatal(err)
	}
	m, dir, err := g.Publish(map[string]int{"seconds": 1}, ReadBack)
	if err != nil {
		t.Fatal(err)
	}
	if m.ReleaseID != id.ID() || filepath.Base(dir) != id.ID() {
		t.Errorf("release %s was published as %s", id.ID(), dir)
	}
	return dir
}

func mustCheck(t *testing.T, dir string) []Finding {
	t.Helper()
	findings, err := Check(context.Background(), dir, ReadBack)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

// leftovers are the files of OUT/.state beside those that stay.
func leftovers(t *testing.T, out string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(out, ".state"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "lock" && e.Name() != historyFile && e.Name() != pinFile {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestPublishAndCheck(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	if _, err := Resolve(out); !errors.Is(err, ErrNoRelease) {
		t.Errorf("resolving nothing gives %v", err)
	}
	s := open(t, out)
	dir := publish(t, s, identity, sampleTables(t))
	if findings := mustCheck(t, dir); len(findings) > 0 {
		t.Errorf("a sound release has findings: %v", findings)
	}
	if target, err := os.Readlink(filepath.Join(out, "latest")); err != nil || target != "releases/"+identity.ID() {
		t.Errorf("latest leads to %s, error %v", target, err)
	}
	resolved, err := Resolve(out)
	if err != nil || filepath.Base(resolved) != identity.ID() || filepath.Base(filepath.Dir(resolved)) != "releases" {
		t.Errorf("resolved to %s, error %v", resolved, err)
	}
	if left := leftovers(t, out); len(left) > 0 {
		t.Errorf("left in the state folder: %v", left)
	}
	m, _, ok, err := s.UpToDate(identity)
	if err != nil || !ok || m.Rows("indicators") != 4 || m.Rows("nothing") != 0 {
		t.Errorf("the release is not up to date: %v %v %v", m, ok, err)
	}
	if _, _, ok, err := s.UpToDate(NewIdentity(nil, nil)); ok || err != nil {
		t.Errorf("a release that was never made is up to date (error %v)", err)
	}
	for name := range filesOf(t, dir) {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o644 {
			t.Errorf("%s cannot be read by everyone (error %v)", name, err)
		}
	}
}

func TestEmptyRelease(t *testing.T) {
	dir := publish(t, open(t, t.TempDir()), identity, tables{})
	if findings := mustCheck(t, dir); len(findings) > 0 {
		t.Errorf("a release without rows has findings: %v", findings)
	}
}

func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(b)
	}
	return files
}

func TestSameBytesTwice(t *testing.T) {
	content := sampleTables(t)
	first := filesOf(t, publish(t, open(t, t.TempDir()), identity, content))
	slices.Reverse(content.indicators)
	second := filesOf(t, publish(t, open(t, t.TempDir()), identity, content))
	if len(first) != len(schemas.Dictionary())+2 {
		t.Errorf("the release has %d files", len(first))
	}
	for name, b := range first {
		if second[name] != b {
			t.Errorf("%s differs between two runs", name)
		}
	}
}

// TestAccept: a release that is not accepted is kept aside, also one that was published before.
func TestAccept(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	refused := errors.New("too few")
	s.Accept = func(dir string, m Manifest) error {
		if files := len(filesOf(t, dir)); files != len(schemas.Dictionary())+2 || m.Rows("indicators") != 4 {
			t.Errorf("the folder to accept has %d files, the manifest %d indicators", files, m.Rows("indicators"))
		}
		return refused
	}
	attempt := func(n int) error {
		g, err := s.Stage(numbered(n))
		if err != nil {
			t.Fatal(err)
		}
		if err := sampleTables(t).write(g); err != nil {
			t.Fatal(err)
		}
		_, _, err = g.Publish(nil, ReadBack)
		return errors.Join(err, g.Discard())
	}
	for n := range 2 {
		candidate := filepath.Join(out, ".state", "candidate-"+numbered(n).ID())
		if err := attempt(n); !errors.Is(err, refused) || !strings.Contains(err.Error(), candidate) {
			t.Errorf("got %v, want %v and the folder %s", err, refused, candidate)
		}
		if findings, err := Check(t.Context(), candidate, ReadBack); err != nil || len(findings) != 1 { // the folder's name alone
			t.Errorf("the candidate is damaged: %v (%v)", findings, err)
		}
		if left := leftovers(t, out); len(left) != 1 {
			t.Errorf("left after attempt %d: %v", n, left)
		}
	}
	if _, err := Resolve(out); !errors.Is(err, ErrNoRelease) {
		t.Errorf("a refused release was published (%v)", err)
	}
	s.Accept = nil
	if err := errors.Join(attempt(2), attempt(3)); err != nil {
		t.Fatal(err)
	}
	if left := leftovers(t, out); len(left) > 0 {
		t.Errorf("left after a success: %v", left)
	}
	// Going back to earlier inputs is no way round a gate.
	s.Accept = func(string, Manifest) error { return refused }
	if _, _, _, err := s.UpToDate(numbered(2)); !errors.Is(err, refused) {
		t.Errorf("got %v, want %v", err, refused)
	}
	if _, _, ok, err := s.UpToDate(numbered(3)); !ok || err != nil {
		t.Errorf("the release that readers see is asked about: %v", err)
	}
	if latestID(out) != numbered(3).ID() {
		t.Error("latest was moved")
	}
}

func TestReleaseID(t *testing.T) {
	base := identity
	if shuffled := NewIdentity(map[string]string{"base_year": "2020"}, []Input{{Source: "a.txt", SHA256: "01"}, {Source: "b.txt", SHA256: "02"}}); shuffled.ID() != base.ID() {
		t.Error("the order of the inputs changes the release id")
	}
	if len(base.ID()) != 16 {
		t.Errorf("release id %s does not have 16 digits", base.ID())
	}
	for name, change := range map[string]func(*Identity){
		"schema":  func(i *Identity) { i.SchemaVersion++ },
		"rules":   func(i *Identity) { i.RulesVersion++ },
		"program": func(i *Identity) { i.ProgramVersion += "x" },
		"option":  func(i *Identity) { i.Options = map[string]string{"base_year": "2021"} },
		"source": func(i *Identity) {
			i.Inputs = []Input{{Source: "a.txt", SHA256: "01"}, {Source: "c.txt", SHA256: "02"}}
		},
		"content": func(i *Identity) {
			i.Inputs = []Input{{Source: "a.txt", SHA256: "01"}, {Source: "b.txt", SHA256: "03"}}
		},
		"problem": func(i *Identity) {
			i.Inputs = []Input{{Source: "a.txt", SHA256: "01"}, {Source: "b.txt", Problem: "closed"}}
		},
		"fewer": func(i *Identity) { i.Inputs = i.Inputs[:1] },
	} {
		changed := base
		change(&changed)
		if changed.ID() == base.ID() {
			t.Errorf("another %s gives the same release id", name)
		}
	}
}

func TestPublishNeedsEveryTableAndASoundReadBack(t *testing.T) {
	out := t.TempDir()
	s := open(t, out)
	g, err := s.Stage(identity)
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteTable(g, schemas.CoverageTable, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := g.Publish(nil, ReadBack); err == nil || !strings.Contains(err.Error(), "documents") {
		t.Errorf("a release without documents was published (error %v)", err)
	}
	if g, err = s.Stage(identity); err != nil {
		t.Fatal(err)
	}
	if err := sampleTables(t).write(g); err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]ReadBacker{
		"rows": func(path string) (int64, map[string]string, error) { n, c, err := ReadBack(path); return n + 1, c, err },
		"values": func(path string) (int64, map[string]string, error) {
			n, c, err := ReadBack(path)
			delete(c, "doc_id")
			return n, c, err
		},
		"error": func(string) (int64, map[string]string, error) { return 0, nil, errors.New("unreadable") },
	} {
		if _, _, err := g.Publish(nil, wrong); err == nil {
			t.Errorf("published although the second reader disagrees about %s", name)
		}
		beside, err := s.Stage(NewIdentity(nil, nil))
		if err != nil {
			t.Fatal(err)
		}
		beside.Beside = wrong
		if err := sampleTables(t).write(beside); err != nil {
			t.Fatal(err)
		}
		if _, _, err := beside.Publish(nil, ReadBack); err == nil {
			t.Errorf("published although the second reader, beside the writing, disagrees about %s", name)
		}
	}
	if err := g.Discard(); err != nil {
		t.Fatal(err)
	}
	if _, err := Resolve(out); !errors.Is(err, ErrNoRelease) {
		t.Errorf("something was published: %v", err)
	}
}

// TestRowsThatFail ends a table at the first error of its rows, or at a row out of order.
func TestRowsThatFail(t *testing.T) {
	g, err := open(t, t.TempDir()).Stage(identity)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the run before cannot be read")
	for name, c := range map[string]struct {
		rows func(yield func(*schemas.Coverage, error) bool)
		want string
	}{
		"error": {func(yield func(*schemas.Coverage, error) bool) {
			if yield(&schemas.Coverage{RegionCode: "1"}, nil) && yield(nil, broken) {
				t.Error("a row was asked for after an error")
			}
		}, broken.Error()},
		"order": {func(yield func(*schemas.Coverage, error) bool) {
			if yield(&schemas.Coverage{RegionCode: "2"}, nil) && yield(&schemas.Coverage{RegionCode: "1"}, nil) {
				t.Error("a row was asked for after one out of order")
			}
		}, "row 2 of table coverage is out of order"},
	} {
		if err := WriteRows(g, schemas.CoverageTable, c.rows); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
		if err := os.Remove(filepath.Join(g.dir, "coverage"+fileSuffix)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryByteCounts damages a file of the release at many places and expects a finding for each.
func TestEveryByteCounts(t *testing.T) {
	dir := publish(t, open(t, t.TempDir()), identity, sampleTables(t))
	for name, content := range filesOf(t, dir) {
		if name == RunFile {
			continue // how the run went is no part of the release's identity
		}
		path := filepath.Join(dir, name)
		for at := 0; at < len(content); at += 1 + len(content)/5 {
			damaged := []byte(content)
			damaged[at] ^= 0x20
			if err := os.WriteFile(path, damaged, 0o644); err != nil {
				t.Fatal(err)
			}
			if findings := mustCheck(t, dir); len(findings) == 0 {
				t.Errorf("%s: byte %d changed, but check finds nothing", name, at)
			}
		}
		for _, damage := range []string{"", content[:len(content)/2], content + " x"} {
			if err := os.WriteFile(path, []byte(damage), 0o644); err != nil {
				t.Fatal(err)
			}
			if findings := mustCheck(t, dir); len(findings) == 0 {
				t.Errorf("%s has %d instead of %d bytes, but check finds nothing", name, len(damage), len(content))
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if findings := mustCheck(t, dir); len(findings) == 0 {
			t.Errorf("%s is missing, but check finds nothing", name)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "stray.parquet"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if findings := mustCheck(t, dir); len(findings) != 1 || findings[0].File != "stray.parquet" {
		t.Errorf("a stray file gives %v", findings)
	}
}

// TestSecondReaderCatchesWhatHashesCannot forges the manifest after damaging a file, so that
// only the second reader can tell.
func TestSecondReaderCatchesWhatHashesCannot(t *testing.T) {
	s := open(t, t.TempDir())
	dir := publish(t, s, identity, sampleTables(t))
	content := sampleTables(t)
	content.coverage[0].Status = "not_stated"
	other := publish(t, open(t, t.TempDir()), identity, content)
	forged, err := os.ReadFile(filepath.Join(other, "coverage.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "coverage.parquet"), forged, 0o644); err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Tables {
		if m.Tables[i].Name == "coverage" {
			if m.Tables[i].SHA256, m.Tables[i].Bytes, err = hashFile(filepath.Join(dir, "coverage.parquet")); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ManifestFile), b, 0o644); err != nil {
		t.Fatal(err)
	}
	findings := mustCheck(t, dir)
	if len(findings) != 1 || !strings.Contains(findings[0].Problem, "column status") {
		t.Errorf("findings: %v", findings)
	}
}

func TestReadBackOfGarbage(t *testing.T) {
	dir := publish(t, open(t, t.TempDir()), identity, sampleTables(t))
	content := filesOf(t, dir)["indicators.parquet"]
	want, _, err := ReadBack(filepath.Join(dir, "indicators.parquet"))
	if err != nil || want != 4 {
		t.Fatalf("%d rows, error %v", want, err)
	}
	path := filepath.Join(t.TempDir(), "x.parquet")
	for _, damage := range []string{"", "PAR1", content[:len(content)/2], strings.Repeat("\xff", 4000), content[len(content)/2:]} {
		if err := os.WriteFile(path, []byte(damage), 0o644); err != nil {
			t.Fatal(err)
		}
		if rows, _, err := ReadBack(path); err == nil && rows != 0 {
			t.Errorf("%d bytes of garbage read as %d rows", len(damage), rows)
		}
	}
}

// Each case breaks one rule about the content; the files themselves are whole.
func TestCheckFindsWrongContent(t *testing.T) {
	for _, c := range []struct {
		name, file, problem string
		change              func(*tables)
	}{
		{"span", "indicators.parquet", "documents.text has", func(s *tables) { s.indicators[0].ValueText = "151.7" }},
		{"span beyond the text", "indicators.parquet", "not within documents.text", func(s *tables) { s.indicators[0].CharEnd = 9999 }},
		{"span turned round", "projects.parquet", "not within documents.text", func(s *tables) { s.projects[0].CharEnd = 0 }},
		{"bytes for code points", "indicators.parquet", "span", func(s *tables) { i := &s.indicators[0]; i.CharStart += 3; i.CharEnd += 3 }},
		{"evidence", "indicators.parquet", "quotes what", func(s *tables) { s.indicators[0].Evidence = "生产总值完成152亿元。" }},
		{"indicator twice", "indicators.parquet", "occurs twice", func(s *tables) { s.indicators = append(s.indicators, s.indicators[0]) }},
		{"project twice", "projects.parquet", "occurs twice", func(s *tables) { s.projects = append(s.projects, s.projects[0]) }},
		{"indicator id", "indicators.parquet", "should start with", func(s *tables) { s.indicators[1].IndicatorID = "x:1:0"; s.conflicts = nil }},
		{"document of an indicator", "indicators.parquet", "does not exist", func(s *tables) { s.indicators[0].DocID = "0000000000000000" }},
		{"document of a project", "projects.parquet", "does not exist", func(s *tables) { s.projects[0].DocID = "0000000000000000" }},
		{"region of an indicator", "indicators.parquet", "but its document has", func(s *tables) { s.indicators[0].RegionCode = schemas.Optional[string]{} }},
		{"fixed key of a project", "projects.parquet", "region_code_2020 1", func(s *tables) { s.projects[0].RegionCode2020 = schemas.Some("1") }},
		{"same as nothing", "projects.parquet", "same_as 0", func(s *tables) { s.projects[0].SameAs = schemas.Some("0") }},
		{"continues nothing", "projects.parquet", "continues 0", func(s *tables) { s.projects[0].Continues = schemas.Some("0") }},
		{"year of a project", "projects.parquet", "but its document has", func(s *tables) { s.projects[0].ReportYear = schemas.Some[int32](1999) }},
		{"code", "indicators.parquet", "indicator_code gnp", func(s *tables) { s.indicators[0].IndicatorCode = schemas.Some("gnp") }},
		{"doc_id", "documents.parquet", "SHA-256 of its text", func(s *tables) { s.documents[0].SHA256 = strings.Repeat("0", 64) }},
		{"n_chars", "documents.parquet", "n_chars is", func(s *tables) { s.documents[0].NChars = int32(len(s.documents[0].Text)) }},
		{"region of a document", "documents.parquet", "region_code 999999", func(s *tables) { s.documents[0].RegionCode = schemas.Some("999999") }},
		{"source twice", "documents.parquet", "occurs twice", func(s *tables) { s.documents[1].Source = s.documents[0].Source }},
		{"county twice", "counties.parquet", "occurs twice", func(s *tables) { s.counties = append(s.counties, s.counties[0]) }},
		{"duplicate of nothing", "quarantine.parquet", "duplicate_of", func(s *tables) { s.quarantine[0].DuplicateOf = schemas.Some("0") }},
		{"panel row twice", "panel.parquet", "occurs twice", func(s *tables) { s.panel = append(s.panel, s.panel[0]) }},
		{"source of no cell", "panel_sources.parquet", "column coal_output", func(s *tables) { s.panelSources[0].Column = "coal_output" }},
		{"source without a row", "panel_sources.parquet", "140823/1999", func(s *tables) { s.panelSources[0].Year = 1999 }},
		{"source without an indicator", "panel_sources.parquet", "indicator_id x", func(s *tables) { s.panelSources[0].IndicatorID = "x" }},
		{"conflict without an indicator", "conflicts.parquet", "indicator_id_other x", func(s *tables) { s.conflicts[0].IndicatorIDOther = "x" }},
		{"coverage of no code", "coverage.parquet", "gnp", func(s *tables) { s.coverage[0].IndicatorCode = "gnp" }},
		{"crosswalk to nowhere", "crosswalk.parquet", "region_code_base 1", func(s *tables) { s.crosswalk[0].RegionCodeBase = schemas.Some("1") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := sampleTables(t)
			c.change(&content)
			findings := mustCheck(t, publish(t, open(t, t.TempDir()), identity, content))
			if !slices.ContainsFunc(findings, func(f Finding) bool { return f.File == c.file && strings.Contains(f.Problem, c.problem) }) {
				t.Errorf("no finding about %q in %s: %v", c.problem, c.file, findings)
			}
		})
	}
}

func TestManyFindingsAreCut(t *testing.T) {
	content := sampleTables(t)
	for i := range 100 {
		content.coverage = append(content.coverage, schemas.Coverage{RegionCode: "999999", Year: int32(i), IndicatorCode: "gdp"})
	}
	if findings := mustCheck(t, publish(t, open(t, t.TempDir()), identity, content)); len(findings) != findingsPerRule+1 {
		t.Errorf("%d findings, want %d", len(findings), findingsPerRule+1)
	}
}

func TestCheckWithoutARelease(t *testing.T) {
	if _, err := Check(context.Background(), filepath.Join(t.TempDir(), "latest"), ReadBack); err == nil {
		t.Error("checking nothing gives no error")
	}
	if findings := mustCheck(t, t.TempDir()); len(findings) != 1 {
		t.Errorf("an empty folder gives %v", findings)
	}
}

// TestReadBackOfManyRows goes through several row groups, pages and batches, with nulls and
// lists on their boundaries.
func TestReadBackOfManyRows(t *testing.T) {
	s := open(t, t.TempDir())
	g, err := s.Stage(identity)
	if err != nil {
		t.Fatal(err)
	}
	g.Beside = ReadBack
	var documents []schemas.Document
	var indicators []schemas.Indicator
	for i := range 20_000 {
		doc := schemas.Document{DocID: fmt.Sprintf("%016x", i), Text: strings.Repeat(fmt.Sprint(i), i%400)}
		row := schemas.Indicator{IndicatorID: fmt.Sprint(i), Value: float64(i) / 8, Evidence: strings.Repeat(fmt.Sprint(i), i%100)}
		for n := range i % 3 {
			doc.Sections = append(doc.Sections, schemas.Section{Title: fmt.Sprint(n), CharEnd: int32(i)})
			row.Flags = append(row.Flags, fmt.Sprint("f", n))
		}
		if i%7 == 0 {
			doc.Title, row.ValueMin = schemas.Some(""), schemas.Some(0.5)
		}
		documents, indicators = append(documents, doc), append(indicators, row)
	}
	if err := errors.Join(WriteTable(g, schemas.DocumentTable, documents), WriteTable(g, schemas.IndicatorTable, indicators)); err != nil {
		t.Fatal(err)
	}
	for _, entry := range g.manifest.Tables {
		if entry.Rows != 20_000 {
			t.Errorf("%s has %d rows", entry.File, entry.Rows)
		}
		if err := compareReadBack(g.dir, entry, ReadBack); err != nil {
			t.Error(err)
		}
	}
	// The reader of check goes the same way.
	next, check := 0, contentCheck{ctx: t.Context(), dir: g.dir}
	err = check.each("documents", []string{"title", "vintage", "text", "doc_id"}, func(r row) {
		want := documents[next]
		next++
		if r.text("doc_id") != want.DocID || r.text("text") != want.Text || r.text("title") != "" || r.number("vintage") != 0 {
			t.Fatalf("row %d is read as %s", next, r.text("doc_id"))
		}
	})
	if err != nil || next != len(documents) {
		t.Errorf("check reads %d documents (%v), want %d", next, err, len(documents))
	}
}

// FuzzReadManifest: whatever stands in manifest.json is refused or read, and checked either way.
func FuzzReadManifest(f *testing.F) {
	f.Add([]byte(`{"release_id":"0123456789abcdef","schema_version":1,"rules_version":1,"program_version":"1","options":{},"inputs":[],"tables":[]}`))
	f.Add([]byte(`{"schema_version":1,"tables":[{"name":"panel","file":"../panel.parquet","rows":-1,"columns":null}]}`))
	f.Add([]byte(`{} {}`))
	f.Add([]byte(``))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, ManifestFile), b, 0o644); err != nil {
			t.Fatal(err)
		}
		if findings := mustCheck(t, dir); len(findings) == 0 {
			t.Errorf("a release without tables is sound by the manifest %q", b)
		}
	})
}
