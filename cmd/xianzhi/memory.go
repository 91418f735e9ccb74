package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// softMemory is the size beyond which the collector works harder, unless GOMEMLIMIT says another.
// A run holds some 120 MB at most however many reports it reads, and costs no more time for the
// limit; for a listing page of 63 MB it takes a sixth more time and 280 MB instead of 570.
const softMemory = 224 << 20

// smallMemory is the size below which there is no collection at all: a run of a few reports ends
// before it gets there, and would spend a fifth of its time on collecting small heaps.
const smallMemory = 96 << 20

// garbagePercent is how much garbage there may be beside what is in use, of which a run has some
// 40 MB whatever it reads.
const garbagePercent = 200

// tuneCollector bounds memory, unless the environment does.
func tuneCollector() {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(smallMemory)
	type sentinel struct{ *sentinel } // whose end shows the first collection
	runtime.AddCleanup(new(sentinel), func(limit int64) {
		debug.SetGCPercent(garbagePercent)
		debug.SetMemoryLimit(limit)
	}, softMemory)
}
