package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// void reads an element that has no words of its own.
func (w *walker) void(n *html.Node, a *around) {
	switch n.DataAtom {
	case atom.Img, atom.Image:
		w.picture(n, a)
	case atom.Input:
		kind, _ := attribute(n, "type")
		w.control(a, strings.ToLower(kind))
	case atom.Hr:
		w.end()
		w.d.rules = append(w.d.rules, len(w.d.blocks))
	case atom.Area:
		if href, ok := attribute(n, "href"); ok {
			w.anchor(n, href, *a)
		}
	case atom.Meta:
		w.meta(n)
	case atom.Link:
		w.rel(n)
	case atom.Base:
		w.base(n)
	}
}

// dropped reads what an element whose words are not shown says of the page.
func (w *walker) dropped(n *html.Node, a *around) {
	switch n.DataAtom {
	case atom.Title:
		if w.d.title == "" && n.Namespace == "" {
			w.d.title = foldedText(n)
		}
	case atom.Script:
		if kind, _ := attribute(n, "type"); strings.EqualFold(strings.TrimSpace(kind), "application/ld+json") && n.FirstChild != nil {
			w.d.ldJSON = append(w.d.ldJSON, n.FirstChild.Data)
		}
	case atom.Svg:
		w.drawing(n, a)
	case atom.Select, atom.Textarea:
		w.control(a, n.Data)
	case atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Canvas:
		w.d.pictures = append(w.d.pictures, picture{elem: a.elem, block: len(w.d.blocks)})
	}
}

// picture notes the words that stand for a picture.
func (w *walker) picture(n *html.Node, a *around) {
	b := *a
	w.attributes(n, &b)
	w.d.pictures = append(w.d.pictures, picture{elem: a.elem, block: len(w.d.blocks)})
	if words, ok := attribute(n, "alt"); ok {
		w.alt(words, n, &b)
		if b.link && w.frame == "" {
			w.frame = foldedString(words)
		}
	}
}

// drawing notes the title of an inline SVG and its label.
func (w *walker) drawing(n *html.Node, a *around) {
	b := *a
	w.attributes(n, &b)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom == atom.Title {
			w.alt(foldedText(c), n, &b)
		}
	}
}

// maxAlt bounds the words that can stand for a picture, in bytes.
const maxAlt = 400

// alt notes words that are not printed.
func (w *walker) alt(words string, n *html.Node, a *around) {
	if len(words) > maxAlt {
		return
	}
	if words = foldedString(words); words != "" {
		w.d.alts = append(w.d.alts, alt{text: words, node: n, block: len(w.d.blocks), flags: a.flags})
	}
}

// control notes an element that takes input.
func (w *walker) control(a *around, kind string) {
	w.d.ctrls = append(w.d.ctrls, control{elem: a.elem, kind: kind, block: len(w.d.blocks)})
}

// meta notes a meta element that has a name or property and a content.
func (w *walker) meta(n *html.Node) {
	var m meta
	for i := range n.Attr {
		switch t := &n.Attr[i]; t.Key {
		case "name", "property", "itemprop", "http-equiv":
			m.name = strings.ToLower(strings.TrimSpace(t.Val))
		case "content":
			m.content = foldedString(t.Val)
		}
	}
	if m.name != "" && m.content != "" {
		w.d.metas = append(w.d.metas, m)
	}
}

// rel notes a link element.
func (w *walker) rel(n *html.Node) {
	var r rel
	for i := range n.Attr {
		switch t := &n.Attr[i]; t.Key {
		case "rel":
			r.rel = strings.ToLower(strings.TrimSpace(t.Val))
		case "href":
			r.href = strings.TrimSpace(t.Val)
		case "hreflang":
			r.hreflang = strings.ToLower(strings.TrimSpace(t.Val))
		case "type":
			r.kind = strings.ToLower(strings.TrimSpace(t.Val))
		case "title":
			r.title = foldedString(t.Val)
		}
	}
	if r.rel != "" && r.href != "" {
		w.d.rels = append(w.d.rels, r)
	}
}

// base takes the first base address of the page.
func (w *walker) base(n *html.Node) {
	href, ok := attribute(n, "href")
	if !ok || w.d.base != w.d.addr {
		return
	}
	if u, err := w.d.addr.Parse(strings.TrimSpace(href)); err == nil {
		w.d.base = u
	}
}

// foldedText gives the words of an element that holds text alone.
func foldedText(n *html.Node) string {
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode {
		return ""
	}
	return foldedString(n.FirstChild.Data)
}

// foldedString gives s in NFC with white space folded and signs of no width dropped.
func foldedString(s string) string {
	s = composed(s)
	skip, _ := blanks(s)
	if skip == len(s) {
		return ""
	}
	folded, _ := appendFolded(make([]byte, 0, len(s)-skip), s[skip:])
	return string(folded)
}
