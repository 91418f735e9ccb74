# Everything that a person or CI does; .ci/run calls nothing else. Needs Go, make, gcc and g++
# (the tests query the tables with DuckDB, whose binding is C++).

GO       = go
BIN      = bin/xianzhi
OUT      = out
SAMPLE   = testdata/sample
FUZZTIME = 20s
GOLANGCI = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
LINTER   = bin/tools/golangci-lint

# The tag ne leaves gse's own dictionaries (78 MB) out; stages/segment embeds a smaller one.
export GOFLAGS = -tags=ne -trimpath

.PHONY: setup build run test lint score bench fuzz

setup:
	$(GO) mod download

build:
	$(GO) build -o $(BIN) ./cmd/xianzhi

run: build
	$(BIN) run --in $(SAMPLE) --out $(OUT)

test:
	$(GO) test ./...

$(LINTER):
	GOFLAGS= GOBIN=$(CURDIR)/bin/tools $(GO) install $(GOLANGCI)

lint: $(LINTER)
	$(GO) vet ./...
	$(LINTER) run ./...

# The scorer is a module of its own, as it reads the tables like any stranger.
score: run
	cd testdata/score && GOFLAGS= $(GO) run . -tables $(CURDIR)/$(OUT)/latest -gold ../gold

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# go test takes one fuzz target at a time.
fuzz:
	@set -e; for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package; \
	  done; \
	done
