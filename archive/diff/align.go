package diff

import "slices"

// link says that old units [a0,a1) belong to new units [b0,b1). One of the two stretches has one unit.
type link struct {
	a0, a1, b0, b1 int
	exact          bool // one unit each, of the same text
}

// aligner finds which units of two lists belong together.
type aligner struct {
	*comparer
	old, new       []unit
	oldOf, newOf   []int // link of each unit, or free, or elsewhere
	links          []link
	cutOld, cutNew func(i int) unit // gives unit i with its tokens
}

const (
	free      = -1 // in no link
	elsewhere = -2 // moved: of no concern to its neighbours
)

func newAligner(c *comparer, old, new []unit) *aligner {
	al := &aligner{comparer: c, old: old, new: new, oldOf: make([]int, len(old)), newOf: make([]int, len(new))}
	for i := range al.oldOf {
		al.oldOf[i] = free
	}
	for i := range al.newOf {
		al.newOf[i] = free
	}
	al.cutOld = func(i int) unit { return al.old[i] }
	al.cutNew = func(i int) unit { return al.new[i] }
	return al
}

// exact links units of the same text that stand in the same order, the most text that can.
func (al *aligner) exact() {
	a, b := idsOf(al.old), idsOf(al.new)
	anchors := uniquePairs(a, b)
	for i := range anchors {
		u := al.old[anchors[i].a]
		anchors[i].weight = u.to - u.from
	}
	a0, b0 := 0, 0
	for _, p := range append(heaviestIncreasing(anchors), pair{len(a), len(b), 0}) {
		al.repeated(a[a0:p.a], b[b0:p.b], a0, b0)
		if p.a < len(a) {
			al.join(link{p.a, p.a + 1, p.b, p.b + 1, true})
		}
		a0, b0 = p.a+1, p.b+1
	}
}

// repeated links equal units between two anchors, where each may stand more than once.
func (al *aligner) repeated(a, b []int32, a0, b0 int) {
	if len(a) == 0 || len(b) == 0 {
		return
	}
	i, j := 0, 0
	for _, d := range append(differences(a, b), span{len(a), len(a), len(b), len(b)}) {
		for ; i < d.a0; i, j = i+1, j+1 {
			al.join(link{a0 + i, a0 + i + 1, b0 + j, b0 + j + 1, true})
		}
		i, j = d.a1, d.b1
	}
}

func (al *aligner) join(l link) {
	al.links = append(al.links, l)
	al.own(len(al.links) - 1)
}

// own notes which units link n holds.
func (al *aligner) own(n int) {
	l := al.links[n]
	for i := l.a0; i < l.a1; i++ {
		al.oldOf[i] = n
	}
	for i := l.b0; i < l.b1; i++ {
		al.newOf[i] = n
	}
}

// similar links what is alike in the gaps between the exact links.
func (al *aligner) similar() {
	exact := slices.Clone(al.links)
	a0, b0 := 0, 0
	for _, l := range append(exact, link{a0: len(al.old), b0: len(al.new)}) {
		al.gap(al.freeIn(al.oldOf, a0, l.a0), al.freeIn(al.newOf, b0, l.b0))
		a0, b0 = l.a1, l.b1
	}
	for n := len(exact); n < len(al.links); n++ {
		al.absorb(n)
	}
	slices.SortFunc(al.links, func(x, y link) int { return x.a0 - y.a0 })
}

func (al *aligner) freeIn(of []int, from, to int) []int {
	var list []int
	for i := from; i < to; i++ {
		if of[i] == free {
			list = append(list, i)
		}
	}
	return list
}

// gap links the alike units of one gap in order.
func (al *aligner) gap(old, new []int) {
	if len(old) == 0 || len(new) == 0 {
		return
	}
	size := 0
	for _, i := range old {
		al.old[i] = al.cutOld(i)
	}
	for _, j := range new {
		al.new[j] = al.cutNew(j)
		size += al.new[j].t1 - al.new[j].t0
	}
	pairs := al.straight(old, new)
	switch {
	case pairs != nil:
	case len(old)*len(new) <= maxGapCells && len(old)*size <= maxGapSteps:
		pairs = al.bestInOrder(old, new)
	default:
		pairs = heaviestIncreasing(al.likelyPairs(old, new, leastLikeness))
	}
	for _, p := range pairs {
		al.join(link{p.a, p.a + 1, p.b, p.b + 1, false})
	}
}

