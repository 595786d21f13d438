package extract

import (
	"net/url"
	"strings"

	"infocus/extract/profile"
)

// paging tells the further pages of the listing that a page is of.
type paging struct {
	s    *survey
	own  *url.URL // address of the listing's first page, from the site's root; nil where the page is of no site
	path string   // its path, without a slash at the end
}

func newPaging(s *survey) *paging {
	p := &paging{s: s}
	local, ok := s.e.localURL(s.d.addr)
	if !ok {
		return p
	}
	p.own, _, _ = s.e.profile.Page(local)
	p.path = strings.TrimSuffix(p.own.Path, "/")
	return p
}

// further says whether a link leads to another page of this listing, and its number: 0 where only the link's
// words say so ("next").
func (p *paging) further(h *hop) (n int, ok bool) {
	if p.own == nil {
		return 0, false
	}
	t := &p.s.targets[h.target]
	listing, n, known := p.s.e.profile.Page(t.local)
	turn := p.turns(h)
	if known {
		same := strings.TrimSuffix(listing.Path, "/") == p.path
		return n, same || turn && t.shape != profile.ShapeArticle
	}
	switch {
	case h.flags.has(isHidden):
		return 0, false
	case turn:
		ok := p.isFurther(t.local)
		if ok && p.turnsBack(h) {
			return 1, true // before any page that has it
		}
		return 0, ok // a form that the profile does not know may count from 0, or articles and not pages
	case isPageNumber(h.text):
		return numberOf(h.text), p.isFurther(t.local) && p.countsAs(t.local, numberOf(h.text)) && !inCalendar(h)
	}
	return 0, false
}

// countsAs says whether an address may be that of the page which a link calls number n: it holds this number, or the one before
// (counted from 0), or says where among the articles the page begins.
func (p *paging) countsAs(u *url.URL, n int) bool {
	if _, m := cutPageNumber(strings.TrimSuffix(u.Path, "/")); m == n {
		return true
	}
	own := p.own.Query()
	for key, values := range u.Query() {
		if own.Get(key) == values[0] {
			continue
		}
		m := numberOf(values[0])
		return isPageKey(key) && (m == n || m == n-1) || isOffsetKey(key) && (m > 0 || n == 1)
	}
	return n == 1 // the first page has no number
}

// isOffsetKey names the query keys whose value is the number of the first article of a page.
func isOffsetKey(key string) bool {
	switch strings.ToLower(key) {
	case "start", "offset", "from", "skip", "limitstart", "begin", "first":
		return true
	}
	return false
}

// turnsBack says whether a link that turns pages leads to the one before.
func (p *paging) turnsBack(h *hop) bool {
	if h.chrome {
		return h.means.Use.Has(profile.UsePrevious) && !h.means.Use.Has(profile.UseNext)
	}
	switch h.text {
	case "«", "‹", "←", "<", "<<", "««", "⟨", "❮":
		return true
	case "»", "›", "→", ">", ">>", "»»", "⟩", "❯":
		return false
	}
	rel, _ := attribute(h.node, "rel")
	return strings.Contains(strings.ToLower(rel), "prev")
}

// turns says whether a link's words, sign or rel say that it leads to the next or previous page.
func (p *paging) turns(h *hop) bool {
	if h.chrome && h.means.Use.Has(profile.UseNext|profile.UsePrevious) {
		return true
	}
	switch h.text {
	case "»", "›", "→", ">", ">>", "»»", "«", "‹", "←", "<", "<<", "««", "⟩", "⟨", "❯", "❮":
		return true
	}
	rel, ok := attribute(h.node, "rel")
	return ok && isTurnRel(rel)
}

// isTurnRel says whether a rel attribute names the next or previous page.
func isTurnRel(rel string) bool {
	for _, word := range strings.Fields(strings.ToLower(rel)) {
		if word == "next" || word == "prev" || word == "previous" {
			return true
		}
	}
	return false
}

