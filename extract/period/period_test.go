package period_test

import (
	"strings"
	"testing"
	"time"

	"infocus/extract/period"
)

func english() period.Months {
	return period.Months{
		{"January", "Jan"}, {"February", "Feb"}, {"March", "Mar"}, {"April", "Apr"}, {"May"}, {"June", "Jun"},
		{"July", "Jul"}, {"August", "Aug"}, {"September", "Sep", "Sept"}, {"October", "Oct"}, {"November", "Nov"}, {"December", "Dec"},
	}
}

func belarusian() period.Months {
	return period.Months{
		{"Студзень", "Студзеня"}, {"Люты", "Лютага"}, {"Сакавік", "Сакавіка"}, {"Красавік", "Красавіка"},
		{"Май", "Мая", "Травень", "Траўня"}, {"Чэрвень", "Чэрвеня"}, {"Ліпень", "Ліпеня"}, {"Жнівень", "Жніўня"},
		{"Верасень", "Верасня"}, {"Кастрычнік", "Кастрычніка"}, {"Лістапад", "Лістапада"}, {"Снежань", "Снежня"},
	}
}

func russian() period.Months {
	return period.Months{
		{"Январь", "Января"}, {"Февраль", "Февраля"}, {"Март", "Марта"}, {"Апрель", "Апреля"}, {"Май", "Мая"}, {"Июнь", "Июня"},
		{"Июль", "Июля"}, {"Август", "Августа"}, {"Сентябрь", "Сентября"}, {"Октябрь", "Октября"}, {"Ноябрь", "Ноября"}, {"Декабрь", "Декабря", "Дек"},
	}
}

