package main

import (
	"errors"
	"fmt"
	"syscall"

	"xianzhi/pipeline"
	"xianzhi/pipeline/input"
	"xianzhi/pipeline/release"
)

// The exit codes, part of the table contract.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitQuarantined = 3
	exitLocked      = 4
	exitGate        = 5
	exitDamaged     = 6
	exitSignal      = 128 // plus the signal's number
)

const exitCodeHelp = `Exit codes:
  0    published, or up to date
  1    failed
  2    mistake in the command line
  3    published, some inputs are in quarantine
  4    another run holds the output folder
  5    a gate failed; nothing was published
  6    check found damage
  143  ended by SIGTERM (130: by Ctrl-C)`

// usageError is a mistake in the command line.
type usageError struct{ error }

func (e usageError) Error() string { return e.error.Error() + " (see xianzhi --help)" }

// quarantined says that a run published a release without some of its inputs.
type quarantined struct {
	rows int64
	path string
}

func (e quarantined) Error() string {
	noun := "inputs are"
	if e.rows == 1 {
		noun = "input is"
	}
	return fmt.Sprintf("%d %s in quarantine: %s/quarantine.parquet says why", e.rows, noun, e.path)
}

// damaged says that check found something wrong with a release.
type damaged struct {
	findings int
	path     string
}

func (e damaged) Error() string {
	noun := "findings"
	if e.findings == 1 {
		noun = "finding"
	}
	return fmt.Sprintf("%d %s in %s: make the release anew with xianzhi run", e.findings, noun, e.path)
}

// interrupted says that a signal ended the program.
type interrupted struct{ signal syscall.Signal }

func (e interrupted) Error() string {
	return fmt.Sprintf("ended by %v; the release before is in place", e.signal)
}

// logged is an error that the log has.
type logged struct{ error }

func (e logged) Unwrap() error { return e.error }

// exitCode is the only map from errors to exit codes.
func exitCode(err error) int {
	var (
		usage        usageError
		options      *pipeline.UsageError
		arguments    *input.UsageError
		some         quarantined
		damage       damaged
		interruption interrupted
		gates        *pipeline.GateError
	)
	switch {
	case err == nil:
		return 0
	case errors.As(err, &interruption):
		return exitSignal + int(interruption.signal)
	case errors.As(err, &usage), errors.As(err, &options), errors.As(err, &arguments):
		return exitUsage
	case errors.As(err, &some):
		return exitQuarantined
	case errors.Is(err, release.ErrLocked):
		return exitLocked
	case errors.As(err, &gates):
		return exitGate
	case errors.As(err, &damage):
		return exitDamaged
	}
	return exitFailed
}
