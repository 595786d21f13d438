package polite

import (
	"slices"
	"strings"
	"time"
)

// HostStats is how a host was treated, for the night's report.
type HostStats struct {
	Host              string
	Requests          int
	Sent, Received    int64         // bytes on the wire, without TLS
	First, Last       time.Time     // start of the first request, end of the last
	Waits             int           // how often a request had to wait for its time, the queue not counted
	Waited            time.Duration // and how long altogether
	Backoffs          int           // signs of overload heeded
	LongestBackoff    time.Duration
	LongestRetryAfter time.Duration // as the site asked, heeded or beyond the bound
	SmallestGap       time.Duration // between the starts of two requests; 0 with fewer than two
	CrawlDelay        time.Duration // in force at last
}

// Rate is requests a second over the time the host was visited, 0 with fewer than two.
func (s HostStats) Rate() float64 {
	span := s.Last.Sub(s.First).Seconds()
	if s.Requests < 2 || span <= 0 {
		return 0
	}
	return float64(s.Requests) / span
}

// Stats gives the figures of every host that was asked, by name.
func (p *Pacer) Stats() []HostStats {
	p.mu.Lock()
	hosts := make([]*host, 0, len(p.hosts))
	for _, h := range p.hosts {
		hosts = append(hosts, h)
	}
	p.mu.Unlock()
	var out []HostStats
	for _, h := range hosts {
		h.mu.Lock()
		s := h.stats
		s.Host, s.CrawlDelay = h.name, h.crawlDelay
		h.mu.Unlock()
		if s.Requests > 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b HostStats) int { return strings.Compare(a.Host, b.Host) })
	return out
}
