package extract

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"infocus/extract/period"
	"infocus/extract/profile"
)

// yearsOf resolves a run of printed ranges as captured on a day and gives their first days.
func yearsOf(t testing.TB, captured string, printed ...string) string {
	t.Helper()
	p, _ := profile.Builtin(profile.Default)
	at, err := time.Parse(time.DateOnly, captured)
	if err != nil {
		t.Fatal(err)
	}
	var run []*period.Range
	for _, text := range printed {
		r, ok := p.Periods().Parse(text)
		if !ok {
			t.Fatalf("%q is no range", text)
		}
		run = append(run, &r)
	}
	resolveRun(p.Periods(), run, at)
	var starts []string
	for _, r := range run {
		starts = append(starts, r.Start.String())
	}
	return strings.Join(starts, " ")
}

func TestAListOfRangesHoldsTogether(t *testing.T) {
	cases := []struct {
		name, captured string
		printed        []string
		want           string
	}{
		{"across New Year", "2018-01-20", []string{"January 8 – January 14", "January 1 – January 7", "December 25 – December 31", "December 18 – December 24"},
			"2018-01-08 2018-01-01 2017-12-25 2017-12-18"},
		{"a week across New Year", "2025-01-20", []string{"January 6 – January 12", "December 30 – January 5", "December 23 – December 29"},
			"2025-01-06 2024-12-30 2024-12-23"},
		// Alone, 22 January would be taken for that of 2024, which was a Monday too.
		{"an old page holds its year", "2024-01-20", []string{"February 5 – February 11", "January 29 – February 4", "January 22 – January 28", "January 15 – January 21", "December 25 – December 31"},
			"2018-02-05 2018-01-29 2018-01-22 2018-01-15 2017-12-25"},
		{"a year printed holds its neighbours", "2025-06-01", []string{"January 22 – January 28", "January 15 – January 21, 2018", "January 8 – January 14"},
			"2018-01-22 2018-01-15 2018-01-08"},
		{"an old one pinned on top", "2024-03-28", []string{"May 4 – May 10, 2015", "March 18 – March 24", "March 11 – March 17", "March 4 – March 10"},
			"2015-05-04 2024-03-18 2024-03-11 2024-03-04"},
		{"the oldest first", "2024-03-28", []string{"March 4 – March 10", "March 11 – March 17", "March 18 – March 24"},
			"2024-03-04 2024-03-11 2024-03-18"},
		{"weeks missing", "2024-03-28", []string{"January 8 – January 14", "December 11 – December 17", "November 6 – November 12"},
			"2024-01-08 2023-12-11 2023-11-06"},
		{"the same week many times", "2024-03-28", []string{"March 18 – March 24", "March 18 – March 24", "March 18 – March 24"},
			"2024-03-18 2024-03-18 2024-03-18"},
		{"no week of any year", "2024-03-28", []string{"March 18 – March 24", "March 12 – March 20", "March 4 – March 10"},
			"2024-03-18 2024-03-12 2024-03-04"},
		{"nothing", "2024-03-28", nil, ""},
	}
	for _, c := range cases {
		if got := yearsOf(t, c.captured, c.printed...); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestEveryListCapturedInItsTimeIsDatedRight(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		monday := time.Date(2014, 1, 6, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*rapid.IntRange(0, 570).Draw(rt, "newest"))
		captured := monday.AddDate(0, 0, rapid.IntRange(6, 20).Draw(rt, "delay"))
		var printed, want []string
		for range rapid.IntRange(1, 60).Draw(rt, "items") {
			sunday := monday.AddDate(0, 0, 6)
			printed = append(printed, monday.Format("January 2 – ")+sunday.Format("January 2"))
			want = append(want, monday.Format(time.DateOnly))
			monday = monday.AddDate(0, 0, -7*rapid.IntRange(0, 4).Draw(rt, "gap"))
		}
		if got := yearsOf(t, captured.Format(time.DateOnly), printed...); got != strings.Join(want, " ") {
			rt.Fatalf("captured %s\ngot  %s\nwant %s", captured.Format(time.DateOnly), got, strings.Join(want, " "))
		}
	})
}

func FuzzLinks(f *testing.F) {
	for _, seed := range []string{
		"<a href='/x'>one two three</a><a href=//h>", "<base href='http://[::1'><a href=?paged=2>2</a>",
		"<table><tr><td><a href=/security-issues/a>May 7 – May 13</a><dl><dt><a href=b>x y z</a></table>", "<a href=' ht\ttp://x/ '><img alt='one two three'></a>",
	} {
		f.Add(seed)
	}
	p, _ := profile.Builtin(profile.Default)
	e, err := New(p, "")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		page := Page{URL: "https://belarusinfocus.pro/analytics/", Time: time.Date(2024, 3, 28, 0, 0, 0, 0, time.UTC), Body: []byte(body)}
		r := e.Extract(page)
		seen := map[string]bool{}
		for _, l := range r.Links {
			if seen[l.URL] || !e.InSite(l.URL) || strings.Contains(l.URL, "#") || l.Role == "" || l.Edition == "" {
				t.Fatalf("link %+v", l)
			}
			seen[l.URL] = true
		}
		if again := e.Extract(page); len(again.Links) != len(r.Links) || again.Kind != r.Kind {
			t.Fatal("read twice, the page gives two results")
		}
	})
}
