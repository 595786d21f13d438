package extract

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// pageOf wraps the lines of a head and a text of two paragraphs in plain markup.
func pageOf(head string) string {
	return `<html><head><title>Army tests a new truck - Belarus in Focus</title></head><body><main>` + head +
		`<p>The truck was shown in Lida. It is said to be cheaper than the one it follows.</p>
<p>Observers were not invited, but they came. The road was closed for two days.</p></main></body></html>`
}

// usual are the lines of a head.
const (
	usualPeriod  = "<p>December 4 – December 10, 2017</p>"
	usualSection = "<p>Security issues</p>"
	usualTitle   = "<h1>Army tests a new truck</h1>"
	usualVerdict = "<p>The situation has not changed</p>"
)

// read extracts a page of the usual address.
func read(t *testing.T, page string) *Article {
	t.Helper()
	r := newTestExtractor(t).Extract(Page{URL: testBase + "/security-issues/army-tests-new-truck", Time: testTime(), Body: []byte(page)})
	if r.Article == nil {
		t.Fatalf("kind %s: %s", r.Kind, r.Reason)
	}
	return r.Article
}

func TestVerdictsAreFoundHoweverTheyAreWritten(t *testing.T) {
	for _, c := range []struct{ name, line, trend, words string }{
		{"as printed", "<p>The situation has not changed</p>", "unchanged", "The situation has not changed"},
		{"capitals", "<p>THE SITUATION HAS GOTTEN BETTER</p>", "better", "THE SITUATION HAS GOTTEN BETTER"},
		{"in brackets behind a dash", "<div>- (The situation has improved)</div>", "better", "The situation has improved"},
		{"behind a label in brackets", "<div>Category status: – (The situation has improved).</div>", "better", "The situation has improved"},
		{"label in a box of its own", "<div><b>Category status:</b> <i>The situation got worse</i></div>", "worse", "The situation got worse"},
		{"parted by elements and hard spaces", "<p>The&nbsp;<b>situation</b> got<i> worse</i>!</p>", "worse", "The situation got worse"},
		{"of the other edition", "<p>Сітуацыя пагоршылася</p>", "worse", "Сітуацыя пагоршылася"},
		{"alt of a picture", `<img src=x alt="The situation has gotten better">`, "better", "The situation has gotten better"},
		{"title of an icon", `<i class=x title="The situation got worse"></i>`, "worse", "The situation got worse"},
		{"title of a drawing", `<svg><title>The situation got worse</title></svg>`, "worse", "The situation got worse"},
		{"in an aside", `<aside style="background:#fee">The situation got worse</aside>`, "worse", "The situation got worse"},
		{"none", "", "", ""},
		{"a legend of three is none", `<ul><li>The situation has gotten better</li><li>The situation has not changed</li><li>The situation got worse</li></ul>`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := read(t, pageOf(usualPeriod+usualSection+usualTitle+c.line))
			if a.Trend != c.trend || a.TrendText != c.words {
				t.Errorf("%q, %q; want %q, %q", a.Trend, a.TrendText, c.trend, c.words)
			}
			if slices.Contains(a.Warnings, WarnNoTrend) != (c.trend == "") {
				t.Errorf("warnings %v", a.Warnings)
			}
		})
	}
}

func TestPeriodsOfAnArticlePage(t *testing.T) {
	for _, c := range []struct{ name, line, start, end, text, warning string }{
		{"printed whole", usualPeriod, "2017-12-04", "2017-12-10", "December 4 – December 10, 2017", ""},
		{"behind a label", "<p>Week: December 4 – December 10, 2017</p>", "2017-12-04", "2017-12-10", "December 4 – December 10, 2017", ""},
		{"no year", "<p>January 12 – January 18</p>", "2026-01-12", "2026-01-18", "January 12 – January 18", "period-year-guessed"},
		{"no year, a week that is another weekday this year", "<p>December 4 – December 10</p>", "2023-12-04", "2023-12-10", "December 4 – December 10", "period-year-guessed"},
		{"no week", "<p>December 5 – December 9, 2017</p>", "2017-12-05", "2017-12-09", "December 5 – December 9, 2017", "period-not-a-week"},
		{"a time stamp is none", "<p>December 4, 2017 18:44</p>", "", "", "", WarnNoPeriod},
		{"the sidebar's is none", `<div><h3>Situation in Belarus</h3><p>March 18 – March 24, 2024</p><p><a href="/analytics/">View all</a></p></div>`, "", "", "", WarnNoPeriod},
		{"none", "", "", "", "", WarnNoPeriod},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := read(t, pageOf(c.line+usualSection+usualTitle+usualVerdict))
			if a.PeriodStart != c.start || a.PeriodEnd != c.end || a.PeriodText != c.text {
				t.Errorf("%s – %s, %q", a.PeriodStart, a.PeriodEnd, a.PeriodText)
			}
			if c.warning == "" && len(a.Warnings) > 0 || c.warning != "" && !slices.Contains(a.Warnings, c.warning) {
				t.Errorf("warnings %v, want %q", a.Warnings, c.warning)
			}
		})
	}
}

