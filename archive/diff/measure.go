package diff

import "math"

// count counts the words of both texts by what became of them.
func count(ops []Op) Words {
	var w Words
	for _, op := range ops {
		if op.Kind == OpEqual {
			stayed := countWords(op.Text)
			w.From += stayed
			w.To += stayed
			continue
		}
		from, to := countWords(op.oldPart()), countWords(op.newPart())
		w.From += from
		w.To += to
		switch {
		case op.Class == Typographic:
		case op.Kind == OpMove && op.To != "":
			inside := Words{Moved: to}
			if op.Edits != nil {
				inside = count(op.Edits)
				inside.Moved = to - inside.Inserted
			}
			w.Moved += inside.Moved
			w.Deleted += inside.Deleted
			w.Inserted += inside.Inserted
		case op.Kind == OpMove:
		default:
			w.Deleted += from
			w.Inserted += to
		}
	}
	return w
}

// similarity gives the share of the words of both texts that stayed, at their place or at another, to four decimals. It
// is 1 only where all did.
func (w Words) similarity() float64 {
	if w.From+w.To == 0 {
		return 1
	}
	changed := float64(w.Deleted+w.Inserted) / float64(w.From+w.To)
	return 1 - math.Ceil(changed*1e4)/1e4
}

// Bounds below which a text counts as emptied: a tenth of its words is left, or a notice in their place.
const (
	emptiedShare = 10
	noticeWords  = 15
	noticedShare = 4
	leastEmptied = 20 // words of the old text, for anything short of nothing to count
)

// emptied says that next to nothing is left of the text.
func (w Words) emptied() bool {
	switch {
	case w.From == 0:
		return false
	case w.To == 0:
		return true
	case w.From < leastEmptied:
		return false
	}
	return w.To*emptiedShare <= w.From || w.To <= noticeWords && w.To*noticedShare <= w.From
}
