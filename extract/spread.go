package extract

import (
	"slices"

	"golang.org/x/net/html/atom"
)

// minSpread is how long one stretch of a link that was never closed must be, in bytes: no item of a menu is.
const minSpread = minProse

// gatherLinks takes back a link whose closing tag is missing: the parser repeats it in the blocks that follow, up to the next link, and
// most of the page would be one. The first stretch of such a link stays.
func (d *document) gatherLinks() {
	for i := 0; i < len(d.anchors); {
		from, bytes, longest := i, 0, 0
		for ; i < len(d.anchors) && d.anchors[i].href == d.anchors[from].href; i++ {
			n := d.anchors[i].to - d.anchors[i].from
			bytes, longest = bytes+n, max(longest, n)
		}
		if i-from > 1 && longest >= minSpread && 2*bytes > len(d.text) {
			for k := from + 1; k < i; k++ {
				d.unlink(&d.anchors[k])
			}
			d.anchors = slices.Delete(d.anchors, from+1, i)
			return
		}
	}
}

// unlink makes the words of a link plain ones.
func (d *document) unlink(a *anchor) {
	a.node.DataAtom, a.node.Data = atom.Span, "span"
	for k := a.block; k < len(d.blocks) && d.blocks[k].from < a.to; k++ {
		b := &d.blocks[k]
		b.linked -= max(0, min(a.to, b.to)-max(a.from, b.from))
	}
}
