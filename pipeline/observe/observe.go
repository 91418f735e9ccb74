// Package observe counts and times what runs through a stage, from the outside: stages stay
// pure and know nothing of it.
//
// Input: where a call of a stage starts and ends. Output: calls counted, timed and reported as
// progress. Non-goals: logging, and deciding anything.
package observe

import (
	"sync"
	"time"
)

// Event says how far a stage has come.
type Event struct {
	Stage       string
	Done, Total int
}

// Stage is what happened in one stage.
type Stage struct {
	Calls   int     `json:"calls"`
	Seconds float64 `json:"seconds"` // summed over workers
}

// Recorder counts and times calls. Its methods are safe for concurrent use.
type Recorder struct {
	progress func(Event) // nil: nobody watches

	mu     sync.Mutex
	stages map[string]Stage
	total  map[string]int
}

// NewRecorder returns an empty Recorder; progress, if not nil, is called once per finished call
// of a stage, one at a time.
func NewRecorder(progress func(Event)) *Recorder {
	return &Recorder{progress: progress, stages: map[string]Stage{}, total: map[string]int{}}
}

// Expect says how many calls of a stage there will be.
func (r *Recorder) Expect(stage string, calls int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.total[stage] = calls
}

// Stages returns what was seen so far.
func (r *Recorder) Stages() map[string]Stage {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := make(map[string]Stage, len(r.stages))
	for name, s := range r.stages {
		seen[name] = s
	}
	return seen
}

func (r *Recorder) record(stage string, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.stages[stage]
	s.Calls++
	s.Seconds += took.Seconds()
	r.stages[stage] = s
	if r.progress != nil {
		r.progress(Event{stage, s.Calls, max(s.Calls, r.total[stage])})
	}
}

// Start begins a call of a stage; the function returned ends it. Deferred, it counts a call that
// panics, too.
func (r *Recorder) Start(stage string) (end func()) {
	start := time.Now()
	return func() { r.record(stage, time.Since(start)) }
}
