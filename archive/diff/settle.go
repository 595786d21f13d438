package diff

// settle puts back what stands on both sides of one place: paragraphs may be too different to be aligned and still have
// a sentence in common.
func settle(items []item) []item {
	var settled, old, new []item
	for _, it := range items {
		switch it.kind {
		case gone:
			old = append(old, it)
		case come:
			new = append(new, it)
		case both:
			settled = append(settleRun(settled, old, new), it)
			old, new = old[:0], new[:0]
		}
	}
	return settleRun(settled, old, new)
}

func settleRun(settled, old, new []item) []item {
	if len(old) == 0 || len(new) == 0 {
		return append(append(settled, old...), new...)
	}
	a, b := 0, 0
	end := span{len(old), len(old), len(new), len(new)}
	for _, d := range append(differences(settleIDs(old, noID), settleIDs(new, noID-1)), end) {
		for ; a < d.a0; a, b = a+1, b+1 {
			settled = append(settled, item{kind: both, size: old[a].size, oldSep: old[a].oldSep, newSep: new[b].newSep, id: noID})
		}
		settled = append(append(settled, old[d.a0:d.a1]...), new[d.b0:d.b1]...)
		a, b = d.a1, d.b1
	}
	return settled
}

// settleIDs gives the ids of sentences; what is none gets the id other, which is the same as nothing on the other side.
func settleIDs(items []item, other int32) []int32 {
	ids := make([]int32, len(items))
	for i, it := range items {
		if ids[i] = it.id; it.id == noID || it.move > 0 {
			ids[i] = other
		}
	}
	return ids
}
