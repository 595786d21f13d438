package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"infocus/extract/period"
	"infocus/extract/profile"
)

// Facts may stand side by side in one line of the markup: boxes that a style sheet parts, with no space between
// them ("2017Security issues"), or with a sign ("Security issues | December 4 – December 10, 2017"). split makes each a block
// of its own, so that what follows sees one fact a block.

// Bounds of the lines that are looked at for facts side by side, in bytes.
const (
	maxFact    = 160 // one fact
	maxFactRow = 240 // several in one run of text
	maxBoxes   = 24
)

// split parts the blocks that are rows of boxes. It runs before the blocks have their text.
func (e *Extractor) split(d *document) {
	out, moved, parted := d.memory.spare, []int(nil), false
	seg := 0
	for i := range d.blocks {
		b := &d.blocks[i]
		first := seg
		for seg < len(d.segs) && d.segs[seg].from < b.to {
			seg++
		}
		cuts := e.cuts(d, b, d.segs[first:seg])
		if len(cuts) > 0 && !parted {
			parted = true
			out = append(out, d.blocks[:i]...)
			moved = make([]int, 0, len(d.blocks))
			for j := range i {
				moved = append(moved, j)
			}
		}
		if !parted {
			continue
		}
		moved = append(moved, len(out))
		out = appendParts(out, d, b, cuts)
	}
	if parted {
		d.memory.spare, d.blocks = emptied(d.blocks), out
		d.renumber(moved)
	}
}

// renumber brings the places of links, words for pictures and controls up to date after a split.
func (d *document) renumber(moved []int) {
	at := func(i int) int {
		if i < len(moved) {
			return moved[i]
		}
		return len(d.blocks)
	}
	for i := range d.elems {
		x := &d.elems[i]
		x.from, x.to = at(x.from), at(x.to)
	}
	for i := range d.anchors {
		a := &d.anchors[i]
		a.block = at(a.block)
		for a.from < a.to && a.block < len(d.blocks)-1 && d.blocks[a.block].to <= a.from {
			a.block++
		}
	}
	for i := range d.alts {
		d.alts[i].block = at(d.alts[i].block)
	}
	for i := range d.pictures {
		d.pictures[i].block = at(d.pictures[i].block)
	}
	for i := range d.rules {
		d.rules[i] = at(d.rules[i])
	}
	for i := range d.ctrls {
		d.ctrls[i].block = at(d.ctrls[i].block)
	}
}

// appendParts appends the parts of b between the cuts, without the signs and blanks that part them.
func appendParts(out []block, d *document, b *block, cuts []int) []block {
	if len(cuts) == 0 {
		return append(out, *b)
	}
	from := b.from
	for _, to := range append(cuts, b.to) {
		part := *b
		part.from, part.to = trimParting(d.text, from, to)
		from = to
		if part.from < part.to {
			part.weigh(d)
			out = append(out, part)
		}
	}
	return out
}

// weigh counts anew what the elements inside the block say of a part of it.
func (b *block) weigh(d *document) {
	b.linked = 0
	bold, timed := true, true
	at, _ := slices.BinarySearchFunc(d.segs, b.from, func(s segment, from int) int { return s.to - from - 1 })
	for ; at < len(d.segs) && d.segs[at].from < b.to; at++ {
		strong, inLink, inTime := insideOf(d.segs[at].node, b.node)
		if inLink {
			b.linked += min(d.segs[at].to, b.to) - max(d.segs[at].from, b.from)
		}
		bold, timed = bold && strong, timed && inTime
	}
	b.flags &^= isBold | inTime
	if bold {
		b.flags |= isBold
	}
	if timed {
		b.flags |= inTime
	}
}

// insideOf says which inline elements a text stands in, up to the block element.
func insideOf(n, outer *html.Node) (strong, link, time bool) {
	for n = n.Parent; n != nil && n != outer; n = n.Parent {
		switch n.DataAtom {
		case atom.B, atom.Strong, atom.Big:
			strong = true
		case atom.A:
			link = true
		case atom.Time:
			time = true
		}
	}
	return strong, link, time
}

// cuts gives the places where a block is to be parted, in ascending order.
func (e *Extractor) cuts(d *document, b *block, segs []segment) []int {
	if len(segs) > 1 {
		if cuts := e.boxCuts(d, b, segs); cuts != nil {
			return cuts
		}
	}
	if b.to-b.from <= maxFactRow {
		return e.rowCuts(d, d.text[b.from:b.to], b.from)
	}
	return nil
}

// box is a run of text inside one inline element, or between such elements.
type box struct {
	from, to int
	node     *html.Node // child of the element that holds all boxes
	bare     bool       // not inside an inline element
}

