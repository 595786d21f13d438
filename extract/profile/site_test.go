package profile_test

import (
	"net/url"
	"strings"
	"testing"

	"infocus/extract/profile"
)

func address(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestHosts(t *testing.T) {
	p := builtin(t)
	for host, want := range map[string]bool{
		"belarusinfocus.pro": true, "belarusinfocus.info": true, "www.belarusinfocus.info": true, "BelarusInFocus.Pro": true,
		"belarusinfocus.pro:443": true, "belarusinfocus.pro.": true, "belarusinfocus.org": false, "evil-belarusinfocus.pro": false,
		"belarusinfocus.pro.evil.org": false, "": false, "[::1]:80": false,
	} {
		if p.IsHost(host) != want {
			t.Errorf("%q: want %v", host, want)
		}
	}
}

func TestOneArticleHasOneID(t *testing.T) {
	p := builtin(t)
	cases := map[string]string{
		"https://belarusinfocus.pro/security-issues/minsk-develops/":         "belarusinfocus/security-issues/minsk-develops",
		"http://belarusinfocus.info/security-issues/minsk-develops":          "belarusinfocus/security-issues/minsk-develops",
		"https://belarusinfocus.pro/security-issues/minsk-develops?page=3#x": "belarusinfocus/security-issues/minsk-develops",
		"https://belarusinfocus.pro//security-issues//minsk-develops":        "belarusinfocus/security-issues/minsk-develops",
		"https://belarusinfocus.pro/by/kiruyuchy-klas/a/":                    "belarusinfocus/by/kiruyuchy-klas/a",
		"https://belarusinfocus.pro/%D0%BA%D0%BB%D0%B0%D1%81":                "belarusinfocus/клас",
		"https://belarusinfocus.pro/клас":                                    "belarusinfocus/клас",
		"https://belarusinfocus.pro/%d0%b9":                                  "belarusinfocus/й",
		"https://belarusinfocus.pro/%D0%B8%CC%86":                            "belarusinfocus/й",
		"https://belarusinfocus.pro/a%20b%3Fc%0A%ff":                         "belarusinfocus/a%20b%3Fc%0A%FF",
		"https://belarusinfocus.pro/":                                        "belarusinfocus/",
		"https://belarusinfocus.pro":                                         "belarusinfocus/",
		"https://belarusinfocus.pro/?p=12":                                   "belarusinfocus/",
	}
	for addr, want := range cases {
		if got := p.ID(address(t, addr)); got != want {
			t.Errorf("%s: got %q, want %q", addr, got, want)
		}
	}
}

func TestAKeptQueryKeyTellsArticlesApart(t *testing.T) {
	p, err := profile.Parse("x", []byte(small+"addresses: {keep_query: [id, lang]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]string{
		"https://example.org/p?id=123":                "small/p?id=123",
		"https://example.org/p/?utm=1&lang=en&id=123": "small/p?id=123&lang=en",
		"https://example.org/p?id=a%26b":              "small/p?id=a%26b",
		"https://example.org/p?other=1":               "small/p",
		"https://example.org/?id=5":                   "small/?id=5",
	} {
		if got := p.ID(address(t, addr)); got != want {
			t.Errorf("%s: got %q, want %q", addr, got, want)
		}
	}
	if p.Shape(address(t, "https://example.org/?id=5")) == profile.ShapeHome {
		t.Error("a page named by a kept key is no home page")
	}
}

func TestShapes(t *testing.T) {
	p := builtin(t)
	cases := map[string]profile.Shape{
		"/": profile.ShapeHome, "": profile.ShapeHome, "/by": profile.ShapeHome, "/by/": profile.ShapeHome, "/?paged=2": profile.ShapeHome, "/by/page/3/": profile.ShapeHome,
		"/security-issues/minsk-develops": profile.ShapeArticle, "/security-issues/minsk/?page=3": profile.ShapeArticle,
		"/by/kiruyuchy-klas/slug": profile.ShapeArticle, "/by/security-issues/slug/": profile.ShapeArticle,
		"/analytics": profile.ShapeListing, "/analytics/": profile.ShapeListing, "/analytics/security-issues/": profile.ShapeListing,
		"/analytics/security-issues/page/9/": profile.ShapeListing, "/analytics/security-issues/page/9": profile.ShapeListing,
		"/analytics/security-issues?paged=5": profile.ShapeListing, "/by/analytics/kiruyuchy-klas/": profile.ShapeListing, "/security-issues/": profile.ShapeListing,
		"/wp-admin/": profile.ShapeIgnored, "/wp-json/wp/v2/posts": profile.ShapeIgnored, "/wp-login.php": profile.ShapeIgnored,
		"/about-monitoring": profile.ShapeOther, "/by/about-monitoring/": profile.ShapeOther, "/belarusian-expert-analytical-club/event": profile.ShapeOther,
		"/belarusian-expert-analytical-club/": profile.ShapeOther, "/about-belarus": profile.ShapeUnknown,
		"/bystander/": profile.ShapeUnknown, "/security-issues/a/b": profile.ShapeUnknown,
	}
	for path, want := range cases {
		if got := p.Shape(address(t, "https://belarusinfocus.pro"+path)); got != want {
			t.Errorf("%s: got %d, want %d", path, got, want)
		}
	}
}

func TestEditionsAndSectionsByPath(t *testing.T) {
	p := builtin(t)
	cases := []struct{ path, edition, section string }{
		{"/", "en", ""}, {"/by", "be", ""}, {"/by/", "be", ""}, {"/bystander", "en", ""},
		{"/security-issues/x", "en", "security-issues"}, {"/by/kiruyuchy-klas/x", "be", "kiruyuchy-klas"},
		{"/analytics/the-ruling-elite/page/2/", "en", "the-ruling-elite"}, {"/about", "en", ""},
	}
	for _, c := range cases {
		u := address(t, "https://belarusinfocus.pro"+c.path)
		slug := ""
		if s, ok := p.SectionAt(u); ok {
			slug = s.Slug
		}
		if got := p.EditionAt(u).Code; got != c.edition || slug != c.section {
			t.Errorf("%s: got %s %q, want %s %q", c.path, got, slug, c.edition, c.section)
		}
	}
}

func TestFurtherPages(t *testing.T) {
	p := builtin(t)
	cases := []struct {
		addr, listing string
		n             int
	}{
		{"/analytics/security-issues/page/9/", "/analytics/security-issues/", 9},
		{"/analytics/security-issues/page/9", "/analytics/security-issues/", 9},
		{"/analytics/security-issues/?paged=5", "/analytics/security-issues/", 5},
		{"/analytics/security-issues?paged=5&x=1", "/analytics/security-issues?x=1", 5},
		{"/page/2/", "/", 2},
		{"/?paged=2", "/", 2},
	}
	for _, c := range cases {
		listing, n, ok := p.Page(address(t, "https://belarusinfocus.pro"+c.addr))
		if !ok || n != c.n || listing.String() != "https://belarusinfocus.pro"+c.listing {
			t.Errorf("%s: got %s %d %v", c.addr, listing, n, ok)
		}
	}
	for _, addr := range []string{"/analytics/", "/page/", "/page/x/", "/page/0", "/?paged=", "/?paged=-1", "/?paged=0", "/?page=2", "/security-issues/page", "/?paged=12345678"} {
		u := address(t, "https://belarusinfocus.pro"+addr)
		if listing, n, ok := p.Page(u); ok || n != 0 || listing != u {
			t.Errorf("%s: got %s %d", addr, listing, n)
		}
	}
}

func TestAMonthlySiteWithVerdictsAsIcons(t *testing.T) {
	p, err := profile.Parse("crisiswatch.yaml", []byte(strings.Replace(small, "example.org", "www-crisis.example.org", 1)+`
period: month
verdict_references:
  - {contains: "#deteriorated", trend: worse}
  - {contains: "#improved", trend: better}
default_verdict: unchanged
addresses:
  articles: ["/crisiswatch/{month}-{year}"]
  listings: ["/crisiswatch/database"]
  paging: ["?page={n}"]
`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]profile.Shape{
		"/crisiswatch/november-2024": profile.ShapeArticle, "/crisiswatch/november-24": profile.ShapeUnknown, "/crisiswatch/nov-2024": profile.ShapeUnknown,
		"/crisiswatch/database?location=1&page=3": profile.ShapeListing,
	} {
		if got := p.Shape(address(t, "https://x"+path)); got != want {
			t.Errorf("%s: got %d, want %d", path, got, want)
		}
	}
	for ref, want := range map[string]profile.Trend{"/sprite.svg#deteriorated": profile.Worse, "icon #improved": profile.Better, "/sprite.svg#risk-alert": ""} {
		if got, _ := p.VerdictByReference(ref); got != want {
			t.Errorf("%s: got %q, want %q", ref, got, want)
		}
	}
	if r, ok := p.Periods().Find("Belarus November 2024"); !ok || r.Start.String() != "2024-11-01" || r.End.String() != "2024-11-30" {
		t.Errorf("got %v %v", r, ok)
	}
}