func TestTheYearOfAnUndatedPeriodComesFromThePublicationWhereThePageTellsIt(t *testing.T) {
	page := strings.Replace(pageOf("<p>December 4 – December 10</p>"+usualSection+usualTitle+usualVerdict), "</head>",
		`<script type="application/ld+json">{"@graph":[{"@type":"Article","datePublished":"2017-12-12T10:00:00+03:00"}]}</script></head>`, 1)
	if a := read(t, page); a.PeriodStart != "2017-12-04" {
		t.Errorf("start %s", a.PeriodStart)
	}
	r := newTestExtractor(t).Extract(Page{URL: testBase + "/security-issues/x", Time: time.Time{}, Body: []byte(page)})
	if r.Article == nil || r.Article.PeriodStart != "2017-12-04" {
		t.Error("no capture time: ", r.Reason)
	}
}

func TestBylines(t *testing.T) {
	for line, want := range map[string][]string{
		"<p>By Valeria Kostyugova</p>":                     {"Valeria Kostyugova"},
		"<p>By <a href=/x>Valeria Kostyugova</a></p>":      {"Valeria Kostyugova"},
		"<p>By Valeria Kostyugova and Piotr Rudkouski</p>": {"Valeria Kostyugova", "Piotr Rudkouski"},
		"<p>By A. Novik, B. Kavalenka &amp; C. Zhuk</p>":   {"A. Novik", "B. Kavalenka", "C. Zhuk"},
		"<p>Аўтар: Алесь Карповіч</p>":                     {"Алесь Карповіч"},
		"<dl><dt>Author</dt><dd>Alena Novik</dd></dl>":     {"Alena Novik"},
		"<dl><dt>By</dt><dd>By Alena Novik</dd></dl>":      {"Alena Novik"},
		"<p><a href=/by/kiruyuchy-klas/x>by</a></p>":       nil,
		"<p>By contrast with last year:</p>":               nil,
		"":                                                 nil,
	} {
		if a := read(t, pageOf(usualPeriod+usualSection+usualTitle+usualVerdict+line)); !slices.Equal(a.Authors, want) {
			t.Errorf("%s: %q, want %q", line, a.Authors, want)
		}
	}
}

func TestSectionLines(t *testing.T) {
	for _, c := range []struct{ name, line, want, warning string }{
		{"known", usualSection, "Security issues", ""},
		{"capitals as printed", "<p>SECURITY ISSUES</p>", "SECURITY ISSUES", ""},
		{"behind a label", "<p>Section: Security issues</p>", "Security issues", ""},
		{"another than the address names", "<p>The ruling elite</p>", "The ruling elite", WarnSectionElsewhere},
		{"unknown words in its place", "<p>Зброя і людзі</p>", "Зброя і людзі", WarnSectionGuessed},
		{"a name in its place", "<p>Valeria Kostyugova</p>", "", WarnNoSection},
		{"in a trail of links only", "<ul><li><a href=/>Home</a></li><li><a href=/analytics/>Analytics</a></li><li><a href=/analytics/security-issues/>Security issues</a></li></ul>", "", WarnNoSection},
		{"in a menu only", "<div><a href=/a>The ruling elite</a></div><div>Security issues</div><div><a href=/c>Belarus-West relations</a></div>", "", WarnNoSection},
		{"none", "", "", WarnNoSection},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := read(t, pageOf(usualPeriod+c.line+usualTitle+usualVerdict))
			if a.Section != c.want || a.SectionID != "security-issues" {
				t.Errorf("%q in %q", a.Section, a.SectionID)
			}
			if c.warning == "" && len(a.Warnings) > 0 || c.warning != "" && !slices.Contains(a.Warnings, c.warning) {
				t.Errorf("warnings %v, want %q", a.Warnings, c.warning)
			}
		})
	}
}

