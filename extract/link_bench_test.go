package extract

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"infocus/extract/profile"
)

// benchListing is a listing as sites print them: menus, twenty cards, pages, a side box, a footer.
func benchListing() []byte {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang=en><head><meta charset=utf-8><title>Security issues – Belarus in Focus</title>`)
	for i := range 20 {
		fmt.Fprintf(&b, `<link rel="stylesheet" id="style-%d-css" href="https://belarusinfocus.pro/wp-content/themes/focus/css/part-%d.css?ver=6.4.3" type="text/css" media="all">`, i, i)
	}
	b.WriteString(`<script>window.settings={"a":1,"b":[1,2,3]};` + strings.Repeat("function f(){return 1};", 60) + `</script></head><body class="archive category"><header><nav><ul>`)
	for i := range 14 {
		fmt.Fprintf(&b, `<li class="menu-item menu-item-%d"><a href="https://belarusinfocus.pro/analytics/page-%d/" class="menu-link">Menu entry %d</a></li>`, i, i, i)
	}
	b.WriteString(`</ul></nav></header><main id="content" class="site-main"><h1>Security issues</h1><div class="grid">`)
	for i := range 20 {
		fmt.Fprintf(&b, `<article id="post-%[1]d" class="post-%[1]d post type-post status-publish card"><a class="thumb" href="https://belarusinfocus.pro/security-issues/headline-number-%[1]d-of-the-listing/"><img width="300" height="200" src="/wp-content/uploads/%[1]d.jpg" class="attachment" alt="" loading="lazy"></a>
<div class="meta"><span class="date">%[2]s</span><a href="/analytics/security-issues/" rel="category tag">Security issues</a></div><h2 class="entry-title"><a href="https://belarusinfocus.pro/security-issues/headline-number-%[1]d-of-the-listing/" rel="bookmark">Headline number %[1]d of the listing tells what happened</a></h2>
<div class="excerpt"><p>According to observers, the decision follows weeks of consultations in 2017-2020 and is unlikely to change the balance before summer, said Major-General Oleg.</p></div><a class="more" href="https://belarusinfocus.pro/security-issues/headline-number-%[1]d-of-the-listing/">Read more</a></article>`, i, benchWeek(i))
	}
	b.WriteString(`</div><div class="pagination"><span class="current">1</span><a href="?paged=2">2</a><a href="?paged=3">3</a><a href="?paged=2">Next</a></div></main><aside><h3>Situation in Belarus</h3><p>March 18 – March 24</p><a href="/analytics/">View all</a></aside>
<footer><ul><li><a href="/about-monitoring">About</a><li><a href="https://facebook.com/x">Facebook</a></ul></footer></body></html>`)
	return []byte(b.String())
}

// benchWeek is the period of the item at that place, as a listing prints it.
func benchWeek(i int) string {
	monday := time.Date(2024, 3, 18, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -7*i)
	return monday.Format("January 2 – ") + monday.AddDate(0, 0, 6).Format("January 2")
}

// benchArticle is an article's page with menus and similar articles.
func benchArticle() []byte {
	listing := string(benchListing())
	body := `<p>December 4 – December 10, 2017</p><p>Security issues</p><h1>Minsk develops cooperation with NATO and retains ties</h1><p>The situation has gotten better</p>` +
		strings.Repeat("<p>Amidst chill in political relations, Belarus and Russia continue to cooperate in the defence field, yet Minsk has not risked to use military cooperation – a bargaining chip – in 2017-2020 to put pressure on the Kremlin, said Major-General Oleg Voinov on December 8th.</p>\n", 12)
	i, j := strings.Index(listing, "<h1>"), strings.Index(listing, `<article id="post-5"`)
	return []byte(listing[:i] + body + "<h3>Similar articles</h3>" + listing[strings.Index(listing, `<div class="grid">`):j] + "</div></main></body></html>")
}

func BenchmarkLinks(b *testing.B) {
	p, _ := profile.Builtin(profile.Default)
	e, err := New(p, "")
	if err != nil {
		b.Fatal(err)
	}
	at := time.Date(2024, 3, 28, 0, 0, 0, 0, time.UTC)
	for name, page := range map[string]Page{
		"listing": {URL: "https://belarusinfocus.pro/analytics/security-issues/", Time: at, Body: benchListing()},
		"article": {URL: "https://belarusinfocus.pro/security-issues/minsk-develops/", Time: at, Body: benchArticle()},
	} {
		b.Run(name+"/parse", func(b *testing.B) {
			b.SetBytes(int64(len(page.Body)))
			for b.Loop() {
				if _, err := html.Parse(bytes.NewReader(page.Body)); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/whole", func(b *testing.B) {
			b.SetBytes(int64(len(page.Body)))
			for b.Loop() {
				if r := e.Extract(page); string(r.Kind) != name {
					b.Fatal(r.Kind, r.Reason)
				}
			}
		})
		b.Run(name+"/links", func(b *testing.B) {
			d, err := e.open(page)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				d.found = nil
				e.foreignKind(d)
				if links := e.links(d, Kind(name)); len(links) < 10 {
					b.Fatal(len(links))
				}
			}
		})
	}
}
