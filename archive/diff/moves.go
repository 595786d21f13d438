package diff

// leastMovedSentence is the weight a sentence needs for its turning up elsewhere to be called a move, not a repetition.
const leastMovedSentence = 4 * weightWord

// findMovedSentences marks sentences that left one place and stand unchanged at another; moves is the last number given.
// Neighbours that moved together are one move.
func findMovedSentences(items []item, moves int) {
	places := make(map[int32][]int)
	for i, it := range items {
		if it.kind == gone && it.isMovable() {
			places[it.id] = append(places[it.id], i)
		}
	}
	if len(places) == 0 {
		return
	}
	lastFrom, lastTo := -2, -2
	for i, it := range items {
		if it.kind != come || !it.isMovable() || len(places[it.id]) == 0 {
			continue
		}
		from := places[it.id][0]
		places[it.id] = places[it.id][1:]
		if moves == 0 || from != lastFrom+1 || i != lastTo+1 {
			moves++
		}
		lastFrom, lastTo = from, i
		for _, k := range []int{from, i} {
			items[k].move, items[k].class = moves, Minor
		}
	}
}

func (it item) isMovable() bool {
	return it.move == 0 && it.id != noID && it.weight >= leastMovedSentence
}
