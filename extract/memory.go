package extract

// memory is what reading a page needs for a moment. It is used again for the next page, since making it anew costs a good
// part of what parsing does.
type memory struct {
	text    []byte
	elems   []element
	blocks  []block
	spare   []block // for a second version of blocks
	segs    []segment
	anchors []anchor
	alts    []alt
	lines   []line
}

// maxKept bounds the memory that is kept for the next page, in blocks, links or runs of text: a page of a usual size has hundreds.
const maxKept = 8192

// borrow takes memory for one page.
func (e *Extractor) borrow() *memory {
	if m, ok := e.memory.Get().(*memory); ok {
		return m
	}
	return &memory{}
}

// release gives the memory of a page back. Nothing that outlives the page may point into it: results hold strings only, and
// strings are never part of it.
func (e *Extractor) release(d *document) {
	m := d.memory
	m.elems, m.blocks, m.segs, m.anchors, m.alts = emptied(d.elems), emptied(d.blocks), emptied(d.segs), emptied(d.anchors), emptied(d.alts)
	m.lines = emptied(m.lines)
	d.elems, d.blocks, d.segs, d.anchors, d.alts, d.memory = nil, nil, nil, nil, nil, nil
	e.memory.Put(m)
}

// emptied forgets what a slice holds, so that no page is kept alive by it.
func emptied[T any](s []T) []T {
	if cap(s) > maxKept {
		return nil
	}
	clear(s)
	return s[:0]
}
