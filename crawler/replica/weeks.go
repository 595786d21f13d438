package replica

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	defaultWeeks = 72
	recentWeeks  = 20 // are held first, so that a small site is the newest part of a large one
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// monday gives the first day of the week that holds t.
func monday(t time.Time) time.Time {
	t = t.UTC()
	back := (int(t.Weekday()) + 6) % 7
	return day(t.Year(), t.Month(), t.Day()-back)
}

// firstWeek is the oldest week that any site holds.
func firstWeek() time.Time { return day(2014, time.January, 6) }

// missingWeeks were never published.
func missingWeeks() []time.Time {
	return []time.Time{
		day(2019, time.October, 14), day(2020, time.January, 27), day(2023, time.December, 18),
		day(2023, time.December, 25), day(2024, time.August, 5), day(2024, time.October, 28),
	}
}

// anchorWeeks are held by every site with room for them: each New Year of 2016/17 to 2024/25 with the
// weeks around it, the neighbours of missing weeks, the years of the older layout and sections.
func anchorWeeks() []time.Time {
	weeks := []time.Time{
		day(2014, time.October, 6), day(2015, time.May, 11), day(2016, time.April, 18), day(2016, time.April, 25),
		day(2017, time.May, 1), day(2018, time.May, 14), day(2019, time.October, 7), day(2019, time.October, 21),
		day(2020, time.January, 20), day(2020, time.February, 3), day(2021, time.August, 9),
		day(2023, time.May, 8), day(2023, time.December, 11),
	}
	for year := 2016; year <= 2024; year++ {
		turn := monday(day(year, time.December, 31))
		weeks = append(weeks, turn.AddDate(0, 0, -7), turn, turn.AddDate(0, 0, 7))
	}
	return weeks
}

// chooseWeeks gives the Mondays of the weeks a site holds, the newest first.
func chooseWeeks(n int, newest time.Time, plain bool, written []time.Time) []time.Time {
	chosen := map[time.Time]bool{}
	missing := missingWeeks()
	add := func(week time.Time) {
		if len(chosen) < n && !week.After(newest) && (plain || !slices.Contains(missing, week)) {
			chosen[week] = true
		}
	}
	for i := range recentWeeks {
		add(newest.AddDate(0, 0, -7*i))
	}
	if !plain {
		for _, week := range append(written, anchorWeeks()...) {
			add(week)
		}
	}
	for week := newest; len(chosen) < n && !week.Before(firstWeek()); week = week.AddDate(0, 0, -7) {
		add(week)
	}
	out := make([]time.Time, 0, len(chosen))
	for week := range chosen {
		out = append(out, week)
	}
	slices.SortFunc(out, func(a, b time.Time) int { return b.Compare(a) })
	return out
}

// weekNumber is the number in the address of a week's page; it says nothing about the year.
func weekNumber(week time.Time) int { return int(week.Sub(firstWeek()).Hours()/24/7) + 101 }

// periodStyle says how a range is printed.
type periodStyle struct {
	months []string // January first, nominative
	lower  bool     // months in lower case
	may    string   // another word for May, "" for none
}

func (p periodStyle) day(t time.Time) string {
	name := p.months[t.Month()-1]
	if t.Month() == time.May && p.may != "" {
		name = p.may
	}
	if p.lower {
		name = strings.ToLower(name)
	}
	return fmt.Sprintf("%s %d", name, t.Day())
}

// yearless prints a week as listings do: "December 4 – December 10".
func (p periodStyle) yearless(week time.Time) string {
	return p.day(week) + " – " + p.day(week.AddDate(0, 0, 6))
}

// dated prints a week as articles do. Across New Year the year is that of one end only, and which
// one cannot be relied on.
func (p periodStyle) dated(week time.Time) string {
	end := week.AddDate(0, 0, 6)
	year := end.Year()
	if crossesYear(week) && (week.Year()%4 == 1 || week.Year()%4 == 2) {
		year = week.Year()
	}
	return fmt.Sprintf("%s, %d", p.yearless(week), year)
}

func crossesYear(week time.Time) bool { return week.AddDate(0, 0, 6).Year() != week.Year() }
