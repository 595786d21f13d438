package render

import (
	"strings"

	"infocus/archive/diff"
)

// A row is a stretch of both texts that begins and ends with a paragraph on both sides: mostly one paragraph of each; only
// one side's where a paragraph came or went; two against one where one was split.
type row struct {
	pieces         []piece // in reading order, old and new together
	oldFrom, oldTo int     // numbers of its paragraphs in the old text, from 1; oldTo < oldFrom for none
	newFrom, newTo int
}

// piece is a stretch of a row with what became of it.
type piece struct {
	kind  pieceKind
	text  string
	class diff.Class
	move  int
	note  diff.Op // of a move: edits made on the way
}

type pieceKind uint8

const (
	same     pieceKind = iota
	gone               // in the old text only
	come               // in the new text only
	left               // gone from here, stands elsewhere in the new text
	arrived            // stood elsewhere in the old text
	oldBreak           // a paragraph ends in the old text only
	newBreak           // a paragraph ends in the new text only
	anyBreak           // a paragraph ends in both
)

const paragraphBreak = "\n\n"

func (k pieceKind) isMove() bool  { return k == left || k == arrived }
func (k pieceKind) isBreak() bool { return k >= oldBreak }
func (k pieceKind) inOld() bool {
	return k == same || k == gone || k == left || k == oldBreak || k == anyBreak
}
func (k pieceKind) inNew() bool {
	return k == same || k == come || k == arrived || k == newBreak || k == anyBreak
}

// rowsOf lays out the operations of a diff in rows.
func rowsOf(ops []diff.Op) []row {
	pieces := piecesOf(ops)
	oldEnds, newEnds := endsAfter(pieces, pieceKind.inOld), endsAfter(pieces, pieceKind.inNew)
	var rows []row
	r := row{oldFrom: 1, newFrom: 1}
	next := func() {
		rows = append(rows, r.numbered())
		last := rows[len(rows)-1]
		r = row{oldFrom: last.oldTo + 1, newFrom: last.newTo + 1}
	}
	for i, p := range pieces {
		switch {
		case p.kind == anyBreak,
			p.kind == oldBreak && (newEnds[i] || !r.has(pieceKind.inNew)),
			p.kind == newBreak && (oldEnds[i] || !r.has(pieceKind.inOld)):
			if len(r.pieces) > 0 {
				next()
			}
		default:
			if i > 0 && r.endsBefore(p, oldEnds[i-1], newEnds[i-1]) {
				next()
			}
			r.pieces = append(r.pieces, p)
		}
	}
	if len(r.pieces) > 0 {
		next()
	}
	return rows
}

// endsBefore says that the row is a whole paragraph of one side, p belongs to the other, and one of them moved: they have
// nothing to do with each other.
func (r row) endsBefore(p piece, oldEnds, newEnds bool) bool {
	if len(r.pieces) == 0 || !p.kind.isMove() && !r.pieces[len(r.pieces)-1].kind.isMove() {
		return false
	}
	return oldEnds && !p.kind.inOld() && !r.has(pieceKind.inNew) || newEnds && !p.kind.inNew() && !r.has(pieceKind.inOld)
}

// piecesOf cuts operations at paragraph breaks.
func piecesOf(ops []diff.Op) []piece {
	var pieces []piece
	for _, op := range ops {
		p := piece{class: op.Class, move: op.Move, note: op}
		switch {
		case op.Break == diff.BreakSplit && op.Kind == diff.OpReplace:
			pieces = append(pieces, p.as(same, op.From), p.as(newBreak, ""))
		case op.Break == diff.BreakMerge && op.Kind == diff.OpReplace:
			pieces = append(pieces, p.as(same, op.To), p.as(oldBreak, ""))
		case op.Kind == diff.OpReplace:
			pieces = appendReplaced(pieces, op, p)
		case op.Kind == diff.OpMove && op.From != "":
			pieces = appendCut(pieces, p.as(left, op.From), oldBreak)
		case op.Kind == diff.OpMove:
			pieces = appendCut(pieces, p.as(arrived, op.To), newBreak)
		case op.Kind == diff.OpDelete:
			pieces = appendCut(pieces, p.as(gone, op.Text), oldBreak)
		case op.Kind == diff.OpInsert:
			pieces = appendCut(pieces, p.as(come, op.Text), newBreak)
		default:
			pieces = appendCut(pieces, p.as(same, op.Text), anyBreak)
		}
	}
	return pieces
}

