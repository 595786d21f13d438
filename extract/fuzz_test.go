package extract

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FuzzExtract feeds foreign bytes: no page may panic, give two results, or give text that is not UTF-8 in NFC.
func FuzzExtract(f *testing.F) {
	articles := loadArticles(f, "../testdata/pages/articles/*.yaml")
	for i, markup := range allMarkups(f) {
		m := articles[i%len(articles)]
		f.Add([]byte(m.wrap(f, markup)), m.Path, "text/html")
	}
	for _, page := range oddPages() {
		f.Add([]byte(page), "/security-issues/odd", "text/html; charset=windows-1251")
	}
	e := newTestExtractor(f)
	f.Fuzz(func(t *testing.T, body []byte, path, contentType string) {
		p := Page{URL: testBase + path, Time: testTime(), ContentType: contentType, Body: body}
		r := e.Extract(p)
		if again := e.Extract(p); !reflect.DeepEqual(r, again) {
			t.Fatalf("two results of one page:\n%s\n%s", asJSON(t, r), asJSON(t, again))
		}
		if (r.Kind == KindArticle) != (r.Article != nil) {
			t.Fatalf("kind %s with article %v", r.Kind, r.Article != nil)
		}
		if r.Article != nil {
			checkArticle(t, r.Article)
		}
	})
}

// checkArticle checks what holds for every article.
func checkArticle(t *testing.T, a *Article) {
	if a.Headline == "" || a.Lead == "" {
		t.Errorf("an article without headline or lead: %s", asJSON(t, a))
	}
	for _, s := range append([]string{a.Headline, a.Lead, a.Body, a.Section, a.Caption, a.PeriodText, a.TrendText, a.Lang}, a.Authors...) {
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
			t.Errorf("not UTF-8 in NFC: %q", s)
		}
		if s != strings.TrimSpace(s) || strings.Contains(s, "  ") || strings.ContainsAny(s, "\r\t\x00\u00ad\u200b") {
			t.Errorf("white space is not folded: %q", s)
		}
	}
	for p := range strings.SplitSeq(a.Body, "\n\n") {
		if a.Body != "" && (p == "" || strings.Contains(p, "\n")) {
			t.Errorf("bad paragraph in %q", a.Body)
		}
	}
}

// oddPages are pages that have broken a reader before, or might.
func oddPages() []string {
	return []string{
		"", "<", "<!--", "<p>", "\x00", "<html><body>" + strings.Repeat("<div>", 600),
		strings.Repeat("<b>", 200) + "text" + strings.Repeat("<p>", 200),
		"<table><tr><td><table><tr><td>" + strings.Repeat("<td>x", 100),
		"<p>December 4 – December 10, 2017<p>Security issues<h1>A</h1>",
		"<svg><title>The situation got worse</title></svg><math><mi>x</mi></math>",
		"<a href='" + strings.Repeat("x", 5000) + "'>a b c d e f g h</a>",
		"<base href='::'><a href='http://[::1'>x y z a b c d e f</a>",
		"<p>" + strings.Repeat("й", 300), "<p>у\u0306\u0306\u0306</p>", "<title></title><h1></h1><p></p>",
		"<p><span>December 4 – December 10, 2017</span><span>Security issues</span><span>The situation got worse</span><span>Lead.</span></p>",
		"<frameset><frame></frameset>", "<template><p>x</p></template><select><option>y",
		"<script type='application/ld+json'>[[[[[[{\"@type\":\"Article\",\"headline\":3}]]]]]]</script>",
	}
}
