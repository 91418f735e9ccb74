package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/go-ego/gse"

	"xianzhi/stages/extract"
	"xianzhi/stages/normalize"
)

// bench is what to measure and what was measured.
type bench struct {
	program, corpus string
	texts           []string // real reports
	reports, rounds int
	work            string // folder
	results         []result
}

func (b *bench) add(r result) { b.results = append(b.results, r) }

func (b *bench) measure() error {
	small, large := filepath.Join(b.work, "small"), filepath.Join(b.work, "large")
	for dir, n := range map[string]int{small: b.reports, large: 5 * b.reports} {
		args := []string{"-n", strconv.Itoa(n), "-years", "10", "-out", dir}
		for _, t := range b.texts {
			args = append(args, "-texts", t)
		}
		if out, err := exec.Command(b.corpus, args...).CombinedOutput(); err != nil {
			return fmt.Errorf("cannot make a corpus (%w): %s", err, out)
		}
	}
	// A new process starts with the peak memory of the one that starts it, so what takes memory here
	// comes last.
	for _, step := range []func() error{
		func() error { return b.growth(filepath.Join(small, "reports"), filepath.Join(large, "reports")) },
		b.smallReport, b.sizes,
		func() error { return b.throughput(filepath.Join(small, "reports")) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// throughput measures S, bytes to rows and end to end, in turn, so that a machine that gets slower
// for a while slows all of them.
func (b *bench) throughput(dir string) error {
	var texts [][]byte
	size, err := walk(dir, func(path string) error {
		text, err := os.ReadFile(path)
		texts = append(texts, text)
		return err
	})
	if err != nil {
		return err
	}
	segmenter, err := fullSegmenter()
	if err != nil {
		return err
	}
	rules, err := normalize.New()
	if err != nil {
		return fmt.Errorf("cannot load the rules: %w", err)
	}
	rows := func(workers int) func() error {
		return func() error {
			each(texts, workers, func(text []byte) {
				for _, a := range extract.Extract(extract.Input{Source: "bench.txt", Data: text}).Articles {
					rules.Document(a)
				}
			})
			return nil
		}
	}
	endToEnd := func(workers int) func() error {
		return func() error { _, err := b.run(workers, dir); return err }
	}
	kinds := []func() error{
		func() error { each(texts, 1, func(text []byte) { segmenter.Segment(text) }); return nil },
		rows(1), rows(2), endToEnd(1), endToEnd(2),
	}
	seconds, processor := make([][]float64, len(kinds)), make([][]float64, len(kinds))
	for range b.rounds {
		for i, work := range kinds {
			runtime.GC()
			used, start := processorSeconds(), time.Now()
			if err := work(); err != nil {
				return err
			}
			seconds[i] = append(seconds[i], time.Since(start).Seconds())
			processor[i] = append(processor[i], processorSeconds()-used)
		}
	}
	speed := func(kind int) float64 { return float64(size) / median(seconds[kind]) / 1e6 }
	within := func(times [][]float64, a, b int) float64 { // the ratio of speeds within each round
		var all []float64
		for i := range times[a] {
			all = append(all, times[b][i]/times[a][i])
		}
		return median(all)
	}
	ratio := func(a, b int) float64 { return within(seconds, a, b) }
	byProcessor := func(metric string, kind int) result {
		return result{Metric: metric + ", processor time", Value: 1e9 * median(processor[kind]) / float64(size), Unit: "ns/byte",
			Ratio: within(processor, kind, 0), Of: "S"}
	}
	const s, rows1, rows2, whole1, whole2 = 0, 1, 2, 3, 4
	b.add(result{Metric: "text of the corpus", Value: float64(size) / 1e6, Unit: "MB"})
	b.add(result{Metric: "S: gse's Segment, full zh_s", Value: speed(s), Unit: "MB/s"})
	b.add(result{Metric: "bytes to rows, 1 worker", Value: speed(rows1), Unit: "MB/s", Ratio: ratio(rows1, s), Of: "S"}.against(">=", 1.5))
	b.add(result{Metric: "bytes to rows, 2 workers", Value: speed(rows2), Unit: "MB/s", Ratio: ratio(rows2, rows1), Of: "1 worker"}.against(">=", 1.7))
	b.add(result{Metric: "end to end, 1 worker", Value: speed(whole1), Unit: "MB/s", Ratio: ratio(whole1, s), Of: "S"}.against(">=", 0.6))
	b.add(result{Metric: "end to end, 2 workers", Value: speed(whole2), Unit: "MB/s", Ratio: ratio(whole2, whole1), Of: "1 worker"}.against(">=", 1.5))
	// Where other programs run, too, these say more.
	b.add(byProcessor("bytes to rows, 1 worker", rows1))
	b.add(byProcessor("end to end, 1 worker", whole1))
	return nil
}

// processorSeconds is what this process and its ended children have used.
func processorSeconds() (sum float64) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var r syscall.Rusage
		if err := syscall.Getrusage(who, &r); err != nil {
			panic(err) // the argument is right
		}
		sum += time.Duration(r.Utime.Nano() + r.Stime.Nano()).Seconds()
	}
	return sum
}

// fullSegmenter is gse with its own dictionary of simplified Chinese, which lies in its module.
func fullSegmenter() (*gse.Segmenter, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-ego/gse").Output()
	if err != nil {
		return nil, fmt.Errorf("cannot find the module gse: %w", err)
	}
	s := &gse.Segmenter{SkipLog: true}
	if err := s.LoadDict(filepath.Join(strings.TrimSpace(string(dir)), "data", "dict", "zh", "s_1.txt")); err != nil {
		return nil, fmt.Errorf("cannot load the dictionary of gse: %w", err)
	}
	return s, nil
}

// each gives every text to one of the workers.
func each(texts [][]byte, workers int, work func([]byte)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(texts)); i = next.Add(1) - 1 {
				work(texts[i])
			}
		})
	}
	all.Wait()
}

