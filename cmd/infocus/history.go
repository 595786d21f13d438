package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/archive/diff/render"
	"infocus/archive/history"
)

func (a *app) historyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "history ID",
		Short: "The revisions of an article: when, how long, what changed, how much",
		Long: `List the revisions of an article in capture time: number, first and last seen, how often it was seen, source, class of
the heaviest change, share of the words of the text that stayed, and the fields that changed. Classes are typographic,
minor, substantive, verdict and retraction (taken down or emptied; also where it came back after). With --json one object
a line, with the times in full and the revision_id.

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
		article, _, err = history.Find(ix, id)
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
	b.WriteByte('\n')
	table := [][]string{{"rev", "first seen (UTC)", "last seen (UTC)", "seen", "source", "class", "same", "changed"}}
	for i := range rows {
		table = append(table, rowCells(&rows[i]))
	}
	lines := columns(table, "rllrllrl")
	b.WriteString(lines[0] + "\n")
	for i := range rows {
		b.WriteString(lines[i+1] + "\n")
		if since := rows[i].GoneSince; since != nil {
			fmt.Fprintf(&b, "     gone since %s\n", minuteOf(*since))
		}
	}
	return b.String()
}

func rowCells(r *history.Row) []string {
	class, same := "first", ""
	if r.Class != nil {
		class, same = r.Class.String(), render.Percent(*r.Similarity)
	}
	changed := strings.Join(r.Changed, ", ")
	if r.Returned {
		changed = strings.TrimPrefix(changed+", came back", ", ")
	}
	return []string{
		strconv.Itoa(r.Revision), minuteOf(r.FirstSeen), minuteOf(r.LastSeen), strconv.Itoa(r.Captures), r.Source, class, same, changed,
	}
}

// minuteOf shortens a time of a record to what a table has room for.
func minuteOf(stamp string) string {
	return strings.Replace(stamp[:len("2006-01-02T15:04")], "T", " ", 1)
}

// columns sets cells in columns that are as wide as their widest cell: to the left (l) or to the right (r).
func columns(table [][]string, aligned string) []string {
	width := make([]int, len(aligned))
	for _, cells := range table {
		for i, cell := range cells {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	lines := make([]string, len(table))
	for n, cells := range table {
		var b strings.Builder
		for i, cell := range cells {
			if aligned[i] == 'l' {
				fmt.Fprintf(&b, "%-*s  ", width[i], cell)
			} else {
				fmt.Fprintf(&b, "%*s  ", width[i], cell)
			}
		}
		lines[n] = strings.TrimRight(b.String(), " ")
	}
	return lines
}
