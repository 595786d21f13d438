package diff

// item is a piece of one or both texts in reading order: a sentence, a stretch of words, or a paragraph that moved.
type item struct {
	kind   itemKind
	size   int // in bytes
	oldSep sep // what stands before it in the old text, if it is there
	newSep sep
	id     int32 // of a sentence or paragraph, to find it again elsewhere; noID for words
	weight int
	class  Class
	move   int  // number of the move, 0 for none
	edits  []Op // of a move, where it arrived
}

type itemKind uint8

const (
	both itemKind = iota
	gone
	come
)

const noID = -1

// emitter writes operations. What went and what came between two pieces that stayed is held back, so that both go into
// one operation and the white space around them is given to the right one.
//
// Every operation covers the next stretch of the old text, of the new text, or of both; so only lengths are counted, and
// the texts are cut at the end.
type emitter struct {
	ops        []stretch
	gone, come []item
}

// stretch is an operation that is not cut yet, with the bytes it takes of either text.
type stretch struct {
	Op
	old, new int
}

func (e *emitter) add(it item) {
	switch it.kind {
	case gone:
		e.gone = append(e.gone, it)
	case come:
		e.come = append(e.come, it)
	case both:
		e.flush(it.oldSep, it.newSep, true)
		e.push(stretch{Op{Kind: OpEqual}, it.size, it.size})
	}
}

// operations ends the texts and cuts them.
func (e *emitter) operations(old, new string) []Op {
	e.flush(glued, glued, false)
	var whole emitter
	a, b := 0, 0
	for _, s := range e.ops {
		if s.Kind == OpReplace && old[a:a+s.old] == new[b:b+s.new] {
			s.Op = Op{Kind: OpEqual} // the same text met itself as words here, as a sentence there
		}
		whole.push(s)
		a, b = a+s.old, b+s.new
	}
	ops := make([]Op, 0, len(whole.ops))
	for _, s := range whole.ops {
		ops = append(ops, s.cut(old[:s.old], new[:s.new]))
		old, new = old[s.old:], new[s.new:]
	}
	return ops
}

func (s stretch) cut(old, new string) Op {
	op := s.Op
	switch op.Kind {
	case OpEqual, OpInsert:
		op.Text = new
	case OpDelete:
		op.Text = old
	default:
		op.From, op.To = old, new
	}
	return op
}

// flush writes what is held back. When more follows, oldEnd and newEnd stand before it in the two texts.
func (e *emitter) flush(oldEnd, newEnd sep, more bool) {
	old, new := e.gone, e.come
	switch {
	case len(old) > 0 && len(new) > 0:
		e.separate(old[0].oldSep, new[0].newSep)
		e.write(pieces(old, gone, between, glued), pieces(new, come, between, glued))
		if more {
			e.separate(oldEnd, newEnd)
		}
	case len(old) > 0:
		e.oneSided(old, gone, oldEnd, newEnd, more)
	case len(new) > 0:
		e.oneSided(new, come, newEnd, oldEnd, more)
	case more:
		e.separate(oldEnd, newEnd)
	}
	e.gone, e.come = e.gone[:0], e.come[:0]
}

// oneSided writes pieces that stand in one text only. That text has one separator more than the other, own after the last
// piece; the spare one goes with the pieces, so that the other text's separator, other, stays as it is.
func (e *emitter) oneSided(items []item, kind itemKind, own, other sep, more bool) {
	how := before
	first := items[0].sepOf(kind)
	if more && first == other {
		how = after
		e.separate(first, other)
	}
	list := pieces(items, kind, how, own)
	if kind == gone {
		e.write(list, nil)
	} else {
		e.write(nil, list)
	}
	switch {
	case !more || how == after:
	case kind == gone:
		e.separate(own, other)
	default:
		e.separate(other, own)
	}
}

// separate writes the white space between two pieces.
func (e *emitter) separate(old, new sep) {
	op := stretch{Op{Kind: OpReplace, Class: Typographic}, old.size(), new.size()}
	switch {
	case old == new && old == glued:
		return
	case old == new:
		op.Op = Op{Kind: OpEqual}
	case old == glued:
		op.Kind = OpInsert
	case new == glued:
		op.Kind = OpDelete
	}
	switch {
	case old != new && new == parted:
		op.Break = BreakSplit
	case old != new && old == parted:
		op.Break = BreakMerge
	}
	e.push(op)
}

// piece is text that goes into one operation.
type piece struct {
	size  int // in bytes
	class Class
	move  int
	edits []Op
}

// placing says which white space goes with a piece.
type placing uint8

const (
	between placing = iota // what stands between pieces only
	before                 // what stands before each
	after                  // what stands after each
)

func (it item) sepOf(kind itemKind) sep {
	if kind == gone {
		return it.oldSep
	}
	return it.newSep
}

// pieces joins items of one side; items of one move make one piece. own stands after the last.
func pieces(items []item, kind itemKind, how placing, own sep) []piece {
	var list []piece
	for i, it := range items {
		size := it.size
		switch {
		case how == before:
			size += it.sepOf(kind).size()
		case i+1 < len(items):
			size += items[i+1].sepOf(kind).size()
		case how == after:
			size += own.size()
		}
		if n := len(list); n > 0 && list[n-1].move == it.move {
			list[n-1].size += size
			list[n-1].class = max(list[n-1].class, it.class)
			continue
		}
		list = append(list, piece{size, it.class, it.move, it.edits})
	}
	return list
}

// write writes what went and what came at one place, each side in its order; plain pieces that face each other make a
// replace.
func (e *emitter) write(old, new []piece) {
	for len(old) > 0 || len(new) > 0 {
		switch {
		case len(old) > 0 && old[0].move > 0:
			e.push(stretch{Op{Kind: OpMove, Move: old[0].move, Class: old[0].class}, old[0].size, 0})
			old = old[1:]
		case len(new) > 0 && new[0].move > 0:
			e.push(stretch{Op{Kind: OpMove, Move: new[0].move, Class: new[0].class, Edits: new[0].edits}, 0, new[0].size})
			new = new[1:]
		case len(new) == 0:
			e.push(stretch{Op{Kind: OpDelete, Class: old[0].class}, old[0].size, 0})
			old = old[1:]
		case len(old) == 0:
			e.push(stretch{Op{Kind: OpInsert, Class: new[0].class}, 0, new[0].size})
			new = new[1:]
		default:
			e.push(stretch{Op{Kind: OpReplace, Class: max(old[0].class, new[0].class)}, old[0].size, new[0].size})
			old, new = old[1:], new[1:]
		}
	}
}

// push appends an operation, joined to the last where both are of one kind without a meaning of their own.
func (e *emitter) push(s stretch) {
	if n := len(e.ops); n > 0 && s.joins(e.ops[n-1].Op) {
		last := &e.ops[n-1]
		last.old += s.old
		last.new += s.new
		last.Class = max(last.Class, s.Class)
		return
	}
	e.ops = append(e.ops, s)
}

func (s stretch) joins(last Op) bool {
	if s.Kind != last.Kind || s.Break != "" || last.Break != "" {
		return false
	}
	return s.Kind == OpEqual || s.Kind == OpDelete || s.Kind == OpInsert
}
