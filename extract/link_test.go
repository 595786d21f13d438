package extract_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"infocus/extract"
	"infocus/extract/profile"
)

const site = "https://belarusinfocus.pro"

// reader gives an extractor for the built-in site.
func siteReader(t testing.TB) *extract.Extractor {
	t.Helper()
	p, ok := profile.Builtin(profile.Default)
	if !ok {
		t.Fatal("no built-in profile")
	}
	e, err := extract.New(p, "")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// readAt reads a page of the site as captured in a day of spring 2024.
func readAt(t testing.TB, addr, body string) *extract.Result {
	t.Helper()
	return siteReader(t).Extract(extract.Page{
		URL: addr, Time: time.Date(2024, 3, 28, 3, 0, 0, 0, time.UTC), ContentType: "text/html; charset=utf-8", Body: []byte(body),
	})
}

// line puts a link in one line: role, path, and what else is known of it.
func line(l extract.Link) string {
	s := string(l.Role) + " " + strings.TrimPrefix(l.URL, site)
	if l.PeriodStart != "" {
		s += " " + l.PeriodStart
	}
	if l.Page > 0 {
		s += fmt.Sprintf(" p%d", l.Page)
	}
	return s
}

// lines gives the links of a page but for those of role other.
func lines(r *extract.Result) []string {
	var out []string
	for _, l := range r.Links {
		if l.Role != extract.RoleOther {
			out = append(out, line(l))
		}
	}
	return out
}

// wantLines compares links, one a line.
func wantLines(t *testing.T, r *extract.Result, want ...string) {
	t.Helper()
	got := strings.Join(lines(r), "\n")
	if w := strings.Join(want, "\n"); got != w {
		t.Errorf("kind %s (%s)\ngot:\n%s\nwant:\n%s", r.Kind, r.Reason, got, w)
	}
}

// entry is one article of a listing.
type entry struct{ path, title, period, section, teaser string }

// week makes a listing's entries; periods run down from March 2024 to before New Year.
func entries() []entry {
	titles := []string{
		"Minsk tightens control over border trade ahead of the review", "The Kremlin offers a loan on familiar terms",
		"Opposition structures abroad argue over mandates", "Exercises near Brest test the new brigade",
		"Parliament prepares the third law on citizenship", "European carriers return to the eastern route",
		"Security council reshuffles its regional staff", "Potash exports recover without new partners",
		"New year address promises stability and vigilance", "Courts speed up hearings in absentia before holidays",
	}
	periods := []string{
		"March 18 – March 24", "March 11 – March 17", "March 4 – March 10", "February 26 – March 3", "January 22 – January 28",
		"January 15 – January 21", "January 8 – January 14", "January 1 – January 7", "December 25 – December 31", "December 11 – December 17",
	}
	slugs := []string{"security-issues", "belarus-russia-relations", "society-and-political-parties", "the-ruling-elite", "belarus-west-relations"}
	names := []string{"Security issues", "Belarus-Russia relations", "Society and political parties", "The ruling elite", "Belarus-West relations"}
	var out []entry
	for i, title := range titles {
		slug := strings.ReplaceAll(strings.ToLower(title), " ", "-")
		out = append(out, entry{
			path: "/" + slugs[i%5] + "/" + slug + "/", title: title, period: periods[i], section: names[i%5],
			teaser: "According to observers, the decision follows weeks of consultations and is unlikely to change the balance before summer.",
		})
	}
	return out
}

// starts are the first days of the entries' periods.
func starts() []string {
	return []string{
		"2024-03-18", "2024-03-11", "2024-03-04", "2024-02-26", "2024-01-22",
		"2024-01-15", "2024-01-08", "2024-01-01", "2023-12-25", "2023-12-11",
	}
}

// articleLines is what a listing of the entries should give for them.
func articleLines(list []entry, dated bool) []string {
	var out []string
	for i, e := range list {
		s := "article " + e.path
		if dated {
			s += " " + starts()[i]
		}
		out = append(out, s)
	}
	return out
}

// markup is one way to write a listing.
type markup struct {
	name  string
	dated bool
	write func(list []entry) string
}

// markups are listings that share no class and little structure.
func markups() []markup {
	return []markup{
		{"list of links with dates", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<li><span>%s</span> <a href="%s">%s</a></li>`, e.period, e.path, e.title)
			}
			return "<main><h1>Security issues</h1><ul>" + b.String() + "</ul></main>"
		}},
		{"cards with pictures and read more", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<article><a href="%[1]s"><img src="/i.jpg" alt=""></a><header><a href="/analytics/security-issues/">%[4]s</a><time>%[3]s</time></header>
				<h2><a href="%[1]s">%[2]s</a></h2><p>%[5]s</p><a href="%[1]s">Read more</a></article>`, e.path, e.title, e.period, e.section, e.teaser)
			}
			return "<main>" + b.String() + "</main>"
		}},
		{"table of rows", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<tr><td>%s<td>%s<td><a href="%s">%s</a></tr>`, e.period, e.section, e.path, e.title)
			}
			return "<table border=0><tr><td><table><tr><th>Week<th>Section<th>Title</tr>" + b.String() + "</table></td></tr></table>"
		}},
		{"boxes in boxes, whole cards linked", true, func(list []entry) string {
			var b strings.Builder
			for i, e := range list {
				if i%3 == 0 {
					b.WriteString(`<div class="x91">`)
				}
				fmt.Fprintf(&b, `<div class="a7 k%d"><a href="%s"><div class="q"><div class="z1">%s</div><div class="z2">%s</div></div><div class="z3">%s</div></a></div>`, i, e.path, e.period, e.section, e.title)
				if i%3 == 2 || i == len(list)-1 {
					b.WriteString(`</div>`)
				}
			}
			return `<div class="root"><div class="y">` + b.String() + "</div></div>"
		}},
		{"definition list, dates as terms", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<dt>%s</dt><dd><a href="%s">%s</a></dd>`, e.period, e.path, e.title)
			}
			return "<dl>" + b.String() + "</dl>"
		}},
		{"definition list, titles as terms", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<dt><a href="%s">%s</a></dt><dd>%s</dd><dd>%s</dd>`, e.path, e.title, e.period, e.teaser)
			}
			return "<dl>" + b.String() + "</dl>"
		}},
		{"lines parted by br", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<b><a href="%s">%s</a></b><br>%s<br>%s<br><br>`, e.path, e.title, e.period, e.teaser)
			}
			return `<table><tr><td width=150><a href="/">Home</a><br><a href="/analytics/">Analytics</a><td>` + b.String() + "</table>"
		}},
		{"no dates at all", false, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<section><h3><a href="%s">%s</a></h3></section>`, e.path, e.title)
			}
			return "<div>" + b.String() + "</div>"
		}},
		{"flat headings and paragraphs", true, func(list []entry) string {
			var b strings.Builder
			for _, e := range list {
				fmt.Fprintf(&b, `<h4><a href="%s">%s</a></h4><p>%s</p><p>%s <a href="%s">Read more</a></p>`, e.path, e.title, e.period, e.teaser, e.path)
			}
			return b.String()
		}},
	}
}

func TestListingsInEveryMarkupGiveTheirArticles(t *testing.T) {
	list := entries()
	for _, m := range markups() {
		t.Run(m.name, func(t *testing.T) {
			r := readAt(t, site+"/analytics/security-issues/", "<!doctype html><title>Security issues</title>"+m.write(list))
			if r.Kind != extract.KindListing {
				t.Fatalf("kind %s: %s", r.Kind, r.Reason)
			}
			var got []string
			for _, l := range r.Links {
				if l.Role == extract.RoleArticle {
					got = append(got, line(l))
				}
				if l.Role == extract.RoleArticle && strings.TrimPrefix(l.URL, site) == list[0].path && !strings.Contains(l.Text, list[0].title) {
					t.Errorf("text %q", l.Text)
				}
			}
			if want := articleLines(list, m.dated); strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestListingsAreKnownWithoutTheAddressOfOne(t *testing.T) {
	for _, m := range markups() {
		t.Run(m.name, func(t *testing.T) {
			r := readAt(t, site+"/weeks/12", "<!doctype html><title>Week</title>"+m.write(entries()))
			if r.Kind != extract.KindListing {
				t.Errorf("kind %s: %s", r.Kind, r.Reason)
			}
		})
	}
}

func TestArticlesAtOddAddressesAreFound(t *testing.T) {
	p, err := profile.Parse("odd", []byte(strings.Replace(string(must(profile.Builtin(profile.Default)).Bytes()), "keep_query: []", "keep_query: [id]", 1)))
	if err != nil {
		t.Fatal(err)
	}
	e, err := extract.New(p, "")
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]func(i int) string{
		"query": func(i int) string { return fmt.Sprintf("/p?id=%d", 100+i) },
		"dated": func(i int) string { return fmt.Sprintf("/2017/12/some-title-%d", i) },
		"flat":  func(i int) string { return fmt.Sprintf("/some-title-%d.html", i) },
	}
	for name, form := range forms {
		for _, m := range markups() {
			t.Run(name+"/"+m.name, func(t *testing.T) {
				list := entries()
				for i := range list {
					list[i].path = form(i)
				}
				r := e.Extract(extract.Page{
					URL: site + "/analytics/", Time: time.Date(2024, 3, 28, 0, 0, 0, 0, time.UTC), Body: []byte("<!doctype html>" + m.write(list)),
				})
				n := 0
				for _, l := range r.Links {
					if l.Role == extract.RoleArticle {
						n++
					}
				}
				if r.Kind != extract.KindListing || n != len(list) {
					t.Errorf("kind %s, %d articles of %d\n%s", r.Kind, n, len(list), strings.Join(lines(r), "\n"))
				}
			})
		}
	}
}

func must(p *profile.Profile, ok bool) *profile.Profile {
	if !ok {
		panic("no profile")
	}
	return p
}
