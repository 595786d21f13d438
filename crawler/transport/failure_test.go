package transport

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"infocus/archive/capture"
)

// want is how an exchange has to end.
type want struct {
	failure   capture.Failure
	truncated string
	detail    string // part of it
}

func (w want) check(t *testing.T, ex *capture.Exchange, err error) {
	t.Helper()
	if ex.Failure != w.failure || ex.Truncated != w.truncated || !strings.Contains(ex.Detail, w.detail) {
		t.Errorf("failure %q, truncated %q, detail %q; want %q, %q, %q",
			ex.Failure, ex.Truncated, ex.Detail, w.failure, w.truncated, w.detail)
	}
	var e *Error
	if w.failure != "" && (!errors.As(err, &e) || e.Exchange != ex) {
		t.Errorf("error %v does not carry the exchange", err)
	}
}

func TestBrokenAnswers(t *testing.T) {
	long := strings.Repeat("a", DefaultMaxHeader)
	cases := []struct {
		name, answer string
		want         want
	}{
		{"closed without an answer", "", want{capture.FailReset, "", "without an answer"}},
		{"closed within the status line", "HTTP/1.1 20", want{capture.FailCutShort, "disconnect", "within the headers"}},
		{"closed within the headers", "HTTP/1.1 200 OK\r\nX: y\r\n", want{capture.FailCutShort, "disconnect", "within the headers"}},
		{
			"body cut short", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
			want{capture.FailCutShort, "disconnect", "5 of 10 bytes"},
		},
		{
			"chunk cut short", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhello",
			want{capture.FailCutShort, "disconnect", "last chunk"},
		},
		{
			"chunks without end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
			want{capture.FailCutShort, "disconnect", "last chunk"},
		},
		{
			"chunks without last line", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
			want{capture.FailCutShort, "disconnect", "last chunk"},
		},
		{
			"more than Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello world",
			want{capture.FailFalseLength, "", "more was sent"},
		},
		{
			"body after Content-Length 0", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nhello",
			want{capture.FailFalseLength, "", "more was sent"},
		},
		{"broken chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", want{capture.FailProtocol, "", "chunk"}},
		{"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", want{capture.FailProtocol, "", ""}},
		{"negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", want{capture.FailProtocol, "", ""}},
		{"unknown transfer encoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\nhello", want{capture.FailProtocol, "", ""}},
		{"header without colon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\nhello", want{capture.FailProtocol, "", "header"}},
		{"header without a name", "HTTP/1.1 200 OK\r\n: c\r\n\r\nhello", want{capture.FailProtocol, "", "header"}},
		{"HTTP/0.9", "<html>hello</html>\r\n", want{capture.FailProtocol, "", "malformed"}},
		{"HTTP/0.9 without line end", "<html>hello</html>", want{capture.FailProtocol, "", "not HTTP"}},
		{"other protocol", "SSH-2.0-OpenSSH_9.6\r\n", want{capture.FailProtocol, "", "malformed"}},
		{"NUL bytes", strings.Repeat("\x00", 5000), want{capture.FailProtocol, "", "not HTTP"}},
		{"endless header line", "HTTP/1.1 200 OK\r\nX: " + long, want{capture.FailProtocol, "length", "headers are larger"}},
		{"many header lines", "HTTP/1.1 200 OK\r\n" + strings.Repeat("X: yyyyyyyy\r\n", DefaultMaxHeader/10), want{capture.FailProtocol, "length", "headers are larger"}},
		{"endless interim answers", strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", DefaultMaxHeader/20), want{capture.FailProtocol, "length", "headers are larger"}},
		{"protocol switch", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", want{capture.FailProtocol, "", "switched"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := hangsUp(t, c.answer)
			r := newRig(t, allow(s))
			ex, err := r.exchange(s.url("/"))
			c.want.check(t, ex, err)
			if len(ex.Request) == 0 {
				t.Error("request not recorded")
			}
			if c.want.truncated != "length" && string(ex.Response) != c.answer {
				t.Errorf("recorded %q, want what was sent", ex.Response)
			}
		})
	}
}

