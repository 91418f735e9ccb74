// Package normalize turns an article into rows: one of documents, and those of indicators and
// projects.
//
// Input: an extracted article. Output: rows with all their keys, in the tables' sort orders.
// Nothing is read or written outside the values; what needs several documents (vintages,
// duplicates, the panel) is package pipeline's.
package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"xianzhi/schemas"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize/header"
	"xianzhi/stages/normalize/indicator"
	"xianzhi/stages/normalize/project"
	"xianzhi/stages/normalize/region"
	"xianzhi/stages/script"
	"xianzhi/stages/segment"
)

// Normalizer holds the rules of all readers; it is safe for concurrent use.
type Normalizer struct {
	regions    *region.Resolver
	indicators *indicator.Reader
	projects   *project.Reader
}

// Result is what one article gives.
type Result struct {
	Document   schemas.Document
	Indicators []schemas.Indicator
	Projects   []schemas.Project
	Identities []string // of the projects: what tells one in other reports of the region, "" for nothing
}

// New loads the rules and the dictionary.
func New() (*Normalizer, error) {
	words, err := indicator.Vocabulary()
	if err != nil {
		return nil, err
	}
	k, err := segment.NewTokenizer(words...)
	if err != nil {
		return nil, fmt.Errorf("loading the dictionary: %w", err)
	}
	i, err := indicator.New(k)
	if err != nil {
		return nil, err
	}
	p, err := project.New(k)
	if err != nil {
		return nil, fmt.Errorf("project rules: %w", err)
	}
	return &Normalizer{regions: region.New(), indicators: i, projects: p}, nil
}

// Document reads an article.
func (n *Normalizer) Document(a extract.Article) Result {
	t := segment.Split(a.Text)
	h := header.Read(a, t)
	d := document(a, t, h)
	m, ok := n.regions.Resolve(region.Query{Title: script.Simplified(a.Title), Tag: script.Simplified(a.Tag), Source: a.Source, Opening: header.Opening(t), Body: t.Folded, Year: h.ReportYear})
	if ok {
		d.RegionCode, d.RegionName, d.Level = schemas.Some(m.Code), schemas.Some(m.Name), schemas.Some(m.Level)
	} else {
		for _, c := range m.Candidates {
			d.RegionCandidates = append(d.RegionCandidates, c.Code)
		}
	}
	r := Result{Document: d}
	found := n.indicators.Read(t, h.ReportYear)
	rows := make([]*schemas.Indicator, 0, len(found))
	for i := range found {
		row := locate(t, &found[i])
		row.DocID, row.RegionCode, row.ReportYear = d.DocID, d.RegionCode, d.ReportYear
		rows = append(rows, row)
	}
	r.Indicators = ordered(rows, schemas.IndicatorTable)
	prefix := d.DocID + ":"
	for i := range r.Indicators {
		x := &r.Indicators[i]
		x.IndicatorID = rowID(prefix, x.CharStart, ordinal(r.Indicators[:i], x, indicatorSpan))
	}
	if h.DocType == header.WorkReport {
		r.Projects, r.Identities = n.planned(t, d, h.ReportYear)
	}
	return r
}

// planned returns the projects of a text and their identities.
func (n *Normalizer) planned(t *segment.Text, d schemas.Document, year int) ([]schemas.Project, []string) {
	found := n.projects.Read(t, year)
	rows := make([]*schemas.Project, 0, len(found))
	for i := range found {
		f := &found[i]
		row := &f.Row
		row.DocID, row.RegionCode, row.ReportYear = d.DocID, d.RegionCode, d.ReportYear
		row.CharStart, row.CharEnd = t.CodePoints(f.Span)
		row.Evidence = t.Verbatim(f.Sentence)
		rows = append(rows, row)
	}
	out := ordered(rows, schemas.ProjectTable)
	prefix := d.DocID + ":p:"
	for i := range out {
		x := &out[i]
		x.ProjectID = rowID(prefix, x.CharStart, ordinal(out[:i], x, projectSpan))
	}
	cores := make([]string, len(out))
	for i := range out {
		cores[i] = project.Core(out[i].Name)
	}
	linkMentions(out, cores)
	for i := range out {
		cores[i] = n.projects.Identity(&out[i], cores[i])
	}
	return out, cores
}

// ordered returns the rows in the order of their table. They are large: pointers are sorted.
func ordered[R any](rows []*R, table schemas.Table[R]) []R {
	if len(rows) == 0 {
		return nil
	}
	slices.SortStableFunc(rows, table.Compare)
	out := make([]R, 0, len(rows))
	for _, row := range rows {
		out = append(out, *row)
	}
	return out
}

