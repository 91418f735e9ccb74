package vocabulary

import (
	"strings"
	"testing"
)

// vocabulary holds words that begin or end one another, and characters of one to four bytes.
var vocabulary = []string{"建", "建设", "建成区", "成区", "区", "设", "a建", "·建", "𠀀区", "水库", "水", "库水", "GDP", "é"}

// longest is what Words does, in the plainest way.
func longest(s string, fits func(s, word string) bool) string {
	best := ""
	for _, w := range vocabulary {
		if fits(s, w) && len(w) > len(best) {
			best = w
		}
	}
	return best
}

func check(t *testing.T, m *Words[string], s string) {
	t.Helper()
	want := longest(s, strings.HasPrefix)
	if w, v := m.Prefix(s); w != want || v != want || m.PrefixLen(s) != len(want) {
		t.Errorf("Prefix(%q) is %q %q, want %q", s, w, v, want)
	}
	want = longest(s, strings.HasSuffix)
	if w, v := m.Suffix(s); w != want || v != want {
		t.Errorf("Suffix(%q) is %q %q, want %q", s, w, v, want)
	}
	short := func(s string) bool { return strings.Count(s, "")-1 <= 1 }
	accept := func(word, value string) bool { return word == value && short(word) }
	want = longest(s, func(s, w string) bool { return short(w) && strings.HasPrefix(s, w) })
	if w, v := m.PrefixFunc(s, accept); w != want || v != want {
		t.Errorf("PrefixFunc(%q) is %q %q, want %q", s, w, v, want)
	}
	want = longest(s, func(s, w string) bool { return short(w) && strings.HasSuffix(s, w) })
	if w, v := m.SuffixFunc(s, accept); w != want || v != want {
		t.Errorf("SuffixFunc(%q) is %q %q, want %q", s, w, v, want)
	}
	if got, want := m.In(s), longest(s, strings.Contains) != ""; got != want {
		t.Errorf("In(%q) is %v", s, got)
	}
	places := 0
	m.Each(s, func(start, end int, value string) {
		if places++; s[start:end] != value {
			t.Errorf("Each(%q) finds %q at %d", s, value, start)
		}
	})
	for _, w := range vocabulary {
		for i := range s {
			if strings.HasPrefix(s[i:], w) {
				places--
			}
		}
	}
	if places != 0 {
		t.Errorf("Each(%q) finds %d more than stand there", s, places)
	}
	is := longest(s, func(s, w string) bool { return s == w })
	if v, ok := m.Get(s); ok != (is != "") || v != is || m.Has(s) != ok {
		t.Errorf("Get(%q) is %q %v", s, v, ok)
	}
}

func filled() *Words[string] {
	m := &Words[string]{}
	for _, w := range vocabulary {
		m.Set(w, "old")
		m.Set(w, w)
	}
	return m
}

func TestWords(t *testing.T) {
	m := filled()
	if m.Len() != len(vocabulary) {
		t.Errorf("%d words", m.Len())
	}
	for _, a := range vocabulary {
		for _, b := range vocabulary {
			check(t, m, a+b)
			check(t, m, "县"+a+"\xff"+b)
		}
		check(t, m, a)
		check(t, m, a[:len(a)-1])
	}
	check(t, m, "")
	if two := Of("水", "库"); two.Len() != 2 || !two.Has("库") {
		t.Error("Of leaves words out")
	}
	var none Words[int]
	if _, v := none.Suffix("建设"); v != 0 || none.In("建设") || none.Has("") {
		t.Error("an empty vocabulary finds words")
	}
}

func TestRunes(t *testing.T) {
	const all = "、,;。的é𠀀"
	c := RunesOf(all)
	parts := []string{"", "、", "的", "é", "𠀀", ",", "目", "乣", "a", "甲乙", string(rune('的' ^ 1<<9))} // the last has the bits of 的
	for _, a := range parts {
		for _, b := range parts {
			for _, d := range parts {
				s := a + b + d
				if c.Index(s) != strings.IndexAny(s, all) || c.LastIndex(s) != strings.LastIndexAny(s, all) || c.In(s) != strings.ContainsAny(s, all) {
					t.Errorf("%q: found at %d, last at %d", s, c.Index(s), c.LastIndex(s))
				}
				if c.Trim(s) != strings.Trim(s, all) || c.TrimLeft(s) != strings.TrimLeft(s, all) || c.TrimRight(s) != strings.TrimRight(s, all) {
					t.Errorf("%q is trimmed to %q, %q, %q", s, c.Trim(s), c.TrimLeft(s), c.TrimRight(s))
				}
			}
		}
	}
}

// TestMany: a vocabulary that has grown often, beyond 65,536 nodes, still finds each of its words.
// TestReplacer: words are replaced as package strings does.
func TestReplacer(t *testing.T) {
	pairs := []string{"高速铁路", "铁路", "高铁", "铁路", "(", "", "é", "e"}
	r, want := NewReplacer(pairs...), strings.NewReplacer(pairs...)
	for _, s := range []string{"", "高速", "高速铁路(高铁", "铁路é", "高速高铁"} {
		if got := r.Replace(s); got != want.Replace(s) {
			t.Errorf("%s: got %s, want %s", s, got, want.Replace(s))
		}
	}
	if got := Without("“”a").Replace("“北a山”b"); got != "北山b" {
		t.Errorf("without the marks: %s", got)
	}
}

func TestMany(t *testing.T) {
	var m Words[int]
	var all []string
	for a := '一'; a < '一'+300; a++ {
		for b := '丁'; b < '丁'+300; b++ {
			all = append(all, string([]rune{a, b}))
		}
	}
	for i, w := range all {
		m.Set(w, i)
	}
	for i, w := range all {
		if _, v := m.Prefix(w + "县"); v != i {
			t.Fatalf("%s is %d, want %d", w, v, i)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, w := range vocabulary {
		f.Add(w + "设")
	}
	m := filled()
	f.Fuzz(func(t *testing.T, s string) { check(t, m, s) })
}
