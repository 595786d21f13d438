package polite

import (
	"net/http"
	"sync"
	"time"

	"infocus/archive/capture"
	"infocus/crawler/transport"
)

// host is what the pacer knows of one host.
type host struct {
	name string
	turn chan struct{} // holds one token while a request is under way

	mu         sync.Mutex
	crawlDelay time.Duration
	usual      time.Duration // answer time, smoothed
	strikes    int           // signs of overload since the last good answer
	end        time.Time     // of the last request, zero before the first
	pause      time.Duration // asked for by back-off or Retry-After, counted from end
	left       time.Time     // the host wants to be left alone until then; zero for no
	stats      HostStats
	lastStart  time.Time
}

// owed is how long to wait before the next request, and marks its start when that is nothing.
func (h *host) owed(o PacerOptions, stretch float64) (time.Duration, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := o.Clock.Now()
	if now.Before(h.left) {
		return 0, &RetryLaterError{h.name, h.left}
	}
	if now.Before(h.end) {
		h.end = now // the clock was set back: the wait starts anew and is no longer than before
	}
	if !h.end.IsZero() {
		wait := max(scale(h.spacing(o), stretch), h.pause)
		if d := wait - now.Sub(h.end); d > 0 {
			h.stats.Waits++
			h.stats.Waited += d
			return d, nil
		}
	}
	h.start(now)
	return 0, nil
}

// spacing is the wait on a site that is well.
func (h *host) spacing(o PacerOptions) time.Duration {
	base := max(o.Delay, h.crawlDelay)
	if base <= 0 {
		return 0
	}
	return max(base, min(scale(h.usual, o.SlowFactor), MaxSlowdown))
}

func (h *host) start(now time.Time) {
	s := &h.stats
	if s.Requests == 0 {
		s.First = now
	} else if gap := now.Sub(h.lastStart); s.Requests == 1 || gap < s.SmallestGap {
		s.SmallestGap = max(gap, 0)
	}
	s.Requests++
	h.lastStart = now
}

// finish learns from what came of a request.
func (h *host) finish(out transport.Outcome, o PacerOptions) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.end = o.Clock.Now()
	h.pause = 0
	h.stats.Last = h.end
	h.stats.Sent += out.Sent
	h.stats.Received += out.Received
	switch {
	case out.Canceled:
		return
	case overloaded(out):
		h.strike(o)
	case Judge(out) == Well:
		h.strikes = 0
		h.smooth(out.Elapsed)
	}
	h.obey(out, o)
}

// strike backs off: longer with each sign of overload in a row.
func (h *host) strike(o PacerOptions) {
	d := o.Backoff
	for range h.strikes {
		if d >= o.MaxBackoff/2 {
			d = o.MaxBackoff
			break
		}
		d *= 2
	}
	h.strikes++
	h.pause = scale(min(d, o.MaxBackoff), 1+o.Jitter*o.Rand())
	h.stats.Backoffs++
	h.stats.LongestBackoff = max(h.stats.LongestBackoff, h.pause)
}

// obey heeds Retry-After where it means overload or maintenance. On other answers it speaks of the
// one page.
func (h *host) obey(out transport.Outcome, o PacerOptions) {
	if out.Status < 500 && out.Status != http.StatusTooManyRequests && out.Status != http.StatusRequestEntityTooLarge {
		return
	}
	d, ok := RetryAfter(out.Header, h.end)
	if !ok {
		return
	}
	h.stats.LongestRetryAfter = max(h.stats.LongestRetryAfter, d)
	if d > o.MaxRetryAfter {
		h.left = h.end.Add(d)
		return
	}
	h.pause = max(h.pause, d)
}

// smooth takes an answer time into the usual one. A quarter of the new one at a time follows a site
// that slows down within a few pages, and does not mind a single slow page much.
func (h *host) smooth(d time.Duration) {
	if h.usual == 0 {
		h.usual = d
		return
	}
	h.usual += (d - h.usual) / 4
}

// overloaded says whether an outcome asks to slow down.
func overloaded(out transport.Outcome) bool {
	switch out.Failure {
	case capture.FailTimeout, capture.FailReset, capture.FailRefused:
		return true
	}
	switch out.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

func scale(d time.Duration, by float64) time.Duration { return time.Duration(float64(d) * by) }
