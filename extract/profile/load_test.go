package profile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"infocus/extract/profile"
)

// small is a profile that names no more than it must.
const small = `name: small
hosts: [example.org]
editions:
  - code: en
    languages: [en]
    seeds: [/]
    months: [[January], [February], [March], [April], [May], [June], [July], [August], [September], [October], [November], [December]]
`

func TestAProfileNeedsLittle(t *testing.T) {
	p, err := profile.Parse("small.yaml", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	if p.Unit != "week" || p.Location().String() != "UTC" {
		t.Errorf("got %s, %s", p.Unit, p.Location())
	}
	if r, ok := p.Periods().Find("December 4 – December 10, 2017"); !ok || !r.Week {
		t.Error("weeks do not begin on Monday by default")
	}
}

func TestMistakesNameTheirPlaceAndTheWayOut(t *testing.T) {
	replace := func(old, with string) string {
		if !strings.Contains(small, old) {
			t.Fatalf("nothing to replace: %s", old)
		}
		return strings.Replace(small, old, with, 1)
	}
	cases := []struct {
		name, text string
		want       []string // all in the message
	}{
		{"empty", "", []string{"x.yaml", "empty", "name, hosts and editions"}},
		{"two documents", small + "---\nname: b\n", []string{"x.yaml", "more than one"}},
		{"not YAML", "name: [", []string{"x.yaml", "line 1"}},
		{"a key twice", "name: a\nname: b\n", []string{"x.yaml", "line 2"}},
		{"unknown key", small + "colour: red\n", []string{"x.yaml", "line 8", `"colour"`, "known here", "hosts"}},
		{"unknown key inside", small + "addresses: {artcles: [/a]}\n", []string{"line 8", `"artcles"`, "articles"}},
		{"unknown key in a list", replace("languages: [en]", "language: en"), []string{"line 5", `"language"`, "languages"}},
		{"bad selector", small + "selectors:\n  headline: 'h1[['\n", []string{"x.yaml", "line 9", "bad selector", "h1[["}},
		{"unknown selector", small + "selectors: {heading: h1}\n", []string{"line 8", `"heading"`, "headline"}},
		{"bad name", replace("name: small", "name: Small Site"), []string{"line 1", "name", "Small Site", "small letters"}},
		{"no hosts", replace("hosts: [example.org]", "hosts: []"), []string{"line 2", "hosts", "empty", "example.org"}},
		{"address as host", replace("[example.org]", "['https://example.org/']"), []string{"line 2", "hosts.0", "without https://"}},
		{"www host", replace("[example.org]", "[www.example.org]"), []string{"hosts.0", "www."}},
		{"host twice", replace("[example.org]", "[a.org, b.org, a.org]"), []string{"hosts.2", "twice"}},
		{"bad time zone", small + "time_zone: Europe/Atlantis\n", []string{"line 8", "Europe/Atlantis", "IANA"}},
		{"time zone of the machine", small + "time_zone: Local\n", []string{"line 8", "Local"}},
		{"bad weekday", small + "first_weekday: Funday\n", []string{"line 8", "Funday"}},
		{"bad period", small + "period: day\n", []string{"line 8", "week or month"}},
		{"bad date order", small + "date_order: ydm\n", []string{"line 8", "dmy or mdy"}},
		{"no editions", "name: a\nhosts: [a.org]\n", []string{"editions", "one edition"}},
		{"edition twice", replace("editions:\n", "editions:\n  - {code: en, prefix: /x, languages: [en], seeds: [/x/], months: [[a], [b], [c], [d], [e], [f], [g], [h], [i], [j], [k], [l]]}\n"), []string{"line 5", "editions.1.code", "twice"}},
		{"bad code", replace("code: en", "code: English"), []string{"line 4", "editions.0.code"}},
		{"no language", replace("languages: [en]", "languages: []"), []string{"line 5", "languages"}},
		{"bad language", replace("languages: [en]", "languages: [en_GB]"), []string{"line 5", "BCP 47"}},
		{"prefix with a slash", replace("seeds: [/]", "seeds: [/]\n    prefix: /en/"), []string{"line 7", "prefix"}},
		{"no seeds", replace("seeds: [/]", "seeds: []"), []string{"line 6", "seeds"}},
		{"seed is no path", replace("seeds: [/]", "seeds: ['https://a.org']"), []string{"seeds.0", "begins with a slash"}},
		{"eleven months", replace(", [December]", ""), []string{"line 7", "11 months", "twelve"}},
		{"a month without a name", replace("[May]", "[]"), []string{"line 7", "May has no name"}},
		{"a word for two months", replace("[May]", "[May, March]"), []string{"months", "March", "May"}},
		{"unknown verdict", replace("seeds: [/]", "seeds: [/]\n    verdicts: {good: [Good]}"), []string{"line 7", "good", "better, worse or unchanged"}},
		{"phrase without a letter", replace("seeds: [/]", "seeds: [/]\n    chrome: ['...']"), []string{"line 7", "chrome.0"}},
		{"link words without a letter", replace("seeds: [/]", "seeds: [/]\n    links: {next: ['»']}"), []string{"line 7", "links.next.0"}},
		{"slug is a path", replace("seeds: [/]", "seeds: [/]\n    sections: [{slug: a/b}]"), []string{"line 7", "slug"}},
		{"same as nothing", replace("seeds: [/]", "seeds: [/]\n    sections: [{slug: a, same_as: b}]"), []string{"line 7", "same_as", `"b"`}},
		{"bad pattern", small + "addresses:\n  articles: [section/*]\n", []string{"line 9", "articles.0", "slash"}},
		{"unknown place", small + "addresses: {articles: ['/{slug}']}\n", []string{"{slug}", "{section}"}},
		{"stars in the middle", small + "addresses: {ignore: ['/a/**/b']}\n", []string{"ignore.0", "end only"}},
		{"bad paging", small + "addresses: {paging: ['?page=N']}\n", []string{"paging.0", "?paged={n}"}},
		{"bad paging path", small + "addresses: {paging: ['/page/']}\n", []string{"paging.0", "/page/{n}"}},
		{"bad query key", small + "addresses: {keep_query: ['?id']}\n", []string{"keep_query.0", "name alone"}},
		{"empty reference", small + "verdict_references: [{contains: '', trend: worse}]\n", []string{"verdict_references.0"}},
		{"bad reference trend", small + "verdict_references: [{contains: '#x', trend: bad}]\n", []string{"trend", "better, worse or unchanged"}},
		{"bad default verdict", small + "default_verdict: same\n", []string{"line 8", "same"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := profile.Parse("x.yaml", []byte(c.text))
			if err == nil {
				t.Fatal("taken")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in: %v", want, err)
				}
			}
		})
	}
}

