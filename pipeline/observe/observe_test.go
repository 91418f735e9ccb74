package observe

import (
	"sync"
	"testing"
)

func TestWrap(t *testing.T) {
	var events []Event
	r := NewRecorder(func(e Event) { events = append(events, e) })
	r.Expect("double", 20)
	double := Wrap(r, "double", func(n int) int {
		if n < 0 {
			panic("negative")
		}
		return 2 * n
	})
	var wait sync.WaitGroup
	for n := range 19 {
		wait.Go(func() {
			if got := double(n); got != 2*n {
				t.Errorf("double(%d) = %d through the wrapper", n, got)
			}
		})
	}
	wait.Wait()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the wrapper swallowed a panic")
			}
		}()
		double(-1)
	}()
	if s := r.Stages()["double"]; s.Calls != 20 || s.Seconds <= 0 {
		t.Errorf("got %+v, want 20 calls that took time", s)
	}
	for i, e := range events {
		if e != (Event{"double", i + 1, 20}) {
			t.Errorf("event %d: %+v", i, e)
		}
	}
	if len(events) != 20 {
		t.Errorf("got %d events, want 20", len(events))
	}
}
