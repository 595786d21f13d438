package crawler

import (
	"context"
	"time"

	"infocus/archive"
	"infocus/extract"
)

// planOwed asks first what failed before, whatever the clock says. It goes by what the index holds of each address and
// not by the last report alone: the last run may have been killed before it could write one.
func (c *crawl) planOwed(_ context.Context, b *archive.Frontier, now time.Time) error {
	var owed []*target
	err := b.Index().EachAddress(func(address string, a *archive.Address) error {
		if c.owes(b, a, now) {
			owed = append(owed, &target{URL: address, Role: a.Role, Class: classOwed, Owed: a.Role == string(extract.RoleArticle)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, f := range c.lastFailures {
		if f.Role == string(extract.RoleArticle) {
			owed = append(owed, &target{URL: f.URL, Role: f.Role, Via: f.Via, Class: classOwed, Owed: true})
		}
	}
	return c.askAll(b, owed)
}

// owes says whether an address is asked before all others: it failed, or was named as an article and redirects to none.
// Further pages of listings are asked by their walk.
func (c *crawl) owes(b *archive.Frontier, a *archive.Address, now time.Time) bool {
	switch {
	case a.Outcome == archive.OutcomeMoved && a.Role == string(extract.RoleArticle):
		return !b.IsArticle(a.Key)
	case a.Outcome != archive.OutcomeFailed:
		return false
	}
	switch a.Role {
	case string(extract.RoleArticle), string(extract.RoleMaybe), string(extract.RoleEdition), string(extract.RoleOther),
		string(extract.RoleListing), string(extract.RoleViewAll):
		return c.opts.Full || patient(a, now) || waited(a, now) >= patienceInterval
	}
	return false
}

// patient says whether an address that fails has not failed for so long that it is asked less often.
func patient(a *archive.Address, now time.Time) bool {
	return now.Sub(time.UnixMilli(a.FailedSince)) <= patience
}
