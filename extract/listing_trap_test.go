package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"infocus/extract"
)

// trapListings hold links inside and beside the items that are no articles; they too were written after the rules.
func trapListings() []markup {
	return []markup{
		{"tags and authors in each card", true, func(list []entry) string {
			var b strings.Builder
			for i, e := range list {
				fmt.Fprintf(&b, `<article><p>%s</p><h2><a href="%s">%s</a></h2><p>%s</p><p>By <a href="/author/valeria-maria-kostyugova/">Valeria Maria Kostyugova</a></p>
				<ul><li><a href="/tag/relations-of-belarus-and-its-neighbours-%d/">Relations of Belarus and its neighbours</a></li><li><a href="/tag/the-price-of-gas-and-oil/">The price of gas and oil today</a></li></ul></article>`, e.period, e.path, e.title, e.teaser, i)
			}
			return `<main>` + b.String() + `</main>`
		}},
		{"a slider that shows the first ones again", true, func(list []entry) string {
			var b strings.Builder
			b.WriteString(`<div class=slider>`)
			for _, e := range list[:3] {
				fmt.Fprintf(&b, `<div class=slide><a href="%s"><img src=1.jpg alt=""></a><div><a href="%s">%s</a></div></div>`, e.path, e.path, e.title)
			}
			b.WriteString(`</div><div class=list>`)
			for _, e := range list {
				fmt.Fprintf(&b, `<div class=row><div>%s</div><div><h3><a href="%s">%s</a></h3></div></div>`, e.period, e.path, e.title)
			}
			return b.String() + `</div>`
		}},
		{"the other edition beside each", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<div class=i><span>%s</span><h3><a href="%s">%s</a></h3><a href="/by%s">by</a></div>`, e.period, e.path, e.title, e.path)
			}
			return `<div>` + b.String() + `</div>`
		}},
		{"comments, sharing and months", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<div class=i><h3><a href="%[1]s">%[2]s</a></h3><small>%[3]s</small><a href="%[1]s#comments">3 comments on this article</a> <a href="https://facebook.com/sharer?u=%[1]s">Share on the big network</a></div>`, e.path, e.title, e.period)
			}
			return `<div><div>` + b.String() + `</div><div><ul><li><a href="/2024/03/">Archive of March 2024</a></li><li><a href="/2024/02/">Archive of February 2024</a></li></ul></div></div>`
		}},
		{"upcoming events above", true, func(list []entry) string {
			var b strings.Builder
			b.WriteString(`<div class=e><div><time>April 4, 2024</time><h3><a href="/meetings/one/">A meeting on the economy of the region</a></h3></div><div><time>April 11, 2024</time><h3><a href="/meetings/two/">A meeting on the schools of the region</a></h3></div></div><div class=n>`)
			for _, e := range list {
				fmt.Fprintf(&b, `<div><p>%s</p><h3><a href="%s">%s</a></h3></div>`, e.period, e.path, e.title)
			}
			return b.String() + `</div>`
		}},
		{"partners below", true, func(list []entry) string {
			return markups()[1].write(list) + `<div><h2>Partners and friends</h2><ul><li><a href="/partners/one/">Institute of Strategic Studies of the North</a></li><li><a href="/partners/two/">Centre for the Study of Small Towns</a></li><li><a href="/partners/three/">Foundation for a Better View of Things</a></li></ul></div>`
		}},
	}
}

func TestLinksInAndBesideItemsAreNoArticles(t *testing.T) {
	list := entries()
	for _, m := range trapListings() {
		t.Run(m.name, func(t *testing.T) {
			r := readAt(t, site+"/analytics/security-issues/", `<!doctype html><title>Security issues – Belarus in Focus</title>`+m.write(list))
			var got []string
			for _, l := range r.Links {
				if l.Role == extract.RoleArticle {
					got = append(got, line(l))
				}
			}
			if want := articleLines(list, m.dated); r.Kind != extract.KindListing || strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("kind %s\ngot:\n%s\nwant:\n%s", r.Kind, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}