func TestAllMistakesAreNamedAtOnceInTheOrderOfTheFile(t *testing.T) {
	text := strings.Replace(small, "languages: [en]", "languages: [x_y]", 1) + "first_weekday: Funday\nperiod: day\n"
	_, err := profile.Parse("x.yaml", []byte(text))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], "line 5") || !strings.Contains(lines[1], "line 8") || !strings.Contains(lines[2], "line 9") {
		t.Errorf("got %v", err)
	}
}

func TestLoadReadsAFileAndNamesItsPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "site.yaml")
	if _, err := profile.Load(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("missing file: %v", err)
	}
	if err := os.WriteFile(path, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := profile.Load(path)
	if err != nil || string(p.Bytes()) != small {
		t.Fatalf("got %v", err)
	}
	if err := os.WriteFile(path, []byte("nonsense: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := profile.Load(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("bad file: %v", err)
	}
	if _, err := profile.Load(t.TempDir()); err == nil {
		t.Error("a directory was read")
	}
	if _, err := profile.Parse("x", make([]byte, 2<<20)); err == nil {
		t.Error("two megabytes were taken")
	}
}

func TestTheDigestTellsProfilesApart(t *testing.T) {
	a, _ := profile.Parse("a", []byte(small))
	b, _ := profile.Parse("b", []byte(small))
	c, _ := profile.Parse("c", []byte(small+"title: Small\n"))
	if a.Digest() != b.Digest() || a.Digest() == c.Digest() {
		t.Errorf("digests %s %s %s", a.Digest(), b.Digest(), c.Digest())
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("name: a\nhosts: [a]\neditions: [{code: en, months: [[a]]}]\naddresses: {paging: ['/p{n}'], articles: ['/{year}-{month}/**']}\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := profile.Parse("fuzz", data)
		if err == nil && (len(p.Editions) == 0 || len(p.Hosts) == 0 || p.Periods() == nil) {
			t.Fatal("a profile without editions, hosts or months was taken")
		}
	})
}
