package crawler

import (
	"infocus/archive"
	"infocus/extract"
)

// follow takes the links of a page in that are worth asking.
func (c *crawl) follow(b *archive.Frontier, from *target, s *archive.Stored, links []extract.Link) error {
	others := 0
	for i := range links {
		l := &links[i]
		if !c.opts.wants(l.Edition) {
			continue
		}
		t := c.targetOf(from, s, l)
		if t == nil {
			continue
		}
		if t.Class == classOther {
			if others++; others > maxOther {
				continue
			}
		}
		if t.Class != classListing {
			wanted, err := c.unasked(b, t)
			if err != nil {
				return err
			}
			if !wanted {
				continue
			}
		}
		if _, err := c.ask(b, t); err != nil {
			return err
		}
	}
	return nil
}

// targetOf says what a link is asked as; nil is not at all.
func (c *crawl) targetOf(from *target, s *archive.Stored, l *extract.Link) *target {
	t := &target{URL: l.URL, Role: string(l.Role), Via: from.URL}
	fromListing := s.Entry.Page == extract.KindListing || s.Outcome == archive.OutcomeNotModified
	switch l.Role {
	case extract.RoleViewAll:
		t.Class = classListing
	case extract.RoleListing:
		if c.tooOld(l.PeriodEnd) {
			return nil
		}
		t.Class = classListing
		t.settled = l.PeriodEnd != "" && !c.recent(l.PeriodEnd)
	case extract.RoleArticle:
		if c.tooOld(l.PeriodEnd) {
			return nil
		}
		t.Class, t.Owed = classArticle, true
	case extract.RoleMaybe:
		if c.tooOld(l.PeriodEnd) {
			return nil
		}
		t.Class = classMaybe
	case extract.RoleEdition, extract.RoleFeed:
		t.Class = classMaybe
	case extract.RoleOther:
		if !fromListing || from.Class == classOther {
			return nil
		}
		t.Class = classOther
	default: // a further page: the walk asks it in its turn
		return nil
	}
	return t
}

// tooOld says whether a period ended before --since.
func (c *crawl) tooOld(periodEnd string) bool {
	return c.opts.Since != "" && periodEnd != "" && periodEnd < c.opts.Since
}

// unasked says whether a page is to be asked because a link names it. Known articles are asked when
// the schedule says so, and other pages once; an address that is named as an article for the first
// time is asked again if it gave none before.
func (c *crawl) unasked(b *archive.Frontier, t *target) (bool, error) {
	key := c.keyOf(t.URL, t.Role)
	if b.IsArticle(key) {
		return false, nil
	}
	if t.Role == string(extract.RoleFeed) {
		return true, nil
	}
	newest, found, err := b.Newest(key)
	if err != nil || !found {
		return err == nil, err
	}
	if c.f.targets[key] != nil {
		return true, nil // asked tonight or waiting: only its urgency can change
	}
	return t.Owed && newest.Role != string(extract.RoleArticle), nil
}

// ask puts an address into the queue, unless it is there or was asked tonight.
func (c *crawl) ask(b *archive.Frontier, t *target) (bool, error) {
	if !c.x.InSite(t.URL) {
		return false, nil
	}
	if len(t.Chain) == 0 {
		t.URL = c.localize(t.URL)
	}
	t.Key, t.heap = c.keyOf(t.URL, t.Role), -1
	if c.f.targets[t.Key] == nil {
		t.Known = b.IsArticle(t.Key)
		if err := c.f.attach(b, t); err != nil {
			return false, err
		}
		t.Before = t.last != nil
		if t.settled && t.last != nil && t.last.Outcome != archive.OutcomeFailed && !c.opts.Full {
			return false, nil
		}
	}
	return c.f.add(t), nil
}

// keyOf is what an address is known by tonight: an article's id, with the query for pages of listings.
func (c *crawl) keyOf(address, role string) string {
	id, ok := c.x.ID(address)
	if !ok {
		return address
	}
	switch role {
	case archive.RoleSeed, archive.RoleSitemap, archive.RoleProbe,
		string(extract.RoleViewAll), string(extract.RoleListing), string(extract.RolePage), string(extract.RoleFeed):
		if q := queryOf(address); q != "" {
			return id + "?" + q
		}
	}
	return id
}
