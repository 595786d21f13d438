package extract

import (
	"net/url"
	"slices"
	"strings"

	"infocus/extract/profile"
)

// target is an address of the site that a link leads to. Links that differ in spelling alone share one.
type target struct {
	url     string   // absolute, without fragment
	local   *url.URL // path from the site's root
	shape   profile.Shape
	edition *profile.Edition
	self    bool // the page's own article or listing
	asset   bool // a file and not a page
	feed    bool // by its path
	page    bool // an article may be found there
}

// addresses finds the targets of a page's links. Addresses are many and mostly plain, so each is read once and the plain
// ones without the parser of package url.
type addresses struct {
	e       *Extractor
	d       *document
	origin  string // "https://host" of the base address
	dir     string // its path up to the last slash
	own     string // key of the page itself
	byHref  map[string]int
	byKey   map[string]int
	targets []target
}

// noTarget stands for an address that is not of the site, or no address.
const noTarget = -1

func newAddresses(e *Extractor, d *document) *addresses {
	a := &addresses{e: e, d: d, byHref: make(map[string]int, len(d.anchors)), byKey: make(map[string]int, len(d.anchors))}
	if d.base.Host != "" {
		a.origin = d.base.Scheme + "://" + d.base.Host
		a.dir = d.base.Path[:strings.LastIndexByte(d.base.Path, '/')+1]
	}
	if local, ok := e.localURL(d.addr); ok {
		a.own = a.key(local, e.profile.Shape(local))
	}
	return a
}

// find gives the number of the target that href leads to, noTarget where it is not of the site.
func (a *addresses) find(href string) int {
	if i := strings.IndexByte(href, '#'); i >= 0 {
		href = href[:i]
	}
	if href == "" {
		return noTarget
	}
	if i, ok := a.byHref[href]; ok {
		return i
	}
	i := a.enter(href)
	a.byHref[href] = i
	return i
}

// enter reads an address for the first time.
func (a *addresses) enter(href string) int {
	if a.isForeign(href) {
		return noTarget
	}
	u, whole, ok := a.plain(href)
	if !ok {
		if u, ok = a.parsed(href); !ok {
			return noTarget
		}
		whole = u.String()
	}
	local, ok := a.e.localURL(u)
	if !ok {
		return noTarget
	}
	shape := a.e.profile.Shape(local)
	key := a.key(local, shape)
	if i, ok := a.byKey[key]; ok {
		if len(whole) < len(a.targets[i].url) {
			a.targets[i].url = whole // the spelling without odds and ends
		}
		return i
	}
	t := target{
		url: whole, local: local, shape: shape, edition: a.e.profile.EditionAt(local), self: key == a.own,
		asset: isAsset(local.Path), feed: IsFeedPath(local.Path),
	}
	t.page = t.mayBeArticle()
	i := len(a.targets)
	a.byKey[key] = i
	a.targets = append(a.targets, t)
	return i
}

// isForeign says whether an address plainly names the host of another site, so that it need not be parsed: pages are full of long
// addresses to share them by.
func (a *addresses) isForeign(href string) bool {
	_, rest, ok := strings.Cut(href, "://")
	if !ok || href[0] == '/' || len(href)-len(rest) > len("https://") {
		return false
	}
	host := rest
	if end := strings.IndexAny(rest, "/?#\\"); end >= 0 {
		host = rest[:end]
	}
	return isPlainHost(host) && !a.e.profile.IsHost(host) && (a.e.base == nil || !strings.EqualFold(host, a.e.base.Host))
}

// mayBeArticle says whether an article may be found at a target.
func (t *target) mayBeArticle() bool {
	switch t.shape {
	case profile.ShapeHome, profile.ShapeListing, profile.ShapeIgnored:
		return false
	case profile.ShapeUnknown, profile.ShapeArticle, profile.ShapeOther:
	}
	return !t.self && !t.asset && !t.feed
}

// parsed reads any address.
func (a *addresses) parsed(href string) (*url.URL, bool) {
	if !mayBePage(href) {
		return nil, false
	}
	u, err := a.d.resolve(href)
	if err != nil {
		return nil, false
	}
	u.User, u.Host = nil, strings.ToLower(u.Host)
	tidy(u)
	return u, true
}

// tidy takes off an address what names the visitor and not a page: with a session in it, each page would have a new
// address on every visit, and a crawl no end.
func tidy(u *url.URL) {
	if u.RawQuery != "" {
		u.RawQuery = withoutTracking(u.RawQuery)
	}
	at := strings.IndexByte(u.Path, ';')
	if at < 0 || !isSession(u.Path[at+1:]) {
		return
	}
	path, raw := u.Path[:at], ""
	if at := strings.IndexByte(u.RawPath, ';'); at >= 0 {
		raw = u.RawPath[:at]
	}
	u.Path, u.RawPath = path, raw
}

// isSession says whether a parameter of a path is the name of a session.
func isSession(parameter string) bool {
	key, _, ok := strings.Cut(strings.ToLower(parameter), "=")
	return ok && isSessionKey(key)
}

// isSessionKey names the keys that carry a session, in small letters.
func isSessionKey(key string) bool {
	switch key {
	case "jsessionid", "phpsessid", "sessionid", "session_id", "aspsessionid", "cfid", "cftoken", "sid":
		return true
	}
	return false
}