func weeks(t testing.TB) *period.Grammar {
	t.Helper()
	g, err := period.New(period.Options{
		Unit: period.Week, First: time.Monday, Languages: []period.Months{english(), belarusian(), russian()},
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// summary puts a range in one line: start, end, then w (a week), c (year corrected), y (year printed).
func summary(r period.Range) string {
	s := r.Start.String() + " " + r.End.String() + " "
	if r.Week {
		s += "w"
	}
	if r.YearCorrected {
		s += "c"
	}
	if r.HasYear {
		s += "y"
	}
	return strings.TrimSpace(s)
}

func TestRangesAsPrinted(t *testing.T) {
	const week = "2017-12-04 2017-12-10 wy"
	cases := []struct{ text, want, printed string }{
		// The site's own form, and its dashes.
		{"December 4 – December 10, 2017", week, ""},
		{"December 4 - December 10, 2017", week, ""},
		{"December 4 — December 10, 2017", week, ""},
		{"December 4 − December 10, 2017", week, ""},
		{"December 4 ‒ December 10, 2017", week, ""},
		{"December 4 ‐ December 10, 2017", week, ""},
		{"December 4 ‑ December 10, 2017", week, ""},
		{"December 4 ― December 10, 2017", week, ""},
		{"December 4 -- December 10, 2017", week, ""},
		{"December 4–December 10, 2017", week, ""},
		{"December 4-December 10, 2017", week, ""},
		{"December 4– December 10, 2017", week, ""},
		{"December\u00a04\u00a0–\u00a0December\u00a010,\u00a02017", week, "December 4 – December 10, 2017"},
		{"December\u202f4\u2009–\u2009December\n\t 10,  2017", week, "December 4 – December 10, 2017"},
		{"December 4 \u200b–\u200b December 10, 2017", week, "December 4 – December 10, 2017"},
		{"Dece\u00admber 4 – December 10, 2017", week, "December 4 – December 10, 2017"}, // a soft hyphen
		{"June 26 – July 2, 2023", "2023-06-26 2023-07-02 wy", ""},
		{"January 13 – January 19, 2025", "2025-01-13 2025-01-19 wy", ""},
		{"December 4 – December 10 2017", week, ""},
		{"December 4 – December 10 , 2017", week, ""},
		{"December 04 – December 10, 2017", week, ""},
		// One month, days and months in either order.
		{"December 4 – 10, 2017", week, ""},
		{"December 4–10, 2017", week, ""},
		{"December 4-10 2017", week, ""},
		{"4 – 10 December 2017", week, ""},
		{"4–10 December 2017", week, ""},
		{"4 – 10 December, 2017", week, ""},
		{"4 December – 10 December 2017", week, ""},
		{"4 December – 10 December, 2017", week, ""},
		{"4 December – December 10, 2017", week, ""},
		{"December 4 – 10 December 2017", week, ""},
		{"26 June – 2 July 2023", "2023-06-26 2023-07-02 wy", ""},
		// Years at both ends, or at the first alone.
		{"December 4, 2017 – December 10, 2017", week, ""},
		{"December 4 2017 – December 10 2017", week, ""},
		{"4 December 2017 – 10 December 2017", week, ""},
		{"4 December, 2017 – 10 December, 2017", week, ""},
		{"December 4, 2017 – December 10", week, ""},
		{"4 декабря 2017 г. – 10 декабря 2017 г.", week, "4 декабря 2017 г. – 10 декабря 2017"},
		{"4 декабря 2017 года – 10 декабря 2017 года", week, "4 декабря 2017 года – 10 декабря 2017"},
		{"December 30, 2024 – January 5, 2025", "2024-12-30 2025-01-05 wy", ""},
		{"30 December 2024 – 5 January 2025", "2024-12-30 2025-01-05 wy", ""},
		// Abbreviations, ordinals, capitals.
		{"Dec. 4 – Dec. 10, 2017", week, ""},
		{"Dec 4 – Dec 10, 2017", week, ""},
		{"Dec. 4–10, 2017", week, ""},
		{"4 Dec. – 10 Dec. 2017", week, ""},
		{"4–10 Dec. 2017", week, ""},
		{"4. – 10. December 2017", week, ""},
		{"Sept. 4 – Sept. 10, 2017", "2017-09-04 2017-09-10 wy", ""},
		{"December 4th – December 10th, 2017", week, ""},
		{"December 4th – 10th, 2017", week, ""},
		{"4th – 10th December 2017", week, ""},
		{"4th of December – 10th of December 2017", week, ""},
		{"December 4 th – 10 th, 2017", week, ""},
		{"May 1st – May 7th, 2017", "2017-05-01 2017-05-07 wy", ""},
		{"May 22nd – May 28th, 2017", "2017-05-22 2017-05-28 wy", ""},
		{"April 3RD – April 9TH, 2017", "2017-04-03 2017-04-09 wy", ""},
		{"DECEMBER 4 – DECEMBER 10, 2017", week, ""},
		{"december 4 – december 10, 2017", week, ""},
		// Belarusian and Russian.
		{"Жнівень 9 – Жнівень 15, 2021", "2021-08-09 2021-08-15 wy", ""},
		{"жнівень 9 – жнівень 15, 2021", "2021-08-09 2021-08-15 wy", ""},
		{"ЖНІВЕНЬ 9 – ЖНІВЕНЬ 15, 2021", "2021-08-09 2021-08-15 wy", ""},
		{"Жнiвень 9 – Жнiвень 15, 2021", "2021-08-09 2021-08-15 wy", ""}, // Latin i
		{"9 – 15 жніўня 2021", "2021-08-09 2021-08-15 wy", ""},
		{"9 жніўня – 15 жніўня 2021", "2021-08-09 2021-08-15 wy", ""},
		{"Жніўня 9 – 15, 2021", "2021-08-09 2021-08-15 wy", ""},
		{"Май 3 – Май 9, 2021", "2021-05-03 2021-05-09 wy", ""},
		{"Май 3 – Май 9, 2021", "2021-05-03 2021-05-09 wy", ""}, // decomposed й
		{"3 – 9 мая 2021", "2021-05-03 2021-05-09 wy", ""},
		{"Травень 3 – Травень 9, 2021", "2021-05-03 2021-05-09 wy", ""},
		{"3 – 9 траўня 2021", "2021-05-03 2021-05-09 wy", ""},
		{"Лістапад 29 – Снежань 5, 2021", "2021-11-29 2021-12-05 wy", ""},
		{"29 лістапада – 5 снежня 2021", "2021-11-29 2021-12-05 wy", ""},
		{"Снежань 27 – Студзень 2, 2022", "2021-12-27 2022-01-02 wy", ""},
		{"4 – 10 декабря 2017 года", week, "4 – 10 декабря 2017"},
		{"4—10 ДЕКАБРЯ 2017", week, ""},
		{"28 февраля – 6 марта 2022", "2022-02-28 2022-03-06 wy", ""},
		// Without a year.
		{"May 7 – May 13", "--05-07 --05-13 w", ""},
		{"March 18 – March 24", "--03-18 --03-24 w", ""},
		{"May 7–13", "--05-07 --05-13 w", ""},
		{"7 – 13 May", "--05-07 --05-13 w", ""},
		{"December 30 – January 5", "--12-30 --01-05 w", ""},
		{"February 26 – March 3", "--02-26 --03-03 w", ""},
		{"February 26 – March 4", "--02-26 --03-04 w", ""},
		{"February 23 – February 29", "--02-23 --02-29 w", ""},
		{"Жнівень 9 – Жнівень 15", "--08-09 --08-15 w", ""},
		{"May 7 – May 14", "--05-07 --05-14", ""},
		// Across New Year the Monday tells.
		{"December 30 – January 5, 2025", "2024-12-30 2025-01-05 wy", ""},
		{"December 26 – January 1, 2022", "2022-12-26 2023-01-01 wcy", ""},
		{"December 26 – January 1, 2023", "2022-12-26 2023-01-01 wy", ""},
		{"December 31 – January 6, 2019", "2018-12-31 2019-01-06 wy", ""},
		{"December 31 – January 6, 2018", "2018-12-31 2019-01-06 wcy", ""},
		{"December 28, 2020 – January 3", "2020-12-28 2021-01-03 wy", ""},
		{"December 28, 2021 – January 3", "2020-12-28 2021-01-03 wcy", ""},
		{"December 28, 2020 – January 3, 2020", "2020-12-28 2021-01-03 wcy", ""},
		{"December 28, 2021 – January 3, 2021", "2020-12-28 2021-01-03 wcy", ""},
		{"28 снежня – 3 студзеня 2020", "2020-12-28 2021-01-03 wcy", ""},
		{"December 29 – January 4, 2024", "2023-12-29 2024-01-04 y", ""}, // neither reading is a Monday
		// As printed though no week, or wrong.
		{"January 1 – January 7, 2024", "2024-01-01 2024-01-07 wy", ""}, // the annual review's error
		{"December 5 – December 11, 2017", "2017-12-05 2017-12-11 y", ""},
		{"December 4 – December 17, 2017", "2017-12-04 2017-12-17 y", ""},
		{"January 1 – December 31, 2017", "2017-01-01 2017-12-31 y", ""},
		{"December 4 – December 10, 2018", "2018-12-04 2018-12-10 y", ""},
		{"March 1, 2016 – April 2, 2017", "2016-03-01 2017-04-02 y", ""},
		// Neighbours, glued or not.
		{"by December 4 – December 10, 2017 Security issues", week, "December 4 – December 10, 2017"},
		{"byDecember 4 – December 10, 2017Security issues", week, "December 4 – December 10, 2017"},
		{"December 4 – December 10, 2017Security issues", week, "December 4 – December 10, 2017"},
		{"Situation in BelarusMarch 18 – March 24View all", "--03-18 --03-24 w", "March 18 – March 24"},
		{"en9 – 15 жніўняКіруючы клас", "--08-09 --08-15 w", "9 – 15 жніўня"},
		{"enЖнівень 9 – Жнівень 15, 2021Кіруючы клас", "2021-08-09 2021-08-15 wy", "Жнівень 9 – Жнівень 15, 2021"},
		{"18:44December 4 – December 10, 2017", week, "December 4 – December 10, 2017"},
		{"(December 4 – December 10, 2017)", week, "December 4 – December 10, 2017"},
		{"Week: December 4 – December 10, 2017.", week, "December 4 – December 10, 2017"},
		{"Belarus-West relations December 4 – December 10, 2017", week, "December 4 – December 10, 2017"},
		{"December 4 – December 10, 2017 – all sections", week, "December 4 – December 10, 2017"},
		{"Earlier, on December 4th – 6th, 2017, he came", "2017-12-04 2017-12-06 y", "December 4th – 6th, 2017"},
		{"December 4 – December 10: Minsk waits", "--12-04 --12-10 w", "December 4 – December 10"},
		{"December 4 – December 10; Minsk waits", "--12-04 --12-10 w", "December 4 – December 10"},
		{"December 4 – December 10. Minsk waits", "--12-04 --12-10 w", "December 4 – December 10"},
		{"December 4 – December 10 | Minsk waits", "--12-04 --12-10 w", "December 4 – December 10"},
		{"December 4 – December 10, 1500 people came", "--12-04 --12-10 w", "December 4 – December 10"},
		{"2017December 4 – December 10", "--12-04 --12-10 w", "December 4 – December 10"},
		// In numbers.
		{"04.12.2017 – 10.12.2017", week, ""},
		{"04.12 – 10.12.2017", week, ""},
		{"4.12 – 10.12.2017", week, ""},
		{"04.12. – 10.12.2017", week, ""},
		{"04/12/2017 – 10/12/2017", week, ""},
		{"2017-12-04 – 2017-12-10", week, ""},
		{"2017-12-04 - 2017-12-10", week, ""},
		{"26.12 – 01.01.2022", "2022-12-26 2023-01-01 wcy", ""},
	}
	g := weeks(t)
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			r, ok := g.Find(c.text)
			got := ""
			if ok {
				got = summary(r)
			}
			if got != c.want {
				t.Fatalf("got %q, want %q", got, c.want)
			}
			printed := c.printed
			if printed == "" {
				printed = c.text
			}
			if ok && r.Text != printed {
				t.Errorf("printed %q, want %q", r.Text, printed)
			}
			if ok && !strings.Contains(c.text[r.From:r.To], "2017") && strings.Contains(r.Text, "2017") {
				t.Errorf("place %d:%d does not hold %q", r.From, r.To, r.Text)
			}
		})
	}
}

