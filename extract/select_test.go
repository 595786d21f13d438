package extract

import (
	"bytes"
	"strings"
	"testing"

	"infocus/extract/profile"
)

// withProfile makes an extractor with lines added to the built-in profile, or with words of it replaced.
func withProfile(t *testing.T, more string, replace ...string) *Extractor {
	t.Helper()
	p, _ := profile.Builtin(profile.Default)
	data := p.Bytes()
	for i := 0; i+1 < len(replace); i += 2 {
		if !bytes.Contains(data, []byte(replace[i])) {
			t.Fatalf("the profile has no %q", replace[i])
		}
		data = bytes.ReplaceAll(data, []byte(replace[i]), []byte(replace[i+1]))
	}
	p, err := profile.Parse("test", append(data, more...))
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(p, "")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const selectPage = `<html><head><title>Belarus in Focus</title></head><body>
<div class="teaser"><b>A line in bold that is no headline at all</b> <i>December 11 – December 17, 2017</i></div>
<div class="when">Week of December 4 – December 10, 2017, issue 40</div><div class="what">Army and police</div>
<div class="name">Army tests a new truck</div><div class="mark up"></div>
<div class="intro">Not the text: an introduction of the editors that is printed over every article of the site.</div>
<div class="copy">The truck was shown in Lida. It is said to be cheaper.<div class="more">Buy our book. It is about trucks, and about roads.</div>
<p>Observers were not invited. They came all the same.</p></div>
<p class="who">V. Kostyugova</p><p class="under">A truck on a road</p></body></html>`

func TestSelectorsOfAProfileAreAShortCut(t *testing.T) {
	e := withProfile(t, `
selectors: {period: .when, section: .what, headline: .name, body: .copy, byline: .who, caption: .under, chrome: ".more, .intro"}
verdict_references: [{contains: "mark up", trend: better}]
`)
	r := e.Explain(Page{URL: testBase + "/security-issues/army-tests-a-new-truck", Time: testTime(), Body: []byte(selectPage)})
	if r.Article == nil {
		t.Fatal(r.Reason)
	}
	want := Article{Edition: "en", Lang: "en", Section: "Army and police", SectionID: "security-issues", Headline: "Army tests a new truck",
		PeriodStart: "2017-12-04", PeriodEnd: "2017-12-10", PeriodText: "December 4 – December 10, 2017", Trend: "better",
		Authors: []string{"V. Kostyugova"}, Lead: "The truck was shown in Lida. It is said to be cheaper.",
		Body: "Observers were not invited. They came all the same.", Caption: "A truck on a road"}
	if got, want := asJSON(t, r.Article), asJSON(t, want); got != want {
		t.Error(differences(got, want))
	}
}

// TestEverySelectorAlone takes one field after the other from another place of a page than where it is found without selectors.
func TestEverySelectorAlone(t *testing.T) {
	const page = `<html><head><title>Army tests a new truck</title></head><body><div>` + usualPeriod + usualSection + usualTitle + usualVerdict + `</div>
<div class=dek>This is a sentence of the editors that stands over every article of the site.</div>
<div class=copy><p class=first>The truck was shown in Lida. It is said to be cheaper.</p><p>Observers were not invited. They came all the same.</p><p>The road was closed for two days, for all but them.</p></div>
<div class=end><p>Issue 12, December 11 – December 17, 2017</p><p>Weapons and men</p><h4>A truck for the army</h4><p>Trend of the week: The situation got worse, say the editors</p><p>V. Kostyugova</p><p>A truck on a road</p></div></body></html>`
	p := Page{URL: testBase + "/security-issues/army-tests-new-truck", Time: testTime(), Body: []byte(page)}
	plain := newTestExtractor(t).Extract(p).Article
	for _, c := range []struct {
		selector string
		change   func(a *Article)
	}{
		{"period: .end p", func(a *Article) {
			a.PeriodStart, a.PeriodEnd, a.PeriodText = "2017-12-11", "2017-12-17", "December 11 – December 17, 2017"
		}},
		{"section: '.end p:nth-child(2)'", func(a *Article) { a.Section = "Weapons and men" }},
		{"verdict: '.end p:nth-child(4)'", func(a *Article) { a.Trend, a.TrendText = "worse", "The situation got worse" }},
		{"byline: '.end p:nth-child(5)'", func(a *Article) { a.Authors = []string{"V. Kostyugova"} }},
		{"caption: '.end p:nth-child(6)'", func(a *Article) { a.Caption = "A truck on a road" }},
		{"lead: .first", func(a *Article) { a.Lead, a.Body, _ = strings.Cut(a.Body, "\n\n") }},
		{"body: .copy", func(a *Article) { a.Lead, a.Body, _ = strings.Cut(a.Body, "\n\n") }},
		{"body: .copy p", func(a *Article) { a.Lead, a.Body, _ = strings.Cut(a.Body, "\n\n") }},
		{"chrome: .dek", func(a *Article) { a.Lead, a.Body, _ = strings.Cut(a.Body, "\n\n") }},
	} {
		want := *plain
		c.change(&want)
		got := withProfile(t, "\nselectors: {"+c.selector+"}\n").Extract(p).Article
		if got, want := asJSON(t, got), asJSON(t, want); got != want {
			t.Errorf("%s: %s", c.selector, differences(got, want))
		}
	}
}

func TestSelectorsThatMatchNothingChangeNothing(t *testing.T) {
	plain := newTestExtractor(t)
	e := withProfile(t, "\nselectors: {period: .none, section: .none, headline: .none, body: .none, lead: .none, verdict: .none, byline: .none, caption: .none, chrome: .none}\n")
	for _, markup := range loadMarkups(t, "../testdata/pages/markups/*.html") {
		m := loadArticles(t, "../testdata/pages/articles/full.yaml")[0]
		p := Page{URL: testBase + m.Path, Time: testTime(), Body: []byte(m.wrap(t, markup))}
		if got, want := asJSON(t, e.Extract(p).Article), asJSON(t, plain.Extract(p).Article); got != want {
			t.Errorf("%s: %s", markup.Name(), differences(got, want))
		}
	}
}

func TestSelectorsThatMatchSomethingElseFallBack(t *testing.T) {
	plain := newTestExtractor(t)
	e := withProfile(t, "\nselectors: {period: h1, verdict: h1, body: nav}\n")
	for _, name := range []string{"semantic", "middle", "older"} {
		markup := loadMarkups(t, "../testdata/pages/markups/"+name+".html")[0]
		m := loadArticles(t, "../testdata/pages/articles/full.yaml")[0]
		p := Page{URL: testBase + m.Path, Time: testTime(), Body: []byte(m.wrap(t, markup))}
		if got, want := asJSON(t, e.Extract(p).Article), asJSON(t, plain.Extract(p).Article); got != want {
			t.Errorf("%s: %s", name, differences(got, want))
		}
	}
}
