package transport

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"

	"infocus/archive/capture"
)

func packed(t *testing.T, payload []byte) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(payload); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func message200(headers, body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s", headers, len(body), body)
}

func TestCallerSeesThePayload(t *testing.T) {
	page := strings.Repeat("a page ", 1000)
	zipped := packed(t, []byte(page))
	chunked := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n",
		10, zipped[:10], len(zipped)-10, zipped[10:])
	cases := []struct{ name, answer, payload, encoding string }{
		{"plain", message200("", page), page, ""},
		{"gzip", message200("Content-Encoding: gzip\r\n", zipped), page, ""},
		{"x-gzip", message200("Content-Encoding: X-GZIP\r\n", zipped), page, ""},
		{"gzip in chunks", chunked, page, ""},
		{"encoding not asked for", message200("Content-Encoding: br\r\n", "brbr"), "brbr", "br"},
		{"gzip twice", message200("Content-Encoding: gzip, gzip\r\n", zipped), zipped, "gzip, gzip"},
		{"empty gzip", message200("Content-Encoding: gzip\r\n", ""), "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := answers(t, c.answer)
			r := newRig(t, allow(s))
			resp, err := r.get(t.Context(), s.url("/"))
			if err != nil {
				t.Fatal(err)
			}
			if got := body(t, resp); got != c.payload {
				t.Errorf("payload %.40q, want %.40q", got, c.payload)
			}
			if got := resp.Header.Get("Content-Encoding"); got != c.encoding || !resp.Uncompressed {
				t.Errorf("content encoding %q, want %q", got, c.encoding)
			}
			if got := r.reported()[0]; string(got.Response) != c.answer {
				t.Error("the record is not what was sent")
			}
		})
	}
}

func TestCallerCanDoWithoutThePayload(t *testing.T) {
	answer := message200("Content-Type: text/html\r\n", "a page")
	s := answers(t, answer)
	r := newRig(t, allow(s))
	resp, err := r.get(WithLabel(t.Context(), Label{NoBody: true}), s.url("/"))
	if err != nil {
		t.Fatal(err)
	}
	if body(t, resp) != "" || resp.Header.Get("Content-Type") != "text/html" || string(r.reported()[0].Response) != answer {
		t.Error("want an empty body, the header and the whole record")
	}
}

func TestBombIsNotUnpacked(t *testing.T) {
	bomb := packed(t, make([]byte, 32<<20))
	s := answers(t, message200("Content-Encoding: gzip\r\nContent-Type: text/html\r\n", bomb))
	o := allow(s)
	o.MaxPayload = 1 << 20
	r := newRig(t, o)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	resp, err := r.get(t.Context(), s.url("/"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	if !errors.Is(err, ErrPayload) || int64(len(got)) != o.MaxPayload {
		t.Errorf("%d bytes, error %v", len(got), err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
		t.Errorf("%d MiB were allocated", used>>20)
	}
	if ex := r.reported()[0]; ex.Failure != "" || len(ex.Response) > len(bomb)+200 {
		t.Errorf("failure %q, %d bytes recorded", ex.Failure, len(ex.Response))
	}
}

func TestBrokenGzipIsAnErrorOfTheBodyAlone(t *testing.T) {
	zipped := packed(t, []byte(strings.Repeat("a page ", 1000)))
	for name, b := range map[string]string{"not gzip": "hello", "cut": zipped[:len(zipped)/2], "wrong sum": zipped[:len(zipped)-8] + "12345678"} {
		answer := message200("Content-Encoding: gzip\r\n", b)
		s := answers(t, answer)
		r := newRig(t, allow(s))
		resp, err := r.get(t.Context(), s.url("/"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(resp.Body); !errors.Is(err, ErrPayload) {
			t.Errorf("%s: error %v", name, err)
		}
		if ex := r.reported()[0]; ex.Failure != "" || string(ex.Response) != answer {
			t.Errorf("%s: failure %q", name, ex.Failure)
		}
	}
}

// Colly unpacks what looks like gzip, follows its environment, and passes on nothing but a context.
func TestUnderColly(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("COLLY_USER_AGENT", "other")
	bomb := packed(t, make([]byte, 32<<20))
	s := answers(t, message200("Content-Encoding: gzip\r\nContent-Type: text/html\r\n", bomb))
	o := allow(s)
	o.MaxPayload = 1 << 20
	r := newRig(t, o)
	c := colly.NewCollector()
	c.WithTransport(r.Transport)
	c.Context = WithLabel(context.Background(), Label{Role: "article"})
	var failed error
	c.OnError(func(_ *colly.Response, err error) { failed = err })
	c.OnResponse(func(*colly.Response) { t.Error("a bomb came through") })
	if err := c.Visit(s.url("/page.xml.gz")); !errors.Is(err, ErrPayload) || !errors.Is(failed, ErrPayload) {
		t.Errorf("error %v", err)
	}
	ex := r.reported()[0]
	if ex.Role != "article" || !strings.Contains(string(ex.Request), "User-Agent: infocus-test/1\r\n") {
		t.Errorf("role %q, request %q", ex.Role, ex.Request)
	}
}

func TestCollySeesFailuresAndStatuses(t *testing.T) {
	cut := hangsUp(t, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")
	r := newRig(t, allow(cut))
	c := colly.NewCollector()
	c.WithTransport(r.Transport)
	var e *Error
	if err := c.Visit(cut.url("/")); !errors.As(err, &e) || e.Exchange.Failure != capture.FailCutShort {
		t.Errorf("error %v", err)
	}
	busy := answers(t, "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n")
	r = newRig(t, allow(busy))
	c = colly.NewCollector(colly.ParseHTTPErrorResponse())
	c.WithTransport(r.Transport)
	status := 0
	c.OnResponse(func(resp *colly.Response) { status = resp.StatusCode })
	if err := c.Visit(busy.url("/")); err != nil || status != http.StatusServiceUnavailable {
		t.Errorf("status %d, error %v", status, err)
	}
}

func TestRedirectIntoAPrivateAddressIsRefused(t *testing.T) {
	inner := answers(t, message200("", "secret"))
	outer := answers(t, "HTTP/1.1 302 Found\r\nLocation: "+inner.url("/")+"\r\nContent-Length: 0\r\n\r\n")
	r := newRig(t, allow(outer))
	client := &http.Client{Transport: r.Transport}
	_, err := client.Get(outer.url("/"))
	var e *Error
	if !errors.As(err, &e) || e.Exchange.Failure != capture.FailPrivate || inner.connections() != 0 {
		t.Errorf("error %v, %d connections", err, inner.connections())
	}
	if seen := r.reported(); len(seen) != 2 || seen[1].URI != inner.url("/") {
		t.Errorf("%d exchanges reported, want both hops", len(seen))
	}
}

func TestDefaultsAreAsDocumented(t *testing.T) {
	o, err := Options{UserAgent: "x"}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	want := Timeouts{15 * time.Second, 15 * time.Second, time.Minute, 2 * time.Minute, 20 * time.Second, 2048, 90 * time.Second}
	if o.Timeouts != want || o.MaxBody != 16<<20 || o.MaxPayload != 64<<20 || o.MaxHeader != 256<<10 {
		t.Errorf("defaults are %+v, %d, %d, %d", o.Timeouts, o.MaxBody, o.MaxPayload, o.MaxHeader)
	}
	for _, bad := range []Options{{}, {UserAgent: "x", Allow: "localhost"}} {
		if _, err := New(bad); err == nil {
			t.Errorf("options %+v accepted", bad)
		}
	}
}
