package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// layout is how an element stands on a page.
type layout uint8

const (
	layoutInline layout = iota
	layoutBlock
	layoutBreak // br
	layoutVoid  // has no words of its own
	layoutDrop  // its words are not shown
)

// layoutOf gives the layout of an element by the rendering section of the HTML standard.
func layoutOf(n *html.Node) layout {
	switch n.DataAtom {
	case atom.A, atom.Span, atom.B, atom.I, atom.Em, atom.Strong, atom.Font, atom.Time, atom.Small, atom.Sup, atom.Sub,
		atom.U, atom.S, atom.Strike, atom.Del, atom.Ins, atom.Abbr, atom.Acronym, atom.Cite, atom.Code, atom.Q, atom.Mark,
		atom.Label, atom.Nobr, atom.Big, atom.Tt, atom.Kbd, atom.Samp, atom.Var, atom.Dfn, atom.Data, atom.Bdi, atom.Bdo,
		atom.Ruby, atom.Rb, atom.Rt, atom.Rp, atom.Output, atom.Picture, atom.Math, atom.Map:
		return layoutInline
	case atom.Div, atom.P, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section,
		atom.Article, atom.Main, atom.Aside, atom.Header, atom.Footer, atom.Nav, atom.Td, atom.Th, atom.Tr, atom.Table,
		atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote, atom.Figure,
		atom.Figcaption, atom.Form, atom.Fieldset, atom.Legend, atom.Button, atom.Pre, atom.Address, atom.Center,
		atom.Details, atom.Summary, atom.Dialog, atom.Menu, atom.Dir, atom.Hgroup, atom.Body, atom.Html, atom.Head:
		return layoutBlock
	case atom.Br:
		return layoutBreak
	case atom.Img, atom.Image, atom.Input, atom.Hr, atom.Meta, atom.Link, atom.Base, atom.Wbr, atom.Area, atom.Source, atom.Col,
		atom.Param, atom.Track, atom.Embed:
		return layoutVoid
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Title, atom.Iframe, atom.Svg, atom.Canvas, atom.Video,
		atom.Audio, atom.Object, atom.Select, atom.Datalist, atom.Textarea, atom.Progress, atom.Meter, atom.Noembed, atom.Noframes,
		atom.Frameset, atom.Applet:
		return layoutDrop
	}
	return unknownLayout(n)
}

// unknownLayout is for custom and unknown elements: a browser takes them for inline, but where no words stand beside
// them they are boxes that the style sheet lays out.
func unknownLayout(n *html.Node) layout {
	p := n.Parent
	if p == nil || p.Namespace != "" {
		return layoutInline
	}
	switch p.DataAtom {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.A, atom.Span, atom.B, atom.I, atom.Em, atom.Strong:
		return layoutInline
	}
	for _, c := range [...]*html.Node{n.PrevSibling, n.NextSibling} {
		if c != nil && c.Type == html.TextNode {
			if skip, _ := blanks(c.Data); skip < len(c.Data) {
				return layoutInline
			}
		}
	}
	return layoutBlock
}

// role adds what the name of an element says of the words in it.
func (a *around) role(n *html.Node) {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		a.level = n.Data[1] - '0'
	case atom.Nav, atom.Menu:
		a.flags |= inNav
	case atom.Aside:
		a.flags |= inAside
	case atom.Footer:
		a.flags |= inFooter
	case atom.Header:
		if !a.flags.has(inArticle | inMain) {
			a.flags |= inHeader
		}
	case atom.Main:
		a.flags |= inMain
	case atom.Article:
		a.flags |= inArticle
	case atom.Form, atom.Fieldset:
		a.flags |= inForm
	case atom.Dialog:
		a.flags |= inDialog | isHidden // until an attribute says open
	case atom.Figure:
		a.flags |= inFigure
	case atom.Figcaption:
		a.flags |= inCaption
	case atom.Blockquote:
		a.flags |= inQuote
	case atom.Li:
		a.flags |= inList
	case atom.Td, atom.Dd:
		a.flags = a.flags&^inLabel | inCell
	case atom.Th, atom.Dt:
		a.flags = a.flags&^inCell | inLabel
	case atom.Button:
		a.flags |= isButton
	case atom.Pre:
		a.pre = true
	}
}

// ariaRole adds what a role attribute says.
func (a *around) ariaRole(role string) {
	switch role {
	case "navigation", "menu", "menubar":
		a.flags |= inNav
	case "complementary":
		a.flags |= inAside
	case "contentinfo":
		a.flags |= inFooter
	case "banner":
		a.flags |= inHeader
	case "main":
		a.flags |= inMain
	case "article":
		a.flags |= inArticle
	case "search", "form":
		a.flags |= inForm
	case "dialog", "alertdialog":
		a.flags |= inDialog
	case "button":
		a.flags |= isButton
	case "listitem":
		a.flags |= inList
	case "heading":
		if a.level == 0 {
			a.level = 2
		}
	}
}

// attributes adds what the attributes of an element say; boxed means that its style takes it out of the line.
func (w *walker) attributes(n *html.Node, a *around) (boxed bool) {
	for i := range n.Attr {
		t := &n.Attr[i]
		switch t.Key {
		case "style":
			boxed = a.style(t.Val)
		case "hidden":
			a.flags |= isHidden
		case "aria-hidden":
			if t.Val == "true" {
				a.flags |= isHidden
			}
		case "role":
			a.ariaRole(t.Val)
		case "aria-level":
			if len(t.Val) == 1 && '1' <= t.Val[0] && t.Val[0] <= '6' {
				a.level = t.Val[0] - '0'
			}
		case "open":
			if n.DataAtom == atom.Dialog {
				a.flags &^= isHidden
			}
		case "title", "aria-label":
			w.alt(t.Val, n, a)
		}
	}
	return boxed
}

// attribute gives an attribute of an element.
func attribute(n *html.Node, key string) (string, bool) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val, true
		}
	}
	return "", false
}