func TestCaptions(t *testing.T) {
	for _, c := range []struct{ name, lines, want string }{
		{"credit on a line", "<p>photo: elements.envato.com</p>", "photo: elements.envato.com"},
		{"credit behind words", "<p>Паркавая лаўка. Фота: president.gov.by</p>", "Паркавая лаўка. Фота: president.gov.by"},
		{"caption of a figure", "<figure><img src=a><figcaption>A truck on a road</figcaption></figure>", "A truck on a road"},
		{"the headline is none", "<figure><img src=a alt='Army tests a new truck'><figcaption>Army tests a new truck</figcaption></figure>", ""},
		{"the credit behind the headline", "<figure><img src=a><figcaption>Army tests a new truck. Фото: serhii nuzhnenko</figcaption></figure>", "Фото: serhii nuzhnenko"},
		{"credit as words for a picture", "<img src=a alt='photo: elements.envato.com'>", "photo: elements.envato.com"},
		{"a trail of links with pictures between is none", "<div><a href=/>Home</a> <img src=a> <a href=/analytics>Analytics</a> <img src=a> Army tests a new truck</div>", ""},
		{"words under a picture", "<div><img src=a><div>A truck on a road</div></div>", "A truck on a road"},
		{"none", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := read(t, pageOf(usualPeriod+usualSection+usualTitle+usualVerdict+c.lines))
			if a.Caption != c.want {
				t.Errorf("caption %q, want %q", a.Caption, c.want)
			}
			if !strings.HasPrefix(a.Lead, "The truck was shown") || !strings.HasPrefix(a.Body, "Observers") {
				t.Errorf("lead %q, body %q", a.Lead, a.Body)
			}
		})
	}
}

func TestLinksOfTheText(t *testing.T) {
	page := `<html><head><title>Army tests a new truck</title><base href="https://belarusinfocus.pro/deep/"></head><body><a href="/chrome">Home page of it</a>` +
		usualPeriod + usualSection + usualTitle + usualVerdict + `
<p>The <a href="https://a.example/x?b=1&amp;c=2#d">truck</a> was shown <a href="rel">in Lida</a>. It is <a href="#n1">said</a> to be <a href="mailto:x@y.example">cheaper</a>.</p>
<p>Observers <a href="//b.example/y">were</a> not <a href="https://a.example/x?b=1&amp;c=2#d">invited</a>, but <a href="javascript:void(0)">they</a> <a href="http://c.example/ж">came</a>.</p>
<p><a href="https://facebook.com/share">Facebook</a></p></body></html>`
	a := read(t, page)
	want := []string{"https://a.example/x?b=1&c=2#d", "https://belarusinfocus.pro/deep/rel", "https://b.example/y", "http://c.example/%D0%B6"}
	if !slices.Equal(a.Links, want) {
		t.Errorf("got  %q\nwant %q", a.Links, want)
	}
}

