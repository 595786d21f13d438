package extract

import (
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"infocus/extract/profile"
)

// A profile may name selectors where the markup of a site is known. They are a short cut: what they name is taken where it passes
// the same tests as what is found without them, and extraction falls back to its own search where it does not.

// selection is what a selector named: the blocks of the first element that has words.
type selection struct {
	node     *html.Node
	from, to int // blocks, to not included
}

// selected gives the blocks of the first element that a selector names and that has words; false without one.
func (r *reader) selected(s profile.Selector) (selection, bool) {
	if s.IsZero() {
		return selection{}, false
	}
	for _, n := range cascadia.QueryAll(r.d.dom.Get(0), s.Group) {
		if from, to := r.blocksIn(n); from < to {
			return selection{node: n, from: from, to: to}, true
		}
	}
	return selection{}, false
}

// selectedAll gives the blocks from the first to the last element that a selector names: of a text, it may name each paragraph.
func (r *reader) selectedAll(s profile.Selector) (selection, bool) {
	all, ok := r.selected(s)
	if !ok {
		return selection{}, false
	}
	named := cascadia.QueryAll(r.d.dom.Get(0), s.Group)
	for i := len(named) - 1; i >= 0; i-- {
		if from, to := r.blocksIn(named[i]); from < to {
			all.to = max(all.to, to)
			break
		}
	}
	return all, true
}

// blocksIn gives the blocks that have words inside a node.
func (r *reader) blocksIn(n *html.Node) (from, to int) {
	from = -1
	for i := range r.d.blocks {
		b := &r.d.blocks[i]
		if len(b.segs) == 0 || !nodeHolds(n, b.segs[0].node) && !nodeHolds(n, b.segs[len(b.segs)-1].node) {
			continue
		}
		if from < 0 {
			from = i
		}
		to = i + 1
	}
	return max(from, 0), to
}

// nodeHolds says whether n is outer or stands in it.
func nodeHolds(outer, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// hideChrome hides what the profile says is no content.
func (r *reader) hideChrome() {
	s := r.e.profile.Selectors.Chrome
	if s.IsZero() {
		return
	}
	for _, n := range cascadia.QueryAll(r.d.dom.Get(0), s.Group) {
		for i, to := r.blocksIn(n); i < to; i++ {
			r.d.blocks[i].flags |= isHidden
		}
	}
}

// selectedHeadline gives the head of the headline that the profile's selector names, where that is one line.
func (r *reader) selectedHeadline() (head, bool) {
	s, ok := r.selected(r.e.profile.Selectors.Headline)
	if !ok || len(r.d.blocks[s.from].text) > maxLine || r.d.blocks[s.from].flags.has(isHidden) {
		return head{}, false
	}
	r.lines[s.from].kind &^= isProse
	return r.cluster(head{headline: s.from, text: r.d.blocks[s.from].text, why: "selector " + r.e.profile.Selectors.Headline.Text}), true
}

// selectFacts takes the facts of a head that selectors name and that are what they should be.
func (r *reader) selectFacts(h *head) {
	named := &r.e.profile.Selectors
	if s, ok := r.selected(named.Period); ok && r.isOrHolds(s.from) {
		h.period = s.from
	}
	if s, ok := r.selected(named.Section); ok && len(r.d.blocks[s.from].text) <= maxFact {
		h.section = s.from
	}
	if s, ok := r.selected(named.Verdict); ok {
		if trend, from, to, ok := r.e.profile.FindVerdict(r.d.blocks[s.from].text); ok {
			h.verdict, h.shown = s.from, verdict{trend, r.d.blocks[s.from].text[from:to]}
		}
	}
	if s, ok := r.selectedAll(named.Body); ok && s.from > h.headline {
		if lead := r.firstText(s); lead >= 0 {
			h.lead, h.body = lead, &s
		}
	}
	if s, ok := r.selected(named.Lead); ok && s.from > h.headline && !r.lines[s.from].kind.has(isChromeWords) {
		h.lead = s.from
	}
}

// isOrHolds says whether block i is a range of days or holds one, which then is its meaning.
func (r *reader) isOrHolds(i int) bool {
	if r.lines[i].kind.has(isPeriod) {
		return true
	}
	rng, ok := r.e.rangeIn(r.d.blocks[i].text)
	if ok && len(r.d.blocks[i].text) <= maxFactRow {
		r.setRange(&r.lines[i], rng)
		return true
	}
	return false
}

// firstText gives the first line of a selection that may begin a text, -1 without one.
func (r *reader) firstText(s selection) int {
	for i := s.from; i < s.to; i++ {
		if r.lines[i].kind.has(isProse) && !r.d.blocks[i].flags.has(isHidden|inCaption) {
			return i
		}
	}
	return -1
}

// selectedText gives the words of the element that a selector names.
func (r *reader) selectedText(s profile.Selector) (string, bool) {
	found, ok := r.selected(s)
	if !ok {
		return "", false
	}
	var parts []string
	for i := found.from; i < found.to; i++ {
		parts = append(parts, r.d.blocks[i].text)
	}
	return strings.Join(parts, " "), true
}

// maxReferences bounds the elements of a head whose addresses and classes are looked at.
const maxReferences = 400

// verdictByReference looks for a verdict in the addresses and classes of the head's elements, where the profile says that the site
// shows it so.
func (r *reader) verdictByReference(h *head) (verdict, bool) {
	if len(r.e.profile.VerdictReferences) == 0 || h.headline < 0 || h.lead < 0 {
		return verdict{}, false
	}
	outer := r.d.elems[r.d.common(r.d.blocks[h.headline].elem, r.d.blocks[h.lead].elem)].node
	end, left := r.d.blocks[h.lead].node, maxReferences
	for n := range outer.Descendants() {
		if n == end || left == 0 {
			break
		}
		if n.Type != html.ElementNode {
			continue
		}
		left--
		for i := range n.Attr {
			switch n.Attr[i].Key {
			case "src", "href", "class", "xlink:href":
				if trend, ok := r.e.profile.VerdictByReference(n.Attr[i].Val); ok {
					return verdict{trend: trend}, true
				}
			}
		}
	}
	return verdict{}, false
}
