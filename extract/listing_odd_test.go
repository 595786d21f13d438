package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"infocus/extract"
)

// oddListings are markups written after the rules, to see what the rules miss. Each writes the entries in its own way.
func oddListings() []markup {
	return []markup{
		{"weeks as headings", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<section><h2>%s</h2><ol><li><small>%s</small> <a href="%s">%s</a></li></ol></section>`, e.period, e.section, e.path, e.title)
			}
			return "<div>" + b.String() + "</div>"
		}},
		{"a timeline of two sides", true, func(list []entry) string {
			var b strings.Builder
			for i, e := range list {
				if i%2 == 0 {
					fmt.Fprintf(&b, `<div class=l><div><em>%s</em></div><div><div><strong><a href="%s">%s</a></strong></div></div></div>`, e.period, e.path, e.title)
				} else {
					fmt.Fprintf(&b, `<div class=r><p><a href="%s">%s</a></p><p>%s</p></div>`, e.path, e.title, e.period)
				}
			}
			return `<div class=t>` + b.String() + `</div>`
		}},
		{"folded sections", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<details><summary>%s</summary><p><a href="%s">%s</a></p></details>`, e.period, e.path, e.title)
			}
			return b.String()
		}},
		{"one paragraph with bars", false, func(list []entry) string {
			var links []string
			for _, e := range list {
				links = append(links, `<a href="`+e.path+`">`+e.title+`</a>`)
			}
			return `<p>` + strings.Join(links, " | ") + `</p>`
		}},
		{"a hero, a grid and a short list", true, func(list []entry) string {
			var b strings.Builder
			for i, e := range list {
				switch {
				case i == 0:
					fmt.Fprintf(&b, `<section class=hero><a href=%q><img alt="" src=1.jpg></a><div><p>%s</p><h1><a href="%s">%s</a></h1><p>%s</p></div></section><section class=grid>`, e.path, e.period, e.path, e.title, e.teaser)
				case i < 4:
					fmt.Fprintf(&b, `<div><a href="%s"><h3>%s</h3></a><span>%s</span></div>`, e.path, e.title, e.period)
				case i == 4:
					b.WriteString(`</section><ul>`)
					fallthrough
				default:
					fmt.Fprintf(&b, `<li><a href="%s">%s</a> <i>%s</i>`, e.path, e.title, e.period)
				}
			}
			return b.String() + `</ul>`
		}},
		{"stretched links without words", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<div class=card><h3>%s</h3><p>%s</p><a class=stretched href=%q aria-label=%q></a></div>`, e.title, e.period, e.path, e.title)
			}
			return `<div class=cards>` + b.String() + `</div>`
		}},
		{"headlines that are no links", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<div class=post><h3>%s</h3><p class=d>%s</p><p>%s</p><a href="%s">Read more</a></div>`, e.title, e.period, e.teaser, e.path)
			}
			return `<div id=posts>` + b.String() + `</div>`
		}},
		{"font and rules", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<font size=2><b>%s</b>: <a href="%s">%s</a> (%s)</font><hr>`, e.section, e.path, e.title, e.period)
			}
			return `<center>` + b.String() + `</center>`
		}},
		{"the week inside the link", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<p><a href="%s">%s: %s</a></p>`, e.path, e.period, e.title)
			}
			return b.String()
		}},
		{"custom elements", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<x-card><x-meta>%s</x-meta><a href="%s"><x-title>%s</x-title></a></x-card>`, e.period, e.path, e.title)
			}
			return `<x-app><x-list>` + b.String() + `</x-list></x-app>`
		}},
		{"rows of a table, two a row of the list", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<tr><td colspan=2><a href="%s">%s</a></td></tr><tr><td>%s</td><td align=right>%s</td></tr><tr><td colspan=2 height=8></td></tr>`, e.path, e.title, e.period, e.section)
			}
			return `<table>` + b.String() + `</table>`
		}},
		{"a picture and its words", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<figure><a href="%s"><img src=a.jpg alt=%q></a><figcaption>%s</figcaption></figure>`, e.path, e.title, e.period)
			}
			return `<div>` + b.String() + `</div>`
		}},
	}
}

func TestOddListingsGiveTheirArticles(t *testing.T) {
	list := entries()
	for _, m := range oddListings() {
		t.Run(m.name, func(t *testing.T) {
			page := `<!doctype html><title>Security issues – Belarus in Focus</title><div><a href="/">Belarus in Focus</a> <a href="/by/">by</a></div><div><a href="/analytics/">Analytics</a><a href="/about-monitoring">About the monitoring project</a></div>` +
				m.write(list) + `<div><a href="?paged=2">Older</a></div><div>Situation in Belarus</div><div>March 18 – March 24</div><a href="/analytics/">View all</a>`
			r := readAt(t, site+"/analytics/security-issues/", page)
			if r.Kind != extract.KindListing {
				t.Fatalf("kind %s: %s", r.Kind, r.Reason)
			}
			want := append([]string{"listing /", "edition /by/", "view-all /analytics/"}, "maybe /about-monitoring")
			want = append(want, articleLines(list, m.dated)...)
			want = append(want, "page /analytics/security-issues/?paged=2 p2")
			wantLines(t, r, want...)
		})
	}
}
