package extract

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	textunicode "golang.org/x/text/encoding/unicode"

	"xianzhi/stages"
)

// runningText stands where a case says 〈正文〉.
var runningText = strings.Repeat("我们坚持把发展作为第一要务，修通道路，治理河流，办好学校，让群众的日子一年比一年好。", 7)

type testCase struct {
	Name     string
	Text     string
	Encoding string
	Hex      string // bytes after the encoded text
	Articles []struct {
		Source, Title, Tag string
		PublishedOn        string `yaml:"published_on"`
		Starts, Ends       string
	}
	Rejects []struct {
		Source string
		Reason stages.Reason
	}
	Chrome bool // whether characters outside articles are counted
}

func (c testCase) data(t *testing.T) []byte {
	encodings := map[string]encoding.Encoding{
		"": encoding.Nop, "gbk": simplifiedchinese.GBK, "gb18030": simplifiedchinese.GB18030,
		"big5": traditionalchinese.Big5, "utf-8-bom": textunicode.UTF8BOM,
		"utf-16le":     textunicode.UTF16(textunicode.LittleEndian, textunicode.IgnoreBOM),
		"utf-16be":     textunicode.UTF16(textunicode.BigEndian, textunicode.IgnoreBOM),
		"utf-16le-bom": textunicode.UTF16(textunicode.LittleEndian, textunicode.UseBOM),
		"utf-16be-bom": textunicode.UTF16(textunicode.BigEndian, textunicode.UseBOM),
	}
	e, ok := encodings[c.Encoding]
	if !ok {
		t.Fatalf("unknown encoding %q", c.Encoding)
	}
	data, err := e.NewEncoder().Bytes([]byte(expand(c.Text)))
	if err != nil {
		t.Fatal(err)
	}
	tail, err := hex.DecodeString(strings.ReplaceAll(c.Hex, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return append(data, tail...)
}

func expand(s string) string { return strings.ReplaceAll(s, "〈正文〉", runningText) }

func loadCases(t testing.TB) []testCase {
	files, err := filepath.Glob("testdata/cases/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no case files (%v)", err)
	}
	var all []testCase
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var cases []testCase
		decoder := yaml.NewDecoder(bytes.NewReader(data))
		decoder.KnownFields(true)
		if err := decoder.Decode(&cases); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if len(cases) == 0 {
			t.Fatalf("%s holds no cases", file)
		}
		all = append(all, cases...)
	}
	return all
}

func TestCases(t *testing.T) {
	for _, c := range loadCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			got := Extract(Input{Source: "in", Data: c.data(t)})
			if len(got.Articles) != len(c.Articles) || len(got.Rejects) != len(c.Rejects) {
				t.Fatalf("got %d articles and rejects %v, want %d and %d",
					len(got.Articles), got.Rejects, len(c.Articles), len(c.Rejects))
			}
			for i, want := range c.Articles {
				a := got.Articles[i]
				if a.Source != want.Source || a.Title != want.Title || a.Tag != want.Tag || a.PublishedOn != want.PublishedOn {
					t.Errorf("got %q %q %q %q, want %+v", a.Source, a.Title, a.Tag, a.PublishedOn, want)
				}
				if !strings.HasPrefix(a.Text, expand(want.Starts)) || !strings.HasSuffix(a.Text, expand(want.Ends)) {
					t.Errorf("text %q should start with %q and end with %q", a.Text, want.Starts, want.Ends)
				}
			}
			for i, want := range c.Rejects {
				r := got.Rejects[i]
				if r.Source != want.Source || r.Reason != want.Reason || r.Stage != "extract" || r.Detail == "" || len(r.SHA256) != 64 {
					t.Errorf("got %+v, want %+v", r, want)
				}
			}
			if (got.ChromeChars > 0) != c.Chrome {
				t.Errorf("chrome characters: got %d, want any: %v", got.ChromeChars, c.Chrome)
			}
		})
	}
}

// TestSamplePage pins what the sample page holds, and that nothing of its frame is in an article.
func TestSamplePage(t *testing.T) {
	files, err := filepath.Glob("../../testdata/sample/*.txt")
	if err != nil || len(files) != 1 {
		t.Fatalf("want one sample page, got %v (%v)", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ title, tag string }{
		{"2021年闻喜县政府工作报告", "闻喜县招商"},
		{"2021年襄汾县政府工作报告", "襄汾县招商"},
		{"2021年文水县政府工作报告", "文水县招商"},
		{"2021年灵石县政府工作报告", "灵石县招商"},
		{"朔州市政府工作报告", "朔州招商"},
		{"2021年静乐县政府工作报告", "静乐县招商"},
		{"2021年稷山县政府工作报告", "稷山县招商"},
		{"2021年盐湖区政府工作报告", "盐湖区招商"},
		{"山西临县:以基础设施建设为引擎 绘就城乡发展新画卷", "临县招商"},
		{"2021年榆社县政府工作报告", "榆社县招商"},
	}
	got := Extract(Input{Source: "sample/page.txt", Data: data})
	if len(got.Articles) != len(want) || len(got.Rejects) != 0 {
		t.Fatalf("got %d articles and rejects %v", len(got.Articles), got.Rejects)
	}
	for i, a := range got.Articles {
		if a.Title != want[i].title || a.Tag != want[i].tag || a.PublishedOn != "2025-07-08" {
			t.Errorf("article %d: got %q %q %q", i+1, a.Title, a.Tag, a.PublishedOn)
		}
		for _, frame := range []string{"投稿", "400-162-2002", "产业园区网", "2025-07-08", "招商】"} {
			if strings.Contains(a.Text, frame) {
				t.Errorf("article %d holds %q", i+1, frame)
			}
		}
	}
	if got.ChromeChars < 1000 {
		t.Errorf("the page's frame has well over a thousand characters, counted %d", got.ChromeChars)
	}
}

// FuzzExtract checks what holds for any bytes: no panic, no input without a trace, valid text
// that is long enough and comes from the input.
func FuzzExtract(f *testing.F) {
	f.Add([]byte("• 【甲】甲县政府工作报告\n" + runningText + "\n2025-07-08\n共 3 页"))
	f.Add([]byte("\xFF\xFE\x4F\x00"))
	f.Add([]byte("甲县政府工作报告\r各位代表：\xC4\xE3"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got := Extract(Input{Source: "in", Data: data})
		if len(got.Articles)+len(got.Rejects) == 0 {
			t.Fatal("the input left no trace")
		}
		for _, a := range got.Articles {
			if !utf8.ValidString(a.Text) || utf8.RuneCountInString(a.Text) < MinChars ||
				strings.TrimSpace(a.Text) != a.Text || strings.Contains(a.Text, "\r") {
				t.Fatalf("bad text %q", a.Text)
			}
			if utf8.Valid(data) && !strings.Contains(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data)), a.Text) {
				t.Fatal("the text is not verbatim")
			}
		}
		if got.ChromeChars < 0 {
			t.Fatal("negative count of chrome characters")
		}
	})
}
