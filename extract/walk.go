package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walker makes the blocks of a document in one pass over its tree. The tree is at most 512 elements deep: the parser
// refuses deeper ones.
type walker struct {
	d      *document
	buf    []byte // text of all blocks so far, a line feed after each
	cur    block  // the block that is being filled, while open
	open   bool   // cur has words
	blank  bool   // white space since the last word
	breaks int    // br since the last word
	joined bool   // cur has lines that were joined
	bold   int    // bytes of cur that are strong
	timed  int    // bytes of cur inside time
	frame  string // words of the last picture inside a link
}

// around is what the elements around a text say of it.
type around struct {
	node  *html.Node // nearest block element
	elem  int        // the same as a place in document.elems
	flags flags
	level uint8
	size  uint8
	bold  bool
	link  bool
	pre   bool // line feeds break lines
	mute  bool // hidden inside a line that is shown
}

// walk fills the blocks, anchors and the head's facts from the tree; the blocks get their words from settle.
func (d *document) walk(root *html.Node) {
	m := d.memory
	d.elems, d.blocks, d.anchors, d.segs, d.alts = m.elems, m.blocks, m.anchors, m.segs, m.alts
	w := &walker{d: d, buf: m.text[:0]}
	a := around{elem: -1}
	w.enter(root, &a)
	w.children(root, a)
	w.leave(&a)
	d.text = string(w.buf)
	if m.text = w.buf; cap(m.text) > maxKept<<6 {
		m.text = nil
	}
}

// settle gives the blocks their text, runs and links, now that the buffers grow no more.
func (d *document) settle() {
	seg, link := 0, 0
	for i := range d.blocks {
		b := &d.blocks[i]
		b.text = d.text[b.from:b.to]
		for seg < len(d.segs) && d.segs[seg].to <= b.from {
			seg++
		}
		last := seg
		for last < len(d.segs) && d.segs[last].from < b.to {
			last++
		}
		b.segs = d.segs[seg:last:last]
		for link < len(d.anchors) && d.anchors[link].block < i {
			link++
		}
		first := link
		for link < len(d.anchors) && d.anchors[link].block == i {
			link++
		}
		b.anchors = d.anchors[first:link:link]
	}
}

// children walks what is inside n.
func (w *walker) children(n *html.Node, a around) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.words(c, &a)
		case html.ElementNode:
			w.element(c, a)
		}
	}
}

// element walks one element: what it is decides whether it breaks the line, gives a role, or is dropped.
func (w *walker) element(n *html.Node, a around) {
	switch layoutOf(n) {
	case layoutDrop:
		w.dropped(n, &a)
	case layoutBreak:
		w.breaks++
		w.blank = true
	case layoutVoid:
		w.void(n, &a)
	case layoutBlock:
		w.block(n, a)
	default:
		w.inline(n, a)
	}
}

// block walks an element that stands on lines of its own.
func (w *walker) block(n *html.Node, a around) {
	w.enter(n, &a)
	a.mute = false
	a.role(n)
	w.attributes(n, &a)
	switch n.DataAtom {
	case atom.Button:
		w.control(&a, "button")
	case atom.Html:
		lang, _ := attribute(n, "lang")
		w.d.lang = strings.ToLower(strings.TrimSpace(lang))
	}
	w.children(n, a)
	w.leave(&a)
}

// enter begins a block element.
func (w *walker) enter(n *html.Node, a *around) {
	w.end()
	w.d.elems = append(w.d.elems, element{node: n, parent: a.elem, from: len(w.d.blocks)})
	a.node, a.elem = n, len(w.d.elems)-1
}

// leave ends the block element that a is inside of.
func (w *walker) leave(a *around) {
	w.end()
	x := &w.d.elems[a.elem]
	x.last, x.to = len(w.d.elems)-1, len(w.d.blocks)
}

// inline walks an element that is part of a line, unless its style says otherwise.
func (w *walker) inline(n *html.Node, a around) {
	boxed := w.attributes(n, &a)
	if boxed {
		w.enter(n, &a)
	}
	w.content(n, a)
	if boxed {
		w.leave(&a)
	}
}

// content walks what is inside an inline element.
func (w *walker) content(n *html.Node, a around) {
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.Big:
		a.bold = true
	case atom.Font:
		a.size = fontSize(n, a.size)
	case atom.Time:
		a.flags |= inTime
	case atom.A:
		if href, ok := attribute(n, "href"); ok {
			w.anchor(n, href, a)
			return
		}
	}
	a.mute = a.mute || (a.flags.has(isHidden) && w.open && !w.cur.flags.has(isHidden))
	w.children(n, a)
}

