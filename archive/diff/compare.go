package diff

import "cmp"

// Compare gives the diff of two revisions of the article id.
func Compare(id string, from, to Version) *Diff {
	oldText, newText := Text(from.Lead, from.Body), Text(to.Lead, to.Body)
	d := &Diff{
		ID: id, From: from.Revision, To: to.Revision, FromID: from.RevisionID, ToID: to.RevisionID,
		Fields: changedFields(from, to), Body: CompareText(oldText, newText), TakenDown: to.TakenDown,
	}
	d.Words = count(d.Body)
	d.Similarity = d.Words.similarity()
	for _, f := range d.Fields {
		d.Class = max(d.Class, f.Class)
	}
	for _, op := range d.Body {
		d.Class = max(d.Class, op.Class)
	}
	if to.TakenDown || d.Words.emptied() {
		d.Class = Retraction
	}
	return d
}

// Heaviest gives the class of the change from one revision to another, for history tables; it is Compare(...).Class.
func Heaviest(from, to Version) Class { return Compare("", from, to).Class }

// CompareWeight orders diffs for a list that puts the heaviest first: by class, then by how many words came or went, then
// by how many moved. It is negative where a is heavier than b.
func CompareWeight(a, b *Diff) int {
	return cmp.Or(
		cmp.Compare(b.Class, a.Class),
		cmp.Compare(b.Words.Deleted+b.Words.Inserted, a.Words.Deleted+a.Words.Inserted),
		cmp.Compare(b.Words.Moved, a.Words.Moved),
	)
}

// CompareText gives the operations from one text to another, both as Text gives them. It is never nil.
func CompareText(oldText, newText string) []Op {
	if oldText == newText {
		if oldText == "" {
			return []Op{}
		}
		return []Op{{Kind: OpEqual, Text: newText}}
	}
	return newComparer(oldText, newText).compare()
}

// compare aligns paragraphs, then the sentences of those that belong together, then their words.
func (c *comparer) compare() []Op {
	plan := c.alignParagraphs()
	items := settle(c.follow(plan))
	findMovedSentences(items, plan.moves)
	var e emitter
	for _, it := range items {
		e.add(it)
	}
	return renumbered(e.operations(c.old.text, c.new.text))
}

// renumbered gives moves the numbers in which a reader meets them.
func renumbered(ops []Op) []Op {
	numbers := make(map[int]int)
	for i, op := range ops {
		if op.Move == 0 {
			continue
		}
		if numbers[op.Move] == 0 {
			numbers[op.Move] = len(numbers) + 1
		}
		ops[i].Move = numbers[op.Move]
	}
	return ops
}
