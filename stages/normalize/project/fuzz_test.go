package project

import (
	"strings"
	"testing"
	"unicode/utf8"

	"xianzhi/stages/segment"
)

// seeds are the texts of the cases.
func seeds(f *testing.F) {
	f.Helper()
	for _, s := range []string{
		"加快青云大道、沙河大桥、西湖公园等项目建设", "实施南沙河、北沙河和大清河综合治理", "建设“苹果、肉类”两大物流园区",
		"对10处古建筑进行抢修保护", "总投资3亿元的16个钢材项目", "建成甲馆、开工建设乙馆、谋划丙馆", "等等、和与及以及的",
		"改造石桥等5个乡镇13个村级线路52公里", "“(《、和", "年产11万吨再生铅及再生塑料等项目", "支持宏运药业建立技术中心",
	} {
		f.Add(s)
	}
}

// FuzzMembers: the pieces of an enumeration lie in it, in order and apart, and where neither a
// class nor an attribute stands in it, nothing but conjunctions lies between them.
func FuzzMembers(f *testing.F) {
	l, err := loadLexicon()
	if err != nil {
		f.Fatal(err)
	}
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 2000 {
			t.Skip()
		}
		plain := !strings.ContainsAny(s, "等的个大项“")
		at := 0
		for _, p := range l.members(nil, s, l.kinds.in(s), 0, len(s)) {
			if p.start < at || p.start > p.end || p.end > len(s) {
				t.Fatalf("piece %d–%d of %q after %d", p.start, p.end, s, at)
			}
			if plain && strings.Trim(s[at:p.start], "、和与及以暨") != "" {
				t.Fatalf("%q is lost of %q", s[at:p.start], s)
			}
			if !utf8.ValidString(s[p.start:p.end]) || !utf8.ValidString(p.tail) {
				t.Fatalf("a piece of %q cuts a character", s)
			}
			at = p.end
		}
		if plain && strings.Trim(s[at:], "、和与及以暨") != "" {
			t.Fatalf("%q is lost of %q", s[at:], s)
		}
	})
}

// FuzzRead: whatever the text, rows are well formed and in order.
func FuzzRead(f *testing.F) {
	r := newReader(f)
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 5000 {
			t.Skip()
		}
		text := segment.Split(plan + s)
		checkFound(t, text, r.Read(text, 2024))
	})
}
