package polite

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"infocus/crawler/polite/politetest"
	"infocus/crawler/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var start = time.Date(2025, 1, 20, 2, 0, 0, 0, time.UTC)

// night is a pacer on a clock of its own.
type night struct {
	*Pacer
	t     *testing.T
	clock *politetest.Clock
}

// newNight paces without jitter unless the options say so.
func newNight(t *testing.T, o PacerOptions) *night {
	t.Helper()
	clock := politetest.NewClock(start)
	o.Clock = clock
	if o.Jitter == 0 {
		o.Jitter = -1
	}
	return &night{NewPacer(o), t, clock}
}

// ask makes a request that takes out.Elapsed, and gives its start, counted from the first moment.
func (n *night) ask(host string, out transport.Outcome) time.Duration {
	n.t.Helper()
	done, err := n.Wait(n.t.Context(), host)
	if err != nil {
		n.t.Fatal(err)
	}
	at := n.clock.Now().Sub(start)
	n.clock.Advance(out.Elapsed)
	done(out)
	return at
}

// gap is the wait from the end of a request with this outcome to the next one.
func (n *night) gap(out transport.Outcome) time.Duration {
	n.t.Helper()
	n.ask("a", out)
	end := n.clock.Now().Sub(start)
	done, err := n.Wait(n.t.Context(), "a")
	if err != nil {
		n.t.Fatal(err)
	}
	at := n.clock.Now().Sub(start)
	done(transport.Outcome{Canceled: true})
	return at - end
}

func good(took time.Duration) transport.Outcome {
	return transport.Outcome{Status: http.StatusOK, Elapsed: took}
}

func status(code int, headers ...string) transport.Outcome {
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return transport.Outcome{Status: code, Header: h}
}

func TestDefaultsAreAsDocumented(t *testing.T) {
	o := PacerOptions{}.withDefaults()
	if o.Delay != 0 || o.Jitter != 0.25 || o.SlowFactor != 1 || o.Backoff != 5*time.Second ||
		o.MaxBackoff != 10*time.Minute || o.MaxRetryAfter != time.Hour {
		t.Errorf("pacer defaults are %+v", o)
	}
	if DefaultDelay != time.Second || MaxSlowdown != time.Minute || MaxCrawlDelay != time.Hour {
		t.Error("spacing constants changed")
	}
	if DefaultThreshold != 5 || DefaultCanaryTries != 3 {
		t.Error("breaker constants changed")
	}
	if Agent != "infocus" || RobotsTTL != 24*time.Hour || RobotsRetry != time.Hour || MaxRobotsSize != 500*1024 || MaxRobotsHops != 5 {
		t.Error("robots constants changed")
	}
}

func TestDelayCountsFromTheEndOfAnAnswer(t *testing.T) {
	n := newNight(t, PacerOptions{Delay: time.Second})
	var at []time.Duration
	for range 3 {
		at = append(at, n.ask("a", good(300*time.Millisecond)))
	}
	if want := []time.Duration{0, 1300 * time.Millisecond, 2600 * time.Millisecond}; !slices.Equal(at, want) {
		t.Errorf("requests at %v, want %v", at, want)
	}
}

func TestTimeThatPassedAnywayIsNotWaitedAgain(t *testing.T) {
	n := newNight(t, PacerOptions{Delay: time.Second})
	n.ask("a", good(0))
	n.clock.Advance(400 * time.Millisecond)
	if at := n.ask("a", good(0)); at != time.Second {
		t.Errorf("second request at %v", at)
	}
	n.clock.Advance(time.Hour)
	if at := n.ask("a", good(0)); at != time.Hour+time.Second {
		t.Errorf("third request at %v", at)
	}
}

