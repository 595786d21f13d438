package extract_test

import (
	"bytes"
	"compress/gzip"
	"slices"
	"strings"
	"testing"
	"time"

	"infocus/extract"
)

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSitemapsAndTheirIndexes(t *testing.T) {
	const one = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="x.xsl"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://a.org/1?x=1&amp;y=2 </loc><lastmod>2024-03-01T10:00:00+03:00</lastmod><image:image><image:loc>https://a.org/i.jpg</image:loc></image:image></url>
<url><image:image><image:loc>https://a.org/j.jpg</image:loc></image:image><loc><![CDATA[https://a.org/2]]></loc><lastmod>2024-03-02</lastmod></url>
<url><loc></loc></url>
<url><loc>https://a.org/3</loc><lastmod>soon</lastmod></url>
</urlset>`
	entries, index, err := extract.Sitemap([]byte(one))
	if err != nil || index || len(entries) != 3 {
		t.Fatalf("got %v %v %v", entries, index, err)
	}
	want := []string{"https://a.org/1?x=1&y=2 2024-03-01 07:00", "https://a.org/2 2024-03-02 00:00", "https://a.org/3 0001-01-01 00:00"}
	for i, e := range entries {
		if got := e.Loc + e.LastMod.Format(" 2006-01-02 15:04"); got != want[i] {
			t.Errorf("got %s, want %s", got, want[i])
		}
	}
	if zipped, _, err := extract.Sitemap(gzipped(t, one)); err != nil || !slices.Equal(zipped, entries) {
		t.Errorf("in a gzip file: %v %v, want %v", zipped, err, entries)
	}
	entries, index, err = extract.Sitemap([]byte("\xef\xbb\xbf\n<sitemapindex><sitemap><loc>https://a.org/s.xml.gz</loc></sitemap></sitemapindex>"))
	if err != nil || !index || len(entries) != 1 || entries[0].Loc != "https://a.org/s.xml.gz" {
		t.Errorf("got %v %v %v", entries, index, err)
	}
}

func TestBrokenSitemaps(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		n    int
		want string
	}{
		"empty":     {"", 0, "no XML element"},
		"a page":    {"<!doctype html><html><body>Not found</body></html>", 0, "<html>"},
		"a feed":    {"<rss><channel/></rss>", 0, "<rss>"},
		"cut short": {"<urlset><url><loc>https://a.org/1</loc></url><url><loc>https://a.o", 1, ""},
		"bomb":      {`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>https://a.org/&b;</loc></url></urlset>`, 1, "-"},
		"too many":  {"<urlset>" + strings.Repeat("<url><loc>https://a.org/</loc></url>", 50001) + "</urlset>", 50000, "more than 50000"},
		"deep":      {"<urlset>" + strings.Repeat("<a>", 100_000), 0, ""},
	} {
		entries, _, err := extract.Sitemap([]byte(c.body))
		if len(entries) != c.n || c.want != "-" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %d entries, %v", name, len(entries), err)
		}
		for _, e := range entries {
			if len(e.Loc) > 100 {
				t.Errorf("%s: an address of %d bytes", name, len(e.Loc))
			}
		}
	}
}

func TestFeedsOfEveryKind(t *testing.T) {
	feeds := map[string]string{
		"RSS 2": `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
			<channel><title>Site</title><link>https://a.org/</link><atom:link href="https://a.org/feed/" rel="self"/>
			<item><title>One &amp; <![CDATA[two]]></title><link>https://a.org/1</link><guid isPermaLink="false">17</guid><pubDate>Mon, 04 Mar 2024 10:00:00 +0300</pubDate>
			<description>&lt;p&gt;x &nbsp; y&lt;/p&gt;</description></item></channel></rss>`,
		"RSS with guid alone": `<rss><channel><item><title>One & two</title><guid>https://a.org/1</guid><pubDate>Mon, 4 Mar 2024 07:00:00 GMT</pubDate></item></channel></rss>`,
		"RSS 1": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<channel rdf:about="https://a.org/"><title>Site</title></channel><item rdf:about="https://a.org/1"><title>One &amp; two</title><dc:date>2024-03-04T07:00:00Z</dc:date></item></rdf:RDF>`,
		"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>Site</title><link href="https://a.org/"/><entry><title type="html">One &amp;
			two</title><link rel="replies" href="https://a.org/1/comments"/><link rel="alternate" href="https://a.org/1"/><author><name>N</name></author>
			<updated>2024-03-05T00:00:00Z</updated><published>2024-03-04T10:00:00+03:00</published></entry></feed>`,
		"windows-1251": "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><item><title>One &amp; two</title><category>\xcd\xce\xc2</category><link>https://a.org/1</link><pubDate>Mon, 4 Mar 2024 10:00:00 +0300</pubDate></item></channel></rss>",
	}
	for name, body := range feeds {
		items, err := extract.Feed([]byte(body))
		if err != nil || len(items) != 1 {
			t.Errorf("%s: %v %v", name, items, err)
			continue
		}
		want := extract.FeedItem{URL: "https://a.org/1", Title: "One & two", Published: time.Date(2024, 3, 4, 7, 0, 0, 0, time.UTC)}
		if items[0] != want {
			t.Errorf("%s: got %v", name, items[0])
		}
	}
	for _, body := range []string{"", "{}", "<html></html>", "<rss><channel><item>"} {
		if _, err := extract.Feed([]byte(body)); err == nil {
			t.Errorf("%q was taken for a feed", body)
		}
	}
}

func FuzzSitemapAndFeed(f *testing.F) {
	f.Add("<urlset><url><loc>a</loc></url></urlset>")
	f.Add("<rss><channel><item><link>a</link></item></channel></rss>")
	f.Add("<feed><entry><link href='a'/><title>&eacute;&#x41;</title></entry></feed>")
	f.Fuzz(func(t *testing.T, body string) {
		entries, _, _ := extract.Sitemap([]byte(body))
		items, _ := extract.Feed([]byte(body))
		if n := len(entries) + len(items); n > len(body) {
			t.Fatalf("%d entries of %d bytes", n, len(body))
		}
	})
}
