package pipeline

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"xianzhi/schemas"
	"xianzhi/stages"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

// report has numbers and is long enough that a changed word leaves it much the same.
var report = "各位代表：全县生产总值增长6.5%，新修道路120公里，新增就业三千二百人。" + strings.Repeat("我们坚持把发展作为第一要务，修通道路，治理河流，办好学校。", 3) +
	"乡亲们的收入、住房、看病、上学都有了改善，村里的路灯亮了，河里的水清了，山上的树密了，来年还要接着把这些事情办好办实。" +
	"工业园区的厂房陆续建成，外出的年轻人回到家门口做工，集镇上的店铺一家挨着一家，夜里的广场有了歌声和笑声，孩子们在新操场上奔跑。" +
	"老人的食堂、幼儿的托管、行人的天桥都列进了清单，谁来办、何时办、办到什么样子，都向社会公开，请代表监督，让每一件小事都有回音。"

// at gives a document of 闻喜县 in 2021, published on a day of May 2021 (0: unknown).
func at(t *testing.T, source, text string, day string) normalize.Result {
	t.Helper()
	d := schemas.Document{DocID: "id of " + source, Source: source, DocType: "work_report", Text: text, NChars: int32(len([]rune(text))),
		RegionCode: schemas.Some("140823"), ReportYear: schemas.Some[int32](2021)}
	if day != "" {
		date, err := schemas.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		d.PublishedOn = schemas.Some(date)
	}
	return normalize.Result{Document: d, Indicators: []schemas.Indicator{{DocID: d.DocID}}}
}

func TestDropCopies(t *testing.T) {
	with := func(r normalize.Result, change func(*schemas.Document)) normalize.Result {
		change(&r.Document)
		return r
	}
	spaced := strings.ReplaceAll(report, "，", " ,\n")
	for _, c := range []struct {
		name    string
		results []normalize.Result
		copies  []string // as "copy of original"
	}{
		{"white space and width do not count", []normalize.Result{at(t, "a", report, ""), at(t, "b", spaced, "")}, []string{"a of b"}}, // b is longer
		{"one word changed", []normalize.Result{at(t, "a", report, ""), at(t, "b", strings.Replace(report, "办实", "办妥", 1), "")}, []string{"b of a"}},
		{"one digit changed", []normalize.Result{at(t, "a", report, ""), at(t, "b", strings.Replace(report, "6.5", "6.6", 1), "")}, nil},
		{"a Chinese numeral changed", []normalize.Result{at(t, "a", report, ""), at(t, "b", strings.Replace(report, "三千二百", "三千五百", 1), "")}, nil},
		{"a number added", []normalize.Result{at(t, "a", report, ""), at(t, "b", report+"又建成学校12所。", "")}, nil},
		{"the same numbers in other words", []normalize.Result{at(t, "a", report, ""), at(t, "b", report[:len(report)/2/3*3], "")}, nil},
		{"the earliest published wins", []normalize.Result{at(t, "a", spaced, "2021-05-02"), at(t, "b", report, "2021-05-01"), at(t, "c", spaced+" 。", "")},
			[]string{"a of b", "c of b"}},
		{"lines about the page do not count", []normalize.Result{at(t, "a", "来源：县政府网  浏览 35 次\n2021-05-01 10:20\n"+report, ""), at(t, "b", report+"\n2021/5/3", "")}, []string{"b of a"}},
		{"then the longest", []normalize.Result{at(t, "a", report, "2021-05-01"), at(t, "b", report+"谢谢！", "2021-05-01")}, []string{"a of b"}},
		{"then the first source", []normalize.Result{at(t, "a#2", report, ""), at(t, "a#10", strings.Replace(report, "办实", "办妥", 1), "")}, []string{"a#10 of a#2"}},
		{"other years", []normalize.Result{at(t, "a", report, ""), with(at(t, "b", spaced, ""), func(d *schemas.Document) { d.ReportYear.Value = 2022 })}, nil},
		{"other types", []normalize.Result{at(t, "a", report, ""), with(at(t, "b", spaced, ""), func(d *schemas.Document) { d.DocType = "news" })}, nil},
		{"other regions", []normalize.Result{at(t, "a", report, ""), with(at(t, "b", spaced, ""), func(d *schemas.Document) { d.RegionCode.Value = "140824" })}, nil},
		{"unknown regions", []normalize.Result{
			with(at(t, "a", report, ""), func(d *schemas.Document) { d.RegionCode = schemas.Optional[string]{} }),
			with(at(t, "b", spaced, ""), func(d *schemas.Document) { d.RegionCode = schemas.Optional[string]{} })}, nil},
		{"two codes of one place in the year that it was renamed", []normalize.Result{
			with(at(t, "a", report, ""), func(d *schemas.Document) { d.RegionCode.Value, d.ReportYear.Value = "140624", 2018 }),
			with(at(t, "b", report+"谢谢", ""), func(d *schemas.Document) { d.RegionCode.Value, d.ReportYear.Value = "140681", 2018 })}, []string{"a of b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, _ := testBatch(t, 1)
			for _, r := range c.results {
				b.add(t, extract.Article{}, r)
			}
			if err := b.dropCopies(t.Context()); err != nil {
				t.Fatal(err)
			}
			var copies []string
			for _, r := range b.rejects {
				copies = append(copies, r.Source+" of "+strings.TrimPrefix(r.DuplicateOf, "id of "))
				if r.Reason != stages.Duplicate || r.Stage != "normalize" || r.SHA256 != "hash of "+r.Source || r.Detail == "" {
					t.Errorf("got %+v", r)
				}
			}
			if !slices.Equal(copies, c.copies) {
				t.Errorf("got the copies %q, want %q", copies, c.copies)
			}
			if len(b.articles) != len(c.results)-len(c.copies) {
				t.Errorf("%d of %d texts kept", len(b.articles), len(c.results))
			}
		})
	}
}

