package extract

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// document is a parsed page: its words as blocks, in page order, and what its head says.
type document struct {
	page     Page
	addr     *url.URL // address of the page, never nil; the zero URL where it is not known
	base     *url.URL // what relative addresses are relative to
	dom      *goquery.Document
	text     string // all blocks, a line feed after each
	elems    []element
	blocks   []block
	segs     []segment
	anchors  []anchor
	alts     []alt
	pictures []picture
	rules    []int // blocks that an hr stands before
	ctrls    []control
	title    string // white space folded, as are all words from the head
	lang     string // lang of html, lower case
	metas    []meta
	rels     []rel
	ldJSON   []string // scripts of type application/ld+json, as written
	codes    []string // warnings so far
	ranges   []foundRange
	found    *survey // of its links, once it is made
	memory   *memory // that blocks, segs, anchors and alts are part of
}

// meta is a meta element with a name or property, in lower case.
type meta struct{ name, content string }

// rel is a link element.
type rel struct{ rel, href, hreflang, kind, title string }

// errTooLarge and errTooComplex are the bounds that stop a page before it is parsed.
var (
	errTooLarge   = fmt.Errorf("too large: over %d MiB of text", maxPageBytes>>20)
	errTooComplex = fmt.Errorf("too complex: over %d tags", maxTags)
)

// open decodes and parses a page and makes its blocks.
func (e *Extractor) open(p Page) (*document, error) {
	if len(p.Body) > maxPageBytes {
		return nil, errTooLarge
	}
	text, codes := decode(p.Body, p.ContentType)
	if len(text) > maxPageBytes {
		return nil, errTooLarge
	}
	if bytes.Count(text, []byte{'<'}) > maxTags {
		return nil, errTooComplex
	}
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("too deep or broken: %s", strings.TrimPrefix(err.Error(), "html: "))
	}
	d := &document{page: p, dom: goquery.NewDocumentFromNode(root), codes: codes, memory: e.borrow()}
	if isTruncated(text) {
		d.codes = append(d.codes, WarnTruncated)
	}
	d.addr = parseAddress(p.URL)
	d.base = d.addr
	d.walk(root)
	d.gatherLinks()
	d.ownAddress()
	e.split(d)
	d.settle()
	d.soften()
	e.mean(d)
	return d, nil
}

// ownAddress takes the address of a page that came without one from what the page says of itself.
func (d *document) ownAddress() {
	if d.addr.Host != "" {
		return
	}
	addr := d.meta("og:url")
	for i := range d.rels {
		if d.rels[i].rel == "canonical" {
			addr = d.rels[i].href
		}
	}
	if u := parseAddress(addr); u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		if d.base == d.addr {
			d.base = u
		}
		d.addr = u
	}
}

// soften takes back what elements around nearly the whole page say of it: pages of some systems are one form, and some are hidden
// until a script shows them.
func (d *document) soften() {
	all, forms, hidden := 0, 0, 0
	for i := range d.blocks {
		b := &d.blocks[i]
		all += len(b.text)
		if b.flags.has(inForm) {
			forms += len(b.text)
		}
		if b.flags.has(isHidden) {
			hidden += len(b.text)
		}
	}
	var not flags
	if 2*forms > all {
		not |= inForm
	}
	if 10*hidden > 9*all {
		not |= isHidden
	}
	for i := range d.blocks {
		d.blocks[i].flags &^= not
	}
}

// mean looks up the short blocks among the phrases of the profile.
func (e *Extractor) mean(d *document) {
	for i := range d.blocks {
		b := &d.blocks[i]
		b.means, b.hasMeans = e.meaning(b.text)
	}
}

// parseAddress reads an address; one that cannot be read is the zero URL.
func parseAddress(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return &url.URL{}
	}
	return u
}

// errNoAddress says that a link leads nowhere that can be fetched.
var errNoAddress = errors.New("not an http address")

// resolve makes an address absolute and drops its fragment.
func (d *document) resolve(href string) (*url.URL, error) {
	u, err := d.base.Parse(href)
	if err != nil {
		return nil, err
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, errNoAddress
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// meta gives the content of the first meta element of that name or property, "" without one.
func (d *document) meta(name string) string {
	for i := range d.metas {
		if d.metas[i].name == name {
			return d.metas[i].content
		}
	}
	return ""
}

// anchorText gives the words of a link, or those of the picture inside.
func (d *document) anchorText(a *anchor) string {
	words := strings.TrimSpace(d.text[a.from:a.to])
	if words == "" {
		return a.alt
	}
	if strings.IndexByte(words, '\n') >= 0 {
		return strings.ReplaceAll(words, "\n", " ")
	}
	return words
}
