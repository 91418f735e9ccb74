package segment

import (
	"strings"
	"sync"
	"testing"
)

func checkTokens(t testing.TB, k *Tokenizer, text *Text) {
	t.Helper()
	for _, s := range text.Sentences {
		at := s.Start
		for _, token := range k.Tokens(text, s.Span) {
			if token.Start != at || token.End <= at || token.Text != text.At(token.Span) || token.Tag == "" {
				t.Fatalf("token %+v does not continue at %d of %q", token, at, text.At(s.Span))
			}
			at = token.End
		}
		if at != s.End {
			t.Fatalf("tokens end at %d of %d", at, s.End)
		}
	}
}

func tokens(t testing.TB, k *Tokenizer, body string) string {
	t.Helper()
	text := Split(body)
	var out []string
	for _, token := range k.Tokens(text, Span{0, len(text.Folded)}) {
		out = append(out, token.Text+"/"+token.Tag)
	}
	return strings.Join(out, " ")
}

func TestTokens(t *testing.T) {
	k, err := NewTokenizer()
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]string{
		"一般公共预算收入完成1,173.1亿元，增长5.6%": "一般公共预算收入/n 完成/v 1,173.1/m 亿元/m ,/w 增长/v 5.6/m %/w",
		"改扩建中小学19所、新增学位2.4万个":        "改扩建/v 中小学/n 19/m 所/c 、/w 新增/v 学位/n 2.4/m 万个/m",
		"建成5G基站100座以上。":              "建成/v 5G/m 基/a 站/v 100/m 座/q 以上/d 。/w",
	} {
		if got := tokens(t, k, body); got != want {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
}

func TestTokenizerWithExtraWords(t *testing.T) {
	plain, err := NewTokenizer()
	if err != nil {
		t.Fatal(err)
	}
	extra, err := NewTokenizer(Word{"某某湖新区", "ns"})
	if err != nil {
		t.Fatal(err)
	}
	const body = "建设某某湖新区"
	if got, want := tokens(t, extra, body), "建设/vn 某某湖新区/ns"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if strings.Contains(tokens(t, plain, body), "某某湖新区") {
		t.Error("the extra word reached the shared tokenizer")
	}
}

func TestDictionarySize(t *testing.T) {
	words, err := readWords(generalWords)
	if err != nil {
		t.Fatal(err)
	}
	domain, err := readWords(domainWords)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(words) + len(domain); len(words) < 20000 || n > 50000 {
		t.Errorf("%d words: 20,000 to 50,000 are expected", n)
	}
}

func TestTokenizerConcurrently(t *testing.T) {
	k, err := NewTokenizer()
	if err != nil {
		t.Fatal(err)
	}
	var cases []*Text
	for _, c := range readCases(t) {
		cases = append(cases, Split(c.Body))
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, text := range cases {
				checkTokens(t, k, text)
			}
		})
	}
	group.Wait()
}

func BenchmarkLoadDictionary(b *testing.B) {
	for b.Loop() {
		if _, err := buildTokenizer(nil); err != nil {
			b.Fatal(err)
		}
	}
}
