package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"infocus/extract/fold"
)

// run is the text of an article: lead and body.
type run struct {
	head    *head
	key     string // of the headline
	start   start  // of the headline
	outer   int    // nearest element around headline and lead
	prose   []int  // its paragraphs
	parts   []int  // paragraphs, items and headings, in page order
	waiting []int  // short lines since the last paragraph
	skip    int    // box that was found to be no text, -1 without one
	ended   bool
}

// readText follows the text from the lead to where the chrome begins.
func (r *reader) readText(h *head) *run {
	t := &run{head: h, key: fold.Key(h.text), start: startOf(h.text), skip: -1}
	t.outer = r.d.common(r.headlineElement(h), r.d.blocks[h.lead].elem)
	t.prose, t.parts = append(t.prose, h.lead), append(t.parts, h.lead)
	end := len(r.lines)
	if h.body != nil {
		end = h.body.to
	}
	for i := h.lead + 1; i < end && !t.ended; i++ {
		b := &r.d.blocks[i]
		if b.flags.has(isHidden) || t.skip >= 0 && r.d.holds(t.skip, b.elem) || r.isHeadLine(t, i) {
			continue
		}
		switch {
		case !r.lines[i].kind.has(isProse):
			t.waiting = append(t.waiting, i)
		case !r.isLetterText(i):
			r.paragraph(t, i)
		}
	}
	if !t.ended {
		r.tail(t)
	}
	return t
}

// holds says whether block i is part of the text.
func (t *run) holds(i int) bool {
	_, found := slices.BinarySearch(t.parts, i)
	return found
}

// headlineElement gives the element of the headline, or of the lead where the headline is not on the page.
func (r *reader) headlineElement(h *head) int {
	if h.headline >= 0 {
		return r.d.blocks[h.headline].elem
	}
	return r.d.blocks[h.lead].elem
}

// isHeadLine says whether a line behind the lead belongs to the head: the headline again, or the verdict.
func (r *reader) isHeadLine(t *run, i int) bool {
	if i == t.head.verdict || i == t.head.period || i == t.head.section || i == t.head.headline {
		return true
	}
	return r.isHeadline(t, r.d.blocks[i].text)
}

// isHeadline says whether a text is the headline again.
func (r *reader) isHeadline(t *run, text string) bool {
	if len(text) < len(t.head.text)-16 || len(text) > len(t.head.text)+16 || startOf(text) != t.start {
		return false
	}
	var room [512]byte
	return string(fold.AppendKey(room[:0], text)) == t.key
}

// isLetterText says whether a paragraph is the text of a newsletter's box: a chrome phrase before it, and a choice of editions or a
// field to fill in behind it.
func (r *reader) isLetterText(i int) bool {
	before, after := r.beside(i, -1), r.beside(i, +1)
	if before < 0 || !r.lines[before].kind.has(isPhrase) {
		return false
	}
	if after >= 0 && r.lines[after].kind.has(isEdition) {
		return true
	}
	for k := range r.d.ctrls {
		if r.d.ctrls[k].block == i+1 {
			return true
		}
	}
	return false
}

// paragraph takes paragraph i into the text, or finds that it is none of it.
func (r *reader) paragraph(t *run, i int) {
	outer := r.d.common(r.lastOf(t), r.d.blocks[i].elem)
	if r.chromeBetween(t, outer) || r.isColophon(t, i) {
		t.ended = true
		r.tail(t)
		return
	}
	if !r.goesOn(t, i) {
		if t.skip = r.d.child(outer, r.d.blocks[i].elem); t.skip == outer {
			t.skip = -1
		}
		return
	}
	for _, k := range t.waiting {
		if r.keepsBetween(t, outer, k) {
			t.parts = append(t.parts, k)
		}
	}
	t.waiting = t.waiting[:0]
	t.prose, t.parts = append(t.prose, i), append(t.parts, i)
}

// isColophon says whether a paragraph behind a rule begins what is said about the text: it has a class that no paragraph of the text
// has, as has the line of a licence or of the editors.
func (r *reader) isColophon(t *run, i int) bool {
	class := r.d.classOf(r.d.blocks[i].elem)
	if class == "" || len(t.prose) < 2 && len(r.d.blocks[i].text) > maxNotice || !slices.Contains(r.d.rules, i) {
		return false
	}
	for _, k := range t.prose[max(0, len(t.prose)-lookReach):] {
		if r.d.classOf(r.d.blocks[k].elem) == class {
			return false
		}
	}
	return true
}

