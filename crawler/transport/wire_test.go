package transport

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"infocus/archive/capture"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rawServer speaks whatever a test wants. Every connection is given to serve, with its number from 0,
// and closed after it.
type rawServer struct {
	addr     string
	mu       sync.Mutex
	accepted int
}

func (s *rawServer) connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.accepted
}

func (s *rawServer) url(path string) string { return "http://" + s.addr + path }

func startRaw(t *testing.T, serve func(c net.Conn, n int)) *rawServer {
	t.Helper()
	return startOn(t, listen(t), serve)
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func startOn(t *testing.T, l net.Listener, serve func(c net.Conn, n int)) *rawServer {
	t.Helper()
	s := &rawServer{addr: l.Addr().String()}
	var wg sync.WaitGroup
	var mu sync.Mutex
	open := map[net.Conn]bool{}
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			n := s.accepted
			s.accepted++
			s.mu.Unlock()
			mu.Lock()
			open[c] = true
			mu.Unlock()
			wg.Add(1)
			go func() {
				defer wg.Done()
				defer func() { _ = c.Close() }()
				serve(c, n)
			}()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for c := range open {
			_ = c.Close()
		}
		mu.Unlock()
		wg.Wait()
	})
	return s
}

// answers gives every request on every connection the same bytes.
func answers(t *testing.T, answer string) *rawServer {
	t.Helper()
	return startRaw(t, func(c net.Conn, _ int) {
		br := bufio.NewReader(c)
		for readRequest(br) != "" {
			if _, err := io.WriteString(c, answer); err != nil {
				return
			}
		}
	})
}

// hangsUp answers one request on a connection and closes it.
func hangsUp(t *testing.T, answer string) *rawServer {
	t.Helper()
	return startRaw(t, func(c net.Conn, _ int) {
		readRequest(bufio.NewReader(c))
		_, _ = io.WriteString(c, answer)
	})
}

// readRequest takes one request off the connection, as sent; "" at its end.
func readRequest(br *bufio.Reader) string {
	var b strings.Builder
	for {
		line, err := br.ReadString('\n')
		b.WriteString(line)
		if err != nil {
			return ""
		}
		if line == "\r\n" {
			return b.String()
		}
	}
}

// rig is a transport with what it reported.
type rig struct {
	*Transport
	t *testing.T

	mu   sync.Mutex
	seen []*capture.Exchange
}

func newRig(t *testing.T, o Options) *rig {
	t.Helper()
	r := &rig{t: t}
	if o.UserAgent == "" {
		o.UserAgent = "infocus-test/1"
	}
	o.Sink = func(_ context.Context, ex *capture.Exchange) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.seen = append(r.seen, ex)
	}
	tr, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tr.CloseIdleConnections)
	r.Transport = tr
	return r
}

// quick has time-outs that no healthy answer comes near, on a machine that is busy too. A test that waits for one to pass
// sets it itself.
func quick() Timeouts {
	return Timeouts{
		Dial: 30 * time.Second, TLS: 30 * time.Second, Header: 30 * time.Second, Exchange: time.Minute,
		StallWindow: 30 * time.Second, StallBytes: 1, Idle: time.Minute,
	}
}

func (r *rig) get(ctx context.Context, url string) (*http.Response, error) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.RoundTrip(req)
}

// exchange fetches and gives what was reported for it.
func (r *rig) exchange(url string) (*capture.Exchange, error) {
	r.t.Helper()
	before := len(r.reported())
	resp, err := r.get(r.t.Context(), url)
	if err == nil {
		defer func() { _ = resp.Body.Close() }()
	}
	seen := r.reported()
	if len(seen) != before+1 {
		r.t.Fatalf("%d exchanges reported for one round trip (error %v), want 1", len(seen)-before, err)
	}
	return seen[before], err
}

func (r *rig) reported() []*capture.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*capture.Exchange(nil), r.seen...)
}

// body reads what the caller of RoundTrip gets to see.
func body(t *testing.T, resp *http.Response) string {
	t.Helper()
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func allow(s *rawServer) Options { return Options{Allow: s.addr, Timeouts: quick()} }
