package schedule

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var start = time.Date(2024, 1, 8, 2, 0, 0, 0, time.UTC)

func days(n float64) time.Time { return start.Add(time.Duration(n * float64(day))) }

// quiet is an article whose week ended at day 0, last asked at a day.
func quiet(asked float64) State {
	return State{ID: "s/p", FirstSeen: days(1), PeriodEnd: days(0), LastAsked: days(asked)}
}

func with(s State, change func(*State)) State {
	change(&s)
	return s
}

func TestInterval(t *testing.T) {
	changed := func(at float64) func(*State) { return func(s *State) { s.LastChanged = days(at) } }
	for _, c := range []struct {
		name  string
		state State
		want  float64 // days
	}{
		{"young", quiet(1), 1},
		{"still young", quiet(14), 1},
		{"no longer young", quiet(14.5), 2},
		{"a month", quiet(30), 4},
		{"a quarter", quiet(56), 7},
		{"changed long ago", with(quiet(114), changed(30)), 6},
		{"changed yesterday", with(quiet(114), changed(113)), 1},
		{"changed before its week ended", with(quiet(56), changed(-5)), 4},
		{"week not known", with(quiet(57), func(s *State) { s.PeriodEnd = time.Time{} }), 7},
		{"week read wrong", with(quiet(57), func(s *State) { s.PeriodEnd = days(40) }), 7},
		{"week not over yet", with(quiet(5), func(s *State) { s.PeriodEnd = days(6) }), 1},
		{"missing", with(quiet(500), func(s *State) { s.MissingSince = s.LastAsked }), 1},
		{"gone", with(quiet(5), func(s *State) { s.MissingSince, s.Gone = days(3), true }), 90},
		{"moved", with(quiet(5), func(s *State) { s.Moved = true }), 90},
		{"moved, the redirect now missing", with(quiet(5), func(s *State) { s.Moved, s.MissingSince = true, days(5) }), 90},
		{"never seen", with(quiet(5), func(s *State) { s.FirstSeen, s.PeriodEnd = time.Time{}, time.Time{} }), 1},
	} {
		p := Default()
		if got := p.interval(&c.state); got != time.Duration(c.want*float64(day)) {
			t.Errorf("%s: %v, want %v days", c.name, got, c.want)
		}
	}
}

func TestOldArticlesAreSpreadOverTheLastEighthOfTheLongestInterval(t *testing.T) {
	p := Default()
	seen := map[time.Duration]int{}
	for i := range 1000 {
		s := quiet(2000)
		s.ID = string(rune('a'+i%26)) + string(rune('a'+i/26))
		interval := p.interval(&s)
		if interval > p.Longest || interval < p.Longest*7/8-day {
			t.Fatalf("%s: %v", s.ID, interval)
		}
		seen[interval]++
		if again := p.interval(&s); again != interval {
			t.Fatalf("%s: %v, then %v", s.ID, interval, again)
		}
	}
	for interval, n := range seen {
		if n > 200 {
			t.Errorf("%d of 1000 after %v", n, interval)
		}
	}
}

func TestDue(t *testing.T) {
	for _, c := range []struct {
		name     string
		state    State
		now      float64
		due      bool
		at       float64
		priority int
	}{
		{"a night later", quiet(5), 6, true, 6, PriorityRoutine},
		{"minutes earlier than the night before", quiet(5), 5.99, true, 6, PriorityRoutine},
		{"as early as the slack allows", quiet(5), 5.75, true, 6, PriorityRoutine},
		{"the same day", quiet(5), 5.7, false, 6, PriorityRoutine},
		{"an hour later", quiet(5), 5.04, false, 6, PriorityRoutine},
		{"nights lost", quiet(5), 12, true, 6, PriorityRoutine},
		{"older", quiet(30), 33, false, 34, PriorityRoutine},
		{"older, due", quiet(30), 34, true, 34, PriorityRoutine},
		{"failed a minute ago", with(quiet(100), func(s *State) { s.Failures = 1 }), 100.001, true, 100, PriorityFailed},
		{"failed for weeks", with(quiet(100), func(s *State) { s.Failures = 15 }), 100.5, true, 100, PriorityRoutine},
		{"failed while gone", with(quiet(100), func(s *State) { s.Failures, s.Gone, s.MissingSince = 1, true, days(9) }), 100.5, true, 100, PriorityFailed},
		{"missing", with(quiet(100), func(s *State) { s.MissingSince = days(100) }), 101, true, 101, PriorityMissing},
		{"missing, asked today", with(quiet(100), func(s *State) { s.MissingSince = days(100) }), 100.5, false, 101, PriorityMissing},
		{"gone", with(quiet(100), func(s *State) { s.MissingSince, s.Gone = days(98), true }), 101, false, 190, PriorityRoutine},
		{"gone for long", with(quiet(100), func(s *State) { s.MissingSince, s.Gone = days(98), true }), 190, true, 190, PriorityRoutine},
		{"never asked", with(quiet(0), func(s *State) { s.LastAsked = time.Time{} }), 50, true, 1, PriorityNever},
		{"asked in the future", quiet(500), 100, true, 100, PriorityRoutine},
		{"asked a little in the future", quiet(5.5), 5, false, 6.5, PriorityRoutine},
	} {
		due, at, priority := Default().Due(c.state, days(c.now))
		if due != c.due || !at.Equal(days(c.at)) || priority != c.priority {
			t.Errorf("%s: due %v at day %v, priority %d", c.name, due, at.Sub(start).Hours()/24, priority)
		}
	}
}