// Bounds of a gap in which every old unit is measured against every new one; a larger gap is searched by rare words.
const (
	maxGapCells = 4096
	maxGapSteps = 400_000
)

// straight pairs the first with the first, the second with the second, if all of them are so alike that no other choice
// is worth looking for; else it gives nil.
func (al *aligner) straight(old, new []int) []pair {
	if len(old) != len(new) {
		return nil
	}
	pairs := make([]pair, len(old))
	for i, a := range old {
		u, v := al.old[a], al.new[new[i]]
		if alike(u.weight, v.weight, al.shared(u, v)) < surelyAlike {
			return nil
		}
		pairs[i] = pair{a: a, b: new[i]}
	}
	return pairs
}

// bestInOrder chooses the pairs whose likeness adds up to the most, in order on both sides.
func (al *aligner) bestInOrder(old, new []int) []pair {
	width := len(new) + 1
	scores := make([]float64, len(old)*len(new))
	best := make([]float64, (len(old)+1)*width) // from (i, j) to the end
	for i, a := range old {
		al.scoreRow(scores[i*len(new):(i+1)*len(new)], a, new)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(new) - 1; j >= 0; j-- {
			b := max(best[(i+1)*width+j], best[i*width+j+1])
			if s := scores[i*len(new)+j]; s > 0 {
				b = max(b, s+best[(i+1)*width+j+1])
			}
			best[i*width+j] = b
		}
	}
	var pairs []pair
	for i, j := 0, 0; i < len(old) && j < len(new); {
		s := scores[i*len(new)+j]
		switch here := best[i*width+j]; {
		case s > 0 && here == s+best[(i+1)*width+j+1]:
			pairs = append(pairs, pair{a: old[i], b: new[j]})
			i, j = i+1, j+1
		case here == best[(i+1)*width+j]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// scoreRow measures old unit a against each new unit.
func (al *aligner) scoreRow(row []float64, a int, new []int) {
	u := al.old[a]
	al.mark(al.comparer.old.of(u), len(al.weights))
	for j, b := range new {
		v := al.new[b]
		row[j] = alike(u.weight, v.weight, al.take(al.comparer.new.of(v), al.weights))
		al.giveBack()
	}
	al.unmark()
}

// absorb widens link n, of two alike units, by free neighbours that hold what the other side has left over: a paragraph or
// sentence that was split or merged.
func (al *aligner) absorb(n int) {
	l := al.links[n]
	al.mark(al.comparer.old.of(al.old[l.a0]), len(al.weights))
	l.b0, l.b1 = al.widen(al.new, al.newOf, l.b0, l.b1, &al.comparer.new)
	al.unmark()
	if l.b1-l.b0 == 1 {
		al.mark(al.comparer.new.of(al.new[l.b0]), len(al.weights))
		l.a0, l.a1 = al.widen(al.old, al.oldOf, l.a0, l.a1, &al.comparer.old)
		al.unmark()
	}
	al.links[n] = l
	al.own(n)
}

// widen stretches [from,to) over free neighbours that are found in what is marked.
func (al *aligner) widen(units []unit, of []int, from, to int, s *side) (int, int) {
	al.take(s.of(units[from]), al.weights)
	fits := func(i int) bool {
		if i < 0 || i >= len(units) || of[i] != free || units[i].weight == 0 {
			return false
		}
		found := al.take(s.of(units[i]), al.weights)
		if float64(found) < leastRemainder*float64(units[i].weight) {
			al.giveBack()
			return false
		}
		return true
	}
	for fits(to) {
		to++
	}
	for fits(from - 1) {
		from--
	}
	return from, to
}

func idsOf(units []unit) []int32 {
	ids := make([]int32, len(units))
	for i, u := range units {
		ids[i] = u.id
	}
	return ids
}
