package diff

import "slices"

// plan says what becomes of each paragraph.
type plan struct {
	links     []link      // in order on both sides
	moves     int         // how many paragraphs moved
	movedOld  map[int]int // old paragraph -> number of its move
	movedNew  map[int]int // new paragraph -> number of its move
	movedFrom map[int]int // number of the move -> its old paragraph
}

func (p *plan) move(a, b int) {
	p.moves++
	p.movedOld[a], p.movedNew[b], p.movedFrom[p.moves] = p.moves, p.moves, a
}

// alignParagraphs links paragraphs, those of the same text first, and finds those that moved.
func (c *comparer) alignParagraphs() plan {
	p := plan{movedOld: map[int]int{}, movedNew: map[int]int{}, movedFrom: map[int]int{}}
	al := newAligner(c, c.old.paragraphs, c.new.paragraphs)
	al.cutOld = func(i int) unit { c.cut(&c.old, i); return c.old.paragraphs[i] }
	al.cutNew = func(j int) unit { c.cut(&c.new, j); return c.new.paragraphs[j] }
	al.exact()
	for _, m := range al.movedWhole() {
		p.move(m.a, m.b)
	}
	al.similar()
	for _, m := range al.movedChanged() {
		p.move(m.a, m.b)
	}
	p.links = al.links
	return p
}

// movedWhole pairs free paragraphs of the same text; paragraphs without a word do not move.
func (al *aligner) movedWhole() []pair {
	places := make(map[int32][]int)
	for i, u := range al.old {
		if al.oldOf[i] == free {
			places[u.id] = append(places[u.id], i)
		}
	}
	var moved []pair
	for j, u := range al.new {
		if al.newOf[j] != free || len(places[u.id]) == 0 || countWords(al.comparer.new.text[u.from:u.to]) == 0 {
			continue
		}
		moved = append(moved, al.displace(places[u.id][0], j))
		places[u.id] = places[u.id][1:]
	}
	return moved
}

// movedChanged pairs free paragraphs that are nearly the same.
func (al *aligner) movedChanged() []pair {
	old, new := al.freeIn(al.oldOf, 0, len(al.old)), al.freeIn(al.newOf, 0, len(al.new))
	if len(old) == 0 || len(new) == 0 {
		return nil
	}
	for _, i := range old {
		al.old[i] = al.cutOld(i)
	}
	for _, j := range new {
		al.new[j] = al.cutNew(j)
	}
	heavy := func(units []unit) func(int) bool {
		return func(i int) bool { return units[i].weight < leastMovedWeight }
	}
	old, new = slices.DeleteFunc(old, heavy(al.old)), slices.DeleteFunc(new, heavy(al.new))
	var moved []pair
	for _, p := range al.likelyPairs(old, new, leastMoved) {
		moved = append(moved, al.displace(p.a, p.b))
	}
	return moved
}

func (al *aligner) displace(a, b int) pair {
	al.oldOf[a], al.newOf[b] = elsewhere, elsewhere
	return pair{a: a, b: b}
}
