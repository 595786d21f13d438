package replica_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"infocus/crawler/replica"
)

// items gives the paths of the articles in the main part of a listing of the semantic markup.
func items(t *testing.T, s *replica.Site, path string) []string {
	t.Helper()
	var out []string
	parsed(t, wantStatus(t, s, path, http.StatusOK)).Find("main .entry h3 a").Each(func(_ int, a *goquery.Selection) {
		u, _ := url.Parse(a.AttrOr("href", ""))
		out = append(out, strings.Trim(u.Path, "/"))
	})
	return out
}

// listed gives the paths that a section's listing should hold, in order.
func listed(s *replica.Site, edition, section string) []string {
	var out []string
	for _, a := range s.Articles() {
		if a.Edition == edition && a.Status == http.StatusOK && slices.Contains(a.Listed, section) {
			out = append(out, a.Path)
		}
	}
	return out
}

func TestListingsAreOrderedAndPaged(t *testing.T) {
	s := newSite(t, replica.Options{})
	for _, c := range []struct{ edition, base, section string }{
		{"en", "/analytics/", "security-issues"},
		{"en", "/analytics/", "society-and-politics"},
		{"be", "/by/analytics/", "kiruyuchy-klas"},
	} {
		want := listed(s, c.edition, c.section)
		var query, path []string
		pages := (len(want) + 17) / 18
		for n := 1; n <= pages; n++ {
			query = append(query, items(t, s, fmt.Sprintf("%s%s?paged=%d", c.base, c.section, n))...)
			path = append(path, items(t, s, fmt.Sprintf("%s%s/page/%d", c.base, c.section, n))...)
		}
		if !slices.Equal(query, want) || !slices.Equal(path, want) {
			t.Errorf("%s: listing by query has %d, by path %d, want %d articles in order", c.section, len(query), len(path), len(want))
		}
		wantStatus(t, s, fmt.Sprintf("%s%s/page/%d/", c.base, c.section, pages+1), http.StatusNotFound)
	}
	if first := items(t, s, "/analytics/security-issues/"); len(first) != 18 {
		t.Errorf("first page has %d items, want 18", len(first))
	}
}

func TestListingsPrintNoYearAndNoVerdict(t *testing.T) {
	for _, m := range replica.Markups() {
		s := newSite(t, replica.Options{Markup: m, Weeks: 30})
		text := visible(parsed(t, ask(s, "/analytics/security-issues/")))
		for _, a := range s.Articles() {
			if a.PeriodText != "" && strings.Contains(text, a.PeriodText) {
				t.Errorf("%s: the listing prints %q with its year", m, a.PeriodText)
			}
			if a.TrendText != "" && a.Trend != "unchanged" && strings.Contains(text, a.TrendText) {
				t.Errorf("%s: the listing prints the verdict %q", m, a.TrendText)
			}
		}
	}
}

// walk follows every link of the site from its home pages and gives the paths that answered 200.
func walk(t *testing.T, s *replica.Site) map[string]bool {
	t.Helper()
	queue, seen, good := []string{"/"}, map[string]bool{"/": true}, map[string]bool{}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		w := ask(s, at)
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		base, _ := url.Parse(host + at)
		good[strings.Trim(base.Path, "/")] = true
		doc := parsed(t, w)
		if href, ok := doc.Find("base").Attr("href"); ok {
			base, _ = base.Parse(href)
		}
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			u, err := base.Parse(a.AttrOr("href", ""))
			if err != nil || u.Host != "replica.test" || seen[u.RequestURI()] {
				return
			}
			seen[u.RequestURI()] = true
			queue = append(queue, u.RequestURI())
		})
	}
	return good
}

func TestEveryArticleCanBeReached(t *testing.T) {
	for i, m := range replica.Markups() {
		for _, archive := range []replica.Archive{replica.ArchiveSections, replica.ArchiveWeeks} {
			t.Run(fmt.Sprintf("%s by %s", m, archive), func(t *testing.T) {
				t.Parallel()
				paging := []replica.Paging{replica.PagingMixed, replica.PagingPath, replica.PagingQuery, replica.PagingMixed}[i]
				s := newSite(t, replica.Options{Markup: m, Archive: archive, Paging: paging, Weeks: 14, PageSize: 6})
				good := walk(t, s)
				for _, a := range s.Articles() {
					if !good[a.Path] {
						t.Errorf("%s is not reached", a.Path)
					}
				}
				if archive == replica.ArchiveWeeks && good["analytics"] {
					t.Error("a site with an index of weeks answers /analytics/")
				}
			})
		}
	}
}

