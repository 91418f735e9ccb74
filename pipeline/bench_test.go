package pipeline

import (
	"os"
	"testing"
)

func BenchmarkContent(b *testing.B) {
	text, err := os.ReadFile("../testdata/gold/wenxi.txt")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		c := contentOf(string(text))
		c.grams()
	}
}
