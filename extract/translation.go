package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"infocus/extract/profile"
)

// addressURL is an address whose path begins at the site's root.
type addressURL = url.URL

// translations sets the same article in other editions: where a link named after an edition leads, or what the page gives as its
// alternates, as long as it looks like an article there and not like the edition's home or a listing.
func (r *reader) translations(a *Article) {
	for i := range r.d.rels {
		l := &r.d.rels[i]
		if l.hreflang != "" && strings.Contains(l.rel, "alternate") {
			r.translation(a, l.href, "alternate "+l.hreflang)
		}
	}
	for i := range r.d.anchors {
		l := &r.d.anchors[i]
		if r.namesEdition(l) {
			r.translation(a, l.href, "link "+r.d.anchorText(l))
		}
	}
}

// maxEditionName bounds the name of an edition, in bytes.
const maxEditionName = 48

// namesEdition says whether a link is named after an edition, in words, by its picture or by the language of its target.
func (r *reader) namesEdition(l *anchor) bool {
	if l.to-l.from > maxEditionName {
		return false
	}
	if _, ok := attribute(l.node, "hreflang"); ok {
		return true
	}
	for _, words := range [...]string{r.d.anchorText(l), titleOf(l.node)} {
		if len(words) > maxEditionName || !startsWith(r.e.editions, words) {
			continue
		}
		if m, ok := r.e.meaning(words); ok && m.Use.Has(profile.UseEdition) {
			return true
		}
	}
	return false
}

// titleOf gives the title of a link.
func titleOf(n *html.Node) string {
	title, _ := attribute(n, "title")
	return title
}

// translation adds the article that an address of another edition leads to.
func (r *reader) translation(a *Article, href, why string) {
	u, err := r.d.resolve(href)
	if err != nil {
		return
	}
	id, ok := r.e.idOf(u)
	local, _ := r.e.localURL(u)
	edition := r.e.profile.EditionAt(local).Code
	if !ok || id == r.id || edition == a.Edition || !r.e.looksLikeArticle(local) {
		return
	}
	for _, t := range a.Translations {
		if t.ID == id {
			return
		}
	}
	a.Translations = append(a.Translations, Translation{Edition: edition, ID: id})
	r.t.say("translations", id, why)
}

// looksLikeArticle says whether an address below the site's root may be an article: by the profile's rules or, where they say
// nothing, by a path of two segments.
func (e *Extractor) looksLikeArticle(u *addressURL) bool {
	switch e.profile.Shape(u) {
	case profile.ShapeArticle:
		return true
	case profile.ShapeUnknown:
		return firstSegment(u.Path, e.profile) != ""
	}
	return false
}