// boxCuts parts boxes that touch each other, and rows in which every box is a fact or stands for itself.
func (e *Extractor) boxCuts(d *document, b *block, segs []segment) []int {
	var room [8]box
	boxes := boxesOf(b, segs, room[:0])
	if len(boxes) < 2 {
		return nil
	}
	cuts := touching(d.text, boxes)
	if !mayBeRow(d.text, b, boxes) || !e.isRow(d.text, b, boxes) {
		return cuts
	}
	cuts = cuts[:0]
	whole := e.rangeOfBoxes(d.text, b)
	for _, x := range boxes[1:] {
		if x.from <= whole.From || x.from >= whole.To {
			cuts = append(cuts, x.from)
		}
	}
	return cuts
}

// rangeOfBoxes gives the range that the boxes of a row make together, each day in one of its own; it is empty without one. From and To
// are places in document.text.
func (e *Extractor) rangeOfBoxes(text string, b *block) period.Range {
	if b.to-b.from > maxFactRow {
		return period.Range{}
	}
	rng, ok := e.rangeIn(text[b.from:b.to])
	if !ok {
		return period.Range{}
	}
	rng.From, rng.To = rng.From+b.from, rng.To+b.from
	return rng
}

// mayBeRow says whether a block can be a row of facts: a sentence between elements cannot.
func mayBeRow(text string, b *block, boxes []box) bool {
	if b.level > 0 {
		return true
	}
	for _, x := range boxes {
		if x.bare && x.to-x.from > maxFact {
			return false
		}
		if first := text[x.from]; 'a' <= first && first <= 'z' && x.bare {
			return false
		}
	}
	return true
}

// boxesOf groups the runs of a block by the child of the element that holds them all; it is empty for too many.
func boxesOf(b *block, segs []segment, boxes []box) []box {
	outer := segs[0].node.Parent
	if last := segs[len(segs)-1].node; outer != b.node || last.Parent != b.node {
		outer = sharedNode(segs[0].node, last)
		for i := 1; i < len(segs)-1 && outer != b.node; i++ {
			outer = sharedNode(outer, segs[i].node)
		}
	}
	for _, s := range segs {
		node := childOf(outer, s.node)
		if n := len(boxes); n > 0 && boxes[n-1].node == node {
			boxes[n-1].to = s.to
			continue
		}
		if len(boxes) == maxBoxes {
			return boxes[:0]
		}
		boxes = append(boxes, box{from: s.from, to: s.to, node: node, bare: node.Type == html.TextNode})
	}
	return boxes
}

// touching gives the places where a box ends as a word does and the next one begins with a capital, no space between.
func touching(text string, boxes []box) []int {
	var cuts []int
	for i := 1; i < len(boxes); i++ {
		a, b := boxes[i-1], boxes[i]
		if a.bare || b.bare || a.to != b.from || isRaised(a.node) || isRaised(b.node) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(text[a.from:a.to])
		if endsWord(last) && utf8.RuneCountInString(text[a.from:a.to]) > 1 && startsFact(text[b.from:b.to]) {
			cuts = append(cuts, b.from)
		}
	}
	return cuts
}

// isRaised says whether an element is part of the word beside it: a note's number, an index.
func isRaised(n *html.Node) bool { return n.DataAtom == atom.Sup || n.DataAtom == atom.Sub }

// endsWord says whether text may end with r.
func endsWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".!?…:;)]»”\"’%", r)
}

// startsFact says whether text begins as a line of its own does: with a capital, or a quotation or bracket before one.
func startsFact(text string) bool {
	for _, r := range text {
		switch {
		case strings.ContainsRune("(«„“\"[‘-–— ", r):
			continue
		case unicode.IsLetter(r):
			return !unicode.IsLower(r)
		default:
			return unicode.IsDigit(r)
		}
	}
	return false
}

// isRow says whether a block is a row of facts: at least one box is a fact, and no words stand between boxes but facts, signs and
// labels. In a heading, words may stand beside a fact.
func (e *Extractor) isRow(text string, b *block, boxes []box) bool {
	facts := 0
	for i, x := range boxes {
		words := text[x.from:x.to]
		switch {
		case i > 0 && !startsFact(words) && !e.isFact(words):
			if !onlySigns(words) {
				return false
			}
		case e.isFact(words):
			if m, ok := e.meaning(words); !ok || m.Use&useFact != profile.UseEdition {
				facts++
			}
		case x.bare && b.level == 0 && !onlySigns(words) && !isLabel(words):
			return false
		}
	}
	return facts > 0
}
