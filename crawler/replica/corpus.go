package replica

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"infocus/crawler/replica/prose"
)

// build fills an empty site, the oldest week first.
func (s *Site) build() error {
	manuscripts, err := readManuscripts()
	if err != nil {
		return err
	}
	if s.opts.Plain {
		manuscripts = nil
	}
	byWeek := map[time.Time][]manuscript{}
	var written []time.Time
	for _, m := range manuscripts {
		week := monday(m.Week)
		byWeek[week] = append(byWeek[week], m)
		written = append(written, week)
	}
	weeks := chooseWeeks(s.opts.Weeks, monday(s.opts.Newest), s.opts.Plain, written)
	paths := map[string]string{} // of manuscripts
	for i := len(weeks) - 1; i >= 0; i-- {
		if err := s.buildWeek(weeks[i], byWeek[weeks[i]], paths); err != nil {
			return fmt.Errorf("week of %s: %w", weeks[i].Format(time.DateOnly), err)
		}
	}
	return nil
}

// buildWeek publishes a week: the generated articles, and the manuscripts beside or in place of them.
func (s *Site) buildWeek(week time.Time, manuscripts []manuscript, paths map[string]string) error {
	s.weeks = append(s.weeks, week)
	replaced := map[string]bool{}
	for _, m := range manuscripts {
		if !m.extra {
			replaced[s.words.today(m.SectionID)] = true
		}
	}
	for _, sec := range s.words.Sections {
		if replaced[sec.En] {
			continue
		}
		for k := range s.perSection(week, sec.En) {
			if _, err := s.generate(s.recipe(week, sec.En, strconv.Itoa(k))); err != nil {
				return err
			}
		}
	}
	for _, m := range manuscripts {
		m.TwinOf = paths[m.twin]
		a, err := s.publish(m.Draft, nil, publishTime(week, s.seq), m.shapes)
		if err != nil {
			return fmt.Errorf("manuscript %s: %w", m.name, err)
		}
		if m.listed != "" {
			a.listed = []string{m.listed}
			a.shapes = append(a.shapes, ShapeForeignListing)
		}
		paths[m.name] = a.path
	}
	s.markTwice(week)
	return nil
}

// perSection says how many articles a section gets in a week.
func (s *Site) perSection(week time.Time, sec string) int {
	if s.opts.Plain {
		return s.opts.PerSection
	}
	dice := prose.NewDice(s.opts.Seed, "count/"+week.Format(time.DateOnly)+sec)
	switch roll := dice.Roll(100); {
	case roll < 4:
		return s.opts.PerSection + 1
	case roll < 7:
		return s.opts.PerSection - 1
	}
	return s.opts.PerSection
}

// publishTime is when an article of the first build went online: the Tuesday after its week.
func publishTime(week time.Time, seq int) time.Time {
	return week.AddDate(0, 0, 8).Add(9*time.Hour + time.Duration(seq%240)*time.Minute + time.Duration(seq%53)*time.Second)
}

// generate publishes a generated article and, mostly, its translation.
func (s *Site) generate(r *recipe) (*article, error) {
	en, err := s.cook(r.english())
	if err != nil {
		return nil, err
	}
	r.amend(en)
	if r.odd(shareRussianInEn) {
		if _, err := s.cook(r.russian()); err != nil {
			return nil, err
		}
	}
	if r.translated {
		_, err = s.cook(r.belarusian(en.path))
	}
	return en, err
}

// cook writes the headline of a draft and publishes it. Of headlines that give a path already taken
// it takes the next; after a few it numbers the slug.
func (s *Site) cook(d Draft, a prose.Assignment, otherSlug bool) (*article, error) {
	key := a.Key
	const lastTry = 7
	for try := range lastTry + 1 {
		if try > 0 {
			a.Key = key + "+" + strconv.Itoa(try)
		}
		d.Headline, d.Slug = s.writer.Headline(a), ""
		if try == lastTry {
			d.Slug = slugOf(d) + "-" + strconv.Itoa(s.seq)
		} else if otherSlug {
			other := a
			other.Key += "/slug"
			d.Slug, _ = slugFor(s.writer.Headline(other), d.SectionID, d.Week)
		}
		if !s.taken(d) {
			break
		}
	}
	return s.publish(d, &a, publishTime(d.Week, s.seq), nil)
}

func (s *Site) taken(d Draft) bool {
	_, taken := s.articles[pathOf(d.Edition, d.SectionID, slugOf(d))]
	return taken
}

func slugOf(d Draft) string {
	if d.Slug != "" {
		return d.Slug
	}
	slug, _ := slugFor(d.Headline, d.SectionID, monday(d.Week))
	return slug
}

func pathOf(edition, sectionID, slug string) string {
	path := sectionID + "/" + slug
	if edition == editionBe {
		return branchBe + path
	}
	return path
}

// publish puts an article online. Without an assignment the draft holds the whole text.
func (s *Site) publish(d Draft, assignment *prose.Assignment, at time.Time, shapes []Shape) (*article, error) {
	d, err := s.whole(d, assignment == nil)
	if err != nil {
		return nil, err
	}
	a := &article{
		path: pathOf(d.Edition, d.SectionID, slugOf(d)), edition: d.Edition, sectionID: d.SectionID,
		week: monday(d.Week), seq: s.seq, status: http.StatusOK, twin: d.TwinOf,
		listed:   []string{d.SectionID},
		versions: []version{{draft: d, assignment: assignment, modified: at.UTC().Truncate(time.Second)}},
		shapes:   append(shapes, slugShapes(d)...),
	}
	if s.articles[a.path] != nil || s.moved[a.path] != "" {
		return nil, fmt.Errorf("publish %s: the path is taken", a.path)
	}
	if a.twin != "" {
		twin := s.articles[a.twin]
		if twin == nil {
			return nil, fmt.Errorf("publish %s: twin %s: %w", a.path, a.twin, ErrUnknownArticle)
		}
		twin.twin = a.path
	}
	s.seq++
	s.articles[a.path] = a
	s.order = append(s.order, a)
	return a, nil
}

// slugShapes compares the slug with the headline.
func slugShapes(d Draft) []Shape {
	own, cut := slugFor(d.Headline, d.SectionID, monday(d.Week))
	switch {
	case slugOf(d) != own:
		return []Shape{ShapeOtherSlug}
	case cut:
		return []Shape{ShapeTruncatedSlug}
	}
	return nil
}

// markTwice notes which sections a week carries twice.
func (s *Site) markTwice(week time.Time) {
	count := map[string]int{}
	inWeek := s.inWeek(week)
	for _, a := range inWeek {
		count[a.edition+a.sectionID]++
	}
	for _, a := range inWeek {
		if count[a.edition+a.sectionID] > 1 {
			a.addShape(ShapeTwiceInWeek)
		}
	}
}
