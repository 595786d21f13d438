package polite

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"infocus/archive/capture"
	"infocus/crawler/transport"
)

func TestBackoffDoublesAndIsRelaxedByTheFirstGoodAnswer(t *testing.T) {
	n := newNight(t, PacerOptions{Delay: time.Second})
	var got []time.Duration
	last := n.ask("a", status(503))
	for range 9 {
		at := n.ask("a", status(503))
		got = append(got, at-last)
		last = at
	}
	want := []time.Duration{5, 10, 20, 40, 80, 160, 320, 600, 600}
	for i := range want {
		want[i] *= time.Second
	}
	if !slices.Equal(got, want) {
		t.Errorf("waits %v, want %v", got, want)
	}
	if got := n.gap(good(0)); got != time.Second {
		t.Errorf("after a good answer waits %v", got)
	}
	if got := n.gap(status(503)); got != 5*time.Second {
		t.Errorf("the next back-off is %v, want the first step", got)
	}
}

func TestWhatMakesItBackOff(t *testing.T) {
	failure := func(f capture.Failure) transport.Outcome { return transport.Outcome{Failure: f} }
	cases := []struct {
		out  transport.Outcome
		back bool
	}{
		{status(200), false},
		{status(301), false},
		{status(404), false},
		{status(500), false},
		{status(429), true},
		{status(502), true},
		{status(503), true},
		{status(504), true},
		{failure(capture.FailTimeout), true},
		{failure(capture.FailReset), true},
		{failure(capture.FailRefused), true},
		{failure(capture.FailDNS), false},
		{failure(capture.FailTLS), false},
		{failure(capture.FailPrivate), false},
		{failure(capture.FailTooLarge), false},
		{transport.Outcome{Canceled: true, Failure: capture.FailTimeout}, false},
	}
	for _, c := range cases {
		n := newNight(t, PacerOptions{})
		want := time.Duration(0)
		if c.back {
			want = DefaultBackoff
		}
		if got := n.gap(c.out); got != want {
			t.Errorf("after %d %q waits %v, want %v", c.out.Status, c.out.Failure, got, want)
		}
	}
}

func TestAnErrorPageDoesNotRelaxBackoff(t *testing.T) {
	n := newNight(t, PacerOptions{})
	n.ask("a", status(503))
	n.ask("a", status(500))
	if got := n.gap(status(503)); got != 2*DefaultBackoff {
		t.Errorf("waits %v, want the second step", got)
	}
}

func TestRetryAfterHoldsForTheWholeHost(t *testing.T) {
	when := start.Add(100 * time.Second)
	cases := map[string]transport.Outcome{
		"seconds": status(503, "Retry-After", "100"),
		"date":    status(429, "Retry-After", when.Format(http.TimeFormat)),
		"date held against the server's clock": status(503, "Retry-After", when.Add(-time.Hour).Format(http.TimeFormat),
			"Date", start.Add(-time.Hour).Format(http.TimeFormat)),
	}
	for name, out := range cases {
		n := newNight(t, PacerOptions{Delay: time.Second})
		n.ask("a", out)
		if at := n.ask("b", good(0)); at != 0 {
			t.Errorf("%s: another host had to wait until %v", name, at)
		}
		if at := n.ask("a", good(0)); at != 100*time.Second {
			t.Errorf("%s: asked again after %v", name, at)
		}
		if at := n.ask("a", good(0)); at != 101*time.Second {
			t.Errorf("%s: after that at %v, want the delay alone", name, at)
		}
	}
}

func TestRetryAfterOfOnePageIsNotTheHosts(t *testing.T) {
	for _, code := range []int{200, 301, 404} {
		n := newNight(t, PacerOptions{})
		if got := n.gap(status(code, "Retry-After", "100")); got != 0 {
			t.Errorf("status %d: waited %v", code, got)
		}
	}
}

func TestShortRetryAfterDoesNotCutBackoffShort(t *testing.T) {
	n := newNight(t, PacerOptions{})
	if got := n.gap(status(503, "Retry-After", "1")); got != DefaultBackoff {
		t.Errorf("waited %v", got)
	}
}

func TestTooLongARetryAfterEndsTheNightForTheHost(t *testing.T) {
	n := newNight(t, PacerOptions{})
	n.ask("a", status(503, "Retry-After", "3601"))
	for range 2 {
		_, err := n.Wait(t.Context(), "a")
		var later *RetryLaterError
		if !errors.As(err, &later) || later.Host != "a" || !later.Until.Equal(start.Add(3601*time.Second)) {
			t.Errorf("error %v", err)
		}
	}
	n.ask("b", good(0))
	if len(n.clock.Sleeps()) != 0 {
		t.Error("waited all the same")
	}
	n.clock.Advance(2 * time.Hour)
	n.ask("a", good(0))
	n = newNight(t, PacerOptions{})
	if got := n.gap(status(503, "Retry-After", "3600")); got != time.Hour {
		t.Errorf("the longest bearable wait took %v", got)
	}
}
