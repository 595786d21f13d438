package capture

import (
	"bytes"
	"errors"
	"testing"
)

func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		"", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/2 200\n\n", "HTTP/", "\nHTTP/1.1\n", "no status line",
		chunkedHead + "5\r\nhello\r\n0\r\n\r\n", chunkedHead + "5\r\nhe", chunkedHead + "zz\r\n", chunkedHead + "0",
		"HTTP/1.1 100\r\n\r\nHTTP/1.1 304 X\r\nX-Robots-Tag: a: b, c\r\n\r\nextra", "HTTP/1.1 200\r\n folded\r\nA:\r\n b",
		string(wire("gzip", encode(f, "gzip", []byte("hello")))), string(wire("br", encode(f, "br", []byte("hello")))),
		string(wire("zstd", encode(f, "zstd", []byte("hello")))), string(wire("deflate", encode(f, "flate", []byte("hello")))),
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	const limit = 1 << 16
	f.Fuzz(func(t *testing.T, response []byte, foreign bool) {
		x := Exchange{Response: response, Source: SourceLive}
		if foreign {
			x.Source = SourceWARC
		}
		before := bytes.Clone(response)
		m, err := x.Message()
		if err != nil {
			if len(response) > 0 {
				t.Fatalf("an odd response is no error: %v", err)
			}
			return
		}
		if m.HeaderLen+len(m.Payload)+len(m.Extra) > len(response) {
			t.Fatalf("more than was there: %d + %d + %d of %d", m.HeaderLen, len(m.Payload), len(m.Extra), len(response))
		}
		if m.Complete && m.Truncated {
			t.Fatal("whole and cut at once")
		}
		body, err := m.Decode(limit)
		if err != nil && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrEncoding) {
			t.Fatalf("unnamed error: %v", err)
		}
		if len(body) > limit {
			t.Fatalf("%d bytes beyond the limit", len(body))
		}
		_, _, _ = m.RobotsTags("infocus"), m.Signals(), m.PayloadSHA1()
		if !bytes.Equal(before, response) {
			t.Fatal("the bytes of the wire were changed")
		}
	})
}
