# Everything that a person or CI does; .ci/run calls nothing else. Needs Go, make, gcc and g++
# (the tests query the tables with DuckDB, whose binding is C++).

GO       = go
BIN      = bin/xianzhi
OUT      = out
SAMPLE   = testdata/sample
FUZZTIME = 20s
BENCH_N  = 520
BENCH_COUNT = 6
N        = 2500
SEED     = 1
CORPUS   = bin/corpus-$(N)-$(SEED)
GOLANGCI = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0
LINTER   = bin/tools/golangci-lint

# The tag ne leaves gse's own dictionaries (78 MB) out; stages/segment embeds a smaller one.
export GOFLAGS = -tags=ne -trimpath

.PHONY: setup build run test soak vuln lint score scoreboard calibrate readme corpus corpus-check bench bench-go fuzz

setup:
	$(GO) mod download

build:
	$(GO) build -o $(BIN) ./cmd/xianzhi

run: build
	$(BIN) run --in $(SAMPLE) --out $(OUT)

test:
	$(GO) test ./...
	@$(MAKE) --no-print-directory scoreboard

# The random faults of the tests, a hundred times each; prints what was tried.
soak:
	SOAK=100 $(GO) test -count 1 -timeout 1h -v -run 'Kill|Terminate|DiskFull|ReadOnly|Inputs?|Memory|Readers|Clock' ./cmd/xianzhi ./pipeline/release

# Known weaknesses of the packages used. Not a gate: its database is not reachable everywhere.
vuln:
	GOFLAGS= $(GO) run $(GOVULNCHECK) -tags ne ./...

$(LINTER):
	GOFLAGS= GOBIN=$(CURDIR)/bin/tools $(GO) install $(GOLANGCI)

lint: $(LINTER)
	$(GO) vet ./...
	$(LINTER) run ./...

# The scorer is a module of its own, as it reads the tables like any stranger; calibrate judges the
# confidence on reports held back and fails if its weights are out of date.
SCORE = rm -rf $(OUT)/score && $(BIN) run --in $(SAMPLE) --out $(OUT)/score >/dev/null && \
  (cd testdata/score && GOFLAGS= $(GO) run . -tables $(CURDIR)/$(OUT)/score/latest -gold ../gold $(ERRORS)) && \
  echo && $(GO) run ./stages/normalize/indicator/calibrate

# make score ERRORS='-errors 20' also prints the disagreements.
score: build
	@$(SCORE)

# The scoreboard is a golden file: a change of quality shows in review. UPDATE=1 rewrites it.
scoreboard: build
	@mkdir -p $(OUT)
	@($(SCORE)) >$(OUT)/scoreboard.txt
	@if [ -n "$(UPDATE)" ]; then cp $(OUT)/scoreboard.txt testdata/scoreboard.txt; \
	else diff -u testdata/scoreboard.txt $(OUT)/scoreboard.txt || \
	  { echo 'the scoreboard changed: make scoreboard UPDATE=1 if it is meant to'; exit 1; }; fi

# Fits anew the confidence of indicators on testdata/gold, and the evidence and confidence of projects on it
# and testdata/projects.
calibrate:
	$(GO) run ./stages/normalize/indicator/calibrate -write stages/normalize/indicator/confidence.csv
	$(GO) test ./stages/normalize/project -run TestEvidence -v -update
	$(GO) test ./stages/normalize/project -run TestConfidence -v -update

# Rewrites the outputs that the README shows.
readme:
	$(GO) test ./cmd/xianzhi -run README -update

# N made-up reports and what must be read from them.
corpus:
	$(GO) run ./cmd/corpus -n $(N) -seed $(SEED) -out $(CORPUS)

# The same test as in make test, at full size: vintages, copies, panel, sources, conflicts, coverage.
corpus-check:
	XIANZHI_CORPUS=$(N) XIANZHI_SEED=$(SEED) $(GO) test -run TestRelease -count 1 -timeout 2h -v ./cmd/corpus

# The bars of speed, memory and size as a table and in bin/bench.json. BENCH_N=2600 measures memory
# with 2,600 and 13,000 reports. They are varied from real ones: the sample, and samples/ of
# shared/, where that is.
bench: build
	$(GO) build -o bin/corpus ./cmd/corpus
	$(GO) run ./cmd/bench -n $(BENCH_N) -json bin/bench.json $(SAMPLE) $(wildcard ../shared/samples)

# Benchmarks of the stages: make bench-go >old.txt, then compare with benchstat.
bench-go:
	$(GO) test -run '^$$' -bench . -benchmem -count $(BENCH_COUNT) ./...

# go test takes one fuzz target at a time.
fuzz:
	@set -e; for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package; \
	  done; \
	done
