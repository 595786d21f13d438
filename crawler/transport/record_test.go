package transport

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"infocus/archive/capture"
)

func TestResponseIsRecordedAsSent(t *testing.T) {
	cases := []struct{ name, answer, body string }{
		{"odd header case and order", "HTTP/1.1 200 fine by me\r\nx-LOWER: 1\r\nContent-length:   5\r\nX-lower: 2\r\nDATE:never\r\n\r\nhello", "hello"},
		{"bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", "hi"},
		{
			"chunk extensions and trailers",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n005;ext=\"a b\"\r\nhello\r\n1\r\n!\r\n0;last\r\nX-Trailer: yes\r\n\r\n", "hello!",
		},
		{"no content", "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n", ""},
		{"not modified with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n", ""},
		{"empty body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""},
		{"bytes of no character set", "HTTP/1.1 200 OK\r\nX: \xff\xfe\r\nContent-Length: 3\r\n\r\n\x00\xff\x80", "\x00\xff\x80"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := answers(t, c.answer)
			r := newRig(t, allow(s))
			for range 2 {
				resp, err := r.get(t.Context(), s.url("/"))
				if err != nil {
					t.Fatal(err)
				}
				if got := body(t, resp); got != c.body {
					t.Errorf("body %q, want %q", got, c.body)
				}
			}
			for _, ex := range r.reported() {
				if string(ex.Response) != c.answer {
					t.Errorf("recorded\n%q, want\n%q", ex.Response, c.answer)
				}
				if ex.Failure != "" || ex.Truncated != "" || ex.Detail != "" {
					t.Errorf("failure %q, truncated %q, detail %q on a whole answer", ex.Failure, ex.Truncated, ex.Detail)
				}
			}
			if n := s.connections(); n != 1 {
				t.Errorf("%d connections for two requests, want 1", n)
			}
		})
	}
}

func TestResponseEndingWithTheConnectionIsWhole(t *testing.T) {
	for _, answer := range []string{
		"HTTP/1.0 200 OK\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
	} {
		s := hangsUp(t, answer)
		r := newRig(t, allow(s))
		for range 2 {
			ex, err := r.exchange(s.url("/"))
			if err != nil || string(ex.Response) != answer {
				t.Errorf("recorded %q, error %v, want %q", ex.Response, err, answer)
			}
		}
		if n := s.connections(); n != 2 {
			t.Errorf("%d connections, want one for each request", n)
		}
	}
}

func TestStatusIsNoFailure(t *testing.T) {
	for _, status := range []int{301, 404, 410, 429, 500, 503} {
		answer := fmt.Sprintf("HTTP/1.1 %d Some\r\nRetry-After: 7\r\nLocation: /x\r\nContent-Length: 2\r\n\r\nno", status)
		s := answers(t, answer)
		r := newRig(t, allow(s))
		resp, err := r.get(t.Context(), s.url("/"))
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != status || body(t, resp) != "no" || resp.Header.Get("Retry-After") != "7" {
			t.Errorf("status %d came through as %d %v", status, resp.StatusCode, resp.Header)
		}
		if ex := r.reported()[0]; ex.Failure != "" || string(ex.Response) != answer {
			t.Errorf("status %d recorded as %q, failure %q", status, ex.Response, ex.Failure)
		}
	}
}

