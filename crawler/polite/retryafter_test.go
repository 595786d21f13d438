package polite

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	at := func(d time.Duration) string { return start.Add(d).Format(http.TimeFormat) }
	cases := []struct {
		value, date string
		want        time.Duration
		ok          bool
	}{
		{"", "", 0, false},
		{"0", "", 0, true},
		{" 120 ", "", 2 * time.Minute, true},
		{"99999999999999999999999", "", longestPause, true},
		{"9999999999", "", longestPause, true},
		{"-5", "", 0, false},
		{"1.5", "", 0, false},
		{"soon", "", 0, false},
		{at(90 * time.Second), "", 90 * time.Second, true},
		{at(-time.Hour), "", 0, true},
		{at(time.Hour), at(59 * time.Minute), time.Minute, true},
		{at(time.Hour), "nonsense", time.Hour, true},
		{start.Add(time.Minute).Format(time.RFC850), "", time.Minute, true},
		{start.Add(time.Minute).Format(time.ANSIC), "", time.Minute, true},
		{"Fri, 31 Dec 9999 23:59:59 GMT", "", longestPause, true},
	}
	for _, c := range cases {
		h := http.Header{}
		if c.value != "" {
			h.Set("Retry-After", c.value)
		}
		h.Set("Date", c.date)
		if got, ok := RetryAfter(h, start); got != c.want || ok != c.ok {
			t.Errorf("%q with date %q: %v, %v; want %v, %v", c.value, c.date, got, ok, c.want, c.ok)
		}
	}
	if _, ok := RetryAfter(nil, start); ok {
		t.Error("no headers gave a wait")
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"1", "-1", "Wed, 21 Oct 2015 07:28:00 GMT", "999999999999999999", "1e9", "\x00"} {
		f.Add(s, "Wed, 21 Oct 2015 07:27:00 GMT")
	}
	f.Fuzz(func(t *testing.T, value, date string) {
		h := http.Header{"Retry-After": {value}, "Date": {date}}
		if d, ok := RetryAfter(h, start); d < 0 || d > longestPause || (!ok && d != 0) {
			t.Errorf("%q gave %v", value, d)
		}
	})
}
