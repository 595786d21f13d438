package extract

import (
	"net/url"
	"strings"
)

// ID gives the id of an article at an address: "<site>/<path>". Scheme, host, slash at the end, fragment and query do
// not count, but for the query keys that the profile keeps. It is false for an address that is not of the site and for the home
// page of an edition.
func (e *Extractor) ID(addr string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(addr))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	return e.idOf(u)
}

// idOf is ID for an address that is parsed.
func (e *Extractor) idOf(u *url.URL) (string, bool) {
	u, ok := e.localURL(u)
	if !ok || e.isHome(u) {
		return "", false
	}
	return e.profile.ID(u), true
}

// Edition gives the code of the edition that an address belongs to by its path.
func (e *Extractor) Edition(addr string) string {
	u, ok := e.local(addr)
	if !ok {
		u = parseAddress(addr)
	}
	return e.profile.EditionAt(u).Code
}

// InSite says whether an address is of the site: one of its hosts or the base URL's.
func (e *Extractor) InSite(addr string) bool {
	_, ok := e.local(addr)
	return ok
}

// local reads an address of the site; the path of the base URL is taken off, so that every path begins at the site's root.
func (e *Extractor) local(addr string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(addr))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, false
	}
	return e.localURL(u)
}

// localURL is local for an address that is parsed.
func (e *Extractor) localURL(u *url.URL) (*url.URL, bool) {
	if e.base != nil && strings.EqualFold(u.Host, e.base.Host) {
		return e.below(u)
	}
	return u, e.profile.IsHost(u.Host)
}

// below takes the path of the base URL off.
func (e *Extractor) below(u *url.URL) (*url.URL, bool) {
	root := strings.TrimSuffix(e.base.Path, "/")
	if root == "" {
		return u, true
	}
	rest, ok := strings.CutPrefix(u.Path, root)
	if !ok || (rest != "" && rest[0] != '/') {
		return u, e.profile.IsHost(u.Host)
	}
	short := *u
	short.Path, short.RawPath = rest, ""
	return &short, true
}

// isHome says whether an address is the root of the site or of an edition.
func (e *Extractor) isHome(u *url.URL) bool {
	path := strings.Trim(u.Path, "/")
	for i := range e.profile.Editions {
		if path == strings.Trim(e.profile.Editions[i].Prefix, "/") {
			return true
		}
	}
	return path == ""
}
