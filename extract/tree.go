package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// element is a block element of the page. Elements are in page order, so one holds those behind it up to its last, and the blocks
// in it stand together. Inline elements are left out: they only format, and where a closing tag is missing the parser spreads
// them over everything that follows.
type element struct {
	node     *html.Node
	parent   int // -1 for the root
	last     int // last element inside, itself where it holds none
	from, to int // blocks in it, to not included
	hint     hint
}

// common gives the nearest element that holds both a and b; it is a or b itself where one holds the other.
func (d *document) common(a, b int) int {
	for !d.holds(a, b) {
		a = d.elems[a].parent
	}
	return a
}

// holds says whether x is outer or stands in it.
func (d *document) holds(outer, x int) bool { return outer <= x && x <= d.elems[outer].last }

// child gives the element right inside outer that holds x, and outer where x is outer itself.
func (d *document) child(outer, x int) int {
	for x != outer && d.elems[x].parent != outer {
		x = d.elems[x].parent
	}
	return x
}

// parent gives the element around x, the root for itself.
func (d *document) parent(x int) int { return max(d.elems[x].parent, 0) }

// depth counts the elements around x.
func (d *document) depth(x int) int {
	n := 0
	for x = d.elems[x].parent; x >= 0; x = d.elems[x].parent {
		n++
	}
	return n
}

// atomOf gives the name of an element.
func (d *document) atomOf(x int) atom.Atom { return d.elems[x].node.DataAtom }

// dataOf gives the name of any element, custom ones too.
func (d *document) dataOf(x int) string { return d.elems[x].node.Data }

// classOf gives the class of an element as written.
func (d *document) classOf(x int) string {
	class, _ := attribute(d.elems[x].node, "class")
	return class
}

// sharedNode gives the nearest node of any kind that holds both a and b.
func sharedNode(a, b *html.Node) *html.Node {
	if a == b {
		return a
	}
	da, db := nodeDepth(a), nodeDepth(b)
	for ; da > db; da-- {
		a = a.Parent
	}
	for ; db > da; db-- {
		b = b.Parent
	}
	for a != b {
		a, b = a.Parent, b.Parent
	}
	return a
}

// nodeDepth counts the nodes around n.
func nodeDepth(n *html.Node) int {
	d := 0
	for n = n.Parent; n != nil; n = n.Parent {
		d++
	}
	return d
}

// childOf gives the child of outer that holds n, of any kind.
func childOf(outer, n *html.Node) *html.Node {
	for n.Parent != nil && n.Parent != outer {
		n = n.Parent
	}
	return n
}
