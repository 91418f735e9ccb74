package pipeline

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"xianzhi/pipeline/input"
	"xianzhi/pipeline/observe"
	"xianzhi/pipeline/release"
	"xianzhi/pipeline/rows"
	"xianzhi/pipeline/state"
	"xianzhi/stages"
	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

// batch is the work of a run. Its steps go in order: read, then decide, then the tables. What
// comes out stands in the order of the sources, whichever worker was first.
type batch struct {
	options     RunOptions
	recorder    *observe.Recorder
	state       *state.File
	slots       chan struct{} // of work: as many as workers
	find        func(extract.Input) extract.Result
	document    func() (func(extract.Article) normalize.Result, error) // loads the rules once
	inputs      []release.Input
	articles    []*article
	rejects     []stages.Reject
	chromeChars int
}

func newBatch(o RunOptions, kept *state.File) *batch {
	return &batch{options: o, recorder: observe.NewRecorder(o.Progress), state: kept, slots: make(chan struct{}, o.Workers), find: extract.Extract,
		document: sync.OnceValues(func() (func(extract.Article) normalize.Result, error) {
			n, err := normalize.New()
			if err != nil {
				return nil, fmt.Errorf("cannot load the rules: %w", err)
			}
			return n.Document, nil
		})}
}

// MaxDocumentBytes is the length of text beyond which an article is rejected as too large. The
// longest reports have half a megabyte; the limit bounds the rows that are held at once.
const MaxDocumentBytes = 4 << 20