// chromeBetween says whether the lines since the last paragraph, as far as they stand directly in outer and not in a box, begin what
// follows the article.
func (r *reader) chromeBetween(t *run, outer int) bool {
	phrase, dated, elsewhere := false, false, false
	for _, k := range t.waiting {
		b, l := &r.d.blocks[k], &r.lines[k]
		if b.elem != outer && r.d.parent(b.elem) != outer {
			continue
		}
		switch {
		case l.kind.has(isEnder):
			return true
		case l.kind.has(isPhrase):
			phrase = true
		case l.kind.has(isPeriod | isStamp):
			dated = true
		case l.kind.has(isElsewhere):
			elsewhere = true
			if b.level > 0 || b.flags.has(isBold) {
				return true
			}
		}
	}
	return phrase && (dated || elsewhere) || dated && elsewhere
}

// keepsBetween says whether a short line between two paragraphs is part of the text.
func (r *reader) keepsBetween(t *run, outer, k int) bool {
	b, l := &r.d.blocks[k], &r.lines[k]
	if !r.mayBePart(t, k) || l.kind.has(isElsewhere) && b.level > 0 {
		return false
	}
	if b.elem == outer {
		return true
	}
	if r.d.parent(b.elem) == outer {
		return !r.hasPicture(branch{elem: b.elem, from: k, to: k + 1})
	}
	box := r.branchAt(outer, k)
	inside := r.tally(box.from, box.to)
	if isTextWrapper(r.d.atomOf(box.elem)) {
		return inside.phrases+inside.enders == 0 && r.hintsOf(box.elem, b.elem) != hintChrome
	}
	if inside.prose > 0 {
		return r.hintsOf(box.elem, b.elem) != hintChrome
	}
	return inside.phrases+inside.enders+inside.elsewheres == 0 && !r.hasControls(box) && !r.hasPicture(box) && r.hintsOf(box.elem, b.elem) != hintChrome &&
		inside.links*2 <= inside.bytes
}

// hasPicture says whether a box holds a picture or a film, so that its words are a caption.
func (r *reader) hasPicture(b branch) bool {
	for i := range r.d.pictures {
		p := &r.d.pictures[i]
		if p.block >= b.from && p.block <= b.to && r.d.holds(b.elem, p.elem) {
			return true
		}
	}
	return false
}

// mayBePart says whether a short line can be part of a text at all.
func (r *reader) mayBePart(t *run, k int) bool {
	b, l := &r.d.blocks[k], &r.lines[k]
	lead := r.d.blocks[t.head.lead].flags
	switch {
	case l.kind.has(isChromeWords | isEdition):
		return false
	case b.flags.has((chromeLandmarks | inAside | inCaption | isButton) &^ lead):
		return false
	case l.kind.has(isCredit) && r.besidePicture(k):
		return false
	case b.flags.has(inLabel) && r.labelsHead(t, b):
		return false
	case onlySigns(b.text):
		return false
	}
	return true
}

// labelsHead says whether a label stands in the table or list that holds a fact of the head too: "Text" beside "Period".
func (r *reader) labelsHead(t *run, b *block) bool {
	table := b.elem
	for r.d.atomOf(table) != atom.Table && r.d.atomOf(table) != atom.Dl {
		if table = r.d.elems[table].parent; table < 0 {
			return false
		}
	}
	for _, j := range [...]int{t.head.period, t.head.section, t.head.verdict, t.head.headline} {
		if j >= 0 && r.d.holds(table, r.d.blocks[j].elem) {
			return true
		}
	}
	return false
}

// besidePicture says whether a picture stands in or next to the block before line k, or line k is in a figure.
func (r *reader) besidePicture(k int) bool {
	if r.d.blocks[k].flags.has(inFigure | inCaption) {
		return true
	}
	for i := range r.d.pictures {
		if p := &r.d.pictures[i]; p.block == k || p.block == k+1 || p.block == k-1 {
			return true
		}
	}
	return false
}

