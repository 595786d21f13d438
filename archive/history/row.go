package history

import (
	"infocus/archive"
	"infocus/archive/diff"
	"infocus/archive/revision"
)

// Row is one revision in the history of an article.
type Row struct {
	ID            string      `json:"id"`
	Revision      int         `json:"revision"`
	RevisionID    string      `json:"revision_id"`
	FirstSeen     string      `json:"first_seen"` // RFC 3339 UTC
	LastSeen      string      `json:"last_seen"`
	Captures      int         `json:"captures"` // good ones, 200 and 304
	Source        string      `json:"source"`   // of the newest capture with a payload
	Changed       []string    `json:"changed"`  // keys that differ from the revision before; empty for the first
	Class         *diff.Class `json:"class"`    // of the heaviest change; null for the first
	Similarity    *float64    `json:"similarity"`
	Returned      bool        `json:"returned"`   // the article had been gone before
	GoneSince     *string     `json:"gone_since"` // first of the captures that made it gone
	ContentSHA256 string      `json:"content_sha256"`
	URL           string      `json:"url"`
	Aliases       []Alias     `json:"aliases"` // of the article: other ids, whatever the revision
}

// Alias is another id of an article.
type Alias struct {
	ID    string       `json:"id"`
	Since string       `json:"since"` // first redirect, or first capture with the article's content
	Why   revision.Why `json:"why"`   // redirect or content
}

// Aliases lists the other ids of an article.
func Aliases(a *archive.Article) []Alias {
	out := make([]Alias, 0, len(a.Aliases))
	for _, alias := range a.Aliases {
		out = append(out, Alias{ID: alias.ID, Since: stamp(alias.Since), Why: alias.Why})
	}
	return out
}

// Rows gives the revisions of an article, in capture time.
func Rows(a *archive.Article) []Row {
	revisions := a.History.Revisions
	rows, aliases := make([]Row, 0, len(revisions)), Aliases(a)
	for i := range revisions {
		r := &revisions[i]
		row := Row{
			ID: a.Summary.ID, Revision: r.Number, RevisionID: r.Name, FirstSeen: stamp(r.FirstSeen), LastSeen: stamp(r.LastSeen),
			Captures: r.Captures, Source: string(r.Capture.Source), Changed: append([]string{}, r.Changed...),
			Returned: r.Returned, ContentSHA256: r.ContentSHA256, URL: r.Capture.URL, Aliases: aliases,
		}
		if !r.GoneSince.IsZero() {
			gone := stamp(r.GoneSince)
			row.GoneSince = &gone
		}
		if i > 0 {
			d := step(a.Summary.ID, &revisions[i-1], r)
			row.Class, row.Similarity = &d.Class, &d.Similarity
		}
		rows = append(rows, row)
	}
	return rows
}
