package extract

import (
	"fmt"
	"strings"

	"infocus/extract/profile"
)

// plainKind judges a page that is no article: a listing, or another page.
func (e *Extractor) plainKind(d *document) (Kind, string) {
	kind, reason := e.survey(d).kind()
	return kind, e.linksReason(d, reason)
}

// minWeeks is the least number of links with a range of days that make an index of weeks.
const minWeeks = 3

// kind says whether the page is a listing, by its address or by what it holds.
func (s *survey) kind() (Kind, string) {
	s.findItems()
	shape := s.shape()
	if shape == profile.ShapeOther {
		return KindOther, "by its address, a page of the site that is no listing"
	}
	items, prose := s.strongItems(), s.loneProse()
	switch weeks := len(s.weeks()); {
	case shape == profile.ShapeHome && len(s.hops) > 0:
		return KindListing, "the home page of an edition"
	case shape == profile.ShapeListing && items > 0:
		return KindListing, fmt.Sprintf("the address of a listing, %d items", items)
	case weeks >= minWeeks && weeks >= items && prose < littleText:
		return KindListing, fmt.Sprintf("an index of %d weeks", weeks)
	case shape == profile.ShapeListing:
		return KindListing, "the address of a listing, with no items"
	case items >= 2 && prose <= max(littleProse, s.itemText()) && (prose < littleProse/2 || !s.hasOwnHeadline()):
		return KindListing, fmt.Sprintf("%d items of one markup", items)
	case items == 1 && prose < 2*littleProse && s.isHeaded():
		return KindListing, "one item below a week or a section"
	}
	return KindOther, fmt.Sprintf("%d items, %d bytes of text outside them", items, prose)
}

// shape is that of the page's own address.
func (s *survey) shape() profile.Shape {
	local, ok := s.e.localURL(s.d.addr)
	if !ok {
		return profile.ShapeUnknown
	}
	return s.e.profile.Shape(local)
}

// holdsArticles says whether the page lists articles together with their text, so that it could be taken for one of them.
// Such a page has two items at least with text of their own, little text outside them, and no headline of its own.
func (s *survey) holdsArticles() (reason string, ok bool) {
	if s.shape() == profile.ShapeHome && len(s.hops) > 0 {
		return "the home page of an edition", true
	}
	if s.shape() == profile.ShapeOther || s.hasOwnHeadline() {
		return "", false
	}
	s.findItems()
	full, text := 0, 0
	for i := range s.items {
		if it := &s.items[i]; it.strong && it.teaser > 0 {
			full++
			text += it.teaser
		}
	}
	if full < 2 || 3*s.loneProse() > text {
		return "", false
	}
	return fmt.Sprintf("%d items with text of their own", full), true
}

// strongItems counts the pages that items name as articles, but for those in boxes that stand on every page.
func (s *survey) strongItems() int {
	seen := make(map[int]bool, len(s.items))
	for i := range s.items {
		if it := &s.items[i]; it.strong && !it.boxed && !it.aside {
			seen[it.target] = true
		}
	}
	return len(seen)
}

// itemText is the text of all items that are articles, in bytes.
func (s *survey) itemText() int {
	n := 0
	for i := range s.items {
		if it := &s.items[i]; it.strong {
			n += it.teaser + len(s.hops[it.head].text)
		}
	}
	return n
}

// minLoose is the length, in bytes, from which text that is not linked counts as prose.
const minLoose = 100

// loneProse is the prose of the page that belongs to no item, in bytes.
func (s *survey) loneProse() int {
	n, next := 0, 0
	for i := range s.d.blocks {
		b := &s.d.blocks[i]
		for next < len(s.items) && s.items[next].tail <= i {
			next++
		}
		if next < len(s.items) && s.items[next].from <= i {
			continue
		}
		if free := len(b.text) - b.linked; free >= minLoose && !b.hasMeans && !b.flags.has(isHidden|chromeLandmarks) {
			n += free
		}
	}
	return n
}

// hasOwnHeadline says whether the page has a heading that its title repeats and that is no link: an article's.
func (s *survey) hasOwnHeadline() bool {
	title := s.d.title + "\n" + s.d.meta("og:title")
	for i := range s.d.blocks {
		b := &s.d.blocks[i]
		if b.linked > 0 || b.hasMeans || b.flags.has(isHidden|chromeLandmarks) || len(b.text) > maxRangeText || countWords(b.text) <= headlineWords {
			continue
		}
		if (b.level > 0 || b.flags.has(isBold)) && strings.Contains(title, b.text) {
			if r, ok := s.e.profile.Periods().Find(b.text); !ok || countWords(b.text[:r.From])+countWords(b.text[r.To:]) > headlineWords {
				return true
			}
		}
	}
	return false
}

// isHeaded says whether a range of days or the words of a section head the items of the page, as on the page of a week.
func (s *survey) isHeaded() bool {
	for i := range s.d.blocks {
		if b := &s.d.blocks[i]; b.level > 0 && b.linked == 0 && !b.flags.has(isHidden|chromeLandmarks) {
			if b.hasMeans && b.means.Use.Has(profile.UseSection) {
				return true
			}
			break // the first heading only
		}
	}
	for _, r := range s.datedBlocks() {
		b := &s.d.blocks[r.block]
		if !r.alone || b.linked > 0 || b.flags.has(chromeLandmarks|inAside) || len(s.boxed) > 0 && s.boxed[r.block] {
			continue
		}
		if box := s.newestBox(r.block); box == nil || !s.hasViewAll(box) {
			return true
		}
	}
	return false
}
