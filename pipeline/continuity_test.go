package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xianzhi/pipeline/input"
	"xianzhi/schemas"
)

// twoReports are reports of one county in consecutive years, and one of another county in the
// second, each with its plan.
var twoReports = map[string]string{
	"a.txt": "2021年山西省闻喜县政府工作报告\n各位代表：\n一、2020年工作回顾\n" + body + "\n二、2021年工作安排\n" +
		"谋划石门峪水库扩容工程。开工建设云岭旅游公路。建成凤凰湖湿地公园。改造老旧小区12个。新建农村公路50公里。加快城北中心幼儿园建设。\n" + body,
	"b.txt": "2022年山西省闻喜县政府工作报告\n各位代表：\n一、2021年工作回顾\n" + body + "\n二、2022年工作安排\n" +
		"开工建设石门峪水库扩容项目。加快云岭旅游公路建设。启动凤凰湖湿地公园建设。改造老旧小区12个。新建农村公路60公里。推动云岭旅游公路年内通车。加快城北中心幼儿园建设。\n" + body,
	"c.txt": "2022年山西省文水县政府工作报告\n各位代表：\n一、2021年工作回顾\n" + body + "\n二、2022年工作安排\n" +
		"加快云溪谷度假区建设。加快城北中心幼儿园建设。\n" + body,
}

// TestContinuity links the mentions of an undertaking within a report and across years.
func TestContinuity(t *testing.T) {
	dir := t.TempDir()
	for name, text := range twoReports {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := input.Expand([]string{dir}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b, _ := testBatch(t, 2)
	if err := b.read(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	if err := b.decide(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := b.tables(t.Context(), DefaultContent())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{} // by project_id
	var projects []schemas.Project
	err = rows.projects(func(p *schemas.Project) bool {
		names[p.ProjectID] = p.Name
		projects = append(projects, *p)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range projects {
		if p.ReportYear.Value == 2022 {
			line := p.Name + " < " + names[p.Continues.Or("")] + " = " + names[p.SameAs.Or("")]
			got = append(got, line)
		}
		if p.Continues.Valid != p.ContinuesScore.Valid || p.ContinuesScore.Or(1) < minContinuity || p.ContinuesScore.Or(1) > 1 {
			t.Errorf("%s: continues_score is %v", p.Name, p.ContinuesScore)
		}
		if p.ReportYear.Value == 2021 && (p.Continues.Valid || p.SameAs.Valid) {
			t.Errorf("%s of the first report is linked", p.Name)
		}
	}
	want := []string{
		"石门峪水库扩容项目 < 石门峪水库扩容工程 = ",
		"云岭旅游公路 < 云岭旅游公路 = ",
		"凤凰湖湿地公园 <  = ", // was to be finished the year before
		"老旧小区 <  = ",    // a bundle
		"农村公路 <  = ",    // every year some
		"云岭旅游公路 < 云岭旅游公路 = 云岭旅游公路",
		"城北中心幼儿园 < 城北中心幼儿园 = ",
		"云溪谷度假区 <  = ",
		"城北中心幼儿园 <  = ", // another county's
	}
	if got, want := strings.Join(got, "\n"), strings.Join(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestContinuityScore(t *testing.T) {
	row := func(year int32, status, sector string) *schemas.Project {
		return &schemas.Project{ReportYear: schemas.Some(year), Status: status, Sector: sector}
	}
	for _, c := range []struct {
		name           string
		earlier, later mention
		want           float64
	}{
		{"next year", mention{row: row(2021, "start", "water"), core: "石门峪水库"}, mention{row: row(2022, "continue", "water"), core: "石门峪水库"}, 1},
		{"two years on", mention{row: row(2020, "start", "water"), core: "石门峪水库"}, mention{row: row(2022, "continue", "water"), core: "石门峪水库"}, eachYearBetween},
		{"another sector", mention{row: row(2021, "start", "water"), core: "石门峪水库"}, mention{row: row(2022, "continue", "energy"), core: "石门峪水库"}, otherSector},
		{"slipped", mention{row: row(2021, "start", "water"), core: "石门峪水库"}, mention{row: row(2022, "prelim", "water"), core: "石门峪水库"}, slippedBack},
		{"finished late", mention{row: row(2021, "complete", "water"), core: "石门峪水库"}, mention{row: row(2022, "complete", "water"), core: "石门峪水库"}, 1},
		{"finished", mention{row: row(2021, "complete", "water"), core: "石门峪水库"}, mention{row: row(2022, "start", "water"), core: "石门峪水库"}, 0},
		{"the same year", mention{row: row(2022, "start", "water"), core: "石门峪水库"}, mention{row: row(2022, "start", "water"), core: "石门峪水库"}, 0},
		{"too long ago", mention{row: row(2015, "start", "water"), core: "石门峪水库"}, mention{row: row(2022, "start", "water"), core: "石门峪水库"}, 0},
		{"another stage", mention{row: row(2021, "start", "water"), core: "石门峪水库一期"}, mention{row: row(2022, "start", "water"), core: "石门峪水库二期"}, 0},
		{"another name", mention{row: row(2021, "start", "water"), core: "石门峪水库"}, mention{row: row(2022, "start", "water"), core: "青龙河水库"}, 0},
	} {
		if got := continuity(c.earlier, c.later); got != c.want {
			t.Errorf("%s: got %g, want %g", c.name, got, c.want)
		}
	}
}

// TestContinuityOfVintages: of two vintages of last year's report the latest is continued, in
// whatever order they come.
func TestContinuityOfVintages(t *testing.T) {
	row := func(doc string, year int32) schemas.Project {
		return schemas.Project{ProjectID: doc + ":p:0", DocID: doc, RegionCode: schemas.Some("140823"), ReportYear: schemas.Some(year),
			Name: "石门峪水库扩容工程", Status: "start", Sector: "water"}
	}
	for _, latest := range []string{"a", "b"} {
		var reports []plans
		for _, p := range []schemas.Project{row("a", 2021), row("b", 2021), row("c", 2022)} {
			reports = append(reports, plans{[]schemas.Project{p}, []string{"石门峪水库扩容"}, p.DocID == latest || p.DocID == "c"})
		}
		linkPlace(reports)
		if got, want := reports[2].projects[0].Continues.Or(""), latest+":p:0"; got != want {
			t.Errorf("continues is %q, want %q", got, want)
		}
	}
}
