package pipeline

import (
	"context"
	"crypto/sha256"
	"fmt"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"xianzhi/pipeline/input"
	"xianzhi/pipeline/observe"
	"xianzhi/pipeline/release"
	"xianzhi/schemas"
	"xianzhi/stages"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

// batch is the work of a run. Its steps go in order: read, dropDuplicates, normalize,
// dropCopies. Results stand in the order of the sources, whichever worker was first.
type batch struct {
	options     RunOptions
	recorder    *observe.Recorder
	inputs      []release.Input
	articles    []article
	rejects     []stages.Reject
	chromeChars int
}

// article is an article and the hash of the file that it came from.
type article struct {
	extract.Article
	fileSHA256 string
}

// each runs work for 0 … n-1 on the workers, until one fails or ctx ends.
func (b *batch) each(ctx context.Context, n int, work func(int)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(b.options.Workers)
	for i := range n {
		group.Go(func() error {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			work(i)
			return nil
		})
	}
	return group.Wait()
}

// read reads the files and finds their articles.
func (b *batch) read(ctx context.Context, plan input.Plan) error {
	type outcome struct {
		extract.Result
		sha256 string
	}
	find := observe.Wrap(b.recorder, "extract", extract.Extract)
	outcomes := make([]outcome, len(plan.Files))
	b.recorder.Expect("extract", len(plan.Files))
	err := b.each(ctx, len(plan.Files), func(i int) {
		f, out := plan.Files[i], &outcomes[i]
		content, reject := f.Read(b.options.Stdin)
		if reject != nil {
			out.Rejects, out.sha256 = []stages.Reject{*reject}, reject.SHA256
			return
		}
		out.sha256 = content.SHA256
		if reject := b.guard(f.Source, "extract", func() {
			out.Result = find(extract.Input{Source: f.Source, Data: content.Data})
		}); reject != nil {
			out.Rejects = []stages.Reject{*reject}
		}
		for r := range out.Rejects {
			out.Rejects[r].SHA256 = content.SHA256 // of the file as it lies there, compressed or not
		}
	})
	if err != nil {
		return err
	}
	for _, r := range b.rejects {
		b.inputs = append(b.inputs, release.Input{Source: r.Source})
	}
	for i, out := range outcomes {
		b.inputs = append(b.inputs, release.Input{Source: plan.Files[i].Source, SHA256: out.sha256})
		b.rejects = append(b.rejects, out.Rejects...)
		b.chromeChars += out.ChromeChars
		for _, a := range out.Articles {
			b.articles = append(b.articles, article{a, out.sha256})
		}
	}
	return nil
}

// dropDuplicates keeps, of the articles with the same text, the one published first, else the
// first in the order of the sources.
func (b *batch) dropDuplicates() {
	best := map[[sha256.Size]byte]article{}
	for _, a := range b.articles {
		sum := sha256.Sum256([]byte(a.Text))
		if other, ok := best[sum]; !ok || publishedBefore(a.PublishedOn, other.PublishedOn) {
			best[sum] = a
		}
	}
	kept := b.articles[:0]
	for _, a := range b.articles {
		sum := sha256.Sum256([]byte(a.Text))
		if first := best[sum]; a.Source != first.Source {
			b.rejects = append(b.rejects, stages.Reject{Source: a.Source, Stage: "extract", Reason: stages.Duplicate,
				Detail: "has the same text as " + first.Source, SHA256: a.fileSHA256, DuplicateOf: fmt.Sprintf("%x", sum[:8])})
			continue
		}
		kept = append(kept, a)
	}
	b.articles = kept
}

// publishedBefore compares ISO dates; a known one is before none.
func publishedBefore(a, b string) bool { return a != "" && (b == "" || a < b) }

// normalize reads every article; one that makes the program panic is rejected.
func (b *batch) normalize(ctx context.Context, document func(extract.Article) normalize.Result) ([]normalize.Result, error) {
	document = observe.Wrap(b.recorder, "normalize", document)
	results := make([]normalize.Result, len(b.articles))
	rejects := make([]*stages.Reject, len(b.articles))
	b.recorder.Expect("normalize", len(b.articles))
	err := b.each(ctx, len(b.articles), func(i int) {
		rejects[i] = b.guard(b.articles[i].Source, "normalize", func() { results[i] = document(b.articles[i].Article) })
	})
	if err != nil {
		return nil, err
	}
	kept := results[:0]
	for i, r := range rejects {
		if r == nil {
			kept = append(kept, results[i])
			continue
		}
		r.SHA256 = b.articles[i].fileSHA256
		b.rejects = append(b.rejects, *r)
	}
	return kept, nil
}

// checkDuplicates clears the keys of duplicates whose first text made the program panic.
func (b *batch) checkDuplicates(documents []schemas.Document) {
	known := make(map[string]bool, len(documents))
	for i := range documents {
		known[documents[i].DocID] = true
	}
	for i := range b.rejects {
		if !known[b.rejects[i].DuplicateOf] {
			b.rejects[i].DuplicateOf = ""
		}
	}
}

// guard runs work and turns a panic, which is a defect of the program, into a reject of the one
// text that showed it.
func (b *batch) guard(source, stage string, work func()) (reject *stages.Reject) {
	defer func() {
		if p := recover(); p != nil {
			b.options.Log.Error("a defect of the program; the text is in quarantine, please report it",
				"source", source, "stage", stage, "panic", p, "stack", string(debug.Stack()))
			reject = &stages.Reject{Source: source, Stage: stage, Reason: stages.InternalError,
				Detail: fmt.Sprintf("the program failed on this text: %v", p)}
		}
	}()
	work()
	return nil
}
