package extract_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"infocus/extract"
	"infocus/extract/profile"
)

// homeEN is a home page in English in semantic markup: menu, newest week, items, an event, a footer.
func homeEN() string {
	list := entries()[:3]
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang=en><head><title>Belarus in Focus</title><link rel=alternate type="application/rss+xml" href="/feed/" title="Feed">
<link rel=alternate type="application/rss+xml" href="/comments/feed/"><link rel=alternate hreflang=be href="/by/"><link rel=canonical href="/"></head><body>
<header><a href="/"><img src="/logo.png" alt="Belarus in Focus"></a><a href="/by/">by</a></header>
<nav><ul><li><a href="/analytics/">Analytics</a><li><a href="/analytics/security-issues/">Security issues</a><li><a href="/about-monitoring">About the monitoring project</a>
<li><a href="/security-issues/an-old-one-in-the-menu/">A headline in the menu bar</a></ul></nav><main>`)
	for _, e := range list {
		fmt.Fprintf(&b, `<article><h2><a href="%s">%s</a></h2><p>%s</p></article>`, e.path, e.title, e.period)
	}
	b.WriteString(`</main><aside><h3>Situation in Belarus</h3><p>March 18 – March 24</p><a href="/archive-of-weeks">View all</a>
<h3>Club</h3><a href="/belarusian-expert-analytical-club/elections-in-the-region/">Elections in the region discussed by experts</a><p>May 5, 2024</p></aside>
<footer><a href="/about-monitoring">About</a> <a href="mailto:a@b.org">Write to us</a> <a href="https://facebook.com/x">Facebook</a> <a href="/wp-login.php">Log in</a>
<a href="/uploads/report-of-the-year.pdf">Report of the whole year</a> <a href="#top">Back to the top</a> <a href="javascript:void(0)">Open the big menu</a></footer>`)
	return b.String()
}

func TestTheHomePageInEnglish(t *testing.T) {
	r := readAt(t, site+"/", homeEN())
	if r.Kind != extract.KindListing {
		t.Fatalf("kind %s: %s", r.Kind, r.Reason)
	}
	list := entries()
	wantLines(t, r,
		"feed /feed/", "edition /by/", "listing /", "listing /analytics/", "listing /analytics/security-issues/",
		"maybe /security-issues/an-old-one-in-the-menu/",
		"article "+list[0].path+" 2024-03-18", "article "+list[1].path+" 2024-03-11", "article "+list[2].path+" 2024-03-04",
		"view-all /archive-of-weeks", "maybe /belarusian-expert-analytical-club/elections-in-the-region/",
	)
	for _, l := range r.Links {
		if strings.HasSuffix(l.URL, "/by/") != (l.Edition == "be") {
			t.Errorf("%s is of edition %s", l.URL, l.Edition)
		}
	}
}

func TestTheHomePageInBelarusianInHashedBoxes(t *testing.T) {
	r := readAt(t, site+"/by/", `<!doctype html><html><body><div class="a1"><div class="b2"><a class="c3" href="/by/"><span>Фокус</span></a><a href="/">en</a></div>
<div class="b3"><a href="/by/kiruyuchy-klas">Кіруючы клас</a><a href="/by/pra-nas">Пра нас</a></div></div>
<div class="d4"><div class="e5"><div class="f6"><div>Жнівень 9 – Жнівень 15</div><div>Кіруючы клас</div><div><a href="/by/kiruyuchy-klas/uladi-uzmacnyayuc-kantrol">Улады ўзмацняюць кантроль над рэгіёнамі</a></div></div>
<div class="f6"><div>Жнівень 2 – Жнівень 8</div><div>Кіруючы клас</div><div><a href="/by/kiruyuchy-klas/parlament-rykhtue-zmeny">Парламент рыхтуе змены да закона</a></div></div></div>
<div class="g7"><div>Сітуацыя ў Беларусі</div><div>Жнівень 9 – Жнівень 15</div><a href="/by/tydni">Глядзець усе</a></div></div></body></html>`)
	if r.Kind != extract.KindListing {
		t.Fatalf("kind %s: %s", r.Kind, r.Reason)
	}
	// Captured in March 2024: 9 August was a Monday in 2021.
	wantLines(t, r, "listing /by/", "edition /", "listing /by/kiruyuchy-klas",
		"article /by/kiruyuchy-klas/uladi-uzmacnyayuc-kantrol 2021-08-09", "article /by/kiruyuchy-klas/parlament-rykhtue-zmeny 2021-08-02", "view-all /by/tydni")
}

func TestViewAllIsKnownByItsWordsOrLabel(t *testing.T) {
	for name, link := range map[string]string{
		"words":     `<a href="/x">View all</a>`,
		"arrow":     `<a href="/x">View all <span>→</span></a>`,
		"case":      `<a href="/x"> VIEW&nbsp;ALL </a>`,
		"label":     `<a href="/x" aria-label="View all"><svg></svg></a>`,
		"title":     `<a href="/x" title="View all"><i></i></a>`,
		"picture":   `<a href="/x"><img src=a.png alt="View all"></a>`,
		"be":        `<a href="/x">Глядзець усе</a>`,
		"ru":        `<a href="/x">Смотреть все</a>`,
		"in a menu": `<nav><a href="/x">View all</a></nav>`,
		"twice":     `<nav><a href="/x">Analytics</a></nav><a href="/x">View all</a>`,
	} {
		r := readAt(t, site+"/", `<!doctype html><p>Situation in Belarus</p><p>March 18 – March 24</p>`+link)
		if got := strings.Join(lines(r), ", "); got != "view-all /x" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestAnIndexOfWeeksGivesItsWeeks(t *testing.T) {
	want := []string{
		"listing /weeks/101 2024-01-08", "listing /weeks/100 2024-01-01", "listing /weeks/99 2023-12-25", "listing /weeks/98 2023-12-18", "listing /weeks/97 2023-12-11",
	}
	periods := []string{"January 8 – January 14", "January 1 – January 7", "December 25 – December 31", "December 18 – December 24", "December 11 – December 17"}
	for name, form := range map[string]string{
		"list":     `<li><a href="/weeks/%d">%s</a></li>`,
		"table":    `<table><tr><td><a href="/weeks/%d">%s</a></td></tr></table>`,
		"br":       `<a href="/weeks/%d">%s</a><br>`,
		"headings": `<div><h3><a href="/weeks/%d"><b>%s</b></a></h3></div>`,
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for i, p := range periods {
				fmt.Fprintf(&b, form, 101-i, p)
			}
			r := readAt(t, site+"/archive", "<!doctype html><title>Archive</title><h1>All weeks</h1>"+b.String())
			if r.Kind != extract.KindListing {
				t.Fatalf("kind %s: %s", r.Kind, r.Reason)
			}
			wantLines(t, r, want...)
		})
	}
}

func TestAWeekPageGivesItsArticlesTheDaysOfItsHeading(t *testing.T) {
	var b strings.Builder
	for _, e := range entries()[:5] {
		fmt.Fprintf(&b, `<div class=card><span>%s</span><h3><a href="%s">%s</a></h3></div>`, e.section, e.path, e.title)
	}
	r := readAt(t, site+"/weeks/98", `<!doctype html><title>Week</title><h1>December 18 – December 24, 2023</h1><div class=cards>`+b.String()+`</div>
		<a href="/weeks/97">December 11 – December 17</a> <a href="/weeks/99">December 25 – December 31</a>`)
	if r.Kind != extract.KindListing {
		t.Fatalf("kind %s: %s", r.Kind, r.Reason)
	}
	n := 0
	for _, l := range r.Links {
		if l.Role == extract.RoleArticle {
			n++
			if l.PeriodStart != "2023-12-18" || l.PeriodEnd != "2023-12-24" {
				t.Errorf("%s: %s", l.URL, l.PeriodStart)
			}
		}
	}
	if got := strings.Join(lines(r)[5:], ", "); n != 5 || got != "listing /weeks/97 2023-12-11, listing /weeks/99 2023-12-25" {
		t.Errorf("%d articles, then %s", n, got)
	}
}

func TestFurtherPagesOfThisListingAlone(t *testing.T) {
	body := `<!doctype html><ul>`
	for _, e := range entries() {
		body += `<li>` + e.period + ` <a href="` + e.path + `">` + e.title + `</a></li>`
	}
	body += `</ul>`
	cases := []struct{ name, addr, pager, want string }{
		{"numbers by query", "/analytics/security-issues/", `<a href="?paged=2">2</a><a href="?paged=3">3</a><span>…</span><a href="?paged=40">40</a><a href="?paged=2">Next</a>`,
			"page /analytics/security-issues/?paged=2 p2, page /analytics/security-issues/?paged=3 p3, page /analytics/security-issues/?paged=40 p40"},
		{"numbers by path", "/analytics/security-issues/page/9/", `<a href="/analytics/security-issues/">1</a><a href="/analytics/security-issues/page/8/">8</a><a href="/analytics/security-issues/page/10/">Older posts</a>`,
			"listing /analytics/security-issues/, page /analytics/security-issues/page/8/ p8, page /analytics/security-issues/page/10/ p10"},
		{"both forms", "/analytics/security-issues/?paged=5", `<a href="/analytics/security-issues/page/6">»</a><a href="?paged=4">«</a>`,
			"page /analytics/security-issues/page/6 p6, page /analytics/security-issues/?paged=4 p4"},
		{"without a slash", "/analytics/security-issues?paged=5", `<a href="/analytics/security-issues/page/6/">6</a>`, "page /analytics/security-issues/page/6/ p6"},
		{"another listing's page", "/analytics/security-issues/", `<a href="/analytics/the-ruling-elite/page/2/">2</a>`, "listing /analytics/the-ruling-elite/page/2/"},
		{"rel next on an unknown form", "/analytics/security-issues/", `<a rel=next href="?start=18">More</a>`, "page /analytics/security-issues/?start=18"},
		{"words on an unknown form", "/analytics/security-issues/", `<a href="?page=2">Next</a>`, "page /analytics/security-issues/?page=2"},
		{"numbers on an unknown form", "/weeks/12?page=2", `<a href="/weeks/12?page=1">1</a><a href="/weeks/12?page=3">3</a>`, "page /weeks/12?page=1 p1, page /weeks/12?page=3 p3"},
		{"path of an unknown form", "/archive/p/2", `<a href="/archive/p/3">Older</a>`, "page /archive/p/3"},
		{"counted from nothing", "/weeks/12", `<a href="?page=1">2</a><a href="?page=2">3</a><a href="?page=1">Next</a>`, "page /weeks/12?page=1 p2, page /weeks/12?page=2 p3"},
		{"by the first article of the page", "/weeks/12?start=18", `<a href="/weeks/12">1</a><a href="?start=36">3</a>`, "page /weeks/12 p1, page /weeks/12?start=36 p3"},
		{"back on an unknown form", "/weeks/12?page=2", `<a href="?page=1">‹</a><a href="?page=3">›</a>`, "page /weeks/12?page=1 p1, page /weeks/12?page=3"},
		{"numbers of something else", "/weeks/12", `<a href="?topic=7">2</a><a href="?page=9">4</a>`, ""},
		{"words alone are not enough", "/analytics/security-issues/", `<a href="/donate">Next</a>`, ""},
		{"months of a calendar", "/analytics/security-issues/", `<a href="/analytics/2024/02">Previous</a><a href="?month=2">Next</a><a href="/2024/04/" rel=next>»</a>`, ""},
		{"months of a calendar by path", "/archive/2024/05", `<a href="/archive/2024/06">Next</a><a href="/archive/2024/04">Previous</a>`, ""},
		{"in the head", "/analytics/security-issues/", `<link rel=next href="/analytics/security-issues/page/2/">`, "page /analytics/security-issues/page/2/ p2"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			page := body + c.pager
			if strings.HasPrefix(c.pager, "<link") {
				page = strings.Replace(body, "<!doctype html>", "<!doctype html><head>"+c.pager+"</head>", 1)
			}
			r := readAt(t, site+c.addr, page)
			var got []string
			for _, l := range lines(r) {
				if !strings.HasPrefix(l, "article ") {
					got = append(got, l)
				}
			}
			if s := strings.Join(got, ", "); s != c.want || len(lines(r))-len(got) != 10 {
				t.Errorf("kind %s, %d articles\ngot  %s\nwant %s", r.Kind, len(lines(r))-len(got), s, c.want)
			}
		})
	}
}

func TestCalendarsAreNoPagesAndNoItems(t *testing.T) {
	var b strings.Builder
	b.WriteString("<table><caption>March 2024</caption><thead><tr><th>M<th>T<th>W<th>T<th>F<th>S<th>S</tr></thead><tbody>")
	for day := 1; day <= 31; day++ {
		if day%7 == 1 {
			b.WriteString("<tr>")
		}
		fmt.Fprintf(&b, `<td><a href="?day=%d">%d</a></td>`, day, day)
	}
	b.WriteString(`</tbody><tfoot><tr><td colspan=3><a href="/2024/02/">« Feb</a><td><td colspan=3><a href="/2024/04/">Apr »</a></tr></tfoot></table>`)
	for _, addr := range []string{"/analytics/security-issues/", "/"} {
		r := readAt(t, site+addr, "<!doctype html>"+markups()[0].write(entries())+b.String())
		wantLines(t, r, articleLines(entries(), true)...)
	}
	paths := strings.ReplaceAll(b.String(), "?day=", "/2024/03/")
	r := readAt(t, site+"/2024/03/", "<!doctype html>"+markups()[0].write(entries())+paths)
	wantLines(t, r, articleLines(entries(), true)...)
}

func TestWordsOfAnEditionCountOnlyWhereTheyLeadToIt(t *testing.T) {
	for link, want := range map[string]string{
		`<a href="/by/x">by</a>`:                   "edition /by/x",
		`<a href="/by/">BE/RU</a>`:                 "edition /by/",
		`<a href="/by/security-issues/x/">БЕЛ</a>`: "edition /by/security-issues/x/",
		`<a href="/by/"><img src=flag.png></a>`:    "edition /by/",
		`<a href="/author/someone">by</a>`:         "",
		`<a href="/">EN</a>`:                       "listing /",
		`<a href="/by/somewhere">More</a>`:         "",
	} {
		r := readAt(t, site+"/security-issues/some-page", "<!doctype html><h1>A page</h1>"+link)
		if got := strings.Join(lines(r), ", "); got != want {
			t.Errorf("%s: got %q, want %q", link, got, want)
		}
	}
}

func TestDaysOfAnotherColumnAreNotThoseOfTheItems(t *testing.T) {
	var list strings.Builder
	for _, e := range entries()[:3] {
		fmt.Fprintf(&list, `<div><div><a href="%s">%s</a></div></div>`, e.path, e.title)
	}
	for name, page := range map[string]string{
		"aside":           `<aside><p>March 11 – March 17</p></aside><main>` + list.String() + `</main>`,
		"box":             `<div><div><p>Situation in Belarus</p><p>March 11 – March 17</p></div><div>` + list.String() + `</div></div>`,
		"above view all":  `<p>March 11 – March 17</p><p><a href="/analytics/">View all</a></p>` + list.String(),
		"an item's range": `<ul><li><a href="/security-issues/another-headline-of-the-week">Another headline of the week</a> March 11 – March 17</ul>` + list.String(),
	} {
		r := readAt(t, site+"/analytics/security-issues/", "<!doctype html>"+page)
		for _, l := range r.Links {
			if l.Role == extract.RoleArticle && l.PeriodStart != "" && !strings.Contains(l.URL, "another") {
				t.Errorf("%s: %s has %s", name, l.URL, l.PeriodStart)
			}
		}
	}
}

func TestTheNewestWeekBesideOldOnesKeepsItsYear(t *testing.T) {
	page := `<!doctype html><div><div>`
	for i, p := range []string{"May 20 – May 26", "May 13 – May 19", "May 6 – May 12"} {
		page += fmt.Sprintf(`<div><a href="/security-issues/old-%d/">A headline of an old week</a><i>%s</i></div>`, i, p)
	}
	page += `</div></div><div><div><p>Situation in Belarus</p><div><a href="/security-issues/newest-1/">A headline of the newest week</a><i>March 18 – March 24</i></div><div><a href="/security-issues/newest-2/">Another headline of the newest week</a><i>March 18 – March 24</i></div></div></div>`
	r := readAt(t, site+"/analytics/security-issues/page/90/", page) // 18 March was a Monday in 2019 too
	wantLines(t, r, "article /security-issues/old-0/ 2019-05-20", "article /security-issues/old-1/ 2019-05-13", "article /security-issues/old-2/ 2019-05-06",
		"article /security-issues/newest-1/ 2024-03-18", "article /security-issues/newest-2/ 2024-03-18")
}

func TestAnArticlesNeighboursAreNoDuty(t *testing.T) {
	var b strings.Builder
	for _, e := range entries()[1:4] {
		fmt.Fprintf(&b, `<div class=s><h4><a href="%s">%s</a></h4><span>April 22, 2016 18:44</span><p>%s</p></div>`, e.path, e.title, e.teaser)
	}
	r := readAt(t, site+"/security-issues/minsk-develops-cooperation/", `<!doctype html><html lang=en><head><title>Minsk develops cooperation with NATO and retains ties – Belarus in Focus</title>
<link rel=alternate hreflang=be href="/by/security-issues/minsk-razvivae/"></head><body><a href="/by/security-issues/minsk-razvivae/">by</a><p>December 4 – December 10, 2017</p><p><a href="/analytics/security-issues/">Security issues</a></p>
<h1>Minsk develops cooperation with NATO and retains ties</h1><p>The situation has gotten better</p>
<p>Amidst chill in political relations, Belarus and Russia continue to cooperate in the defence field, yet Minsk has not risked to use it as a lever in talks.</p>
<p>On December 8th, the Council of Ministers <a href="/security-issues/an-article-named-in-the-text/">approved the draft programme</a> of the Union State aiming to improve shared infrastructure.</p>
<p><a href="?page=2">2</a><a rel=next href="/the-ruling-elite/the-next-post-in-time/">Next</a></p>
<h3>Similar articles</h3>`+b.String()+`<div>Situation in Belarus</div><div><a href="/weeks/120">March 18 – March 24</a></div><a href="/analytics/">View all</a></body></html>`)
	if r.Kind != extract.KindArticle {
		t.Fatalf("kind %s: %s", r.Kind, r.Reason)
	}
	wantLines(t, r,
		"edition /by/security-issues/minsk-razvivae/", "listing /analytics/security-issues/", "maybe /security-issues/an-article-named-in-the-text/", "maybe /the-ruling-elite/the-next-post-in-time/",
		"maybe "+entries()[1].path, "maybe "+entries()[2].path, "maybe "+entries()[3].path, "listing /weeks/120 2024-03-18", "view-all /analytics/")
}

func TestAddressesAreGivenOnceAbsoluteAndWithoutFragments(t *testing.T) {
	page := `<!doctype html><base href="https://www.belarusinfocus.info/analytics/"><ul>
<li><a href="//belarusinfocus.pro/security-issues/one-headline-of-the-week/?page=3#c">One headline of the week</a>
<li><a href="https://belarusinfocus.info/security-issues/one-headline-of-the-week">One headline of the week</a>
<li><a href="../security-issues/two-headlines-of-the-week;jsessionid=0A1?utm_source=x">Two headlines of the week</a>
<li><a href="HTTPS://BelarusInFocus.pro/security-issues/three-headlines/">Three headlines of the week</a>
<li><a href="https://example.org/security-issues/elsewhere/">Elsewhere on the web today</a>
<li><a href="/security-issues/%D0%BA%D0%BB%D0%B0%D1%81">Four headlines of the week</a><a href="/security-issues/клас">Four headlines of the week</a>
<li><a href="http://[::1">A broken address of the week</a><li><a href="">An empty address of the week</a><li><a href="tel:+375">Call us any time now</a>`
	r := readAt(t, site+"/analytics/", page)
	var got []string
	for _, l := range r.Links {
		got = append(got, string(l.Role)+" "+l.URL)
	}
	want := []string{
		"article https://belarusinfocus.info/security-issues/one-headline-of-the-week",
		"article https://www.belarusinfocus.info/security-issues/two-headlines-of-the-week",
		"article https://belarusinfocus.pro/security-issues/three-headlines/",
		"article https://www.belarusinfocus.info/security-issues/%D0%BA%D0%BB%D0%B0%D1%81",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTheBaseURLsHostIsTheSites(t *testing.T) {
	e, err := extract.New(must(profile.Builtin(profile.Default)), "http://127.0.0.1:8080/mirror")
	if err != nil {
		t.Fatal(err)
	}
	r := e.Extract(extract.Page{URL: "http://127.0.0.1:8080/mirror/", Time: time.Date(2024, 3, 28, 0, 0, 0, 0, time.UTC), Body: []byte(`<!doctype html>
<a href="/mirror/security-issues/one-headline-of-the-week/">One headline of the week</a><a href="/elsewhere/">Elsewhere on this host</a>
<a href="https://belarusinfocus.pro/security-issues/two-headlines/">Two headlines of the week</a><a href="http://127.0.0.1:9090/security-issues/x/">Another port of this host</a><a href="/mirror/by/">by</a>`)})
	var got []string
	for _, l := range r.Links {
		got = append(got, string(l.Role)+" "+l.URL+" "+l.Edition)
	}
	want := "article http://127.0.0.1:8080/mirror/security-issues/one-headline-of-the-week/ en, article https://belarusinfocus.pro/security-issues/two-headlines/ en, edition http://127.0.0.1:8080/mirror/by/ be"
	if s := strings.Join(got, ", "); r.Kind != extract.KindListing || s != want {
		t.Errorf("kind %s\ngot  %s\nwant %s", r.Kind, s, want)
	}
}

func TestLinksAreBoundedAndTheBoundIsSaid(t *testing.T) {
	var b strings.Builder
	b.WriteString("<!doctype html><ul>")
	for i := range 6000 {
		fmt.Fprintf(&b, `<li><a href="/security-issues/headline-number-%d/">Headline of the week number %d</a>`, i, i)
	}
	r := readAt(t, site+"/analytics/", b.String())
	if len(r.Links) != 5000 || !strings.Contains(r.Reason, "more than 5000 links") || r.Kind != extract.KindListing {
		t.Errorf("%d links, kind %s, %s", len(r.Links), r.Kind, r.Reason)
	}
}
