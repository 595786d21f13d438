package polite

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"infocus/archive/capture"
	"infocus/crawler/transport"
)

func TestBreakerDecisions(t *testing.T) {
	// w, i, u: a page that is well, ill, unclear. W, I, U: a canary. Below: what the breaker says.
	cases := []struct{ name, events, decisions string }{
		{"a site that is well", "wwwwww", "------"},
		{"ill now and then", "iiwiiwiiw", "---------"},
		{"three ill in a row ask the canary", "iii", "--?"},
		{"unclear answers count for nothing", "iuiuiu", "----?-"},
		{"a canary that is well starts anew", "iiiWiiiW", "--?---?-"},
		{"ill pages while the canary is out change nothing", "iiiiiiW", "--?----"},
		{"a second canary is asked before the night ends", "iiiII", "--??!"},
		{"an unclear canary is no sign of life", "iiiUU", "--??!"},
		{"a well page while the canary is out counts as one", "iiiwIii", "--?----"},
		{"a well canary after an ill one starts anew", "iiiIWiiiII", "--??---??!"},
		{"open stays open", "iiiIIwWi", "--??!!!!"},
	}
	for _, c := range cases {
		b := Breaker{Threshold: 3, CanaryTries: 2}
		var got strings.Builder
		for _, e := range c.events {
			got.WriteByte("-?!"[feed(&b, e)])
		}
		if got.String() != c.decisions {
			t.Errorf("%s: %s gave %s, want %s", c.name, c.events, got.String(), c.decisions)
		}
		if open := strings.HasSuffix(c.decisions, "!"); open != (b.Reason() != "") {
			t.Errorf("%s: reason %q", c.name, b.Reason())
		}
	}
}

func feed(b *Breaker, event rune) Decision {
	health := map[rune]Health{'w': Well, 'i': Ill, 'u': Unclear, 'W': Well, 'I': Ill, 'U': Unclear}[event]
	if strings.ContainsRune("WIU", event) {
		return b.RecordCanary(health, "status 503")
	}
	return b.Record(health)
}

func TestBreakerUsesDefaults(t *testing.T) {
	var b Breaker
	for i := range DefaultThreshold {
		want := Continue
		if i == DefaultThreshold-1 {
			want = AskCanary
		}
		if got := b.Record(Ill); got != want {
			t.Errorf("ill page %d: decision %d", i+1, got)
		}
	}
	for range DefaultCanaryTries - 1 {
		if b.RecordCanary(Ill, "x") != AskCanary {
			t.Error("gave up too early")
		}
	}
	if b.RecordCanary(Ill, "status 503") != Open || !strings.Contains(b.Reason(), "status 503") {
		t.Errorf("reason %q", b.Reason())
	}
	b.Trip("another")
	if strings.Contains(b.Reason(), "another") {
		t.Error("the first reason was replaced")
	}
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		out  transport.Outcome
		want Health
	}{
		{transport.Outcome{Status: 200}, Well},
		{transport.Outcome{Status: 304}, Well},
		{transport.Outcome{Status: 404}, Well},
		{transport.Outcome{Status: 403}, Well},
		{transport.Outcome{Status: 429}, Ill},
		{transport.Outcome{Status: 500}, Ill},
		{transport.Outcome{}, Ill},
		{transport.Outcome{Failure: capture.FailTimeout}, Ill},
		{transport.Outcome{Failure: capture.FailDNS}, Ill},
		{transport.Outcome{Failure: capture.FailTLS}, Ill},
		{transport.Outcome{Failure: capture.FailProxy}, Ill},
		{transport.Outcome{Failure: capture.FailCutShort, Status: 200}, Ill},
		{transport.Outcome{Failure: capture.FailTooLarge, Status: 200}, Unclear},
		{transport.Outcome{Failure: capture.FailPrivate}, Unclear},
		{transport.Outcome{Failure: capture.FailRobots}, Unclear},
		{transport.Outcome{Failure: capture.FailReset, Canceled: true}, Unclear},
	} {
		if got := Judge(c.out); got != c.want {
			t.Errorf("%+v: %d, want %d", c.out, got, c.want)
		}
	}
}

func TestDozenBadPagesOnASiteThatIsWellEndNothing(t *testing.T) {
	asked := 0
	g := NewGuard(Breaker{}, func(context.Context) (Health, string) { asked++; return Well, "" })
	for range 12 {
		if err := g.Report(t.Context(), Ill); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 2 {
		t.Errorf("canary asked %d times for 12 bad pages, want 2", asked)
	}
}

func TestDeadSiteEndsTheNight(t *testing.T) {
	asked := 0
	g := NewGuard(Breaker{}, func(context.Context) (Health, string) { asked++; return Ill, "connection refused" })
	var err error
	pages := 0
	for ; err == nil && pages < 100; pages++ {
		err = g.Report(t.Context(), Ill)
	}
	var open *OpenError
	if !errors.As(err, &open) || !strings.Contains(err.Error(), "connection refused") {
		t.Fatalf("error %v", err)
	}
	if pages != DefaultThreshold || asked != DefaultCanaryTries {
		t.Errorf("ended after %d pages and %d canaries", pages, asked)
	}
	if g.Report(t.Context(), Well) == nil || g.Err() == nil {
		t.Error("opened again")
	}
}

func TestGuardIsTripped(t *testing.T) {
	g := NewGuard(Breaker{}, nil)
	if g.Err() != nil {
		t.Error("open from the start")
	}
	g.Trip("asked not to come before tomorrow")
	if err := g.Report(t.Context(), Well); err == nil || !strings.Contains(err.Error(), "tomorrow") {
		t.Errorf("error %v", err)
	}
}

func TestInterruptedCanaryIsAskedAgain(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	asked := 0
	g := NewGuard(Breaker{Threshold: 1}, func(context.Context) (Health, string) {
		asked++
		cancel()
		return Unclear, "interrupted"
	})
	if err := g.Report(ctx, Ill); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	_ = g.Report(t.Context(), Ill)
	if asked != 1+DefaultCanaryTries {
		t.Errorf("canary asked %d times", asked)
	}
}

func TestOneCanaryAtATime(t *testing.T) {
	var out, asked atomic.Int32
	g := NewGuard(Breaker{Threshold: 2}, func(context.Context) (Health, string) {
		if out.Add(1) > 1 {
			t.Error("two canaries at once")
		}
		asked.Add(1)
		out.Add(-1)
		return Well, ""
	})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				_ = g.Report(t.Context(), Ill)
			}
		})
	}
	wg.Wait()
	if asked.Load() == 0 {
		t.Error("canary never asked")
	}
}
