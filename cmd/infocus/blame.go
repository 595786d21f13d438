package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/archive/diff"
	"infocus/archive/history"
)

func (a *app) blameCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "blame ID",
		Short: "Each sentence with the revision and date that brought it in",
		Long: `Print the newest revision of an article, or the one that a revision_id names, sentence by sentence, each with the
revision that brought it in and when that was first seen. A sentence that was gone and came back counts from its return.
With --json one object a line.

` + exitHelp,
		Example: "  infocus blame belarusinfocus/security-issues/minsk-develops-cooperation",
		Args:    oneID,
		RunE:    func(_ *cobra.Command, args []string) error { return a.blame(args[0]) },
	}
}

func (a *app) blame(id string) error {
	var versions []diff.Version
	err := a.view(func(ix *archive.Index) error {
		article, number, err := history.Find(ix, id)
		if err != nil {
			return err
		}
		versions, err = history.Versions(ix, article, number)
		return err
	})
	if err != nil {
		return err
	}
	paragraph := 1
	for _, s := range diff.Blame(versions) {
		if a.json {
			if err := a.printLine(s); err != nil {
				return err
			}
			continue
		}
		gap := ""
		if s.Paragraph != paragraph {
			gap, paragraph = "\n", s.Paragraph
		}
		if _, err := fmt.Fprintf(a.stdout, "%s%3d  %s  %s\n", gap, s.Revision, s.Since.Format("2006-01-02"), s.Text); err != nil {
			return err
		}
	}
	return nil
}
