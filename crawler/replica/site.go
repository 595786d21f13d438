package replica

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"infocus/crawler/replica/prose"
)

// ErrUnknownArticle is returned for a path that no article has.
var ErrUnknownArticle = errors.New("no such article")

// branchBe is where the be edition's paths start.
const branchBe = "by/"

// Site is the replica. All methods may be used at the same time.
type Site struct {
	words  *vocabulary
	writer *prose.Writer
	texts  *texts
	design map[Markup]*design

	mu       sync.RWMutex // guards what follows
	opts     Options
	articles map[string]*article // by path
	moved    map[string]string   // old path to new
	order    []*article          // as published
	weeks    []time.Time         // Mondays, the oldest first
	seq      int
	listings map[string][]*article // see index
	mode     mode

	version int // counts changes of what pages print
	cache   cache

	faults faults
	log    requestLog
	nonces counter
}

// mode is the state of the site as a whole.
type mode struct {
	noVerdicts  bool
	toHome      bool
	parked      bool
	gone        int // status of every article, 0 for their own
	generation  int // of the design: hashed classes follow it
	chrome      int // counts changes of the chrome
	listingHits int // listing requests since the last shift
	shifts      int
}

// New builds a site.
func New(opts Options) (*Site, error) {
	opts = opts.withDefaults()
	s := &Site{opts: opts, articles: map[string]*article{}, moved: map[string]string{}}
	var err error
	if s.words, err = readVocabulary(); err != nil {
		return nil, err
	}
	if s.texts, err = readTexts(); err != nil {
		return nil, err
	}
	if s.writer, err = prose.NewWriter(); err != nil {
		return nil, err
	}
	if s.design, err = readDesigns(); err != nil {
		return nil, err
	}
	if s.design[opts.Markup] == nil {
		return nil, fmt.Errorf("markup %q: there are %v", opts.Markup, Markups())
	}
	if err := s.build(); err != nil {
		return nil, fmt.Errorf("build replica: %w", err)
	}
	s.index()
	s.faults.set(opts.Faults)
	return s, nil
}

// Articles gives the newest revision of every article, those taken down too (see Truth.Status), in
// the order of the listings: newest week first.
func (s *Site) Articles() []Truth {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := slices.Clone(s.order)
	newestFirst(all)
	out := make([]Truth, len(all))
	for i, a := range all {
		out[i] = s.truthOf(a, len(a.versions)-1)
	}
	return out
}

// Count is the number of articles, those taken down included.
func (s *Site) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.order)
}

// Article gives the newest revision of one article; a moved one is found by its old paths too.
func (s *Site) Article(path string) (Truth, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := s.find(path)
	if a == nil {
		return Truth{}, false
	}
	return s.truthOf(a, len(a.versions)-1), true
}

// Revisions gives every revision of an article, the oldest first; nil for an unknown path.
func (s *Site) Revisions(path string) []Truth {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := s.find(path)
	if a == nil {
		return nil
	}
	out := make([]Truth, len(a.versions))
	for i := range a.versions {
		out[i] = s.truthOf(a, i)
	}
	return out
}

// Draft gives the content of an article's newest revision.
func (s *Site) Draft(path string) (Draft, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := s.find(path)
	if a == nil {
		return Draft{}, false
	}
	return s.draftOf(a.newest()), true
}

// Weeks gives the Mondays of the weeks the site holds, the newest first.
func (s *Site) Weeks() []time.Time {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := slices.Clone(s.weeks)
	slices.Reverse(out)
	return out
}

// find knows old paths, and slashes around a path. The caller holds the lock.
func (s *Site) find(path string) *article {
	path = strings.Trim(path, "/")
	for range len(s.moved) + 1 {
		next, ok := s.moved[path]
		if !ok {
			break
		}
		path = next
	}
	return s.articles[path]
}

func newestFirst(list []*article) {
	slices.SortStableFunc(list, func(a, b *article) int {
		if c := b.week.Compare(a.week); c != 0 {
			return c
		}
		return b.seq - a.seq
	})
}

// index notes that the site has changed, and makes the listings anew: "en/security-issues" is a section's, "en" all of an edition,
// "en/2017-12-04" a week's. The caller holds the lock for writing.
func (s *Site) index() {
	s.version++
	s.listings = map[string][]*article{}
	all := slices.Clone(s.order)
	newestFirst(all)
	for _, a := range all {
		if a.status != http.StatusOK {
			continue
		}
		keys := []string{a.edition, a.edition + "/" + a.week.Format(time.DateOnly)}
		for _, id := range a.listed {
			keys = append(keys, a.edition+"/"+id)
		}
		for _, key := range keys {
			s.listings[key] = append(s.listings[key], a)
		}
	}
}

// inWeek gives the articles of a week, taken down or not.
func (s *Site) inWeek(week time.Time) []*article {
	var out []*article
	for i := len(s.order) - 1; i >= 0; i-- {
		if s.order[i].week.Equal(week) {
			out = append(out, s.order[i])
		}
	}
	return out
}

// style is how an edition prints ranges; texts of the be edition differ among each other.
func (s *Site) style(edition, key string) periodStyle {
	p := periodStyle{months: strings.Fields(s.words.Editions[editionEn].Months)}
	if edition != editionBe {
		return p
	}
	p.months = strings.Fields(s.words.Editions[editionBe].Months)
	dice := prose.NewDice(s.opts.Seed, "style/"+key)
	p.lower = dice.Chance(20)
	if dice.Chance(50) {
		p.may = "Травень"
	}
	return p
}
