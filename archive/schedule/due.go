package schedule

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// The priorities, the most urgent first.
const (
	PriorityFailed  = iota // failed last time, and not too often
	PriorityMissing        // missing, and not yet known to be gone
	PriorityNever          // known from captures of others, never asked by this program
	PriorityRoutine
)

// Due says whether an article is to be asked at now, from when on it was, and how urgent it is (one of the priorities). It
// is due at the time it was last asked plus the interval of the policy, less Slack: a night that starts a little earlier
// than the one before it, or comes to the article a little sooner, still counts as the next night. A last time that lies
// more than a night in the future shows that a clock was wrong, and the article is due at once.
func (p Policy) Due(s State, now time.Time) (due bool, at time.Time, priority int) {
	priority = p.priority(&s)
	switch {
	case s.LastAsked.IsZero():
		return true, s.FirstSeen, priority
	case s.Failures > 0:
		return true, s.LastAsked, priority
	case s.LastAsked.After(now.Add(p.Nightly)):
		return true, now, priority
	}
	at = s.LastAsked.Add(p.interval(&s))
	return !now.Before(at.Add(-p.Slack)), at, priority
}

func (p Policy) priority(s *State) int {
	switch {
	case s.LastAsked.IsZero():
		return PriorityNever
	case s.Failures > 0 && s.Failures <= p.Patience:
		return PriorityFailed
	case s.Failures == 0 && !s.MissingSince.IsZero() && !s.Gone && !s.Moved:
		return PriorityMissing
	}
	return PriorityRoutine
}

// Pick gives the states that are due, the most urgent first, and at most budget of them; a negative budget sets no bound.
// Within a priority those come first that have waited for the most of their intervals, so a budget too small for all makes
// all wait longer and leaves nothing out. Equals are in order of their ids.
func (p Policy) Pick(states []State, budget int, now time.Time) []State {
	var candidates []candidate
	for i := range states {
		if due, _, priority := p.Due(states[i], now); due {
			candidates = append(candidates, candidate{&states[i], priority, p.waited(&states[i], now)})
		}
	}
	slices.SortFunc(candidates, candidate.compare)
	if budget >= 0 && len(candidates) > budget {
		candidates = candidates[:budget]
	}
	picked := make([]State, len(candidates))
	for i := range candidates {
		picked[i] = *candidates[i].state
	}
	return picked
}

type candidate struct {
	state    *State
	priority int
	waited   float64 // in intervals
}

func (c candidate) compare(other candidate) int {
	if c.priority != other.priority {
		return cmp.Compare(c.priority, other.priority)
	}
	if c.waited != other.waited {
		return cmp.Compare(other.waited, c.waited)
	}
	return strings.Compare(c.state.ID, other.state.ID)
}

// waited says how many of its intervals an article has waited.
func (p Policy) waited(s *State, now time.Time) float64 {
	if s.LastAsked.IsZero() {
		return 0
	}
	return float64(now.Sub(s.LastAsked)) / float64(p.interval(s))
}
