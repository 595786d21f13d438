package archive

import (
	"fmt"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"infocus/archive/revision"
)

// settlement is what settling a batch gave: the histories of the articles that were touched.
type settlement struct {
	tx        *bbolt.Tx
	observer  *observer
	histories map[string]*settled // by canonical id
	changed   map[string]bool     // canonical ids whose records may name other translations now
}

// settled is one article as computed from all its captures.
type settled struct {
	joined  revision.Joined
	history revision.History
}

// settle computes the articles that touched ids belong to, from all their captures, and writes their records.
func settle(tx *bbolt.Tx, touched map[string]bool) (*settlement, error) {
	o, err := newObserver(tx)
	if err != nil {
		return nil, err
	}
	s := &settlement{tx: tx, observer: o, histories: map[string]*settled{}, changed: map[string]bool{}}
	done := map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		if done[id] || !isArticle(tx, id) {
			continue
		}
		if err := s.component(id, done); err != nil {
			return nil, fmt.Errorf("settle %s: %w", id, err)
		}
	}
	err = s.render()
	return s, err
}

// settleAll computes every article anew. The order of ids has no part in the result.
func settleAll(tx *bbolt.Tx) error {
	o, err := newObserver(tx)
	if err != nil {
		return err
	}
	done, changed := map[string]bool{}, map[string]bool{}
	for _, id := range allIDs(tx) {
		if done[id] {
			continue
		}
		s := &settlement{tx: tx, observer: o, histories: map[string]*settled{}, changed: changed}
		if err := s.component(id, done); err != nil {
			return fmt.Errorf("settle %s: %w", id, err)
		}
		if err := s.writeRecords(); err != nil {
			return err
		}
	}
	s := &settlement{tx: tx, observer: o, histories: map[string]*settled{}, changed: changed}
	return s.render()
}

func allIDs(tx *bbolt.Tx) []string {
	var ids []string
	c := bucket(tx, bucketIDs).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		ids = append(ids, string(k))
	}
	return ids
}

// settleDistrusted settles the articles of a run again whose missing pages count for nothing.
func settleDistrusted(tx *bbolt.Tx, report *Report) error {
	if !report.Distrust {
		return nil
	}
	return settleAll(tx)
}

// component settles all articles that share contents or redirects with an id.
func (s *settlement) component(id string, done map[string]bool) error {
	all, err := s.observer.component(id)
	if err != nil {
		return err
	}
	for member := range all {
		done[member] = true
	}
	for _, j := range revision.Group(all) {
		if err := s.article(j); err != nil {
			return err
		}
	}
	return nil
}

// article takes one article in: which ids are its, and what its history is.
func (s *settlement) article(j revision.Joined) error {
	h := j.Settle()
	if h.Latest() == nil {
		return nil
	}
	ids := bucket(s.tx, bucketIDs)
	if err := putChanged(ids, []byte(j.Canonical), []byte(j.Canonical)); err != nil {
		return err
	}
	for _, a := range j.Aliases {
		if err := s.forget(a.ID); err != nil {
			return err
		}
		if err := putChanged(ids, []byte(a.ID), []byte(j.Canonical)); err != nil {
			return err
		}
	}
	s.histories[j.Canonical] = &settled{joined: j, history: h}
	return s.summarise(j, &h)
}

// outcome is what an article's capture was in its history: new, changed, gone and so on.
func (s *settlement) outcome(p *placed) string {
	for _, x := range s.histories {
		for i := range x.history.Steps {
			step := &x.history.Steps[i]
			if step.WARC != p.loc.File || step.Offset != p.loc.Offset {
				continue
			}
			if step.Note == revision.NoteGone || step.Note == revision.NoteReturned {
				return step.Note
			}
			return string(step.Outcome)
		}
	}
	return ""
}
