package history

import (
	"time"

	"infocus/archive"
	"infocus/archive/diff"
	"infocus/archive/record"
	"infocus/archive/revision"
)

// VersionOf is a record as the diff looks at it.
func VersionOf(r *record.Record) diff.Version {
	return diff.Version{
		Revision: r.Revision, RevisionID: r.RevisionID, FirstSeen: r.FirstSeen, LastSeen: r.LastSeen, Lang: r.Lang,
		Headline: r.Headline, Trend: r.Trend, Section: r.Section, PeriodText: r.PeriodText, PeriodStart: r.PeriodStart,
		PeriodEnd: r.PeriodEnd, Authors: r.Authors, Lead: r.Lead, Body: r.Body,
	}
}

// versionOfRevision is a revision as the diff looks at it.
func versionOfRevision(r *revision.Revision) diff.Version {
	a := &r.Article
	return diff.Version{
		Revision: r.Number, RevisionID: r.Name, FirstSeen: r.FirstSeen, LastSeen: r.LastSeen, Lang: a.Lang,
		Headline: a.Headline, Trend: a.Trend, Section: a.Section, PeriodText: a.PeriodText, PeriodStart: a.PeriodStart,
		PeriodEnd: a.PeriodEnd, Authors: a.Authors, Lead: a.Lead, Body: a.Body,
	}
}

// Versions gives the revisions of an article from the first to number last, in capture time.
func Versions(ix *archive.Index, a *archive.Article, last int) ([]diff.Version, error) {
	out := make([]diff.Version, 0, last)
	for n := range last {
		_, r, err := ix.Record(a, n+1)
		if err != nil {
			return nil, err
		}
		out = append(out, VersionOf(&r))
	}
	return out, nil
}

// step is the diff from one revision to the next. Where the article was taken down in between it is a retraction.
func step(id string, from, to *revision.Revision) *diff.Diff {
	newer := versionOfRevision(to)
	newer.TakenDown = to.Returned
	return diff.Compare(id, versionOfRevision(from), newer)
}

// stamp is a time as records print it.
func stamp(t time.Time) string { return record.FormatTime(t) }