func TestIsPageLine(t *testing.T) {
	for _, line := range []string{"信息来源：网站", "文章来源: 网站", "来源：网站", "作者：甲", "责任编辑：乙", "编辑：乙", "发布时间：昨天", "发表日期：昨天",
		"更新时间：昨天", "公布日期：昨天", "印发时间：昨天", "时间：昨天", "\t日期 ：昨天", "　浏览次数：3", "点击数：3", "字号：大", " 2021-05-01 10:20 ", "0021.1.1"} {
		if !isPageLine(line) {
			t.Errorf("%q is not taken for a line about the page", line)
		}
	}
	for _, line := range []string{"", " ", "来源于网站", "2021年", "发展时间：十年", "一、来源：网站", "来源：" + strings.Repeat("长", 61)} {
		if isPageLine(line) {
			t.Errorf("%q is taken for a line about the page", line)
		}
	}
}

// What equals a copy leads to the copy's original.
func TestDropCopiesRedirects(t *testing.T) {
	b, _ := testBatch(t, 1)
	b.add(t, extract.Article{}, at(t, "a", report, ""))
	b.add(t, extract.Article{}, at(t, "b", report+"谢谢", ""))
	b.rejects = []stages.Reject{{Source: "c", DuplicateOf: "id of a"}, {Source: "d"}}
	if err := b.dropCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b.rejects[0].DuplicateOf != "id of b" || b.rejects[1].DuplicateOf != "" {
		t.Errorf("got %+v", b.rejects)
	}
}

// Of files about one region and year, a copy goes to quarantine and a revision is a vintage; an
// undecided region leaves its candidates; the fixed key is of the base year.
func TestRunVintages(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"1.txt":  "2021年山西省闻喜县政府工作报告\n发布时间：2021-05-20\n" + report,
		"2.txt":  "2021年山西省闻喜县政府工作报告\n来源：县政府网\n发布时间：2021-05-12\n" + strings.ReplaceAll(report, "。", "。\n\n"),
		"3.txt":  "2021年山西省闻喜县政府工作报告\n发布时间：2021-04-28\n" + strings.Replace(report, "6.5", "7.9", 1),
		"4.txt":  "2021年山西省文水县政府工作报告\n" + strings.Replace(report, "6.5", "5.5", 1),
		"5.txt":  "2021年鼓楼区政府工作报告\n" + strings.Replace(report, "6.5", "4.5", 1),
		"6a.txt": "2021年山西省闻喜县政府工作报告\n发布时间：2021-05-20\n" + report,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Run(t.Context(), Options{In: []string{dir}, Out: out, Content: ContentOptions{BaseYear: 1990}}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, c := range []struct{ query, want string }{
		{`SELECT string_agg(concat_ws(' ', parse_filename(source), region_code, vintage, is_latest, region_candidates::VARCHAR), '; ' ORDER BY source) FROM documents`,
			"2.txt 140823 2 true []; 3.txt 140823 1 false []; 4.txt 141121 1 true []; 5.txt 1 true [320106, 320302, 350102, 410204]"},
		{`SELECT string_agg(concat_ws(' ', parse_filename(q.source), reason, parse_filename(d.source)), '; ' ORDER BY q.source)
			FROM quarantine AS q LEFT JOIN documents AS d ON d.doc_id = q.duplicate_of`,
			"1.txt duplicate 2.txt; 6a.txt duplicate 2.txt"},
		{`SELECT string_agg(concat_ws(' ', region_code, region_code_2020), '; ' ORDER BY region_code)
			FROM (SELECT DISTINCT region_code, region_code_2020 FROM indicators)`,
			"140823 142729; 141121 142322; "},
		{`SELECT concat_ws(' ', base_year, region_code_base) FROM crosswalk WHERE region_code = '140823'`, "1990 142729"},
	} {
		for _, table := range []string{"documents", "quarantine", "indicators", "crosswalk"} {
			c.query = strings.ReplaceAll(strings.ReplaceAll(c.query, "FROM "+table, "FROM '"+out+"/latest/"+table+".parquet'"),
				"JOIN "+table, "JOIN '"+out+"/latest/"+table+".parquet'")
		}
		var got string
		if err := db.QueryRow(c.query).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.query, got, c.want)
		}
	}
}
