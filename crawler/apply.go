package crawler

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"infocus/archive"
	"infocus/archive/capture"
	"infocus/extract"
)

// apply takes in what came of a batch of captures, in the transaction that indexed it.
func (c *crawl) apply(b *archive.Frontier, batch []archive.Stored) error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	defer c.f.signal()
	if err := c.load(b); err != nil {
		return err
	}
	for i := range batch {
		s := &batch[i]
		if !s.Recovered {
			c.f.inFlight--
		}
		if err := c.applyOne(b, s); err != nil {
			return err
		}
	}
	return c.f.save(b)
}

func (c *crawl) applyOne(b *archive.Frontier, s *archive.Stored) error {
	if s.Recovered && !c.x.InSite(s.Entry.URL) {
		return nil // of another site, whose run was killed
	}
	c.tally.exchange(s)
	if s.Entry.Role == archive.RoleRobots || s.Entry.Role == archive.RoleCanary {
		return nil
	}
	t := c.answered(s)
	t.Tries++
	c.tally.answer(t, s)
	t.Outcome, t.Reason, t.Detail = s.Outcome, s.Reason, detailOf(s)
	c.f.dirty[t.Key] = true
	switch s.Outcome {
	case archive.OutcomeOK:
		t.State, t.Article = stateDone, s.Article != nil
		return c.answer(b, t, s)
	case archive.OutcomeNotModified:
		t.State, t.Article = stateDone, t.Known
		return c.notModified(b, t, s)
	case archive.OutcomeMoved:
		return c.moved(b, t, s)
	case archive.OutcomeFailed:
		return c.failed(b, t, s)
	}
	t.State = stateDone
	if s.Outcome == archive.OutcomeMissing {
		c.missing(t)
	}
	return c.pageLost(b, t, c.listedNothing(t))
}

func detailOf(s *archive.Stored) string {
	if s.Entry.Detail != "" {
		return s.Entry.Detail
	}
	return s.Entry.PageReason
}

// answered finds the target that an answer belongs to. A recovered capture may have none.
func (c *crawl) answered(s *archive.Stored) *target {
	key := c.keyOf(s.Entry.URL, s.Entry.Role)
	if t := c.f.targets[key]; t != nil && !t.quiet() {
		if t.heap >= 0 {
			c.f.remove(t)
		}
		return t
	}
	t := &target{
		URL: s.Entry.URL, Key: key, Role: s.Entry.Role, Via: s.Entry.Via, State: stateDone, heap: -1,
		Owed: s.Entry.Role == string(extract.RoleArticle),
	}
	c.f.targets[key] = t
	return t
}

// answer follows what a page gave.
func (c *crawl) answer(b *archive.Frontier, t *target, s *archive.Stored) error {
	switch {
	case t.Role == archive.RoleSitemap:
		return c.sitemap(b, t, s.Payload)
	case t.Role == string(extract.RoleFeed):
		return c.feed(b, t, s.Payload)
	case s.Entry.Page == extract.KindListing:
		return c.page(b, t, s, s.Links)
	}
	if w := c.f.walks[t.Walk]; t.Walk != "" && w != nil && t.Page > 1 {
		if err := c.pageLost(b, t, c.listedNothing(t)); err != nil { // a further page that is no listing
			return err
		}
	}
	return c.follow(b, t, s, s.Links)
}

// notModified goes on with the links of the stored page where a listing has to be read further.
func (c *crawl) notModified(b *archive.Frontier, t *target, s *archive.Stored) error {
	if t.last == nil || t.last.Page != extract.KindListing {
		return nil
	}
	w := c.walkOf(t)
	if w == nil {
		return nil
	}
	if !c.opts.Full && w.Before && w.New == 0 {
		w.Pages++
		w.Ended = walkKnown
		return nil
	}
	links, err := c.storedLinks(t)
	if err != nil {
		t.Force = true // the stored page cannot be read: ask for it again without conditions
		c.f.retry(t)
		return nil //nolint:nilerr // the next try mends it
	}
	s.Entry.PayloadSHA1 = t.last.PayloadSHA1
	return c.page(b, t, s, links)
}