func TestNoRange(t *testing.T) {
	texts := []string{
		"", "–", " – ", "December", "December 4", "December 4, 2017", "April 22, 2016 18:44",
		"December 4 – ", " – December 10, 2017", "December – January", "December 2017 – January 2018",
		"February 30 – March 5, 2017", "February 29 – March 6, 2017", "April 31 – May 6", "June 31 – July 6, 2020",
		"December 0 – December 6, 2017", "December 32 – December 38, 2017", "December 4 – December 100, 2017",
		"2017-2020", "in 2017–2020", "2017-12-04", "80-90 objects", "pages 4 – 10", "10 – 4 December 2017", "December 10 – 4, 2017",
		"4 - 10", "4–10 percent", "December 4 – 10%", "December 4 – 10.5 percent", "December 4 – 10:30", "18:44 – 10 December 2017", "18:04 – 10 December 2017", "1.4 – 10 December 2017",
		"Octember 4 – Octember 10, 2017", "Minsk – Moscow 2017", "Belarus-Russia relations", "May-be 4", "a May – 10 days",
		"December 4, 2018 – December 10, 2017", "December 8 2017-2020", "1.05 – 2.10", "12.5 – 13.5", "4 – 10.12", "192.168.0.1 - 192.168.0.9",
		"04.13.2017 – 10.13.2017", "2017-12 – 2018-01", "+375 17 226-70-98", "December 4 – 10km", "may 4 - 10km",
	}
	g := weeks(t)
	for _, text := range texts {
		if r, ok := g.Find(text); ok {
			t.Errorf("%q: found %s %q", text, summary(r), r.Text)
		}
	}
}

