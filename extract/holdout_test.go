package extract

import (
	"strings"
	"testing"
	"text/template"
)

// TestArticlesInLaterMarkups is the same for markups that were written after the rules, to see what the rules are worth: none of
// them was looked at while the rules were made.
func TestArticlesInLaterMarkups(t *testing.T) {
	e := newTestExtractor(t)
	for _, markup := range laterMarkups(t) {
		for _, m := range loadArticles(t, "../testdata/pages/articles/*.yaml") {
			t.Run(markup.Name()+"/"+m.Name, func(t *testing.T) {
				want := m.want(t)
				adapt(markup.Name(), m, &want)
				if markup.Name() == "onecell" && m.Name == "rich" { // its list is typed by hand
					want.Body = strings.NewReplacer("The Greens", "- The Greens", "The Left", "- The Left", "Independent", "- Independent").Replace(want.Body)
				}
				compare(t, e, Page{URL: testBase + m.Path, Time: testTime(), ContentType: "text/html", Body: []byte(m.wrap(t, markup))}, want)
			})
		}
	}
}

// laterMarkups reads the sets that were written after the rules.
func laterMarkups(t testing.TB) []*template.Template {
	var all []*template.Template
	for _, set := range [...]string{"holdout", "third", "fourth"} {
		all = append(all, loadMarkups(t, "../testdata/pages/"+set+"/*.html")...)
	}
	return all
}

// allMarkups reads the markups of every set.
func allMarkups(t testing.TB) []*template.Template {
	return append(loadMarkups(t, "../testdata/pages/markups/*.html"), laterMarkups(t)...)
}
