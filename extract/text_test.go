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
