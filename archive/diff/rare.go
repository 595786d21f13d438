package diff

import (
	"cmp"
	"slices"
)

// Bounds of searching by rare words: a word that stands in more units than maxHolders leads nowhere, and of the units
// that a unit shares rare words with, only the maxCandidates likeliest are measured.
const (
	maxHolders    = 4
	maxCandidates = 3
)

// candidate is a pair of units with its likeness.
type candidate struct {
	a, b  int
	score float64
}

// likelyPairs pairs old with new units that are at least as alike as asked and share rare words, each unit once, the most
// alike first served. The pairs come in the order of the old units; their weight is the likeness in thousandths. Work grows
// with the number of tokens only.
func (al *aligner) likelyPairs(old, new []int, least float64) []pair {
	holders := al.holders(new)
	var found []candidate
	for _, a := range old {
		found = al.measured(found, a, holders, least)
	}
	slices.SortStableFunc(found, func(x, y candidate) int { return cmp.Compare(y.score, x.score) })
	usedOld, usedNew := make(map[int]bool), make(map[int]bool)
	var pairs []pair
	for _, f := range found {
		if !usedOld[f.a] && !usedNew[f.b] {
			usedOld[f.a], usedNew[f.b] = true, true
			pairs = append(pairs, pair{f.a, f.b, int(1000 * f.score)})
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int { return x.a - y.a })
	return pairs
}

// holders lists for each word the new units that hold it, up to one more than maxHolders.
func (al *aligner) holders(new []int) map[int32][]int {
	holders := make(map[int32][]int)
	for _, b := range new {
		for _, t := range al.comparer.new.of(al.new[b]) {
			h := holders[t.id]
			if al.weights[t.id] < weightWord || len(h) > maxHolders || len(h) > 0 && h[len(h)-1] == b {
				continue
			}
			holders[t.id] = append(h, b)
		}
	}
	return holders
}

// measured appends the candidates for old unit a that are alike enough.
func (al *aligner) measured(dst []candidate, a int, holders map[int32][]int, least float64) []candidate {
	votes := make(map[int]int)
	tokens := al.comparer.old.of(al.old[a])
	for _, t := range tokens {
		if h := holders[t.id]; len(h) <= maxHolders {
			for _, b := range h {
				votes[b]++
			}
		}
	}
	al.steps += len(tokens)
	likely := make([]int, 0, len(votes))
	for b := range votes {
		likely = append(likely, b)
	}
	slices.SortFunc(likely, func(x, y int) int { return cmp.Or(votes[y]-votes[x], x-y) })
	for _, b := range likely[:min(len(likely), maxCandidates)] {
		u, v := al.old[a], al.new[b]
		if score := alike(u.weight, v.weight, al.shared(u, v)); score >= least {
			dst = append(dst, candidate{a, b, score})
		}
	}
	return dst
}
