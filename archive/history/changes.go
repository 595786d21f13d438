package history

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"infocus/archive"
	"infocus/archive/diff"
	"infocus/archive/revision"
)

// Change is a revision that differs from the one before, or the end of an article that was taken down.
type Change struct {
	ID         string     `json:"id"`
	Time       string     `json:"time"` // first seen of the revision, or first of the captures that made the article gone
	Class      diff.Class `json:"class"`
	Revision   int        `json:"revision"` // that begins, or that ended
	RevisionID string     `json:"revision_id"`
	Returned   bool       `json:"returned"` // the article had been gone before
	Gone       bool       `json:"gone"`     // taken down: no revision begins
	Changed    []string   `json:"changed"`
	Similarity float64    `json:"similarity"`
	TrendFrom  string     `json:"trend_from,omitempty"`
	TrendTo    string     `json:"trend_to,omitempty"`
	Headline   string     `json:"headline"`
	URL        string     `json:"url"`

	at time.Time
}

// Span is a stretch of time. A zero end is open. Both are included.
type Span struct{ Since, Until time.Time }

func (s Span) holds(t time.Time) bool {
	return (s.Since.IsZero() || !t.Before(s.Since)) && (s.Until.IsZero() || !t.After(s.Until))
}

// Changes gives what changed in all articles within a span, the heaviest first, then the least similar.
func Changes(ix *archive.Index, span Span) ([]Change, error) {
	var out []Change
	err := ix.Summaries(func(s *archive.Summary) error {
		if len(s.Periods) < 2 && !s.Gone {
			return nil
		}
		a, err := ix.Find(s.ID)
		if err != nil {
			return err
		}
		out = append(out, changesOf(a, span)...)
		return nil
	})
	slices.SortFunc(out, func(a, b Change) int {
		return cmp.Or(int(b.Class)-int(a.Class), cmp.Compare(a.Similarity, b.Similarity), a.at.Compare(b.at), strings.Compare(a.ID, b.ID))
	})
	return out, err
}

func changesOf(a *archive.Article, span Span) []Change {
	var out []Change
	revisions := a.History.Revisions
	for i := range revisions {
		r := &revisions[i]
		if i > 0 && span.holds(r.FirstSeen) {
			out = append(out, changeOf(a, &revisions[i-1], r))
		}
		if !r.GoneSince.IsZero() && span.holds(r.GoneSince) {
			out = append(out, Change{
				ID: a.Summary.ID, Time: stamp(r.GoneSince), at: r.GoneSince, Class: diff.Retraction, Revision: r.Number,
				RevisionID: r.Name, Gone: true, Changed: []string{}, Headline: r.Article.Headline, URL: r.Capture.URL,
			})
		}
	}
	return out
}

func changeOf(a *archive.Article, from, to *revision.Revision) Change {
	d := step(a.Summary.ID, from, to)
	c := Change{
		ID: a.Summary.ID, Time: stamp(to.FirstSeen), at: to.FirstSeen, Class: d.Class, Revision: to.Number,
		RevisionID: to.Name, Returned: to.Returned, Changed: append([]string{}, to.Changed...), Headline: to.Article.Headline, URL: to.Capture.URL,
		Similarity: d.Similarity,
	}
	if slices.Contains(to.Changed, "trend") {
		c.TrendFrom, c.TrendTo = from.Article.Trend, to.Article.Trend
	}
	return c
}
