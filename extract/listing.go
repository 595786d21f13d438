package extract

import (
	"golang.org/x/net/html"

	"infocus/extract/period"
	"infocus/extract/profile"
)

// item is a part of a page that names one other page: a headline that is a link, with what stands around it.
type item struct {
	target   int
	head     int        // hop with the headline
	title    string     // headline, where that is not the link's words
	hops     int        // links to the same address
	box      *html.Node // largest element that holds this item and no other
	list     *html.Node // smallest element that holds it and a neighbour; nil for an only item
	shape    uint64     // same for items of the same markup
	from, to int        // its blocks
	tail     int        // blocks up to here follow it before the next item
	rng      period.Range
	ranged   bool
	day      int  // block that prints rng, unless its own link does
	sure     bool // rng stands in its box, or no other item has it
	stamped  bool // holds a time
	teaser   int  // bytes of text that is not linked
	aside    bool // in an aside
	boxed    bool // in the box of the newest week, which stands on every page
	strong   bool // an article, as far as a listing can say
}

// group is the items of one markup.
type group struct {
	items  []int
	facts  int // items that look like articles by their address or their range of days
	rich   int // items with a heading, a teaser, a time or a second link
	words  int // of all headlines
	weight int // bytes of text
	strong bool
}

// findItems groups the links of the page into items, once. No name of an element or class counts: an item is what
// repeats, and its box ends where the next item's begins.
func (s *survey) findItems() {
	if s.sought {
		return
	}
	s.sought = true
	heads := make([]bool, len(s.targets))
	for i := range s.hops {
		if h := &s.hops[i]; s.isItemLink(h) && s.isHeadline(h) {
			heads[h.target] = true
		}
	}
	s.readMore(heads)
	last := noTarget
	for i := range s.hops {
		h := &s.hops[i]
		if !heads[h.target] || !s.isItemLink(h) {
			continue
		}
		if h.target != last {
			s.items = append(s.items, item{target: h.target, head: i})
			last = h.target
		}
		s.join(i)
	}
	s.boxes()
	s.regions()
	s.rangesOfItems()
	s.groupItems()
}

// readMore adds the targets of links that only say "read more", whose headline is no link: there is a heading above, or
// several of them.
func (s *survey) readMore(heads []bool) {
	var hops []*hop
	several, first := false, noTarget
	for i := range s.hops {
		h := &s.hops[i]
		if !h.chrome || !h.means.Use.Has(profile.UseReadMore) || heads[h.target] || !s.targets[h.target].page || !s.isItemLink(h) {
			continue
		}
		several = several || first != noTarget && first != h.target
		first = h.target
		hops = append(hops, h)
	}
	for _, h := range hops {
		if several || s.headingAbove(h.block) != "" || s.targets[h.target].shape == profile.ShapeArticle {
			heads[h.target] = true
		}
	}
}

// maxTeaserBlocks is the largest number of blocks between a headline and the "read more" below it.
const maxTeaserBlocks = 6

// headingAbove gives the heading without a link above a block, "" where there is none before the next link.
func (s *survey) headingAbove(block int) string {
	for i := block - 1; i >= 0 && i >= block-maxTeaserBlocks; i-- {
		b := &s.d.blocks[i]
		switch {
		case b.hasMeans && b.linked == 0:
		case b.linked > 0:
			return ""
		case (b.level > 0 || b.flags.has(isBold)) && countWords(b.text) >= headlineWords:
			return b.text
		}
	}
	return ""
}

// isItemLink says whether a link stands where items stand: not in navigation, not in the middle of prose.
func (s *survey) isItemLink(h *hop) bool {
	if h.flags.has(chromeLandmarks|isHidden) || h.block >= len(s.d.blocks) {
		return false
	}
	b := &s.d.blocks[h.block]
	return h.from == b.from || h.text == h.alt || len(b.text)-b.linked <= maxBesideLink
}

// maxBesideLink is the most text, in bytes, that stands beside an item's link in one line when the link is not its beginning.
const maxBesideLink = 120

