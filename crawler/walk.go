package crawler

import (
	"context"
	"net/url"
	"slices"

	"infocus/archive"
	"infocus/extract"
)

// How the reading of a listing ended.
const (
	walkEnd     = "end"     // at its last page
	walkKnown   = "known"   // at what is known since earlier nights
	walkSince   = "since"   // at articles older than asked for
	walkFailed  = "failed"  // a page could not be read
	walkEndless = "endless" // beyond maxWalk pages
	walkShifted = "shifted" // articles vanished meanwhile, so others may have moved past the reader
)

// walk is the reading of one listing tonight. Its pages are asked one after the other in their order,
// so that articles which new ones push down are met again and not missed.
type walk struct {
	Head    string         `json:"head"` // address of the first page
	Pages   int            `json:"pages"`
	New     int            `json:"new"`
	Ended   string         `json:"ended,omitempty"`
	Failed  bool           `json:"failed,omitempty"`  // a page was left out
	Missed  bool           `json:"missed,omitempty"`  // a new article vanished while the listing was read: others may have moved up
	Before  bool           `json:"before,omitempty"`  // was read to its end in an earlier night
	Repeats int            `json:"repeats,omitempty"` // pages in a row without an item not seen on the pages before
	Last    string         `json:"last,omitempty"`    // payload digest of the page before
	Known   map[int]string `json:"known,omitempty"`   // addresses of pages that were linked and are still ahead

	seen map[string]bool // keys of its items
}

func newWalk(head string) *walk {
	return &walk{Head: head, Known: map[int]string{}, seen: map[string]bool{}}
}

// walkOf gives the walk that a target belongs to, begun if need be; nil for what is no page of a listing.
func (c *crawl) walkOf(t *target) *walk {
	if t.Walk == "" {
		switch t.Role {
		case archive.RoleSeed, string(extract.RoleViewAll), string(extract.RoleListing), string(extract.RoleEdition), archive.RoleProbe:
			t.Walk, t.Page = c.headOf(t.URL), 1
		default:
			return nil
		}
	}
	w := c.f.walks[t.Walk]
	if w == nil {
		w = newWalk(t.Walk)
		w.Before = c.readBefore(t.Walk)
		c.f.walks[t.Walk] = w
	}
	c.f.dirty[prefixWalk+t.Walk] = true
	return w
}

// headOf is the address of a listing's first page.
func (c *crawl) headOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if head, _, ok := c.opts.Profile.Page(u); ok {
		return head.String()
	}
	return address
}

// pathOf is an address without scheme and host: walks are known under it at every base URL.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.RequestURI()
}

// page takes in one page of a listing: its items first, then the question whether to read on.
func (c *crawl) page(b *archive.Frontier, t *target, s *archive.Stored, links []extract.Link) error {
	w := c.walkOf(t)
	if w == nil {
		return c.follow(b, t, s, links)
	}
	w.Pages++
	items, err := c.items(b, w, links)
	if err != nil {
		return err
	}
	if err := c.follow(b, t, s, links); err != nil {
		return err
	}
	if t.Page > 1 && items.all == 0 && !c.listedNothing(t) {
		w.Failed = true
	}
	w.New += items.fresh
	w.collect(t, links)
	if items.unseen == 0 {
		w.Repeats++
	} else {
		w.Repeats = 0
	}
	same := w.Last != "" && w.Last == s.Entry.PayloadSHA1
	w.Last = s.Entry.PayloadSHA1
	if end := c.walkEnd(w, items, same); end != "" {
		w.end(end)
		return nil
	}
	return c.readOn(b, w, t)
}

// end notes how the reading ended. One that left a page out is not read to its end, nor to what is known.
func (w *walk) end(how string) {
	if w.Failed && (how == walkEnd || how == walkKnown) {
		how = walkFailed
	}
	w.Ended = how
}

// pageItems counts the items of one page of a listing.
type pageItems struct {
	all    int
	fresh  int // not known before tonight
	unseen int // not on the pages before
	old    int // ended before --since
}

func (c *crawl) items(b *archive.Frontier, w *walk, links []extract.Link) (pageItems, error) {
	var n pageItems
	for i := range links {
		l := &links[i]
		if !isItem(*l) {
			continue
		}
		key := c.keyOf(l.URL, string(l.Role))
		n.all++
		if !w.seen[key] {
			w.seen[key] = true
			n.unseen++
		}
		if c.tooOld(l.PeriodEnd) {
			n.old++
			continue
		}
		fresh, err := c.fresh(b, key)
		if err != nil {
			return n, err
		}
		if fresh {
			n.fresh++
		}
	}
	return n, nil
}

