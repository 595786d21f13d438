package crawler

import (
	"context"
	"math"
	"net/url"
	"time"

	"infocus/archive"
	"infocus/archive/schedule"
	"infocus/extract"
	"infocus/extract/profile"
)

const (
	// patience is how long an address that fails is asked first of all every night; afterwards it is
	// asked every patienceInterval.
	patience         = 14 * 24 * time.Hour
	patienceInterval = 7 * 24 * time.Hour
	// recentWeeks is how long after its week a page of that week may still change.
	recentWeeks = 21 * 24 * time.Hour
	// quietListing is the longest interval at which a listing is asked that has not grown for long.
	quietListing = 90 * 24 * time.Hour
)

// plan fills the frontier: with what an interrupted run left, or with a new night.
func (c *crawl) plan(ctx context.Context, b *archive.Frontier) error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if err := c.load(b); err != nil {
		return err
	}
	now := c.opts.Clock.Now().UTC()
	if c.resumed = c.goesOn(now); !c.resumed {
		c.f.begin(night{Site: c.opts.Profile.Name, BaseURL: c.opts.BaseURL, Started: now, Full: c.opts.Full})
	}
	c.f.night.Run, c.f.dirty[keyNight] = c.writer.Run(), true
	steps := []func(context.Context, *archive.Frontier, time.Time) error{
		c.planDue, c.planOwed, c.planSeeds, c.planListings, c.planSitemaps,
	}
	for _, step := range steps {
		if err := step(ctx, b, now); err != nil {
			return err
		}
	}
	return c.f.save(b)
}

func (c *crawl) askAll(b *archive.Frontier, targets []*target) error {
	for _, t := range targets {
		if !c.opts.wants(c.x.Edition(t.URL)) {
			continue
		}
		if _, err := c.ask(b, t); err != nil {
			return err
		}
	}
	return nil
}

// planSeeds asks the home pages, and once what the profile says may exist.
func (c *crawl) planSeeds(_ context.Context, b *archive.Frontier, now time.Time) error {
	var targets []*target
	for i := range c.opts.Profile.Editions {
		e := &c.opts.Profile.Editions[i]
		if !c.opts.wants(e.Code) {
			continue
		}
		for _, path := range e.Seeds {
			targets = append(targets, &target{URL: c.opts.root() + path, Role: archive.RoleSeed, Class: classSeed})
		}
		for _, path := range e.Probes {
			p := &target{URL: c.opts.root() + path, Role: archive.RoleProbe, Class: classOther}
			if extract.IsFeedPath(path) {
				p.Role = string(extract.RoleFeed)
			}
			a, asked, err := b.Address(p.URL)
			if err != nil {
				return err
			}
			if !asked || (a.Outcome == archive.OutcomeFailed && patient(&a, now)) {
				targets = append(targets, p)
			}
		}
	}
	return c.askAll(b, targets)
}

// planListings asks the first pages of the listings that earlier nights found, so that a home page
// that says "not modified" hides none.
func (c *crawl) planListings(_ context.Context, b *archive.Frontier, now time.Time) error {
	var heads []*target
	err := b.Index().EachAddress(func(address string, a *archive.Address) error {
		feed := a.Role == string(extract.RoleFeed) && (a.Outcome == archive.OutcomeOK || a.Outcome == archive.OutcomeNotModified)
		if a.Page != extract.KindListing && !feed || !c.x.InSite(address) || !c.listingDue(address, a, now) {
			return nil
		}
		switch a.Role {
		case archive.RoleSeed, string(extract.RoleViewAll), string(extract.RoleListing), string(extract.RoleEdition):
			heads = append(heads, &target{URL: address, Role: a.Role, Class: classListing})
		case string(extract.RoleFeed):
			heads = append(heads, &target{URL: address, Role: a.Role, Class: classMaybe})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.askAll(b, heads)
}

// listingDue says whether a listing is asked tonight: always until it was read to its end, and while it grows, then less
// and less.
func (c *crawl) listingDue(address string, a *archive.Address, now time.Time) bool {
	newest, err := time.Parse(time.DateOnly, a.NewestWeek)
	if err != nil || c.opts.Full || c.recent(a.NewestWeek) || a.Outcome == archive.OutcomeFailed || !c.readBefore(address) {
		return true
	}
	return waited(a, now) >= min(now.Sub(newest)/4, quietListing)
}

// waited is how long ago an address was asked. A time in the future shows that a clock was wrong: then it is long ago.
func waited(a *archive.Address, now time.Time) time.Duration {
	d := now.Sub(time.UnixMilli(a.Asked))
	if d < -resumeWithin {
		return math.MaxInt64
	}
	return d
}

// recent says whether a week may still change: it ended shortly before the newest week of the archive, or later.
func (c *crawl) recent(periodEnd string) bool {
	end, err := time.Parse(time.DateOnly, periodEnd)
	if err != nil || c.newestWeek.IsZero() {
		return true
	}
	return c.newestWeek.Sub(end) < recentWeeks
}

// planDue asks the known articles that are due, the most urgent first, within the budget.
func (c *crawl) planDue(_ context.Context, b *archive.Frontier, now time.Time) error {
	addresses := map[string]string{}
	var states []schedule.State
	err := b.Index().Summaries(func(s *archive.Summary) error {
		if !c.opts.wants(s.Edition) {
			return nil
		}
		for _, asked := range s.States {
			if c.tooOld(dateOf(asked.State.PeriodEnd)) {
				continue
			}
			addresses[asked.State.ID] = c.addressFor(asked)
			states = append(states, asked.State)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !c.opts.Full {
		states = c.opts.Policy.Pick(states, max(c.opts.Budget, 0), now)
	}
	for _, s := range states {
		t := &target{URL: addresses[s.ID], Role: string(extract.RoleArticle), Class: classDue, Gone: s.Gone}
		if _, _, priority := c.opts.Policy.Due(s, now); priority == schedule.PriorityFailed {
			t.Class = classOwed
		}
		if _, err := c.ask(b, t); err != nil {
			return err
		}
	}
	return nil
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// addressFor is where a known article is asked: as it was captured last, or by its path where it was
// captured at a place that is not the site's in this run.
func (c *crawl) addressFor(a archive.Asked) string {
	if c.x.InSite(a.URL) {
		return a.URL
	}
	u, err := url.Parse(a.URL)
	if err != nil {
		return a.URL
	}
	u.Scheme, u.Host = "", ""
	return c.opts.root() + u.RequestURI()
}

// planSitemaps asks the sitemaps that robots.txt names.
func (c *crawl) planSitemaps(_ context.Context, b *archive.Frontier, _ time.Time) error {
	var targets []*target
	for _, address := range c.sitemaps {
		targets = append(targets, &target{URL: address, Role: archive.RoleSitemap, Class: classMaybe})
	}
	return c.askAll(b, targets)
}

// articleShape says whether an address may be an article's by the rules of the profile.
func (c *crawl) articleShape(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch c.opts.Profile.Shape(u) {
	case profile.ShapeArticle, profile.ShapeUnknown:
		return true
	case profile.ShapeHome, profile.ShapeListing, profile.ShapeIgnored:
	}
	return false
}
