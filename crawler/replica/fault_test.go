package replica_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"infocus/crawler/replica"
)

// outcome is what a client saw of a faulty answer.
type outcome struct {
	resp *http.Response
	body []byte
	err  error
	took time.Duration
}

func TestFaultsDoWhatTheySay(t *testing.T) {
	srv := start(t, replica.Options{Weeks: 2})
	path := "/" + newestArticle(t, srv.Site).Path
	_, honest, err := fetch(context.Background(), srv.URL()+path)
	if err != nil {
		t.Fatal(err)
	}
	status := func(code int, header, value string) func(outcome) bool {
		return func(o outcome) bool {
			return o.err == nil && o.resp.StatusCode == code && (header == "" || o.resp.Header.Get(header) == value)
		}
	}
	ok := func(check func(body []byte) bool) func(outcome) bool {
		return func(o outcome) bool { return o.err == nil && o.resp.StatusCode == http.StatusOK && check(o.body) }
	}
	contains := func(text string) func(outcome) bool {
		return ok(func(b []byte) bool { return bytes.Contains(b, []byte(text)) })
	}
	count := func(text string, n int) func(outcome) bool {
		return ok(func(b []byte) bool { return bytes.Count(b, []byte(text)) == n })
	}
	for name, c := range map[string]struct {
		fault replica.Fault
		want  func(outcome) bool
	}{
		"500":                 {replica.Fault{Kind: replica.FaultStatus}, status(500, "", "")},
		"503":                 {replica.Fault{Kind: replica.FaultStatus, Status: 503}, status(503, "Retry-After", "")},
		"429 in seconds":      {replica.Fault{Kind: replica.FaultStatus, Status: 429, RetryAfter: "7"}, status(429, "Retry-After", "7")},
		"429 with a date":     {replica.Fault{Kind: replica.FaultStatus, Status: 429, RetryAfter: "Mon, 20 Jan 2025 10:00:00 GMT"}, status(429, "Retry-After", "Mon, 20 Jan 2025 10:00:00 GMT")},
		"reset":               {replica.Fault{Kind: replica.FaultReset}, func(o outcome) bool { return errors.Is(o.err, syscall.ECONNRESET) }},
		"hang, then answer":   {replica.Fault{Kind: replica.FaultHang, Delay: 40 * time.Millisecond}, func(o outcome) bool { return o.err == nil && o.took >= 40*time.Millisecond }},
		"slow":                {replica.Fault{Kind: replica.FaultSlow, Delay: 40 * time.Millisecond}, func(o outcome) bool { return bytes.Equal(o.body, honest) && o.took >= 40*time.Millisecond }},
		"trickle":             {replica.Fault{Kind: replica.FaultTrickle, Size: 8000, Delay: 10 * time.Millisecond}, func(o outcome) bool { return bytes.Equal(o.body, honest) && o.took >= 30*time.Millisecond }},
		"cut short":           {replica.Fault{Kind: replica.FaultCutShort}, cut(honest, len(honest)/2)},
		"cut in a chunk":      {replica.Fault{Kind: replica.FaultCutChunk}, cut(honest, len(honest)/2)},
		"length too long":     {replica.Fault{Kind: replica.FaultLengthTooLong}, cut(honest, len(honest))},
		"length too short":    {replica.Fault{Kind: replica.FaultLengthTooShort}, ok(func(b []byte) bool { return bytes.Equal(b, honest[:len(honest)/2]) })},
		"huge":                {replica.Fault{Kind: replica.FaultHuge, Size: 3 << 20}, ok(func(b []byte) bool { return len(b) >= 3<<20 && len(b) < 4<<20 })},
		"broken gzip":         {replica.Fault{Kind: replica.FaultBrokenGzip}, ok(func(b []byte) bool { return errors.Is(unzipErr(b), io.ErrUnexpectedEOF) })},
		"no gzip":             {replica.Fault{Kind: replica.FaultNotGzip}, ok(func(b []byte) bool { return errors.Is(unzipErr(b), gzip.ErrHeader) })},
		"redirect loop":       {replica.Fault{Kind: replica.FaultRedirectLoop}, status(302, "Location", path+"?loop=1")},
		"redirect":            {replica.Fault{Kind: replica.FaultRedirect, Status: 308, Target: "/by/"}, status(308, "Location", "/by/")},
		"redirect to private": {replica.Fault{Kind: replica.FaultRedirectPrivate}, status(302, "Location", "http://10.0.0.1/")},
		"redirect off site":   {replica.Fault{Kind: replica.FaultRedirectOffSite}, status(302, "Location", "https://example.com/")},
		"empty":               {replica.Fault{Kind: replica.FaultEmpty}, ok(func(b []byte) bool { return len(b) == 0 })},
		"pdf":                 {replica.Fault{Kind: replica.FaultPDF}, contains("%PDF-1.4")},
		"interstitial":        {replica.Fault{Kind: replica.FaultInterstitial}, contains("<title>Just a moment...</title>")},
		"log-in page":         {replica.Fault{Kind: replica.FaultLogin}, contains(`type="password"`)},
		"invalid UTF-8":       {replica.Fault{Kind: replica.FaultInvalidUTF8}, ok(func(b []byte) bool { return !utf8.Valid(b) && len(b) > len(honest) })},
		"NUL":                 {replica.Fault{Kind: replica.FaultNUL}, contains("\x00\x00")},
		"nested divs":         {replica.Fault{Kind: replica.FaultDeepDivs}, count("<div>", 100_000)},
		"many links":          {replica.Fault{Kind: replica.FaultManyLinks}, count("<a href=", 200_000)},
		"many headers":        {replica.Fault{Kind: replica.FaultManyHeaders}, func(o outcome) bool { return o.err != nil && strings.Contains(o.err.Error(), "header") }},
		"not HTTP":            {replica.Fault{Kind: replica.FaultNotHTTP}, func(o outcome) bool { return o.err != nil && strings.Contains(o.err.Error(), "malformed HTTP") }},
	} {
		srv.ClearFaults()
		srv.Inject(c.fault)
		begin := time.Now()
		o := outcome{}
		o.resp, o.body, o.err = fetch(context.Background(), srv.URL()+path)
		o.took = time.Since(begin)
		if !c.want(o) {
			t.Errorf("%s: error %v, %d bytes after %s", name, o.err, len(o.body), o.took)
		}
		if log := srv.Log(); log[len(log)-1].Fault != c.fault.Kind {
			t.Errorf("%s: the log says %q", name, log[len(log)-1].Fault)
		}
	}
}

