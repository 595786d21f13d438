package extract

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"infocus/extract/profile"
)

// claim is what one link says of its address. Where several links lead to one address, the heaviest claim counts.
type claim struct {
	role    Role
	weight  int
	page    int
	edition string // where the words tell it better than the address
}

// Weights of claims. Words that name one thing beat the look of an address, and that beats a guess by place.
const (
	weightOther = 10 * (iota + 1)
	weightMaybe
	weightFeed
	weightWords // words of a section, or a range of days alone
	weightItem
	weightListing
	weightPage
	weightEdition
	weightViewAll
)

// links gives the addresses of the site that a page of that kind names, each once, in page order.
func (e *Extractor) links(d *document, kind Kind) []Link {
	switch kind {
	case KindInterstitial, KindLogin, KindParked, KindEmpty, KindNotHTML, KindUnreadable:
		return nil
	case KindArticle, KindListing, KindOther:
	}
	s := e.survey(d)
	if kind != KindArticle { // there, no item is more than a guess
		s.findItems()
	}
	return s.links(kind)
}

// linksReason adds to the reason of a kind that addresses were left out.
func (e *Extractor) linksReason(d *document, reason string) string {
	if !e.survey(d).dropped {
		return reason
	}
	return fmt.Sprintf("%s; more than %d links, the rest is left out", reason, maxLinks)
}

// links settles the claims of all links.
func (s *survey) links(kind Kind) []Link {
	links := make([]Link, 0, len(s.targets))
	place := make([]int, len(s.targets), len(s.targets)+8) // in links, plus one
	weight := make([]int, len(s.targets), len(s.targets)+8)
	put := func(target int, c claim, text string) {
		for target >= len(place) {
			place, weight = append(place, 0), append(weight, 0)
		}
		if place[target] == 0 {
			t := &s.targets[target]
			links = append(links, Link{URL: t.url, Role: RoleOther, Edition: t.edition.Code})
			place[target] = len(links)
		}
		l := &links[place[target]-1]
		l.URL = s.targets[target].url
		if c.weight > weight[target] {
			weight[target] = c.weight
			l.Role, l.Page = c.role, c.page
			if c.edition != "" {
				l.Edition = c.edition
			}
			if text != "" {
				l.Text = text
			}
		}
		if l.Text == "" {
			l.Text = text
		}
	}
	s.headLinks(kind, put)
	for i := range s.hops {
		h := &s.hops[i]
		put(h.target, s.claim(h, i, kind), h.text)
	}
	s.date(links, place)
	return links
}

// headLinks makes the claims of link elements: feeds, other editions, further pages.
func (s *survey) headLinks(kind Kind, put func(int, claim, string)) {
	for i := range s.d.rels {
		r := &s.d.rels[i]
		if r.rel != "alternate" && !isTurnRel(r.rel) {
			continue
		}
		target := s.find(r.href)
		if target == noTarget || len(s.targets) > maxLinks {
			continue
		}
		switch t := &s.targets[target]; {
		case r.rel == "alternate" && (strings.Contains(r.kind, "rss") || strings.Contains(r.kind, "atom+xml")):
			if t.shape != profile.ShapeIgnored {
				put(target, claim{role: RoleFeed, weight: weightFeed}, r.title)
			}
		case r.rel == "alternate" && r.hreflang != "" && s.isOtherEdition(t, r.hreflang):
			put(target, claim{role: RoleEdition, weight: weightEdition}, r.title)
		case kind == KindListing && r.rel != "alternate":
			h := hop{anchor: &anchor{node: turnNode(r.rel)}, target: target}
			if n, ok := s.paging.further(&h); ok {
				put(target, claim{role: RolePage, weight: weightPage, page: n}, r.title)
			}
		}
	}
}

// turnNode makes an element with a rel, for a link that has none of its own.
func turnNode(rel string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: "link", Attr: []html.Attribute{{Key: "rel", Val: rel}}}
}

// isOtherEdition says whether an address in a language is of another edition than the page.
func (s *survey) isOtherEdition(t *target, language string) bool {
	if language == "x-default" || t.self {
		return false
	}
	return t.edition != s.edition
}