// anchor walks a link and notes where its words are.
func (w *walker) anchor(n *html.Node, href string, a around) {
	i, from, frame := len(w.d.anchors), len(w.buf), w.frame
	block := len(w.d.blocks)
	w.d.anchors = append(w.d.anchors, anchor{node: n, href: strings.TrimSpace(href), flags: a.flags})
	a.link, w.frame = true, ""
	w.children(n, a)
	to := len(w.buf)
	for from < to && (w.buf[from] == ' ' || w.buf[from] == '\n') {
		if w.buf[from] == '\n' {
			block++
		}
		from++
	}
	if !w.open && from == to && block < len(w.d.blocks) {
		block = len(w.d.blocks)
	}
	l := &w.d.anchors[i]
	l.from, l.to, l.block, l.alt = from, to, block, w.frame
	w.frame = frame
}

// end closes the current block.
func (w *walker) end() {
	if w.open {
		b := &w.cur
		b.to = len(w.buf)
		if w.bold > 0 && w.bold >= b.to-b.from-2 {
			b.flags |= isBold
		}
		if w.timed < b.to-b.from-2 {
			b.flags &^= inTime
		}
		w.d.blocks = append(w.d.blocks, *b)
		w.buf = append(w.buf, '\n')
		w.open = false
	}
	w.blank, w.breaks = false, 0
}

// begin opens a block for words that stand inside a.
func (w *walker) begin(a *around) {
	w.cur = block{from: len(w.buf), node: a.node, elem: a.elem, flags: a.flags, level: a.level, size: a.size}
	w.open, w.blank, w.joined, w.bold, w.timed = true, false, false, 0, 0
}

// words adds a run of text to the current block.
func (w *walker) words(n *html.Node, a *around) {
	if a.mute {
		return
	}
	data := composed(n.Data)
	if a.pre && strings.IndexByte(data, '\n') >= 0 {
		for line := range strings.SplitSeq(data, "\n") {
			w.run(n, line, a)
			w.breaks++
			w.blank = true
		}
		w.breaks--
		return
	}
	w.run(n, data, a)
}

// run adds a text, or a line of one whose lines count, to the current block.
func (w *walker) run(n *html.Node, data string, a *around) {
	skip, blank := blanks(data)
	w.blank = w.blank || blank
	if skip == len(data) {
		return
	}
	if w.open && w.cur.flags.has(isHidden) && !a.flags.has(isHidden) {
		w.end() // words that are shown, behind hidden ones in one line
	}
	parted := w.parting(data[skip:])
	if !w.open {
		w.begin(a)
		w.cur.flags |= parted
	}
	if w.blank && len(w.buf) > w.cur.from {
		w.buf = append(w.buf, ' ')
	}
	from := len(w.buf)
	var f folding
	w.buf, f = appendFolded(w.buf, data[skip:])
	w.blank = f.blank
	if f.exotic {
		w.cur.flags |= isExotic
	}
	w.d.segs = append(w.d.segs, segment{from: from, to: len(w.buf), node: n})
	w.weigh(len(w.buf)-from, a)
}

// parting ends the block where br stood since its last word, and says how the next one is parted from it. A single br inside a
// heading or a sentence only breaks the line.
func (w *walker) parting(next string) flags {
	if !w.open || w.breaks == 0 {
		return 0
	}
	if w.breaks == 1 && w.continues(next) {
		w.breaks, w.blank, w.joined = 0, true, true
		return 0
	}
	parted := isSoft
	if w.breaks > 1 {
		parted = isHard
	}
	w.end()
	return parted
}

// minWrapped is the least length of a line that was broken because it was long, in bytes.
const minWrapped = 40

// continues says whether the words behind a single br go on with what the block says: both are of one heading, or the sentence
// goes on with a small letter. Where it was so before, the lines are broken by their length.
func (w *walker) continues(next string) bool {
	if w.cur.level > 0 {
		return true
	}
	text := string(w.buf[max(w.cur.from, len(w.buf)-lastBytes):])
	if endsSentence(text) {
		return false
	}
	if beginsAlone(next) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(first) || w.joined && len(w.buf)-w.cur.from >= minWrapped && unicode.IsLetter(first)
}

// beginsAlone says whether a line is none that goes on with a sentence though it begins with a small letter: the name of an edition,
// a label ("photo: ...").
func beginsAlone(line string) bool {
	return len(line) <= 8 && !endsSentence(line) || strings.IndexByte(line[:min(len(line), 16)], ':') >= 0
}

// lastBytes are enough of a text to see whether a sentence ends there.
const lastBytes = 24

// weigh counts the bytes of a run by their look.
func (w *walker) weigh(n int, a *around) {
	if a.link {
		w.cur.linked += n
	}
	if a.bold {
		w.bold += n
	}
	if a.flags.has(inTime) {
		w.timed += n
	}
}