func TestFindAllGivesEachRangeOnce(t *testing.T) {
	g := weeks(t)
	text := "May 7 – May 13 April 30 – May 6 April 23 – April 29, 2018, in 2017–2020"
	found := g.FindAll(text)
	var got []string
	for _, r := range found {
		got = append(got, r.Text)
	}
	want := "May 7 – May 13|April 30 – May 6|April 23 – April 29, 2018"
	if strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
	}
}

func TestParseTakesTheWholeText(t *testing.T) {
	g := weeks(t)
	cases := map[string]bool{
		"May 7 – May 13":               true,
		" «May 7 – May 13» → ":         true,
		"[May 7 – May 13, 2018]":       true,
		"Week of May 7 – May 13":       false,
		"May 7 – May 13 View all":      false,
		"":                             false,
		strings.Repeat(" ", 1<<16):     false,
		"May 7 – May 13, April 1 – 7.": false,
	}
	for text, want := range cases {
		if _, ok := g.Parse(text); ok != want {
			t.Errorf("%q: got %v, want %v", text, ok, want)
		}
	}
}

func TestYearlessRangesTakeTheNewestFittingYear(t *testing.T) {
	cases := []struct{ text, captured, want string }{
		{"March 18 – March 24", "2024-03-28", "2024-03-18 2024-03-24 w"},
		{"March 18 – March 24", "2024-03-18", "2024-03-18 2024-03-24 w"},
		{"March 18 – March 24", "2024-03-11", "2024-03-18 2024-03-24 w"}, // within the week of slack
		{"March 18 – March 24", "2024-03-10", "2019-03-18 2019-03-24 w"},
		{"May 7 – May 13", "2018-05-20", "2018-05-07 2018-05-13 w"},
		{"May 7 – May 13", "2025-01-20", "2018-05-07 2018-05-13 w"},
		{"December 30 – January 5", "2025-01-08", "2024-12-30 2025-01-05 w"},
		{"December 26 – January 1", "2023-01-08", "2022-12-26 2023-01-01 w"},
		{"December 18 – December 24", "2018-01-08", "2017-12-18 2017-12-24 w"},
		{"February 23 – February 29", "2024-06-01", "2004-02-23 2004-02-29 w"},
		{"February 26 – March 3", "2025-06-01", "2024-02-26 2024-03-03 w"},
		{"February 26 – March 4", "2025-06-01", "2018-02-26 2018-03-04 w"},
		{"May 7 – May 14", "2020-06-01", "2020-05-07 2020-05-14"},
		{"May 7 – May 14", "2020-04-01", "2019-05-07 2019-05-14"},
		{"February 29 – March 10", "2023-04-01", "2020-02-29 2020-03-10"},
		{"May 7 – May 13, 2012", "2025-01-20", "2012-05-07 2012-05-13 wy"},
	}
	g := weeks(t)
	for _, c := range cases {
		captured, err := time.Parse(time.DateOnly, c.captured)
		if err != nil {
			t.Fatal(err)
		}
		r, found := g.Find(c.text)
		r, ok := g.Resolve(r, captured)
		if !found || !ok || summary(r) != c.want {
			t.Errorf("%s at %s: got %s, want %s", c.text, c.captured, summary(r), c.want)
		}
	}
}

