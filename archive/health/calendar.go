package health

import "time"

// Weeks is how the weeks of an archive stand against the calendar.
type Weeks struct {
	Count   int      `json:"count"` // different weeks with an article
	Oldest  string   `json:"oldest,omitempty"`
	Newest  string   `json:"newest,omitempty"`
	Behind  int      `json:"behind"`  // whole weeks that have passed since the newest ended
	Missing []string `json:"missing"` // between the oldest and the newest
}

// weeks notes how far the newest week is behind. That alone is no problem: the site may have stopped.
func (a *assessment) weeks(f *facts) {
	have := mondays(f.weeks)
	w := &a.out.Weeks
	w.Missing = missing(have)
	w.Count = len(have)
	if w.Count == 0 {
		return
	}
	newest := have[len(have)-1]
	w.Oldest, w.Newest = have[0].Format(time.DateOnly), newest.Format(time.DateOnly)
	w.Behind = max(0, weeksBetween(newest, monday(a.now))-1)
	if w.Behind > 1 {
		a.note("weeks-behind", "", "the newest week began on %s, %d whole weeks have passed since it ended: the site may have paused", w.Newest, w.Behind)
	}
	if n := len(w.Missing); n > 0 {
		a.note("weeks-missing", "", "%d weeks between %s and %s have no article, the newest is %s", n, w.Oldest, w.Newest, w.Missing[n-1])
	}
}

// MissingWeeks lists the weeks between the first and the last of an archive that have no article, by their
// Mondays. Days are the first days of periods, ISO dates in any order; other text is left out.
func MissingWeeks(days []string) []string { return missing(mondays(days)) }

func missing(have []time.Time) []string {
	out := []string{}
	for i := 1; i < len(have); i++ {
		for d := have[i-1].AddDate(0, 0, 7); d.Before(have[i]); d = d.AddDate(0, 0, 7) {
			out = append(out, d.Format(time.DateOnly))
		}
	}
	return out
}

// mondays gives the different weeks that days lie in, in order.
func mondays(days []string) []time.Time {
	seen := map[time.Time]bool{}
	for _, day := range days {
		if d, ok := parseDay(day); ok {
			seen[monday(d)] = true
		}
	}
	return sortedTimes(seen)
}

func parseDay(s string) (time.Time, bool) {
	d, err := time.Parse(time.DateOnly, s)
	return d, err == nil
}

// monday is the first day of the week that holds t, in UTC.
func monday(t time.Time) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, 0, 0, 0, 0, time.UTC)
}

// weeksBetween counts the weeks from one Monday to another.
func weeksBetween(from, to time.Time) int { return int(to.Sub(from).Hours()) / (7 * 24) }
