package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"infocus/extract/profile"
)

// take notes the fact that line j is, where the head has none of the kind yet.
func (r *reader) take(h *head, j, distance int) {
	b, l := &r.d.blocks[j], &r.lines[j]
	if b.flags.has(chromeLandmarks) {
		return
	}
	outside := b.flags.has(inAside) && !r.d.blocks[h.headline].flags.has(inAside)
	switch {
	case l.kind.has(isPeriod):
		if r.nearer(h, j, h.period) && !outside && r.ownPeriod(h, j, distance) {
			h.period = j
		}
	case l.kind.has(isVerdict):
		if r.nearer(h, j, h.verdict) && !r.isLegend(j) && !r.isBeforeFacts(h, j) {
			h.verdict, h.shown = j, r.shownBy(j)
		}
	case l.kind.has(isSection):
		if r.nearer(h, j, h.section) && !outside && !r.inMenu(j) {
			h.section = j
		}
	}
}

// nearer says whether line j is to be taken rather than the one taken before: there is none, or it stood before the headline in a wider
// box than that of j behind it.
func (r *reader) nearer(h *head, j, taken int) bool {
	if taken < 0 {
		return true
	}
	if taken > h.headline || j < h.headline {
		return false
	}
	x := r.d.blocks[h.headline].elem
	return r.d.common(x, r.d.blocks[j].elem) > r.d.common(x, r.d.blocks[taken].elem)
}

// verdictReach is how far before the facts of a head a verdict may stand, in lines: lists of sections show one each.
const verdictReach = 2

// isBeforeFacts says whether a verdict stands before the period or section of a head, and not right before, or is that of a linked headline
// in the same box: it is of something else.
func (r *reader) isBeforeFacts(h *head, j int) bool {
	if above := r.beside(j, -1); above >= 0 && h.section > j && r.lines[above].kind.has(isSection) && r.otherSection(above, h.section) {
		return true
	}
	if j < h.headline && r.isOfItem(h, j) {
		return true
	}
	for _, fact := range [...]int{h.period, h.section} {
		if fact >= 0 && j < fact && fact < h.headline && fact-j > verdictReach {
			return true
		}
	}
	return false
}

// isOfItem says whether the line before j is the headline of another article, in a box that holds both and not the headline of h.
func (r *reader) isOfItem(h *head, j int) bool {
	above := r.beside(j, -1)
	return above >= 0 && r.lines[above].kind.has(isElsewhere) &&
		!r.d.holds(r.d.common(r.d.blocks[above].elem, r.d.blocks[j].elem), r.d.blocks[h.headline].elem)
}

// inListOfWeeks says whether a linked range stands beside another one.
func (r *reader) inListOfWeeks(j, other int) bool {
	return other >= 0 && r.lines[other].kind.has(isPeriod) && r.d.blocks[j].isLink() && r.d.blocks[other].isLink()
}

// undatedReach is how near to the headline a range without a year must stand, in lines: the newest week of a sidebar prints
// none either.
const undatedReach = 4

// ownPeriod says whether a range is that of the article, and not of a box or a list item beside it.
func (r *reader) ownPeriod(h *head, j, distance int) bool {
	before, after := r.beside(j, -1), r.beside(j, +1)
	boxed := before >= 0 && r.lines[before].kind.has(isPhrase)
	viewAll := after >= 0 && r.lines[after].kind.has(isPhrase)
	if r.lines[j].kind.has(isUndated) {
		return !boxed && !viewAll && distance <= undatedReach
	}
	if boxed && viewAll || r.inListOfWeeks(j, before) || r.inListOfWeeks(j, after) {
		return false
	}
	if before >= 0 && r.lines[before].kind.has(isElsewhere) {
		x := r.d.blocks[j].elem
		return r.d.depth(r.d.common(x, r.d.blocks[before].elem)) <= r.d.depth(r.d.common(x, r.d.blocks[h.headline].elem))
	}
	return true
}