// moved goes where a redirect leads, within the site.
func (c *crawl) moved(b *archive.Frontier, t *target, s *archive.Stored) error {
	to := s.Entry.Location
	if s.Entry.Target != t.Key && !b.IsArticle(s.Entry.Target) {
		c.vanished(t)
	}
	if s.Entry.Problem == archive.ProblemOffSite || !c.x.InSite(to) || c.opts.BaseURL != "" && c.localize(to) != to {
		t.State = stateDone
		return c.pageLost(b, t, true)
	}
	chain := append(slices.Clone(t.Chain), t.URL)
	key := c.keyOf(to, t.Role)
	if slices.Contains(chain, to) || len(chain) > maxRedirects {
		t.State, t.Outcome, t.Reason = stateFailed, archive.OutcomeFailed, "redirect-loop"
		t.Detail = "redirects to " + to + ", which was asked before"
		return c.pageLost(b, t, false)
	}
	if key == t.Key { // another spelling of the same address
		t.URL, t.Chain, t.State = to, chain, statePending
		if err := c.f.attach(b, t); err != nil {
			return err
		}
		c.f.enqueue(t)
		return nil
	}
	t.State, t.MovedTo = stateDone, key
	next := &target{URL: to, Role: t.Role, Via: t.URL, Class: t.Class, Chain: chain, Walk: t.Walk, Page: t.Page}
	if t.Role == archive.RoleSeed || t.Walk == t.URL {
		next.Walk = "" // the listing stands elsewhere now
	}
	_, err := c.ask(b, next)
	return err
}

// failed tries a page again at the end of the queue, where another try may help.
func (c *crawl) failed(b *archive.Frontier, t *target, s *archive.Stored) error {
	if t.Tries < MaxTries && passing(s) {
		c.f.retry(t)
		return nil
	}
	t.State = stateFailed
	return c.pageLost(b, t, false)
}

// passing says whether a failure may pass within the night.
func passing(s *archive.Stored) bool {
	switch s.Entry.Failure {
	case capture.FailTLS, capture.FailPrivate, capture.FailTooLarge, capture.FailRobots:
		return false
	case "":
	default:
		return true
	}
	if s.Entry.Status >= 500 || s.Entry.Status == 429 || s.Entry.Status == 408 {
		return true
	}
	switch s.Reason {
	case string(extract.KindInterstitial), string(extract.KindEmpty), archive.ProblemEncoding:
		return true
	}
	return false
}

// missing notes what a page that is not there says of the night. A new article that vanished between
// its listing and its own turn means that others moved up a place while the listing was read.
func (c *crawl) missing(t *target) {
	c.vanished(t)
	if t.Known || !t.Owed || t.Before {
		return
	}
	if w := c.f.walks[c.headOf(t.Via)]; w != nil {
		w.Missed = true
		c.f.dirty[prefixWalk+w.Head] = true
	}
}

// sitemap takes the articles of a sitemap in, or the sitemaps of an index.
func (c *crawl) sitemap(b *archive.Frontier, t *target, body []byte) error {
	entries, index, err := extract.Sitemap(body)
	if err != nil {
		t.Reason, t.Detail = "unreadable-sitemap", err.Error()
		return nil //nolint:nilerr // it is noted in the report
	}
	for _, e := range entries {
		next := &target{URL: e.Loc, Role: string(extract.RoleMaybe), Via: t.URL, Class: classMaybe}
		if index {
			if c.tally.sitemaps++; c.tally.sitemaps > maxSitemaps {
				t.Reason, t.Detail = "endless-sitemap", fmt.Sprintf("more than %d sitemaps were named tonight: the others were left out", maxSitemaps)
				break
			}
			next.Role = archive.RoleSitemap
		}
		if err := c.offered(b, next); err != nil {
			return err
		}
	}
	return nil
}

// feed takes the articles of a feed in.
func (c *crawl) feed(b *archive.Frontier, t *target, body []byte) error {
	items, err := extract.Feed(body)
	if err != nil {
		t.Reason, t.Detail = "unreadable-feed", err.Error()
		return nil //nolint:nilerr // it is noted in the report
	}
	for _, item := range items {
		if err := c.offered(b, &target{URL: item.URL, Role: string(extract.RoleMaybe), Via: t.URL, Class: classMaybe}); err != nil {
			return err
		}
	}
	return nil
}

// offered asks what a sitemap or feed names, if it is of the editions asked for, looks like an
// article's address, and was never asked.
func (c *crawl) offered(b *archive.Frontier, t *target) error {
	if !c.opts.wants(c.x.Edition(t.URL)) {
		return nil
	}
	if t.Role == string(extract.RoleMaybe) {
		wanted, err := c.unasked(b, t)
		if err != nil || !wanted || !c.articleShape(t.URL) {
			return err
		}
	}
	_, err := c.ask(b, t)
	return err
}

func queryOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(u.RawQuery)
}
