package period_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"infocus/extract/period"
)

// form prints a week in one of the ways sites do; spell chooses a spelling of a month.
type form struct {
	name  string
	print func(a, b time.Time, dash string, spell func(time.Month) string) string
}

// dated are the forms that print a year which can be trusted.
func dated() []form {
	return []form{
		{"month first twice", func(a, b time.Time, dash string, m func(time.Month) string) string {
			return fmt.Sprintf("%s %d%s%s %d, %d", m(a.Month()), a.Day(), dash, m(b.Month()), b.Day(), b.Year())
		}},
		{"year at both ends", func(a, b time.Time, dash string, m func(time.Month) string) string {
			return fmt.Sprintf("%s %d, %d%s%s %d, %d", m(a.Month()), a.Day(), a.Year(), dash, m(b.Month()), b.Day(), b.Year())
		}},
		{"day first twice", func(a, b time.Time, dash string, m func(time.Month) string) string {
			return fmt.Sprintf("%d %s%s%d %s %d", a.Day(), m(a.Month()), dash, b.Day(), m(b.Month()), b.Year())
		}},
		{"one month where there is one", func(a, b time.Time, dash string, m func(time.Month) string) string {
			if a.Month() != b.Month() {
				return fmt.Sprintf("%s %d%s%s %d, %d", m(a.Month()), a.Day(), dash, m(b.Month()), b.Day(), a.Year())
			}
			return fmt.Sprintf("%d%s%d %s %d", a.Day(), dash, b.Day(), m(b.Month()), b.Year())
		}},
		{"the start's year across New Year", func(a, b time.Time, dash string, m func(time.Month) string) string {
			return fmt.Sprintf("%s %d%s%s %d, %d", m(a.Month()), a.Day(), dash, m(b.Month()), b.Day(), a.Year())
		}},
		{"numbers", func(a, b time.Time, dash string, _ func(time.Month) string) string {
			return a.Format("02.01.2006") + dash + b.Format("02.01.2006")
		}},
	}
}

// everyWeek calls f with the Monday and Sunday of each week from 2010 to 2030.
func everyWeek(f func(monday, sunday time.Time)) {
	for day := time.Date(2010, 1, 4, 0, 0, 0, 0, time.UTC); day.Year() <= 2030; day = day.AddDate(0, 0, 7) {
		f(day, day.AddDate(0, 0, 6))
	}
}

func TestEveryWeekRoundTripsInEveryLanguageAndForm(t *testing.T) {
	g := weeks(t)
	languages := map[string]period.Months{"en": english(), "be": belarusian(), "ru": russian()}
	for name, months := range languages {
		for _, form := range dated() {
			t.Run(name+"/"+form.name, func(t *testing.T) {
				everyWeek(func(monday, sunday time.Time) {
					for spelling := range 2 {
						text := form.print(monday, sunday, " – ", func(m time.Month) string {
							all := months[m-1]
							return all[min(spelling, len(all)-1)]
						})
						checkWeek(t, g, text, monday, sunday)
					}
				})
			})
		}
	}
}

// checkWeek wants text to be read as exactly that week.
func checkWeek(t interface{ Fatalf(string, ...any) }, g *period.Grammar, text string, monday, sunday time.Time) {
	r, ok := g.Parse(text)
	if !ok || !r.Week || r.Start.String() != monday.Format(time.DateOnly) || r.End.String() != sunday.Format(time.DateOnly) {
		t.Fatalf("%q: got %v %s, want %s", text, ok, summary(r), monday.Format(time.DateOnly))
	}
}

func TestYearlessWeeksAreFoundAgainAtTheirOwnTime(t *testing.T) {
	g := weeks(t)
	months := english()
	everyWeek(func(monday, sunday time.Time) {
		text := fmt.Sprintf("%s %d – %s %d", months[monday.Month()-1][0], monday.Day(), months[sunday.Month()-1][0], sunday.Day())
		r, _ := g.Parse(text)
		for _, late := range []int{-7, 0, 6, 30, 300} { // a fitting year comes back after five years at the soonest
			dated, ok := g.Resolve(r, monday.AddDate(0, 0, late))
			if !ok || dated.Start.String() != monday.Format(time.DateOnly) || dated.End.String() != sunday.Format(time.DateOnly) {
				t.Fatalf("%q at %+d days: got %s", text, late, summary(dated))
			}
		}
	})
}

