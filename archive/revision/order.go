package revision

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"infocus/archive/capture"
)

// ordered gives the observations in capture time, each capture once. Two at the same time are in an order that depends on
// what they show and never on when they arrived: doubts before certainties, so that a page that answered with an error and
// with its text within one millisecond counts as present.
func ordered(observations []Observation) []Observation {
	all := make([]Observation, len(observations))
	for i := range observations {
		all[i] = normal(observations[i])
	}
	slices.SortFunc(all, func(a, b Observation) int {
		if c := compareCaptures(&a, &b); c != 0 {
			return c
		}
		return comparePlaces(&a, &b)
	})
	return slices.CompactFunc(all, func(a, b Observation) bool { return compareCaptures(&a, &b) == 0 })
}

// normal brings an observation into the form that the rest of the package relies on.
func normal(o Observation) Observation {
	o.Time = o.Time.UTC().Truncate(time.Millisecond)
	switch {
	case o.Kind == Good && o.Article == nil:
		o.Kind, o.Reason = Failed, NoteNoArticle
	case o.Kind == Good && blank(o.Article.Lead) && blank(o.Article.Body):
		o.Kind, o.Reason, o.Article = Failed, NoteNoText, nil
	case o.Kind == Moved && o.Target == o.ID:
		o.Target = ""
	}
	return o
}

// compareCaptures is 0 for two observations of one capture, wherever each was found.
func compareCaptures(a, b *Observation) int {
	if c := a.Time.Compare(b.Time); c != 0 {
		return c
	}
	c := cmp.Or(
		cmp.Compare(certainty(a.Kind), certainty(b.Kind)),
		strings.Compare(a.ID, b.ID),
		strings.Compare(a.URL, b.URL),
		strings.Compare(a.PayloadSHA1, b.PayloadSHA1),
		strings.Compare(a.Reason, b.Reason),
		strings.Compare(a.Target, b.Target),
	)
	if c != 0 {
		return c
	}
	return compareArticles(a, b)
}

func certainty(k Kind) int {
	return slices.Index([]Kind{Failed, Missing, Moved, NotModified, Good}, k)
}

// compareArticles tells apart what two captures show that agree in all else. That happens only where payload digests are
// missing, so its cost does not count.
func compareArticles(a, b *Observation) int {
	if a.Article == b.Article {
		return 0
	}
	x, errX := json.Marshal(a.Article)
	y, errY := json.Marshal(b.Article)
	if errX != nil || errY != nil { // impossible: an article is strings and lists of them
		return 0
	}
	return bytes.Compare(x, y)
}

// comparePlaces prefers what this program captured itself, then the first place by name.
func comparePlaces(a, b *Observation) int {
	return cmp.Or(
		cmp.Compare(foreign(a.Source), foreign(b.Source)),
		strings.Compare(string(a.Source), string(b.Source)),
		strings.Compare(a.WARC, b.WARC),
		cmp.Compare(a.Offset, b.Offset),
	)
}

func foreign(s capture.Source) int {
	if s == capture.SourceLive {
		return 0
	}
	return 1
}

// shown gives for each of the ordered observations the index of the good one whose content it shows: itself for a good one;
// for a 304 the newest before it with the payload that the server confirmed, else the newest before it of the same id. It
// is -1 for all others and for a 304 with nothing before it.
func shown(all []Observation) []int {
	byID, byPayload := map[string]int{}, map[string]int{}
	indexes := make([]int, len(all))
	for i := range all {
		o := &all[i]
		indexes[i] = -1
		switch o.Kind {
		case Good:
			indexes[i] = i
			byID[o.ID] = i
			if o.PayloadSHA1 != "" {
				byPayload[o.PayloadSHA1] = i
			}
		case NotModified:
			if base, ok := byPayload[o.PayloadSHA1]; ok {
				indexes[i] = base
			} else if base, ok := byID[o.ID]; ok {
				indexes[i] = base
			}
		}
	}
	return indexes
}
