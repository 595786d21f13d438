package extract

// A text may stand in a row with columns of something else: the newest week, a box to subscribe, buttons. They say nothing of the text.

// signsBefore weighs what stands in the column of paragraph j before it.
func (r *reader) signsBefore(b branch, j int) float64 {
	sum := 0.0
	before, own := r.tally(b.from, j), b
	if before.phrases+before.enders+before.elsewheres > 0 {
		own = r.withoutColumns(b, j)
		before = r.tally(own.from, j)
	}
	if before.phrases+before.enders > 0 {
		sum += 5
	}
	switch {
	case before.elsewheres > 0 && own.from > b.from:
		sum += 5 // a list beside its title
	case before.elsewheres > 0:
		sum += 3
	}
	if before.dates > 0 {
		sum += 2
	}
	if before.headings > 0 {
		sum++
	}
	return sum
}

// signsInside weighs what stands in the column of paragraph j, a small box, behind it.
func (r *reader) signsInside(b branch, j int) float64 {
	sum, own := 0.0, r.withoutColumns(b, j)
	before, all := r.tally(own.from, j), r.tally(own.from, own.to)
	if all.phrases+all.enders > before.phrases+before.enders || r.hasControls(own) {
		sum += 5
	}
	if all.elsewheres > before.elsewheres && all.proseBytes < 600 {
		sum += 2
	}
	return sum
}

// withoutColumns narrows a branch to the column of paragraph j, where columns of something else stand beside it.
func (r *reader) withoutColumns(b branch, j int) branch {
	x := r.d.blocks[j].elem
	for b.elem != x {
		c := r.d.child(b.elem, x)
		here := branch{elem: c, from: r.d.elems[c].from, to: r.d.elems[c].to}
		if c == x && isTextElement(r.d.atomOf(c)) || !r.isColumnBefore(b.from, here.from) || !r.isColumnBehind(here.to, b.to) {
			return b
		}
		b = here
	}
	return b
}

// isColumnBehind says whether blocks from..to are nothing or a column behind a text: lines under a heading of their own or with a range
// of days.
func (r *reader) isColumnBehind(from, to int) bool {
	lines, titled := 0, false
	for i := from; i < to; i++ {
		if b := &r.d.blocks[i]; !b.flags.has(isHidden) {
			lines++
			titled = titled || b.level > 0 || r.lines[i].kind.has(isPeriod)
		}
	}
	return from == to || lines > 1 && titled
}

// isColumnBefore says whether blocks from..to are nothing or a column before a text: lines that end with a link, a button or words of
// the site's frame, and so are the title of nothing.
func (r *reader) isColumnBefore(from, to int) bool {
	if from == to {
		return true
	}
	last := &r.d.blocks[to-1]
	return to-from > 1 && (last.isLink() || last.flags.has(isButton) || r.lines[to-1].kind.has(isChromeWords|isEdition))
}