func TestViewAllIsTheOnlyWayToTheArchive(t *testing.T) {
	for _, m := range []replica.Markup{replica.MarkupSemantic, replica.MarkupSoup, replica.MarkupTable} {
		s := newSite(t, replica.Options{Markup: m, Weeks: 2})
		for home, want := range map[string]string{"/": "View all", "/by/": "Глядзець усё"} {
			parsed(t, ask(s, home)).Find("a[href*='analytics/']").Each(func(_ int, a *goquery.Selection) {
				if strings.TrimSpace(a.Text()) != want && !strings.Contains(a.AttrOr("href", ""), "club") {
					t.Errorf("%s, %s: %q leads to %s", m, home, a.Text(), a.AttrOr("href", ""))
				}
			})
		}
	}
}

func TestTwoSpellingsOfOneArticle(t *testing.T) {
	s := newSite(t, replica.Options{})
	a := firstWith(t, s, replica.ShapeTwoSpellings)
	first := ask(s, "/"+a.Path).Body.String()
	for _, spelling := range []string{"/" + a.Path + "/", "/" + a.Path + "?page=1", "/" + a.Path + "/?page=3"} {
		if w := wantStatus(t, s, spelling, http.StatusOK); w.Body.String() != first {
			t.Errorf("%s differs from the other spelling", spelling)
		}
	}
	slashed := newSite(t, replica.Options{HTTP: replica.HTTP{SlashRedirect: true}})
	w := wantStatus(t, slashed, "/"+a.Path+"?page=1", http.StatusMovedPermanently)
	if got, want := w.Header().Get("Location"), "/"+a.Path+"/?page=1"; got != want {
		t.Errorf("redirected to %s, want %s", got, want)
	}
}

func TestEndlessListings(t *testing.T) {
	s := small(t)
	wantStatus(t, s, "/analytics/security-issues/?paged=900", http.StatusNotFound)
	s.SetEndless(replica.EndlessSame)
	last := items(t, s, "/analytics/security-issues/?paged=4")
	if got := items(t, s, "/analytics/security-issues/?paged=900"); !slices.Equal(got, last) {
		t.Error("a page after the last does not repeat it")
	}
	s.SetEndless(replica.EndlessItems)
	first := items(t, s, "/analytics/security-issues/")
	if got := items(t, s, "/analytics/security-issues/page/5/"); !slices.Equal(got, first) {
		t.Error("the pages do not start again")
	}
	if next := parsed(t, ask(s, "/analytics/security-issues/page/5/")).Find("a[rel=next]").Length(); next != 1 {
		t.Error("an endless page has no next one")
	}
}

func TestCalendarIsEndlessWhereItIsOn(t *testing.T) {
	s := small(t)
	wantStatus(t, s, "/calendar/2031/05/", http.StatusNotFound)
	s.SetCalendar(true)
	doc := parsed(t, wantStatus(t, s, "/calendar/2031/05/", http.StatusOK))
	if n := doc.Find(".calendar a[href*='/calendar/2031/05/']").Length(); n != 31 {
		t.Errorf("%d days in May", n)
	}
	if doc.Find(".calendar a[href$='/calendar/2031/06/']").Length() != 1 {
		t.Error("no link to the next month")
	}
	wantStatus(t, s, "/calendar/2031/13/", http.StatusNotFound)
}

func TestListingsShiftWhileTheyAreRead(t *testing.T) {
	s := small(t)
	before := listed(s, "en", "security-issues")
	s.SetShift(replica.Shift{Every: 2, Limit: 3})
	for range 10 {
		ask(s, "/analytics/security-issues/")
	}
	after := listed(s, "en", "security-issues")
	if len(after) != len(before)+3 || !slices.Equal(after[3:], before) {
		t.Errorf("%d articles became %d, want three more at the head", len(before), len(after))
	}
	s.SetShift(replica.Shift{Every: 1, Limit: 2, Delete: true})
	for range 5 {
		ask(s, "/analytics/security-issues/")
	}
	if got := listed(s, "en", "security-issues"); !slices.Equal(got, after[2:]) {
		t.Errorf("%d articles became %d, want two less at the head", len(after), len(got))
	}
}
