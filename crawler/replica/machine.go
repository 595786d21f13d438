package replica

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	feedItems    = 20
	sitemapItems = 500
)

// machine answers the addresses that are for programs: robots.txt, feeds, sitemaps, assets.
func (s *Site) machine(rq *request) (answer, bool) {
	path := rq.URL.Path
	switch {
	case path == "/robots.txt":
		return s.robots(rq), true
	case rq.path == "feed" && !s.opts.NoFeed:
		return s.feed(rq), true
	case path == "/sitemap.xml" && s.opts.Sitemap:
		return s.sitemapIndex(rq), true
	case strings.HasPrefix(path, "/sitemap-") && strings.HasSuffix(path, ".xml") && s.opts.Sitemap:
		return s.sitemap(rq, strings.TrimSuffix(strings.TrimPrefix(path, "/sitemap-"), ".xml"))
	case path == "/favicon.ico", strings.HasPrefix(path, "/wp-content/"):
		return s.asset(path), true
	}
	return answer{}, false
}

func (s *Site) robots(rq *request) answer {
	r := s.opts.Robots
	a := answer{status: r.Status, page: PageRobots, contentType: "text/plain; charset=utf-8"}
	if a.status == 0 {
		a.status = http.StatusOK
	}
	if r.Body != "" {
		a.body = []byte(r.Body)
		return a
	}
	var b strings.Builder
	b.WriteString("User-agent: *\nDisallow: /wp-admin/\n")
	for _, d := range r.Disallow {
		fmt.Fprintf(&b, "Disallow: %s\n", d)
	}
	if r.CrawlDelay != "" {
		fmt.Fprintf(&b, "Crawl-delay: %s\n", r.CrawlDelay)
	}
	if r.Sitemap {
		fmt.Fprintf(&b, "\nSitemap: %s/sitemap.xml\n", rq.base)
	}
	a.body = []byte(b.String())
	return a
}

// rss and what stands in it.
type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Channel rssChannel
}

type rssChannel struct {
	XMLName     xml.Name  `xml:"channel"`
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Published   string `xml:"pubDate"`
	Category    string `xml:"category"`
	Description string `xml:"description"`
	GUID        string `xml:"guid"`
}

// feed is RSS 2.0 with the newest articles of an edition.
func (s *Site) feed(rq *request) answer {
	w := s.words.Editions[rq.edition]
	c := rssChannel{Title: w.Site, Link: rq.base + home(rq.edition), Description: w.Tagline}
	for _, a := range firstOf(s.listings[rq.edition], feedItems) {
		c.Items = append(c.Items, rssItem{
			Title: a.newest().draft.Headline, Link: rq.base + "/" + a.path + "/",
			Published: a.versions[0].modified.Format(time.RFC1123Z), GUID: rq.base + "/?p=" + strconv.Itoa(a.seq+1000),
			Category:    s.words.sectionName(a.edition, a.sectionID),
			Description: teaser(s.leadOf(a.newest()), 200),
		})
	}
	return xmlAnswer(PageFeed, "application/rss+xml; charset=UTF-8", rss{Version: "2.0", Channel: c})
}

// sitemapEntry is a url or a sitemap, see sitemaps.org, protocol 0.9.
type sitemapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

func (s *Site) sitemapIndex(rq *request) answer {
	var index struct {
		XMLName xml.Name       `xml:"sitemapindex"`
		Space   string         `xml:"xmlns,attr"`
		Maps    []sitemapEntry `xml:"sitemap"`
	}
	index.Space = sitemapSpace
	for _, edition := range []string{editionEn, editionBe} {
		for n := 0; n*sitemapItems < len(s.listings[edition]); n++ {
			newest := s.listings[edition][n*sitemapItems]
			index.Maps = append(index.Maps, sitemapEntry{
				Loc:     fmt.Sprintf("%s/sitemap-%s-%d.xml", rq.base, edition, n+1),
				LastMod: newest.newest().modified.Format(time.RFC3339),
			})
		}
	}
	return xmlAnswer(PageSitemap, "application/xml; charset=UTF-8", index)
}

// sitemap is one part, by its name: "en-1".
func (s *Site) sitemap(rq *request, name string) (answer, bool) {
	edition, number, _ := strings.Cut(name, "-")
	n, err := strconv.Atoi(number)
	list := s.listings[edition]
	if err != nil || n < 1 || (n-1)*sitemapItems >= len(list) || s.words.Editions[edition] == nil {
		return answer{}, false
	}
	var set struct {
		XMLName xml.Name       `xml:"urlset"`
		Space   string         `xml:"xmlns,attr"`
		URLs    []sitemapEntry `xml:"url"`
	}
	set.Space = sitemapSpace
	for _, a := range firstOf(list[(n-1)*sitemapItems:], sitemapItems) {
		set.URLs = append(set.URLs, sitemapEntry{rq.base + "/" + a.path + "/", a.newest().modified.Format(time.RFC3339)})
	}
	return xmlAnswer(PageSitemap, "application/xml; charset=UTF-8", set), true
}

func xmlAnswer(page Page, contentType string, value any) answer {
	a := answer{status: http.StatusOK, page: page, contentType: contentType}
	body, err := xml.MarshalIndent(value, "", "\t")
	if err != nil { // only values of this file come here
		a.status, body = http.StatusInternalServerError, []byte(err.Error())
	}
	a.body = append([]byte(xml.Header), append(body, '\n')...)
	return a
}

// asset answers for style sheets and pictures, which exist but hold next to nothing.
func (s *Site) asset(path string) answer {
	a := answer{status: http.StatusOK, page: PageAsset, contentType: "image/gif", body: []byte(
		"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\x21\xf9\x04\x01\x00\x00\x00\x00" +
			"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b")}
	switch {
	case strings.HasSuffix(path, ".css"):
		a.contentType, a.body = "text/css", []byte("body{margin:0}\n")
	case strings.HasSuffix(path, ".js"):
		a.contentType, a.body = "text/javascript", []byte("document.documentElement.className+=' js';\n")
	}
	a.modified = firstWeek()
	return a
}
