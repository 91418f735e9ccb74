package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"xianzhi/stages"
	"xianzhi/stages/script"
)

// MinChars is the number of code points below which a body is a scrap and no document.
const MinChars = 200

// Input is one file, already decompressed.
type Input struct {
	Source string
	Data   []byte
}

// Article is one text with what the page said about it.
type Article struct {
	Source      string // Input.Source, or Source+"#n" (n from 1) for the n-th article of a listing page
	Title       string // headline as published without list marks; "" if none
	Tag         string // what stood in the listing's 【…】, e.g. 闻喜县招商; "" otherwise
	Text        string // body, verbatim but for outer white space and line ends
	PublishedOn string // ISO date or ""
}

// Result is what one input gave. An input never gives neither article nor reject.
type Result struct {
	Articles    []Article
	Rejects     []stages.Reject
	ChromeChars int // code points outside articles, their titles and dates
}

// Extract finds the articles of an input. It keeps no reference to in.Data.
func Extract(in Input) Result {
	r := reader{source: in.Source, sha256: sync.OnceValue(func() string {
		sum := sha256.Sum256(in.Data)
		return hex.EncodeToString(sum[:])
	})}
	text, p := decode(in.Data)
	if p != nil {
		r.reject(in.Source, *p)
		return r.Result
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = lineEnds.Replace(text)
	}
	lines := splitLines(text)
	if items := listing(text, lines); items != nil {
		r.addItems(text, items)
	} else {
		r.addPlain(text, lines)
	}
	return r.Result
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// reader collects what one input gives.
type reader struct {
	Result
	source string
	sha256 func() string // of the input, which only a reject asks for
}

func (r *reader) addItems(text string, items []item) {
	at := 0
	for i, it := range items {
		r.ChromeChars += chars(text[at:it.start])
		at = it.end
		r.add(Article{
			Source:      fmt.Sprintf("%s#%d", r.source, i+1),
			Title:       it.title,
			Tag:         it.tag,
			Text:        strings.TrimSpace(text[it.body.start:it.body.end]),
			PublishedOn: it.published,
		})
	}
	r.ChromeChars += chars(text[at:])
}

// addPlain takes the whole text as one article.
func (r *reader) addPlain(text string, lines []line) {
	a := plain(text, lines)
	if simple := script.Simplified(text); simple != text {
		a = verbatim(text, plain(simple, splitLines(simple)))
	}
	a.Source = r.source
	if !isReport(a.Title+a.Text) && countChrome(lines) >= minChromeLines {
		r.ChromeChars = chars(text)
		r.reject(r.source, problem{stages.NotAReport, "the file holds page navigation and notices but no article"})
		return
	}
	r.add(a)
}

// add takes an article in as a document to be, or rejects it as a scrap.
func (r *reader) add(a Article) {
	switch {
	case !longer(a.Text, MinChars-1):
		r.reject(a.Source, problem{stages.NotAReport,
			fmt.Sprintf("the article has %d characters; a document has at least %d", utf8.RuneCountInString(a.Text), MinChars)})
	case a.Title == "" && !isReport(a.Text):
		r.reject(a.Source, problem{stages.NotAReport, "the text has no title and does not read as a report"})
	default:
		r.Articles = append(r.Articles, a)
	}
}

// problem is why an input or article is rejected.
type problem struct {
	reason stages.Reason
	detail string
}

func (r *reader) reject(source string, p problem) {
	r.Rejects = append(r.Rejects, stages.Reject{
		Source: source, Stage: "extract", Reason: p.reason, Detail: p.detail, SHA256: r.sha256(),
	})
}

// longer reports whether s has more than n code points.
func longer(s string, n int) bool {
	return len(s) > n && (len(s) > n*utf8.UTFMax || utf8.RuneCountInString(s) > n)
}

// chars counts code points without outer white space.
func chars(s string) int { return utf8.RuneCountInString(strings.TrimSpace(s)) }
