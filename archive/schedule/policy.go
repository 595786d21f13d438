package schedule

import (
	"hash/crc32"
	"time"
)

const day = 24 * time.Hour

// Policy is how often articles are asked. Take Default and change what is to differ.
//
// The quiet time of an article runs from the end of the week it tells of, or from its last change if that was later, to
// the time it was last asked. Where the week is not known, or ends more than Misread after the article was first seen, the
// first time it was seen stands for it.
//
//   - Up to Young of quiet time it is asked after Nightly, then after the quiet time divided by Quieting, in whole nights, at
//     most after Longest. One that has changed before waits half as long.
//   - Waits of more than a week are up to an eighth shorter, by an amount that depends on the id, so that articles first
//     asked in one night are not all asked again in one night.
//   - One that failed is due at once, whatever the clock says. After Patience failures in a row it is still due every time,
//     but is left for later the more often it failed.
//   - One that went missing is asked again after Nightly until it is known to be gone; then it is asked after Longest, like
//     an address that redirects to another article.
type Policy struct {
	Young    time.Duration // quiet time for which an article is asked every night
	Nightly  time.Duration // from one night to the next
	Quieting int           // part of the quiet time to wait for: 7 is a seventh
	Longest  time.Duration // bound of every wait
	Misread  time.Duration // a week that ends this long after the article was seen was read wrong
	Slack    time.Duration // see Due
	Patience int           // failures in a row up to which an article goes before all others
}

// Default is the policy of a night that nobody has changed: two weeks of nights, then from 2 days up to 90, which an
// article that never changes reaches after 21 months.
func Default() Policy {
	return Policy{
		Young:    14 * day,
		Nightly:  day,
		Quieting: 7,
		Longest:  90 * day,
		Misread:  31 * day,
		Slack:    6 * time.Hour,
		Patience: 7,
	}
}

// interval is the wait after an article was last asked; for one that failed it only says what comes first.
func (p Policy) interval(s *State) time.Duration {
	switch {
	case s.Failures > 0:
		return min(time.Duration(s.Failures)*p.Nightly, p.Longest)
	case s.Gone || s.Moved:
		return p.Longest
	case !s.MissingSince.IsZero() || s.FirstSeen.IsZero():
		return p.Nightly
	}
	quiet := s.LastAsked.Sub(p.quietSince(s))
	if quiet <= p.Young {
		return p.Nightly
	}
	wait := min(quiet/time.Duration(p.Quieting), p.Longest)
	if !s.LastChanged.IsZero() {
		wait /= 2
	}
	if wait > 7*p.Nightly {
		wait -= spread(s.ID, wait/8)
	}
	return max(wait.Truncate(p.Nightly), p.Nightly)
}

func (p Policy) quietSince(s *State) time.Time {
	since := s.PeriodEnd
	if since.IsZero() || since.After(s.FirstSeen.Add(p.Misread)) {
		since = s.FirstSeen
	}
	if s.LastChanged.After(since) {
		since = s.LastChanged
	}
	return since
}

// spread gives a share of most that is always the same for an id.
func spread(id string, most time.Duration) time.Duration {
	return time.Duration(float64(most) * float64(crc32.ChecksumIEEE([]byte(id))) / (1 << 32))
}
