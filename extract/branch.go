package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page is a tree, and what belongs together stands in one branch of it. The text of an article goes on into another
// branch only where that one looks like more of the same: this file weighs that.

// branch is an element and the blocks in it.
type branch struct {
	elem     int
	from, to int // blocks, to not included
}

// branchAt gives the branch right under outer that holds block j.
func (r *reader) branchAt(outer, j int) branch {
	elem := r.d.child(outer, r.d.blocks[j].elem)
	x := &r.d.elems[elem]
	return branch{elem: elem, from: x.from, to: x.to}
}

// content is what blocks hold.
type content struct {
	prose, proseBytes             int
	phrases, enders, elsewheres   int
	dates, headings, bytes, links int
}

// tally counts what the shown blocks from..to hold.
func (r *reader) tally(from, to int) content {
	var c content
	for i := from; i < to; i++ {
		b, kind := &r.d.blocks[i], r.lines[i].kind
		if b.flags.has(isHidden) {
			continue
		}
		c.bytes += len(b.text)
		c.links += b.linked
		switch {
		case kind.has(isProse):
			c.prose++
			c.proseBytes += len(b.text)
		case kind.has(isPhrase):
			c.phrases++
		case kind.has(isEnder):
			c.enders++
		case kind.has(isElsewhere):
			c.elsewheres++
		case kind.has(isPeriod | isStamp):
			c.dates++
		case b.level > 0:
			c.headings++
		}
	}
	return c
}

// hasControls says whether a branch takes input: a form, an address to subscribe with, a search.
func (r *reader) hasControls(b branch) bool {
	for i := range r.d.ctrls {
		c := &r.d.ctrls[i]
		if c.block >= b.from && c.block <= b.to && c.kind != "hidden" && r.d.holds(b.elem, c.elem) {
			return true
		}
	}
	return false
}

// smallBox bounds the branches that are judged as a whole, in paragraphs.
const smallBox = 2

// chromeSigns weighs what says that a branch is not text of the article. Signs count before its first paragraph j, and in a
// small box anywhere: a large one may have a box of its own inside. A class that the branch shares with the one named like says
// nothing.
func (r *reader) chromeSigns(b branch, j, like int) float64 {
	sum := r.signsBefore(b, j)
	if r.tally(b.from, b.to).prose <= smallBox {
		sum += r.signsInside(b, j)
	}
	if r.hintsOf(b.elem, r.d.blocks[j].elem) == hintChrome {
		if class := r.d.classOf(b.elem); class == "" || class != r.d.classOf(like) {
			sum += 5
		}
	}
	if r.speaksOfCookies(b, j) {
		sum += 5
	}
	return sum
}

// speaksOfCookies says whether a branch is a notice that asks for consent.
func (r *reader) speaksOfCookies(b branch, j int) bool {
	text := r.d.blocks[j].text
	return b.to-b.from <= 12 && (strings.Contains(text, "cookie") || strings.Contains(text, "Cookie")) && r.hasControls(b)
}

// inChromeBox says whether paragraph j stands in a box of its own, beside element near, that shows signs of chrome.
func (r *reader) inChromeBox(near, j int) bool {
	x := r.d.blocks[j].elem
	outer := r.d.common(near, x)
	if outer == x || r.d.parent(x) == outer && isTextElement(r.d.atomOf(x)) {
		return false
	}
	return r.chromeSigns(r.branchAt(outer, j), j, r.d.child(outer, near)) >= 4
}

