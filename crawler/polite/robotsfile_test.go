package polite

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/temoto/robotstxt"
	"pgregory.net/rapid"
)

func mustURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestRobotsRules(t *testing.T) {
	cases := []struct{ name, file, path, rule string }{ // rule "" means allowed with no rule
		{"empty file", "", "/a", ""},
		{"web page", "<!DOCTYPE html>\n<html>\n<body>Disallow nothing: here</body>", "/a", ""},
		{"all closed", "User-agent: *\nDisallow: /", "/a", "Disallow: /"},
		{"empty disallow", "User-agent: *\nDisallow:", "/a", ""},
		{"other robot", "User-agent: other\nDisallow: /", "/a", ""},
		{"group of our own", "User-agent: *\nDisallow: /\n\nUser-agent: InFocus\nDisallow: /b", "/a", ""},
		{"a sitemap does not end the names", "User-agent: infocus\nUser-agent: x\n\nSitemap: s\nUser-agent: *\nDisallow: /", "/a", "Disallow: /"},
		{"own group that says nothing", "User-agent: infocus\nAllow:\nUser-agent: *\nDisallow: /", "/a", ""},
		{"own group with a version", "User-agent: infocus/1.0 (x)\nDisallow: /a", "/a", "Disallow: /a"},
		{"longer name than ours", "User-agent: infocus-images\nDisallow: /", "/a", ""},
		{"shorter name than ours", "User-agent: info\nDisallow: /", "/a", ""},
		{"groups of one robot are one", "User-agent: infocus\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: infocus\nDisallow: /c", "/c", "Disallow: /c"},
		{"several names before the rules", "User-agent: x\nUser-agent: infocus\nDisallow: /a", "/a", "Disallow: /a"},
		{"a delay ends the names", "User-agent: *\nCrawl-delay: 1\nUser-agent: x\nDisallow: /", "/a", ""},
		{"prefix", "User-agent: *\nDisallow: /fish", "/fish/salmon.html", "Disallow: /fish"},
		{"case of the path counts", "User-agent: *\nDisallow: /fish", "/Fish.asp", ""},
		{"case of the key does not", "USER-AGENT: *\nDISALLOW: /fish", "/fish", "DISALLOW: /fish"},
		{"longest wins", "User-agent: *\nAllow: /a\nDisallow: /a/b\nAllow: /a/b/c", "/a/b/x", "Disallow: /a/b"},
		{"longest wins in any order", "User-agent: *\nAllow: /a/b/c\nDisallow: /a/b\nAllow: /a", "/a/b/c", "Allow: /a/b/c"},
		{"allow wins a draw", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", "Allow: /a"},
		{"star", "User-agent: *\nDisallow: /*.php", "/x/y.php?z", "Disallow: /*.php"},
		{"star matches nothing too", "User-agent: *\nDisallow: /a*b", "/ab", "Disallow: /a*b"},
		{"two stars", "User-agent: *\nDisallow: /*/x/*/y", "/a/x/b/c/y", "Disallow: /*/x/*/y"},
		{"star is bound to the start", "User-agent: *\nDisallow: /a*/c", "/x/ab/c", ""},
		{"end", "User-agent: *\nDisallow: /*.php$", "/y.php", "Disallow: /*.php$"},
		{"end missed", "User-agent: *\nDisallow: /*.php$", "/y.php?z", ""},
		{"end found after an earlier match", "User-agent: *\nDisallow: /*a$", "/a/b/a", "Disallow: /*a$"},
		{"home page alone", "User-agent: *\nAllow: /$\nDisallow: /", "/x/", "Disallow: /"},
		{"home page allowed", "User-agent: *\nAllow: /$\nDisallow: /", "", "Allow: /$"},
		{"dollar inside", "User-agent: *\nDisallow: /a$b", "/a$b", "Disallow: /a$b"},
		{"escaped dollar", "User-agent: *\nDisallow: /a%24", "/a$", "Disallow: /a%24"},
		{"query", "User-agent: *\nDisallow: /*?paged=", "/analytics/?paged=5", "Disallow: /*?paged="},
		{"path without slash", "User-agent: *\nDisallow: wp-admin", "/wp-admin/x", "Disallow: wp-admin"},
		{"escapes in the address", "User-agent: *\nDisallow: /ў", "/%d1%9e", "Disallow: /ў"},
		{"escapes in the rule", "User-agent: *\nDisallow: /%D1%9e", "/ў", "Disallow: /%D1%9e"},
		{"escapes without need", "User-agent: *\nDisallow: /%61", "/abc", "Disallow: /%61"},
		{"an escaped slash is no slash", "User-agent: *\nDisallow: /a%2fb", "/a/b", ""},
		{"comment", "User-agent: * # all\nDisallow: /a # really", "/a", "Disallow: /a"},
		{"byte order mark", "\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", "Disallow: /"},
		{"bare carriage returns", "User-agent: *\rDisallow: /a\r", "/a", "Disallow: /a"},
		{"Windows line ends", "User-agent: *\r\n\r\nDisallow: /a\r\n", "/a", "Disallow: /a"},
		{"bad bytes", "User-agent: *\n\xff\xfe\x00: x\nDisallow: /a\xff", "/a%FF", "Disallow: /a\uFFFD"},
		{"rule before any name", "Disallow: /\nUser-agent: *\nDisallow: /b", "/a", ""},
		{"bad delay spoils nothing", "User-agent: *\nCrawl-delay: soon\nDisallow: /a", "/a", "Disallow: /a"},
		{"robots.txt itself", "User-agent: *\nDisallow: /", "/robots.txt", ""},
	}
	for _, c := range cases {
		got := parseRobots([]byte(c.file)).verdict(mustURL(t, "http://a.example"+c.path))
		allowed := c.rule == "" || strings.HasPrefix(strings.ToLower(c.rule), "allow")
		if got.Rule != c.rule || got.Allowed != allowed {
			t.Errorf("%s: %s got %v by %q, want %v by %q", c.name, c.path, got.Allowed, got.Rule, allowed, c.rule)
		}
	}
}

func TestCrawlDelayLines(t *testing.T) {
	for file, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 10":                                           10 * time.Second,
		"User-agent: *\nCrawl-delay: 0.5":                                          500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 2\nUser-agent: infocus\nDisallow: /a":         0,
		"User-agent: *\nCrawl-delay: 2\nUser-agent: infocus\nCrawl-delay: 7":       7 * time.Second,
		"User-agent: *\nCrawl-delay: 7\nCrawl-delay: 2":                            7 * time.Second,
		"User-agent: *\nCrawl-delay: 1e300":                                        MaxCrawlDelay,
		"User-agent: *\nCrawl-delay: -1":                                           0,
		"User-agent: *\nCrawl-delay: NaN":                                          0,
		"User-agent: *\nCrawl-delay:":                                              0,
		"Crawl-delay: 5\nUser-agent: *\nDisallow: /":                               0,
		"User-agent: x\nUser-agent: *\nDisallow:\nCrawl-delay: 3\nRequest-rate: 1": 3 * time.Second,
	} {
		if got := parseRobots([]byte(file)).crawlDelay; got != want {
			t.Errorf("%q: %v, want %v", file, got, want)
		}
	}
}

