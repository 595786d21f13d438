package crawler_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"infocus/archive"
	"infocus/crawler"
	"infocus/extract/profile"
)

// behind puts a server in front of a tiny site that answers what first answers, and passes on the rest. It gives the options of a
// crawl through it, and its address.
func (s *tinySite) behind(t *testing.T, first func(w http.ResponseWriter, r *http.Request) bool) crawler.Options {
	t.Helper()
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !first(w, r) {
			s.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(front.Close)
	o := s.options(t)
	o.BaseURL = front.URL
	return o
}

func alarmCodes(r *archive.Report) []string {
	var codes []string
	for _, a := range r.Alarms {
		codes = append(codes, a.Code)
	}
	return codes
}

// TestAHomePageThatTurnsTheCrawlerAwayIsAnAlarm has the site refuse its home page from the first night on.
func TestAHomePageThatTurnsTheCrawlerAwayIsAnAlarm(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 404, 410, 451} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			s := newTinySite(t, 4)
			s.answer("/", answer{status: status})
			r := night(t, archive.Dir(t.TempDir()), s.options(t))
			if r.ExitCode != 3 || !slices.Contains(alarmCodes(r), archive.AlarmNotTheSite) {
				t.Errorf("exit code %d, alarms %+v; want %s", r.ExitCode, r.Alarms, archive.AlarmNotTheSite)
			}
		})
	}
}

// TestAnEditionThatTheSiteDoesNotHaveIsNoFailure has a site with one of the profile's editions alone.
func TestAnEditionThatTheSiteDoesNotHaveIsNoFailure(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	dir, o := archive.Dir(t.TempDir()), s.options(t)
	o.Profile, _ = profile.Builtin(profile.Default)
	for range 2 {
		r := night(t, dir, o)
		if r.ExitCode != 0 || len(r.Failures) != 0 || !slices.Contains(s.log(), "/by/") {
			t.Errorf("exit code %d, failures %+v, alarms %+v; want 0 and none, with /by/ asked", r.ExitCode, r.Failures, r.Alarms)
		}
	}
	s.holds(t, dir)
}

// TestNoBudgetAsksNoKnownArticle has a night go for what is new alone.
func TestNoBudgetAsksNoKnownArticle(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
	o.Clock, o.Budget = c, crawler.NoBudget
	night(t, dir, o)
	s.log()
	s.publish(1)
	c.Advance(oneDay)
	night(t, dir, o)
	n := 0
	for _, address := range s.log() {
		if strings.HasPrefix(address, "/security-issues/") {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d articles asked, want the new one", n)
	}
	s.holds(t, dir)
}

// TestAFirewallThatHasHadEnoughEndsTheNight refuses everything with 403 after some pages, the home page included, and lets the
// crawler in again the next night.
func TestAFirewallThatHasHadEnoughEndsTheNight(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 60)
	asked, closed := atomic.Int32{}, atomic.Bool{}
	closed.Store(true)
	o := s.behind(t, func(w http.ResponseWriter, _ *http.Request) bool {
		if asked.Add(1) <= 30 || !closed.Load() {
			return false
		}
		http.Error(w, "Forbidden", http.StatusForbidden)
		return true
	})
	dir, c := archive.Dir(t.TempDir()), clock()
	o.Clock = c
	r := night(t, dir, o)
	if r.Ended != "breaker" || r.ExitCode != 3 {
		t.Errorf("ended %s with exit code %d, want the breaker and 3", r.Ended, r.ExitCode)
	}
	if n := asked.Load(); n > 30+5+3 {
		t.Errorf("%d requests after the first refusal, want five pages and three looks at the home page", n-30)
	}
	closed.Store(false)
	c.Advance(25 * time.Hour)
	if r := night(t, dir, o); r.ExitCode != 0 {
		t.Errorf("exit code %d: %+v %+v", r.ExitCode, r.Failures, r.Alarms)
	}
	s.holds(t, dir)
}

