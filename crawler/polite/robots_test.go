package polite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"infocus/archive/capture"
	"infocus/crawler/polite/politetest"
	"infocus/crawler/transport"
)

// answer is one reply of a site to a path.
type answer struct {
	status   int
	location string
	body     string
	err      error
}

// fakeSite answers by address and notes what was asked.
type fakeSite struct {
	mu      sync.Mutex
	answers map[string]answer // by address without http://
	asked   []string
	roles   []string
	enter   func() // called on the way in
}

func (s *fakeSite) RoundTrip(req *http.Request) (*http.Response, error) {
	if s.enter != nil {
		s.enter()
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	address := strings.TrimPrefix(req.URL.String(), "http://")
	s.asked = append(s.asked, address)
	s.roles = append(s.roles, transport.LabelOf(req.Context()).Role)
	a, ok := s.answers[address]
	switch {
	case a.err != nil:
		return nil, a.err
	case !ok:
		a.status = http.StatusNotFound
	}
	h := http.Header{}
	if a.location != "" {
		h.Set("Location", a.location)
	}
	return &http.Response{StatusCode: a.status, Header: h, Body: io.NopCloser(strings.NewReader(a.body)), Request: req}, nil
}

func (s *fakeSite) set(address string, a answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[address] = a
}

const site = "a.example/robots.txt"

// newRobots gives a Robots for a site that answers robots.txt so.
func newRobots(a answer) (*Robots, *fakeSite, *politetest.Clock) {
	s := &fakeSite{answers: map[string]answer{site: a}}
	clock := politetest.NewClock(start)
	return NewRobots(RobotsOptions{Transport: s, Clock: clock}), s, clock
}

func allowed(t *testing.T, r *Robots, raw string) bool {
	t.Helper()
	v, err := r.Allowed(t.Context(), mustURL(t, raw))
	if err != nil {
		t.Fatal(err)
	}
	return v.Allowed
}

func closedTo(path string) answer {
	return answer{status: 200, body: "User-agent: *\nDisallow: " + path + "\n"}
}

func TestStatusOfRobots(t *testing.T) {
	lost := &transport.Error{Exchange: &capture.Exchange{Failure: capture.FailRefused}, Err: errors.New("refused")}
	cases := []struct {
		name string
		a    answer
		want string // allowed, disallowed, unavailable
	}{
		{"rules", closedTo("/"), "disallowed"},
		{"empty", answer{status: 200}, "allowed"},
		{"not found", answer{status: 404, body: "User-agent: *\nDisallow: /"}, "allowed"},
		{"gone", answer{status: 410}, "allowed"},
		{"forbidden", answer{status: 403}, "allowed"},
		{"log-in asked for", answer{status: 401}, "allowed"},
		{"too many requests", answer{status: 429}, "unavailable"},
		{"server error", answer{status: 500}, "unavailable"},
		{"maintenance", answer{status: 503}, "unavailable"},
		{"no connection", answer{err: lost}, "unavailable"},
		{"redirect to nowhere", answer{status: 302}, "unavailable"},
		{"redirect to nonsense", answer{status: 302, location: "http://[::1"}, "unavailable"},
	}
	for _, c := range cases {
		r, _, _ := newRobots(c.a)
		v, err := r.Allowed(t.Context(), mustURL(t, "http://a.example/page"))
		got := "disallowed"
		var missing *RobotsUnavailableError
		switch {
		case errors.As(err, &missing):
			got = "unavailable"
			if missing.Origin != "http://a.example" || missing.Error() == "" || (missing.Err == nil) == (missing.Status == 0) {
				t.Errorf("%s: error %+v", c.name, missing)
			}
		case err != nil:
			t.Error(err)
		case v.Allowed:
			got = "allowed"
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRobotsIsAskedOnceADay(t *testing.T) {
	r, s, clock := newRobots(closedTo("/a"))
	for range 3 {
		if allowed(t, r, "http://a.example/a") || !allowed(t, r, "http://A.example:80/b") {
			t.Error("wrong verdict")
		}
	}
	s.set(site, closedTo("/b"))
	clock.Advance(RobotsTTL - time.Second)
	if allowed(t, r, "http://a.example/a") {
		t.Error("forgot the rules within a day")
	}
	if len(s.asked) != 1 {
		t.Errorf("asked %d times within a day", len(s.asked))
	}
	clock.Advance(time.Second)
	if !allowed(t, r, "http://a.example/a") || allowed(t, r, "http://a.example/b") {
		t.Error("change of the rules was not followed after a day")
	}
	if len(s.asked) != 2 {
		t.Errorf("asked %d times in all", len(s.asked))
	}
	if s.roles[0] != RobotsRole {
		t.Errorf("role %q", s.roles[0])
	}
}

func TestEachOriginHasItsOwnRobots(t *testing.T) {
	r, s, _ := newRobots(closedTo("/"))
	for _, u := range []string{"http://a.example:8080/", "http://b.example/", "http://www.a.example/"} {
		if !allowed(t, r, u) {
			t.Errorf("%s closed by another origin", u)
		}
	}
	want := []string{"a.example:8080/robots.txt", "b.example/robots.txt", "www.a.example/robots.txt"}
	if !slices.Equal(s.asked, want) {
		t.Errorf("asked %q", s.asked)
	}
}

func TestUnavailableRobotsIsNotAskedForEveryPage(t *testing.T) {
	r, s, clock := newRobots(answer{status: 503})
	ask := func() error {
		_, err := r.Allowed(t.Context(), mustURL(t, "http://a.example/a"))
		return err
	}
	for range 5 {
		if ask() == nil {
			t.Fatal("allowed without rules")
		}
	}
	if len(s.asked) != 1 {
		t.Errorf("asked %d times", len(s.asked))
	}
	s.set(site, closedTo("/b"))
	clock.Advance(RobotsRetry)
	if err := ask(); err != nil || len(s.asked) != 2 {
		t.Errorf("after an hour: %v, asked %d times", err, len(s.asked))
	}
}

// Yesterday's rules are no licence when today the site says it is not well.
func TestRobotsThatBecomesUnavailableStopsTheCrawl(t *testing.T) {
	r, s, clock := newRobots(answer{status: 200})
	allowed(t, r, "http://a.example/a")
	s.set(site, answer{status: 500})
	clock.Advance(RobotsTTL)
	if _, err := r.Allowed(t.Context(), mustURL(t, "http://a.example/a")); err == nil {
		t.Error("went on with old rules")
	}
}

func TestRobotsRedirects(t *testing.T) {
	chain := func(n int) map[string]answer {
		m := map[string]answer{site: {status: 301, location: "/1"}}
		for i := 1; i < n; i++ {
			m[fmt.Sprintf("a.example/%d", i)] = answer{status: 302, location: fmt.Sprintf("/%d", i+1)}
		}
		m[fmt.Sprintf("a.example/%d", n)] = closedTo("/")
		return m
	}
	inSite := func(u *url.URL) bool { return strings.HasSuffix(u.Host, "a.example") }
	cases := []struct {
		name    string
		answers map[string]answer
		want    string
		asked   int
	}{
		{"one", chain(1), "disallowed", 2},
		{"as many as are followed", chain(5), "disallowed", 6},
		{"one too many", chain(6), "allowed", 6},
		{"loop", map[string]answer{site: {status: 301, location: "/robots.txt"}}, "allowed", 6},
		{"other host of the site", map[string]answer{site: {status: 301, location: "http://www.a.example/r"}, "www.a.example/r": closedTo("/")}, "disallowed", 2},
		{"off the site", map[string]answer{site: {status: 301, location: "http://b.example/"}}, "unavailable", 1},
		{"to a page", map[string]answer{site: {status: 302, location: "/"}, "a.example/": {status: 200, body: "<html>home</html>"}}, "allowed", 2},
	}
	for _, c := range cases {
		s := &fakeSite{answers: c.answers}
		r := NewRobots(RobotsOptions{Transport: s, Clock: politetest.NewClock(start), InSite: inSite})
		v, err := r.Allowed(t.Context(), mustURL(t, "http://a.example/page"))
		got := map[bool]string{true: "allowed", false: "disallowed"}[v.Allowed]
		if err != nil {
			got = "unavailable"
		}
		if got != c.want || len(s.asked) != c.asked {
			t.Errorf("%s: %s (%v) after %d requests, want %s after %d", c.name, got, err, len(s.asked), c.want, c.asked)
		}
	}
}

func TestFirstVisitsAtOnceAskOnce(t *testing.T) {
	r, s, _ := newRobots(closedTo("/a"))
	gate := make(chan bool)
	s.enter = func() { <-gate }
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if v, err := r.Allowed(t.Context(), mustURL(t, "http://a.example/a")); err != nil || v.Allowed {
				t.Errorf("verdict %+v, error %v", v, err)
			}
		})
	}
	close(gate)
	wg.Wait()
	if len(s.asked) != 1 {
		t.Errorf("asked %d times", len(s.asked))
	}
}

func TestInterruptedAskingIsNoAnswer(t *testing.T) {
	r, s, _ := newRobots(closedTo("/a"))
	ctx, cancel := context.WithCancel(t.Context())
	s.enter = cancel
	if _, err := r.Allowed(ctx, mustURL(t, "http://a.example/a")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	s.enter = nil
	if allowed(t, r, "http://a.example/a") {
		t.Error("rules not asked again")
	}
}

func TestWaitingForRobotsEndsWithTheContext(t *testing.T) {
	r, s, _ := newRobots(closedTo("/a"))
	entered, leave := make(chan bool), make(chan bool)
	s.enter = func() { close(entered); <-leave }
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = r.Allowed(t.Context(), mustURL(t, "http://a.example/a")) })
	<-entered
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Allowed(ctx, mustURL(t, "http://a.example/a")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	close(leave)
	wg.Wait()
}

func TestRefusalOfTheGateSaysNothingOfRobots(t *testing.T) {
	later := &RetryLaterError{Host: "a.example", Until: start}
	r, s, _ := newRobots(answer{err: fmt.Errorf("wait: %w", later)})
	_, err := r.Allowed(t.Context(), mustURL(t, "http://a.example/a"))
	var missing *RobotsUnavailableError
	if !errors.Is(err, later) || errors.As(err, &missing) {
		t.Errorf("error %v", err)
	}
	s.set(site, closedTo("/a"))
	if allowed(t, r, "http://a.example/a") {
		t.Error("rules not asked again")
	}
}

func TestCrawlDelayOfAHostIsTheLargestOfItsOrigins(t *testing.T) {
	delays := func(seconds string) answer {
		return answer{status: 200, body: "User-agent: *\nCrawl-delay: " + seconds}
	}
	s := &fakeSite{answers: map[string]answer{site: delays("10"), "a.example:8080/robots.txt": delays("3")}}
	clock := politetest.NewClock(start)
	got := map[string]time.Duration{}
	r := NewRobots(RobotsOptions{Transport: s, Clock: clock, CrawlDelay: func(h string, d time.Duration) { got[h] = d }})
	allowed(t, r, "http://a.example/")
	allowed(t, r, "http://a.example:8080/")
	if got["a.example"] != 10*time.Second {
		t.Errorf("delay %v, want the larger", got["a.example"])
	}
	s.set(site, answer{status: 404})
	clock.Advance(RobotsTTL)
	allowed(t, r, "http://a.example/")
	if got["a.example"] != 3*time.Second {
		t.Errorf("delay %v, want what is left", got["a.example"])
	}
}

func TestSitemapsOfRobots(t *testing.T) {
	r, s, _ := newRobots(answer{status: 200, body: "Sitemap: http://a.example/s.xml"})
	got, err := r.Sitemaps(t.Context(), mustURL(t, "http://a.example/x"))
	if err != nil || !slices.Equal(got, []string{"http://a.example/s.xml"}) {
		t.Errorf("%q, error %v", got, err)
	}
	s.set("b.example/robots.txt", answer{status: 500})
	if _, err := r.Sitemaps(t.Context(), mustURL(t, "http://b.example/x")); err == nil {
		t.Error("sitemaps of nothing")
	}
}

func TestOrigins(t *testing.T) {
	for raw, want := range map[string]string{
		"http://A.example/x":        "http://a.example",
		"http://a.example.:80/":     "http://a.example",
		"https://a.example:443/":    "https://a.example",
		"https://a.example:80/":     "https://a.example:80",
		"http://u:p@a.example/":     "http://a.example",
		"http://[2001:DB8::1]:8080": "http://[2001:db8::1]:8080",
	} {
		if got := originOf(mustURL(t, raw)); got != want {
			t.Errorf("%s has origin %s, want %s", raw, got, want)
		}
	}
}

// The parts together: robots.txt is archived and paced, and its Crawl-delay rules what follows.
func TestPacerAndRobotsUnderTheTransport(t *testing.T) {
	clock := politetest.NewClock(start)
	var mu sync.Mutex
	var log []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		log = append(log, fmt.Sprintf("%v %s", clock.Now().Sub(start), req.URL.Path))
		if req.URL.Path == robotsPath {
			_, _ = io.WriteString(w, "User-agent: infocus\nCrawl-delay: 7\nDisallow: /private\n")
		}
	}))
	defer server.Close()
	pacer := NewPacer(PacerOptions{Delay: time.Second, Jitter: -1, SlowFactor: -1, Clock: clock})
	var roles []string
	tr, err := transport.New(transport.Options{
		UserAgent: "infocus/0", Allow: server.Listener.Addr().String(), Gate: pacer, Now: clock.Now,
		Sink: func(_ context.Context, ex *capture.Exchange) { roles = append(roles, ex.Role) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer tr.CloseIdleConnections()
	robots := NewRobots(RobotsOptions{Transport: tr, Clock: clock, CrawlDelay: pacer.SetCrawlDelay})
	noBody := transport.WithLabel(t.Context(), transport.Label{Role: "article", NoBody: true})
	for _, path := range []string{"/1", "/private/2", "/3"} {
		u := mustURL(t, server.URL+path)
		v, err := robots.Allowed(noBody, u)
		if err != nil {
			t.Fatal(err)
		}
		if !v.Allowed {
			continue
		}
		req, _ := http.NewRequestWithContext(noBody, http.MethodGet, u.String(), nil)
		if _, err := tr.RoundTrip(req); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"0s /robots.txt", "7s /1", "14s /3"}; !slices.Equal(log, want) {
		t.Errorf("the site saw %q, want %q", log, want)
	}
	if want := []string{"robots", "article", "article"}; !slices.Equal(roles, want) {
		t.Errorf("recorded as %q, want %q", roles, want)
	}
}
