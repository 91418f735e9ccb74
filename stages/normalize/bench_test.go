package normalize

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-ego/gse"

	"xianzhi/stages/extract"
	"xianzhi/stages/segment"
)

// The benchmarks of the stages from bytes to rows share their text, the sample page, so that each
// can be held against gse's own segmentation of it in the same run: BenchmarkGSE.

const samplePage = "../../testdata/sample/000_330ca93b427a2047.txt"

// sampleTexts returns the segmented articles of the sample page; their bytes are what b counts.
func sampleTexts(b *testing.B) []*segment.Text {
	var texts []*segment.Text
	size := 0
	for _, a := range sampleArticles(b) {
		texts = append(texts, segment.Split(a.Text))
		size += len(a.Text)
	}
	b.SetBytes(int64(size))
	return texts
}

func BenchmarkExtract(b *testing.B) {
	page, err := os.ReadFile(samplePage)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		extract.Extract(extract.Input{Source: "page", Data: page})
	}
}

func BenchmarkSplit(b *testing.B) {
	texts := sampleTexts(b)
	for b.Loop() {
		for _, t := range texts {
			segment.Split(t.Body)
		}
	}
}

func BenchmarkTokens(b *testing.B) {
	k, err := segment.NewTokenizer()
	if err != nil {
		b.Fatal(err)
	}
	texts := sampleTexts(b)
	for b.Loop() {
		for _, t := range texts {
			for _, s := range t.Sentences {
				k.Tokens(t, s.Span)
			}
		}
	}
}

func BenchmarkIndicators(b *testing.B) {
	n, texts := newNormalizer(b), sampleTexts(b)
	for b.Loop() {
		for _, t := range texts {
			n.indicators.Read(t, 2021)
		}
	}
}

func BenchmarkProjects(b *testing.B) {
	n, texts := newNormalizer(b), sampleTexts(b)
	for b.Loop() {
		for _, t := range texts {
			n.projects.Read(t, 2021)
		}
	}
}

func BenchmarkDocument(b *testing.B) {
	articles, n := sampleArticles(b), newNormalizer(b)
	sampleTexts(b)
	for b.Loop() {
		for _, a := range articles {
			n.Document(a)
		}
	}
}

// BenchmarkNew is what a run pays before its first report.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newNormalizer(b)
	}
}

// BenchmarkGSE is the measure of the others: gse with its full dictionary, which the program does
// not embed.
func BenchmarkGSE(b *testing.B) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-ego/gse").Output()
	if err != nil {
		b.Fatal(err)
	}
	s := gse.Segmenter{SkipLog: true}
	if err := s.LoadDict(filepath.Join(strings.TrimSpace(string(dir)), "data/dict/zh/s_1.txt")); err != nil {
		b.Fatal(err)
	}
	texts := sampleTexts(b)
	for b.Loop() {
		for _, t := range texts {
			s.Segment([]byte(t.Body))
		}
	}
}
