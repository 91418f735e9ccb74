package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"xianzhi/pipeline/rollup"
	"xianzhi/pipeline/rows"
	"xianzhi/schemas"
	"xianzhi/stages"
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

// decide tells apart documents, duplicates and copies, and numbers the vintages.
func (b *batch) decide(ctx context.Context) error {
	b.dropDuplicates()
	b.dropFailed()
	if err := b.dropCopies(ctx); err != nil {
		return err
	}
	docs := make([]*schemas.Document, len(b.articles))
	for i, a := range b.articles {
		docs[i] = &a.doc
	}
	b.checkDuplicates(docs)
	setVintages(docs)
	return nil
}

// dropDuplicates keeps, of the articles with the same text, the one published first, else the
// first in the order of the sources.
func (b *batch) dropDuplicates() {
	best := map[string]*article{} // by hash of the text
	for _, a := range b.articles {
		if other, ok := best[a.doc.SHA256]; !ok || publishedBefore(a.published, other.published) {
			best[a.doc.SHA256] = a
		}
	}
	b.articles = slices.DeleteFunc(b.articles, func(a *article) bool {
		first := best[a.doc.SHA256]
		if a == first {
			return false
		}
		b.rejects = append(b.rejects, stages.Reject{Source: a.doc.Source, Stage: "extract", Reason: stages.Duplicate,
			Detail: "has the same text as " + first.doc.Source, SHA256: a.fileSHA256, DuplicateOf: a.doc.DocID})
		return true
	})
}

// publishedBefore compares ISO dates; a known one is before none.
func publishedBefore(a, b string) bool { return a != "" && (b == "" || a < b) }

// dropFailed rejects the articles that made the program panic.
func (b *batch) dropFailed() {
	b.articles = slices.DeleteFunc(b.articles, func(a *article) bool {
		if a.failed != "" {
			b.rejects = append(b.rejects, stages.Reject{Source: a.doc.Source, Stage: "normalize", Reason: stages.InternalError,
				Detail: a.failed, SHA256: a.fileSHA256})
		}
		return a.failed != ""
	})
}

// checkDuplicates clears the keys of duplicates whose first text made the program panic.
func (b *batch) checkDuplicates(documents []*schemas.Document) {
	known := make(map[string]bool, len(documents))
	for _, d := range documents {
		known[d.DocID] = true
	}
	for i := range b.rejects {
		if !known[b.rejects[i].DuplicateOf] {
			b.rejects[i].DuplicateOf = ""
		}
	}
}

// dropCopies rejects, of the texts of one edition that state the same numbers in nearly the same
// words, all but the one published first, then the longest, then the first source.
func (b *batch) dropCopies(ctx context.Context) error {
	byEdition := map[edition][]*article{}
	for _, a := range b.articles {
		if e, ok := editionOf(&a.doc); ok {
			byEdition[e] = append(byEdition[e], a)
		}
	}
	var several [][]*article
	for _, texts := range byEdition {
		if len(texts) > 1 {
			several = append(several, texts)
		}
	}
	var mu sync.Mutex
	original := map[string]*article{} // of a copy, by doc_id
	err := b.each(ctx, len(several), func(ctx context.Context, i int) error {
		return findCopies(several[i], func(a *article) (content, error) {
			if err := context.Cause(ctx); err != nil {
				return content{}, err
			}
			d, err := part(b, a, documentPart, rows.Document)
			return contentOf(d.Text), err
		}, func(c, of *article) {
			mu.Lock()
			defer mu.Unlock()
			original[c.doc.DocID] = of
		})
	})
	if err != nil || len(original) == 0 {
		return err
	}
	for i, r := range b.rejects { // what equals a copy is one, too
		if o := original[r.DuplicateOf]; o != nil {
			b.rejects[i].DuplicateOf = o.doc.DocID
		}
	}
	b.articles = slices.DeleteFunc(b.articles, func(a *article) bool {
		o := original[a.doc.DocID]
		if o != nil {
			b.rejects = append(b.rejects, stages.Reject{Source: a.doc.Source, Stage: "normalize", Reason: stages.Duplicate,
				Detail: "has the same numbers and nearly the same words as " + o.doc.Source, SHA256: a.fileSHA256, DuplicateOf: o.doc.DocID})
		}
		return o != nil
	})
	return nil
}

// maxHeld is how many contents of one edition are held at once; more are read again each time.
const maxHeld = 200

