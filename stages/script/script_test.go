package script

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSimplified(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"青石縣政府工作報告", "青石县政府工作报告"},
		{"全區生産總值達到１２．５億元，佔全市的8%", "全区生产总值达到１２．５亿元，占全市的8%"},
		{"青石县政府工作报告", "青石县政府工作报告"},
		{"report", "report"},
		{"", ""},
		{"縣 \xe5 byte", "县 \xe5 byte"},
		{strings.Repeat("青石县", 200) + "報告", strings.Repeat("青石县", 200) + "報告"}, // simplified by its beginning
	} {
		if got := Simplified(c.in); got != c.want {
			t.Errorf("%q: got %q", c.in, got)
		}
	}
}

// Places in a text and in its folded form are the same.
func TestPairs(t *testing.T) {
	n := 0
	for line := range strings.Lines(pairs) {
		n++
		r := []rune(strings.TrimSuffix(line, "\n"))
		if len(r) != 2 || r[0] < first || r[0] > last || utf8.RuneLen(r[0]) != utf8.RuneLen(r[1]) {
			t.Fatalf("%q is no pair", line)
		}
		if again := Simplified(string(r[1])); again != string(r[1]) {
			t.Errorf("%q leads on to %q", line, again)
		}
	}
	if n < 2000 {
		t.Fatalf("%d pairs", n)
	}
}

func FuzzSimplified(f *testing.F) {
	f.Add("青石縣報告")
	f.Fuzz(func(t *testing.T, s string) {
		got := Simplified(s)
		if len(got) != len(s) || utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
			t.Fatalf("%q has moved: %q", s, got)
		}
	})
}