// cut wants a body that broke off after n honest bytes.
func cut(honest []byte, n int) func(outcome) bool {
	return func(o outcome) bool {
		return errors.Is(o.err, io.ErrUnexpectedEOF) && bytes.Equal(o.body, honest[:n])
	}
}

func unzipErr(body []byte) error {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		_, err = io.Copy(io.Discard, z)
	}
	return err
}

func TestGzipBombIsSmallOnTheWire(t *testing.T) {
	const size = 64 << 20
	s := newSite(t, replica.Options{Weeks: 1, Faults: []replica.Fault{{Kind: replica.FaultGzipBomb, Size: size}}})
	w := ask(s, "/")
	if w.Body.Len() > size/500 {
		t.Errorf("%d bytes on the wire", w.Body.Len())
	}
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, z); n != size || err != nil {
		t.Errorf("%d bytes come out, want %d (%v)", n, size, err)
	}
}

func TestHangEndsWithTheClient(t *testing.T) {
	srv := start(t, replica.Options{Weeks: 1, Faults: []replica.Fault{{Kind: replica.FaultHang}}})
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := fetch(ctx, srv.URL()+"/"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want the client's deadline", err)
	}
}

func TestRulesOfFaults(t *testing.T) {
	statuses := func(s *replica.Site, paths ...string) string {
		var out []string
		for _, p := range paths {
			out = append(out, strconv.Itoa(ask(s, p).Code))
		}
		return strings.Join(out, " ")
	}
	const about, club = "/about-monitoring", "/belarusian-expert-analytical-club/"
	for name, c := range map[string]struct {
		rule  replica.Fault
		paths []string
		want  string
	}{
		"always":              {replica.Fault{}, []string{about, about, "/"}, "500 500 500"},
		"first two":           {replica.Fault{Times: 2}, []string{about, club, about}, "500 500 200"},
		"after the first":     {replica.Fault{Skip: 1, Times: 1}, []string{about, about, about}, "200 500 200"},
		"once for each":       {replica.Fault{Times: 1, PerURL: true}, []string{about, club, about, club}, "500 500 200 200"},
		"one path":            {replica.Fault{Pattern: about}, []string{about, about + "/", club}, "500 500 200"},
		"pattern with a star": {replica.Fault{Pattern: "/belarusian-*"}, []string{club, about}, "500 200"},
		"pattern with query":  {replica.Fault{Pattern: about + "?page=*"}, []string{about, about + "?page=3"}, "200 500"},
	} {
		s := newSite(t, replica.Options{Weeks: 1})
		c.rule.Kind, c.rule.Status = replica.FaultStatus, 500
		s.Inject(c.rule)
		if got := statuses(s, c.paths...); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		s.ClearFaults()
		if got := ask(s, about).Code; got != 200 {
			t.Errorf("%s: %d after ClearFaults", name, got)
		}
	}
}

func TestFirstRuleWithTimesLeftCounts(t *testing.T) {
	s := newSite(t, replica.Options{Weeks: 1, Faults: []replica.Fault{
		{Kind: replica.FaultStatus, Status: 503, Times: 1}, {Kind: replica.FaultStatus, Status: 429, Times: 1},
	}})
	for i, want := range []int{503, 429, 200} {
		if got := ask(s, "/").Code; got != want {
			t.Errorf("answer %d: %d, want %d", i, got, want)
		}
	}
}
