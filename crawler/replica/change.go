package replica

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Add publishes an article now.
func (s *Site) Add(d Draft) (Truth, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.Paragraphs, d.Authors = slices.Clone(d.Paragraphs), slices.Clone(d.Authors)
	a, err := s.publish(d, nil, s.opts.Now(), nil)
	if err != nil {
		return Truth{}, err
	}
	if week := a.week; !slices.ContainsFunc(s.weeks, week.Equal) {
		s.weeks = append(s.weeks, week)
		slices.SortFunc(s.weeks, time.Time.Compare)
	}
	s.index()
	return s.truthOf(a, 0), nil
}

// whole fills what a draft leaves open and refuses one that makes no page.
func (s *Site) whole(d Draft, full bool) (Draft, error) {
	if d.Edition == "" {
		d.Edition = editionEn
	}
	if d.Lang == "" {
		d.Lang = map[string]string{editionEn: "en", editionBe: "ru"}[d.Edition]
	}
	if d.Week.IsZero() && len(s.weeks) > 0 {
		d.Week = s.weeks[len(s.weeks)-1]
	}
	switch {
	case s.words.Editions[d.Edition] == nil:
		return d, fmt.Errorf("draft: unknown edition %q", d.Edition)
	case !s.words.known(d.Edition, d.SectionID):
		return d, fmt.Errorf("draft: edition %s has no section %q", d.Edition, d.SectionID)
	case d.Headline == "":
		return d, errors.New("draft: no headline")
	case slugOf(d) == "":
		return d, errors.New("draft: no slug, and the headline gives none")
	case full && len(d.Paragraphs) == 0:
		return d, errors.New("draft: no paragraphs")
	}
	return d, nil
}

// PublishWeek publishes the week after the newest: an article a section and edition.
func (s *Site) PublishWeek() ([]Truth, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	week := monday(s.opts.Newest)
	if len(s.weeks) > 0 {
		week = s.weeks[len(s.weeks)-1].AddDate(0, 0, 7)
	}
	before := len(s.order)
	if err := s.buildWeek(week, nil, nil); err != nil {
		return nil, err
	}
	return s.published(before), nil
}

// PublishArticle publishes one more English article, and mostly its translation, in the newest week.
func (s *Site) PublishArticle() (Truth, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.publishArticle()
}

func (s *Site) publishArticle() (Truth, error) {
	if len(s.weeks) == 0 {
		return Truth{}, errors.New("publish article: the site has no week")
	}
	before := len(s.order)
	sections := s.words.Sections
	sec := sections[s.seq%len(sections)].En
	if _, err := s.generate(s.recipe(s.weeks[len(s.weeks)-1], sec, "extra/"+strconv.Itoa(s.seq))); err != nil {
		return Truth{}, err
	}
	s.markTwice(s.weeks[len(s.weeks)-1])
	return s.published(before)[0], nil
}

// published dates the articles from number before on, and gives them.
func (s *Site) published(before int) []Truth {
	now := s.opts.Now().UTC().Truncate(time.Second)
	var out []Truth
	for _, a := range s.order[before:] {
		a.versions[0].modified = now
		out = append(out, s.truthOf(a, 0))
	}
	s.index()
	return out
}

// Edit makes a new revision of an article; its edition, section, slug, week and twin stay. An edit
// that leaves the draft as it is makes none.
func (s *Site) Edit(path string, edit func(*Draft)) (Truth, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.find(path)
	if a == nil {
		return Truth{}, fmt.Errorf("edit %s: %w", path, ErrUnknownArticle)
	}
	old := s.draftOf(a.newest())
	d := s.draftOf(a.newest())
	edit(&d)
	d.Edition, d.SectionID, d.Slug, d.Week, d.TwinOf = old.Edition, old.SectionID, old.Slug, old.Week, old.TwinOf
	if len(d.Paragraphs) == 0 || d.Headline == "" {
		return Truth{}, fmt.Errorf("edit %s: the draft has lost its headline or its text", path)
	}
	if !reflect.DeepEqual(old, d) {
		d.Paragraphs, d.Authors = slices.Clone(d.Paragraphs), slices.Clone(d.Authors)
		a.versions = append(a.versions, version{draft: d, modified: s.opts.Now().UTC().Truncate(time.Second)})
		s.version++
	}
	return s.truthOf(a, len(a.versions)-1), nil
}

// TakeDown makes an article answer status, 404 or 410, and takes it out of the listings.
func (s *Site) TakeDown(path string, status int) error {
	if status != http.StatusNotFound && status != http.StatusGone {
		return fmt.Errorf("take down %s: status %d is neither 404 nor 410", path, status)
	}
	return s.setStatus(path, status)
}

// Restore undoes TakeDown.
func (s *Site) Restore(path string) error { return s.setStatus(path, http.StatusOK) }

func (s *Site) setStatus(path string, status int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.find(path)
	if a == nil {
		return fmt.Errorf("set status of %s: %w", path, ErrUnknownArticle)
	}
	a.status = status
	s.index()
	return nil
}

// Move gives an article a new slug in its section; the old address answers 301.
func (s *Site) Move(path, slug string) (Truth, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.find(path)
	if a == nil {
		return Truth{}, fmt.Errorf("move %s: %w", path, ErrUnknownArticle)
	}
	to := pathOf(a.edition, a.sectionID, strings.Trim(slug, "/"))
	if s.articles[to] != nil || slug == "" {
		return Truth{}, fmt.Errorf("move %s to %q: the path is taken or empty", path, to)
	}
	delete(s.moved, to)
	s.moved[a.path] = to
	delete(s.articles, a.path)
	a.oldPaths = append(a.oldPaths, a.path)
	if twin := s.articles[a.twin]; twin != nil {
		twin.twin = to
	}
	a.path = to
	s.articles[to] = a
	s.version++
	return s.truthOf(a, len(a.versions)-1), nil
}

func (a *article) addShape(shape Shape) {
	if !slices.Contains(a.shapes, shape) {
		a.shapes = append(a.shapes, shape)
	}
}

// shift lets the listings move while they are read; it is called after each listing request.
func (s *Site) shift(listing string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sh := s.opts.Shift
	if sh.Every <= 0 || sh.Limit > 0 && s.mode.shifts >= sh.Limit {
		return
	}
	if s.mode.listingHits++; s.mode.listingHits%sh.Every != 0 {
		return
	}
	s.mode.shifts++
	if !sh.Delete {
		_ = s.shiftPublish(listing) // a reader of the listing cannot be told
		return
	}
	if items := s.listings[listing]; len(items) > 0 {
		items[0].status = http.StatusNotFound
		s.index()
	}
}

// shiftPublish puts a new article at the head of the listing that is being read.
func (s *Site) shiftPublish(listing string) error {
	edition, id, _ := strings.Cut(listing, "/")
	sec := s.words.today(id)
	if s.words.sectionName(editionEn, sec) == "" || len(s.weeks) == 0 {
		_, err := s.publishArticle()
		return err
	}
	before := len(s.order)
	r := s.recipe(s.weeks[len(s.weeks)-1], sec, "shift/"+strconv.Itoa(s.seq))
	r.translated = r.translated || edition == editionBe
	a, err := s.generate(r)
	if err != nil {
		return err
	}
	if edition == editionEn {
		a.listed = []string{id}
	}
	s.markTwice(a.week)
	s.published(before)
	return nil
}
