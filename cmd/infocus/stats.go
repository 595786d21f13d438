package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"infocus/archive"
)

func (a *app) statsCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "stats",
		Short:   "What the archive holds",
		Long:    "Count articles, revisions, captures and bytes, by edition, language, section and verdict.\n\n" + exitHelp,
		Example: "  infocus stats\n  infocus stats --json | jq .trends",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return a.stats() },
	}
}

func (a *app) stats() error {
	var s *archive.Stats
	err := a.view(func(ix *archive.Index) error {
		var err error
		s, err = ix.Stats()
		return err
	})
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(s)
	}
	_, err = fmt.Fprintf(a.stdout, `articles   %d (%d with more than one revision, %d gone, %d other addresses)
revisions  %d
weeks      %s to %s
editions   %s
languages  %s
sections   %s
verdicts   %s
seen       %s to %s
captures   %d of %d addresses, %d different payloads, in %d runs
files      %d, %s
warnings   %s
`, s.Articles, s.Changed, s.Gone, s.Aliases, s.Revisions, s.OldestWeek, s.NewestWeek, counts(s.Editions), counts(s.Languages),
		counts(s.Sections), counts(s.Trends), s.FirstSeen, s.LastSeen, s.Captures, s.Addresses, s.Payloads, s.Runs, s.Files,
		sizeText(s.Bytes), counts(s.Warnings))
	return err
}