func TestWarningsNameWhatIsOdd(t *testing.T) {
	cases := map[string]string{
		"December 4 – December 10, 2017": "",
		"December 26 – January 1, 2022":  period.WarnYearCorrected,
		"May 7 – May 13":                 period.WarnYearGuessed,
		"December 5 – December 11, 2017": period.WarnNotAWeek,
		"May 8 – May 13":                 period.WarnYearGuessed + " " + period.WarnNotAWeek,
	}
	g := weeks(t)
	for text, want := range cases {
		r, _ := g.Find(text)
		if got := strings.Join(r.Warnings(), " "); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestMonthsAsPeriods(t *testing.T) {
	g, err := period.New(period.Options{Unit: period.Month, First: time.Monday, Languages: []period.Months{english()}})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ text, want, printed string }{
		{"November 2024", "2024-11-01 2024-11-30 wy", "November 2024"},
		{"Global Overview NOVEMBER, 2024", "2024-11-01 2024-11-30 wy", "NOVEMBER, 2024"},
		{"On 4 June 2024: February 2024", "2024-06-01 2024-06-30 wy", "June 2024"},
		{"October Alerts 2024", "", ""},
		{"1999999 November 20245", "", ""},
	}
	for _, c := range cases {
		r, ok := g.Find(c.text)
		if !ok && c.want == "" {
			continue
		}
		if summary(r) != c.want || r.Text != c.printed {
			t.Errorf("%q: got %s %q, want %s %q", c.text, summary(r), r.Text, c.want, c.printed)
		}
	}
	february, _ := g.Parse("February")
	for captured, want := range map[string]string{
		"2024-03-01": "2024-02-01 2024-02-29 w", "2025-01-31": "2024-02-01 2024-02-29 w", "2025-02-01": "2025-02-01 2025-02-28 w",
	} {
		at, _ := time.Parse(time.DateOnly, captured)
		if r, ok := g.Resolve(february, at); !ok || summary(r) != want {
			t.Errorf("February at %s: got %s, want %s", captured, summary(r), want)
		}
	}
}

func TestSlashedDatesFollowTheOrderOfTheSite(t *testing.T) {
	g, err := period.New(period.Options{Order: period.MonthFirst, First: time.Monday})
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := g.Find("12/04/2017 – 12/10/2017"); summary(r) != "2017-12-04 2017-12-10 wy" {
		t.Errorf("got %s", summary(r))
	}
}

func TestOneWordForTwoMonthsIsAnError(t *testing.T) {
	months := english()
	months[3] = append(months[3], "MAY")
	if _, err := period.New(period.Options{Languages: []period.Months{months}}); err == nil || !strings.Contains(err.Error(), "MAY") && !strings.Contains(err.Error(), "May") {
		t.Errorf("got %v", err)
	}
	months = english()
	months[0] = []string{"1st month"}
	if _, err := period.New(period.Options{Languages: []period.Months{months}}); err == nil {
		t.Error("two words as a month's name were taken")
	}
}
