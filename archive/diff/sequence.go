package diff

import (
	"slices"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// span is a stretch of two sequences: old[a0:a1] stands where new[b0:b1] does.
type span struct{ a0, a1, b0, b1 int }

func (s span) empty() bool { return s.a0 == s.a1 && s.b0 == s.b1 }

// longSequence is the length beyond which a sequence is first parted at elements that are unique in both: the library
// stops looking after a hundred differences and would leave the middle of a long text as one.
const longSequence = 100

// differences gives the stretches in which two sequences of ids differ, in order and never touching; between them they
// are equal. Work is near linear in the lengths: what the library does in its hundred rounds, at most.
func differences(a, b []int32) []span {
	return within(nil, a, b, span{0, len(a), 0, len(b)}, true)
}

// within appends the differences inside s.
func within(dst []span, a, b []int32, s span, part bool) []span {
	s = trimmed(a, b, s)
	switch {
	case s.empty():
		return dst
	case s.a1-s.a0 <= 1 && s.b1-s.b0 <= 1, s.a0 == s.a1, s.b0 == s.b1:
		return appendSpan(dst, s)
	}
	if part && (s.a1-s.a0) > longSequence && (s.b1-s.b0) > longSequence {
		return betweenUnique(dst, a, b, s)
	}
	for _, d := range lcs.DiffRunes(a[s.a0:s.a1], b[s.b0:s.b1]) {
		dst = appendSpan(dst, span{s.a0 + d.Start, s.a0 + d.End, s.b0 + d.ReplStart, s.b0 + d.ReplEnd})
	}
	return dst
}

// betweenUnique divides s at the elements that are unique on both sides and stand in the same order.
func betweenUnique(dst []span, a, b []int32, s span) []span {
	anchors := heaviestIncreasing(uniquePairs(a[s.a0:s.a1], b[s.b0:s.b1]))
	a0, b0 := s.a0, s.b0
	for _, p := range anchors {
		dst = within(dst, a, b, span{a0, s.a0 + p.a, b0, s.b0 + p.b}, false)
		a0, b0 = s.a0+p.a+1, s.b0+p.b+1
	}
	return within(dst, a, b, span{a0, s.a1, b0, s.b1}, false)
}

// trimmed takes what is equal off both ends of s.
func trimmed(a, b []int32, s span) span {
	for s.a0 < s.a1 && s.b0 < s.b1 && a[s.a0] == b[s.b0] {
		s.a0++
		s.b0++
	}
	for s.a0 < s.a1 && s.b0 < s.b1 && a[s.a1-1] == b[s.b1-1] {
		s.a1--
		s.b1--
	}
	return s
}

// appendSpan joins s to the last span where they touch.
func appendSpan(dst []span, s span) []span {
	if n := len(dst); n > 0 && dst[n-1].a1 == s.a0 && dst[n-1].b1 == s.b0 {
		dst[n-1].a1, dst[n-1].b1 = s.a1, s.b1
		return dst
	}
	return append(dst, s)
}

// pair says that element a of one sequence belongs to element b of the other.
type pair struct {
	a, b   int
	weight int
}

// uniquePairs gives the elements that stand once in each sequence, in the order of a, each of weight 1.
func uniquePairs(a, b []int32) []pair {
	const many = -1
	place := make(map[int32]int, len(b))
	for i, id := range b {
		if _, ok := place[id]; ok {
			i = many
		}
		place[id] = i
	}
	seen := make(map[int32]bool, len(a))
	twice := make(map[int32]bool)
	for _, id := range a {
		twice[id] = seen[id]
		seen[id] = true
	}
	var pairs []pair
	for i, id := range a {
		if j, ok := place[id]; ok && j != many && !twice[id] {
			pairs = append(pairs, pair{i, j, 1})
		}
	}
	return pairs
}

// heaviestIncreasing gives the heaviest choice of pairs that rises on both sides. The pairs come in rising order of a, no
// a or b twice. It takes n log n steps.
func heaviestIncreasing(pairs []pair) []pair {
	if len(pairs) < 2 {
		return pairs
	}
	rank := ranks(pairs)
	best := make([]int, len(pairs))     // weight of the heaviest choice that ends with pair i
	previous := make([]int, len(pairs)) // pair before it in that choice, or -1
	tree := make([]int, len(pairs)+1)   // Fenwick tree over ranks: pair whose choice is heaviest, plus 1
	last := 0
	for i, p := range pairs {
		previous[i] = -1
		for k := rank[i]; k > 0; k -= k & -k {
			if t := tree[k] - 1; t >= 0 && best[t] > best[i] {
				best[i], previous[i] = best[t], t
			}
		}
		best[i] += p.weight
		for k := rank[i] + 1; k < len(tree); k += k & -k {
			if t := tree[k] - 1; t < 0 || best[t] < best[i] {
				tree[k] = i + 1
			}
		}
		if best[i] > best[last] {
			last = i
		}
	}
	var chosen []pair
	for i := last; i >= 0; i = previous[i] {
		chosen = append(chosen, pairs[i])
	}
	slices.Reverse(chosen)
	return chosen
}

// ranks gives the place of each pair in the order of b, from 0.
func ranks(pairs []pair) []int {
	order := make([]int, len(pairs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return pairs[i].b - pairs[j].b })
	rank := make([]int, len(pairs))
	for place, i := range order {
		rank[i] = place
	}
	return rank
}