func TestRequestIsRecordedAsSent(t *testing.T) {
	got := make(chan string, 1)
	s := startRaw(t, func(c net.Conn, _ int) {
		got <- readRequest(bufio.NewReader(c))
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	})
	o := allow(s)
	o.UserAgent = "infocus/1 (+mailto:a@example.org)"
	now := time.Date(2024, 5, 6, 9, 8, 7, 654_321_987, time.FixedZone("", 7200))
	o.Now = func() time.Time { return now }
	r := newRig(t, o)
	ctx := WithLabel(t.Context(), Label{Role: "article", Via: "http://a/"})
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://user:secret@"+s.addr+"/a?b=c#frag", nil)
	req.Header.Set("User-Agent", "colly")
	req.Header.Set("Accept-Encoding", "br")
	req.Header.Set("If-None-Match", `"x"`)
	if _, err := r.RoundTrip(req); err != nil {
		t.Fatal(err)
	}
	ex := r.reported()[0]
	want := "GET /a?b=c HTTP/1.1\r\nHost: " + s.addr + "\r\nUser-Agent: infocus/1 (+mailto:a@example.org)\r\n" +
		"Accept-Encoding: gzip\r\nIf-None-Match: \"x\"\r\n\r\n"
	if sent := <-got; sent != want || string(ex.Request) != want {
		t.Errorf("sent %q\nrecorded %q\nwant %q", sent, ex.Request, want)
	}
	if ex.URI != "http://"+s.addr+"/a?b=c" {
		t.Errorf("URI %q", ex.URI)
	}
	if ex.IP != "127.0.0.1" || ex.Role != "article" || ex.Via != "http://a/" || ex.Source != "live" {
		t.Errorf("exchange says ip %q, role %q, via %q, source %q", ex.IP, ex.Role, ex.Via, ex.Source)
	}
	if got := ex.Time.Format(time.RFC3339Nano); got != "2024-05-06T07:08:07.654Z" {
		t.Errorf("time %s", got)
	}
	if req.Header.Get("User-Agent") != "colly" {
		t.Error("the caller's request was changed")
	}
}

