package replica

import (
	"slices"
	"testing"
	"time"
)

func TestWeeksSpanEveryNewYear(t *testing.T) {
	weeks := chooseWeeks(defaultWeeks, day(2025, time.January, 13), false, nil)
	if len(weeks) != defaultWeeks || len(weeks) < 60 {
		t.Fatalf("%d weeks, want %d", len(weeks), defaultWeeks)
	}
	for year := 2016; year <= 2024; year++ {
		before := slices.ContainsFunc(weeks, func(w time.Time) bool { return w.Year() == year && w.Month() == time.December })
		after := slices.ContainsFunc(weeks, func(w time.Time) bool { return w.Year() == year+1 && w.Month() == time.January })
		if !before || !after {
			t.Errorf("New Year %d: a week before it: %t, after it: %t", year+1, before, after)
		}
	}
	for _, week := range missingWeeks() {
		if slices.Contains(weeks, week) {
			t.Errorf("the week of %s is held, and should be missing", week.Format(time.DateOnly))
		}
	}
	for i, week := range weeks {
		if week.Weekday() != time.Monday || i > 0 && !week.Before(weeks[i-1]) {
			t.Errorf("week %d: %s is no Monday or out of order", i, week)
		}
	}
}

func TestFewWeeksAreTheNewest(t *testing.T) {
	got := chooseWeeks(2, day(2024, time.May, 6), false, []time.Time{day(2017, time.December, 4)})
	if want := []time.Time{day(2024, time.May, 6), day(2024, time.April, 29)}; !slices.Equal(got, want) {
		t.Errorf("weeks %v, want %v", got, want)
	}
}

func TestPeriodsArePrintedAsTheSiteDoes(t *testing.T) {
	v, err := readVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{words: v}
	en := s.style(editionEn, "")
	be := s.style(editionBe, "")
	be.lower, be.may = false, ""
	may := be
	may.lower, may.may = true, "Травень"
	for _, c := range []struct {
		style periodStyle
		week  time.Time
		want  string
	}{
		{en, day(2017, time.December, 4), "December 4 – December 10, 2017"},
		{en, day(2023, time.June, 26), "June 26 – July 2, 2023"},
		{en, day(2024, time.December, 30), "December 30 – January 5, 2025"},
		{en, day(2022, time.December, 26), "December 26 – January 1, 2022"},
		{be, day(2021, time.August, 9), "Жнівень 9 – Жнівень 15, 2021"},
		{may, day(2018, time.April, 30), "красавік 30 – травень 6, 2018"},
	} {
		if got := c.style.dated(c.week); got != c.want {
			t.Errorf("week of %s: %q, want %q", c.week.Format(time.DateOnly), got, c.want)
		}
	}
	if got := en.yearless(day(2018, time.May, 7)); got != "May 7 – May 13" {
		t.Errorf("without a year: %q", got)
	}
}

func TestMondayOfAnyDay(t *testing.T) {
	for _, d := range []time.Time{day(2024, 1, 1), day(2024, 1, 7), time.Date(2024, 1, 3, 23, 59, 0, 0, time.UTC)} {
		if got := monday(d); !got.Equal(day(2024, time.January, 1)) {
			t.Errorf("monday(%s) = %s", d, got)
		}
	}
}
