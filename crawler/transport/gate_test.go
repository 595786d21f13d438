package transport

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"infocus/archive/capture"
)

// recordingGate notes who asked and what came of it.
type recordingGate struct {
	refuse error
	hosts  []string
	out    []Outcome
}

func (g *recordingGate) Wait(_ context.Context, host string) (func(Outcome), error) {
	g.hosts = append(g.hosts, host)
	if g.refuse != nil {
		return nil, g.refuse
	}
	return func(out Outcome) { g.out = append(g.out, out) }, nil
}

func TestGateLearnsWhatCameOfARequest(t *testing.T) {
	answer := "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno"
	s := answers(t, answer)
	o := allow(s)
	gate := &recordingGate{}
	o.Gate = gate
	r := newRig(t, o)
	ex, err := r.exchange(s.url("/"))
	if err != nil {
		t.Fatal(err)
	}
	if len(gate.out) != 1 || gate.hosts[0] != "127.0.0.1" {
		t.Fatalf("hosts %q, outcomes %+v", gate.hosts, gate.out)
	}
	out := gate.out[0]
	if out.Status != 503 || out.Header.Get("Retry-After") != "7" || out.Failure != "" || out.Canceled {
		t.Errorf("outcome %+v", out)
	}
	if out.Sent != int64(len(ex.Request)) || out.Received != int64(len(answer)) || out.Elapsed <= 0 {
		t.Errorf("sent %d, received %d, elapsed %v", out.Sent, out.Received, out.Elapsed)
	}
}

func TestGateLearnsOfFailures(t *testing.T) {
	s := hangsUp(t, "")
	o := allow(s)
	gate := &recordingGate{}
	o.Gate = gate
	r := newRig(t, o)
	_, _ = r.exchange(s.url("/"))
	_, _ = r.exchange("http://10.0.0.1/")
	if len(gate.out) != 2 || gate.out[0].Failure != capture.FailReset || gate.out[1].Failure != capture.FailPrivate {
		t.Errorf("outcomes %+v", gate.out)
	}
}

func TestGateThatRefusesSendsNothing(t *testing.T) {
	s := answers(t, "HTTP/1.1 204 No Content\r\n\r\n")
	o := allow(s)
	closed := errors.New("closed")
	o.Gate = &recordingGate{refuse: closed}
	r := newRig(t, o)
	if _, err := r.get(t.Context(), s.url("/")); !errors.Is(err, closed) {
		t.Errorf("error %v", err)
	}
	if s.connections() != 0 || len(r.reported()) != 0 {
		t.Error("something was sent or reported")
	}
}

func TestCancelledRequestIsNoFailureOfTheSite(t *testing.T) {
	block := func(c net.Conn, _ int) { _, _ = io.Copy(io.Discard, c) }
	cases := []struct {
		name, scheme string
		serve        func(c net.Conn, n int)
	}{
		{"waiting for the answer", "http", block},
		{"within the body", "http", func(c net.Conn, n int) {
			readRequest(bufio.NewReader(c))
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
			block(c, n)
		}},
		{"within the handshake", "https", block},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := startRaw(t, c.serve)
			o := allow(s)
			gate := &recordingGate{}
			o.Gate = gate
			r := newRig(t, o)
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(30*time.Millisecond, cancel)
			start := time.Now()
			_, err := r.get(ctx, c.scheme+"://"+s.addr+"/")
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			var e *Error
			if errors.As(err, &e) || len(r.reported()) != 0 {
				t.Error("reported as a failure of the site")
			}
			if len(gate.out) != 1 || !gate.out[0].Canceled {
				t.Errorf("gate learnt %+v", gate.out)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v to stop", took)
			}
		})
	}
}

func TestCancelWhileAProxyConnects(t *testing.T) {
	s := startRaw(t, func(c net.Conn, _ int) { _, _ = io.Copy(io.Discard, c) })
	for _, scheme := range []string{"http", "socks5"} {
		r := newRig(t, proxied(t, scheme+"://"+s.addr))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(30*time.Millisecond, cancel)
		start := time.Now()
		if _, err := r.get(ctx, "https://site.example/"); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %v to stop", took)
		}
	}
}

func TestTransportWorksAfterACancelledRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := startRaw(t, func(c net.Conn, n int) {
		br := bufio.NewReader(c)
		for readRequest(br) != "" {
			if n > 0 {
				_, _ = io.WriteString(c, "HTTP/1.1 204 No Content\r\n\r\n")
			}
			cancel()
		}
	})
	r := newRig(t, allow(s))
	if _, err := r.get(ctx, s.url("/")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, err := r.get(t.Context(), s.url("/")); err != nil {
		t.Error(err)
	}
}

func TestManyRequestsAtOnce(t *testing.T) {
	s := answers(t, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage")
	r := newRig(t, allow(s))
	done := make(chan error)
	for range 20 {
		go func() {
			for range 20 {
				req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url("/"), nil)
				if _, err := r.RoundTrip(req); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 20 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if n := len(r.reported()); n != 400 {
		t.Errorf("%d exchanges, want 400", n)
	}
}