func TestTranslationsLookLikeArticles(t *testing.T) {
	for _, c := range []struct{ name, link, want string }{
		{"the link named by", `<a href="/by/kiruyuchy-klas/armiya-pravyarae">by</a>`, "be belarusinfocus/by/kiruyuchy-klas/armiya-pravyarae"},
		{"a longer name", `<a href="/by/pytanni-byaspeki/armiya/">BE/RU</a>`, "be belarusinfocus/by/pytanni-byaspeki/armiya"},
		{"a flag", `<a href="/by/pytanni-byaspeki/armiya/"><img src=f alt="BE"></a>`, "be belarusinfocus/by/pytanni-byaspeki/armiya"},
		{"the edition's home is none", `<a href="/by/">by</a>`, ""},
		{"a listing is none", `<a href="/by/analytics/kiruyuchy-klas/">by</a>`, ""},
		{"the same edition is none", `<a href="/security-issues/another-article">EN</a>`, ""},
		{"any other link is none", `<a href="/by/kiruyuchy-klas/armiya-pravyarae">Армія правярае новы грузавік</a>`, ""},
		{"another site is none", `<a href="https://example.org/by/kiruyuchy-klas/armiya">by</a>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, tr := range read(t, pageOf(c.link+usualPeriod+usualSection+usualTitle+usualVerdict)).Translations {
				got += tr.Edition + " " + tr.ID
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	page := strings.Replace(pageOf(usualPeriod+usualTitle+usualVerdict), "</head>", `<link rel="alternate" hreflang="be" href="/by/kiruyuchy-klas/armiya"><link rel="alternate" hreflang="x-default" href="/security-issues/army-tests-new-truck"></head>`, 1)
	if got := read(t, page).Translations; !slices.Equal(got, []Translation{{"be", "belarusinfocus/by/kiruyuchy-klas/armiya"}}) {
		t.Errorf("alternates: %v", got)
	}
}

func TestAHeadlineThatIsOnlyInTheTitle(t *testing.T) {
	a := read(t, pageOf(`<img src=a alt="Army tests a new truck">`+usualPeriod+usualSection+usualVerdict))
	if a.Headline != "Army tests a new truck" || !slices.Contains(a.Warnings, WarnHeadlineFromTitle) {
		t.Errorf("%q, %v", a.Headline, a.Warnings)
	}
}

func TestAPageCutInTheMiddleSaysSo(t *testing.T) {
	whole := pageOf(usualPeriod + usualSection + usualTitle + usualVerdict)
	if a := read(t, whole); len(a.Warnings) > 0 {
		t.Errorf("whole: %v", a.Warnings)
	}
	cut := strings.Index(whole, "closed for")
	for name, page := range map[string]string{
		"inside a tag": whole[:cut] + "<a hre",
		"inside boxes": strings.Replace(whole[:cut], "<main>", "<div><div>", 1),
	} {
		if a := read(t, page); !slices.Contains(a.Warnings, WarnTruncated) {
			t.Errorf("%s: %v", name, a.Warnings)
		}
	}
}

func TestLanguageOfTheTextItself(t *testing.T) {
	for text, want := range map[string]string{
		russian: "ru", belarusian: "be",
		"The truck was shown in Lida and it is said to be cheaper than the one that it follows":                        "en",
		"Уряд оголосив про пошук нових ринків, але перелік товарів залишився той самий; підприємства чекають на гроші": "uk",
		"2017": "", "": "", "Łódź i Kraków": "",
	} {
		if got := detect(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestExplainSaysWhyEachFieldHasItsValue(t *testing.T) {
	m := loadArticles(t, "../testdata/pages/articles/full.yaml")[0]
	e := newTestExtractor(t)
	for _, markup := range loadMarkups(t, "../testdata/pages/markups/*.html") {
		p := Page{URL: testBase + m.Path, Time: testTime(), Body: []byte(m.wrap(t, markup))}
		if r := e.Extract(p); r.Trace != nil {
			t.Error("Extract leaves a trace")
		}
		r := e.Explain(p)
		said := map[string]bool{}
		for _, why := range r.Trace {
			said[why.Field] = true
			if why.Field == "" || why.Reason == "" {
				t.Errorf("%s: empty reason: %+v", markup.Name(), why)
			}
		}
		fields := []string{"headline", "section_id", "trend", "lead", "body", "lang", "edition"}
		if markup.Name() != "older" {
			fields = append(fields, "period", "section", "authors", "caption", "translations")
		}
		for _, field := range fields {
			if !said[field] {
				t.Errorf("%s: nothing said of %s", markup.Name(), field)
			}
		}
	}
}

func TestHeadsInOddPlaces(t *testing.T) {
	for _, c := range []struct{ name, page, section, start, trend string }{
		{"a list of weeks before, the facts behind the headline",
			`<ul><li><a href=/w/1>December 11 – December 17, 2017</a></li><li><a href=/w/2>December 18 – December 24, 2017</a></li></ul><article>` + usualTitle + usualPeriod + usualSection + usualVerdict, "Security issues", "2017-12-04", "unchanged"},
		{"a newest week before, the facts behind the headline",
			`<div><p>January 8 – January 14, 2018</p></div><article>` + usualTitle + usualPeriod + usualSection + usualVerdict, "Security issues", "2017-12-04", "unchanged"},
		{"trends of all sections before, none of its own",
			`<div><p>The ruling elite</p><p>The situation got worse</p></div><div><p>Belarus-West relations</p><p>The situation got worse</p></div><article>` + usualPeriod + usualSection + usualTitle, "Security issues", "2017-12-04", ""},
		{"all in one form", `<form action=/default.aspx><input type=hidden name=state value=x><div>` + usualPeriod + usualSection + usualTitle + usualVerdict, "Security issues", "2017-12-04", "unchanged"},
		{"all facts behind the text, in a list of their own",
			`<article>` + usualTitle + `<p>The truck was shown in Lida. It is said to be cheaper than the one it follows.</p>
<p>Observers were not invited, but they came. The road was closed for two days.</p><footer><dl><dt>Week</dt><dd>December 4 – December 10, 2017</dd><dt>Section</dt><dd>Security issues</dd><dt>Trend</dt><dd>The situation got worse</dd></dl></footer></article><!--`, "Security issues", "2017-12-04", "worse"},
		{"all hidden until a script runs", `<div style="display:none">` + usualPeriod + usualSection + usualTitle + usualVerdict, "Security issues", "2017-12-04", "unchanged"},
		{"a headline of two lines", usualPeriod + usualSection + `<h1>Army tests<br>a new truck</h1>` + usualVerdict, "Security issues", "2017-12-04", "unchanged"},
		{"a menu right before the section", `<nav><a href=/a>Belarus-West relations</a><a href=/b>The ruling elite</a></nav><a href=/tag>Security issues</a>` + usualTitle + usualVerdict + usualPeriod, "Security issues", "2017-12-04", "unchanged"},
		{"all facts in one line", usualTitle + `<p>December 4 – December 10, 2017 | Security issues | The situation has not changed</p>`, "Security issues", "2017-12-04", "unchanged"},
		{"all facts in one line between dashes", usualTitle + `<p>Security issues — December 4 – December 10, 2017 — The situation has not changed</p>`, "Security issues", "2017-12-04", "unchanged"},
		{"each day in an element of its own", `<div><time>December 4</time> – <time>December 10, 2017</time><a href=/c>Security issues</a></div>` + usualTitle + usualVerdict, "Security issues", "2017-12-04", "unchanged"},
		{"headlines with verdicts in a menu, none of its own",
			`<ul><li><a href=/the-ruling-elite/a>Governors wait for their new orders</a> <span>The situation got worse</span></li></ul>` + usualPeriod + usualSection + usualTitle, "Security issues", "2017-12-04", ""},
		{"verdict before the headline", usualPeriod + usualSection + usualVerdict + usualTitle, "Security issues", "2017-12-04", "unchanged"},
		{"all facts behind the text, in the box of the article",
			`<div><div>` + usualTitle + `<p>The truck was shown in Lida. It is said to be cheaper than the one it follows.</p>
<p>Observers were not invited, but they came. The road was closed for two days.</p><div class=meta><span>December 4 – December 10, 2017</span><span>The situation got worse</span></div></div></div><!--`, "", "2017-12-04", "worse"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := read(t, pageOf(c.page))
			if a.Headline != "Army tests a new truck" || a.Section != c.section || a.PeriodStart != c.start || a.Trend != c.trend {
				t.Errorf("%q, %q, %q, %q", a.Headline, a.Section, a.PeriodStart, a.Trend)
			}
			if !strings.HasPrefix(a.Lead, "The truck was shown") || !strings.HasPrefix(a.Body, "Observers were") || strings.Contains(a.Body, "\n") {
				t.Errorf("lead %q, body %q", a.Lead, a.Body)
			}
		})
	}
}

func TestAPageOfPlainLines(t *testing.T) {
	a := read(t, "<html><body><pre>\nby\nDecember 4 – December 10, 2017\nSecurity issues\n\nArmy tests a new truck\n\nThe situation has not changed\nArmy tests a new truck\n\n"+
		"The truck was shown in Lida. It is said to be cheaper than the one it follows.\n\nObservers were not invited, but they came.\nThe road was closed.\n\n"+
		"You have been successfully subscribed\n\nSubscribe to our newsletter\n\nSituation in Belarus\n\nMarch 18 – March 24\nView all\n</pre></body></html>")
	if a.Headline != "Army tests a new truck" || a.Section != "Security issues" || a.Trend != "unchanged" || a.Body != "Observers were not invited, but they came. The road was closed." {
		t.Error(asJSON(t, a))
	}
}