func TestLargerOfDelayAndCrawlDelayCounts(t *testing.T) {
	for _, c := range []struct{ delay, crawlDelay, want time.Duration }{
		{time.Second, 0, time.Second},
		{time.Second, 10 * time.Second, 10 * time.Second},
		{10 * time.Second, time.Second, 10 * time.Second},
		{0, 2 * time.Second, 2 * time.Second},
		{0, -2 * time.Second, 0},
		{0, 48 * time.Hour, time.Hour},
	} {
		n := newNight(t, PacerOptions{Delay: c.delay})
		n.SetCrawlDelay("a", c.crawlDelay)
		if got := n.gap(good(0)); got != c.want {
			t.Errorf("delay %v, Crawl-delay %v: waited %v, want %v", c.delay, c.crawlDelay, got, c.want)
		}
	}
}

func TestCrawlDelayLearntWhileWaitingCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPacer(PacerOptions{Delay: time.Second, Jitter: -1})
		done, err := p.Wait(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		done(good(0))
		end := time.Now()
		time.AfterFunc(500*time.Millisecond, func() { p.SetCrawlDelay("a", 3*time.Second) })
		done, err = p.Wait(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		done(good(0))
		if got := time.Since(end); got != 3*time.Second {
			t.Errorf("waited %v, want 3s", got)
		}
	})
}

func TestJitterOnlyLengthens(t *testing.T) {
	for r, want := range map[float64]time.Duration{0: time.Second, 0.5: 1125 * time.Millisecond, 1: 1250 * time.Millisecond} {
		n := newNight(t, PacerOptions{Delay: time.Second, Jitter: 0.25, Rand: func() float64 { return r }})
		if got := n.gap(good(0)); got != want {
			t.Errorf("with %v: waited %v, want %v", r, got, want)
		}
	}
}

func TestNoDelayMeansNoWaiting(t *testing.T) {
	n := newNight(t, PacerOptions{Jitter: 0.25})
	for range 100 {
		n.ask("a", good(3*time.Second))
	}
	if sleeps := n.clock.Sleeps(); len(sleeps) != 0 {
		t.Errorf("%d waits with no delay", len(sleeps))
	}
}

func TestSlowSiteIsAskedMoreSlowly(t *testing.T) {
	n := newNight(t, PacerOptions{Delay: time.Second})
	if got := n.gap(good(200 * time.Millisecond)); got != time.Second {
		t.Errorf("a quick site waits %v, want the delay", got)
	}
	for range 30 {
		n.ask("a", good(4*time.Second))
	}
	if got := n.gap(good(4 * time.Second)); got < 3900*time.Millisecond || got > 4*time.Second {
		t.Errorf("after answers of 4s waits %v", got)
	}
	for range 30 {
		n.ask("a", good(10*time.Minute))
	}
	if got := n.gap(good(0)); got != MaxSlowdown {
		t.Errorf("after answers of 10m waits %v, want the bound", got)
	}
	for range 50 {
		n.ask("a", good(0))
	}
	if got := n.gap(good(0)); got != time.Second {
		t.Errorf("when well again waits %v, want the delay", got)
	}
}

func TestSlownessCanBeLeftOut(t *testing.T) {
	n := newNight(t, PacerOptions{Delay: time.Second, SlowFactor: -1})
	if got := n.gap(good(time.Minute)); got != time.Second {
		t.Errorf("waited %v", got)
	}
}

func TestClockSetBackDoesNotLengthenAWait(t *testing.T) {
	n := newNight(t, PacerOptions{Delay: time.Second})
	n.ask("a", good(0))
	n.clock.Advance(-24 * time.Hour)
	n.ask("a", good(0))
	if got := n.clock.Sleeps(); !slices.Equal(got, []time.Duration{time.Second}) {
		t.Errorf("waits %v, want one of 1s", got)
	}
}

func TestOneRequestAtATimeForAHost(t *testing.T) {
	p := NewPacer(PacerOptions{})
	var mu sync.Mutex
	under := map[string]int{}
	var wg sync.WaitGroup
	for i := range 40 {
		host := []string{"a", "b"}[i%2]
		wg.Go(func() {
			for range 10 {
				done, err := p.Wait(t.Context(), host)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				under[host]++
				if under[host] > 1 {
					t.Errorf("%d requests at once for %s", under[host], host)
				}
				mu.Unlock()
				mu.Lock()
				under[host]--
				mu.Unlock()
				done(good(0))
			}
		})
	}
	wg.Wait()
}

