package diff

// follow gives the items of both texts in reading order.
func (c *comparer) follow(p plan) []item {
	var items []item
	a, b := 0, 0
	for _, l := range append(p.links, link{a0: len(c.old.paragraphs), b0: len(c.new.paragraphs)}) {
		for ; a < l.a0; a++ {
			items = c.left(items, a, p.movedOld[a])
		}
		for ; b < l.b0; b++ {
			items = c.arrived(items, b, p.movedNew[b], p)
		}
		items = c.stayed(items, l)
		a, b = l.a1, l.b1
	}
	return items
}

// left adds paragraph a of the old text, which is gone from its place.
func (c *comparer) left(items []item, a, move int) []item {
	u := c.old.paragraphs[a]
	if move > 0 {
		return append(items, item{kind: gone, size: u.to - u.from, oldSep: u.sep, id: noID, class: Minor, move: move})
	}
	for _, s := range c.cut(&c.old, a) {
		items = append(items, sentenceItem(gone, s))
	}
	return items
}

// arrived adds paragraph b of the new text, which was not at this place.
func (c *comparer) arrived(items []item, b, move int, p plan) []item {
	u := c.new.paragraphs[b]
	if move > 0 {
		it := item{kind: come, size: u.to - u.from, newSep: u.sep, id: noID, class: Minor, move: move}
		it.edits = c.editsOnTheWay(c.old.paragraphs[p.movedFrom[move]], u)
		for _, op := range it.edits {
			it.class = max(it.class, op.Class)
		}
		return append(items, it)
	}
	for _, s := range c.cut(&c.new, b) {
		items = append(items, sentenceItem(come, s))
	}
	return items
}

func (c *comparer) editsOnTheWay(from, to unit) []Op {
	if from.id == to.id {
		return nil
	}
	return CompareText(c.old.text[from.from:from.to], c.new.text[to.from:to.to])
}

// sentenceItem is a sentence that stands in one text only. One without a word weighs little.
func sentenceItem(kind itemKind, u unit) item {
	it := item{kind: kind, size: u.to - u.from, oldSep: u.sep, newSep: u.sep, id: u.id, weight: u.weight, class: Substantive}
	if u.weight == 0 {
		it.class = Minor
	}
	return it
}

// stayed adds paragraphs that belong together.
func (c *comparer) stayed(items []item, l link) []item {
	if l.a0 == len(c.old.paragraphs) {
		return items // the end
	}
	if l.exact {
		u, v := c.old.paragraphs[l.a0], c.new.paragraphs[l.b0]
		return append(items, item{kind: both, size: u.to - u.from, oldSep: u.sep, newSep: v.sep, id: noID})
	}
	old, new := c.sentencesOf(&c.old, l.a0, l.a1), c.sentencesOf(&c.new, l.b0, l.b1)
	al := newAligner(c, old, new)
	al.exact()
	al.similar()
	a, b := 0, 0
	for _, l := range append(al.links, link{a0: len(old), b0: len(new), a1: len(old), b1: len(new)}) {
		for ; a < l.a0; a++ {
			items = append(items, sentenceItem(gone, old[a]))
		}
		for ; b < l.b0; b++ {
			items = append(items, sentenceItem(come, new[b]))
		}
		items = c.together(items, old[l.a0:l.a1], new[l.b0:l.b1], l.exact)
		a, b = l.a1, l.b1
	}
	return items
}

func (c *comparer) sentencesOf(s *side, from, to int) []unit {
	if to-from == 1 {
		return c.cut(s, from)
	}
	var units []unit
	for i := from; i < to; i++ {
		units = append(units, c.cut(s, i)...)
	}
	return units
}

// together adds sentences that belong together, changed word by word, or replaced whole where little is left.
func (c *comparer) together(items []item, old, new []unit, exact bool) []item {
	if len(old) == 0 {
		return items
	}
	if exact {
		u := old[0]
		return append(items, item{kind: both, size: u.to - u.from, oldSep: u.sep, newSep: new[0].sep, id: noID})
	}
	ch := c.newChange(c.old.tokensOf(old), c.new.tokensOf(new))
	if ch.kept() < leastKept {
		for _, u := range old {
			items = append(items, sentenceItem(gone, u))
		}
		for _, u := range new {
			items = append(items, sentenceItem(come, u))
		}
		return items
	}
	return ch.items(items)
}

// tokensOf gives the tokens of sentences that follow each other.
func (s *side) tokensOf(units []unit) []token {
	t0, t1 := units[0].t0, units[0].t1
	for i, u := range units[1:] {
		if u.t0 != t1 {
			return append(append([]token(nil), s.tokens[t0:t1]...), s.tokensOf(units[i+1:])...)
		}
		t1 = u.t1
	}
	return s.tokens[t0:t1]
}

// items adds the words of a change.
func (ch change) items(items []item) []item {
	a, b := 0, 0
	classes := ch.classes()
	for i, s := range append(ch.spans, span{len(ch.old), len(ch.old), len(ch.new), len(ch.new)}) {
		items = ch.unchanged(items, a, s.a0, b)
		if s.a0 < s.a1 {
			items = append(items, wordsItem(gone, ch.old[s.a0:s.a1], classes[i]))
		}
		if s.b0 < s.b1 {
			items = append(items, wordsItem(come, ch.new[s.b0:s.b1], classes[i]))
		}
		a, b = s.a1, s.b1
	}
	return items
}

func wordsItem(kind itemKind, tokens []token, class Class) item {
	first, last := tokens[0], tokens[len(tokens)-1]
	return item{kind: kind, size: int(last.to - first.from), oldSep: first.sep, newSep: first.sep, id: noID, class: class}
}

// unchanged adds the words old[a:end] that stand in both texts, in new from b on, cut where the space between them differs.
func (ch change) unchanged(items []item, a, end, b int) []item {
	for a < end {
		from, first := a, b
		a, b = a+1, b+1
		for a < end && ch.old[a].sep == ch.new[b].sep {
			a, b = a+1, b+1
		}
		it := wordsItem(both, ch.old[from:a], None)
		it.newSep = ch.new[first].sep
		items = append(items, it)
	}
	return items
}
