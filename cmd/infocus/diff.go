package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/archive/diff"
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
	older, newer, canonical, err := a.twoRevisions(id, f)
	if err != nil {
		return err
	}
	d := diff.Compare(canonical, history.VersionOf(older), history.VersionOf(newer))
	page := render.Page{
		Headline: newer.Headline, URL: newer.URL, Lang: newer.Lang,
		FromSeen: seenText(older), ToSeen: seenText(newer),
	}
	return a.toFile(f.output, func(w io.Writer) error {
		switch {
		case f.format == "html":
			return render.HTML(w, d, page)
		case f.format == "json" || a.json:
			return render.JSON(w, d)
		}
		return render.Terminal(w, d, page, render.TerminalOptions{Color: a.colour(w), Width: min(a.width(w), 120), Context: f.context})
	})
}

func seenText(r *record.Record) string {
	return r.FirstSeen.Format("2006-01-02 15:04") + " to " + r.LastSeen.Format("2006-01-02 15:04") + " UTC"
}

func (a *app) twoRevisions(id string, f *diffFlags) (older, newer *record.Record, canonical string, err error) {
	err = a.view(func(ix *archive.Index) error {
		article, err := ix.Find(id)
		if err != nil {
			return err
		}
		canonical = article.Summary.ID
		to := f.to
		if to == "" {
			to = article.Asked
		}
		from, until, err := history.Numbers(article, f.from, to)
		if err != nil {
			return err
		}
		_, o, err := ix.Record(article, from)
		if err != nil {
			return err
		}
		_, n, err := ix.Record(article, until)
		older, newer = &o, &n
		return err
	})
	if err != nil {
		return nil, nil, "", fmt.Errorf("diff: %w", err)
	}
	return older, newer, canonical, nil
}
