package profile

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// paths holds the compiled address rules.
type paths struct {
	hosts    map[string]bool
	sections map[string]*Section
	articles []pattern
	listings []pattern
	others   []pattern
	ignore   []pattern
	pageKeys []string  // query keys of further pages
	pageEnds []pattern // path endings of further pages, the number last
}

// IsHost says whether host (with or without port and "www.") is one of the site's.
func (p *Profile) IsHost(host string) bool {
	if p.paths.hosts[host] {
		return true
	}
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.Contains(host, "]") {
		host = host[:i]
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return p.paths.hosts[strings.TrimPrefix(host, "www.")]
}

// EditionAt gives the edition that an address belongs to by its path: the longest prefix wins. It is never nil: an
// address under no prefix belongs to the main edition.
func (p *Profile) EditionAt(u *url.URL) *Edition {
	e, _ := p.editionOf(u.Path)
	return e
}

// editionOf gives the edition of a path and the path without its prefix.
func (p *Profile) editionOf(path string) (*Edition, string) {
	best, rest, length := &p.Editions[0], path, -1
	for i := range p.Editions {
		e := &p.Editions[i]
		after, ok := strings.CutPrefix(path, e.Prefix)
		if ok && (after == "" || after[0] == '/') && len(e.Prefix) > length {
			best, rest, length = e, after, len(e.Prefix)
		}
	}
	return best, rest
}

// ID is the article id of an address: "<name>/<path>". Scheme, host, slash at the end, fragment and query do not count,
// but for the query keys that the profile keeps. Letters stand as they are, in composed form; signs that would part an
// id or cannot be seen are percent-encoded. The home page is "<name>/".
func (p *Profile) ID(u *url.URL) string {
	if path := strings.Trim(u.Path, "/"); isPlain(path) && (u.RawQuery == "" || len(p.Addresses.KeepQuery) == 0) {
		return p.Name + "/" + path
	}
	var b strings.Builder
	b.WriteString(p.Name)
	before := b.Len()
	rest := composed(u.Path)
	for rest != "" {
		var word string
		word, rest, _ = strings.Cut(rest, "/")
		if word == "" {
			continue
		}
		b.WriteByte('/')
		escapeInto(&b, word)
	}
	if b.Len() == before {
		b.WriteByte('/')
	}
	p.queryInto(&b, u)
	return b.String()
}

// isPlain says whether a path stands in an id as it is: small letters, digits, hyphens and single slashes.
func isPlain(path string) bool {
	for i := range len(path) {
		c := path[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && (c != '/' || path[i-1] == '/') {
			return false
		}
	}
	return true
}

// queryInto writes the query keys that tell articles apart, in the profile's order.
func (p *Profile) queryInto(b *strings.Builder, u *url.URL) {
	if len(p.Addresses.KeepQuery) == 0 || u.RawQuery == "" {
		return
	}
	query, sign := u.Query(), byte('?')
	for _, key := range p.Addresses.KeepQuery {
		if !query.Has(key) {
			continue
		}
		b.WriteByte(sign)
		b.WriteString(url.QueryEscape(key))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(query.Get(key)))
		sign = '&'
	}
}

// escapeInto writes a path segment so that it can stand in an id.
func escapeInto(b *strings.Builder, word string) {
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRuneInString(word[i:])
		plain := r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("-._~!$'()*+,;=:&", r))
		if plain {
			b.WriteString(word[i : i+size])
		} else {
			for _, c := range []byte(word[i : i+size]) {
				fmt.Fprintf(b, "%%%02X", c)
			}
		}
		i += size
	}
}

// composed gives a path in Unicode NFC; an ASCII path comes back as it is.
func composed(path string) string {
	for i := range len(path) {
		if path[i] >= utf8.RuneSelf {
			return norm.NFC.String(path)
		}
	}
	return path
}

// Shape is what an address looks like by the profile's rules. It is a hint: only the page tells what it is.
type Shape int

// The shapes of addresses.
const (
	ShapeUnknown Shape = iota
	ShapeHome          // the root of the site or of an edition
	ShapeArticle
	ShapeListing
	ShapeOther   // neither, by the profile
	ShapeIgnored // never a page, by the profile
)

// Shape says what an address looks like, further pages being of the shape of their listing.
func (p *Profile) Shape(u *url.URL) Shape {
	_, path := p.editionOf(u.Path)
	var room [12]string
	words := split(path, room[:0])
	if p.matchAny(p.paths.ignore, words) {
		return ShapeIgnored
	}
	words = words[:len(words)-p.pageEnd(words)]
	switch {
	case len(words) == 0:
		if p.keepsQuery(u) {
			return ShapeUnknown
		}
		return ShapeHome
	case p.matchAny(p.paths.others, words):
		return ShapeOther
	case p.matchAny(p.paths.listings, words):
		return ShapeListing
	case p.matchAny(p.paths.articles, words):
		return ShapeArticle
	}
	return ShapeUnknown
}

// keepsQuery says whether an address has a query key that tells articles apart.
func (p *Profile) keepsQuery(u *url.URL) bool {
	if u.RawQuery == "" || len(p.Addresses.KeepQuery) == 0 {
		return false
	}
	query := u.Query()
	for _, key := range p.Addresses.KeepQuery {
		if query.Has(key) {
			return true
		}
	}
	return false
}

// SectionAt gives the section that an address names in its path. The last section of the path counts.
func (p *Profile) SectionAt(u *url.URL) (*Section, bool) {
	var room [12]string
	words := split(u.Path, room[:0])
	for i := len(words) - 1; i >= 0; i-- {
		if s, ok := p.paths.sections[words[i]]; ok {
			return s, true
		}
	}
	return nil, false
}

// matchAny says whether a path is of one of the patterns.
func (p *Profile) matchAny(patterns []pattern, words []string) bool {
	for i := range patterns {
		if p.match(&patterns[i], words) {
			return true
		}
	}
	return false
}

// split gives the segments of a path that are not empty.
func split(path string, words []string) []string {
	for path != "" {
		var word string
		word, path, _ = strings.Cut(path, "/")
		if word != "" {
			words = append(words, word)
		}
	}
	return words
}
