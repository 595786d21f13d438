package extract_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"infocus/extract"
)

// prose is a paragraph that only a page with something to say has.
const prose = `<p>Amidst chill in political relations, Belarus and Russia continue to cooperate in the defence field, yet Minsk has not risked to use
military cooperation to put pressure on the Kremlin. However, it seeks to enhance the dialogue with its neighbours, and the talks of the past weeks
show that officials see more room for manoeuvre than before, while observers warn that the gain may be short-lived and depend on the price of gas,
the mood of the partners and the outcome of the vote in the region, which nobody dares to predict before the summer is over and the harvest is in.</p>`

// whole is an article of the site with a headline of the case's choice.
func whole(headline, more string) string {
	return `<!doctype html><title>` + headline + ` – Belarus in Focus</title><a href="/by/x">by</a><p>December 4 – December 10, 2017</p><p>Security issues</p><h1>` +
		headline + `</h1><p>The situation got worse</p>` + prose + prose + more
}

func TestKindsByBytes(t *testing.T) {
	utf16le := func(s string) string {
		var b bytes.Buffer
		b.WriteString("\xff\xfe")
		for _, u := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
		return b.String()
	}
	cases := []struct {
		name, mime, body string
		want             extract.Kind
	}{
		{"nothing", "text/html", "", extract.KindEmpty},
		{"white space", "text/html", " \r\n\t\n", extract.KindEmpty},
		{"a mark of byte order", "text/html", "\xef\xbb\xbf", extract.KindEmpty},
		{"NUL bytes", "text/html", strings.Repeat("\x00", 5000), extract.KindNotHTML},
		{"PDF as HTML", "text/html; charset=utf-8", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>", extract.KindNotHTML},
		{"PDF after a line", "text/html", "\r\n%PDF-1.4\n1 0 obj", extract.KindNotHTML},
		{"PNG", "text/html", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", extract.KindNotHTML},
		{"JPEG without a type", "", "\xff\xd8\xff\xe0\x00\x10JFIF", extract.KindNotHTML},
		{"GIF", "text/html", "GIF89a\x01\x00", extract.KindNotHTML},
		{"WebP", "text/html", "RIFF\x00\x00\x00\x00WEBPVP8 ", extract.KindNotHTML},
		{"gzip left packed", "text/html", "\x1f\x8b\x08\x00\x00", extract.KindNotHTML},
		{"ZIP", "text/html", "PK\x03\x04\x14\x00", extract.KindNotHTML},
		{"video", "text/html", "\x00\x00\x00\x18ftypmp42", extract.KindNotHTML},
		{"JSON as HTML", "text/html", ` {"posts": [{"title": "<b>One</b>"}]}`, extract.KindNotHTML},
		{"JSON", "application/json", `[1, 2]`, extract.KindNotHTML},
		{"RSS as HTML", "text/html", `<?xml version="1.0"?><!-- feed --><rss version="2.0"><channel><title>Belarus in Focus</title></channel></rss>`, extract.KindNotHTML},
		{"RSS without a declaration", "", "\n<rss version='2.0'><channel></channel></rss>", extract.KindNotHTML},
		{"Atom", "application/atom+xml", `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>`, extract.KindNotHTML},
		{"RSS 1.0", "text/html", `<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"></rdf:RDF>`, extract.KindNotHTML},
		{"sitemap", "text/html", `<?xml version="1.0"?><?xml-stylesheet href="x"?><urlset></urlset>`, extract.KindNotHTML},
		{"SVG", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"></svg>`, extract.KindNotHTML},
		{"plain text", "text/plain", "User-agent: *\nDisallow:\n", extract.KindNotHTML},
		{"a script", "application/javascript", "window.x = 1 < 2;", extract.KindNotHTML},
		{"noise", "text/html", "\x01\x02\x03\x04\x05\x06\x07\x08\x10\x11abc", extract.KindNotHTML},
		// What only looks like it.
		{"XHTML with a declaration", "application/xhtml+xml", `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><body><p>About this place</p></body></html>`, extract.KindOther},
		{"HTML as a picture", "image/png", whole("Minsk builds a new bridge over the river", ""), extract.KindArticle},
		{"HTML as text", "text/plain", whole("Minsk builds a new bridge over the river", ""), extract.KindArticle},
		{"HTML as XML", "application/xml", "<!-- a --><html><body><p>About this place</p></body></html>", extract.KindOther},
		{"HTML after a brace", "text/html", "{{ header }}<html><body><p>About this place</p></body></html>", extract.KindOther},
		{"HTML with NUL bytes", "text/html", "<html><body>\x00\x00\x00<p>About\x00 this place</p></body></html>", extract.KindOther},
		{"HTML that speaks of PDF", "text/html", "<p>Files begin with %PDF-1.4 and so on</p>", extract.KindOther},
		{"UTF-16", "text/html", utf16le("<html><body><p>About this place</p></body></html>"), extract.KindOther},
		{"a page without tags", "text/html", "It works!", extract.KindOther},
	}
	e := siteReader(t)
	for _, c := range cases {
		r := e.Extract(extract.Page{URL: site + "/security-issues/x", Time: time.Unix(1700000000, 0), ContentType: c.mime, Body: []byte(c.body)})
		if r.Kind != c.want {
			t.Errorf("%s: %s (%s), want %s", c.name, r.Kind, r.Reason, c.want)
		}
	}
}

func TestKindsOfPages(t *testing.T) {
	cases := []struct {
		name, body string
		want       extract.Kind
	}{
		// Anti-bot pages.
		{"Cloudflare", `<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta http-equiv="refresh" content="390"></head><body><div class="main-wrapper"><noscript><div class="h2">
			<span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div><script>(function(){window._cf_chl_opt={cvId:'3'}})();</script></body></html>`, extract.KindInterstitial},
		{"Cloudflare with words", `<title>Just a moment...</title><h1>belarusinfocus.pro</h1><p>Verifying you are human. This may take a few seconds.</p><p>belarusinfocus.pro needs to review the security of your connection before proceeding.</p><div>Ray ID: 8a</div><div>Performance &amp; security by Cloudflare</div>`, extract.KindInterstitial},
		{"Cloudflare block", `<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1><h2>You are unable to access belarusinfocus.pro</h2><h2>Why have I been blocked?</h2>
			<p>This website is using a security service to protect itself from online attacks. The action you just performed triggered the security solution. There are several actions that could trigger this block including submitting a certain word or phrase, a SQL command or malformed data.</p>`, extract.KindInterstitial},
		{"DDoS-Guard", `<title>DDOS-GUARD</title><h1>Checking your browser before accessing belarusinfocus.pro</h1><p>Please allow up to 5 seconds…</p>`, extract.KindInterstitial},
		{"Russian check", `<title>Проверка браузера</title><p>Подождите несколько секунд</p>`, extract.KindInterstitial},
		{"captcha", `<title>Security check</title><form><p>Please complete the security check to access the site</p><div class="g-recaptcha"></div><script src="https://www.google.com/recaptcha/api.js"></script></form>`, extract.KindInterstitial},
		{"cookie test", `<html><body><script>document.cookie="__test=1; path=/"; location.href="/?i=1";</script></body></html>`, extract.KindInterstitial},
		{"cookie test with words for others", `<html><body><script src="/aes.js"></script><script>function toNumbers(d){}document.cookie="__test="+slowAES.decrypt()</script><noscript>This site requires Javascript to work, please enable Javascript in your browser</noscript></body></html>`, extract.KindInterstitial},
		{"Incapsula", `<html><head><meta name="robots" content="noindex"><script src="/_Incapsula_Resource?SWJIYLWA=7"></script></head><body></body></html>`, extract.KindInterstitial},
		{"Incapsula frame", `<html><body><iframe src="/_Incapsula_Resource?x">Request unsuccessful. Incapsula incident ID: 1</iframe></body></html>`, extract.KindInterstitial},
		{"script asked for", `<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/a.js"></script></body></html>`, extract.KindInterstitial},
		{"proof of work", `<title>Making sure you're not a bot!</title><h1>Making sure you're not a bot!</h1><p>Loading...</p><details><summary>Why am I seeing this?</summary><p>You are seeing this because the administrator has set up a proof of work against scraping.</p></details>`, extract.KindInterstitial},
		// Log-in pages.
		{"WordPress log-in", `<title>Log In ‹ Belarus in Focus — WordPress</title><h1><a href="https://wordpress.org/">Powered by WordPress</a></h1><form><label>Username or Email Address</label><input name=log><label>Password</label><input type=password name=pwd><label><input type=checkbox>Remember Me</label><input type=submit value="Log In"></form><a href="/wp-login.php?action=lostpassword">Lost your password?</a>`, extract.KindLogin},
		{"log-in with a menu", `<nav><a href="/">Home</a><a href="/analytics/">Analytics</a></nav><h2>Members</h2><form><input type=email><input type=password><button>Go</button></form>`, extract.KindLogin},
		{"log-in by words", `<title>Sign in</title><h1>Sign in to continue</h1><p>You must be logged in to view this page.</p><a href="https://sso.example.org/">Continue</a>`, extract.KindLogin},
		{"log-in in Russian", `<title>Авторизация</title><form>Логин <input> Пароль <input type=password><button>Войти</button></form>`, extract.KindLogin},
		// Domains without the site.
		{"for sale", `<title>belarusinfocus.pro is for sale</title><h1>belarusinfocus.pro</h1><p>This domain is for sale! Buy it now or make an offer.</p><form><input type=text></form>`, extract.KindParked},
		{"parked", `<title>belarusinfocus.pro</title><div>The domain belarusinfocus.pro may be for sale. Click here to inquire about this domain.</div><ul><li><a href="/?k=1">Cheap travel insurance</a><li><a href="/?k=2">Business news today</a><li><a href="/?k=3">Learn English online</a></ul>`, extract.KindParked},
		{"expired", `<title>Domain expired</title><p>This domain has expired. If you are the owner, renew it.</p>`, extract.KindParked},
		{"Russian registrar", `<title>belarusinfocus.info</title><h1>Домен не прилинкован ни к одной из директорий на сервере!</h1>`, extract.KindParked},
		{"suspended", `<title>Account Suspended</title><h1>Account Suspended</h1><p>This Account has been suspended.</p>`, extract.KindParked},
		{"bare server", `<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p>`, extract.KindParked},
		// Pages that say there is none.
		{"not found", `<title>Page not found – Belarus in Focus</title><nav><a href="/analytics/">Analytics</a></nav><h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location.</p><aside><p>Situation in Belarus</p><p>March 18 – March 24</p><a href="/analytics/">View all</a></aside>`, extract.KindOther},
		{"404", `<title>404</title><h1>404</h1>`, extract.KindOther},
		{"не найдена", `<h1>Страница не найдена</h1>`, extract.KindOther},
		{"sent on", `<html><head><title>Redirecting</title><meta http-equiv="refresh" content="0; url=/analytics/"></head><body>Redirecting to <a href="/analytics/">analytics</a></body></html>`, extract.KindOther},
		// Nothing to read.
		{"no words", `<!doctype html><html><head><title></title></head><body><div class="x"><img src="a.png"></div></body></html>`, extract.KindEmpty},
		{"only style", `<style>p{}</style>`, extract.KindEmpty},
		// Honest pages.
		{"about", `<title>About – Belarus in Focus</title><h1>About the monitoring</h1>` + prose + prose, extract.KindOther},
		{"event", `<title>Club</title><h1>Elections in the region discussed by experts</h1><p>May 5, 2024</p>` + prose + prose + `<h3>Recent trends</h3><ul><li><a href="/security-issues/one-headline-of-the-week/">One headline of the week</a><li><a href="/security-issues/two-headlines-of-the-week/">Two headlines of the week</a></ul>`, extract.KindOther},
		{"contacts", `<title>Contacts</title><h1>Contacts</h1><p>Write to us: a@b.org</p>`, extract.KindOther},
		// Articles that use the words.
		{"article on captchas", whole("Just a moment: Minsk tries a security check on the border", `<p>Checking your browser before accessing the portal has become usual; a captcha asks whether you are human.</p>`), extract.KindArticle},
		{"article on domains", whole("This domain is for sale: the state sells its portals", `<p>Buy this domain, said the notice.</p>`), extract.KindArticle},
		{"article with a log-in box", whole("Minsk builds a new bridge over the river", `<form><input type=text><input type=password><button>Log in</button></form>`), extract.KindArticle},
		{"article of the older layout on captchas", strings.Replace(whole("Just a moment", `<p>Security check</p>`), "The situation got worse", "April 22, 2016 18:44", 1), extract.KindArticle},
		{"article called not found", whole("Not found: the lost papers of the ministry", ``), extract.KindArticle},
		{"article behind a protecting script", whole("Minsk builds a new bridge over the river", `<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`), extract.KindArticle},
		{"article without scripts", whole("Minsk builds a new bridge over the river", `<noscript>Please enable JavaScript</noscript>`), extract.KindArticle},
		{"one short paragraph", `<title>Minsk builds a bridge</title><p>December 4 – December 10, 2017</p><p>Security issues</p><h1>Minsk builds a bridge over the river</h1><p>The situation got worse</p><p>The security check at the border takes an hour, and you have been blocked, say the drivers who wait.</p>`, extract.KindArticle},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := readAt(t, site+"/security-issues/some-page", c.body)
			if r.Kind != c.want {
				t.Errorf("%s (%s), want %s", r.Kind, r.Reason, c.want)
			}
			if r.Reason == "" {
				t.Error("no reason")
			}
			if c.want == extract.KindInterstitial && len(r.Links) > 0 {
				t.Errorf("links of an interstitial: %v", r.Links)
			}
		})
	}
}

func TestAListingThatHoldsWholeTextsIsNoArticle(t *testing.T) {
	for name, form := range map[string]string{
		"articles":  `<article><p>%[3]s, 2024</p><p>Security issues</p><h2><a href="%[1]s">%[2]s</a></h2>` + prose + prose + `</article>`,
		"flat":      `<p>%[3]s, 2024</p><h2><a href="%[1]s">%[2]s</a></h2>` + prose + prose,
		"read more": `<div><h3>%[2]s</h3><p>%[3]s</p>` + prose + `<p><a href="%[1]s">%[2]s</a></p></div>`,
	} {
		var b strings.Builder
		for _, e := range entries()[:4] {
			fmt.Fprintf(&b, form, e.path, e.title, e.period)
		}
		for _, addr := range []string{"/analytics/security-issues/", "/weeks/12", "/"} {
			r := readAt(t, site+addr, "<!doctype html><title>Security issues</title><h1>Security issues</h1><div>"+b.String()+"</div>")
			n := 0
			for _, l := range r.Links {
				if l.Role == extract.RoleArticle {
					n++
				}
			}
			if r.Kind != extract.KindListing || n != 4 {
				t.Errorf("%s at %s: %s (%s), %d articles", name, addr, r.Kind, r.Reason, n)
			}
		}
	}
}

func TestAnArticleBesideListsIsNoListing(t *testing.T) {
	var list strings.Builder
	for _, e := range entries() {
		fmt.Fprintf(&list, `<li><a href="%s">%s</a><p>%s</p></li>`, e.path, e.title, e.teaser)
	}
	body := whole("Minsk builds a new bridge over the river", "")
	older := strings.Replace(body, "The situation got worse", "April 22, 2016 18:44", 1)
	for name, page := range map[string]string{
		"list first":          strings.Replace(body, "<a href", "<ul>"+list.String()+"</ul><a href", 1),
		"list last":           body + "<ul>" + list.String() + "</ul>",
		"older layout":        older + "<h3>Similar articles</h3><ul>" + list.String() + "</ul>",
		"without headings":    strings.NewReplacer("<h1>", "<div>", "</h1>", "</div>", "The situation got worse", "", "</title>", "</title><ul>"+list.String()+"</ul>").Replace(body),
		"in the first column": strings.Replace(body, "<a href", "<table><tr><td>"+list.String()+"<td><a href", 1),
	} {
		r := readAt(t, site+"/security-issues/minsk-builds-a-new-bridge-over-the-river/", page)
		if r.Kind != extract.KindArticle {
			t.Errorf("%s: %s (%s)", name, r.Kind, r.Reason)
		}
	}
}

func TestAPageOfNothingNewIsStillAListing(t *testing.T) {
	r := readAt(t, site+"/analytics/security-issues/page/99/", `<!doctype html><h1>Security issues</h1><p>Soon there will be more to read here.</p>`)
	if r.Kind != extract.KindListing {
		t.Errorf("%s (%s)", r.Kind, r.Reason)
	}
	r = readAt(t, site+"/analytics/security-issues/page/99/", `<!doctype html><title>Nothing found</title><h1>Nothing found</h1>`)
	if r.Kind != extract.KindOther || !strings.Contains(r.Reason, "no page") {
		t.Errorf("%s (%s)", r.Kind, r.Reason)
	}
}

// newestBox is the box of the newest week that stands on every page of the site.
func newestBox() string {
	var b strings.Builder
	b.WriteString(`<div><div>Situation in Belarus</div><div>March 18 – March 24</div>`)
	for _, e := range entries()[:5] {
		fmt.Fprintf(&b, `<div><div>%s</div><a href="%s">%s</a></div>`, e.section, e.path, e.title)
	}
	return b.String() + `<div><a href="/analytics/">View all</a></div></div>`
}

func TestBoxesOfEveryPageDoNotHideWhatItIs(t *testing.T) {
	cases := []struct {
		name, addr, body string
		want             extract.Kind
	}{
		{"log-in", "/x", `<title>Belarus in Focus » Log in</title><div>` + newestBox() + `<form>Name <input> Password <input type=password></form></div>`, extract.KindLogin},
		{"log-in instead of the home page", "/", `<title>Log in | Belarus in Focus</title><div>` + newestBox() + `<form><input><input type=password></form></div>`, extract.KindLogin},
		{"home page with a box to log in", "/", `<title>Belarus in Focus</title><div>` + newestBox() + `<form><h3>Log in</h3><input><input type=password></form></div>`, extract.KindListing},
		{"missing, in bold", "/x", `<title>Belarus in Focus: Page not found</title><table><tr><td>` + newestBox() + `<td><font size=5><b>Page not found</b></font><br>The address may have been mistyped.</table>`, extract.KindOther},
		{"missing, without a title", "/x", `<div>` + newestBox() + `<p><b>Page not found</b></p></div>`, extract.KindOther},
		{"event", "/meetings/ten", `<title>Ten years of weeks</title><div>` + newestBox() + `<h1>Ten years of weeks</h1><p>December 12, 2024</p><p>The club meets in the evening.</p></div>`, extract.KindOther},
		{"a short text above lists of articles", "/x", `<title>A word on our method – Belarus in Focus</title><h1>A word on our method</h1><p>` + strings.Repeat("We read the papers of the week and ask those who know. ", 6) + `</p>` + markups()[0].write(entries()), extract.KindOther},
		{"log-in below long menus", "/x", `<title>Log in</title><ul>` + strings.Repeat(`<li><a href="/analytics/">A long entry of the menu that leads to the analyses</a>`, 40) + `</ul><form><input><input type=password></form>`, extract.KindLogin},
		{"about", "/who-we-are", `<title>About</title><div>` + newestBox() + `<h1>About</h1>` + prose + `</div>`, extract.KindOther},
		{"a week of one article", "/weeks/98", `<title>Week</title><div>` + newestBox() + `</div><div><p>December 18 – December 24</p><p>Security issues</p><div><h3><a href="/security-issues/one-headline-of-the-week">One headline of the week</a></h3><p>What it says in short.</p></div></div>`, extract.KindListing},
	}
	for _, c := range cases {
		r := readAt(t, site+c.addr, "<!doctype html>"+c.body)
		if r.Kind != c.want {
			t.Errorf("%s: %s (%s), want %s", c.name, r.Kind, r.Reason, c.want)
		}
	}
}

func TestItemsOfAPageThatIsNoListingAreNoDuty(t *testing.T) {
	r := readAt(t, site+"/meetings/ten", `<!doctype html><title>Ten years</title><h1>Ten years</h1>`+prose+prose+`<h3>Recent trends</h3>`+markups()[0].write(entries()[:3]))
	want := []string{}
	for i, e := range entries()[:3] {
		want = append(want, "maybe "+e.path+" "+starts()[i])
	}
	wantLines(t, r, want...)
}

func TestTheNewestWeeksItemsAreFoundOnEveryListing(t *testing.T) {
	r := readAt(t, site+"/analytics/security-issues/", "<!doctype html><div><div>"+newestBox()+"</div><div>"+markups()[7].write(entries()[6:])+"</div></div>")
	var got []string
	for _, l := range r.Links {
		if l.Role == extract.RoleArticle {
			got = append(got, l.PeriodStart)
		}
	}
	want := strings.Repeat("2024-03-18 ", 5) + strings.Repeat(" ", 3) // the others print no days
	if strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}
