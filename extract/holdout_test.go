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
	for _, markup := range append(loadMarkups(t, "testdata/holdout/*.html"), loadMarkups(t, "testdata/third/*.html")...) {
		for _, m := range loadArticles(t, "testdata/articles/*.yaml") {
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

// allMarkups reads the markups of every set.
func allMarkups(t testing.TB) []*template.Template {
	all := loadMarkups(t, "testdata/markups/*.html")
	all = append(all, loadMarkups(t, "testdata/holdout/*.html")...)
	return append(all, loadMarkups(t, "testdata/third/*.html")...)
}