// join adds a link to the newest item.
func (s *survey) join(i int) {
	at := len(s.items) - 1
	it, h := &s.items[at], &s.hops[i]
	h.item = at
	it.hops++
	if s.isHeadline(h) && (!s.isHeadline(&s.hops[it.head]) || h.words > s.hops[it.head].words) {
		it.head = i
	}
	if h.flags.has(inAside) {
		it.aside = true
	}
}

// boxes finds the element of each item: below the nearest ancestor that it shares with a neighbour.
func (s *survey) boxes() {
	for i := range s.items {
		it := &s.items[i]
		node := s.hops[it.head].node
		it.shape = shapeOf(node)
		depth := -1
		for _, j := range [...]int{i - 1, i + 1} {
			if j < 0 || j >= len(s.items) {
				continue
			}
			list, box, d := meet(node, s.hops[s.items[j].head].node)
			if d > depth {
				it.list, it.box, depth = list, box, d
			}
		}
	}
	for i := range s.items {
		if s.inListOf(i, i-1) || s.inListOf(i, i+1) {
			continue
		}
		it := &s.items[i]
		if only := s.onlyBox(s.hops[it.head].node); it.box == nil || inside(only, it.box) {
			it.box = only // its list is the page
		}
	}
}

// inListOf says whether items i and j are of one list and markup.
func (s *survey) inListOf(i, j int) bool {
	return j >= 0 && j < len(s.items) && s.items[i].shape == s.items[j].shape && nearby(s.items[i].list, s.items[j].list)
}

// meet gives the nearest common ancestor of a and b, the child of it that holds a, and its depth.
func meet(a, b *html.Node) (ancestor, child *html.Node, depth int) {
	da, db := depthOf(a), depthOf(b)
	child = a
	for da > db {
		child, a, da = a, a.Parent, da-1
	}
	for db > da {
		b, db = b.Parent, db-1
	}
	for a != b {
		child, a, b, da = a, a.Parent, b.Parent, da-1
	}
	return a, child, da
}

// depthOf counts the ancestors of n.
func depthOf(n *html.Node) int {
	d := 0
	for n.Parent != nil {
		n, d = n.Parent, d+1
	}
	return d
}

// onlyBox guesses the box of an item without a neighbour of its markup: the elements next around the link, but none that
// is a column of the page or holds the box of the newest week.
func (s *survey) onlyBox(n *html.Node) *html.Node {
	for range 3 {
		p := n.Parent
		if p == nil || p.Type != html.ElementNode || isColumn(p) || s.hasViewAll(p) {
			break
		}
		n = p
	}
	return n
}

// isColumn says whether an element is a large part of the page.
func isColumn(n *html.Node) bool {
	switch n.Data {
	case "body", "main", "aside", "header", "footer", "nav":
		return true
	}
	return false
}

// shapeOf is a digest of the names of the elements around n.
func shapeOf(n *html.Node) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	sum := uint64(offset)
	for ; n != nil; n = n.Parent {
		if n.Type != html.ElementNode {
			continue
		}
		code := uint64(n.DataAtom)
		if code == 0 {
			for i := range len(n.Data) {
				code = code<<5 ^ uint64(n.Data[i])
			}
		}
		sum = (sum ^ code) * prime
	}
	return sum
}

// regions finds the blocks of each item, and those that follow it in its list.
func (s *survey) regions() {
	s.boxed = make([]bool, len(s.d.blocks))
	for i := range s.items {
		s.enclose(&s.items[i])
	}
	longest := 0 // tail in the list so far
	for i := range s.items {
		it := &s.items[i]
		if i == 0 || s.items[i-1].list != it.list {
			longest = 0
		}
		s.trail(i, longest)
		longest = max(longest, it.tail-it.to)
		s.weigh(it)
		if h := &s.hops[it.head]; !s.isHeadline(h) {
			it.title = s.headingAbove(h.block)
		}
	}
}

// enclose finds the blocks inside an item's box.
func (s *survey) enclose(it *item) {
	blocks := s.d.blocks
	at := s.hops[it.head].block
	it.from, it.to = at, at+1
	for it.from > 0 && inside(blocks[it.from-1].node, it.box) {
		it.from--
	}
	for it.to < len(blocks) && inside(blocks[it.to].node, it.box) {
		it.to++
	}
	it.tail = it.to
	for i := it.from; i < it.to; i++ {
		s.boxed[i] = true
	}
}

