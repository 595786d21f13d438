package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

func encode(t testing.TB, coding string, plain []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "zlib":
		w = zlib.NewWriter(&b)
	case "flate":
		w, err = flate.NewWriter(&b, 6)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, err = zstd.NewWriter(&b)
	}
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wire is a response with a content encoding.
func wire(coding string, body []byte) []byte {
	return fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", coding, len(body), body)
}

func TestDecode(t *testing.T) {
	plain := []byte(strings.Repeat("<p>The situation has not changed</p>\n", 100))
	gz := encode(t, "gzip", plain)
	cases := []struct {
		name, coding string
		body         []byte
		want         []byte
	}{
		{"none", "", plain, plain},
		{"identity", "identity", plain, plain},
		{"gzip", "gzip", gz, plain},
		{"gzip, other spelling", "X-GZIP", gz, plain},
		{"gzip of two members", "gzip", append(encode(t, "gzip", plain[:37]), encode(t, "gzip", plain[37:])...), plain},
		{"gzip with garbage behind", "gzip", append(bytes.Clone(gz), "\x00\x00garbage"...), plain},
		{"deflate as zlib", "deflate", encode(t, "zlib", plain), plain},
		{"deflate bare", "deflate", encode(t, "flate", plain), plain},
		{"br", "br", encode(t, "br", plain), plain},
		{"zstd", "zstd", encode(t, "zstd", plain), plain},
		{"two codings", "gzip, br", encode(t, "br", gz), plain},
		{"no body", "gzip", nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := message(t, string(wire(c.coding, c.body))).Decode(1 << 20)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, c.want) {
				t.Errorf("got %d bytes, want %d", len(got), len(c.want))
			}
		})
	}
}

func TestDecodeTakesTransferCodingsToo(t *testing.T) {
	gz := encode(t, "gzip", []byte("hello"))
	for _, head := range []string{"Transfer-Encoding: gzip", "Transfer-Encoding: gzip, chunked"} {
		body := gz
		if strings.HasSuffix(head, "chunked") {
			body = fmt.Appendf(nil, "%x\r\n%s\r\n0\r\n\r\n", len(gz), gz)
		}
		got, err := message(t, "HTTP/1.1 200 OK\r\n"+head+"\r\n\r\n"+string(body)).Decode(100)
		if err != nil || string(got) != "hello" {
			t.Errorf("%s: got %q, %v", head, got, err)
		}
	}
}

func TestDecodeNamesBrokenStreams(t *testing.T) {
	plain := []byte(strings.Repeat("words and more words ", 1000))
	flipped := encode(t, "gzip", plain)
	flipped[len(flipped)-6] ^= 1
	cases := []struct {
		name, coding string
		body         []byte
	}{
		{"no gzip at all", "gzip", []byte("<html>plain")},
		{"gzip with a wrong checksum", "gzip", flipped},
		{"deflate of one byte", "deflate", []byte{8}},
		{"deflate of noise", "deflate", []byte("\xff\xff\xff\xff")},
		{"br of noise", "br", []byte("\xff\xff\xff\xff\xff\xff\xff")},
		{"zstd of noise", "zstd", []byte("no zstd here")},
		{"unknown coding", "compress", []byte("x")},
		{"too many codings", "gzip, gzip, gzip, gzip, gzip, gzip", []byte("x")},
	}
	for _, coding := range []string{"gzip", "br", "zstd"} {
		whole := encode(t, coding, plain)
		cases = append(cases, struct {
			name, coding string
			body         []byte
		}{coding + " cut short", coding, whole[:len(whole)/2]})
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := message(t, string(wire(c.coding, c.body))).Decode(1 << 20)
			if !errors.Is(err, ErrEncoding) {
				t.Errorf("got %d bytes, %v, want ErrEncoding", len(got), err)
			}
		})
	}
}

func TestDecodeStopsBombs(t *testing.T) {
	const limit = 1 << 20
	zeros := make([]byte, 64<<20)
	empty := encode(t, "gzip", nil)
	bombs := map[string][]byte{
		"gzip": encode(t, "gzip", zeros), "br": encode(t, "br", zeros), "zstd": encode(t, "zstd", zeros), "deflate": encode(t, "zlib", zeros),
		"gzip, gzip": encode(t, "gzip", bytes.Repeat(empty, 1<<20)), // a bomb that decodes to nothing
		"":           zeros[:limit+1],
	}
	for coding, body := range bombs {
		t.Run(coding, func(t *testing.T) {
			m := message(t, string(wire(coding, body)))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := m.Decode(limit)
			runtime.ReadMemStats(&after)
			if !errors.Is(err, ErrTooLarge) {
				t.Errorf("got %v, want ErrTooLarge", err)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 32<<20 {
				t.Errorf("allocated %d bytes for a limit of %d", used, limit)
			}
		})
	}
}

func TestDecodeGivesTheLimitExactly(t *testing.T) {
	plain := bytes.Repeat([]byte("x"), 1000)
	m := message(t, string(wire("gzip", encode(t, "gzip", plain))))
	if got, err := m.Decode(1000); err != nil || len(got) != 1000 {
		t.Errorf("limit of the size: got %d bytes, %v", len(got), err)
	}
	if _, err := m.Decode(999); !errors.Is(err, ErrTooLarge) {
		t.Errorf("limit below the size: got %v", err)
	}
}

func TestDecodeTakesDecodedTextOfOtherRecorders(t *testing.T) {
	for _, coding := range []string{"gzip", "br", "zstd", "deflate"} {
		x := Exchange{Response: wire(coding, []byte("\ufeff <html>words")), Source: SourceCommonCrawl}
		m, err := x.Message()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := m.Decode(100); err != nil || !strings.HasSuffix(string(got), "words") {
			t.Errorf("%s: got %q, %v", coding, got, err)
		}
	}
}
