package extract

import (
	"sort"

	"golang.org/x/net/html"

	"infocus/extract/period"
	"infocus/extract/profile"
)

// dated is a block that prints a range of days.
type dated struct {
	block int
	rng   period.Range
	alone bool // nothing else stands in the block
}

// rangesOfItems gives the items their ranges of days: one inside the item's own box; else one that stands before it
// in its list, where the first item has one before it (headings of weeks); else one that follows it.
func (s *survey) rangesOfItems() {
	if len(s.items) == 0 {
		return
	}
	found := s.datedBlocks()
	users := make(map[int]int, len(found)) // of a range, by its block
	for i := range s.items {
		it := &s.items[i]
		if h := &s.hops[it.head]; h.ranged {
			it.rng, it.ranged, it.sure = h.rng, true, true
		} else if r, ok := within(found, it.from, it.to); ok {
			it.rng, it.ranged, it.sure, it.day = r.rng, true, true, r.block
			users[r.block]++
		}
	}
	if !s.allRanged() {
		s.rangesAround(found)
	}
	for i := range s.items {
		if it := &s.items[i]; it.ranged && !it.sure {
			users[it.day]++
		}
	}
	for i := range s.items {
		it := &s.items[i]
		it.sure = it.sure || it.ranged && users[it.day] == 1
	}
	s.resolveItems()
}

// rangesAround gives ranges to the items that have none in their box, markup by markup.
func (s *survey) rangesAround(found []dated) {
	for from := 0; from < len(s.items); {
		to := from + 1
		for to < len(s.items) && s.items[to].shape == s.items[from].shape {
			to++
		}
		s.neighbours(found, from, to)
		from = to
	}
}

// allRanged says whether every item has a range.
func (s *survey) allRanged() bool {
	for i := range s.items {
		if !s.items[i].ranged {
			return false
		}
	}
	return true
}

// datedBlocks lists the blocks that print a range of days as a fact and not in prose.
func (s *survey) datedBlocks() []dated {
	var found []dated
	for i := range s.d.blocks {
		b := &s.d.blocks[i]
		if len(b.text) > maxRangeText || !hasDigit(b.text) || b.flags.has(isHidden|inFooter|inForm|inDialog) {
			continue
		}
		r, ok := s.e.profile.Periods().Find(b.text)
		if !ok {
			continue
		}
		rest := countWords(b.text[:r.From]) + countWords(b.text[r.To:])
		atEdge := r.From == 0 || r.To == len(b.text)
		if rest <= 6 || r.Week && atEdge && b.linked > 0 {
			found = append(found, dated{block: i, rng: r, alone: rest == 0})
		}
	}
	return found
}

// within gives the first range in the blocks from <= i < to.
func within(found []dated, from, to int) (dated, bool) {
	if i := firstFrom(found, from); i < len(found) && found[i].block < to {
		return found[i], true
	}
	return dated{}, false
}

// firstFrom gives the place of the first range at or after a block.
func firstFrom(found []dated, block int) int {
	return sort.Search(len(found), func(i int) bool { return found[i].block >= block })
}

// neighbours gives ranges to the items from <= i < to of one markup that have none inside. Whether ranges stand above the
// items or below is settled by the first item of a list. A range above holds until the next one.
func (s *survey) neighbours(found []dated, from, to int) {
	var above dated
	var list *html.Node // of the items before, where ranges stand above
	var below *html.Node
	for i := from; i < to; i++ {
		it := &s.items[i]
		if it.ranged {
			continue
		}
		if below == nil || !besides(it.list, below) {
			below = nil
			if r, ok := s.before(found, it); ok {
				above, list = r, it.list
			}
			if list != nil && besides(it.list, list) {
				it.rng, it.ranged, it.day = above.rng, true, above.block
				continue
			}
			list, below = nil, it.list
		}
		if r, ok := within(found, it.to, it.tail); ok && r.alone {
			it.rng, it.ranged, it.day = r.rng, true, r.block
		}
	}
}

// besides says whether two lists are one or stand side by side.
func besides(a, b *html.Node) bool {
	return a == b || a != nil && b != nil && a.Parent == b.Parent
}

// maxWrappers is how many elements may stand around a list below its heading: tbody, table, a cell.
const maxWrappers = 3

// maxAbove is the largest distance, in blocks, of a heading of a week from its first item.
const maxAbove = 8

// before gives the nearest range above an item that stands in its list or beside it, and belongs to no item.
func (s *survey) before(found []dated, it *item) (dated, bool) {
	if it.list == nil {
		return dated{}, false
	}
	around := it.list
	for i := 0; i < maxWrappers && around.Parent != nil && around.Data != "body"; i++ {
		around = around.Parent
	}
	i := firstFrom(found, it.from) - 1
	if i < 0 || found[i].block < it.from-maxAbove {
		return dated{}, false
	}
	r := found[i]
	ok := r.alone && !s.boxed[r.block] && inside(s.d.blocks[r.block].node, around) && s.holdsFor(r.block, it) && !s.endsBetween(r.block, it.from)
	return r, ok
}

// holdsFor says whether a range may hold for an item below it. The range of the box that names the newest week, beside
// a phrase of the site, holds for the items of that box alone; so does one in an aside.
func (s *survey) holdsFor(block int, it *item) bool {
	b := &s.d.blocks[block]
	if b.flags.has(inNav) || b.flags.has(inAside) && !it.aside {
		return false
	}
	box := s.newestBox(block)
	if box == nil {
		return true
	}
	if box.Data == "body" || !inside(s.hops[it.head].node, box) {
		return false
	}
	it.boxed = it.boxed || s.hasViewAll(box)
	return true
}

// endsBetween says whether "View all" stands between a range and an item: it ends the box of the range.
func (s *survey) endsBetween(block, from int) bool {
	for i := block + 1; i < from; i++ {
		if b := &s.d.blocks[i]; b.hasMeans && b.means.Use.Has(profile.UseViewAll) {
			return true
		}
	}
	return false
}

// newestBox gives the element around a range and a phrase of the site beside it, nil without such a phrase.
func (s *survey) newestBox(block int) *html.Node {
	const use = profile.UseChrome | profile.UseViewAll
	for _, i := range [...]int{block - 1, block + 1} {
		if i < 0 || i >= len(s.d.blocks) {
			continue
		}
		if b := &s.d.blocks[i]; b.hasMeans && b.means.Use.Has(use) && b.level != 1 {
			box, _, _ := meet(s.d.blocks[block].node, b.node)
			return box
		}
	}
	return nil
}

// hasViewAll says whether a link "View all" is in box.
func (s *survey) hasViewAll(box *html.Node) bool {
	for _, n := range s.viewAll {
		if inside(n, box) {
			return true
		}
	}
	return false
}

// resolveItems gives years to the ranges of the items, list by list: each runs from the newest to the oldest.
func (s *survey) resolveItems() {
	var run []*period.Range
	for i := range s.items {
		it := &s.items[i]
		if i > 0 && !nearby(it.list, s.items[i-1].list) {
			s.resolve(run)
			run = run[:0]
		}
		if it.ranged {
			run = append(run, &it.rng)
		}
	}
	s.resolve(run)
}

// nearby says whether two lists stand side by side or one holds the other, as rows of a grid and the grid.
func nearby(a, b *html.Node) bool {
	return besides(a, b) || a != nil && b != nil && (a.Parent == b || b.Parent == a)
}

// resolve gives years to a run of ranges.
func (s *survey) resolve(run []*period.Range) {
	if s.d.page.Time.IsZero() {
		return
	}
	resolveRun(s.e.profile.Periods(), run, s.d.page.Time)
}