// findCopies compares the texts of one edition, given in the order of their sources, and reports
// the original of every copy.
func findCopies(texts []*article, read func(*article) (content, error), report func(copied, original *article)) error {
	texts = slices.Clone(texts)
	slices.SortStableFunc(texts, func(a, b *article) int {
		const late = math.MaxInt32 // an unknown date is no reason to win
		return cmp.Or(day(a.doc.PublishedOn, late)-day(b.doc.PublishedOn, late), cmp.Compare(b.doc.NChars, a.doc.NChars))
	})
	type known struct {
		*article
		content
		size int // of grams once they were needed, also where they are not held
		held bool
	}
	var originals []known
texts:
	for _, a := range texts {
		c, err := read(a)
		if err != nil {
			return err
		}
		for i := range originals {
			o := &originals[i]
			if o.numbers != c.numbers || o.size > 0 && !closeInSize(o.size, len(c.grams())) {
				continue
			}
			its := &o.content
			if !o.held {
				again, err := read(o.article)
				if err != nil {
					return err
				}
				its = &again
			}
			o.size = len(its.grams())
			if closeInSize(o.size, len(c.grams())) && similarity(its.grams(), c.grams()) >= minSimilarity {
				report(a, o.article)
				continue texts
			}
		}
		o := known{article: a, content: c, size: len(c.hashes), held: len(originals) < maxHeld}
		if !o.held {
			o.content = content{numbers: c.numbers}
		}
		originals = append(originals, o)
	}
	return nil
}

// pageStarts are the characters with which a pageLine begins: a look at the first tells nearly all
// lines of a report from one.
const pageStarts = "信文来作责编发更公印时日浏点字0123456789"

var pageLine = regexp.MustCompile(`^(?:(?:信息|文章)?来源|作者|(?:责任)?编辑|(?:发布|发表|更新|公布|印发)?(?:时间|日期)|浏览(?:次数|量)?|点击数?|字号)[ \t　]*[:：].{0,60}$|` +
	`^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ \t　]+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[ \t　]*$`)

// isPageLine tells a line about the page that shows a report from those of the report itself.
func isPageLine(line string) bool {
	line = strings.TrimLeft(line, " \t　")
	first, _ := utf8.DecodeRuneInString(line)
	return strings.ContainsRune(pageStarts, first) && pageLine.MatchString(line)
}

// content is what decides whether two texts are copies: white space, the width of characters and
// what the page says of itself do not count.
type content struct {
	numbers [sha256.Size]byte // hash of the numbers as written, in order
	text    string            // folded
	hashes  []uint64          // grams, once they were needed
}

func contentOf(text string) content {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if isPageLine(line) {
			lines[i] = ""
		}
	}
	c := content{text: segment.Fold(strings.Join(lines, "\n"))}
	sum := sha256.New()
	var written []byte
	for _, n := range number.Find(c.text) {
		written = append(append(written[:0], c.text[n.Start:n.End]...), '\n')
		sum.Write(written) // a hash takes everything
	}
	sum.Sum(c.numbers[:0])
	return c
}

// grams are the hashes of the runs of five characters, sorted, each once. Few texts need them:
// most differ in numbers.
func (c *content) grams() []uint64 {
	const gram = 5
	if c.hashes != nil {
		return c.hashes
	}
	c.hashes = make([]uint64, 0, len(c.text)/len("字"))
	end := 0
	for start, runes := 0, 0; end < len(c.text); {
		_, size := utf8.DecodeRuneInString(c.text[end:])
		end += size
		if runes++; runes >= gram {
			c.hashes = append(c.hashes, hash(c.text[start:end]))
			_, size = utf8.DecodeRuneInString(c.text[start:])
			start += size
		}
	}
	slices.Sort(c.hashes)
	c.hashes = slices.Compact(c.hashes)
	c.text = ""
	return c.hashes
}

// hash is FNV-1a, the same in every process.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// closeInSize tells from the sizes of two sets whether they can be similar enough.
func closeInSize(a, b int) bool { return float64(min(a, b)) >= minSimilarity*float64(max(a, b)) }

// similarity is the Jaccard index of two sorted sets: common members as a share of all.
func similarity(a, b []uint64) float64 {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common++
			i++
			j++
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
func setVintages(documents []*schemas.Document) {
	editions := map[edition][]*schemas.Document{}
	for _, d := range documents {
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
