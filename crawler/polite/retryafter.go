package polite

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longestPause keeps arithmetic on durations from overflowing.
const longestPause = 10 * 365 * 24 * time.Hour

// RetryAfter reads the Retry-After header (RFC 9110, 10.2.3): seconds, or a date, which is held against the
// server's own Date where there is one, as clocks differ. A date in the past is no wait. It is false
// when there is no such header or no sense in it.
func RetryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return 0, false
	}
	if strings.Trim(value, "0123456789") == "" {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n > int64(longestPause/time.Second) {
			return longestPause, true
		}
		return time.Duration(n) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return min(max(at.Sub(now), 0), longestPause), true
}
