package capture

import (
	"errors"
	"strings"
	"testing"
)

func TestMessageFindsTheBody(t *testing.T) {
	cases := []struct {
		name     string
		request  string
		response string
		source   Source
		cut      string // WARC-Truncated

		status    int
		proto     string
		payload   string
		extra     string
		complete  bool
		truncated bool
	}{
		{name: "by Content-Length", response: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
			status: 200, proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "shorter than Content-Length", response: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
			status: 200, proto: "HTTP/1.1", payload: "hello", truncated: true},
		{name: "longer than Content-Length", response: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello",
			status: 200, proto: "HTTP/1.1", payload: "he", extra: "llo", complete: true},
		{name: "longer than Content-Length, recorded by others", source: SourceWARC,
			response: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello", status: 200, proto: "HTTP/1.1", payload: "hello"},
		{name: "Content-Length twice, the same", response: "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
			status: 200, proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "Content-Length twice, not the same", response: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello",
			status: 200, proto: "HTTP/1.1", payload: "hello"},
		{name: "Content-Length is no number", response: "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
			status: 200, proto: "HTTP/1.1", payload: "hello"},
		{name: "until the connection ends", response: "HTTP/1.0 200 OK\r\n\r\nhello",
			status: 200, proto: "HTTP/1.0", payload: "hello"},
		{name: "until the connection ends, and the exchange was cut", cut: "time", response: "HTTP/1.0 200 OK\r\n\r\nhello",
			status: 200, proto: "HTTP/1.0", payload: "hello", truncated: true},
		{name: "LF alone", response: "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
			status: 200, proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "status line of HTTP/2", response: "HTTP/2 200\r\ncontent-length: 5\r\n\r\nhello",
			status: 200, proto: "HTTP/2", payload: "hello", complete: true},
		{name: "stray empty lines in front", response: "\r\n\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
			status: 200, proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "status is no number", response: "HTTP/1.1 abc\r\nContent-Length: 5\r\n\r\nhello",
			proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "no status line", response: "<html>hello", payload: "<html>hello"},
		{name: "headers without an end", response: "HTTP/1.1 200 OK\r\nContent-Length: 0",
			status: 200, proto: "HTTP/1.1", truncated: true},
		{name: "interim responses", response: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" +
			"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", status: 200, proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "answer to HEAD", request: "HEAD / HTTP/1.1\r\n\r\n", response: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
			status: 200, proto: "HTTP/1.1", complete: true},
		{name: "304 with a length", response: "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
			status: 304, proto: "HTTP/1.1", complete: true},
		{name: "204 with a body", response: "HTTP/1.1 204 No Content\r\n\r\nhello",
			status: 204, proto: "HTTP/1.1", extra: "hello", complete: true},

		{name: "chunked", response: chunkedHead + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
			status: 200, proto: "HTTP/1.1", payload: "hello world", complete: true},
		{name: "chunked, with extension, trailer and LF alone", response: chunkedHead + "5;a=b\nhello\n0\nX: y\n\n",
			status: 200, proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "chunked beats Content-Length", response: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: Chunked\r\n\r\n" +
			"5\r\nhello\r\n0\r\n\r\n", status: 200, proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "chunked, cut in a chunk", response: chunkedHead + "5\r\nhel",
			status: 200, proto: "HTTP/1.1", payload: "hel", truncated: true},
		{name: "chunked, cut in a size", response: chunkedHead + "5\r\nhello\r\n1",
			status: 200, proto: "HTTP/1.1", payload: "hello", truncated: true},
		{name: "chunked, without the last chunk", response: chunkedHead + "5\r\nhello\r\n",
			status: 200, proto: "HTTP/1.1", payload: "hello", truncated: true},
		{name: "chunked, without the last empty line", response: chunkedHead + "5\r\nhello\r\n0\r\n",
			status: 200, proto: "HTTP/1.1", payload: "hello", complete: true},
		{name: "chunked, with bytes behind it", response: chunkedHead + "5\r\nhello\r\n0\r\n\r\nHTTP/1.1 400",
			status: 200, proto: "HTTP/1.1", payload: "hello", extra: "HTTP/1.1 400", complete: true},
		{name: "chunked, with a size that lies", response: chunkedHead + "2\r\nhello\r\n0\r\n\r\n",
			status: 200, proto: "HTTP/1.1", payload: "he", extra: "llo\r\n0\r\n\r\n", truncated: true},
		{name: "chunked, with a size beyond all bounds", response: chunkedHead + "7fffffffffffffff\r\nhello",
			status: 200, proto: "HTTP/1.1", payload: "hello", truncated: true},
		{name: "chunked, with a size of too many digits", response: chunkedHead + "ffffffffffffffff\r\nhello",
			status: 200, proto: "HTTP/1.1", extra: "ffffffffffffffff\r\nhello", truncated: true},
		{name: "chunked by its header only", response: chunkedHead + "<html>\nhello",
			status: 200, proto: "HTTP/1.1", extra: "<html>\nhello", truncated: true},
		{name: "chunked by its header only, recorded by others", source: SourceWayback, response: chunkedHead + "<html>\nhello",
			status: 200, proto: "HTTP/1.1", payload: "<html>\nhello"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x := Exchange{Request: []byte(c.request), Response: []byte(c.response), Source: c.source, Truncated: c.cut}
			m, err := x.Message()
			if err != nil {
				t.Fatal(err)
			}
			if m.Status != c.status || m.Proto != c.proto {
				t.Errorf("status line: got %q %d, want %q %d", m.Proto, m.Status, c.proto, c.status)
			}
			if string(m.Payload) != c.payload || string(m.Extra) != c.extra {
				t.Errorf("got payload %q and extra %q, want %q and %q", m.Payload, m.Extra, c.payload, c.extra)
			}
			if m.Complete != c.complete || m.Truncated != c.truncated {
				t.Errorf("got complete %t, truncated %t, want %t, %t", m.Complete, m.Truncated, c.complete, c.truncated)
			}
		})
	}
}

const chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

func TestMessageWithoutAResponse(t *testing.T) {
	x := Exchange{Failure: FailDNS}
	if _, err := x.Message(); !errors.Is(err, ErrNoResponse) {
		t.Errorf("got %v, want ErrNoResponse", err)
	}
}

func TestMessageReadsFields(t *testing.T) {
	m := message(t, "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nlast-modified: Mon, 02 Jan 2017 10:00:00 GMT\r\nCONTENT-TYPE : text/html;\r\n"+
		" charset=windows-1251\r\nno colon\r\n: no name\r\nX: 1\r\nx: 2\r\n\r\nbody")
	for what, pair := range map[string][2]string{
		"ETag":          {m.ETag(), `"a"`},
		"Last-Modified": {m.LastModified(), "Mon, 02 Jan 2017 10:00:00 GMT"},
		"Content-Type":  {m.ContentType(), "text/html; charset=windows-1251"},
		"X":             {strings.Join(m.Header["X"], ","), "1,2"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", what, pair[0], pair[1])
		}
	}
	if len(m.Header) != 4 {
		t.Errorf("got %d fields, want 4: %v", len(m.Header), m.Header)
	}
	if want := len("HTTP/1.1 200 OK\r\n"); m.HeaderLen <= want || string(m.Payload) != "body" {
		t.Errorf("headers end at %d", m.HeaderLen)
	}
}

func TestMessageBoundsFields(t *testing.T) {
	m := message(t, "HTTP/1.1 200 OK\r\n"+strings.Repeat("A: b\r\n", 100_000)+strings.Repeat(" fold\r\n", 100_000)+"\r\nbody")
	if got := len(m.Header["A"]); got != maxFields {
		t.Errorf("kept %d fields, want %d", got, maxFields)
	}
	if string(m.Payload) != "body" {
		t.Errorf("payload %q", m.Payload)
	}
}

func TestLocationOnlyOfRedirects(t *testing.T) {
	for status, want := range map[string]string{"301": "/b", "302": "/b", "303": "/b", "307": "/b", "308": "/b", "200": "", "201": "", "304": ""} {
		if got := message(t, "HTTP/1.1 "+status+" X\r\nLocation: /b\r\n\r\n").Location(); got != want {
			t.Errorf("%s: got %q, want %q", status, got, want)
		}
	}
}

func TestPayloadDigestKnowsNoChunks(t *testing.T) {
	const want = "VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N" // printf hello | sha1sum, in base32
	for _, wire := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		chunkedHead + "5\r\nhello\r\n0\r\n\r\n",
		chunkedHead + "1\r\nh\r\n4\r\nello\r\n0\r\n\r\n",
	} {
		if got := message(t, wire).PayloadSHA1(); got != want {
			t.Errorf("%q: got %s, want %s", wire, got, want)
		}
	}
}

func TestRobotsTags(t *testing.T) {
	cases := []struct{ name, head, want string }{
		{"none", "", ""},
		{"for all", "X-Robots-Tag: noindex, NoFollow\r\n", "noindex,nofollow"},
		{"for another agent", "X-Robots-Tag: otherbot: noindex, nofollow\r\n", ""},
		{"for this agent", "X-Robots-Tag: InFocus: noai\r\nX-Robots-Tag: otherbot: none\r\n", "noai"},
		{"several agents in one line", "X-Robots-Tag: noimageai, otherbot: none, infocus: noarchive\r\n", "noimageai,noarchive"},
		{"with a value", "X-Robots-Tag: max-snippet: 20, unavailable_after: 25 Jun 2030 15:00:00 GMT\r\n",
			"max-snippet: 20,unavailable_after: 25 jun 2030 15:00:00 gmt"},
		{"each once", "X-Robots-Tag: noai\r\nX-Robots-Tag: noai\r\n", "noai"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := message(t, "HTTP/1.1 200 OK\r\n"+c.head+"\r\n")
			if got := strings.Join(m.RobotsTags("infocus"), ","); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSignals(t *testing.T) {
	m := message(t, "HTTP/1.1 200 OK\r\ntdm-policy: https://e.org/p\r\ntdm-reservation: 1\r\nX-Robots-Tag: noai\r\nX-Other: 1\r\n\r\n")
	var got []string
	for _, s := range m.Signals() {
		got = append(got, s.Name+"="+s.Value)
	}
	if want := "X-Robots-Tag=noai Tdm-Reservation=1 Tdm-Policy=https://e.org/p"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func message(t *testing.T, wire string) *Message {
	t.Helper()
	x := Exchange{Response: []byte(wire), Source: SourceLive}
	m, err := x.Message()
	if err != nil {
		t.Fatal(err)
	}
	return m
}