// isTextElement says whether an element holds one paragraph or item by its name.
func isTextElement(name atom.Atom) bool {
	switch name {
	case atom.P, atom.Li, atom.Dd, atom.Blockquote, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// isTextWrapper says whether an element holds a part of a text by its name: a list, a table, a quotation.
func isTextWrapper(name atom.Atom) bool {
	switch name {
	case atom.Ul, atom.Ol, atom.Blockquote, atom.Table, atom.Tbody, atom.Figure, atom.Dl, atom.Pre, atom.Details:
		return true
	}
	return false
}

// hint is what the class and id of an element say.
type hint int8

const (
	hintUnknown hint = iota // not read yet
	hintNone
	hintText
	hintChrome
)

// hintsOf gives the hint of the elements from inner up to outer: chrome where one of them is, else text where one is.
func (r *reader) hintsOf(outer, inner int) hint {
	best := hintNone
	for x := inner; x >= outer; x = r.d.elems[x].parent {
		best = max(best, r.hintOf(x))
	}
	return best
}

// hintOf gives the hint of one element, read once.
func (r *reader) hintOf(x int) hint {
	e := &r.d.elems[x]
	if e.hint == hintUnknown {
		e.hint = readHint(e.node)
	}
	return e.hint
}

// readHint reads the words in class and id of one element. No class of a site has to be known; these are the names that most
// sites give to such boxes. A box that has names of both kinds has no hint.
func readHint(n *html.Node) hint {
	text, chrome := false, false
	for i := range n.Attr {
		if key := n.Attr[i].Key; key != "class" && key != "id" {
			continue
		}
		for word := range strings.FieldsFuncSeq(n.Attr[i].Val, func(r rune) bool { return !unicode.IsLetter(r) }) {
			switch strings.ToLower(word) {
			case "sidebar", "related", "similar", "recommended", "comment", "comments", "respond", "disqus",
				"share", "sharing", "social", "cookie", "cookies", "consent", "gdpr", "newsletter", "subscribe", "subscription",
				"signup", "mailing", "breadcrumb", "breadcrumbs", "footer", "nav", "navbar", "menu", "promo", "advert", "ad", "ads",
				"popup", "modal", "overlay", "donate", "donation", "bio", "tags", "pagination", "pager", "teaser", "teasers", "sponsor", "banner", "colophon":
				chrome = true
			case "content", "body", "text", "entry", "story", "lead", "prose", "wysiwyg", "editor", "paragraph", "para":
				text = true
			}
		}
	}
	switch {
	case chrome && !text:
		return hintChrome
	case text && !chrome:
		return hintText
	}
	return hintNone
}

// goesOn weighs whether the text goes on from its last paragraph to paragraph j in another place of the tree.
func (r *reader) goesOn(run *run, j int) bool {
	from, to := r.lastOf(run), r.d.blocks[j].elem
	if r.d.blocks[j].flags.has((chromeLandmarks | inAside | inCaption | isButton) &^ r.d.blocks[run.prose[0]].flags) {
		return false
	}
	if from == to {
		return true
	}
	outer := r.d.common(from, to)
	if outer == to {
		return true
	}
	score := r.landmarkStep(run, j)
	if r.d.parent(to) == outer && isTextElement(r.d.atomOf(to)) {
		return score+r.paragraphStep(run, outer, j) >= 1
	}
	return score+r.boxStep(run, outer, j) >= 1
}

// lastOf gives the element of the last paragraph.
func (r *reader) lastOf(run *run) int { return r.d.blocks[run.prose[len(run.prose)-1]].elem }

// landmarkStep is what it costs to leave the article element or the place where the head stands.
func (r *reader) landmarkStep(run *run, j int) float64 {
	first, here := &r.d.blocks[run.prose[0]], &r.d.blocks[j]
	if lost := first.flags & (inArticle | inMain) &^ here.flags; lost != 0 {
		return -6
	}
	if !r.d.holds(run.outer, r.lastOf(run)) || r.d.holds(run.outer, here.elem) {
		return 0
	}
	if len(run.prose) > 1 || r.sawChrome(run) {
		return -6
	}
	return -1
}

// sawChrome says whether any line since the last paragraph is chrome.
func (r *reader) sawChrome(run *run) bool {
	for _, k := range run.waiting {
		if r.lines[k].kind.has(isChromeWords | isElsewhere | isPeriod | isStamp) {
			return true
		}
	}
	return false
}

// paragraphStep weighs the step to a paragraph that stands directly in outer.
func (r *reader) paragraphStep(run *run, outer, j int) float64 {
	from, to := r.lastOf(run), r.d.blocks[j].elem
	if r.hintOf(to) == hintChrome {
		return -5
	}
	before := r.d.child(outer, from)
	switch {
	case before == from || isTextWrapper(r.d.atomOf(before)) && !r.d.holds(before, r.d.blocks[run.prose[0]].elem):
		return 4 // a sibling, or on after a list
	case len(run.prose) == 1:
		return 3
	case r.stoodIn(run, outer, to, to):
		return 3 // back from a box between the paragraphs
	}
	return 1
}

// lookReach bounds the paragraphs that a new one is compared with, counted from the last.
const lookReach = 48

// stoodIn says whether a paragraph of the text stands under outer in a branch that is built like branch here of paragraph to.
func (r *reader) stoodIn(run *run, outer, here, to int) bool {
	for n := len(run.prose) - 1; n >= max(0, len(run.prose)-lookReach); n-- {
		x := r.d.blocks[run.prose[n]].elem
		if x != outer && r.d.holds(outer, x) && r.sameLook(r.d.child(outer, x), x, here, to) {
			return true
		}
	}
	return false
}

// boxStep weighs the step into a box under outer.
func (r *reader) boxStep(run *run, outer, j int) float64 {
	b, block := r.branchAt(outer, j), &r.d.blocks[j]
	score := -r.chromeSigns(b, j, r.d.child(outer, r.lastOf(run)))
	if r.hintsOf(b.elem, block.elem) == hintText {
		score++
	}
	if len(run.prose) == 1 {
		score += r.firstStep(run, b, block)
	}
	if r.stoodIn(run, outer, b.elem, block.elem) {
		score += 3
	}
	switch name := r.d.atomOf(b.elem); {
	case isTextWrapper(name):
		score += 3
	case name == atom.Section:
		score++
	}
	if r.comesBack(run, outer, b) {
		score++
	}
	if strings.HasSuffix(r.d.blocks[run.prose[len(run.prose)-1]].text, ":") {
		score++ // what was announced
	}
	if inside := r.tally(b.from, b.to); inside.prose > 1 {
		score++
		if inside.proseBytes > 500 {
			score++
		}
	}
	return score
}

// firstStep weighs the step from the lead into the box of the body.
func (r *reader) firstStep(run *run, b branch, block *block) float64 {
	score := 3.0
	if r.sawChrome(run) {
		score -= 3
	}
	if lead := r.d.blocks[run.prose[0]].elem; b.elem == block.elem && r.d.dataOf(b.elem) != r.d.dataOf(lead) && len(block.text) < minLongProse {
		score -= 3 // a notice in a box, not a paragraph like the lead
	}
	return score
}

// sameLook says whether branch a of paragraph x and branch b of paragraph y are built alike: the same elements with the same
// classes down to the paragraphs, of which one may be an item of a list there.
func (r *reader) sameLook(a, x, b, y int) bool {
	for r.d.dataOf(a) == r.d.dataOf(b) && r.d.classOf(a) == r.d.classOf(b) {
		if a == x || b == y {
			return (a == x || isTextWrapper(r.d.atomOf(r.d.child(a, x)))) && (b == y || isTextWrapper(r.d.atomOf(r.d.child(b, y))))
		}
		a, b = r.d.child(a, x), r.d.child(b, y)
	}
	return false
}

// backReach bounds the search for text behind a box, in blocks.
const backReach = 64

// comesBack says whether text goes on behind a box as it was before it.
func (r *reader) comesBack(run *run, outer int, b branch) bool {
	last := r.lastOf(run)
	if last == outer {
		return false
	}
	before := r.d.child(outer, last)
	for i := b.to; i < len(r.lines) && i < b.to+backReach; i++ {
		if x := r.d.blocks[i].elem; r.lines[i].kind.has(isProse) && x != outer && r.d.holds(outer, x) && r.sameLook(before, last, r.d.child(outer, x), x) {
			return true
		}
	}
	return false
}