// tail takes the short lines behind the last paragraph that still belong to it, and ends where anything else begins.
func (r *reader) tail(t *run) {
	last := r.lastOf(t)
	keep := len(t.parts)
	for _, k := range t.waiting {
		if !r.inTail(t, last, k) || slices.Contains(r.d.rules, k) {
			break
		}
		t.parts = append(t.parts, k)
		if !r.hangs(k) {
			keep = len(t.parts)
		}
	}
	t.parts = t.parts[:keep]
}

// inTail says whether a short line behind the last paragraph is a sibling of it or an item of a list beside it.
func (r *reader) inTail(t *run, last, k int) bool {
	b, l := &r.d.blocks[k], &r.lines[k]
	if !r.mayBePart(t, k) || l.kind.has(isElsewhere|isPeriod|isStamp|isSection|isVerdict|isCredit) || r.hintOf(b.elem) == hintChrome {
		return false
	}
	if b.elem == last || r.d.parent(b.elem) == r.d.parent(last) {
		return b.elem == last || isTextElement(r.d.atomOf(b.elem)) || r.d.dataOf(b.elem) == r.d.dataOf(last)
	}
	outer := r.d.common(last, b.elem)
	box := r.d.child(outer, b.elem)
	return (outer == r.d.parent(last) || outer == last) && isTextWrapper(r.d.atomOf(box)) && r.hintsOf(box, b.elem) != hintChrome
}

// hangs says whether a line cannot end a text: a heading, a label, a link alone to a page of the site.
func (r *reader) hangs(k int) bool {
	b := &r.d.blocks[k]
	switch {
	case b.level > 0 || b.flags.has(isBold) && !endsSentence(b.text) || strings.HasSuffix(b.text, ":"):
		return true
	case b.isLink() && len(b.anchors) > 0:
		return r.target(&b.anchors[0]) != nil
	}
	return false
}

// paragraphs gives the text as paragraphs: lines parted by a single br are joined where they are one paragraph.
func (r *reader) paragraphs(t *run) []string {
	out := make([]string, 0, len(t.parts))
	breaks := r.breaksOf(t)
	for n := 0; n < len(t.parts); {
		from := n
		for n++; n < len(t.parts) && t.parts[n-1] == t.parts[n]-1 && r.d.blocks[t.parts[n]].flags.has(isSoft) && r.joins(breaks, t.parts[n]); n++ {
		}
		text := r.d.blocks[t.parts[from]].text
		if n-from > 1 {
			lines := make([]string, 0, n-from)
			for _, k := range t.parts[from:n] {
				lines = append(lines, r.d.blocks[k].text)
			}
			text = strings.Join(lines, " ")
		}
		out = append(out, text)
	}
	return out
}

// breaks says how the paragraphs of a text are told apart.
type breaks struct {
	hard      map[int]bool // elements with several br between lines
	byTag     bool         // there is more than one element p
	paragraph int          // an element p, -1 without one
}

// breaksOf looks how the paragraphs of a text are told apart.
func (r *reader) breaksOf(t *run) breaks {
	b := breaks{paragraph: -1}
	for _, k := range t.parts {
		block := &r.d.blocks[k]
		if block.flags.has(isHard) {
			if b.hard == nil {
				b.hard = map[int]bool{}
			}
			b.hard[block.elem] = true
		}
		if block.node.DataAtom == atom.P {
			b.byTag = b.byTag || b.paragraph >= 0 && b.paragraph != block.elem
			b.paragraph = block.elem
		}
	}
	return b
}

// joins says whether the line behind a single br is still the paragraph before it. Where paragraphs are told apart by elements or
// by several br, a single one is a break inside a paragraph; where there is nothing else, it parts sentences.
func (r *reader) joins(parted breaks, k int) bool {
	b, above := &r.d.blocks[k], &r.d.blocks[k-1]
	switch {
	case startsItem(b.text) || above.flags.has(isBold) != b.flags.has(isBold):
		return false
	case !endsSentence(above.text):
		return true
	}
	return parted.hard[b.elem] || parted.byTag && b.node.DataAtom == atom.P
}

// startsItem says whether a line begins as an item of a list typed by hand.
func startsItem(text string) bool {
	first, size := utf8.DecodeRuneInString(text)
	if strings.ContainsRune("•·–—-*▪■●◦‣", first) {
		return true
	}
	rest := strings.TrimLeft(text, "0123456789")
	return unicode.IsDigit(first) && size > 0 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}
