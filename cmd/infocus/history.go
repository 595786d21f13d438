package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/archive/history"
)

func (a *app) historyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "history ID",
		Short: "The revisions of an article: when, how long, what changed, how much",
		Long: `List the revisions of an article in capture time: number, first and last seen, captures, source, class of the
heaviest change, share of the words of the text that stayed, and the fields that changed. Classes are typographic, minor,
substantive, verdict and retraction. With --json one object a line.

` + exitHelp,
		Example: `  infocus history belarusinfocus/security-issues/minsk-develops-cooperation
  infocus history ID --json | jq -r 'select(.class=="verdict") | .first_seen'`,
		Args: oneID,
		RunE: func(_ *cobra.Command, args []string) error { return a.history(args[0]) },
	}
}

func (a *app) history(id string) error {
	var article *archive.Article
	err := a.view(func(ix *archive.Index) error {
		var err error
		article, err = ix.Find(id)
		return err
	})
	if err != nil {
		return err
	}
	rows := history.Rows(article)
	if a.json {
		for i := range rows {
			if err := a.printLine(&rows[i]); err != nil {
				return err
			}
		}
		return nil
	}
	_, err = fmt.Fprint(a.stdout, historyText(article, rows))
	return err
}

func historyText(article *archive.Article, rows []history.Row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", article.Summary.ID)
	for _, alias := range history.Aliases(article) {
		fmt.Fprintf(&b, "also at %s since %s (%s)\n", alias.ID, alias.Since, alias.Why)
	}
	fmt.Fprintf(&b, "\n%3s  %-24s  %-24s  %8s  %-8s  %-12s  %5s  %s\n", "rev", "first seen", "last seen", "captures", "source", "class", "same", "changed")
	for i := range rows {
		fmt.Fprintln(&b, rowText(&rows[i]))
	}
	return b.String()
}

func rowText(r *history.Row) string {
	class, same := "first", ""
	if r.Class != nil {
		class, same = r.Class.String(), fmt.Sprintf("%.0f %%", 100**r.Similarity)
	}
	changed := strings.Join(r.Changed, ", ")
	if r.Returned {
		changed = strings.TrimPrefix(changed+", came back", ", ")
	}
	line := fmt.Sprintf("%3d  %-24s  %-24s  %8d  %-8s  %-12s  %5s  %s", r.Revision, r.FirstSeen, r.LastSeen, r.Captures, r.Source, class, same, changed)
	if r.GoneSince != nil {
		line += fmt.Sprintf("\n     gone since %s", *r.GoneSince)
	}
	return strings.TrimRight(line, " ")
}