// unknownSection gives the line that stands where a section's words do, though no profile knows them: alone between period and
// headline, or in one row with the period. -1 without one.
func (r *reader) unknownSection(h *head) int {
	if h.period < 0 || h.period > h.headline {
		return -1
	}
	next := r.beside(h.period, +1)
	for next >= 0 && r.lines[next].kind == isEdition {
		next = r.beside(next, +1)
	}
	if next >= 0 && next < h.headline && r.beside(next, +1) == h.headline && r.mayNameSection(next) {
		return next
	}
	before := r.beside(h.period, -1)
	if next == h.headline && before >= 0 && r.d.blocks[before].elem == r.d.blocks[h.period].elem && r.mayNameSection(before) {
		return before
	}
	return -1
}

// Bounds of the words of a section, in bytes and words.
const (
	maxSectionBytes = 96
	maxSectionWords = 6
)

// mayNameSection says whether an unknown line may be the words of a section: a few words, no sentence, and not the name of a person,
// in which every word has a capital. A link to a listing surely is.
func (r *reader) mayNameSection(i int) bool {
	b := &r.d.blocks[i]
	words := strings.Count(b.text, " ") + 1
	if r.lines[i].kind != 0 || len(b.text) > maxSectionBytes || words > maxSectionWords || b.flags.has(isHidden|isButton|inCaption|inLabel|chromeLandmarks) ||
		hasDigit(b.text) || endsSentence(b.text) {
		return false
	}
	if b.isLink() && len(b.anchors) > 0 {
		t := r.target(&b.anchors[0])
		return t != nil && t.shape == profile.ShapeListing
	}
	for word := range strings.FieldsSeq(b.text) {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsLower(first) {
			return true
		}
	}
	return words == 1
}

// isLegend says whether a verdict stands beside another one, as in the explanation of signs.
func (r *reader) isLegend(j int) bool {
	for _, step := range [...]int{-1, 1} {
		if k := r.beside(j, step); k >= 0 && r.lines[k].kind.has(isVerdict) && r.shownBy(k).trend != r.shownBy(j).trend {
			return true
		}
	}
	return false
}

// inMenu says whether the words of a section are an item of a menu or of a trail of links: another section or, for a
// link, another short link of the site's frame stands beside them.
func (r *reader) inMenu(j int) bool {
	b := &r.d.blocks[j]
	for _, step := range [...]int{-1, 1} {
		k := r.beside(j, step)
		if k < 0 || r.d.blocks[k].flags.has(chromeLandmarks&^b.flags) {
			continue // the end of a menu beside the head
		}
		other := &r.d.blocks[k]
		if r.lines[k].kind.has(isSection) && r.otherSection(j, k) {
			return true
		}
		if other.isLink() && len(other.text) < 48 && !r.lines[k].kind.has(isEdition|isPeriod) &&
			(b.isLink() || b.flags.has(inList)) && sameShape(b, other) {
			return true
		}
	}
	return false
}

// otherSection says whether two lines name different sections.
func (r *reader) otherSection(j, k int) bool {
	a, b := r.d.blocks[j].means.Section, r.d.blocks[k].means.Section
	return a != nil && b != nil && a.Slug != b.Slug
}

// sameShape says whether two blocks are siblings of a kind: items of one list, parts of one row.
func sameShape(a, b *block) bool {
	if a.node == b.node {
		return true
	}
	return a.node.Data == b.node.Data && (a.node.Parent == b.node.Parent ||
		a.node.Parent != nil && b.node.Parent != nil && a.node.Parent.Data == b.node.Parent.Data && a.node.Parent.Parent == b.node.Parent.Parent)
}

// verdictOfPicture looks for a verdict in the words that stand for a picture in the head, then in its address or class.
func (r *reader) verdictOfPicture(h *head) {
	first, last := r.span(h)
	for i := range r.d.alts {
		a := &r.d.alts[i]
		if a.block < first || a.block > last || a.flags.has(chromeLandmarks) {
			continue
		}
		if m, ok := r.e.meaning(a.text); ok && m.Trend != "" {
			h.shown = verdict{m.Trend, strings.TrimFunc(a.text, isVerdictFrame)}
			return
		}
		if v, ok := r.labelledVerdict(a.text); ok {
			h.shown = v
			return
		}
	}
}