// TestPagesThatAreForbiddenEndNothing has a dozen articles refused on a site that is well.
func TestPagesThatAreForbiddenEndNothing(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 30)
	for _, slug := range s.articles[6:18] {
		s.answer("/security-issues/"+slug, answer{status: http.StatusForbidden})
	}
	r := night(t, archive.Dir(t.TempDir()), s.options(t))
	if r.Ended != "complete" || r.New != 18 || r.FailedByReason["status-403"] != 12 {
		t.Errorf("ended %s with %d new, failed %v; want the other 18", r.Ended, r.New, r.FailedByReason)
	}
}

// TestWhatIsOptionalFailsNothing has the sitemap fail, which the site need not have.
func TestWhatIsOptionalFailsNothing(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	o := s.behind(t, func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/robots.txt":
			_, _ = fmt.Fprintf(w, "User-agent: *\nAllow: /\nSitemap: http://%s/sitemap.xml\n", r.Host)
		case "/sitemap.xml":
			http.Error(w, "broken", http.StatusInternalServerError)
		default:
			return false
		}
		return true
	})
	dir, c := archive.Dir(t.TempDir()), clock()
	o.Clock = c
	for i := range 6 {
		r := night(t, dir, o)
		if r.ExitCode != 0 || r.Failed != 0 {
			t.Errorf("night %d: exit code %d, failures %+v, alarms %+v", i+1, r.ExitCode, r.Failures, r.Alarms)
		}
		named := func(f archive.Failing) bool {
			return strings.HasSuffix(f.URL, "/sitemap.xml") && f.Reason == "status-500"
		}
		if !slices.ContainsFunc(r.Noted, named) {
			t.Errorf("night %d noted %+v, want the sitemap", i+1, r.Noted)
		}
		c.Advance(25 * time.Hour)
	}
}

// TestSitemapsThatNameEachOtherForEverEnd has each index of sitemaps name the next one.
func TestSitemapsThatNameEachOtherForEverEnd(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	sitemaps := atomic.Int32{}
	o := s.behind(t, func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case r.URL.Path == "/robots.txt":
			_, _ = fmt.Fprintf(w, "User-agent: *\nAllow: /\nSitemap: http://%s/sitemap-0.xml\n", r.Host)
		case strings.HasPrefix(r.URL.Path, "/sitemap-"):
			if sitemaps.Add(1) > 1000 {
				return false
			}
			_, _ = fmt.Fprintf(w, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://%s/sitemap-%d.xml</loc></sitemap></sitemapindex>`,
				r.Host, sitemaps.Load())
		default:
			return false
		}
		return true
	})
	dir := archive.Dir(t.TempDir())
	r := night(t, dir, o)
	if n := sitemaps.Load(); n > 250 {
		t.Errorf("%d sitemaps were asked", n)
	}
	if r.ExitCode != 0 || !slices.ContainsFunc(r.Noted, func(f archive.Failing) bool { return f.Reason == "endless-sitemap" }) {
		t.Errorf("exit code %d, noted %+v; want the sitemaps named", r.ExitCode, r.Noted)
	}
	s.holds(t, dir)
}

// TestAFurtherPageThatFailsOnceEndsNoListing gives another page, or none, for one page of a listing, in one night alone. No
// other page names what it and those after it list.
func TestAFurtherPageThatFailsOnceEndsNoListing(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]http.HandlerFunc{
		"an error page": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprint(w, "<h1>Something went wrong</h1><p>Try again later.</p>")
		},
		"404":            http.NotFound,
		"403":            func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) },
		"an empty page":  func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "<html><body></body></html>") },
		"a server error": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusInternalServerError) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTinySite(t, 20)
			broken := atomic.Bool{}
			broken.Store(true)
			o := s.behind(t, func(w http.ResponseWriter, r *http.Request) bool {
				if !broken.Load() || r.URL.RawQuery != "paged=3" {
					return false
				}
				spoil(w, r)
				return true
			})
			dir, c := archive.Dir(t.TempDir()), clock()
			o.Clock = c
			night(t, dir, o)
			broken.Store(false)
			c.Advance(25 * time.Hour)
			night(t, dir, o)
			s.holds(t, dir)
		})
	}
}

