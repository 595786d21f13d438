package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/archive/history"
	"infocus/archive/record"
)

func (a *app) showCommand() *cobra.Command {
	number := 0
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "One article: its fields and its text",
		Long: `Show the newest revision of an article, or another with --revision or a revision_id. ID is an id, an
address of the article, or a revision_id; the name of the site in front of it may be left out.
With --json the record as an export prints it.

` + exitHelp,
		Example: `  infocus show belarusinfocus/security-issues/minsk-develops-cooperation
  infocus show https://belarusinfocus.pro/security-issues/minsk-develops-cooperation/
  infocus show --revision 1 --json security-issues/minsk-develops-cooperation`,
		Args: oneID,
		RunE: func(_ *cobra.Command, args []string) error { return a.show(args[0], number) },
	}
	cmd.Flags().IntVar(&number, "revision", 0, "number of the revision (default the newest)")
	return cmd
}

// oneID wants one argument that names an article.
func oneID(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usageErrorf("%s wants one ID: an article's id, address or revision_id (`infocus list` shows the ids)", commandName(cmd))
	}
	return nil
}

func (a *app) show(id string, number int) error {
	var line []byte
	var r record.Record
	err := a.view(func(ix *archive.Index) error {
		article, named, err := history.Find(ix, id)
		if err != nil {
			return err
		}
		if number == 0 {
			number = named
		}
		line, r, err = ix.Record(article, number)
		return err
	})
	if err != nil {
		return err
	}
	if a.json {
		_, err = fmt.Fprintf(a.stdout, "%s\n", line)
		return err
	}
	_, err = fmt.Fprint(a.stdout, recordText(&r))
	return err
}

func recordText(r *record.Record) string {
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-13s %s\n", name, value)
		}
	}
	field("id", r.ID)
	field("address", r.URL)
	field("period", periodText(r))
	field("section", r.Section)
	field("headline", r.Headline)
	field("verdict", trendText(r))
	field("authors", strings.Join(r.Authors, ", "))
	field("caption", r.Caption)
	field("revision", fmt.Sprintf("%d of %d, %s", r.Revision, r.Revisions, r.RevisionID))
	field("seen", r.FirstSeen.Format(time.RFC3339)+" to "+r.LastSeen.Format(time.RFC3339))
	if !r.GoneSince.IsZero() {
		field("gone since", r.GoneSince.Format(time.RFC3339))
	}
	for _, t := range r.Translations {
		field("translation", t.Edition+" "+t.ID)
	}
	field("also at", strings.Join(r.Aliases, ", "))
	field("capture", fmt.Sprintf("%s:%d, %s", r.Capture.WARC, r.Capture.Offset, r.Capture.Source))
	field("warnings", strings.Join(r.Warnings, ", "))
	fmt.Fprintf(&b, "\n%s\n", r.Lead)
	if r.Body != "" {
		fmt.Fprintf(&b, "\n%s\n", r.Body)
	}
	return b.String()
}

func periodText(r *record.Record) string {
	if r.PeriodStart == "" {
		return ""
	}
	return fmt.Sprintf("%s to %s (%s)", r.PeriodStart, r.PeriodEnd, r.PeriodText)
}
