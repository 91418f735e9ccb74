package pipeline

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"unicode/utf8"

	"xianzhi/pipeline/rollup"
	"xianzhi/schemas"
	"xianzhi/stages"
	"xianzhi/stages/normalize"
	"xianzhi/stages/normalize/number"
	"xianzhi/stages/segment"
)

// minSimilarity is the share of common 5-grams from which two texts with the same numbers are
// the same report.
const minSimilarity = 0.95

// edition is what the texts of the same report share: place, type and report year. The place is
// the code of the report year, as a report may carry the name and code that ended in it.
type edition struct {
	place, docType string
	year           int32
}

func editionOf(d *schemas.Document) (edition, bool) {
	if !d.RegionCode.Valid || !d.ReportYear.Valid {
		return edition{}, false
	}
	return edition{rollup.CodeIn(d, int(d.ReportYear.Value)).Or(d.RegionCode.Value), d.DocType, d.ReportYear.Value}, true
}

// dropCopies rejects, of the texts of one edition that state the same numbers in nearly the same
// words, all but the one published first, then the longest, then the first source.
func (b *batch) dropCopies(results []normalize.Result) []normalize.Result {
	editions := map[edition][]*schemas.Document{}
	for i := range results {
		if e, ok := editionOf(&results[i].Document); ok {
			editions[e] = append(editions[e], &results[i].Document)
		}
	}
	original := map[string]*schemas.Document{} // of a copy, by doc_id
	for docs := range maps.Values(editions) {
		if len(docs) > 1 {
			findCopies(docs, original)
		}
	}
	if len(original) == 0 {
		return results
	}
	files := make(map[string]string, len(b.articles)) // hashes by source
	for _, a := range b.articles {
		files[a.Source] = a.fileSHA256
	}
	for i, r := range b.rejects { // what equals a copy is one, too
		if o := original[r.DuplicateOf]; o != nil {
			b.rejects[i].DuplicateOf = o.DocID
		}
	}
	kept := results[:0]
	for _, r := range results {
		o := original[r.Document.DocID]
		if o == nil {
			kept = append(kept, r)
			continue
		}
		b.rejects = append(b.rejects, stages.Reject{Source: r.Document.Source, Stage: "normalize", Reason: stages.Duplicate,
			Detail: "has the same numbers and nearly the same words as " + o.Source, SHA256: files[r.Document.Source], DuplicateOf: o.DocID})
	}
	return kept
}

// findCopies compares the texts of one edition, given in the order of their sources, and adds
// the original of every copy.
func findCopies(docs []*schemas.Document, original map[string]*schemas.Document) {
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b *schemas.Document) int {
		const late = math.MaxInt32 // an unknown date is no reason to win
		return cmp.Or(day(a.PublishedOn, late)-day(b.PublishedOn, late), cmp.Compare(b.NChars, a.NChars))
	})
	var originals []content
	for _, d := range docs {
		c := contentOf(d)
		same := slices.IndexFunc(originals, func(o content) bool {
			return slices.Equal(o.numbers, c.numbers) && similarity(o.grams, c.grams) >= minSimilarity
		})
		if same < 0 {
			originals = append(originals, c)
			continue
		}
		original[d.DocID] = originals[same].doc
	}
}

// pageLine is a line about the page that shows a report, not of the report itself.
var pageLine = regexp.MustCompile(`(?m)^[ \t　]*(?:(?:信息|文章)?来源|作者|(?:责任)?编辑|(?:发布|发表|更新|公布|印发)?(?:时间|日期)|浏览(?:次数|量)?|点击数?|字号)[ \t　]*[:：].{0,60}$|` +
	`^[ \t　]*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ \t　]+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[ \t　]*$`)

// content is what decides whether two texts are copies: white space, the width of characters and
// what the page says of itself do not count.
type content struct {
	doc     *schemas.Document
	numbers []string            // as written, in order
	grams   map[string]struct{} // runs of five characters
}

func contentOf(d *schemas.Document) content {
	const gram = 5
	text := segment.Split(pageLine.ReplaceAllString(d.Text, "")).Folded
	c := content{doc: d, grams: make(map[string]struct{}, len(text)/3)}
	for _, n := range number.Find(text) {
		c.numbers = append(c.numbers, text[n.Start:n.End])
	}
	end := 0
	for start, runes := 0, 0; end < len(text); {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		if runes++; runes >= gram {
			c.grams[text[start:end]] = struct{}{}
			_, size = utf8.DecodeRuneInString(text[start:])
			start += size
		}
	}
	return c
}

// similarity is the Jaccard index: common members as a share of all.
func similarity(a, b map[string]struct{}) float64 {
	common := 0
	for gram := range a {
		if _, ok := b[gram]; ok {
			common++
		}
	}
	if all := len(a) + len(b) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 1
}

// day is a date as a number, or what stands for an unknown one.
func day(d schemas.Optional[schemas.Date], unknown int) int {
	if d.Valid {
		return int(d.Value.Days)
	}
	return unknown
}

// revised are the document types of which a region publishes one a year, so that a second one
// is a new vintage of the first.
var revised = []string{"work_report", "statistical_communique"}

// setVintages numbers the texts of an edition, given in the order of their sources, by the dates
// of publication, then of delivery, then by source. A text without a date is older than those
// that have one.
func setVintages(documents []schemas.Document) {
	editions := map[edition][]*schemas.Document{}
	for i := range documents {
		d := &documents[i]
		d.Vintage, d.IsLatest = 1, true
		if e, ok := editionOf(d); ok && slices.Contains(revised, d.DocType) {
			editions[e] = append(editions[e], d)
		}
	}
	for docs := range maps.Values(editions) {
		slices.SortStableFunc(docs, func(a, b *schemas.Document) int {
			const early = math.MinInt32
			return cmp.Or(day(a.PublishedOn, early)-day(b.PublishedOn, early), day(a.DeliveredOn, early)-day(b.DeliveredOn, early))
		})
		for i, d := range docs {
			d.Vintage, d.IsLatest = int32(i+1), i == len(docs)-1
		}
	}
}