func TestSitemapLines(t *testing.T) {
	file := "Sitemap: https://a.example/1.xml\nUser-agent: x\nsitemap:https://a.example/2.xml?a=b\nSitemap:\nSitemap: https://a.example/1.xml\n"
	want := []string{"https://a.example/1.xml", "https://a.example/2.xml?a=b"}
	if got := parseRobots([]byte(file)).sitemaps; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRobotsBeyondTheBoundIsNotRead(t *testing.T) {
	line := "Disallow: /secret-" + strings.Repeat("x", 80) + "\n"
	file := "User-agent: *\n" + strings.Repeat(line, MaxRobotsSize/len(line)+1) + "Disallow: /late\nDisallow: /\n"
	r := parseRobots([]byte(file))
	if v := r.verdict(mustURL(t, "http://a.example/late")); !v.Allowed {
		t.Errorf("a rule beyond the bound was read: %q", v.Rule)
	}
	if v := r.verdict(mustURL(t, "http://a.example/secret-"+strings.Repeat("x", 80))); v.Allowed {
		t.Error("a rule within the bound was not read")
	}
}

// A pattern made to keep a matcher busy.
func TestMatchingTakesNoTimeToSpeakOf(t *testing.T) {
	file := "User-agent: *\nDisallow: /" + strings.Repeat("*a", 5000) + "b$"
	r := parseRobots([]byte(file))
	u := mustURL(t, "http://a.example/"+strings.Repeat("a", 100_000))
	begin := time.Now()
	if !r.verdict(u).Allowed {
		t.Error("matched")
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("took %v", took)
	}
}

// Where rules have no wildcards, the library that Colly uses is right and has to agree.
func TestPlainRulesAgreeWithAnotherParser(t *testing.T) {
	segment := rapid.SampledFrom([]string{"a", "b", "ab", "news", "by"})
	path := rapid.Map(rapid.SliceOfN(segment, 1, 4), func(s []string) string { return "/" + strings.Join(s, "/") })
	rapid.Check(t, func(t *rapid.T) {
		var file strings.Builder
		for range rapid.IntRange(0, 3).Draw(t, "groups") {
			fmt.Fprintf(&file, "User-agent: %s\n", rapid.SampledFrom([]string{"*", "infocus", "other"}).Draw(t, "agent"))
			for range rapid.IntRange(1, 4).Draw(t, "rules") {
				key := rapid.SampledFrom([]string{"Allow", "Disallow"}).Draw(t, "key")
				fmt.Fprintf(&file, "%s: %s\n", key, path.Draw(t, "rule"))
			}
		}
		rules := parseRobots([]byte(file.String()))
		other, err := robotstxt.FromString(file.String())
		if err != nil {
			t.Fatal(err)
		}
		asked := path.Draw(t, "asked")
		got := rules.verdict(&url.URL{Scheme: "http", Host: "a.example", Path: asked})
		if draws(rules, got.Rule) {
			return // the other one lets the first line win, RFC 9309 the Allow line
		}
		if want := other.TestAgent(asked, Agent); got.Allowed != want {
			t.Fatalf("%s: %v by %q, the other parser says %v of\n%s", asked, got.Allowed, got.Rule, want, file.String())
		}
	})
}

// draws says whether the path of a rule is both allowed and disallowed.
func draws(r *rules, text string) bool {
	_, path, _ := strings.Cut(text, ": ")
	seen := map[bool]bool{}
	for _, line := range r.lines {
		if line.pattern == path {
			seen[line.allow] = true
		}
	}
	return len(seen) == 2
}

func FuzzRobots(f *testing.F) {
	for _, s := range []string{
		"", "User-agent: *\nDisallow: /a*b$\n", "Allow: /", "User-agent:\nDisallow:\n:::\n", "\xef\xbb\xbfSitemap: x", "Disallow: %", "User-agent: infocus\nAllow: /%zz$$",
		"user-agent:*\ncrawl-delay:9e99",
	} {
		f.Add([]byte(s), "/a/%%33?c")
	}
	f.Fuzz(func(t *testing.T, file []byte, path string) {
		r := parseRobots(file)
		if r.crawlDelay < 0 || r.crawlDelay > MaxCrawlDelay {
			t.Fatalf("delay %v", r.crawlDelay)
		}
		u := &url.URL{Scheme: "http", Host: "a.example", Path: path}
		if v := r.verdict(u); v.Rule == "" && !v.Allowed {
			t.Fatal("disallowed by nothing")
		}
		closed := parseRobots(append([]byte("User-agent: infocus\nDisallow: *\n"), file...))
		if v := closed.verdict(u); v.Allowed && v.Rule == "" && u.EscapedPath() != robotsPath && len(file) < MaxRobotsSize/2 {
			t.Fatal("a rule that matches everything did not")
		}
		if again := normalise(normalise(path)); again != normalise(path) {
			t.Fatalf("%q has two normal forms", path)
		}
	})
}