func TestStrayBytesBehindAWholeAnswerAreDropped(t *testing.T) {
	cases := map[string]struct{ whole, stray string }{
		"line end":            {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "\r\n"},
		"after last chunk":    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "junk"},
		"body of a 304":       {"HTTP/1.1 304 Not Modified\r\n\r\n", "0\r\n\r\n"},
		"body of no content":  {"HTTP/1.1 204 No Content\r\n\r\n", "hello"},
		"second whole answer": {"HTTP/1.1 304 Not Modified\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := answers(t, c.whole+c.stray)
			r := newRig(t, allow(s))
			for range 2 {
				ex, err := r.exchange(s.url("/"))
				if err != nil || string(ex.Response) != c.whole {
					t.Errorf("recorded %q, error %v", ex.Response, err)
				}
			}
			if s.connections() != 2 {
				t.Error("soiled connection used again")
			}
		})
	}
}

// More bytes than Content-Length that come with a later packet, but before the answer is judged.
func TestFalseLengthIsSeenBehindALargeBody(t *testing.T) {
	s := hangsUp(t, "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n"+strings.Repeat("a", 200_100))
	r := newRig(t, allow(s))
	ex, err := r.exchange(s.url("/"))
	want{capture.FailFalseLength, "", "more was sent"}.check(t, ex, err)
}

