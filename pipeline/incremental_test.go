package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"xianzhi/pipeline/input"
	"xianzhi/pipeline/observe"
	"xianzhi/pipeline/release"
	"xianzhi/pipeline/rollup"
	"xianzhi/pipeline/rows"
	"xianzhi/pipeline/state"
	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
)

// listing is a page of two articles.
const listing = "• 【文水县】2020年文水县政府工作报告\n%s地区生产总值增长%d.5%%。\n2020-04-08\n• 【静乐县】2020年静乐县政府工作报告\n%s\n2020-04-09\n"

// files are the inputs of a run by name; nil content removes one.
func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if text == "" {
			err = errors.Join(err, os.Remove(path))
		} else {
			err = errors.Join(err, os.WriteFile(path, []byte(text), 0o644))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// madeOf runs over a folder and returns the hashes of the tables and what was made of the state.
func madeOf(t *testing.T, in, out string, baseYear int) (map[string]string, state.Usage) {
	t.Helper()
	r, err := Run(t.Context(), Options{In: []string{in}, Out: out, Content: ContentOptions{BaseYear: baseYear}, Run: RunOptions{Workers: 2}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := release.ReadManifest(r.Path)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]string{}
	for _, table := range m.Tables {
		tables[table.Name] = table.SHA256
	}
	record, err := os.ReadFile(filepath.Join(r.Path, release.RunFile))
	if err != nil {
		t.Fatal(err)
	}
	var how struct {
		State  state.Usage
		Stages map[string]observe.Stage
	}
	if err := json.Unmarshal(record, &how); err != nil {
		t.Fatal(err)
	}
	if n := how.Stages["hash"].Calls; n > 0 && how.State.Name == state.Changed {
		t.Errorf("%d inputs were read twice", n)
	}
	return tables, how.State
}

// TestIncremental adds, changes and removes inputs in ways that also change what becomes of
// others: each release has the bytes of one made from nothing.
func TestIncremental(t *testing.T) {
	in, out := filepath.Join(t.TempDir(), "in"), t.TempDir()
	report := func(place string, year int, text string) string {
		return fmt.Sprintf("%d年%s政府工作报告\n%s", year, place, text)
	}
	for _, step := range []struct {
		what     string
		change   map[string]string // "" removes
		baseYear int
		want     state.Usage
	}{
		{"first", map[string]string{
			"a.txt": report("山西省闻喜县", 2021, report1), "b.txt": report("山西省闻喜县", 2020, twoReports["a.txt"]),
			"c/page.txt": fmt.Sprintf(listing, body, 6, body), "d.txt": twoReports["b.txt"], "scrap.txt": "简讯", "bad.bin": "a\x00b",
		}, 2020, state.Usage{Name: state.Missing, Added: 6}},
		{"a copy that comes first, another figure on the page", map[string]string{
			"a.txt":      report("山西省闻喜县", 2021, strings.ReplaceAll(report1, "。", "。\n\n")+"谢谢！"),
			"c/page.txt": fmt.Sprintf(listing, body, 7, body), "z.txt": report("山西省闻喜县", 2021, report1),
		}, 2020, state.Usage{Name: state.Changed, Reused: 4, Added: 3, Dropped: 2}},
		{"a revision, a report of the next year of another county", map[string]string{
			"y.txt": report("山西省闻喜县", 2021, strings.ReplaceAll(report1, "6.5", "6.6")), "e.txt": twoReports["c.txt"],
		}, 2020, state.Usage{Name: state.Changed, Reused: 7, Added: 2}},
		{"the original of the copy goes", map[string]string{"a.txt": "", "scrap.txt": ""}, 2020, state.Usage{Name: state.Changed, Reused: 7, Dropped: 2}},
		{"another base year", map[string]string{}, 1990, state.Usage{Name: state.OtherOptions, Added: 7}},
	} {
		writeFiles(t, in, step.change)
		got, usage := madeOf(t, in, out, step.baseYear)
		want, _ := madeOf(t, in, t.TempDir(), step.baseYear)
		if !maps.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", step.what, got, want)
		}
		if usage != step.want {
			t.Errorf("%s: got %+v, want %+v", step.what, usage, step.want)
		}
	}
}

const report1 = "各位代表：全县生产总值增长6.5%，新修道路120公里，新增就业三千二百人。" +
	"乡亲们的收入、住房、看病、上学都有了改善，村里的路灯亮了，河里的水清了，山上的树密了，来年还要接着把这些事情办好办实。" +
	"工业园区的厂房陆续建成，外出的年轻人回到家门口做工，集镇上的店铺一家挨着一家，夜里的广场有了歌声和笑声，孩子们在新操场上奔跑。" +
	"老人的食堂、幼儿的托管、行人的天桥都列进了清单，谁来办、何时办、办到什么样子，都向社会公开，请代表监督，让每一件小事都有回音。"

// TestDamagedState damages the state between runs: whatever comes of it, the release has the
// bytes of one made from nothing.
func TestDamagedState(t *testing.T) {
	in, out := filepath.Join(t.TempDir(), "in"), t.TempDir()
	files := map[string]string{"a.txt": twoReports["a.txt"], "page.txt": fmt.Sprintf(listing, body, 6, body)}
	writeFiles(t, in, files)
	want, _ := madeOf(t, in, out, 2020)
	records := filepath.Join(out, ".state", "records")
	whole, err := os.ReadFile(records)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	for try := range 4 {
		b := slices.Clone(whole)
		switch at := r.IntN(len(b)); try {
		case 0:
			b = b[:at]
		case 1:
			b[at] ^= 1 << r.IntN(8)
		case 2:
			b = slices.Concat(b[:at], b[min(len(b), at+1+r.IntN(1000)):])
		case 3:
			copy(b[at:], make([]byte, 1+r.IntN(5000)))
		}
		if err := errors.Join(os.WriteFile(records, b, 0o644), os.RemoveAll(filepath.Join(out, "releases"))); err != nil {
			t.Fatal(err)
		}
		got, usage := madeOf(t, in, out, 2020)
		if !maps.Equal(got, want) || usage.Reused+usage.Added != len(files) {
			t.Errorf("damage %d: %+v, got %v, want %v", try, usage, got, want)
		}
	}
}

// TestUpToDateWithoutState: a release that is there is found without reading what is in the
// inputs, though the state is gone.
func TestUpToDateWithoutState(t *testing.T) {
	in, out := filepath.Join(t.TempDir(), "in"), t.TempDir()
	writeFiles(t, in, twoReports)
	madeOf(t, in, out, 2020)
	for _, damage := range []func(path string) error{os.Remove, func(path string) error { return os.Truncate(path, 5000) }} {
		if err := damage(filepath.Join(out, ".state", "records")); err != nil {
			t.Fatal(err)
		}
		r, err := Run(t.Context(), Options{In: []string{in}, Out: out, Content: DefaultContent(), Run: RunOptions{Progress: func(e observe.Event) {
			if e.Stage != "hash" {
				t.Errorf("a run that is up to date goes through stage %s", e.Stage)
			}
		}}})
		if err != nil || !r.UpToDate || r.Pinned || r.Documents != 3 {
			t.Errorf("got %+v (%v)", r, err)
		}
	}
}

// TestStrangeRecord: a record that says nothing to this build is made anew.
func TestStrangeRecord(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in")
	writeFiles(t, in, map[string]string{"a.txt": twoReports["a.txt"]})
	plan, err := input.Expand([]string{in}, "")
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := plan.Files[0].Read(nil)
	path := filepath.Join(t.TempDir(), "records")
	for range 2 { // strange, then with the right one behind it
		kept := openState(t, path, 1)
		if _, found := kept.Find("in/a.txt", raw.SHA256); !found {
			if _, err := kept.Add("in/a.txt", raw.SHA256, []byte("of another build"), nil); err != nil {
				t.Fatal(err)
			}
		}
		kept.Close()
		b, _ := testBatch(t, 1)
		b.state = openState(t, path, 1)
		if err := errors.Join(b.read(t.Context(), plan), b.decide(t.Context())); err != nil || len(b.articles) != 1 {
			t.Errorf("%d articles (%v)", len(b.articles), err)
		}
		if d, err := part(b, b.articles[0], documentPart, rows.Document); err != nil || d.Text == "" {
			t.Errorf("the text is gone (%v)", err)
		}
		b.state.Close()
	}
}

// TestCancelledWhileWriting: a run that is ended while it writes publishes nothing, and the next
// has nothing left to read.
func TestCancelledWhileWriting(t *testing.T) {
	in, out := filepath.Join(t.TempDir(), "in"), t.TempDir()
	writeFiles(t, in, twoReports)
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("ended")
	_, err := Run(ctx, Options{In: []string{in}, Out: out, Content: DefaultContent(), Run: RunOptions{Progress: func(e observe.Event) {
		if e.Stage == "write documents" {
			cancel(reason)
		}
	}}})
	if !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
	if _, err := release.Resolve(out); !errors.Is(err, release.ErrNoRelease) {
		t.Errorf("a cancelled run leaves a release (%v)", err)
	}
	if _, usage := madeOf(t, in, out, 2020); usage != (state.Usage{Name: state.Equal, Reused: 3}) {
		t.Errorf("the run after finds %+v", usage)
	}
}

// TestVanishing: a file that goes between the look into its folder and the reading is rejected.
func TestVanishing(t *testing.T) {
	in, out := filepath.Join(t.TempDir(), "in"), t.TempDir()
	writeFiles(t, in, twoReports)
	r, err := Run(t.Context(), Options{In: []string{"-", in}, Out: out, Content: DefaultContent(), Run: RunOptions{Workers: 1,
		Stdin: removing{strings.NewReader("2023年山西省闻喜县政府工作报告\n" + body), filepath.Join(in, "b.txt")}}})
	if err != nil || r.Documents != 3 || r.Quarantined != 1 {
		t.Fatalf("got %+v (%v)", r, err)
	}
	if again, usage := madeOf(t, in, out, 2020); len(again) == 0 || usage.Added != 0 {
		t.Errorf("the run after finds %+v", usage)
	}
}

// removing removes a file when it is read.
type removing struct {
	io.Reader
	path string
}

func (r removing) Read(b []byte) (int, error) {
	if err := os.Remove(r.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	return r.Reader.Read(b)
}

// TestTooLongArticle: the limit holds for an article, the page around it may be longer.
func TestTooLongArticle(t *testing.T) {
	in, out := filepath.Join(t.TempDir(), "in"), t.TempDir()
	writeFiles(t, in, map[string]string{"page.txt": fmt.Sprintf(listing, strings.Repeat(" ", MaxDocumentBytes)+body, 6, body)})
	r, err := Run(t.Context(), Options{In: []string{in}, Out: out, Content: DefaultContent()})
	if err != nil || r.Documents != 2 { // outer white space does not count
		t.Errorf("got %+v (%v)", r, err)
	}
	writeFiles(t, in, map[string]string{"page.txt": fmt.Sprintf(listing, body+strings.Repeat(" ", MaxDocumentBytes), 6, body)})
	r, err = Run(t.Context(), Options{In: []string{in}, Out: out, Content: DefaultContent()})
	if err != nil || r.Documents != 1 || r.Quarantined != 1 {
		t.Errorf("got %+v (%v)", r, err)
	}
}

// TestMemory: what a run holds grows neither with the rows that it has read nor with those that
// it has written.
func TestMemory(t *testing.T) {
	const reports, perReport = 60, 8 << 10
	in, written := filepath.Join(t.TempDir(), "in"), 0
	for _, d := range refdata.Divisions().All() {
		if d.Prefecture == nil || !d.InForce(2000) || !d.InForce(2020) {
			continue
		}
		if written++; written > reports {
			break
		}
		var text strings.Builder
		for n := 0; text.Len() < perReport; n++ {
			fmt.Fprintf(&text, "地区生产总值完成%d.%d亿元，增长%d.%d%%，新修道路%d公里。今年开工建设%s%d号水库工程。\n", n, written, written%9, n%9, n+written, d.Name, n)
		}
		writeFiles(t, in, map[string]string{d.Code + ".txt": fmt.Sprintf("%d年%s%s%s政府工作报告\n一、去年工作回顾\n%s\n二、今年工作安排\n%s", 2001+written%18, d.Province.Name, d.Prefecture.Name, d.Name, body, text.String())})
	}
	plan, err := input.Expand([]string{in}, "")
	if err != nil {
		t.Fatal(err)
	}
	var live []int64 // at each look
	look := func() {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		live = append(live, int64(m.HeapAlloc))
	}
	// A report's text and rows are some 200 kB.
	check := func(what string, looks int) {
		t.Helper()
		if len(live) != looks {
			t.Errorf("%s: %d looks at the memory, want %d", what, len(live), looks)
			return
		}
		if grown := (live[looks-1] - live[1]) / reports; grown > 4<<10 {
			t.Errorf("%s: every report leaves %d bytes in memory: %v", what, grown, live)
		}
		live = nil
	}
	b, _ := testBatch(t, 1)
	b.recorder = observe.NewRecorder(func(e observe.Event) {
		if e.Stage == "read" && e.Done%10 == 0 {
			look()
		}
	})
	if err := errors.Join(b.read(t.Context(), plan), b.decide(t.Context())); err != nil {
		t.Fatal(err)
	}
	check("reading", reports/10)
	rows, err := b.tables(t.Context(), DefaultContent())
	if err != nil {
		t.Fatal(err)
	}
	last := "" // document or region
	seen := 0
	each := func(of string) bool {
		if of != last {
			if last = of; seen%10 == 0 {
				look()
			}
			seen++
		}
		return true
	}
	for what, table := range map[string]func() error{
		"documents":  func() error { return rows.documents(func(r *schemas.Document) bool { return each(r.DocID) }) },
		"indicators": func() error { return rows.indicators(func(r *schemas.Indicator) bool { return each(r.DocID) }) },
		"projects":   func() error { return rows.projects(func(r *schemas.Project) bool { return each(r.DocID) }) },
		"panel": func() error {
			return ofPanel(rows, func(p *rollup.Panel) []schemas.PanelRow { return p.Rows })(func(r *schemas.PanelRow) bool { return each(r.RegionCode) })
		},
	} {
		seen, last = 0, ""
		if err := table(); err != nil || seen != reports {
			t.Errorf("%s: rows of %d reports (%v)", what, seen, err)
		}
		check(what, reports/10)
	}
}