// claim says what a link promises on a page of that kind.
func (s *survey) claim(h *hop, i int, kind Kind) claim {
	t := &s.targets[h.target]
	if t.shape == profile.ShapeIgnored || t.asset {
		return claim{role: RoleOther, weight: weightOther}
	}
	if h.chrome {
		if c, ok := s.byWords(h, t); ok {
			return c
		}
	}
	if kind == KindListing {
		if n, ok := s.paging.further(h); ok && !t.self {
			return claim{role: RolePage, weight: weightPage, page: n}
		}
	}
	if c, ok := s.byAddress(h, t); ok {
		return c
	}
	return s.byPlace(h, i, kind)
}

// byWords settles links whose words name what they lead to.
func (s *survey) byWords(h *hop, t *target) (claim, bool) {
	use := h.means.Use
	switch {
	case use.Has(profile.UseViewAll) && !t.self:
		return claim{role: RoleViewAll, weight: weightViewAll}, true
	case use.Has(profile.UseEdition) && !t.self && h.means.Edition != s.edition && (t.edition == h.means.Edition || t.shape == profile.ShapeHome):
		return claim{role: RoleEdition, weight: weightEdition, edition: h.means.Edition.Code}, true
	case use.Has(profile.UseSection):
		if t.shape == profile.ShapeArticle {
			return claim{role: RoleMaybe, weight: weightMaybe}, true
		}
		return claim{role: RoleListing, weight: weightWords}, true
	}
	return claim{}, false
}

// byAddress settles links by the rules of the profile.
func (s *survey) byAddress(h *hop, t *target) (claim, bool) {
	other := t.edition != s.edition && h.words <= headlineWords && !t.self
	switch {
	case t.feed:
		return claim{role: RoleFeed, weight: weightFeed}, true
	case other && (t.shape == profile.ShapeHome || h.item == noItem && s.isOtherVersion(h, t)):
		return claim{role: RoleEdition, weight: weightEdition}, true
	case t.shape != profile.ShapeHome && t.shape != profile.ShapeListing:
		return claim{}, false
	case s.narrows(t.local):
		return claim{role: RoleOther, weight: weightOther}, true
	}
	return claim{role: RoleListing, weight: weightListing}, true
}

// isOtherVersion says whether a link to another edition's article stands for the edition: a flag, the name of a language.
func (s *survey) isOtherVersion(h *hop, t *target) bool {
	if _, ok := attribute(h.node, "hreflang"); ok {
		return true
	}
	return t.shape == profile.ShapeArticle && !h.ranged && !h.chrome
}

// byPlace settles links by where they stand: an item of a listing, a week, or neither.
func (s *survey) byPlace(h *hop, i int, kind Kind) claim {
	t := &s.targets[h.target]
	switch {
	case t.self:
		return claim{role: RoleOther, weight: weightOther}
	case h.item != noItem && kind == KindListing && s.items[h.item].strong:
		c := claim{role: RoleArticle, weight: weightItem}
		if s.items[h.item].head == i {
			c.weight++ // its words are the headline
		}
		return c
	case h.whole && t.shape != profile.ShapeArticle && !h.flags.has(inFooter|inForm):
		return claim{role: RoleListing, weight: weightWords}
	case t.shape == profile.ShapeArticle, h.item != noItem:
		return claim{role: RoleMaybe, weight: weightMaybe}
	case h.words >= headlineWords && !h.flags.has(chromeLandmarks) && !h.chrome:
		return claim{role: RoleMaybe, weight: weightMaybe}
	}
	return claim{role: RoleOther, weight: weightOther}
}

// date gives the links the days of their items, and the week pages theirs.
func (s *survey) date(links []Link, place []int) {
	for i := range s.items {
		it := &s.items[i]
		l := &links[place[it.target]-1]
		if it.title != "" {
			l.Text = it.title
		}
		if !it.ranged || it.rng.Start.Year == 0 {
			continue
		}
		if l.PeriodStart == "" && (l.Role == RoleArticle || l.Role == RoleMaybe) {
			l.PeriodStart, l.PeriodEnd = it.rng.Start.String(), it.rng.End.String()
		}
	}
	weeks := s.weeks()
	s.resolve(rangesOf(weeks))
	for _, h := range weeks {
		l := &links[place[h.target]-1]
		if l.PeriodStart == "" && h.rng.Start.Year != 0 {
			l.PeriodStart, l.PeriodEnd = h.rng.Start.String(), h.rng.End.String()
		}
	}
}
