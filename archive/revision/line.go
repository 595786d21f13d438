package revision

import (
	"slices"
	"time"

	"infocus/extract"
)

// line is what counts for the history of one article while its ids are being joined.
type line struct {
	all     []Observation // in capture time
	waiting []Observation // to be added to all; they have no part in what the methods say until flush
	history *History      // of all, computed when it is needed
	byID    map[string][]Observation
}

// flush adds what is waiting.
func (l *line) flush() {
	if len(l.waiting) > 0 {
		*l = line{all: ordered(slices.Concat(l.all, l.waiting))}
	}
}

func (l *line) settle() {
	if l.history != nil {
		return
	}
	h := Settle("", l.all)
	l.history = &h
	l.byID = map[string][]Observation{}
	for i := range l.all {
		id := l.all[i].ID
		l.byID[id] = append(l.byID[id], l.all[i])
	}
}

// silent says whether the article stood at none of its addresses at a time.
func (l *line) silent(at time.Time) bool {
	l.settle()
	for _, of := range l.byID {
		if presentAt(of, at) {
			return false
		}
	}
	return true
}

// around gives what the article showed just before a time and just after: the same within a revision, nil before it was
// there and after it was seen last, and nil for before while it was silent.
func (l *line) around(at time.Time) (before, after *extract.Article) {
	l.settle()
	revisions := l.history.Revisions
	next, _ := slices.BinarySearchFunc(revisions, at, func(r Revision, at time.Time) int {
		if r.FirstSeen.After(at) {
			return 1
		}
		return -1
	})
	if next < len(revisions) {
		after = &revisions[next].Article
	}
	if next == 0 || l.silent(at) {
		return nil, after
	}
	r := &revisions[next-1]
	if !at.After(r.LastSeen) {
		after = &r.Article
	}
	return &r.Article, after
}

// absorb takes in observations of an alias. Good ones count where they show what the article showed just before or just
// after; where it showed nothing they count if inFull is set, or if nothing came after. It gives the good ones that count
// and those that do not. Only where they add something to what the article shows, the line is changed at once: so many
// aliases that show the same are cheap.
func (l *line) absorb(observations []Observation, inFull bool) (good, aside []Observation) {
	bases := shown(observations)
	counts := make([]bool, len(observations))
	news := false
	for i := range observations {
		o := &observations[i]
		base := bases[i]
		if base < 0 {
			l.waiting = append(l.waiting, *o)
			continue
		}
		if base == i || counts[base] {
			var adds bool
			counts[i], adds = l.takes(o.Time, observations[base].Article, inFull)
			news = news || adds
		}
		if counts[i] {
			good = append(good, *o)
		} else {
			aside = append(aside, *o)
		}
	}
	l.waiting = append(l.waiting, good...)
	if news {
		l.flush()
	}
	return good, aside
}

// takes says whether a good capture of an alias counts, and whether it adds to what the article shows: a text at a time
// when it showed none, or a field that the revision lacks.
func (l *line) takes(at time.Time, a *extract.Article, inFull bool) (counts, adds bool) {
	before, after := l.around(at)
	switch {
	case before != nil && len(differing(before, a)) == 0:
		return true, fills(before, a)
	case after != nil && len(differing(after, a)) == 0:
		return true, true
	}
	counts = before == nil && (inFull || after == nil)
	return counts, counts
}

// fills says whether an article has a marked field that a revision lacks.
func fills(known, a *extract.Article) bool {
	return blank(known.Section) && !blank(a.Section) || blank(known.Headline) && !blank(a.Headline) ||
		blank(known.PeriodText) && !blank(a.PeriodText) || blank(known.Trend) && !blank(a.Trend) ||
		len(known.Authors) < len(a.Authors)
}