// TestAPageTooManyCostsOneNight has the last page of a listing link one that is not there, or that is empty. The listing is read to
// its end in two nights, and then known.
func TestAPageTooManyCostsOneNight(t *testing.T) {
	t.Parallel()
	t.Run("404", func(t *testing.T) { t.Parallel(); aPageTooMany(t, http.NotFound) })
	t.Run("empty", func(t *testing.T) {
		t.Parallel()
		aPageTooMany(t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprintf(w, "<h1>Security issues</h1><p>Nothing was found at %s.</p>", time.Now())
		})
	})
}

func aPageTooMany(t *testing.T, answer http.HandlerFunc) {
	t.Helper()
	s := newTinySite(t, 20)
	last := fmt.Sprintf("paged=%d", (20+tinyPage-1)/tinyPage)
	o := s.behind(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.RawQuery != last {
			return false
		}
		answer(w, r)
		return true
	})
	dir, c := archive.Dir(t.TempDir()), clock()
	o.Clock = c
	var pages []int
	for range 4 {
		r := night(t, dir, o)
		if r.ExitCode != 0 {
			t.Errorf("exit code %d: %+v", r.ExitCode, r.Failures)
		}
		n := 0
		for _, w := range r.Listings {
			n += w.Pages
		}
		pages = append(pages, n)
		c.Advance(25 * time.Hour)
	}
	if pages[1] != pages[0] || pages[2] >= pages[1]/2 || pages[3] != pages[2] {
		t.Errorf("pages of listings read: %v; want two whole readings and then the first page", pages)
	}
}

// TestAProbeThatFindsNothingIsNoListing of the report.
func TestAProbeThatFindsNothingIsNoListing(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	o := s.options(t)
	bare := *o.Profile
	bare.Editions = slices.Clone(bare.Editions)
	bare.Editions[0].Probes = []string{"/feed/"}
	o.Profile = &bare
	r := night(t, archive.Dir(t.TempDir()), o)
	for _, w := range r.Listings {
		if strings.Contains(w.Head, "feed") {
			t.Errorf("the report has the listing %+v", w)
		}
	}
}

// TestAChangedRobotsIsObeyedTheNextNight, also where that begins within the hour; one that goes on does not ask again.
func TestAChangedRobotsIsObeyedTheNextNight(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 9)
	text, robots := atomic.Value{}, atomic.Int32{}
	text.Store("User-agent: *\nAllow: /\n")
	o := s.behind(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/robots.txt" {
			return false
		}
		robots.Add(1)
		_, _ = fmt.Fprint(w, text.Load())
		return true
	})
	dir, c := archive.Dir(t.TempDir()), clock()
	o.Clock = c
	o.MaxPages = 4
	night(t, dir, o)
	o.MaxPages = 0
	c.Advance(time.Minute)
	night(t, dir, o)
	if n := robots.Load(); n != 1 {
		t.Errorf("robots.txt was asked %d times in one night", n)
	}
	text.Store("User-agent: *\nDisallow: /security-issues/\n")
	s.publish(2)
	s.log()
	c.Advance(time.Hour)
	r := night(t, dir, o)
	if r.ExitCode != 0 || r.Politeness.RobotsRefused != 2 {
		t.Errorf("exit code %d, %d refused; want 0 and both new articles", r.ExitCode, r.Politeness.RobotsRefused)
	}
	for _, address := range s.pages() {
		if strings.HasPrefix(address, "/security-issues/") {
			t.Errorf("%s was asked against robots.txt", address)
		}
	}
}

// TestAReportHasEveryListInJSON so that a script need not ask whether a key is there.
func TestAReportHasEveryListInJSON(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 2)
	r := night(t, archive.Dir(t.TempDir()), s.options(t))
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var have map[string]json.RawMessage
	if err := json.Unmarshal(text, &have); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"alarms": "[", "failures": "[", "noted": "[", "listings": "[", "gaps": "[", "failed_by_reason": "{", "sections": "{",
	} {
		if !strings.HasPrefix(string(have[key]), want) {
			t.Errorf("%s is %q", key, have[key])
		}
	}
}