// usage is what a run of the program took.
type usage struct {
	seconds float64
	peak    float64 // resident memory in MiB, of it or a child
	out     string  // folder of the release
}

// run runs the program on its inputs into a new folder.
func (b *bench) run(workers int, inputs ...string) (usage, error) {
	out, err := os.MkdirTemp(b.work, "out-")
	if err != nil {
		return usage{}, err
	}
	args := []string{"run", "--workers", strconv.Itoa(workers), "--out", out}
	for _, in := range inputs {
		args = append(args, "--in", in)
	}
	command := exec.Command(b.program, args...)
	start := time.Now()
	said, err := command.CombinedOutput()
	u := usage{seconds: time.Since(start).Seconds(), out: filepath.Join(out, "latest")}
	const quarantined = 3
	if err != nil && command.ProcessState.ExitCode() != quarantined {
		return u, fmt.Errorf("%s %s (%w): %s", b.program, strings.Join(args, " "), err, said)
	}
	if r, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.peak = float64(r.Maxrss) / 1024 // KiB on Linux
	}
	return u, nil
}

// growth measures what five times as many reports take.
func (b *bench) growth(small, large string) error {
	var used [2]usage
	var size [2]int64
	for i, dir := range []string{small, large} {
		var err error
		if size[i], err = walk(dir, func(string) error { return nil }); err != nil {
			return err
		}
		if used[i], err = b.run(2, dir); err != nil {
			return err
		}
	}
	perMB := func(i int) float64 { return used[i].seconds / (float64(size[i]) / 1e6) }
	name := func(what string, n int) string { return fmt.Sprintf("%s, %d reports", what, n) }
	b.add(result{Metric: name("peak memory", b.reports), Value: used[0].peak, Unit: "MiB"})
	b.add(result{Metric: name("peak memory", 5*b.reports), Value: used[1].peak, Unit: "MiB"}.against("<=", 512))
	b.add(result{Metric: name("growth of memory", 5*b.reports), Value: used[1].peak - used[0].peak, Unit: "MiB",
		Ratio: used[1].peak / used[0].peak, Of: fmt.Sprintf("%d reports", b.reports)}.against("<=", 1.2))
	b.add(result{Metric: name("time, 2 workers", 5*b.reports), Value: perMB(1), Unit: "s/MB",
		Ratio: perMB(1) / perMB(0), Of: fmt.Sprintf("%d reports", b.reports)}.against("<=", 1.15))
	return b.tableSizes("tables, varied reports", used[1].out, size[1])
}

// smallReport measures the program from its start to its end on the smallest real report.
func (b *bench) smallReport() error {
	smallest, least := "", int64(0)
	for _, root := range b.texts {
		_, err := walk(root, func(path string) error {
			info, err := os.Stat(path)
			if err == nil && (smallest == "" || info.Size() < least) {
				smallest, least = path, info.Size()
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	var all []float64
	for range 15 {
		u, err := b.run(runtime.NumCPU(), smallest)
		if err != nil {
			return err
		}
		all = append(all, 1000*u.seconds)
	}
	b.add(result{Metric: "start to last byte, median", Value: median(all), Unit: "ms"})
	b.add(result{Metric: fmt.Sprintf("start to last byte, best of %d", len(all)), Value: slices.Min(all), Unit: "ms"}.against("<=", 150))
	return nil
}

// sizes measures the tables of the real reports as they are, and the program.
func (b *bench) sizes() error {
	u, err := b.run(runtime.NumCPU(), b.texts...)
	if err != nil {
		return err
	}
	var total int64
	for _, root := range b.texts {
		size, err := walk(root, func(string) error { return nil })
		if err != nil {
			return err
		}
		total += size
	}
	if err := b.tableSizes("tables, real reports", u.out, total); err != nil {
		return err
	}
	info, err := os.Stat(b.program)
	if err != nil {
		return err
	}
	b.add(result{Metric: "program", Value: float64(info.Size()) / 1e6, Unit: "MB"}.against("<=", 60))
	return nil
}

// tableSizes adds the size of a release's tables against that of its inputs.
func (b *bench) tableSizes(name, release string, input int64) error {
	manifest, err := os.ReadFile(filepath.Join(release, "manifest.json"))
	if err != nil {
		return err
	}
	var m struct{ Tables []struct{ Bytes int64 } }
	if err := json.Unmarshal(manifest, &m); err != nil {
		return fmt.Errorf("cannot read the manifest of %s: %w", release, err)
	}
	var tables int64
	for _, t := range m.Tables {
		tables += t.Bytes
	}
	b.add(result{Metric: name, Value: float64(tables) / 1e6, Unit: "MB", Ratio: float64(tables) / float64(input), Of: "input"}.against("<=", 0.70))
	return nil
}

// walk visits the .txt files under a path and returns their bytes.
func walk(root string, visit func(path string) error) (size int64, err error) {
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		size += info.Size()
		return visit(path)
	})
	if err != nil {
		return 0, fmt.Errorf("cannot read the reports in %s: %w", root, err)
	}
	return size, nil
}

func median(all []float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