func TestNeighboursDashesAndSpacesMakeNoDifference(t *testing.T) {
	g := weeks(t)
	languages := []period.Months{english(), belarusian(), russian()}
	forms := dated()
	rapid.Check(t, func(t *rapid.T) {
		week := rapid.IntRange(0, 1090).Draw(t, "week")
		monday := time.Date(2010, 1, 4, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*week)
		months := rapid.SampledFrom(languages).Draw(t, "language")
		dash := rapid.SampledFrom([]string{"-", "–", "—", "−", " - ", " – ", " — ", "\u00a0–\u00a0", " –", "– ", " -- ", "\n–\t"}).Draw(t, "dash")
		shape := rapid.SampledFrom([]func(string) string{strings.ToLower, strings.ToUpper, strings.Clone}).Draw(t, "case")
		form := rapid.SampledFrom(forms).Draw(t, "form")
		text := form.print(monday, monday.AddDate(0, 0, 6), dash, func(m time.Month) string {
			return shape(rapid.SampledFrom(months[m-1]).Draw(t, "spelling"))
		})
		spaced := strings.ReplaceAll(text, " ", rapid.SampledFrom([]string{" ", "\u00a0", "  ", "\u202f", "\n"}).Draw(t, "space"))
		checkWeek(t, g, spaced, monday, monday.AddDate(0, 0, 6))

		before := rapid.SampledFrom([]string{"", "by ", "en ", "Situation in Belarus ", "(", "Week: ", "18:44 ", "– "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", " Security issues", "Security issues", ". The", ")", " | ", " – "}).Draw(t, "after")
		found := g.FindAll(before + spaced + after)
		if len(found) != 1 || found[0].Start.String() != monday.Format(time.DateOnly) {
			t.Fatalf("%q: found %d", before+spaced+after, len(found))
		}
	})
}

func FuzzFindAll(f *testing.F) {
	for _, seed := range []string{
		"December 4 – December 10, 2017", "byDecember 4 – 10, 2017Security", "4 декабря 2017 г. – 10 декабря 2017 г.",
		"26.12 – 01.01.2022", "2017-12-04 – 2017-12-10", "Dec. 4th–10th", "May 7 – May 13", "\xff–\xfe4 –", "4–4–4–4–", "February 29 – March 1",
	} {
		f.Add(seed)
	}
	g := weeks(f)
	now := time.Date(2024, 3, 28, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, r := range g.FindAll(text) {
			if r.From < last || r.To <= r.From || r.To > len(text) {
				t.Fatalf("place %d:%d after %d in %d bytes", r.From, r.To, last, len(text))
			}
			last = r.To
			dated, ok := g.Resolve(r, now)
			if !ok || dated.Start.Year == 0 || dated.End.Time().Before(dated.Start.Time()) {
				t.Fatalf("%q: %s to %s", r.Text, dated.Start, dated.End)
			}
			again, ok := g.Find(r.Text)
			if !ok || again.Start != r.Start || again.End != r.End {
				t.Fatalf("%q reads as %s alone, as %s in %q", r.Text, summary(again), summary(r), text)
			}
		}
	})
}

func BenchmarkFindInProse(b *testing.B) {
	g := weeks(b)
	text := strings.Repeat("The programme envisages the allocation of some USD 20 million in 2017-2020, said Major-General Oleg Voinov – "+
		"head of the Department – on December 8th, 2017. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		g.FindAll(text)
	}
}

func BenchmarkParseWeek(b *testing.B) {
	g := weeks(b)
	now := time.Date(2024, 3, 28, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		r, _ := g.Parse("March 18 – March 24")
		g.Resolve(r, now)
	}
}
