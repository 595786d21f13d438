package warc

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"infocus/archive/capture"
)

func TestExchangeComesBackAsItWas(t *testing.T) {
	edit := func(change func(x *capture.Exchange)) *capture.Exchange {
		x := exchange(1)
		change(x)
		return x
	}
	cases := []struct {
		name string
		x    *capture.Exchange
		kind Kind
	}{
		{"whole", exchange(1), KindResponse},
		{"over a connection that was not safe", edit(func(x *capture.Exchange) { x.Insecure = true }), KindResponse},
		{"whole seconds", edit(func(x *capture.Exchange) { x.Time = x.Time.Truncate(time.Second) }), KindResponse},
		{"bytes that are no text", edit(func(x *capture.Exchange) { x.Response = append(x.Response, 0, 0xff, '\r', '\n') }), KindResponse},
		{"chunked", edit(func(x *capture.Exchange) {
			x.Response = []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
		}), KindResponse},
		{"cut short", edit(func(x *capture.Exchange) {
			x.Response, x.Truncated = x.Response[:len(x.Response)-9], "disconnect"
			x.Failure, x.Detail = capture.FailCutShort, "9 bytes are missing"
		}), KindResponse},
		{"no HTTP", edit(func(x *capture.Exchange) { x.Response, x.Failure = []byte("SSH-2.0\r\n"), capture.FailProtocol }), KindResponse},
		{"without a request", edit(func(x *capture.Exchange) { x.Request, x.Source = nil, capture.SourceWayback }), KindResponse},
		{"sent, and nothing came back", edit(func(x *capture.Exchange) {
			x.Response, x.Failure, x.Detail = nil, capture.FailReset, "connection reset by peer"
		}), KindFailure},
		{"nothing sent", edit(func(x *capture.Exchange) {
			x.Response, x.Request, x.IP, x.Failure, x.Detail = nil, nil, "", capture.FailDNS, "no such host"
		}), KindFailure},
		{"words in Russian", edit(func(x *capture.Exchange) {
			x.Response, x.Failure, x.Detail = nil, capture.FailProxy, "нет связи"
		}), KindFailure},
		{"from a seed", edit(func(x *capture.Exchange) { x.Via, x.Role = "", "robots" }), KindResponse},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			want := *c.x
			path := archiveOf(t, response(t, c.x))
			units, _ := scanAll(t, path, ScanOptions{Digest: true})
			if len(units) != 2 {
				t.Fatalf("got %s, want warcinfo and one unit", kinds(units))
			}
			u := units[1]
			if u.Kind != c.kind {
				t.Errorf("kind %s, want %s", u.Kind, c.kind)
			}
			if !reflect.DeepEqual(*u.Exchange, want) {
				t.Errorf("got  %+v\nwant %+v", *u.Exchange, want)
			}
			if problems := verify(t, path, sealOf(t, path)).Problems; len(problems) > 0 {
				t.Errorf("verify objects: %v", problems)
			}
		})
	}
}

func TestExchangeFieldsHoldOneLine(t *testing.T) {
	x := exchange(1)
	x.URI = "https://e.org/a b<c>\r\nd"
	x.Response, x.Failure = nil, capture.FailTLS
	x.Detail = "one\r\nWARC-Type: two\x00\xff" + strings.Repeat("x", 2*maxDetail)
	units, _ := scanAll(t, archiveOf(t, response(t, x)), ScanOptions{})
	got := units[1].Exchange
	if want := "https://e.org/a%20b%3Cc%3E%0D%0Ad"; got.URI != want {
		t.Errorf("address %q, want %q", got.URI, want)
	}
	if !strings.HasPrefix(got.Detail, "one  WARC-Type: two") || len(got.Detail) > maxDetail+10 {
		t.Errorf("detail of %d bytes: %.60q", len(got.Detail), got.Detail)
	}
}

func TestTimeIsKeptToTheMillisecond(t *testing.T) {
	x := exchange(1)
	x.Time = time.Date(2020, 1, 2, 3, 4, 5, 678_999_999, time.FixedZone("", 3600))
	units, _ := scanAll(t, archiveOf(t, response(t, x)), ScanOptions{})
	if got, want := units[1].Exchange.Time, time.Date(2020, 1, 2, 2, 4, 5, 678e6, time.UTC); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := units[1].Header.Value("warc-date"); got != "2020-01-02T02:04:05.678Z" {
		t.Errorf("written as %s", got)
	}
}

