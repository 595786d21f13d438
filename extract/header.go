package extract

import "strings"

// head is the head of an article: the lines that stand together over its text. Places are blocks, -1 where the page has none.
type head struct {
	headline int
	text     string // of the headline
	why      string // why it is the headline
	own      float64
	score    float64

	period  int
	section int
	verdict int
	shown   verdict
	lead    int        // first paragraph after the head
	body    *selection // element that the profile says holds the text, nil without one
	foreign int        // links to other pages between headline and lead
	unknown int        // lines between headline and lead that stand for nothing known
}

// Bounds of the search, in blocks.
const (
	headReach = 16 // lines of a head before the headline
	leadReach = 48 // lines between headline and lead
)

// findHead gives the likeliest head of an article on the page; ok is false where no line looks like a headline.
func (r *reader) findHead() (best head, ok bool) {
	r.heads = r.newHeadings()
	if h, ok := r.selectedHeadline(); ok && h.lead >= 0 {
		return h, true
	}
	for _, c := range r.candidates() {
		h := r.cluster(c)
		if !ok || h.score > best.score {
			best, ok = h, true
		}
	}
	r.leadAsHeading(&best)
	return best, ok
}

// leadAsHeading moves the lead to a sentence that stands as a heading between the facts of the head and its first paragraph.
func (r *reader) leadAsHeading(h *head) {
	for j := r.beside(h.lead, -1); h.lead > 0 && j > max(h.headline, h.period, h.section, h.verdict); j = r.beside(j, -1) {
		b := &r.d.blocks[j]
		if b.level > 0 && r.lines[j].kind == 0 && len(b.text) >= minProse && strings.HasSuffix(b.text, ".") && b.text != h.text && r.canLead(h, j) {
			r.lines[j].kind |= isProse
			h.lead = j
			return
		}
	}
}

// cluster collects the facts around a headline, and weighs them with it.
func (r *reader) cluster(h head) head {
	h.period, h.section, h.verdict, h.lead = -1, -1, -1, -1
	r.lookBack(&h)
	r.lookAhead(&h)
	if h.verdict < 0 {
		r.verdictOfPicture(&h)
	}
	if h.section < 0 {
		h.section = r.unknownSection(&h)
	}
	h.score = h.own + r.weight(&h)
	return h
}

// lookBack finds facts before the headline, up to the text or the headline of something else.
func (r *reader) lookBack(h *head) {
	steps := 0
	for j := h.headline - 1; j >= 0 && steps < headReach; j-- {
		b, l := &r.d.blocks[j], &r.lines[j]
		if b.flags.has(isHidden) {
			continue
		}
		if l.kind.has(isProse | isElsewhere) {
			return
		}
		steps++
		r.take(h, j, steps)
	}
}

// lookAhead finds facts after the headline, up to the first paragraph.
func (r *reader) lookAhead(h *head) {
	steps := 0
	for j := h.headline + 1; j < len(r.lines) && steps < leadReach; j++ {
		b, l := &r.d.blocks[j], &r.lines[j]
		if b.flags.has(isHidden) {
			continue
		}
		if l.kind.has(isProse) {
			if r.canLead(h, j) {
				h.lead = j
				return
			}
			continue
		}
		steps++
		switch {
		case l.kind.has(isElsewhere):
			h.foreign++
		case l.kind == 0 && b.text != h.text:
			h.unknown++
		}
		r.take(h, j, steps)
	}
}

// canLead says whether a paragraph may be the first of the text under a headline.
func (r *reader) canLead(h *head, j int) bool {
	b, top := &r.d.blocks[j], r.d.blocks[h.headline].flags
	if b.flags.has((chromeLandmarks | inAside | inCaption) &^ top) {
		return false
	}
	near := r.d.blocks[h.headline].elem
	outer := r.d.common(near, b.elem)
	if m := &r.box; m.known && m.lead == j && m.outer == outer {
		return !m.chrome
	}
	r.box = leadBox{known: true, lead: j, outer: outer, chrome: r.inChromeBox(near, j)}
	return !r.box.chrome
}

// leadBox is what was found of the box that a paragraph stands in, below the element that it shares with a headline. Lines that
// may be the headline mostly ask the same.
type leadBox struct {
	known, chrome bool
	lead, outer   int
}

// beside gives the next shown line in a direction, -1 at the end.
func (r *reader) beside(j, step int) int {
	for j += step; j >= 0 && j < len(r.lines); j += step {
		if !r.d.blocks[j].flags.has(isHidden) {
			return j
		}
	}
	return -1
}

// span gives the first line of a head and the line of its lead, or of its end where it has none.
func (r *reader) span(h *head) (first, last int) {
	first, last = h.headline, h.headline+1
	for _, j := range [...]int{h.period, h.section, h.verdict} {
		if j >= 0 {
			first, last = min(first, j), max(last, j)
		}
	}
	if h.lead >= 0 {
		last = h.lead
	}
	return first, last
}

// weight weighs what stands around a headline.
func (r *reader) weight(h *head) float64 {
	sum := 0.0
	if h.period >= 0 {
		sum += 3
		if r.lines[h.period].kind.has(isUndated) {
			sum -= 2
		}
		if h.period < h.headline {
			sum++
		}
	}
	if h.section >= 0 {
		sum += 2 + before(h.section, h.headline)
	}
	if h.shown.trend != "" {
		sum += 3 + before(h.headline, h.verdict)
	}
	if h.lead >= 0 {
		sum += 2
	}
	sum -= 0.3 * float64(min(h.unknown, 12))
	sum -= float64(min(h.foreign, 4))
	return sum
}

// before is 1 where line a stands before line b.
func before(a, b int) float64 {
	if a < b {
		return 1
	}
	return 0
}
