package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"xianzhi/pipeline/release"
)

func newRollbackCommand() *cobra.Command {
	s := newSettings()
	cmd := &cobra.Command{
		Use:   "rollback ID --out DIR",
		Short: "Point latest at an earlier release and pin it there",
		Long: "Point latest at an earlier release and pin it there. Runs on the inputs of the run before, under whatever\n" +
			"options and version, then make nothing and leave it there; the first run on other inputs publishes and\n" +
			"ends the pin, as does xianzhi unpin.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withStore(cmd, s, func(store *release.Store) error {
				path, err := store.Rollback(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "latest is pinned to release %s\n", filepath.Base(path))
				return err
			})
		},
	}
	s.bind(cmd, "out", "wait")
	return cmd
}

func newUnpinCommand() *cobra.Command {
	s := newSettings()
	cmd := &cobra.Command{
		Use:   "unpin --out DIR",
		Short: "Let runs move latest again",
		Long:  "Let runs move latest again. It stays where it is until the next run.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withStore(cmd, s, func(store *release.Store) error {
				id, err := store.Unpin()
				if err != nil {
					return err
				}
				message := "no release was pinned"
				if id != "" {
					message = fmt.Sprintf("release %s is no longer pinned: the next run moves latest", id)
				}
				_, err = fmt.Fprintln(cmd.OutOrStdout(), message)
				return err
			})
		},
	}
	s.bind(cmd, "out", "wait")
	return cmd
}

// withStore calls use under the lock of an output folder that has a release.
func withStore(cmd *cobra.Command, s *settings, use func(*release.Store) error) error {
	if s.Out == "" {
		return usageError{errors.New("there is no output folder: name one with --out")}
	}
	if err := release.Any(s.Out); err != nil {
		return err
	}
	store, err := release.Open(cmd.Context(), s.Out, s.Run.Wait)
	if err != nil {
		return err
	}
	return errors.Join(use(store), store.Close())
}
