package archive

import (
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"infocus/archive/revision"
	"infocus/archive/schedule"
	"infocus/extract"
)

// Summary is what the index keeps of an article beside its records.
type Summary struct {
	ID           string                `json:"id"`
	Edition      string                `json:"edition"`
	Periods      []string              `json:"periods"` // period_start of each revision's record: part of its key
	Gone         bool                  `json:"gone,omitempty"`
	Captures     int                   `json:"captures"` // good ones
	Aliases      []string              `json:"aliases,omitempty"`
	Names        []extract.Translation `json:"names,omitempty"`        // translations that its newest page names
	Translations []extract.Translation `json:"translations,omitempty"` // as its records print them
	States       []Asked               `json:"states"`                 // of each of its ids, for the schedule
}

// Asked is what the schedule knows of one id of an article.
type Asked struct {
	URL   string         `json:"url"` // newest address captured by this program
	State schedule.State `json:"state"`
}

func loadSummary(tx *bbolt.Tx, canonical string) (*Summary, error) {
	var s Summary
	found, err := loadJSON(bucket(tx, bucketArticles), []byte(canonical), &s)
	if err != nil || !found {
		return nil, err
	}
	return &s, nil
}

// summarise keeps what is known of an article. Its translations are settled when all are known.
func (s *settlement) summarise(j revision.Joined, h *revision.History) error {
	old, err := loadSummary(s.tx, j.Canonical)
	if err != nil {
		return err
	}
	latest := h.Latest()
	sum := &Summary{
		ID: j.Canonical, Edition: latest.Article.Edition, Gone: h.Gone(), Names: latest.Article.Translations,
	}
	for i := range h.Revisions {
		sum.Captures += h.Revisions[i].Captures
	}
	for _, a := range j.Aliases {
		sum.Aliases = append(sum.Aliases, a.ID)
	}
	for _, id := range append([]string{j.Canonical}, sum.Aliases...) {
		sum.States = append(sum.States, Asked{URL: addressOf(h, &j, id), State: schedule.StateOf(id, h, j.Aside...)})
	}
	if old != nil {
		sum.Periods, sum.Translations = old.Periods, old.Translations
	}
	s.markChanged(old, sum)
	return putJSON(bucket(s.tx, bucketArticles), []byte(sum.ID), sum)
}

// markChanged notes the articles whose records may have to name other translations.
func (s *settlement) markChanged(old, now *Summary) {
	s.changed[now.ID] = true
	partners := slices.Concat(now.Names, now.Translations)
	if old != nil {
		partners = append(partners, old.Names...)
	}
	for _, t := range partners {
		s.changed[t.ID] = true
	}
	for _, id := range append([]string{now.ID}, now.Aliases...) {
		for _, source := range seconds(bucket(s.tx, bucketTranslates), id) {
			s.changed[source] = true
		}
	}
}

// addressOf is the newest address under which an id was captured, those of this program first.
func addressOf(h *revision.History, j *revision.Joined, id string) string {
	var address string
	var newest time.Time
	live := false
	look := func(o *revision.Observation) {
		if o.ID != id {
			return
		}
		own := o.Source == "live"
		if address == "" || (own && !live) || (own == live && o.Time.After(newest)) {
			address, newest, live = o.URL, o.Time, own
		}
	}
	for i := range h.Steps {
		look(&h.Steps[i].Observation)
	}
	for i := range j.Aside {
		look(&j.Aside[i])
	}
	return address
}

// forget takes the article of an id out of the index, as when it became an alias of another.
func (s *settlement) forget(canonical string) error {
	sum, err := loadSummary(s.tx, canonical)
	if err != nil || sum == nil {
		return err
	}
	for _, t := range slices.Concat(sum.Names, sum.Translations) {
		s.changed[t.ID] = true
	}
	if err := dropRecords(s.tx, sum); err != nil {
		return err
	}
	return bucket(s.tx, bucketArticles).Delete([]byte(canonical))
}

func dropRecords(tx *bbolt.Tx, sum *Summary) error {
	for i, period := range sum.Periods {
		key := recordKey(period, sum.ID, i+1)
		for _, b := range []string{bucketLatest, bucketEarlier} {
			if err := bucket(tx, b).Delete(key); err != nil {
				return err
			}
		}
	}
	return nil
}
