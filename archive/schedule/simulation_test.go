package schedule

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"infocus/archive/revision"
)

// site is an archive that is crawled every night: ten new articles a week, each state kept as StateOf would read it.
type site struct {
	policy Policy
	states []State
	index  map[string]int           // of states, by id
	worst  map[string]time.Duration // longest wait of each id
}

func newSite() *site {
	return &site{policy: Default(), index: map[string]int{}, worst: map[string]time.Duration{}}
}

// publish adds articles that are seen now, of the week that ended on a day.
func (s *site) publish(now, end time.Time, n int) {
	for i := range n {
		id := fmt.Sprintf("s/%s/%d", end.Format(time.DateOnly), i)
		s.index[id] = len(s.states)
		s.states = append(s.states, State{ID: id, FirstSeen: now, LastAsked: now, PeriodEnd: end})
	}
}

// night asks what is due and gives the number of requests.
func (s *site) night(now time.Time, budget int) int {
	asked := s.policy.Pick(s.states, budget, now)
	for _, a := range asked {
		s.worst[a.ID] = max(s.worst[a.ID], now.Sub(a.LastAsked))
		s.states[s.index[a.ID]].LastAsked = now
	}
	return len(asked)
}

const threeYears = 3 * 365

func simulate(budget int) (s *site, perNight []int) {
	s = newSite()
	for week := range 150 { // what the first night finds
		s.publish(start, start.AddDate(0, 0, -7*week).Truncate(day).Add(-day), 10)
	}
	for night := range threeYears {
		now := start.AddDate(0, 0, night+1)
		perNight = append(perNight, s.night(now, budget))
		if night%7 == 0 {
			s.publish(now, now.Truncate(day).Add(-day), 10)
		}
	}
	return s, perNight
}

func TestThreeYearsOfNights(t *testing.T) {
	s, perNight := simulate(-1)
	for _, state := range s.states {
		if wait := s.worst[state.ID]; wait > s.policy.Longest {
			t.Errorf("%s waited %v", state.ID, wait)
		}
	}
	logNights(t, len(s.states), perNight)
	if total := sum(perNight); total > 90*threeYears {
		t.Errorf("%d requests in three years", total)
	}
	for night, n := range perNight[200:] {
		if n > 200 {
			t.Errorf("%d requests in night %d", n, night+200)
		}
	}
}

func logNights(t *testing.T, articles int, perNight []int) {
	t.Helper()
	const quarter = 91
	for from := 0; from+quarter <= len(perNight); from += quarter {
		q := perNight[from : from+quarter]
		least, most := q[0], q[0]
		for _, n := range q {
			least, most = min(least, n), max(most, n)
		}
		t.Logf("nights %4d-%4d: %3d requests a night (%d to %d)", from, from+quarter-1, sum(q)/quarter, least, most)
	}
	t.Logf("%d articles at the end, %d requests in %d nights", articles, sum(perNight), len(perNight))
}

func sum(all []int) int {
	total := 0
	for _, n := range all {
		total += n
	}
	return total
}

func TestASmallBudgetMakesAllWaitLongerAndStarvesNone(t *testing.T) {
	const budget = 39 // half of what TestThreeYearsOfNights asks in a night
	s, perNight := simulate(budget)
	last := start.AddDate(0, 0, threeYears)
	for _, state := range s.states {
		wait := max(s.worst[state.ID], last.Sub(state.LastAsked))
		if wait > 4*s.policy.Longest {
			t.Errorf("%s waited %v with a budget of %d", state.ID, wait, budget)
		}
	}
	for night, n := range perNight {
		if n > budget {
			t.Fatalf("%d requests in night %d with a budget of %d", n, night, budget)
		}
	}
	logNights(t, len(s.states), perNight)
}

func TestAYoungArticleIsAskedEveryNightThoughNightsBeginUnevenly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSite()
		s.publish(start, start.Truncate(day), 1)
		for night := 1; night <= 13; night++ {
			early := time.Duration(rapid.IntRange(-170, 170).Draw(t, "minutes")) * time.Minute
			if n := s.night(days(float64(night)).Add(early), -1); n != 1 {
				t.Fatalf("%d requests in night %d", n, night)
			}
			if n := s.night(days(float64(night)).Add(early+time.Hour), -1); n != 0 {
				t.Fatalf("asked twice in night %d", night)
			}
		}
	})
}

func TestThoseThatKeepFailingDoNotStarveTheOthers(t *testing.T) {
	s := newSite()
	s.publish(start, start.Truncate(day), 20)
	for i := range 50 {
		s.states = append(s.states, State{ID: fmt.Sprint("failing/", i), FirstSeen: start, LastAsked: start})
	}
	counts := map[bool]int{}
	for night := 1; night <= 60; night++ {
		now := days(float64(night))
		for _, a := range s.policy.Pick(s.states, 30, now) {
			for i := range s.states {
				if s.states[i].ID == a.ID {
					s.states[i].LastAsked = now
					fails := i >= 20
					counts[fails]++
					if fails {
						s.states[i].Failures++
					}
				}
			}
		}
	}
	if counts[false] < 200 || counts[true] < 200 {
		t.Errorf("%d requests for those that answer, %d for those that fail", counts[false], counts[true])
	}
}

func TestAMissingArticleIsAskedAgainUntilItIsKnownToBeGone(t *testing.T) {
	observed := []revision.Observation{at(0, revision.Good, "X"), at(300, revision.Missing, "")}
	var asked []float64
	for night := 301.0; night < 500; night++ {
		h := revision.Settle("a", observed)
		early := (300 - night) / 1000 // each night begins a minute and a half before the one before
		if due, _, _ := Default().Due(StateOf("a", &h), days(night+early)); due {
			asked = append(asked, night)
			observed = append(observed, at(night+early, revision.Missing, ""))
		}
	}
	h := revision.Settle("a", observed)
	if !h.Gone() || len(asked) != 4 || asked[0] != 301 || asked[1] != 302 || asked[2] != 392 {
		t.Errorf("gone: %v, asked in nights %v", h.Gone(), asked)
	}
}
