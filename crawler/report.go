package crawler

import (
	"maps"
	"slices"
	"time"

	"infocus/archive"
	"infocus/archive/health"
	"infocus/archive/revision"
	"infocus/extract"
)

// maxNoted is how many addresses a report names that failed nothing; the rest is counted.
const maxNoted = 200

// finish makes the report of the run.
func (c *crawl) finish() (*archive.Report, error) {
	now := c.opts.Clock.Now().UTC()
	r := &archive.Report{
		Started: c.started.Format(time.RFC3339), Finished: now.Format(time.RFC3339),
		Seconds: max(0, now.Sub(c.started).Round(time.Millisecond).Seconds()), // the clock may have been set back
		Resumed: c.resumed, Full: c.opts.Full, Ended: c.ended, Why: c.why,
	}
	err := c.writer.Update(func(b *archive.Frontier) error {
		c.f.mu.Lock()
		defer c.f.mu.Unlock()
		c.fill(r, b)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = archive.View(c.dir, func(ix *archive.Index) error {
		weeks, err := ix.Weeks()
		r.Gaps = health.MissingWeeks(weeks)
		return err
	})
	r.ExitCode = exitCode(r)
	present(&r.Alarms)
	present(&r.Failures)
	present(&r.Noted)
	present(&r.Listings)
	present(&r.Gaps)
	return r, err
}

// present makes a list without entries an empty one, which is [] in JSON and not null.
func present[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}

// reported leaves the frontier empty when the night is done, in the transaction that stores the report.
func (c *crawl) reported(b *archive.Frontier, r *archive.Report) error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if r.Ended == endComplete {
		c.f.finish()
	}
	return c.f.save(b)
}

func (c *crawl) fill(r *archive.Report, b *archive.Frontier) {
	c.fillCounts(r)
	c.fillTargets(r, b)
	c.fillWalks(r)
	c.fillPoliteness(r)
	r.Alarms = c.alarms()
	r.Distrust = c.massMissing()
}

func (c *crawl) fillCounts(r *archive.Report) {
	t := c.tally
	n := func(o revision.Outcome) int { return t.outcomes[string(o)] }
	r.Requests, r.Pages = t.requests, t.pages
	r.New, r.Changed, r.Unchanged = n(revision.OutcomeNew), t.changed(), n(revision.OutcomeUnchanged)
	r.NotModified, r.Moved = n(revision.OutcomeNotModified), n(revision.OutcomeMoved)
	r.Gone = t.outcomes[revision.NoteGone]
	r.Missing = n(revision.OutcomeMissing) + r.Gone
	r.Fields = t.fields
	r.Weeks, r.Sections = len(t.weeks), t.sections
	if weeks := slices.Sorted(maps.Keys(t.weeks)); len(weeks) > 0 {
		r.OldestWeek, r.NewestWeek = weeks[0], weeks[len(weeks)-1]
	}
}

// fillTargets names what failed and what was noted, in the order in which it was asked.
func (c *crawl) fillTargets(r *archive.Report, b *archive.Frontier) {
	r.FailedByReason = map[string]int{}
	targets := slices.SortedFunc(maps.Values(c.f.targets), func(a, b *target) int { return int(a.Seq - b.Seq) })
	for _, t := range targets {
		reason, failed := c.verdict(t, b)
		entry := archive.Failing{URL: t.URL, Role: t.Role, Reason: reason, Detail: t.Detail, Via: t.Via, Tries: t.Tries}
		switch {
		case failed:
			r.Failures = append(r.Failures, entry)
			r.FailedByReason[reason]++
		case reason != "" && len(r.Noted) < maxNoted:
			r.Noted = append(r.Noted, entry)
		case reason != "":
			r.NotedMore++
		}
	}
	r.Failed = len(r.Failures)
	r.Waiting = c.f.waiting
}

// verdict says what is to be reported of an address at the end of the night; "" is nothing.
func (c *crawl) verdict(t *target, b *archive.Frontier) (reason string, failed bool) {
	switch {
	case t.State == stateFailed:
		return t.Reason, !optional(t)
	case t.State == statePending:
		return "", false
	case t.MovedTo != "" && t.Owed && !t.Known && !c.leadsToArticle(t, b):
		return "redirected-to-no-article", true
	case t.Outcome == archive.OutcomeMissing, t.Outcome == archive.OutcomeRefused, t.Reason != "":
		return t.Reason, false
	}
	return "", false
}

// optional says whether a page is a help and no duty: the site may have it or not, and may break it.
func optional(t *target) bool {
	switch t.Role {
	case archive.RoleSitemap, archive.RoleProbe, string(extract.RoleFeed):
		return true
	}
	return false
}

// leadsToArticle follows the redirects of an address.
func (c *crawl) leadsToArticle(t *target, b *archive.Frontier) bool {
	for range maxRedirects {
		if b.IsArticle(t.MovedTo) {
			return true
		}
		if t = c.f.targets[t.MovedTo]; t == nil {
			return false
		}
		if t.State == statePending {
			return true // not known yet
		}
		if t.MovedTo == "" {
			return t.Article
		}
	}
	return false
}

func (c *crawl) fillWalks(r *archive.Report) {
	for _, head := range slices.Sorted(maps.Keys(c.f.walks)) {
		w := c.f.walks[head]
		r.Listings = append(r.Listings, archive.Walk{Head: w.Head, Pages: w.Pages, New: w.New, Complete: w.complete(), Ended: w.how()})
		if w.Ended == walkEndless {
			r.Failures = append(r.Failures, archive.Failing{URL: w.Head, Role: string(extract.RoleListing), Reason: "endless-listing"})
			r.FailedByReason["endless-listing"]++
			r.Failed++
		}
	}
}

func (c *crawl) fillPoliteness(r *archive.Report) {
	if c.fetch == nil {
		return
	}
	p := &archive.Politeness{Delay: c.opts.Delay.Seconds(), CrawlDelay: c.tally.crawlDelay.Seconds()}
	for _, h := range c.fetch.pacer.Stats() {
		r.BytesUp += h.Sent
		r.BytesDown += h.Received
		p.Waited += h.Waited.Seconds()
		p.BackOffs += h.Backoffs
		p.LongestWait = max(p.LongestWait, h.LongestBackoff.Seconds())
		p.RetryAfter = max(p.RetryAfter, h.LongestRetryAfter.Seconds())
		if h.Requests > 1 && (p.SmallestGap == 0 || h.SmallestGap.Seconds() < p.SmallestGap) {
			p.SmallestGap = h.SmallestGap.Seconds()
		}
	}
	for _, t := range c.f.targets {
		if t.Reason == "robots" {
			p.RobotsRefused++
		}
	}
	if r.Seconds > 0 {
		p.Rate = float64(r.Requests) / r.Seconds
	}
	r.Politeness = p
}

// exitCode is what the process says of the night.
func exitCode(r *archive.Report) int {
	switch {
	case r.Ended == endInterrupted:
		return 130
	case r.Ended == endDisk:
		return 1
	case r.Failed > 0 || len(r.Alarms) > 0:
		return 3
	}
	return 0
}
