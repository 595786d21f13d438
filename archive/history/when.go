package history

import (
	"infocus/archive"
	"infocus/archive/diff"
	"infocus/archive/record"
)

// Hit says when a phrase stood in an article.
type Hit struct {
	ID        string `json:"id"`
	First     int    `json:"first"` // number of the first revision that holds it
	FirstID   string `json:"first_revision_id"`
	FirstSeen string `json:"first_seen"` // of that revision
	Last      int    `json:"last"`
	LastID    string `json:"last_revision_id"`
	LastSeen  string `json:"last_seen"`
	Revisions int    `json:"revisions"`            // how many the article has
	Still     bool   `json:"still"`                // the newest revision holds it, and the article is not gone
	GoneSince string `json:"gone_since,omitempty"` // when the article was taken down after the last revision that holds it
	Headline  string `json:"headline"`
}

// When finds the revisions that hold a phrase: of one article, or of all for an empty id. Letter case,
// white space, quotes and dashes do not count.
func When(ix *archive.Index, id, phrase string) ([]Hit, error) {
	p := diff.NewPhrase(phrase)
	if id != "" {
		a, _, err := Find(ix, id)
		if err != nil {
			return nil, err
		}
		var hits hitList
		for n := range a.Summary.Periods {
			_, r, err := ix.Record(a, n+1)
			if err != nil {
				return nil, err
			}
			hits.look(p, &r)
		}
		return hits.list, nil
	}
	return whenAll(ix, p)
}

// whenAll looks through all articles. The records of one article are not next to each other where its
// period changed, so hits are gathered by id.
func whenAll(ix *archive.Index, p diff.Phrase) ([]Hit, error) {
	var hits hitList
	err := ix.Records(true, func(l archive.Line) error {
		r, err := record.Parse(l.JSON)
		if err == nil {
			hits.look(p, &r)
		}
		return err
	})
	return hits.list, err
}

type hitList struct {
	list  []Hit
	place map[string]int
}

func (h *hitList) look(p diff.Phrase, r *record.Record) {
	if !p.In(VersionOf(r)) {
		return
	}
	if h.place == nil {
		h.place = map[string]int{}
	}
	i, ok := h.place[r.ID]
	if !ok {
		i = len(h.list)
		h.place[r.ID] = i
		h.list = append(h.list, Hit{ID: r.ID, First: r.Revision, FirstID: r.RevisionID, FirstSeen: stamp(r.FirstSeen), Revisions: r.Revisions})
	}
	hit := &h.list[i]
	if r.Revision < hit.First {
		hit.First, hit.FirstID, hit.FirstSeen = r.Revision, r.RevisionID, stamp(r.FirstSeen)
	}
	if r.Revision > hit.Last {
		hit.Last, hit.LastID, hit.LastSeen, hit.Headline = r.Revision, r.RevisionID, stamp(r.LastSeen), r.Headline
		hit.GoneSince = ""
		if !r.GoneSince.IsZero() {
			hit.GoneSince = stamp(r.GoneSince)
		}
	}
	hit.Still = hit.Last == r.Revisions && hit.GoneSince == ""
}
