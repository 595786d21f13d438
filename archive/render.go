package archive

import (
	"maps"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"infocus/archive/record"
	"infocus/archive/revision"
	"infocus/extract"
)

// render writes the records of the articles settled, and of those whose translations came out different.
func (s *settlement) render() error {
	if err := s.writeRecords(); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(s.changed)) {
		canonical := string(bucket(s.tx, bucketIDs).Get([]byte(id)))
		if canonical == "" || s.histories[canonical] != nil {
			continue
		}
		if err := s.renderPartner(canonical); err != nil {
			return err
		}
	}
	return nil
}

func (s *settlement) writeRecords() error {
	for _, id := range slices.Sorted(maps.Keys(s.histories)) {
		sum, err := loadSummary(s.tx, id)
		if err != nil {
			return err
		}
		if sum.Translations, err = translationsOf(s.tx, sum); err != nil {
			return err
		}
		if err := s.write(sum, &s.histories[id].history); err != nil {
			return err
		}
	}
	return nil
}

// renderPartner writes the records of an article again if it has other translations now.
func (s *settlement) renderPartner(canonical string) error {
	sum, err := loadSummary(s.tx, canonical)
	if err != nil || sum == nil {
		return err
	}
	translations, err := translationsOf(s.tx, sum)
	if err != nil || slices.Equal(translations, sum.Translations) {
		return err
	}
	h, err := s.observer.history(sum)
	if err != nil {
		return err
	}
	sum.Translations = translations
	return s.write(sum, h)
}

// write puts the records of an article into the index, in the place of those there.
func (s *settlement) write(sum *Summary, h *revision.History) error {
	if err := dropRecords(s.tx, sum); err != nil {
		return err
	}
	facts := s.facts(sum)
	sum.Periods = sum.Periods[:0]
	for n := 1; n <= len(h.Revisions); n++ {
		r := h.Record(n, facts)
		sum.Periods = append(sum.Periods, r.PeriodStart)
		name := bucketEarlier
		if n == len(h.Revisions) {
			name = bucketLatest
		}
		if err := bucket(s.tx, name).Put(recordKey(r.PeriodStart, sum.ID, n), record.Append(nil, &r)); err != nil {
			return err
		}
	}
	return putJSON(bucket(s.tx, bucketArticles), []byte(sum.ID), sum)
}

func (s *settlement) facts(sum *Summary) revision.Facts {
	site, _, _ := strings.Cut(sum.ID, "/")
	version := bucket(s.tx, bucketMeta).Get([]byte(prefixExtractor + site))
	return revision.Facts{
		Site: site, Extractor: string(version), Aliases: sum.Aliases, Translations: sum.Translations,
	}
}

// translationsOf are the translations of an article: those that it names and those that name it, as
// far as they are known articles.
func translationsOf(tx *bbolt.Tx, sum *Summary) ([]extract.Translation, error) {
	canonical := map[string]string{}
	pages := []revision.Page{{ID: sum.ID, Edition: sum.Edition, Translations: sum.Names}}
	candidates := []string{}
	for _, t := range sum.Names {
		candidates = append(candidates, t.ID)
	}
	for _, id := range append([]string{sum.ID}, sum.Aliases...) {
		canonical[id] = sum.ID
		candidates = append(candidates, seconds(bucket(tx, bucketTranslates), id)...)
	}
	known := map[string]bool{sum.ID: true}
	for _, id := range candidates {
		c := string(bucket(tx, bucketIDs).Get([]byte(id)))
		if c == "" {
			continue
		}
		canonical[id] = c
		if known[c] {
			continue
		}
		known[c] = true
		partner, err := loadSummary(tx, c)
		if err != nil {
			return nil, err
		}
		if partner != nil {
			pages = append(pages, revision.Page{ID: c, Edition: partner.Edition, Translations: partner.Names})
			for _, t := range partner.Names {
				if own := bucket(tx, bucketIDs).Get([]byte(t.ID)); own != nil {
					canonical[t.ID] = string(own)
				}
			}
		}
	}
	return revision.Translations(pages, canonical)[sum.ID], nil
}

// history computes the history of a known article from its captures.
func (o *observer) history(sum *Summary) (*revision.History, error) {
	j, err := o.joined(sum)
	if err != nil {
		return nil, err
	}
	h := j.Settle()
	return &h, nil
}

// joined gathers the captures of a known article, with those of every id that may be the same one,
// since which captures of an alias count depends on the others.
func (o *observer) joined(sum *Summary) (*revision.Joined, error) {
	all, err := o.component(sum.ID)
	if err != nil {
		return nil, err
	}
	for _, j := range revision.Group(all) {
		if j.Canonical == sum.ID {
			return &j, nil
		}
	}
	return nil, &CorruptError{Path: "infocus.db", Cause: "article " + sum.ID + " has no captures"}
}

// recordsOf calls fn for the stored records of an article, by revision.
func recordsOf(tx *bbolt.Tx, sum *Summary, fn func(line []byte) error) error {
	for i, period := range sum.Periods {
		name := bucketEarlier
		if i == len(sum.Periods)-1 {
			name = bucketLatest
		}
		line := bucket(tx, name).Get(recordKey(period, sum.ID, i+1))
		if line == nil {
			return &CorruptError{Path: "infocus.db", Cause: "a record of " + sum.ID + " is missing"}
		}
		if err := fn(line); err != nil {
			return err
		}
	}
	return nil
}
