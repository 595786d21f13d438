package replica

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// request is an address of the site, taken apart.
type request struct {
	*http.Request
	edition   string
	path      string // below the edition's home, without slashes at its ends
	page      int    // of a listing, from 1
	base      string // scheme and host to print
	canonical string // path to print as canonical
	charset   Charset
	foreign   bool // chrome of the other edition
	month     time.Time
}

// answer is what the site has to say, before it goes on the wire.
type answer struct {
	status      int
	page        Page
	article     string // path
	listing     string // key of the listing read
	contentType string
	location    string
	modified    time.Time
	body        []byte
	zip         []byte // the body compressed, where it is at hand
	sum         uint64 // hash of the body, where it is at hand
}

// Handler answers the site's requests.
func (s *Site) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.opts.Admin && strings.HasPrefix(r.URL.Path, adminPath) {
			s.admin(w, r)
			return
		}
		entry := s.log.begin(r, s.opts.Now())
		rec := &recorder{ResponseWriter: w}
		defer func() { s.log.end(entry, rec, s.opts.Now()) }()
		f, faulty := s.faults.take(r)
		a := s.answer(r)
		entry.set(a.page, a.article)
		if faulty {
			entry.fault(f.Kind)
			s.misbehave(rec, r, f, a)
			return
		}
		s.send(rec, r, a)
		if a.listing != "" {
			s.shift(a.listing)
		}
	})
}

// answer gives the honest answer, from the cache if there is one.
func (s *Site) answer(r *http.Request) answer {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.opts.CacheBytes <= 0 || s.opts.HTTP.Nonce {
		return s.work(r)
	}
	if a, ok := s.cache.find(r, s.version); ok {
		return a
	}
	return s.cache.keep(r, s.version, s.work(r), s.opts.CacheBytes)
}

// work makes an answer. The caller holds the lock.
func (s *Site) work(r *http.Request) answer {
	rq := s.parse(r)
	if s.mode.parked {
		return s.parked(rq)
	}
	if a, ok := s.machine(rq); ok {
		return a
	}
	if s.opts.HTTP.SlashRedirect && lacksSlash(rq.URL.Path) {
		return s.redirect(answer{}, http.StatusMovedPermanently, withSlash(rq))
	}
	if a, ok := s.articleAnswer(rq); ok {
		return a
	}
	v, kind, listing := s.route(rq)
	status := http.StatusOK
	if v == nil {
		v, status = s.notFoundView(rq), http.StatusNotFound
	}
	a := s.render(rq, v)
	a.status, a.page, a.listing = status, kind, listing
	return a
}

// parse takes an address apart. Both forms of further pages are known at every listing.
func (s *Site) parse(r *http.Request) *request {
	rq := &request{Request: r, edition: editionEn, page: 1, base: s.opts.PublicURL}
	if rq.base == "" {
		rq.base = "http://" + r.Host
		if r.TLS != nil {
			rq.base = "https://" + r.Host
		}
	}
	path := strings.Trim(r.URL.Path, "/")
	rq.canonical = "/" + path
	if path == "by" || strings.HasPrefix(path, branchBe) {
		rq.edition = editionBe
		path = strings.TrimPrefix(strings.TrimPrefix(path, "by"), "/")
	}
	if before, number, ok := cutPage(path); ok {
		path, rq.page = before, number
	} else if n, err := strconv.Atoi(r.URL.Query().Get("paged")); err == nil && n > 0 {
		rq.page = n
	}
	rq.path = path
	rq.charset = s.charset(rq.edition)
	return rq
}

// cutPage takes "page/9" off the end of a path.
func cutPage(path string) (before string, n int, ok bool) {
	at := strings.LastIndex("/"+path, "/page/")
	if at < 0 {
		return path, 0, false
	}
	n, err := strconv.Atoi(("/" + path)[at+len("/page/"):])
	if err != nil || n < 1 {
		return path, 0, false
	}
	return strings.Trim(("/" + path)[:at], "/"), n, true
}

// route finds the page of an address that is no article; nil where there is none. The key is that of the
// listing read, "" for other pages.
func (s *Site) route(rq *request) (v *view, kind Page, listing string) {
	first, rest, _ := strings.Cut(rq.path, "/")
	sections := s.opts.Archive == ArchiveSections
	switch {
	case rq.path == "":
		return s.homeView(rq), PageHome, ""
	case rq.path == "analytics" && sections && rq.page == 1:
		return s.analyticsView(rq), PageIndex, ""
	case first == "analytics" && sections && rest != "" && s.words.known(rq.edition, rest):
		return s.sectionView(rq, rest, rq.page), PageListing, rq.edition + "/" + rest
	case rq.path == "situation" && !sections:
		return s.weeksView(rq, rq.page), PageIndex, rq.edition
	case first == "situation" && !sections:
		n, _ := strconv.Atoi(rest)
		return s.weekView(rq, n), PageWeek, ""
	case rq.path == "about-monitoring":
		return s.aboutView(rq), PageText, ""
	case rq.path == "belarusian-expert-analytical-club":
		return s.clubView(rq), PageText, ""
	case first == "belarusian-expert-analytical-club":
		return s.eventView(rq, rest), PageText, ""
	case rq.path == "wp-login.php":
		return s.loginView(rq), PageText, ""
	case first == "calendar":
		return s.calendarView(rq, rest), PageTrap, ""
	}
	return nil, PageUnknown, ""
}

// lacksSlash says whether a path is a page's, not a file's, and has no slash at its end.
func lacksSlash(path string) bool {
	last := path[strings.LastIndex(path, "/")+1:]
	return last != "" && !strings.Contains(last, ".")
}

func withSlash(rq *request) string {
	u := *rq.URL
	u.Path += "/"
	return u.RequestURI()
}

// articleAnswer answers for every address that is or was an article's.
func (s *Site) articleAnswer(rq *request) (answer, bool) {
	path := strings.Trim(rq.URL.Path, "/")
	a := s.find(path)
	if a == nil {
		return answer{}, false
	}
	out := answer{status: a.status, page: PageArticle, article: a.path}
	switch {
	case s.mode.toHome:
		return s.redirect(out, http.StatusFound, home(a.edition)), true
	case s.mode.gone != 0:
		out.status = s.mode.gone
	case a.path != path:
		return s.redirect(out, http.StatusMovedPermanently, "/"+a.path+"/"), true
	}
	if out.status != http.StatusOK {
		page := s.render(rq, s.notFoundView(rq))
		out.body, out.contentType = page.body, page.contentType
		return out, true
	}
	page := s.render(rq, s.articleView(rq, a))
	out.body, out.contentType, out.modified = page.body, page.contentType, a.newest().modified
	return out, true
}

func (s *Site) redirect(a answer, status int, location string) answer {
	a.status, a.location, a.contentType = status, location, "text/html; charset=utf-8"
	a.body = []byte("<html><head><title>Moved</title></head><body><a href=\"" + location + "\">Moved</a></body></html>\n")
	return a
}
