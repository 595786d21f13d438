package diff

// likeness measures how much two stretches of tokens have in common, as bags of words.
type likeness struct {
	counts []int32 // by token id, all zero between uses
	marked []token
	taken  []int32
	steps  int // tokens looked at, for tests of the bounds
}

// mark counts the tokens of one side, until unmark.
func (l *likeness) mark(tokens []token, ids int) {
	if len(l.counts) < ids {
		l.counts = append(l.counts, make([]int32, ids-len(l.counts))...)
	}
	for _, t := range tokens {
		l.counts[t.id]++
	}
	l.marked = tokens
	l.steps += len(tokens)
}

func (l *likeness) unmark() {
	for _, t := range l.marked {
		l.counts[t.id] = 0
	}
	l.marked = nil
}

// take gives the weight of those tokens that are counted, and takes them off the counts.
func (l *likeness) take(tokens []token, weights []int32) int {
	l.taken = l.taken[:0]
	weight := 0
	for _, t := range tokens {
		if l.counts[t.id] > 0 {
			l.counts[t.id]--
			weight += int(weights[t.id])
			l.taken = append(l.taken, t.id)
		}
	}
	l.steps += len(tokens)
	return weight
}

// giveBack undoes the last take.
func (l *likeness) giveBack() {
	for _, id := range l.taken {
		l.counts[id]++
	}
}

// shared gives the weight of the words that an old and a new unit have in common.
func (c *comparer) shared(a, b unit) int {
	c.mark(c.old.of(a), len(c.weights))
	defer c.unmark()
	return c.take(c.new.of(b), c.weights)
}

// of gives the tokens of a unit that is cut.
func (s *side) of(u unit) []token { return s.tokens[u.t0:u.t1] }

// Bounds of likeness.
const (
	leastLikeness    = 0.35 // below it, two paragraphs or sentences are not the same one changed
	surelyAlike      = 0.75 // from it on, they are
	leastContained   = 0.75 // share of a short unit found in a long one, for it to be a piece of it
	leastRemainder   = 0.6  // share of a neighbour found in what the other side has left over
	leastPieceWeight = 3 * weightWord
	leastMoved       = 0.6 // likeness of a paragraph that moved and changed on the way
	leastMovedWeight = 6 * weightWord
	pieceDiscount    = 0.5 // a piece found whole scores half of what an unchanged unit does
)

// alike turns the weight that two units share into a likeness from 0 to 1; below the bounds it is 0. A piece of a longer
// unit counts as alike too, but less than the same unit changed.
func alike(a, b, shared int) float64 {
	if shared == 0 {
		return 0
	}
	whole := 2 * float64(shared) / float64(a+b)
	small := min(a, b)
	if small >= leastPieceWeight {
		if part := float64(shared) / float64(small); part >= leastContained {
			return max(whole, part-pieceDiscount)
		}
	}
	if whole < leastLikeness {
		return 0
	}
	return whole
}
