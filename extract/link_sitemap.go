package extract

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html/charset"
)

// maxEntries bounds the entries taken from one sitemap or feed; it is the sitemap protocol's own limit.
const maxEntries = 50_000

// maxXMLText bounds one address or title in a sitemap or feed, in bytes.
const maxXMLText = 4096

// SitemapEntry is an address that a sitemap or a sitemap index (sitemaps.org) names.
type SitemapEntry struct {
	Loc     string    // as written, white space at the ends removed
	LastMod time.Time // UTC; zero where none is given or none can be read
}

// maxSitemap bounds a sitemap whose file is compressed, in bytes; it is the sitemap protocol's own limit.
const maxSitemap = 50 << 20

// unpacked gives the content of a sitemap that is kept as a gzip file ("sitemap.xml.gz"), and any other as it is. It is unpacked
// while it is read, and ends at the bound.
func unpacked(body []byte) io.Reader {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return bytes.NewReader(body)
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return bytes.NewReader(body)
	}
	return io.LimitReader(z, maxSitemap)
}

// Sitemap reads a sitemap or an index of sitemaps, also one in a gzip file; index says which. What was read before a mistake in the
// file or the limit of 50,000 entries comes with the error.
func Sitemap(body []byte) (entries []SitemapEntry, index bool, err error) {
	x := newXMLReader(unpacked(body))
	root, err := x.root()
	if err != nil {
		return nil, false, fmt.Errorf("read sitemap: %w", err)
	}
	item := ""
	switch root {
	case "urlset":
		item = "url"
	case "sitemapindex":
		item, index = "sitemap", true
	default:
		return nil, false, fmt.Errorf("read sitemap: the root element is <%s>, not <urlset> or <sitemapindex>", root)
	}
	err = x.each(item, func(fields map[string]string) {
		if loc := fields["loc"]; loc != "" {
			entries = append(entries, SitemapEntry{Loc: loc, LastMod: readTime(fields["lastmod"])})
		}
	})
	if err != nil {
		return entries, index, fmt.Errorf("read sitemap: %w", err)
	}
	return entries, index, nil
}

// FeedItem is an entry of an RSS or Atom feed.
type FeedItem struct {
	URL       string    // as written, white space at the ends removed; may be relative
	Published time.Time // UTC; zero where none is given or none can be read
	Title     string    // white space folded
}

// Feed reads an RSS (0.9x, 1.0, 2.0) or Atom feed. What was read before a mistake in the file or the limit of 50,000 items
// comes with the error.
func Feed(body []byte) ([]FeedItem, error) {
	x := newXMLReader(bytes.NewReader(body))
	root, err := x.root()
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	item := "item"
	switch root {
	case "feed":
		item = "entry"
	case "rss", "RDF":
	default:
		return nil, fmt.Errorf("read feed: the root element is <%s>, not <rss>, <RDF> or <feed>", root)
	}
	var items []FeedItem
	err = x.each(item, func(f map[string]string) {
		it := FeedItem{URL: firstOf(f, "link", "guid", "about"), Title: foldedString(f["title"])}
		it.Published = readTime(firstOf(f, "pubDate", "published", "date", "updated"))
		if it.URL != "" {
			items = append(items, it)
		}
	})
	if err != nil {
		return items, fmt.Errorf("read feed: %w", err)
	}
	return items, nil
}

// firstOf gives the first of some fields that is not empty.
func firstOf(fields map[string]string, names ...string) string {
	for _, name := range names {
		if fields[name] != "" {
			return fields[name]
		}
	}
	return ""
}

// xmlReader streams the repeated elements of an XML file. Entities other than those of XML and HTML are not expanded, so
// a file cannot grow while it is read.
type xmlReader struct{ dec *xml.Decoder }

func newXMLReader(body io.Reader) xmlReader {
	in := bufio.NewReader(body)
	if mark, _ := in.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = in.Discard(len(mark))
	}
	for {
		c, err := in.ReadByte()
		if err != nil {
			break // the decoder meets it again
		}
		if !strings.ContainsRune(" \t\r\n", rune(c)) {
			_ = in.UnreadByte() // right behind a ReadByte it cannot fail
			break
		}
	}
	dec := xml.NewDecoder(in)
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = charset.NewReaderLabel
	return xmlReader{dec}
}

// errNoRoot says that a file has no element.
var errNoRoot = errors.New("no XML element")

// root gives the local name of the root element.
func (x xmlReader) root() (string, error) {
	for {
		token, err := x.dec.Token()
		if errors.Is(err, io.EOF) {
			return "", errNoRoot
		}
		if err != nil {
			return "", err
		}
		if start, ok := token.(xml.StartElement); ok {
			return start.Name.Local, nil
		}
	}
}

// each calls f with the fields of each element of that name: the text of the elements directly in it, by local name.
func (x xmlReader) each(name string, f func(map[string]string)) error {
	for n := 0; ; {
		token, err := x.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != name {
			continue
		}
		if n++; n > maxEntries {
			return fmt.Errorf("more than %d entries, the rest is left out", maxEntries)
		}
		fields, err := x.fields(start)
		if err != nil {
			return err
		}
		f(fields)
	}
}

// fields reads one entry to its end. Elements of another namespace that share a name (image:loc in url) count only where
// they stand directly in the entry and the name is still free.
func (x xmlReader) fields(start xml.StartElement) (map[string]string, error) {
	fields := make(map[string]string, 4)
	for _, a := range start.Attr {
		if a.Name.Local == "about" { // RSS 1.0 names the page so
			fields["about"] = strings.TrimSpace(a.Value)
		}
	}
	var text strings.Builder
	for depth := 1; depth > 0; {
		token, err := x.dec.Token()
		if err != nil {
			return nil, unexpectedEnd(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth == 2 {
				text.Reset()
				linkAttribute(fields, t)
			}
		case xml.CharData:
			if depth == 2 && text.Len()+len(t) <= maxXMLText {
				text.Write(t)
			}
		case xml.EndElement:
			if depth--; depth == 1 {
				setField(fields, t.Name.Local, strings.TrimSpace(text.String()))
			}
		}
	}
	return fields, nil
}

// unexpectedEnd makes the end of a file inside an entry an error.
func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// linkAttribute takes the address of an Atom link: the alternate one, or one that says nothing.
func linkAttribute(fields map[string]string, t xml.StartElement) {
	if t.Name.Local != "link" {
		return
	}
	href, rel := "", "alternate"
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "href":
			href = strings.TrimSpace(a.Value)
		case "rel":
			rel = a.Value
		}
	}
	if rel == "alternate" {
		setField(fields, "link", href)
	}
}

// setField sets a field once. A guid counts as an address only where it is one.
func setField(fields map[string]string, name, value string) {
	if value == "" || fields[name] != "" {
		return
	}
	if name == "guid" && !strings.HasPrefix(value, "http") {
		return
	}
	fields[name] = value
}

// readTime reads the forms of time in sitemaps (W3C profile of ISO 8601) and feeds (RFC 822 and its heirs).
func readTime(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	for _, layout := range [...]string{
		time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly, "2006-01", "2006",
		"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST",
		"Mon, 2 Jan 2006 15:04 -0700", "Mon, 2 Jan 06 15:04:05 -0700", "Mon, 2 Jan 06 15:04:05 MST",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