// fresh says whether a key was not known before tonight.
func (c *crawl) fresh(b *archive.Frontier, key string) (bool, error) {
	if t := c.f.targets[key]; t != nil {
		return !t.Known && !t.Before, nil
	}
	if b.IsArticle(key) {
		return false, nil
	}
	_, asked, err := b.Newest(key)
	return !asked, err
}

// collect notes the further pages that a page links.
func (w *walk) collect(t *target, links []extract.Link) {
	for n := range w.Known {
		if n <= t.Page {
			delete(w.Known, n)
		}
	}
	for i := range links {
		l := &links[i]
		if l.Role != extract.RolePage {
			continue
		}
		n := l.Page
		if n == 0 {
			n = t.Page + 1
		}
		if n > t.Page && w.Known[n] == "" {
			w.Known[n] = l.URL
		}
	}
}

// walkEnd says why the reading ends with this page, "" if it goes on.
func (c *crawl) walkEnd(w *walk, items pageItems, same bool) string {
	switch {
	case len(w.Known) == 0, same, w.Repeats >= 2:
		return walkEnd
	case w.Pages >= maxWalk:
		return walkEndless
	case items.all > 0 && items.old == items.all:
		return walkSince
	case !c.opts.Full && w.Before && items.fresh == 0:
		return walkKnown
	}
	return ""
}

// readOn asks for the page after this one.
func (c *crawl) readOn(b *archive.Frontier, w *walk, t *target) error {
	next := 0
	for n := range w.Known {
		if n > t.Page && (next == 0 || n < next) {
			next = n
		}
	}
	if next == 0 {
		w.end(walkEnd)
		return nil
	}
	address := w.Known[next]
	delete(w.Known, next)
	added, err := c.ask(b, &target{
		URL: address, Role: string(extract.RolePage), Via: t.URL, Class: classListing, Walk: w.Head, Page: next,
	})
	if err == nil && !added {
		w.end(walkEnd) // it was asked tonight, as a page of this listing or another
	}
	return err
}

// listedNothing says whether a further page of a listing named no article before tonight either. One that is missing or empty then
// is where a site links one page too many; for the first time it may be a passing fault, and the listing is read to its end
// again the next night.
func (c *crawl) listedNothing(t *target) bool {
	switch {
	case t.last == nil:
		return false
	case t.last.Page != extract.KindListing:
		return true
	}
	links, err := c.storedLinks(t)
	return err == nil && !slices.ContainsFunc(links, isItem)
}

// isItem says whether a link of a listing is one of its items.
func isItem(l extract.Link) bool { return l.Role == extract.RoleArticle || l.Role == extract.RoleMaybe }

// pageLost goes on behind a page that could not be read.
func (c *crawl) pageLost(b *archive.Frontier, t *target, missing bool) error {
	if t.Walk == "" && optional(t) && (t.last == nil || t.last.Page != extract.KindListing) {
		return nil // no listing was promised there
	}
	w := c.walkOf(t)
	if w == nil || w.Ended != "" {
		return nil
	}
	if !missing || w.Pages == 0 { // nothing of a listing was read whose first page is missing
		w.Failed = true
	}
	return c.readOn(b, w, t)
}

// how says how the reading ended. It is asked when the night is over: a new article may turn out missing after
// the listing that named it was read.
func (w *walk) how() string {
	if w.Missed && (w.Ended == walkEnd || w.Ended == walkKnown) {
		return walkShifted
	}
	return w.Ended
}

// complete says whether a listing was read to its end tonight, with no page left out.
func (w *walk) complete() bool { return w.how() == walkEnd }

// readBefore says whether all that a listing names is known: an earlier night read it to its end, and none since then
// broke off in the middle. Only such a listing may be left at the first page without anything new.
func (c *crawl) readBefore(head string) bool {
	path := pathOf(head)
	return c.walked[path] && !c.f.night.Behind[path]
}

// readWhole says whether all that a listing names is known after a reading that ended so; says is false for one that
// tells nothing of it.
func readWhole(how string) (whole, says bool) {
	switch how {
	case walkEnd, walkKnown:
		return true, true
	case walkSince: // what is older was left alone
		return false, false
	}
	return false, true
}

// storedLinks reads the links of a page as it was captured last.
func (c *crawl) storedLinks(t *target) ([]extract.Link, error) {
	msg, body, err := archive.ReadPayload(context.Background(), c.dir, t.last.Payload)
	if err != nil {
		return nil, err
	}
	return c.x.Extract(extract.Page{
		URL: t.URL, Time: c.opts.Clock.Now().UTC(), ContentType: msg.ContentType(), Body: body,
	}).Links, nil
}
