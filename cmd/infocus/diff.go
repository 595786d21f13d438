package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/archive/diff/render"
	"infocus/archive/history"
	"infocus/archive/record"
)

type diffFlags struct {
	from, to, format, output string
	context                  int
}

func (a *app) diffCommand() *cobra.Command {
	f := &diffFlags{}
	cmd := &cobra.Command{
		Use:   "diff ID",
		Short: "What changed between two revisions, to be read",
		Long: `Compare two revisions of an article, the last two by default: fields first, then the text by paragraphs,
sentences and words, with moved, split and merged paragraphs shown as such, and a class for each change.
docs/diff.md describes the JSON form, from which both texts can be rebuilt.

` + exitHelp,
		Example: `  infocus diff ID
  infocus diff ID --from 1 --to 3 --format html -o d.html
  infocus diff ID --format json | jq .class`,
		Args: oneID,
		RunE: func(_ *cobra.Command, args []string) error {
			switch f.format {
			case "text", "html", "json":
				return a.diff(args[0], f)
			}
			return usageErrorf("--format %q: choose text, html or json", f.format)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.from, "from", "", "older revision: number or revision_id (default the one before --to)")
	fl.StringVar(&f.to, "to", "", "newer revision: number or revision_id (default the newest)")
	fl.StringVar(&f.format, "format", "text", "text, html or json")
	fl.StringVarP(&f.output, "output", "o", "", "file to write; - or nothing is stdout")
	fl.IntVar(&f.context, "context", 1, "unchanged paragraphs shown on either side of a change (text)")
	return cmd
}

func (a *app) diff(id string, f *diffFlags) error {
	var c *history.Compared
	err := a.view(func(ix *archive.Index) error {
		article, older, newer, err := history.Pair(ix, id, f.from, f.to)
		if err != nil {
			return err
		}
		c, err = history.Compare(ix, article, older, newer)
		return err
	})
	if err != nil {
		return fmt.Errorf("diff: %w", err)
	}
	page := render.Page{
		Headline: c.To.Headline, URL: c.To.URL, Lang: c.To.Lang,
		FromSeen: seenText(&c.From), ToSeen: seenText(&c.To),
	}
	return a.toFile(f.output, func(w io.Writer) error {
		switch {
		case f.format == "html":
			return render.HTML(w, c.Diff, page)
		case f.format == "json" || a.json:
			return render.JSON(w, c.Diff)
		}
		return render.Terminal(w, c.Diff, page, render.TerminalOptions{Color: a.colour(w), Width: min(a.width(w), 120), Context: f.context})
	})
}

func seenText(r *record.Record) string {
	const minute = "2006-01-02 15:04"
	seen := r.FirstSeen.Format(minute) + " to " + r.LastSeen.Format(minute) + " UTC"
	if !r.GoneSince.IsZero() {
		seen += ", gone since " + r.GoneSince.Format(minute) + " UTC"
	}
	return seen
}
