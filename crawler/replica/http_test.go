package replica_test

import (
	"compress/gzip"
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"infocus/crawler/replica"
)

func TestSameOptionsSameBytes(t *testing.T) {
	for _, m := range replica.Markups() {
		opts := replica.Options{Markup: m, Weeks: 6}
		one, two := newSite(t, opts), newSite(t, opts)
		opts.Seed = 9
		other := newSite(t, opts)
		path := "/" + newestArticle(t, one).Path
		for _, p := range []string{"/", "/by/", "/analytics/", "/analytics/security-issues/page/1", "/feed/", path} {
			first := ask(one, p).Body.String()
			if second := ask(one, p).Body.String(); second != first {
				t.Errorf("%s: %s differs between two answers", m, p)
			}
			if second := ask(two, p).Body.String(); second != first {
				t.Errorf("%s: %s differs between two sites of the same options", m, p)
			}
		}
		if ask(one, "/").Body.String() == ask(other, "/").Body.String() {
			t.Errorf("%s: another seed gave the same home page", m)
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	s := small(t)
	path := "/" + newestArticle(t, s).Path
	w := ask(s, path)
	tag, date := w.Header().Get("ETag"), w.Header().Get("Last-Modified")
	for name, c := range map[string]struct {
		how    replica.HTTP
		header []string
		want   int
	}{
		"the same tag":                {replica.HTTP{}, []string{"If-None-Match", tag}, 304},
		"one of several tags":         {replica.HTTP{}, []string{"If-None-Match", `"x", ` + tag}, 304},
		"another tag":                 {replica.HTTP{}, []string{"If-None-Match", `"x"`}, 200},
		"the same date":               {replica.HTTP{}, []string{"If-Modified-Since", date}, 304},
		"an older date":               {replica.HTTP{}, []string{"If-Modified-Since", "Mon, 04 Dec 2017 00:00:00 GMT"}, 200},
		"tag counts before date":      {replica.HTTP{}, []string{"If-None-Match", `"x"`, "If-Modified-Since", date}, 200},
		"weak tag":                    {replica.HTTP{ETag: replica.ETagWeak}, []string{"If-None-Match", "W/" + tag}, 304},
		"unstable tag":                {replica.HTTP{ETag: replica.ETagUnstable}, []string{"If-None-Match", tag}, 200},
		"no tags":                     {replica.HTTP{ETag: replica.ETagNone}, []string{"If-None-Match", tag}, 200},
		"no tags and no dates":        {replica.HTTP{ETag: replica.ETagNone, NoLastModified: true}, []string{"If-Modified-Since", date}, 200},
		"a nonce changes each answer": {replica.HTTP{Nonce: true}, []string{"If-None-Match", tag}, 200},
	} {
		s.SetHTTP(c.how)
		w := ask(s, path, c.header...)
		if w.Code != c.want || (w.Code == 304) != (w.Body.Len() == 0) {
			t.Errorf("%s: status %d with %d bytes, want %d", name, w.Code, w.Body.Len(), c.want)
		}
	}
	s.SetHTTP(replica.HTTP{ETag: replica.ETagNone, NoLastModified: true})
	if h := ask(s, path).Header(); h.Get("ETag") != "" || h.Get("Last-Modified") != "" {
		t.Errorf("switched off, and still there: %v", h)
	}
}

func TestCompressionAndLength(t *testing.T) {
	s := small(t)
	plain := ask(s, "/").Body.String()
	for name, c := range map[string]struct {
		how    replica.HTTP
		accept string
		zipped bool
		length bool
	}{
		"gzip where accepted": {replica.HTTP{}, "br, gzip;q=0.8", true, true},
		"not where refused":   {replica.HTTP{}, "gzip;q=0", false, true},
		"not where not asked": {replica.HTTP{}, "", false, true},
		"switched off":        {replica.HTTP{NoGzip: true}, "gzip", false, true},
		"chunked":             {replica.HTTP{Chunked: true, NoGzip: true}, "", false, false},
		"chunked and in gzip": {replica.HTTP{Chunked: true}, "gzip", true, false},
	} {
		s.SetHTTP(c.how)
		w := ask(s, "/", "Accept-Encoding", c.accept)
		body := w.Body.String()
		if length := w.Header().Get("Content-Length"); (length != "") != c.length || c.length && length != strconv.Itoa(len(body)) {
			t.Errorf("%s: Content-Length %q for %d bytes", name, length, len(body))
		}
		if zipped := w.Header().Get("Content-Encoding") == "gzip"; zipped != c.zipped {
			t.Fatalf("%s: gzip %t, want %t", name, zipped, c.zipped)
		}
		if c.zipped {
			body = unzip(t, body)
		}
		if body != plain {
			t.Errorf("%s: another body", name)
		}
	}
}

func unzip(t *testing.T, body string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestHeadHasNoBody(t *testing.T) {
	srv := start(t, replica.Options{Weeks: 2})
	req, _ := http.NewRequestWithContext(context.Background(), http.MethodHead, srv.URL()+"/", nil)
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.ContentLength < 10_000 {
		t.Errorf("HEAD: status %d, length %d", resp.StatusCode, resp.ContentLength)
	}
}

func TestHeadersOnOrder(t *testing.T) {
	s := newSite(t, replica.Options{Weeks: 2, HTTP: replica.HTTP{Header: http.Header{"X-Robots-Tag": {"noai"}, "tdm-reservation": {"1"}}}})
	if h := ask(s, "/").Header(); h.Get("X-Robots-Tag") != "noai" || h.Get("Tdm-Reservation") != "1" {
		t.Errorf("headers %v", h)
	}
}

func TestRobots(t *testing.T) {
	for name, c := range map[string]struct {
		robots replica.Robots
		status int
		body   string
	}{
		"default":  {replica.Robots{}, 200, "User-agent: *\nDisallow: /wp-admin/\n"},
		"all":      {replica.Robots{Disallow: []string{"/by/"}, CrawlDelay: "2", Sitemap: true}, 200, "User-agent: *\nDisallow: /wp-admin/\nDisallow: /by/\nCrawl-delay: 2\n\nSitemap: " + host + "/sitemap.xml\n"},
		"503":      {replica.Robots{Status: 503}, 503, ""},
		"verbatim": {replica.Robots{Body: "<html>no robots</html>"}, 200, "<html>no robots</html>"},
	} {
		s := newSite(t, replica.Options{Weeks: 1})
		s.SetRobots(c.robots)
		w := ask(s, "/robots.txt")
		if w.Code != c.status || c.body != "" && w.Body.String() != c.body {
			t.Errorf("%s: %d %q", name, w.Code, w.Body.String())
		}
	}
}

func TestSitemapNamesEveryArticle(t *testing.T) {
	s := newSite(t, replica.Options{Sitemap: true, Weeks: 80})
	type entries struct {
		Maps []struct {
			Loc string `xml:"loc"`
		} `xml:"sitemap"`
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	read := func(path string) (e entries) {
		if err := xml.Unmarshal(wantStatus(t, s, path, 200).Body.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		return e
	}
	found := map[string]bool{}
	for _, m := range read("/sitemap.xml").Maps {
		for _, u := range read(strings.TrimPrefix(m.Loc, host)).URLs {
			found[strings.Trim(strings.TrimPrefix(u.Loc, host), "/")] = true
		}
	}
	for _, a := range s.Articles() {
		if !found[a.Path] {
			t.Errorf("%s is in no sitemap", a.Path)
		}
	}
	wantStatus(t, newSite(t, replica.Options{Weeks: 1}), "/sitemap.xml", 404)
}

func TestFeedHasTheNewest(t *testing.T) {
	s := small(t)
	var feed struct {
		Items []struct {
			Link string `xml:"link"`
		} `xml:"channel>item"`
	}
	if err := xml.Unmarshal(wantStatus(t, s, "/by/feed/", 200).Body.Bytes(), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Items) != 20 || !strings.HasPrefix(feed.Items[0].Link, host+"/by/") {
		t.Errorf("feed %+v", feed)
	}
	wantStatus(t, newSite(t, replica.Options{Weeks: 1, NoFeed: true}), "/feed/", 404)
}

func TestOtherPages(t *testing.T) {
	s := small(t)
	for path, want := range map[string]int{
		"/about-monitoring": 200, "/by/about-monitoring/": 200, "/belarusian-expert-analytical-club/": 200,
		"/belarusian-expert-analytical-club/has-the-situation-got-worse": 200, "/belarusian-expert-analytical-club/none": 404,
		"/wp-login.php": 200, "/favicon.ico": 200, "/wp-content/themes/x/style.css": 200, "/no-such-page": 404,
		"/security-issues/no-such-article": 404, "/analytics/no-such-section/": 404, "/analytics/kiruyuchy-klas/": 404, "/situation/": 404,
	} {
		wantStatus(t, s, path, want)
	}
}

func TestAbsoluteAddressesFollowPublicURL(t *testing.T) {
	s := newSite(t, replica.Options{Weeks: 2, PublicURL: "https://belarusinfocus.pro"})
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:9/", nil)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	if body := w.Body.String(); strings.Contains(body, "127.0.0.1") || !strings.Contains(body, `href="https://belarusinfocus.pro/analytics/"`) {
		t.Error("the public address is not the one printed")
	}
}

func TestCacheGivesTheSameBytes(t *testing.T) {
	plain, cached := small(t), newSite(t, replica.Options{Weeks: 20, PageSize: 6, CacheBytes: 1 << 20})
	a := newestArticle(t, plain)
	for range 2 {
		for _, path := range []string{"/", "/analytics/security-issues/", "/" + a.Path, "/none"} {
			p, c := ask(plain, path), ask(cached, path)
			if p.Code != c.Code || p.Body.String() != c.Body.String() || p.Header().Get("ETag") != c.Header().Get("ETag") {
				t.Errorf("%s differs when it comes from the cache", path)
			}
		}
	}
	if _, err := cached.Edit(a.Path, func(d *replica.Draft) { d.Headline = "Another headline" }); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(ask(cached, "/"+a.Path).Body.String(), "Another headline") {
		t.Error("the cache outlived an edit")
	}
}

func TestScaleGivesEnoughPages(t *testing.T) {
	for _, n := range []int{40, 1000, 10_000} {
		if got := newSite(t, replica.Scale(n)).Count(); got < n || got > n+n/5+10 {
			t.Errorf("Scale(%d) gives %d articles", n, got)
		}
	}
}
