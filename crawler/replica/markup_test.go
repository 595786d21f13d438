package replica_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"infocus/crawler/replica"
)

func classes(doc *goquery.Document) map[string]bool {
	out := map[string]bool{}
	doc.Find("[class]").Each(func(_ int, s *goquery.Selection) {
		for _, c := range strings.Fields(s.AttrOr("class", "")) {
			out[c] = true
		}
	})
	return out
}

func TestMarkupsShareNoClass(t *testing.T) {
	owner := map[string]replica.Markup{}
	for _, m := range replica.Markups() {
		s := newSite(t, replica.Options{Markup: m, Weeks: 30})
		for _, path := range []string{"/", "/analytics/", "/analytics/security-issues/", "/about-monitoring", "/wp-login.php", "/" + newestArticle(t, s).Path} {
			for c := range classes(parsed(t, ask(s, path))) {
				if other, ok := owner[c]; ok && other != m {
					t.Errorf("class %q is in %s and %s", c, other, m)
				}
				owner[c] = m
			}
		}
	}
}

func TestStructureOfEachMarkup(t *testing.T) {
	for m, c := range map[replica.Markup]struct{ has, lacks string }{
		replica.MarkupSemantic: {"article h1, time[datetime], main, aside, script[type='application/ld+json'], meta[property='og:title']", "font, center"},
		replica.MarkupSoup:     {"div div div div", "h1, h2, h3, h4, main, article, nav, header, footer, aside, p, ul, li, table, time, meta[property]"},
		replica.MarkupTheme:    {".container .row .col-lg-8, .breadcrumb, h2.entry-title", "article, main, time, font, script[type='application/ld+json']"},
		replica.MarkupTable:    {"table font, br, center", "h1, h2, p, article, main, div[class], span, [class]"},
	} {
		s := newSite(t, replica.Options{Markup: m, Weeks: 3})
		doc := parsed(t, ask(s, "/"+newestArticle(t, s).Path))
		for sel := range strings.SplitSeq(c.has, ", ") {
			if doc.Find(sel).Length() == 0 {
				t.Errorf("%s: no %s", m, sel)
			}
		}
		if n := doc.Find(c.lacks).Length(); n != 0 {
			t.Errorf("%s: %d elements of %s", m, n, c.lacks)
		}
	}
}

func TestSidebarComesFirstInTheTheme(t *testing.T) {
	s := newSite(t, replica.Options{Markup: replica.MarkupTheme, Weeks: 3})
	body := ask(s, "/"+newestArticle(t, s).Path).Body.Bytes()
	if bytes.Index(body, []byte("widget-situation")) > bytes.Index(body, []byte("entry-content")) {
		t.Error("the sidebar stands after the content")
	}
}

func TestPagesWeighLikeRealOnes(t *testing.T) {
	for _, m := range replica.Markups() {
		s := newSite(t, replica.Options{Markup: m, Weeks: 30})
		for _, path := range []string{"/", "/by/", "/analytics/security-issues/", "/" + newestArticle(t, s).Path} {
			if size := ask(s, path).Body.Len(); size < 20_000 || size > 60_000 {
				t.Errorf("%s, %s: %d bytes, want 20 to 60 kB", m, path, size)
			}
		}
	}
}

func TestCharsets(t *testing.T) {
	for name, c := range map[string]struct {
		opts         replica.Options
		edition      string
		header, meta string
	}{
		"utf-8":                   {replica.Options{}, "be", "text/html; charset=utf-8", "utf-8"},
		"table, en":               {replica.Options{Markup: replica.MarkupTable}, "en", "text/html; charset=utf-8", "utf-8"},
		"table, be, meta only":    {replica.Options{Markup: replica.MarkupTable}, "be", "text/html", "windows-1251"},
		"windows-1251 in header":  {replica.Options{Charset: replica.Charset1251Header}, "be", "text/html; charset=windows-1251", "windows-1251"},
		"wrong header":            {replica.Options{Charset: replica.CharsetWrongHeader}, "be", "text/html; charset=utf-8", "windows-1251"},
		"windows-1251 in meta":    {replica.Options{Charset: replica.Charset1251Meta}, "en", "text/html", "windows-1251"},
		"utf-8 in table on order": {replica.Options{Markup: replica.MarkupTable, Charset: replica.CharsetUTF8}, "be", "text/html; charset=utf-8", "utf-8"},
	} {
		c.opts.Weeks = 2
		s := newSite(t, c.opts)
		var a replica.Truth
		for _, a = range s.Articles() {
			if a.Edition == c.edition {
				break
			}
		}
		w := wantStatus(t, s, "/"+a.Path, http.StatusOK)
		if got := w.Header().Get("Content-Type"); got != c.header {
			t.Errorf("%s: Content-Type %q, want %q", name, got, c.header)
		}
		if !strings.Contains(strings.ToLower(w.Body.String()[:1500]), "charset="+c.meta) &&
			!strings.Contains(w.Body.String()[:1500], `charset="`+c.meta+`"`) {
			t.Errorf("%s: the page does not name %s", name, c.meta)
		}
		if !strings.Contains(visible(parsed(t, w)), folded(a.Lead)) {
			t.Errorf("%s: the lead cannot be read", name)
		}
	}
}

// The page that is known of the real site, in each markup: its words come out in its order.
func TestKnownArticleCanBeAdded(t *testing.T) {
	lines := strings.Split(shared(t, "site/article.txt"), "\n")
	var paragraphs []string
	for _, l := range lines[8:] {
		if strings.HasPrefix(l, "You have been") {
			break
		}
		if l != "" {
			paragraphs = append(paragraphs, l)
		}
	}
	for _, m := range replica.Markups() {
		s := newSite(t, replica.Options{Markup: m, Weeks: 3})
		a, err := s.Add(replica.Draft{
			SectionID: "security-issues", Week: day(2017, 12, 4), Headline: lines[4],
			Verdict: replica.VerdictBetter, Paragraphs: paragraphs,
		})
		if err != nil {
			t.Fatal(err)
		}
		if a.PeriodText != lines[1] || a.Section != lines[2] || a.TrendText != lines[6] || len(paragraphs) != 5 {
			t.Errorf("%s: %q, %q, %q, %d paragraphs", m, a.PeriodText, a.Section, a.TrendText, len(paragraphs))
		}
		checkOrder(t, visible(parsed(t, wantStatus(t, s, "/"+a.Path, http.StatusOK))), a)
	}
}

func TestRedesignChangesHashedClasses(t *testing.T) {
	s := newSite(t, replica.Options{Markup: replica.MarkupSoup, Weeks: 2})
	before := classes(parsed(t, ask(s, "/")))
	if err := s.Redesign(""); err != nil {
		t.Fatal(err)
	}
	for c := range classes(parsed(t, ask(s, "/"))) {
		if before[c] {
			t.Errorf("class %q survived the redesign", c)
		}
	}
	if err := s.Redesign("no-such"); err == nil {
		t.Error("an unknown markup was taken")
	}
	if err := s.Redesign(replica.MarkupTable); err != nil || parsed(t, ask(s, "/")).Find("font").Length() == 0 {
		t.Errorf("redesign to tables: %v", err)
	}
}
