package extract

import (
	"slices"
	"strings"
)

// links sets the addresses linked from the text, each once, in order. Links within the page are none.
func (r *reader) links(a *Article, t *run) {
	for _, k := range t.parts {
		for i := range r.d.blocks[k].anchors {
			href := r.d.blocks[k].anchors[i].href
			if s, ok := r.absolute(href); ok && !slices.Contains(a.Links, s) {
				a.Links = append(a.Links, s)
			}
		}
	}
}

// absolute gives the address that a link of the text leads to, with its fragment; false where it is none of the web or within the
// page.
func (r *reader) absolute(href string) (string, bool) {
	if isPlainAddress(href) {
		return href, true
	}
	if href == "" || href[0] == '#' {
		return "", false
	}
	u, err := r.d.base.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", false
	}
	return u.String(), true
}

// isPlainAddress says whether an address is absolute and has no sign that reading and writing it could change.
func isPlainAddress(href string) bool {
	rest, ok := strings.CutPrefix(href, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(href, "http://")
	}
	if !ok || rest == "" || rest[0] < '0' {
		return false
	}
	for i := range len(rest) {
		switch c := rest[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_', c == '/', c == '=', c == '&', c == '?':
		default:
			return false
		}
	}
	return true
}
