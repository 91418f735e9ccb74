package extract

import (
	"strings"

	"xianzhi/stages/pattern"
)

// span is a range of bytes.
type span struct{ start, end int }

// line is a line of the page, blank ones left out.
type line struct {
	span
	text string // without outer blanks
}

func splitLines(text string) []line {
	var lines []line
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		if s := strings.TrimFunc(text[at:end], blank); s != "" {
			lines = append(lines, line{span{at, end}, s})
		}
		at = end + 1
	}
	return lines
}

// item is one article of a listing page: headline, body, publication date.
type item struct {
	span       // from the headline to the last line of body or date
	title, tag string
	body       span
	published  string
}

const (
	maxHeadline = 80 // code points; longer marked lines are paragraphs
	tagged      = 2
	marked      = 1
)

var headline = pattern.MustCompile(`^(?:([•·●▪■◆◇○★☆►▶‣∙*▲△]|[-–]\s|\d{1,3}[.．、)）])\s*(?:【([^【】]{1,30})】)?|【([^【】]{1,30})】)\s*(\S.*)$`)

// readHeadline tells whether a line can be the headline of a list item: tagged when it has
// 【…】, marked when it has a list mark only, 0 when it cannot.
func readHeadline(s string) (title, tag string, kind int) {
	m := headline.FindStringSubmatch(s)
	if m == nil || longer(s, maxHeadline) || sentenceEnd.MatchString(m[4]) {
		return "", "", 0
	}
	if tag = m[2] + m[3]; tag != "" {
		return m[4], tag, tagged
	}
	if m[1][0] >= '0' && m[1][0] <= '9' { // a bare number starts a heading or a clause, not a list item
		return "", "", 0
	}
	return m[4], "", marked
}

// listing gives the items of a listing page in page order, nil if the text is no such page.
//
// An item is a headline, a body and a line that is nothing but the publication date. Only the
// date shows that a marked line was a headline and no navigation entry; an item with 【…】 may
// lack it where the next one follows or a footer line ends it. On a page with tagged headlines
// other marked lines are no headlines.
func listing(text string, lines []line) []item {
	want := marked
	for _, l := range lines {
		if _, _, kind := readHeadline(l.text); kind == tagged {
			want = tagged
			break
		}
	}
	p := page{text: text, lines: lines}
	for i, l := range lines {
		if _, ok := readDate(l.text); ok {
			p.dated = true
		} else if title, tag, kind := readHeadline(l.text); kind >= want && p.startsItem(i, kind) {
			p.close(i, false)
			p.open = &item{span: span{start: l.start, end: l.end}, title: title, tag: tag}
			p.first, p.dated = i+1, false
		}
	}
	p.close(len(lines), true)
	return p.accept()
}

// page is the state of reading a listing.
type page struct {
	text  string
	lines []line
	items []item
	open  *item // the item being read, if any
	first int   // its first line after the headline
	dated bool  // whether it has had a date line
}

// startsItem tells a headline from a list inside a body: within an item that has no date yet
// but a body of some length, an untagged marked line belongs to the body.
func (p *page) startsItem(i, kind int) bool {
	return p.open == nil || kind == tagged || p.dated || !p.long(p.first, i)
}

// long tells whether lines [from, to) hold enough for a document.
func (p *page) long(from, to int) bool {
	if from >= to {
		return false
	}
	s := p.text[p.lines[from].start:p.lines[to-1].end]
	return longer(s, MinChars-1)
}

// dateLine gives the publication date line in [from, to), -1 if there is none. Between two
// headlines it is the last date line, since a report may start or end with dates of its own;
// after the last headline of the page, whose footer may hold dates too, it is the first one that
// follows a body (a date in Chinese, as a delivery date is, only one of some length), or the
// last of several that stand together.
func (p *page) dateLine(from, to int, lastItem bool) int {
	found, settled := -1, false
	for i := from; i < to; i++ {
		if _, ok := readDate(p.lines[i].text); !ok {
			continue
		}
		if lastItem && settled && i > found+1 {
			break
		}
		found = i
		settled = settled || p.long(from, i) || i > from && numericDate.MatchString(p.lines[i].text)
	}
	return found
}

// close ends the open item before line end and keeps it if it is an article's: if it has a date
// or at least a tag.
func (p *page) close(end int, lastItem bool) {
	it, first := p.open, p.first
	p.open = nil
	if it == nil {
		return
	}
	date := p.dateLine(first, end, lastItem)
	bodyEnd := date
	if date >= 0 {
		it.published, _ = readDate(p.lines[date].text)
		it.end = p.lines[date].end
	}
	if date == first { // the date stands above the body
		first++
	}
	if date < first { // no date below the body: it ends where a footer starts
		for bodyEnd = first; bodyEnd < end && !isFooter(p.lines[bodyEnd].text); bodyEnd++ {
		}
	}
	if bodyEnd > first {
		it.body = span{p.lines[first].start, p.lines[bodyEnd-1].end}
		it.end = max(it.end, it.body.end)
	}
	if it.published != "" || it.tag != "" && it.body.end > 0 {
		p.items = append(p.items, *it)
	}
}

// accept decides whether the items found make the text a listing page. A plain report may hold
// marked lines and end with a date: it is no listing where the text before its first item reads
// as a report, no item has a date, or a sole untagged item has no report's headline.
func (p *page) accept() []item {
	dated := false
	for _, it := range p.items {
		dated = dated || it.published != ""
	}
	switch {
	case !dated, isReport(p.text[:p.items[0].start]):
		return nil
	case len(p.items) == 1 && p.items[0].tag == "" && !reportHeadline.MatchString(p.items[0].title):
		return nil
	}
	return p.items
}