func TestPickTakesTheMostUrgentFirst(t *testing.T) {
	id := func(id string, s State) State { return with(s, func(s *State) { s.ID = id }) }
	states := []State{
		id("young, on time", quiet(9)),
		id("young, a night late", quiet(8)),
		id("not due", quiet(9.9)),
		id("never asked", with(quiet(0), func(s *State) { s.LastAsked = time.Time{} })),
		id("gone", with(quiet(9), func(s *State) { s.MissingSince, s.Gone = days(1), true })),
		id("missing", with(quiet(9), func(s *State) { s.MissingSince = days(9) })),
		id("failed", with(quiet(9), func(s *State) { s.Failures = 2 })),
		id("failed for long", with(quiet(9.5), func(s *State) { s.Failures = 99 })),
	}
	want := []string{"failed", "missing", "never asked", "young, a night late", "young, on time", "failed for long"}
	for budget := -1; budget <= len(want)+1; budget++ {
		got := Default().Pick(states, budget, days(10))
		n := min(budget, len(want))
		if budget < 0 {
			n = len(want)
		}
		if len(got) != n {
			t.Fatalf("%d with a budget of %d", len(got), budget)
		}
		for i := range got {
			if got[i].ID != want[i] {
				t.Errorf("budget %d, place %d: %s, want %s", budget, i, got[i].ID, want[i])
			}
		}
	}
}

func drawState(t *rapid.T) State {
	at := func(name string) time.Time {
		if rapid.Bool().Draw(t, name+" known") {
			return days(rapid.Float64Range(0, 1000).Draw(t, name))
		}
		return time.Time{}
	}
	return State{
		ID: rapid.StringN(1, 3, 3).Draw(t, "id"), FirstSeen: at("first"), PeriodEnd: at("end"), LastAsked: at("asked"), LastChanged: at("changed"),
		Failures: rapid.IntRange(0, 20).Draw(t, "failures"), MissingSince: at("missing"),
		Gone: rapid.Bool().Draw(t, "gone"), Moved: rapid.Bool().Draw(t, "moved"),
	}
}

func TestWhatIsDueStaysDueUntilItIsAskedAndNothingWaitsLongerThanTheLongestInterval(t *testing.T) {
	p := Default()
	rapid.Check(t, func(t *rapid.T) {
		s := drawState(t)
		now := days(rapid.Float64Range(0, 1200).Draw(t, "now"))
		due, at, _ := p.Due(s, now)
		later := now.Add(time.Duration(rapid.Int64Range(0, int64(400*day)).Draw(t, "later")))
		if still, then, _ := p.Due(s, later); due && !s.LastAsked.After(now) && (!still || !then.Equal(at)) {
			t.Fatalf("due %v at %v, later %v at %v", due, at, still, then)
		}
		if !due && !now.Before(s.LastAsked.Add(p.Longest)) {
			t.Fatalf("not due %v after it was asked", now.Sub(s.LastAsked))
		}
		if !due && at.Sub(now) <= p.Slack-time.Second {
			t.Fatalf("not due, but at %v", at.Sub(now))
		}
	})
}