func (p piece) as(kind pieceKind, text string) piece {
	p.kind, p.text = kind, text
	return p
}

func appendCut(dst []piece, p piece, end pieceKind) []piece {
	for i, text := range strings.Split(p.text, paragraphBreak) {
		if i > 0 {
			dst = append(dst, p.as(end, ""))
		}
		if text != "" {
			dst = append(dst, p.as(p.kind, text))
		}
	}
	return dst
}

// appendReplaced sets the paragraphs of the old text against those of the new, as far as they go.
func appendReplaced(dst []piece, op diff.Op, p piece) []piece {
	from, to := strings.Split(op.From, paragraphBreak), strings.Split(op.To, paragraphBreak)
	for i := range max(len(from), len(to)) {
		hasOld, hasNew := i < len(from), i < len(to)
		switch {
		case i == 0:
		case hasOld && hasNew:
			dst = append(dst, p.as(anyBreak, ""))
		case hasOld:
			dst = append(dst, p.as(oldBreak, ""))
		default:
			dst = append(dst, p.as(newBreak, ""))
		}
		if hasOld && from[i] != "" {
			dst = append(dst, p.as(gone, from[i]))
		}
		if hasNew && to[i] != "" {
			dst = append(dst, p.as(come, to[i]))
		}
	}
	return dst
}

// endsAfter says for each piece whether a side has nothing more in its paragraph after it.
func endsAfter(pieces []piece, inSide func(pieceKind) bool) []bool {
	ends := make([]bool, len(pieces))
	end := true
	for i := len(pieces) - 1; i >= 0; i-- {
		ends[i] = end
		if inSide(pieces[i].kind) {
			end = pieces[i].kind.isBreak()
		}
	}
	return ends
}

func (r row) has(inSide func(pieceKind) bool) bool {
	for _, p := range r.pieces {
		if inSide(p.kind) {
			return true
		}
	}
	return false
}

// numbered sets how many paragraphs the row holds of either text.
func (r row) numbered() row {
	count := func(inSide func(pieceKind) bool) int {
		n := 0
		if r.has(inSide) {
			n = 1
		}
		for _, p := range r.pieces {
			if p.kind.isBreak() && inSide(p.kind) {
				n++
			}
		}
		return n
	}
	r.oldTo, r.newTo = r.oldFrom+count(pieceKind.inOld)-1, r.newFrom+count(pieceKind.inNew)-1
	return r
}

// unchanged says that nothing in the row differs.
func (r row) unchanged() bool {
	for _, p := range r.pieces {
		if p.kind != same {
			return false
		}
	}
	return true
}

// only gives the kind that all pieces of the row have, and whether they have one.
func (r row) only() (pieceKind, bool) {
	for _, p := range r.pieces {
		if p.kind != r.pieces[0].kind {
			return 0, false
		}
	}
	return r.pieces[0].kind, true
}

// places says in which paragraph each move left and arrived.
type places struct{ old, new map[int]int }

func placesOf(rows []row) places {
	p := places{old: map[int]int{}, new: map[int]int{}}
	for _, r := range rows {
		old, new := r.oldFrom, r.newFrom
		for _, piece := range r.pieces {
			switch piece.kind {
			case left:
				p.old[piece.move] = old
			case arrived:
				p.new[piece.move] = new
			case oldBreak:
				old++
			case newBreak:
				new++
			}
		}
	}
	return p
}

// stretch is a run of rows of which all are unchanged or none is.
type stretch struct {
	rows []row
	fold bool
}

// folded parts rows into what is shown and what folds; so many unchanged rows on either side of a change are shown.
func folded(rows []row, context int) []stretch {
	show := make([]bool, len(rows))
	for i, r := range rows {
		if !r.unchanged() {
			for k := max(0, i-context); k < min(len(rows), i+context+1); k++ {
				show[k] = true
			}
		}
	}
	var list []stretch
	for i := range rows {
		if n := len(list); n > 0 && list[n-1].fold == !show[i] {
			list[n-1].rows = append(list[n-1].rows, rows[i])
			continue
		}
		list = append(list, stretch{rows: []row{rows[i]}, fold: !show[i]})
	}
	return list
}