func TestHostsDoNotWaitForEachOther(t *testing.T) {
	p := NewPacer(PacerOptions{})
	a, err := p.Wait(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Wait(t.Context(), "b")
	if err != nil {
		t.Fatal(err)
	}
	a(good(0))
	b(good(0))
}

func TestFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPacer(PacerOptions{Delay: time.Second})
		var order []int
		var wg sync.WaitGroup
		for i := range 10 {
			wg.Go(func() {
				done, err := p.Wait(t.Context(), "a")
				if err != nil {
					t.Error(err)
					return
				}
				order = append(order, i)
				done(good(0))
			})
			synctest.Wait()
		}
		wg.Wait()
		if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(order, want) {
			t.Errorf("served in order %v", order)
		}
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPacer(PacerOptions{Delay: time.Hour})
		begin := time.Now()
		held, err := p.Wait(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		inQueue, stop := context.WithTimeout(t.Context(), time.Millisecond)
		defer stop()
		if _, err := p.Wait(inQueue, "a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("in the queue: %v", err)
		}
		held(good(0))
		inRest, stop := context.WithTimeout(t.Context(), time.Millisecond)
		defer stop()
		if _, err := p.Wait(inRest, "a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("in the rest: %v", err)
		}
		if _, err := p.Wait(inRest, "b"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with an ended context: %v", err)
		}
		if took := time.Since(begin); took != 2*time.Millisecond {
			t.Errorf("took %v", took)
		}
		done, err := p.Wait(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		done(good(0))
	})
}

func TestFiguresForTheReport(t *testing.T) {
	n := newNight(t, PacerOptions{Delay: time.Second})
	n.SetCrawlDelay("unasked", time.Second)
	out := good(500 * time.Millisecond)
	out.Sent, out.Received = 100, 2000
	for range 3 {
		n.ask("b", out)
	}
	busy := status(503, "Retry-After", "30")
	busy.Sent, busy.Received = 100, 50
	n.ask("b", busy)
	n.ask("a", status(503, "Retry-After", "7200"))
	n.SetCrawlDelay("b", 2*time.Second)
	stats := n.Stats()
	if len(stats) != 2 || stats[0].Host != "a" || stats[1].Host != "b" {
		t.Fatalf("figures of %+v", stats)
	}
	if stats[0].LongestRetryAfter != 2*time.Hour || stats[0].Rate() != 0 || stats[0].SmallestGap != 0 {
		t.Errorf("a: %+v", stats[0])
	}
	want := HostStats{
		Host: "b", Requests: 4, Sent: 400, Received: 6050, First: start, Last: start.Add(4500 * time.Millisecond),
		Waits: 3, Waited: 3 * time.Second, Backoffs: 1, LongestBackoff: 5 * time.Second, LongestRetryAfter: 30 * time.Second,
		SmallestGap: 1500 * time.Millisecond, CrawlDelay: 2 * time.Second,
	}
	if stats[1] != want {
		t.Errorf("b: %+v\nwant %+v", stats[1], want)
	}
	if got := stats[1].Rate(); got < 0.88 || got > 0.89 {
		t.Errorf("rate %v", got)
	}
}

func TestSystemClockSleeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c SystemClock
		before := c.Now()
		if err := c.Sleep(t.Context(), time.Hour); err != nil || c.Now().Sub(before) != time.Hour {
			t.Errorf("slept %v, error %v", c.Now().Sub(before), err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if c.Sleep(ctx, time.Hour) == nil || c.Sleep(ctx, 0) == nil {
			t.Error("slept in an ended context")
		}
	})
}

// What the pacer costs when there is nothing to wait for.
func BenchmarkNoDelay(b *testing.B) {
	p := NewPacer(PacerOptions{})
	out := good(time.Millisecond)
	b.ReportAllocs()
	for b.Loop() {
		done, err := p.Wait(b.Context(), "a")
		if err != nil {
			b.Fatal(err)
		}
		done(out)
	}
}
