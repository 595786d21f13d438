package diff

// leastKept is the share of its words that a sentence keeps to be shown as changed; with less, it is replaced whole.
const leastKept = 0.4

// change is a pair of stretches of sentences that belong together, as tokens.
type change struct {
	*comparer
	old, new       []token
	oldSum, newSum []int  // weight of the tokens before each
	spans          []span // what differs, after smoothing
}

// newChange compares the words of two stretches.
func (c *comparer) newChange(old, new []token) change {
	ch := change{comparer: c, old: old, new: new, oldSum: c.sums(old), newSum: c.sums(new)}
	ch.spans = ch.smoothed(differences(tokenIDs(old), tokenIDs(new)))
	return ch
}

func tokenIDs(tokens []token) []int32 {
	ids := make([]int32, len(tokens))
	for i, t := range tokens {
		ids[i] = t.id
	}
	return ids
}

// sums gives the weight of the tokens before each token, and of all.
func (c *comparer) sums(tokens []token) []int {
	sums := make([]int, len(tokens)+1)
	for i, t := range tokens {
		sums[i+1] = sums[i] + int(c.weights[t.id])
	}
	return sums
}

func (ch change) oldWeight(from, to int) int { return ch.oldSum[to] - ch.oldSum[from] }
func (ch change) newWeight(from, to int) int { return ch.newSum[to] - ch.newSum[from] }

// smoothed joins differences that have too little between them to be read on its own: "[-a-]{+x+} of [-b-]{+y+}" reads
// better as one change.
func (ch change) smoothed(spans []span) []span {
	var out []span
	for _, s := range spans {
		for len(out) > 0 && ch.drowned(out[len(out)-1], s) {
			last := out[len(out)-1]
			s.a0, s.b0 = last.a0, last.b0
			out = out[:len(out)-1]
		}
		out = append(out, s)
	}
	return out
}

// drowned says that what stands between two differences weighs less than half of either; or that it is one word between
// as much that went and as much that came, so that it only seems to have stayed ("50 and 60" turned "60 and 70").
func (ch change) drowned(x, y span) bool {
	between := ch.oldWeight(x.a1, y.a0)
	least := min(ch.heavier(x), ch.heavier(y))
	if y.a0-x.a1 == 1 && between <= least && (x.b0 == x.b1 && y.a0 == y.a1 || x.a0 == x.a1 && y.b0 == y.b1) {
		return true
	}
	return 2*between < least && between <= weightWord
}

func (ch change) heavier(s span) int {
	return max(ch.oldWeight(s.a0, s.a1), ch.newWeight(s.b0, s.b1))
}

// kept gives the share of the words that stayed, by weight.
func (ch change) kept() float64 {
	all := ch.oldWeight(0, len(ch.old)) + ch.newWeight(0, len(ch.new))
	if all == 0 {
		return 1
	}
	changed := 0
	for _, s := range ch.spans {
		changed += ch.oldWeight(s.a0, s.a1) + ch.newWeight(s.b0, s.b1)
	}
	return 1 - float64(changed)/float64(all)
}