func TestRevisitKeepsHeadersAndNamesTheOriginal(t *testing.T) {
	first, again := exchange(1), exchange(1)
	again.Time = first.Time.Add(24 * time.Hour)
	whole := response(t, first)
	original := Original{RecordID: whole[1].ID, URI: first.URI, Time: first.Time, PayloadSHA1: whole[1].PayloadSHA1}
	revisit, err := Revisit(again, original)
	if err != nil {
		t.Fatal(err)
	}
	path := archiveOf(t, whole, revisit)
	units, _ := scanAll(t, path, ScanOptions{Digest: true})
	if got := kinds(units); got != "warcinfo response revisit" {
		t.Fatalf("got %s", got)
	}
	u := units[2]
	if u.RefersTo != original {
		t.Errorf("refers to %+v, want %+v", u.RefersTo, original)
	}
	message, err := u.Exchange.Message()
	if err != nil {
		t.Fatal(err)
	}
	if message.ETag() != `"1"` || len(message.Payload) != 0 || u.PayloadSHA1 != original.PayloadSHA1 {
		t.Errorf("headers %v, payload of %d bytes, digest %s", message.Header, len(message.Payload), u.PayloadSHA1)
	}
	if u.Exchange.Role != again.Role || string(u.Exchange.Request) != string(again.Request) || u.Exchange.Truncated != "" {
		t.Errorf("exchange %+v", u.Exchange)
	}
	if got := u.Header.Value(fieldTruncated); got != "length" {
		t.Errorf("WARC-Truncated is %q", got)
	}
	if problems := verify(t, path, sealOf(t, path)).Problems; len(problems) > 0 {
		t.Errorf("verify objects: %v", problems)
	}
}

func TestRevisitRefusesWhatItWouldLose(t *testing.T) {
	sum := response(t, exchange(1))[1].PayloadSHA1
	cases := []struct {
		name   string
		change func(x *capture.Exchange)
	}{
		{"another payload", func(x *capture.Exchange) { x.Response[len(x.Response)-1]++ }},
		{"cut", func(x *capture.Exchange) { x.Truncated = "time" }},
		{"bytes beyond the end", func(x *capture.Exchange) { x.Response = append(x.Response, "more"...) }},
		{"failed", func(x *capture.Exchange) { x.Failure = capture.FailFalseLength }},
		{"no headers", func(x *capture.Exchange) {
			x.Response = x.Response[strings.Index(string(x.Response), "\r\n\r\n")+4:]
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x := exchange(1)
			c.change(x)
			if _, err := Revisit(x, Original{RecordID: "urn:x", PayloadSHA1: sum}); !errors.Is(err, ErrNoRevisit) {
				t.Errorf("got %v, want ErrNoRevisit", err)
			}
		})
	}
}

func TestNotModifiedOnlyWhereTheServerSaidSo(t *testing.T) {
	original := Original{RecordID: "urn:uuid:1", URI: exchange(1).URI, Time: testTime, PayloadSHA1: capture.SHA1([]byte("x"))}
	if _, err := NotModified(exchange(1), original); !errors.Is(err, ErrNoRevisit) {
		t.Errorf("200: got %v, want ErrNoRevisit", err)
	}
	x := exchange(1)
	x.Response = []byte("HTTP/1.1 304 Not Modified\r\nETag: \"2\"\r\n\r\n")
	g, err := NotModified(x, original)
	if err != nil {
		t.Fatal(err)
	}
	units, _ := scanAll(t, archiveOf(t, g), ScanOptions{Digest: true})
	u := units[1]
	if u.Kind != KindNotModified || u.RefersTo != original || string(u.Exchange.Response) != string(x.Response) {
		t.Errorf("got %+v of %s", u, u.RefersTo.RecordID)
	}
}

func TestReadAtGivesOneUnit(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir, Options{})
	places := appendSync(t, w, response(t, exchange(1)), Metadata("urn:report", testTime, "application/json", []byte(`{}`)),
		Resource("urn:profile", testTime, "application/yaml", []byte("site: x\n")), response(t, exchange(2)))
	path := dir + "/" + w.File()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	read := func(at Location) *Unit {
		t.Helper()
		u, err := ReadAt(context.Background(), path, at.Offset)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	request, last := places[0][0], places[0][1]
	if u := read(request); u.Kind != KindResponse || u.Location != last || u.Request != request || u.Exchange.Role != "article" {
		t.Errorf("at the request: %s at %+v, request %+v", u.Kind, u.Location, u.Request)
	}
	if u := read(last); u.Kind != KindResponse || len(u.Exchange.Request) != 0 || string(u.Exchange.Response) != string(exchange(1).Response) {
		t.Errorf("at the response: %+v", u)
	}
	if u := read(places[1][0]); u.Kind != KindMetadata || string(u.Block) != "{}" || u.URI != "urn:report" {
		t.Errorf("at the report: %+v", u)
	}
	if u := read(places[2][0]); u.Kind != KindResource || string(u.Block) != "site: x\n" {
		t.Errorf("at the profile: %+v", u)
	}
	for _, at := range []int64{request.Offset + 1, places[3][1].End(), 1 << 40} {
		if _, err := ReadAt(context.Background(), path, at); !errors.Is(err, ErrDamaged) {
			t.Errorf("at %d: got %v, want ErrDamaged", at, err)
		}
	}
}
