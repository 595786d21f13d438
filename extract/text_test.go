package extract

import (
	"strings"
	"testing"
)

func TestTheTextGoesOnBehindWhatOnlyOpensIt(t *testing.T) {
	head := usualPeriod + usualSection + usualTitle + usualVerdict + "<p>The truck was shown in Lida. It is said to be cheaper than the one it follows.</p>"
	rest := "<p>Observers were not invited, but they came. The road was closed for two days.</p><p>Such trucks will be shown again in autumn, if the money lasts.</p>"
	for name, text := range map[string]string{
		"details":          "<details open><summary>Read more</summary><div>" + rest + "</div></details>",
		"a button":         "<button>Read more</button><div class=rest>" + rest + "</div>",
		"a link to itself": "<a class=toggle href=#rest>Read more</a><div id=rest>" + rest + "</div>",
	} {
		t.Run(name, func(t *testing.T) {
			a := read(t, "<html><body><main>"+head+text+"</main></body></html>")
			if !strings.HasPrefix(a.Lead, "The truck") || !strings.HasPrefix(a.Body, "Observers") || !strings.HasSuffix(a.Body, "money lasts.") {
				t.Errorf("lead %q, body %q", a.Lead, a.Body)
			}
		})
	}
}

func TestALeadThatStandsAsAHeading(t *testing.T) {
	a := read(t, pageOf(usualPeriod+usualSection+usualTitle+usualVerdict+"<h2>The army has a truck; what it will be used for was not said.</h2><h3>In Lida</h3>"))
	if a.Lead != "The army has a truck; what it will be used for was not said." || !strings.HasPrefix(a.Body, "In Lida\n\nThe truck was") {
		t.Errorf("lead %q, body %q", a.Lead, a.Body)
	}
}

func TestALinkThatWasNeverClosed(t *testing.T) {
	page := strings.Replace(pageOf(usualPeriod+usualSection+usualTitle+usualVerdict), "<main>", `<ul><li><a href=/a>Analytics</a><li><a href=/b>Contacts</ul><main>`, 1)
	a := read(t, page)
	if !strings.HasPrefix(a.Lead, "The truck") || !strings.HasPrefix(a.Body, "Observers") || len(a.Links) > 0 || a.Section != "Security issues" {
		t.Error(asJSON(t, a))
	}
}

// columns are boxes of the site's frame that may stand in one row with a text.
const (
	newestWeek = "<div class=c1><h3>Situation in Belarus</h3><p>March 18 – March 24</p><a href=/analytics/>View all</a></div>"
	letterBox  = "<div class=c2><h3>Subscribe to our newsletter</h3><form><input name=mail><button>Subscribe</button></form></div>"
	buttons    = "<div class=c3><ul><li><a href=https://t.me/s>Telegram</a></li><li><button>Copy link</button></li></ul></div>"
)

func TestATextInARowWithColumns(t *testing.T) {
	one := "<p>The truck was shown in Lida. It is said to be cheaper than the one it follows, though nobody was allowed to look under its bonnet, and the road was closed for two days before the show and for one day behind it, as the town council let know.</p>"
	two := one + "<p>Observers were not invited, but they came. The road was closed for two days.</p><p>Such trucks will be shown again in autumn, if the money lasts.</p>"
	for name, row := range map[string]string{
		"week before":    newestWeek + "<div class=t>%s</div>",
		"letter before":  letterBox + "<div class=t>%s</div>",
		"buttons before": buttons + "<div class=t>%s</div>",
		"week behind":    "<div class=t>%s</div>" + newestWeek,
		"both sides":     buttons + "<div class=t>%s</div><div>" + letterBox + newestWeek + "</div>",
		"cells":          "<table><tr><td>" + newestWeek + letterBox + "</td><td>%s</td></tr></table>",
	} {
		for text, count := range map[string]int{one: 1, two: 3} {
			head := "<title>Army tests a new truck</title><div>" + usualPeriod + usualSection + usualTitle + usualVerdict + "</div>"
			a := read(t, head+"<div class=row>"+strings.Replace(row, "%s", text, 1)+"</div>")
			if !strings.HasPrefix(a.Lead, "The truck was") || len(strings.Split(strings.TrimSpace(a.Lead+"\n\n"+a.Body), "\n\n")) != count {
				t.Errorf("%s: lead %q, body %q", name, a.Lead, a.Body)
			}
		}
	}
}

func TestAPageWithoutATextBesideAListIsNoArticle(t *testing.T) {
	item := "<div class=item><h4><a href=/security-issues/%s>Navy tests a new boat on the river</a></h4><p>The boat was shown in Pinsk. It is said to be dearer than the one it follows.</p></div>"
	head := "<title>Army tests a new truck</title><div>" + usualPeriod + usualSection + usualTitle + usualVerdict + "</div>"
	for name, list := range map[string]string{
		"in a row with the week": "<div class=row>" + newestWeek + "<div>" + item + item + "</div></div>",
		"below its title":        "<div><div><h3>Similar articles</h3><a href=/analytics>View all</a></div><div>" + item + item + "</div></div>",
	} {
		page := strings.Replace(strings.Replace(head+list, "%s", "a-1", 1), "%s", "a-2", 1)
		r := newTestExtractor(t).Extract(Page{URL: testBase + "/security-issues/army-tests-new-truck", Time: testTime(), Body: []byte(page)})
		if r.Article != nil {
			t.Errorf("%s: taken for an article: %s", name, asJSON(t, r.Article))
		}
	}
}

func TestWordsBehindHiddenOnesInOneLine(t *testing.T) {
	a := read(t, pageOf(`<p><span aria-hidden=true>#</span> December 4 – December 10, 2017</p>`+usualSection+
		`<h1><span style="display:none">Draft</span> Army tests a new truck</h1><p><i aria-hidden=true>▲</i> The situation has not changed</p>`))
	if a.Headline != "Army tests a new truck" || a.PeriodStart != "2017-12-04" || a.Trend != "unchanged" {
		t.Error(asJSON(t, a))
	}
}

func TestShortLinesBehindARuleAreNoText(t *testing.T) {
	page := strings.Replace(pageOf(usualPeriod+usualSection+usualTitle+usualVerdict), "</main>", "<hr><p>Source: belarusinfocus.pro</p><p>Close window</p></main>", 1)
	if a := read(t, page); !strings.HasSuffix(a.Body, "for two days.") {
		t.Errorf("body %q", a.Body)
	}
}

func TestTheTitleOfATableIsText(t *testing.T) {
	table := "<table><caption>Trucks of the army</caption><tr><td>2016</td><td>410</td></tr></table><p>The next table is due in a year, says the ministry.</p>"
	a := read(t, strings.Replace(pageOf(usualPeriod+usualSection+usualTitle+usualVerdict), "</main>", table+"</main>", 1))
	if a.Caption != "" || !strings.Contains(a.Body, "\n\nTrucks of the army\n\n2016\n\n410\n\nThe next table") {
		t.Errorf("caption %q, body %q", a.Caption, a.Body)
	}
}
