package crawler_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"infocus/archive"
	"infocus/crawler"
	"infocus/extract/profile"
)

// tinySite is a site with one listing and articles that link nothing, so that there is one way alone to each page. Its
// pages change only when it is told to.
type tinySite struct {
	*httptest.Server
	mu       sync.Mutex
	articles []string            // slugs, the newest first
	versions map[string]int      // of articles that were changed, by slug
	answers  map[string][]answer // of addresses that misbehave, in order; the last one stays
	asked    []string
}

// answer is what an address says instead of its page.
type answer struct {
	status   int
	location string
}

const tinyPage = 3 // items of a page of the listing

func newTinySite(t *testing.T, articles int) *tinySite {
	t.Helper()
	s := &tinySite{answers: map[string][]answer{}, versions: map[string]int{}}
	s.publish(articles)
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *tinySite) publish(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.articles = slices.Insert(s.articles, 0, fmt.Sprintf("minsk-keeps-its-course-part-%d", len(s.articles)+1))
	}
}

// revise changes the text of an article.
func (s *tinySite) revise(slug string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.versions[slug]++
}

// answer sets what an address says from now on.
func (s *tinySite) answer(address string, answers ...answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[address] = answers
}

// log gives the addresses asked since the last call.
func (s *tinySite) log() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	log := s.asked
	s.asked = nil
	return log
}

func (s *tinySite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	address := r.URL.RequestURI()
	s.asked = append(s.asked, address)
	if list := s.answers[address]; len(list) > 0 {
		if len(list) > 1 {
			s.answers[address] = list[1:]
		}
		if a := list[0]; a.location != "" {
			http.Redirect(w, r, a.location, a.status)
			return
		} else if a.status == http.StatusNotModified {
			w.WriteHeader(a.status)
			return
		} else if a.status != http.StatusOK {
			http.Error(w, http.StatusText(a.status), a.status)
			return
		}
	}
	page := s.page(address)
	if page == "" {
		http.NotFound(w, r)
		return
	}
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(page)))
	w.Header().Set("ETag", tag)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = fmt.Fprint(w, page)
}

const tinyListing = "/analytics/security-issues/"

func (s *tinySite) page(address string) string {
	frame := func(title, main string) string {
		return `<!DOCTYPE html><html lang=en><head><title>` + title + ` - Belarus in Focus</title></head><body><header>
<a href="/">Belarus in Focus</a></header><main>` + main + `</main></body></html>`
	}
	path, query, _ := strings.Cut(address, "?")
	switch {
	case address == "/":
		return frame("Home", `<h1>Belarus in Focus</h1><nav><a href="`+tinyListing+`">View all</a></nav><a href="/events">Events</a>`)
	case address == "/events":
		return frame("Events", `<h1>Events</h1><p>The club meets on Mondays.</p>`)
	case path == tinyListing:
		n := 1
		if _, err := fmt.Sscanf(query, "paged=%d", &n); err != nil && query != "" {
			return ""
		}
		return s.listing(n, frame)
	}
	for i, slug := range s.articles {
		if address == "/security-issues/"+slug {
			return frame(headline(slug), s.article(len(s.articles)-i, slug))
		}
	}
	return ""
}

func headline(slug string) string {
	words := strings.ReplaceAll(slug, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

func tinyWeek(n int) string {
	monday := time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*n)
	return monday.Format("January 2 – ") + monday.AddDate(0, 0, 6).Format("January 2, 2006")
}

func (s *tinySite) listing(n int, frame func(string, string) string) string {
	from := (n - 1) * tinyPage
	if from >= len(s.articles) {
		return ""
	}
	to := min(from+tinyPage, len(s.articles))
	var b strings.Builder
	b.WriteString("<h1>Security issues</h1><ul>")
	for i := from; i < to; i++ {
		slug := s.articles[i]
		week, _, _ := strings.Cut(tinyWeek(len(s.articles)-i), ",")
		fmt.Fprintf(&b, `<li><span>%s</span> <h3><a href="/security-issues/%s">%s</a></h3></li>`, week, slug, headline(slug))
	}
	b.WriteString("</ul>")
	if to < len(s.articles) {
		fmt.Fprintf(&b, `<nav><a href="%s?paged=%d">%d</a> <a href="%s?paged=%d">Next</a></nav>`, tinyListing, n+1, n+1, tinyListing, n+1)
	}
	return frame("Security issues", b.String())
}

func (s *tinySite) article(n int, slug string) string {
	return fmt.Sprintf(`<p>%s</p><p>Security issues</p><h1>%s</h1><p>The situation has not changed</p>
<p>Part %d: the lead says what happened in Minsk and why it matters to readers of the digest.</p>
<p>The body goes on with what was decided, who decided it, and what is likely to follow from that in spring %d.</p>`, tinyWeek(n), headline(slug), n, 2023+s.versions[slug])
}

func (s *tinySite) options(t *testing.T) crawler.Options {
	t.Helper()
	p, _ := profile.Builtin(profile.Default)
	bare := *p // without probes there is one way alone to the listing
	bare.Editions = slices.Clone(p.Editions[:1])
	bare.Editions[0].Probes = nil
	return crawler.Options{
		Program: "infocus/test", Profile: &bare, Builtin: true, BaseURL: s.URL, MinFree: -1, Clock: clock(),
		Log: zerolog.New(zerolog.NewTestWriter(t)),
	}
}

// holds wants all articles of the site in the archive, and the archive whole.
func (s *tinySite) holds(t *testing.T, dir archive.Dir) {
	t.Helper()
	have := records(t, dir, false)
	for _, slug := range s.articles {
		if _, ok := have["belarusinfocus/security-issues/"+slug]; !ok {
			t.Errorf("%s was lost", slug)
		}
	}
	whole(t, dir)
}
