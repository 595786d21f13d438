package crawler

import (
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"infocus/archive"
	"infocus/archive/revision"
	"infocus/extract"
)

// tally counts what a run does. What is under mu is read by the goroutine that fetches; the rest is
// guarded by the frontier's lock.
type tally struct {
	stored atomic.Int64 // exchanges stored

	mu       sync.Mutex
	requests int
	pages    int
	outcomes map[string]int // observations of articles
	failed   int            // tries that failed

	crawlDelay   time.Duration
	fields       archive.FieldCount
	weeks        map[string]bool // period_start of the articles captured
	sections     map[string]int
	knownAsked   int // known articles that answered
	vanished     int // of them, those missing or leading to no article for the first time
	spared       int // known articles not asked because too many vanished
	challenges   int // anti-bot pages not yet told to the breaker
	sitemaps     int // named by indexes of sitemaps
	seeds        int // home pages that answered
	seedListings int
	seedGave     string // what the newest of them was: a kind of page, or a status
}

func newTally() *tally {
	return &tally{outcomes: map[string]int{}, weeks: map[string]bool{}, sections: map[string]int{}}
}

// exchange counts any capture.
func (t *tally) exchange(s *archive.Stored) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.requests++
	if s.Entry.Role != archive.RoleRobots {
		t.pages++
	}
	if s.Observation != "" {
		t.outcomes[s.Observation]++
	}
	if s.Outcome == archive.OutcomeFailed {
		t.failed++
	}
}

// answer counts what a page gave.
func (t *tally) answer(to *target, s *archive.Stored) {
	if s.Entry.Page == extract.KindInterstitial {
		t.challenges++
	}
	if to.Role == archive.RoleSeed && (s.Outcome == archive.OutcomeNotModified || s.Entry.Page != "" || refusal(s.Entry.Status)) {
		t.seed(s)
	}
	if to.Known && s.Outcome != archive.OutcomeFailed && s.Outcome != archive.OutcomeRefused {
		t.knownAsked++
	}
	if s.Owed && s.Entry.Status == 200 {
		t.fields.Pages++
	}
	if s.Article != nil {
		t.article(s.Article)
	}
}

func (t *tally) seed(s *archive.Stored) {
	t.seeds++
	if t.seedGave = string(s.Entry.Page); t.seedGave == "" {
		t.seedGave = "status " + strconv.Itoa(s.Entry.Status)
	}
	if s.Entry.Page == extract.KindListing || s.Outcome == archive.OutcomeNotModified {
		t.seedListings++
	}
}

func (t *tally) article(a *extract.Article) {
	f := &t.fields
	f.Articles++
	count := func(n *int, value string) {
		if value != "" {
			*n++
		}
	}
	count(&f.Period, a.PeriodStart)
	count(&f.Section, a.Section)
	count(&f.Headline, a.Headline)
	count(&f.Trend, a.Trend)
	count(&f.Lead, a.Lead)
	count(&f.Body, a.Body)
	if a.PeriodStart != "" {
		t.weeks[a.PeriodStart] = true
	}
	section := a.SectionID
	if section == "" {
		section = "none"
	}
	t.sections[section]++
}

func (t *tally) progress() Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Progress{New: t.outcomes[string(revision.OutcomeNew)], Changed: t.changed(), Failed: t.failed}
}

func (t *tally) changed() int {
	return t.outcomes[string(revision.OutcomeChanged)] + t.outcomes[revision.NoteReturned]
}