// linkMentions points every later mention of an undertaking, told by the cores of the names, to the first.
// Bundles are the same only where they count as many.
func linkMentions(rows []schemas.Project, cores []string) {
	type undertaking struct {
		core  string
		count int32
	}
	first := make(map[undertaking]string, len(rows))
	for i := range rows {
		u := undertaking{cores[i], rows[i].Count.Or(0)}
		if id, again := first[u]; again {
			rows[i].SameAs = schemas.Some(id)
		} else {
			first[u] = rows[i].ProjectID
		}
	}
}

// rowID is prefix, place and ordinal.
func rowID(prefix string, at int32, ordinal int) string {
	var room [64]byte
	id := strconv.AppendInt(append(room[:0], prefix...), int64(at), 10)
	return string(strconv.AppendInt(append(id, ':'), int64(ordinal), 10))
}

// ordinal counts the rows before one, which are in the order of their table, that have its span.
func ordinal[R any](before []R, row *R, span func(*R) (start, end int32)) int {
	start, end := span(row)
	n := 0
	for i := len(before) - 1; i >= 0; i-- {
		switch s, e := span(&before[i]); {
		case s != start:
			return n
		case e == end:
			n++
		}
	}
	return n
}

func indicatorSpan(r *schemas.Indicator) (start, end int32) { return r.CharStart, r.CharEnd }

func projectSpan(r *schemas.Project) (start, end int32) { return r.CharStart, r.CharEnd }

// locate fills the columns of a row that depend on the text.
func locate(t *segment.Text, f *indicator.Found) *schemas.Indicator {
	row := f.Row
	row.ValueText, row.Evidence = t.Verbatim(f.Span), t.Verbatim(f.Sentence)
	row.CharStart, row.CharEnd = t.CodePoints(f.Span)
	return row
}

// hashOf is the SHA-256 of a text, which is read piece by piece: a copy of it all would be as large.
func hashOf(text string) string {
	h, piece := sha256.New(), make([]byte, 4096)
	for text != "" {
		n := copy(piece, text)
		h.Write(piece[:n])
		text = text[n:]
	}
	return hex.EncodeToString(h.Sum(nil))
}

func document(a extract.Article, t *segment.Text, h header.Header) schemas.Document {
	hash := hashOf(a.Text)
	d := schemas.Document{
		DocID: hash[:16], Source: a.Source, Title: schemas.NonEmpty(a.Title), DocType: h.DocType,
		Meeting: schemas.NonEmpty(h.Meeting), DeliveredOn: h.DeliveredOn,
		Speaker: schemas.NonEmpty(h.Speaker), SpeakerTitle: schemas.NonEmpty(h.SpeakerTitle),
		Vintage: 1, IsLatest: true,
		Text: a.Text, NChars: int32(t.CodePointCount), SHA256: hash,
		Sections: make([]schemas.Section, 0, len(t.Sections)),
	}
	if h.ReportYear > 0 {
		d.ReportYear = schemas.Some(int32(h.ReportYear))
	}
	if h.ReviewYear > 0 {
		d.ReviewYear = schemas.Some(int32(h.ReviewYear))
	}
	if on, err := schemas.ParseDate(a.PublishedOn); err == nil {
		d.PublishedOn = schemas.Some(on)
	}
	for _, s := range t.Sections {
		start, end := t.CodePoints(s.Span)
		d.Sections = append(d.Sections, schemas.Section{Title: s.Title, Kind: string(s.Kind), CharStart: start, CharEnd: end})
	}
	return d
}

// Explained is one numeral of a text given to Explain.
type Explained struct {
	Role  string            // indicator, project_attr, date, label or other
	Row   schemas.Indicator // for any other Role than indicator only ValueText, Evidence and the offsets
	Rules []string          // which rule decided what
}

// Explain reads a piece of text as part of a report of the given year (0: unknown) and returns
// every numeral in order, also those that are no quantities.
func (n *Normalizer) Explain(text string, year int) []Explained {
	t := segment.Split(text)
	var out []Explained
	for _, f := range n.indicators.Trace(t, year) {
		if f.Row == nil {
			f.Row = &schemas.Indicator{}
		}
		out = append(out, Explained{Role: f.Role, Row: *locate(t, &f), Rules: f.Rules})
	}
	return out
}