// withoutTracking is a query without the pairs that are no part of an address.
func withoutTracking(query string) string {
	if !hasTracking(query) {
		return query
	}
	kept := make([]string, 0, 4)
	for pair := range strings.SplitSeq(query, "&") {
		if !isTracking(pair) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// hasTracking says whether a query has a pair that is no part of an address.
func hasTracking(query string) bool {
	for query != "" {
		var pair string
		if pair, query, _ = strings.Cut(query, "&"); pair != "" && isTracking(pair) {
			return true
		}
	}
	return false
}

// mayBePage sorts out addresses of other schemes before they are parsed.
func mayBePage(href string) bool {
	i := strings.IndexAny(href, ":/?")
	return i < 0 || href[i] != ':' || i == 4 && strings.EqualFold(href[:4], "http") || i == 5 && strings.EqualFold(href[:5], "https")
}

// plain reads an address that needs no resolving: a path from the root, or a whole address, of plain signs.
func (a *addresses) plain(href string) (u *url.URL, whole string, ok bool) {
	origin, rest := a.origin, href
	switch {
	case strings.HasPrefix(href, "/"):
		whole = origin + href
	case strings.HasPrefix(href, "https://"), strings.HasPrefix(href, "http://"):
		scheme := strings.IndexByte(href, ':') + 3
		n := strings.IndexByte(href[scheme:], '/')
		if n < 0 {
			return nil, "", false
		}
		origin, rest, whole = href[:scheme+n], href[scheme+n:], href
	case a.dir != "" && isWordSign(rune(href[0])): // beside the base address
		rest = a.dir + href
		whole = origin + rest
	default:
		return nil, "", false
	}
	if origin == "" || !isPlainPath(rest) {
		return nil, "", false
	}
	scheme, host, _ := strings.Cut(origin, "://")
	if !isPlainHost(host) {
		return nil, "", false
	}
	path, query, _ := strings.Cut(rest, "?")
	if hasTracking(query) {
		return nil, "", false
	}
	return &url.URL{Scheme: scheme, Host: host, Path: path, RawQuery: query}, whole, true
}

// isPlainPath says whether a path and query need no decoding and no cleaning.
func isPlainPath(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '=', c == '&', c == '?':
		case c == '/':
			if i > 0 && s[i-1] == '/' {
				return false
			}
		case c == '.':
			if i > 0 && (s[i-1] == '/' || s[i-1] == '.') {
				return false
			}
		default:
			return false
		}
	}
	return strings.Count(s, "?") < 2
}

// isPlainHost says whether a host is in small letters with nothing beside it but a port.
func isPlainHost(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '-' && c != ':' {
			return false
		}
	}
	return s != ""
}

// key is the same for all spellings of an address. The query of an article does not count, but for what the profile
// keeps; of other addresses it does, without the keys that only say where a visitor came from.
func (a *addresses) key(local *url.URL, shape profile.Shape) string {
	id := a.e.profile.ID(local)
	if local.RawQuery == "" || shape == profile.ShapeArticle {
		return id
	}
	var b strings.Builder
	b.WriteString(id)
	sign := byte('#') // an id has none: what the profile keeps cannot be mistaken for the rest
	for rest := local.RawQuery; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		if isTracking(pair) {
			continue
		}
		b.WriteByte(sign)
		b.WriteString(pair)
		sign = '&'
	}
	return b.String()
}

// narrows says whether an address has a query beside the paging and what the profile keeps: a sorting, a search, a day of
// a calendar, which show the same items again.
func (a *addresses) narrows(u *url.URL) bool {
	if u.RawQuery == "" {
		return false
	}
	listing, _, _ := a.e.profile.Page(u)
	for rest := listing.RawQuery; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		key, _, _ := strings.Cut(pair, "=")
		if !isTracking(pair) && !slices.Contains(a.e.profile.Addresses.KeepQuery, key) {
			return true
		}
	}
	return false
}

// isTracking names the query keys that tell a visitor's way and not a page.
func isTracking(pair string) bool {
	key, _, _ := strings.Cut(pair, "=")
	switch key {
	case "", "fbclid", "gclid", "yclid", "replytocom", "share", "ref":
		return true
	}
	return strings.HasPrefix(key, "utm_") || isSessionKey(strings.ToLower(key))
}

// isAsset says whether a path is that of a file and not of a page.
func isAsset(path string) bool {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || len(path)-dot > 6 || strings.IndexByte(path[dot:], '/') >= 0 {
		return false
	}
	switch strings.ToLower(path[dot+1:]) {
	case "jpg", "jpeg", "png", "gif", "webp", "svg", "ico", "avif", "bmp", "css", "js", "mjs", "map", "json", "woff", "woff2", "ttf", "eot",
		"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "rtf", "csv", "zip", "rar", "7z", "gz", "tgz", "exe", "dmg", "apk",
		"mp3", "mp4", "m4a", "ogg", "wav", "avi", "mov", "webm", "ics", "txt", "epub":
		return true
	}
	return false
}

// IsFeedPath says whether a path is that of a feed.
func IsFeedPath(path string) bool {
	path = strings.TrimSuffix(path, "/")
	switch path[strings.LastIndexByte(path, '/')+1:] {
	case "feed", "rss", "atom", "rss.xml", "atom.xml", "feed.xml", "index.rss", "rss2":
		return true
	}
	return false
}