func TestReset(t *testing.T) {
	for name, part := range map[string]string{"before the answer": "", "within the body": "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"} {
		t.Run(name, func(t *testing.T) {
			s := startRaw(t, func(c net.Conn, _ int) {
				readRequest(bufio.NewReader(c))
				_, _ = io.WriteString(c, part)
				time.Sleep(20 * time.Millisecond) // a reset overtakes what is still on its way
				_ = c.(*net.TCPConn).SetLinger(0)
			})
			r := newRig(t, allow(s))
			ex, err := r.exchange(s.url("/"))
			w := want{failure: capture.FailReset, detail: "reset by the server"}
			if part != "" {
				w.truncated = "disconnect"
			}
			w.check(t, ex, err)
			if string(ex.Response) != part {
				t.Errorf("recorded %q", ex.Response)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	r := newRig(t, Options{Allow: addr})
	ex, err := r.exchange("http://" + addr + "/")
	want{capture.FailRefused, "", "refused"}.check(t, ex, err)
	if ex.Request != nil || ex.Response != nil {
		t.Error("bytes recorded where none were sent")
	}
}

func TestTimeouts(t *testing.T) {
	t.Parallel()
	const head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
	drip := func(c net.Conn, unit string, every time.Duration) {
		for {
			if _, err := io.WriteString(c, unit); err != nil {
				return
			}
			time.Sleep(every)
		}
	}
	cases := []struct {
		name  string
		set   func(*Timeouts)
		serve func(net.Conn)
		want  want
	}{
		{
			"no answer", func(o *Timeouts) { o.Header = 80 * time.Millisecond },
			func(c net.Conn) { _, _ = io.Copy(io.Discard, c) },
			want{capture.FailTimeout, "", "no answer within 80ms"},
		},
		{
			"headers that trickle", func(o *Timeouts) { o.Header = 80 * time.Millisecond },
			func(c net.Conn) { drip(c, "HTTP/1.1 100 Continue\r\n\r\n", 5*time.Millisecond) },
			want{capture.FailTimeout, "", "no answer within 80ms"},
		},
		{
			"body that stops", func(o *Timeouts) { o.StallWindow = 80 * time.Millisecond },
			func(c net.Conn) { _, _ = io.WriteString(c, head+"x"); _, _ = io.Copy(io.Discard, c) },
			want{capture.FailTimeout, "time", "bytes of the body within 80ms"},
		},
		{
			"body that trickles", func(o *Timeouts) { o.StallWindow, o.StallBytes = 80*time.Millisecond, 1000 },
			func(c net.Conn) { _, _ = io.WriteString(c, head); drip(c, "x", 5*time.Millisecond) },
			want{capture.FailTimeout, "time", "bytes of the body within 80ms"},
		},
		{
			"body that never ends", func(o *Timeouts) { o.Exchange = 500 * time.Millisecond },
			func(c net.Conn) { _, _ = io.WriteString(c, head); drip(c, "x", 5*time.Millisecond) },
			want{capture.FailTimeout, "time", "not whole within 500ms"},
		},
		{
			"body that stops shortly before the end of the exchange",
			func(o *Timeouts) { o.Exchange, o.StallWindow = 500*time.Millisecond, 20*time.Second },
			func(c net.Conn) { _, _ = io.WriteString(c, head+"x"); _, _ = io.Copy(io.Discard, c) },
			want{capture.FailTimeout, "time", "not whole within 500ms"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := startRaw(t, func(conn net.Conn, _ int) {
				readRequest(bufio.NewReader(conn))
				c.serve(conn)
			})
			o := allow(s)
			c.set(&o.Timeouts)
			r := newRig(t, o)
			start := time.Now()
			ex, err := r.exchange(s.url("/"))
			c.want.check(t, ex, err)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestSlowButSteadyBodyIsWhole(t *testing.T) {
	t.Parallel()
	s := startRaw(t, func(c net.Conn, _ int) {
		readRequest(bufio.NewReader(c))
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n")
		for range 20 {
			time.Sleep(30 * time.Millisecond)
			_, _ = io.WriteString(c, "x")
		}
	})
	o := allow(s)
	o.Timeouts.StallWindow, o.Timeouts.StallBytes = 500*time.Millisecond, 1 // shorter than the whole body takes
	r := newRig(t, o)
	if ex, err := r.exchange(s.url("/")); err != nil {
		t.Errorf("%v after %q", err, ex.Response)
	}
}

func TestBodyBeyondTheBoundIsLeft(t *testing.T) {
	const page = 512 << 20
	chunk := strings.Repeat("x", 64<<10)
	frames := map[string]struct{ head, unit string }{
		"to the end of the connection": {"HTTP/1.1 200 OK\r\n\r\n", chunk},
		"in chunks":                    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", fmt.Sprintf("%x\r\n%s\r\n", len(chunk), chunk)},
		"announced":                    {fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", page), chunk},
	}
	for name, f := range frames {
		t.Run(name, func(t *testing.T) {
			var sent atomic.Int64
			unit := []byte(f.unit)
			s := startRaw(t, func(c net.Conn, _ int) {
				readRequest(bufio.NewReader(c))
				_, _ = io.WriteString(c, f.head)
				for sent.Load() < page {
					n, err := c.Write(unit)
					sent.Add(int64(n))
					if err != nil {
						return
					}
				}
			})
			r := newRig(t, allow(s))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			ex, err := r.exchange(s.url("/"))
			runtime.ReadMemStats(&after)
			want{capture.FailTooLarge, "length", "larger than the bound"}.check(t, ex, err)
			if got := int64(len(ex.Response)); got > DefaultMaxBody+int64(len(f.head)) {
				t.Errorf("kept %d bytes", got)
			}
			if name != "announced" && int64(len(ex.Response)) != DefaultMaxBody+int64(len(f.head)) {
				t.Errorf("kept %d bytes, want the bound", len(ex.Response))
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 4*uint64(DefaultMaxBody) {
				t.Errorf("%d MiB were allocated", used>>20)
			}
			if n := sent.Load(); n > DefaultMaxBody+(32<<20) {
				t.Errorf("server could send %d MiB", n>>20)
			}
		})
	}
}

func TestBodyAtTheBoundIsWhole(t *testing.T) {
	const limit = 1000
	for extra, failure := range map[int]capture.Failure{0: "", 1: capture.FailTooLarge} {
		payload := strings.Repeat("x", limit+extra)
		for _, answer := range []string{
			"HTTP/1.0 200 OK\r\n\r\n" + payload,
			fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(payload), payload),
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3dc\r\n" + payload[:988] + "\r\n" + strings.Repeat("0", 1+extra) + "\r\n\r\n",
		} {
			s := hangsUp(t, answer)
			o := allow(s)
			o.MaxBody = limit
			r := newRig(t, o)
			ex, err := r.exchange(s.url("/"))
			if ex.Failure != failure {
				t.Errorf("failure %q (%v), want %q, for %.60q", ex.Failure, err, failure, answer)
			}
		}
	}
}

func TestClientSeesTheExchangeOfAFailure(t *testing.T) {
	s := hangsUp(t, "")
	r := newRig(t, allow(s))
	client := &http.Client{Transport: r.Transport}
	_, err := client.Get(s.url("/"))
	var e *Error
	if !errors.As(err, &e) || e.Exchange.Failure != capture.FailReset {
		t.Errorf("error %v", err)
	}
}

// The buffer of a kept connection may hold far more than the message.
func TestFalseLengthOnAKeptConnection(t *testing.T) {
	s := startRaw(t, func(c net.Conn, _ int) {
		br := bufio.NewReader(c)
		readRequest(br)
		_, _ = io.WriteString(c, message200("", strings.Repeat("a", 100_000)))
		readRequest(br)
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"+strings.Repeat("a", 50_000))
	})
	r := newRig(t, allow(s))
	if _, err := r.exchange(s.url("/")); err != nil {
		t.Fatal(err)
	}
	ex, err := r.exchange(s.url("/"))
	want{capture.FailFalseLength, "", "more was sent"}.check(t, ex, err)
}
