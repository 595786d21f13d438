package extract

import (
	"golang.org/x/net/html"

	"infocus/extract/profile"
)

// flags say what is known of a block from the elements around it.
type flags uint32

// Landmarks and states come from any element around the block, the others from the nearest.
const (
	inNav     flags = 1 << iota // nav, menu, role=navigation, role=menu
	inAside                     // aside, role=complementary
	inFooter                    // footer, role=contentinfo
	inHeader                    // header outside article and main, role=banner
	inMain                      // main, role=main
	inArticle                   // article
	inForm                      // form, fieldset, role=form or search
	inDialog                    // dialog, role=dialog, alertdialog, alert
	inFigure                    // figure
	inCaption                   // figcaption
	inQuote                     // blockquote
	inList                      // li
	inCell                      // td or dd
	inLabel                     // th or dt
	inTime                      // time
	isHidden                    // not shown: hidden, aria-hidden, display:none, a closed dialog
	isButton                    // button, role=button
	isSoft                      // parted from the block before by one br only
	isHard                      // parted from the block before by several br
	isExotic                    // may hold signs that are not in composed form
	isBold                      // all words are strong or large
)

// chromeLandmarks hold navigation and remarks, never the text of an article.
const chromeLandmarks = inNav | inFooter | inForm | inDialog

// has says whether f holds any of other.
func (f flags) has(other flags) bool { return f&other != 0 }

// block is a stretch of text with no break in it: what a reader sees as a paragraph, a heading, a cell, a line. Inline
// elements are dissolved in it. Text is NFC with white space folded and signs of no width dropped.
type block struct {
	text     string
	from, to int        // place in document.text, in bytes
	node     *html.Node // nearest block element around the text
	elem     int        // the same as a place in document.elems
	flags    flags
	level    uint8     // of the heading, 1 to 6; 0 where it is none
	size     uint8     // largest size of letters that the markup names, in CSS pixels; 0 where it names none
	linked   int       // bytes of text inside links
	segs     []segment // its runs of text, the first and last perhaps longer than it; shares memory with document.segs
	anchors  []anchor  // the links whose words begin in it; shares memory with document.anchors
	means    profile.Meaning
	hasMeans bool // means is a known phrase
}

// isLink says whether all words of the block are linked.
func (b *block) isLink() bool { return b.linked > 0 && b.linked >= len(b.text)-2 }

// segment is a run of text from one text node, a place in document.text.
type segment struct {
	from, to int
	node     *html.Node // the text node
}

// anchor is a link of the page: an element a or area with an href.
type anchor struct {
	node     *html.Node
	href     string // as written, white space at the ends removed
	from, to int    // its words, a place in document.text
	block    int    // block that its words begin in, or the next one where it has none
	flags    flags
	alt      string // words of a picture inside
}

// alt is text that is not printed but stands for something shown: alt or title of a picture or an icon.
type alt struct {
	text  string
	node  *html.Node
	block int // block that it stands in or right before
	flags flags
}

// picture is an image, a film or a frame of the page.
type picture struct {
	elem  int // block element that it stands in
	block int // block that it stands in or right before
}

// control is an element of a form that takes input.
type control struct {
	elem  int    // block element that it stands in or is
	kind  string // value of type, or the name of the element
	block int    // block that it stands in or right before
}