func TestInterimAnswersAreLeftOut(t *testing.T) {
	final := "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
	s := answers(t, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"+final)
	r := newRig(t, allow(s))
	for range 2 {
		ex, err := r.exchange(s.url("/"))
		if err != nil || string(ex.Response) != final {
			t.Errorf("recorded %q, error %v", ex.Response, err)
		}
	}
	if s.connections() != 1 {
		t.Error("connection not kept")
	}
}

func TestConnectionIsKeptForManyRequests(t *testing.T) {
	s := answers(t, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage")
	r := newRig(t, allow(s))
	for i := range 100 {
		if ex, err := r.exchange(s.url(fmt.Sprintf("/%d", i))); err != nil || ex.IP != "127.0.0.1" {
			t.Fatal(err)
		}
	}
	if n := s.connections(); n != 1 {
		t.Errorf("%d connections for 100 requests, want 1", n)
	}
}

func TestRecordsDoNotShareMemory(t *testing.T) {
	s := startRaw(t, func(c net.Conn, _ int) {
		br := bufio.NewReader(c)
		for i := 0; readRequest(br) != ""; i++ {
			_, _ = fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n%03d", i)
		}
	})
	r := newRig(t, allow(s))
	for range 3 {
		if _, err := r.exchange(s.url("/")); err != nil {
			t.Fatal(err)
		}
	}
	for i, ex := range r.reported() {
		if !strings.HasSuffix(string(ex.Response), fmt.Sprintf("\r\n\r\n%03d", i)) {
			t.Errorf("record %d became %q", i, ex.Response)
		}
		if cap(ex.Response) > len(ex.Response)+64 {
			t.Errorf("record of %d bytes holds on to %d", len(ex.Response), cap(ex.Response))
		}
	}
}

func TestConnectionClosedWhileIdleIsReplaced(t *testing.T) {
	closed := make(chan bool, 1)
	s := startRaw(t, func(c net.Conn, n int) {
		readRequest(bufio.NewReader(c))
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
		_ = c.Close()
		if n == 0 {
			closed <- true
		}
	})
	r := newRig(t, allow(s))
	for range 2 {
		if _, err := r.exchange(s.url("/")); err != nil {
			t.Fatal(err)
		}
		if s.connections() == 1 {
			<-closed
		}
	}
	if n := s.connections(); n != 2 {
		t.Errorf("%d connections, want 2", n)
	}
}

// A server may close a kept connection at the very moment the next request is on its way.
func TestRequestSwallowedByKeptConnectionIsSentAgain(t *testing.T) {
	s := startRaw(t, func(c net.Conn, n int) {
		br := bufio.NewReader(c)
		for readRequest(br) != "" {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
			if n == 0 {
				readRequest(br)
				return
			}
		}
	})
	r := newRig(t, allow(s))
	for range 3 {
		if ex, err := r.exchange(s.url("/")); err != nil || !strings.HasSuffix(string(ex.Response), "hi") {
			t.Fatal(err)
		}
	}
	if n := s.connections(); n != 2 {
		t.Errorf("%d connections, want 2", n)
	}
}

func TestLateBytesAreNotTakenForTheNextAnswer(t *testing.T) {
	late := make(chan bool)
	s := startRaw(t, func(c net.Conn, n int) {
		br := bufio.NewReader(c)
		for i := 0; readRequest(br) != ""; i++ {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
			if n == 0 && i == 0 {
				<-late
				_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad")
				late <- true
			}
		}
	})
	r := newRig(t, allow(s))
	for i := range 2 {
		ex, err := r.exchange(s.url("/"))
		if err != nil || !strings.HasSuffix(string(ex.Response), "hi") {
			t.Fatalf("answer %q, error %v", ex.Response, err)
		}
		if i == 0 {
			late <- true
			<-late
			time.Sleep(10 * time.Millisecond) // loopback delivers well within this
		}
	}
	if s.connections() != 2 {
		t.Error("soiled connection used again")
	}
}

func TestNonsenseOnAKeptConnectionIsNotTheAnswer(t *testing.T) {
	s := startRaw(t, func(c net.Conn, n int) {
		br := bufio.NewReader(c)
		for i := 0; readRequest(br) != ""; i++ {
			if n == 0 && i == 1 {
				_, _ = io.WriteString(c, "left over\r\n")
			}
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
		}
	})
	r := newRig(t, allow(s))
	for range 2 {
		if ex, err := r.exchange(s.url("/")); err != nil || !strings.HasSuffix(string(ex.Response), "hi") {
			t.Errorf("answer %q, error %v", ex.Response, err)
		}
	}
	if n := s.connections(); n != 2 {
		t.Errorf("%d connections, want 2", n)
	}
}

func TestFailureToConnectAnewRecordsNoRequest(t *testing.T) {
	l := listen(t)
	s := startOn(t, l, func(c net.Conn, _ int) {
		br := bufio.NewReader(c)
		readRequest(br)
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
		_ = l.Close()
		readRequest(br)
	})
	r := newRig(t, allow(s))
	if _, err := r.exchange(s.url("/")); err != nil {
		t.Fatal(err)
	}
	ex, err := r.exchange(s.url("/"))
	want{capture.FailRefused, "", "refused"}.check(t, ex, err)
	if ex.Request != nil || ex.Response != nil || ex.IP != "" {
		t.Errorf("recorded %+v", ex)
	}
}

func TestIdleConnectionIsClosedInTime(t *testing.T) {
	gone := make(chan bool, 1)
	s := startRaw(t, func(c net.Conn, _ int) {
		br := bufio.NewReader(c)
		readRequest(br)
		_, _ = io.WriteString(c, "HTTP/1.1 204 No Content\r\n\r\n")
		_, _ = br.ReadByte()
		gone <- true
	})
	o := allow(s)
	o.Timeouts.Idle = 20 * time.Millisecond
	r := newRig(t, o)
	if _, err := r.exchange(s.url("/")); err != nil {
		t.Fatal(err)
	}
	select {
	case <-gone:
	case <-time.After(30 * time.Second):
		t.Error("idle connection still open")
	}
}

var _ http.RoundTripper = (*Transport)(nil)

func TestOnlyPlainGetIsSent(t *testing.T) {
	r := newRig(t, Options{})
	for _, c := range []struct{ method, url, body string }{
		{"POST", "http://a.example/", ""},
		{"HEAD", "http://a.example/", ""},
		{"GET", "http://a.example/", "x"},
		{"GET", "ftp://a.example/", ""},
		{"GET", "/relative", ""},
	} {
		var payload io.Reader
		if c.body != "" {
			payload = strings.NewReader(c.body)
		}
		req, err := http.NewRequestWithContext(context.Background(), c.method, c.url, payload)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.RoundTrip(req); err == nil {
			t.Errorf("%s %s was sent", c.method, c.url)
		}
	}
	if len(r.reported()) != 0 {
		t.Error("a request never sent was reported")
	}
}