// each runs work for 0 … n-1, as many at once as there are workers, until one fails or ctx ends.
func (b *batch) each(ctx context.Context, n int, work func(context.Context, int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(b.options.Workers)
	for i := range n {
		group.Go(func() error {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			return work(ctx, i)
		})
	}
	return group.Wait()
}

// read reads the files and notes what each came to. As many files are held at once as there are
// workers; what is done with lies in the state.
func (b *batch) read(ctx context.Context, plan input.Plan) error {
	type outcome struct {
		finding
		sha256 string
	}
	outcomes := make([]outcome, len(plan.Files))
	b.recorder.Expect("read", len(plan.Files))
	err := b.each(ctx, len(plan.Files), func(ctx context.Context, i int) (err error) {
		outcomes[i].finding, outcomes[i].sha256, err = b.file(ctx, plan.Files[i])
		return err
	})
	b.document = nil // the rules take 40 MB
	if err != nil {
		return err
	}
	b.rejects = slices.Clone(plan.Rejects)
	for _, r := range b.rejects {
		b.inputs = append(b.inputs, unreadable(r))
	}
	for i, out := range outcomes {
		if out.sha256 != "" {
			b.inputs = append(b.inputs, release.Input{Source: plan.Files[i].Source, SHA256: out.sha256})
		} else {
			b.inputs = append(b.inputs, unreadable(out.rejects[0]))
		}
		b.rejects = append(b.rejects, out.rejects...)
		b.chromeChars += out.chromeChars
		b.articles = append(b.articles, out.articles...)
	}
	return nil
}

// hashes gives the inputs as read does, without a look at what is in them.
func (b *batch) hashes(ctx context.Context, plan input.Plan) ([]release.Input, error) {
	inputs := make([]release.Input, len(plan.Files))
	err := b.each(ctx, len(plan.Files), func(ctx context.Context, i int) error {
		return b.work(ctx, "hash", func() {
			raw, reject := plan.Files[i].Read(nil)
			inputs[i] = release.Input{Source: plan.Files[i].Source, SHA256: raw.SHA256}
			if reject != nil {
				inputs[i] = unreadable(*reject)
			}
		})
	})
	for _, r := range plan.Rejects {
		inputs = append(inputs, unreadable(r))
	}
	return inputs, err
}

// unreadable is an input whose bytes nobody has seen.
func unreadable(r stages.Reject) release.Input {
	return release.Input{Source: r.Source, Problem: r.Detail}
}

// file gives what a file came to, now or in an earlier run, and the hash of its bytes.
func (b *batch) file(ctx context.Context, f input.File) (finding, string, error) {
	var raw input.Raw
	var reject *stages.Reject
	err := b.work(ctx, "read", func() { raw, reject = f.Read(b.options.Stdin) })
	if err != nil || reject != nil {
		return rejected(reject), "", err
	}
	sum := raw.SHA256
	if record, ok := b.state.Find(f.Source, sum); ok {
		if found, err := rows.Unmarshal(record.Head, findingFields); err == nil {
			found.place(record, sum)
			return found, sum, nil
		}
	}
	text, reject := raw.Text()
	if reject != nil {
		return rejected(reject), sum, nil
	}
	raw = input.Raw{} // the bytes may go
	found, parts, err := b.take(ctx, extract.Input{Source: f.Source, Data: text})
	if err != nil {
		return finding{}, "", err
	}
	for i := range found.rejects {
		found.rejects[i].SHA256 = sum // of the file as it lies there, compressed or not
	}
	known := sum
	if found.failed() {
		known = "" // the next run is to try again
	}
	record, err := b.state.Add(f.Source, known, rows.Marshal(nil, &found, findingFields), parts)
	if err != nil {
		return finding{}, "", err
	}
	found.place(record, sum)
	return found, sum, nil
}

// work does a call of a stage once there is a slot for it.
func (b *batch) work(ctx context.Context, stage string, do func()) error {
	select {
	case b.slots <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-b.slots }()
	defer b.recorder.Start(stage)()
	do()
	return nil
}

// take finds the articles of a file and reads each. One that makes the program panic is rejected
// later, as it may turn out to be a duplicate.
func (b *batch) take(ctx context.Context, in extract.Input) (found finding, parts [][]byte, err error) {
	var result extract.Result
	var reject *stages.Reject
	if err := b.work(ctx, "extract", func() {
		reject = b.guard(in.Source, "extract", func() { result = b.find(in) })
	}); err != nil || reject != nil {
		return rejected(reject), nil, err
	}
	found.rejects, found.chromeChars = result.Rejects, result.ChromeChars
	articles := slices.DeleteFunc(result.Articles, func(a extract.Article) bool {
		long := len(a.Text) > MaxDocumentBytes
		if long {
			found.rejects = append(found.rejects, stages.Reject{Source: a.Source, Stage: "extract", Reason: stages.TooLarge,
				Detail: fmt.Sprintf("the article has more than %d MiB of text, which no report has: split it", MaxDocumentBytes>>20)})
		}
		return long
	})
	document, err := b.document()
	if err != nil {
		return finding{}, nil, err
	}
	found.articles = make([]*article, len(articles))
	parts = make([][]byte, len(articles)*partsPerArticle)
	err = b.each(ctx, len(articles), func(ctx context.Context, i int) error {
		return b.work(ctx, "normalize", func() {
			var r normalize.Result
			failed := b.guard(articles[i].Source, "normalize", func() { r = document(articles[i]) })
			var own [][]byte
			found.articles[i], own = newArticle(articles[i], r, failed)
			copy(parts[i*partsPerArticle:], own)
		})
	})
	return found, parts, err
}

func rejected(r *stages.Reject) finding {
	if r == nil {
		return finding{}
	}
	return finding{rejects: []stages.Reject{*r}}
}

// failed tells whether the program failed on the file or an article of it.
func (f *finding) failed() bool {
	return slices.ContainsFunc(f.rejects, func(r stages.Reject) bool { return r.Reason == stages.InternalError }) ||
		slices.ContainsFunc(f.articles, func(a *article) bool { return a.failed != "" })
}

// place tells the articles where their records are.
func (f *finding) place(record *state.Record, sum string) {
	record.Head = nil // it has been read
	for i, a := range f.articles {
		a.record, a.part, a.fileSHA256 = record, i*partsPerArticle, sum
	}
}

// part reads a part of an article's record.
func part[T any](b *batch, a *article, n int, fields func(*rows.Coder, *T)) (T, error) {
	packed, err := b.state.Part(a.record, a.part+n)
	if err != nil {
		var none T
		return none, err
	}
	return rows.Unmarshal(packed, fields)
}

// guard runs work and turns a panic, which is a defect of the program, into a reject of the one
// text that showed it.
func (b *batch) guard(source, stage string, work func()) (reject *stages.Reject) {
	defer func() {
		if p := recover(); p != nil {
			b.options.Log.Error("a defect of the program; the text is in quarantine, please report it",
				"document", source, "stage", stage, "panic", p, "stack", string(debug.Stack()))
			reject = &stages.Reject{Source: source, Stage: stage, Reason: stages.InternalError,
				Detail: fmt.Sprintf("the program failed on this text: %v", p)}
		}
	}()
	if b.options.fault != nil {
		b.options.fault(source, stage)
	}
	work()
	return nil
}