// isFurther says whether an address differs from the listing's by a page alone, in a form that the profile does not know:
// one key of the query, or a number at the end of the path. Days, months and years are no pages: a calendar has no end.
func (p *paging) isFurther(u *url.URL) bool {
	path := strings.TrimSuffix(u.Path, "/")
	if path == p.path && u.RawQuery != "" {
		return p.differsByOneKey(u.Query())
	}
	short, n := cutPageNumber(path)
	own, _ := cutPageNumber(p.path)
	return n > 0 && (short == p.path || short == own) && !endsInYear(short)
}

// differsByOneKey says whether a query differs from the listing's own in one key alone, and not in one of a calendar.
func (p *paging) differsByOneKey(query url.Values) bool {
	own := p.own.Query()
	differ := ""
	for key := range query {
		if query.Get(key) == own.Get(key) {
			continue
		}
		if differ != "" || isCalendarKey(key) {
			return false
		}
		differ = key
	}
	return differ != ""
}

// isPageKey names the query keys whose value is the number of a page.
func isPageKey(key string) bool {
	key = strings.ToLower(key)
	return key == "p" || key == "pg" || key == "paged" || strings.HasPrefix(key, "page")
}

// isCalendarKey names the query keys of calendars.
func isCalendarKey(key string) bool {
	key = strings.ToLower(key)
	switch key {
	case "d", "m", "y", "ym", "w", "day", "date", "month", "mon", "year", "week", "lang", "sort", "order", "orderby", "view", "print", "s", "q", "search":
		return true
	}
	return strings.HasPrefix(key, "cal") || strings.HasPrefix(key, "tribe")
}

// cutPageNumber takes a page's number off the end of a path: "/x/3", "/x/page3", "/x/page-3", "/x/p/3".
func cutPageNumber(path string) (short string, n int) {
	slash := strings.LastIndexByte(path, '/')
	word := path[slash+1:]
	digits := strings.TrimLeft(word, "abcdefghijklmnopqrstuvwxyz-_")
	n = numberOf(digits)
	if n == 0 || n >= 10000 || !isPageWord(word[:len(word)-len(digits)]) {
		return path, 0
	}
	if slash <= 0 {
		return "", n
	}
	short = path[:slash]
	if at := strings.LastIndexByte(short, '/'); at >= 0 && short[at+1:] != "" && isPageWord(short[at+1:]) {
		short = short[:at]
	}
	return short, n
}

// isPageWord names what stands before a page's number in a path.
func isPageWord(word string) bool {
	switch strings.TrimRight(word, "-_") {
	case "", "p", "pg", "page", "str", "seite":
		return true
	}
	return false
}

// endsInYear says whether the last segment of a path is a year: what follows it is a month.
func endsInYear(path string) bool {
	word := path[strings.LastIndexByte(path, '/')+1:]
	n := numberOf(word)
	return len(word) == 4 && 1900 <= n && n <= 2199
}

// isPageNumber says whether s is a short number.
func isPageNumber(s string) bool { return numberOf(s) > 0 }

// numberOf reads a number of up to six digits, 0 where s is none.
func numberOf(s string) int {
	if s == "" || len(s) > 6 {
		return 0
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// inCalendar says whether a link stands in a cell of a table with a row of weekdays, as days do and pages do not.
func inCalendar(h *hop) bool {
	node := h.node.Parent
	for ; node != nil && node.Data != "table"; node = node.Parent {
		if node.Data == "ul" || node.Data == "nav" {
			return false
		}
	}
	if node == nil {
		return false
	}
	cells := 0
	for row := node.FirstChild; row != nil && cells < shortestMonth; row = row.NextSibling {
		for c := row.FirstChild; c != nil && cells < shortestMonth; c = c.NextSibling {
			cells += childElements(c)
		}
	}
	return cells >= shortestMonth
}

// shortestMonth is the least number of cells in a month's table.
const shortestMonth = 28
