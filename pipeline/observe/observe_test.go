package observe

import (
	"sync"
	"testing"
)

func TestRecorder(t *testing.T) {
	var events []Event
	r := NewRecorder(func(e Event) { events = append(events, e) })
	r.Expect("work", 20)
	work := func(fails bool) {
		defer func() { _ = recover() }()
		defer r.Start("work")()
		if fails {
			panic("a defect")
		}
	}
	var wait sync.WaitGroup
	for n := range 20 {
		wait.Go(func() { work(n == 7) })
	}
	wait.Wait()
	if s := r.Stages()["work"]; s.Calls != 20 || s.Seconds <= 0 {
		t.Errorf("got %+v, want 20 calls that took time", s)
	}
	for i, e := range events {
		if e != (Event{"work", i + 1, 20}) {
			t.Errorf("event %d: %+v", i, e)
		}
	}
	if len(events) != 20 {
		t.Errorf("got %d events, want 20", len(events))
	}
}
