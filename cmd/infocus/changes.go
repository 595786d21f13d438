package main

import (
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/archive/diff/render"
	"infocus/archive/history"
)

func (a *app) changesCommand() *cobra.Command {
	var since, until, format, output string
	cmd := &cobra.Command{
		Use:   "changes",
		Short: "What changed in all articles within a time, the heaviest first",
		Long: `List the revisions of all articles that differ from the one before, and articles taken down, by the time they
were first seen: class, date, share of words that stayed, id. The heaviest change comes first: retraction,
verdict, substantive, minor, typographic. First revisions are no changes.

` + exitHelp,
		Example: `  infocus changes --since 2024-01-01
  infocus changes --since 2024-01-01 --format csv -o changes.csv
  infocus changes --format atom -o changes.xml      # for a feed reader`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			span, err := parseSpan(since, until)
			if err != nil {
				return err
			}
			if a.json && format == "text" {
				format = "json"
			}
			return a.changes(span, format, output)
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "first seen on or after this date (2024-01-31 or RFC 3339, UTC)")
	cmd.Flags().StringVar(&until, "until", "", "first seen on or before this date")
	cmd.Flags().StringVar(&format, "format", "text", "text, json (one object a line), csv or atom")
	cmd.Flags().StringVarP(&output, "output", "o", "", "file to write; - or nothing is stdout")
	return cmd
}

// parseSpan reads two dates; the second is included to its end.
func parseSpan(since, until string) (history.Span, error) {
	from, _, err := parseTime("--since", since)
	if err != nil {
		return history.Span{}, err
	}
	to, day, err := parseTime("--until", until)
	if day {
		to = to.AddDate(0, 0, 1).Add(-time.Nanosecond)
	}
	if err == nil && !to.IsZero() && to.Before(from) {
		err = usageErrorf("--until %s is before --since %s", until, since)
	}
	return history.Span{Since: from, Until: to}, err
}

func parseTime(flag, s string) (t time.Time, day bool, err error) {
	if s == "" {
		return time.Time{}, false, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, true, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), false, nil
	}
	return time.Time{}, false, usageErrorf("%s %q: want a date such as 2024-01-31, or RFC 3339", flag, s)
}

func (a *app) changes(span history.Span, format, output string) error {
	write, ok := map[string]func(io.Writer, []history.Change) error{
		"text": changesText, "json": changesJSON, "csv": changesCSV, "atom": changesAtom,
	}[format]
	if !ok {
		return usageErrorf("--format %q: choose text, json, csv or atom", format)
	}
	var list []history.Change
	err := a.view(func(ix *archive.Index) error {
		var err error
		list, err = history.Changes(ix, span)
		return err
	})
	if err != nil {
		return err
	}
	return a.toFile(output, func(w io.Writer) error { return write(w, list) })
}

func changesText(w io.Writer, list []history.Change) error {
	for i := range list {
		c := &list[i]
		stayed := render.Percent(c.Similarity)
		if c.Gone {
			stayed = "-"
		}
		if _, err := fmt.Fprintf(w, "%-11s  %s  %5s  %s  %s\n", c.Class, minuteOf(c.Time), stayed, c.RevisionID, whatChanged(c)); err != nil {
			return err
		}
	}
	return nil
}

// whatChanged says what happened to an article, in words.
func whatChanged(c *history.Change) string {
	if c.Gone {
		return "taken down"
	}
	what := make([]string, 0, len(c.Changed)+1)
	for _, key := range c.Changed {
		if key == "trend" {
			key += fmt.Sprintf(" (%s -> %s)", c.TrendFrom, c.TrendTo)
		}
		what = append(what, key)
	}
	if c.Returned {
		what = append(what, "came back")
	}
	return strings.Join(what, ", ")
}

func changesJSON(w io.Writer, list []history.Change) error {
	a := app{stdout: w}
	for i := range list {
		if err := a.printLine(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

func changesCSV(w io.Writer, list []history.Change) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"class", "time", "similarity", "id", "revision", "revision_id", "gone", "returned", "changed", "trend_from", "trend_to", "headline", "url"}}
	for i := range list {
		c := &list[i]
		rows = append(rows, []string{
			c.Class.String(), c.Time, strconv.FormatFloat(c.Similarity, 'f', 4, 64), c.ID, strconv.Itoa(c.Revision), c.RevisionID,
			strconv.FormatBool(c.Gone), strconv.FormatBool(c.Returned), strings.Join(c.Changed, " "), c.TrendFrom, c.TrendTo, c.Headline, c.URL,
		})
	}
	return out.WriteAll(rows)
}

// atomFeed is an Atom feed (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

func changesAtom(w io.Writer, list []history.Change) error {
	feed := atomFeed{ID: "urn:infocus:changes", Title: "Changes of archived articles", Author: atomAuthor{Name: "infocus"}, Updated: "1970-01-01T00:00:00Z"}
	for i := range list {
		c := &list[i]
		feed.Updated = max(feed.Updated, c.Time)
		id, summary := "urn:infocus:revision:"+c.RevisionID, "Changed: "+whatChanged(c)+". "+render.Percent(c.Similarity)+" of the words stayed. "
		if c.Gone {
			id, summary = "urn:infocus:gone:"+c.RevisionID, "Taken down. "
		}
		feed.Entries = append(feed.Entries, atomEntry{
			ID: id, Title: fmt.Sprintf("[%s] %s", c.Class, c.Headline), Updated: c.Time, Link: atomLink{Href: c.URL},
			Summary: summary + c.RevisionID,
		})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(&feed); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
