// Package render shows a diff to people, in a terminal or as an HTML page, and to programs as JSON. It writes to the
// writer it is given and touches nothing else.
package render

import (
	"encoding/json"
	"fmt"
	"io"

	"infocus/archive/diff"
)

// Page is what a shown diff says beside the diff itself. What is empty is left out.
type Page struct {
	Headline string // of the newer revision
	URL      string // of the article
	Lang     string // of the text, BCP 47
	FromSeen string // when the older revision was first seen, as it is to be shown
	ToSeen   string
}

// JSON writes d as one line of JSON, as docs/diff.md describes it.
func JSON(w io.Writer, d *diff.Diff) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		return fmt.Errorf("write diff of %s: %w", d.ID, err)
	}
	return nil
}

// summary says in words how much changed.
func summary(d *diff.Diff) string {
	class := d.Class.String()
	if d.Class == diff.None {
		class = "no change"
	}
	stayed := fmt.Sprintf("%s, %s of the words stayed", class, Percent(d.Similarity))
	if d.TakenDown {
		stayed += "; taken down in between"
	}
	return stayed
}

// Percent rounds to whole percents, but never to all or nothing when it is not.
func Percent(share float64) string {
	whole := int(share*100 + 0.5)
	switch {
	case whole == 100 && share < 1:
		whole = 99
	case whole == 0 && share > 0:
		whole = 1
	}
	return fmt.Sprintf("%d %%", whole)
}

// counts says in words how many words came and went.
func counts(w diff.Words) string {
	return fmt.Sprintf("%d → %d words: %d deleted, %d inserted, %d moved", w.From, w.To, w.Deleted, w.Inserted, w.Moved)
}

// fieldName gives the name of a field as people read it.
func fieldName(key string) string {
	switch key {
	case "trend":
		return "verdict"
	case "period_text":
		return "period"
	}
	return key
}
