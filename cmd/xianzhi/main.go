// Command xianzhi turns government work reports into queryable tables.
//
// Input: the verbs and flags of the command line. Output: what package pipeline and the other
// packages make of them, for a person or as JSON, and an exit code. Each verb has a file;
// exit.go alone maps errors to exit codes. Non-goals: any work of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

func main() {
	tuneCollector()
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	go func() {
		s := <-signals
		signal.Stop(signals) // a second signal ends the program at once
		reason := interrupted{s.(syscall.Signal)}
		cancel(reason)
		time.Sleep(grace)
		finish(reason)
	}()
	finish(execute(ctx, os.Args[1:]))
}

// grace is how long a run may take to clean up after a signal. One that hangs on its input is
// ended then; like any killed run it leaves the release before in place.
const grace = 2 * time.Second

func finish(err error) {
	if err != nil && !errors.As(err, new(logged)) {
		fmt.Fprintf(os.Stderr, "xianzhi: %v\n", err)
	}
	os.Exit(exitCode(err))
}

// execute runs a command line. An error before a verb starts is one of usage.
func execute(ctx context.Context, args []string) error {
	started := false
	root := &cobra.Command{
		Use:               "xianzhi",
		Short:             "Turn government work reports into queryable tables",
		Long:              "Turn government work reports into queryable tables.\n\n" + exitCodeHelp,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRun:  func(*cobra.Command, []string) { started = true },
	}
	root.AddCommand(newRunCommand(), newExplainCommand(), newCheckCommand(), newSchemaCommand(), newRegionCommand(),
		newPathCommand(), newReleasesCommand(), newDiffCommand(), newRollbackCommand(), newUnpinCommand(), newConfigCommand(),
		newVersionCommand(), newReadBackCommand())
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if cause := context.Cause(ctx); err != nil && cause != nil && !errors.As(err, new(logged)) {
		return cause
	}
	if err != nil && !started {
		return usageError{err}
	}
	return err
}
