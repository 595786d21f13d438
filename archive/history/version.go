package history

import (
	"fmt"
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

// Versions gives all revisions of an article, in capture time.
func Versions(ix *archive.Index, a *archive.Article) ([]diff.Version, error) {
	out := make([]diff.Version, 0, len(a.Summary.Periods))
	for n := range a.Summary.Periods {
		_, r, err := ix.Record(a, n+1)
		if err != nil {
			return nil, err
		}
		out = append(out, VersionOf(&r))
	}
	return out, nil
}

// Class weighs the step from one revision to the next: the heaviest of its changes, and a retraction
// where the article was taken down in between.
func class(from, to *revision.Revision) diff.Class {
	c := diff.Heaviest(versionOfRevision(from), versionOfRevision(to))
	if to.Returned {
		return max(c, diff.Retraction)
	}
	return c
}

// stamp is a time as records print it.
func stamp(t time.Time) string { return record.FormatTime(t) }

// Numbers gives the numbers of the two revisions that a diff is of. From and to name them by number
// or revision_id; empty means the last two.
func Numbers(a *archive.Article, from, to string) (int, int, error) {
	last := len(a.History.Revisions)
	t, err := number(a, to, last)
	if err != nil {
		return 0, 0, err
	}
	f, err := number(a, from, t-1)
	if err != nil {
		return 0, 0, err
	}
	if f < 1 {
		return 0, 0, fmt.Errorf("%s has one revision, so there is nothing to compare; `infocus show %s` prints it", a.Summary.ID, a.Summary.ID)
	}
	return f, t, nil
}

func number(a *archive.Article, given string, missing int) (int, error) {
	if given == "" {
		return missing, nil
	}
	n := 0
	if _, err := fmt.Sscanf(given, "%d", &n); err == nil && fmt.Sprint(n) == given {
		if n < 1 || n > len(a.History.Revisions) {
			return 0, fmt.Errorf("%s has revisions 1 to %d, not %d", a.Summary.ID, len(a.History.Revisions), n)
		}
		return n, nil
	}
	if r := a.History.ByName(given); r != nil {
		return r.Number, nil
	}
	return 0, fmt.Errorf("%q is no revision of %s: want a number from 1 to %d, or a revision_id", given, a.Summary.ID, len(a.History.Revisions))
}