// trail finds the blocks between item i and the next one in its list. The last item of a list has no more than the longest
// trail of the others: what follows a whole list is not its.
func (s *survey) trail(i, longest int) {
	it := &s.items[i]
	end, last := len(s.d.blocks), true
	if i+1 < len(s.items) {
		end = max(s.items[i+1].from, it.to)
		last = s.items[i+1].list != it.list
	}
	if last {
		end = min(end, it.to+longest)
	}
	for it.tail < end && it.list != nil && inside(s.d.blocks[it.tail].node, it.list) {
		it.tail++
	}
}

// inside says whether n is box or below it.
func inside(n, box *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == box {
			return true
		}
	}
	return false
}

// weigh looks at what stands in an item beside its headline.
func (s *survey) weigh(it *item) {
	for i := it.from; i < it.tail; i++ {
		b := &s.d.blocks[i]
		if b.hasMeans {
			continue
		}
		if n := len(b.text) - b.linked; n >= 40 {
			it.teaser += n
		}
		it.stamped = it.stamped || b.flags.has(inTime)
	}
}

// groupItems puts items of one markup and list together and judges each group.
func (s *survey) groupItems() {
	newest := make(map[uint64]int, 4) // by shape
	for i := range s.items {
		it := &s.items[i]
		at, ok := newest[it.shape]
		if !ok || !nearby(s.items[s.groups[at].last()].list, it.list) {
			at = len(s.groups)
			newest[it.shape] = at
			s.groups = append(s.groups, group{})
		}
		s.count(&s.groups[at], i)
	}
	facts := false
	for i := range s.groups {
		g := &s.groups[i]
		g.strong = 2*g.facts >= len(g.items) && g.facts > 0
		facts = facts || g.strong
	}
	if !facts {
		s.strongest()
	}
	s.judge()
}

// last is the newest item of a group that has some.
func (g *group) last() int { return g.items[len(g.items)-1] }

// count adds an item to its group.
func (s *survey) count(g *group, i int) {
	it := &s.items[i]
	h := &s.hops[it.head]
	g.items = append(g.items, i)
	g.words += h.words
	g.weight += len(h.text) + it.teaser
	if s.isFact(it) {
		g.facts++
	}
	if s.d.blocks[h.block].level > 0 || it.teaser > 0 || it.stamped || it.hops > 1 {
		g.rich++
	}
}

// isFact says whether an item looks like an article by its address or a range of days beside its headline.
func (s *survey) isFact(it *item) bool {
	shape := s.targets[it.target].shape
	return shape == profile.ShapeArticle || it.sure && it.rng.Week && shape != profile.ShapeOther
}

// strongest marks the group that carries the page, where no item shows by address or days that it is an article.
func (s *survey) strongest() {
	best := -1
	for i := range s.groups {
		g := &s.groups[i]
		n := len(g.items)
		if n < 2 || 2*g.rich < n && g.words < 5*n || s.items[g.items[0]].aside {
			continue
		}
		if best < 0 || g.weight > s.groups[best].weight {
			best = i
		}
	}
	if best >= 0 {
		s.groups[best].strong = true
	}
}

// judge says of each item whether it is an article: by itself, by its group, or by standing in a list of several of such a
// group. A list without any fact beside lists of facts is something else of the same markup: events, partners.
func (s *survey) judge() {
	lists := map[*html.Node]int{} // items of strong groups
	facts := map[*html.Node]int{} // of them, facts
	for i := range s.groups {
		for _, j := range s.groups[i].items {
			if it := &s.items[j]; s.groups[i].strong {
				lists[it.list]++
				if s.isFact(it) {
					facts[it.list]++
				}
			}
		}
	}
	for i := range s.groups {
		g := &s.groups[i]
		for _, j := range g.items {
			it := &s.items[j]
			h := &s.hops[it.head]
			switch {
			case s.isFact(it):
				it.strong = true
			case s.targets[it.target].shape == profile.ShapeOther || it.list == nil:
			case g.strong:
				it.strong = g.facts == 0 || facts[it.list] > 0
			case lists[it.list] > 1:
				it.strong = s.d.blocks[h.block].level > 0 || h.words >= 5
			}
		}
	}
}
