package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"

	"xianzhi/pipeline/rollup"
	"xianzhi/pipeline/rows"
	"xianzhi/pipeline/state"
	"xianzhi/schemas"
	"xianzhi/stages"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

// article is what stays in memory of an article, however long it is; the rest lies in the state.
type article struct {
	doc        schemas.Document         // keys, dates and length only
	published  string                   // as on the page
	failed     string                   // how the program failed on it, "" if it did not
	headlines  rollup.Headlines         // that it states
	panelYears []int32                  // that its statements for the panel speak of
	fixed      schemas.Optional[string] // region_code_2020, once the base year matters
	fileSHA256 string
	record     *state.Record // of its file
	part       int           // the first of its own there
}

// The parts of an article in a record, in order.
const (
	documentPart = iota
	indicatorsPart
	projectsPart
	identitiesPart // of the projects
	statementsPart // for the panel
	partsPerArticle
)

// newArticle takes down what a run needs of an article and gives the parts of its record, packed.
func newArticle(a extract.Article, r normalize.Result, failed *stages.Reject) (*article, [][]byte) {
	own := &article{published: a.PublishedOn}
	if failed != nil {
		sum := sha256.Sum256([]byte(a.Text))
		hash := hex.EncodeToString(sum[:])
		own.failed = failed.Detail
		own.doc = schemas.Document{DocID: hash[:16], SHA256: hash, Source: a.Source}
		return own, slices.Repeat([][]byte{state.Pack(nil)}, partsPerArticle)
	}
	d := &r.Document
	own.doc = schemas.Document{DocID: d.DocID, Source: d.Source, DocType: d.DocType, RegionCode: d.RegionCode, ReportYear: d.ReportYear,
		DeliveredOn: d.DeliveredOn, PublishedOn: d.PublishedOn, NChars: d.NChars, SHA256: d.SHA256}
	own.headlines = rollup.HeadlinesOf(r.Indicators)
	statements := rollup.Statements(d, r.Indicators)
	own.panelYears = rollup.Years(statements)
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	return own, [][]byte{
		documentPart:   packed(room, d, rows.Document),
		indicatorsPart: packed(room, &r.Indicators, rows.Indicators),
		projectsPart:   packed(room, &r.Projects, rows.Projects),
		identitiesPart: packed(room, &r.Identities, rows.Texts),
		statementsPart: packed(room, &statements, statementFields),
	}
}

// rooms are memory for parts before they are packed.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

func packed[T any](room *[]byte, v *T, fields func(*rows.Coder, *T)) []byte {
	*room = rows.Marshal(*room, v, fields)
	return state.Pack(*room)
}

// finding is what a file came to: the head of its record.
type finding struct {
	rejects     []stages.Reject
	chromeChars int
	articles    []*article
}

func findingFields(c *rows.Coder, f *finding) {
	rows.List(c, &f.rejects, func(c *rows.Coder, r *stages.Reject) {
		reason := string(r.Reason)
		c.Text(&r.Source)
		c.Text(&r.Stage)
		c.Text(&reason)
		c.Text(&r.Detail)
		c.Text(&r.SHA256)
		r.Reason = stages.Reason(reason)
	})
	c.Count(&f.chromeChars)
	rows.List(c, &f.articles, func(c *rows.Coder, a **article) {
		if *a == nil {
			*a = &article{}
		}
		articleFields(c, *a)
	})
}

func articleFields(c *rows.Coder, a *article) {
	rows.Document(c, &a.doc)
	c.Text(&a.published)
	c.Text(&a.failed)
	headlines := int(a.headlines)
	c.Count(&headlines)
	a.headlines = rollup.Headlines(headlines)
	rows.List(c, &a.panelYears, (*rows.Coder).Int32)
}

func statementFields(c *rows.Coder, list *[]rollup.Statement) {
	rows.List(c, list, func(c *rows.Coder, s *rollup.Statement) {
		c.Text(&s.IndicatorID)
		c.Text(&s.Column)
		c.Int32(&s.Year)
		c.Float64(&s.Value)
		c.Text(&s.Bound)
		c.Float64(&s.Confidence)
		c.Count(&s.Section)
		c.Int32(&s.CharStart)
	})
}
