package warc

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"

	"infocus/archive/capture"
)

// rec writes a record as others do: version, fields each on a line, block.
func rec(version, fields, block string) string {
	lines := strings.Split(strings.TrimSpace(fields), "\n")
	for i := range lines {
		lines[i] = strings.TrimLeft(lines[i], "\t")
	}
	return fmt.Sprintf("%s\r\n%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", version, strings.Join(lines, "\r\n"), len(block), block)
}

func gzipped(t testing.TB, texts ...string) []byte {
	t.Helper()
	deflate, err := flate.NewWriter(nil, 6)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, text := range texts {
		if err := writeMember(&out, deflate, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

const page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>words</p>"

// pageLength is the field for page.
var pageLength = fmt.Sprintf("Content-Length: %d", len(page))

var (
	foreignInfo = rec("WARC/1.0", `WARC-Type: warcinfo
		WARC-Record-ID: <urn:uuid:0>
		WARC-Date: 2020-01-01T00:00:00Z
		Content-Type: application/warc-fields`, "software: Other/1.0\r\n")
	foreignRequest = rec("WARC/1.0", `WARC-Type: request
		WARC-Target-URI: <http://e.org/>
		WARC-Record-ID: <urn:uuid:1>
		WARC-Date: 2020-01-01T00:00:01Z
		WARC-IP-Address: 192.0.2.1
		Content-Type: application/http;msgtype=request`, "GET / HTTP/1.0\r\n\r\n")
	foreignResponse = rec("WARC/1.0", `WARC-Type: response
		WARC-Target-URI: <http://e.org/>
		WARC-Record-ID: <urn:uuid:2>
		WARC-Concurrent-To: <urn:uuid:1>
		WARC-Date: 2020-01-01T00:00:01Z
		WARC-Truncated: length
		Content-Type: application/http;msgtype=response`, page)
	otherResponse = strings.NewReplacer("urn:uuid:2", "urn:uuid:3", "Concurrent-To: <urn:uuid:1>", "Concurrent-To: <urn:uuid:9>").Replace(foreignResponse)
)

func TestScanReadsFilesOfOthers(t *testing.T) {
	info, request, response := foreignInfo, foreignRequest, foreignResponse
	lower := func(s string) string {
		return strings.NewReplacer("WARC-Type", "warc-type", "WARC-Target-URI", "warc-target-uri", "Content-Length:", "content-length:",
			"WARC-Record-ID", "Warc-Record-Id", "Content-Type: app", "CONTENT-TYPE: app").Replace(s)
	}
	lf := func(s string) string {
		head, block, _ := strings.Cut(s, "\r\n\r\n")
		return strings.ReplaceAll(head, "\r\n", "\n") + "\n\n" + block
	}
	half := len(response) / 2
	cases := []struct {
		name string
		file []byte
		want string
	}{
		{"without compression", []byte(info + request + response), "warcinfo response"},
		{"compressed", gzipped(t, info, request, response), "warcinfo response"},
		{"the response first", gzipped(t, info, response, request), "warcinfo response"},
		{"paired by address", gzipped(t, strings.Replace(response, "WARC-Concurrent-To: <urn:uuid:1>\r\n", "", 1), request), "response"},
		{"not a pair", gzipped(t, request, otherResponse, request), "other response other"},
		{"two responses", gzipped(t, response, otherResponse), "response response"},
		{"one member for all", gzipped(t, info+request+response), "warcinfo response"},
		{"two members, records across", gzipped(t, info+request+response[:half], response[half:]), "warcinfo response"},
		{"head and block in members of their own", gzipped(t, info, request, response[:half], response[half:]), "warcinfo response"},
		{"names in other case", []byte(lower(info) + lower(request) + lower(response)), "warcinfo response"},
		{"LF alone", []byte(lf(info) + lf(request) + lf(response)), "warcinfo response"},
		{"WARC 0.18", []byte(strings.ReplaceAll(request+response, "WARC/1.0", "WARC/0.18")), "response"},
		{"spaces around values, folded", []byte(strings.NewReplacer("WARC-Type: response", "WARC-Type :  response  ",
			"WARC-Date: ", "WARC-Date:\r\n\t").Replace(request + response)), "response"},
		{"no line ends behind the last", []byte(request + strings.TrimSuffix(response, "\r\n\r\n")), "response"},
		{"empty lines between", []byte("\r\n" + request + "\r\n\r\n\n" + response + "\r\n"), "response"},
		{"unknown and other types", []byte(strings.Replace(response, ": response", ": novelty", 1) +
			strings.Replace(response, ": response", ": conversion", 1) + strings.Replace(response, ": response", ": continuation", 1)),
			"other other other"},
		{"resource, metadata", []byte(strings.Replace(response, ": response", ": resource", 1) + strings.Replace(response, ": response", ": metadata", 1)),
			"resource metadata"},
		{"response of DNS", []byte(strings.Replace(response, "application/http;msgtype=response", "text/dns", 1)), "other"},
		{"response without a type of content", []byte(strings.Replace(response, "Content-Type: application/http;msgtype=response\r\n", "", 1)), "response"},
		{"revisit without a block", []byte(rec("WARC/1.0", `WARC-Type: revisit
			WARC-Target-URI: http://e.org/
			WARC-Record-ID: <urn:uuid:4>
			WARC-Date: 2020-01-01T00:00:01Z
			WARC-Profile: <http://netpreserve.org/warc/1.0/revisit/identical-payload-digest>`, "")), "revisit"},
		{"revisit of an unknown kind", []byte(rec("WARC/1.0", "WARC-Type: revisit\nWARC-Profile: http://e.org/mine", "")), "other"},
		{"empty", nil, ""},
		{"no WARC file", []byte("<html>"), "damage"},
		{"gzip of something else", gzipped(t, "<html>"), "damage"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "foreign.warc")
			storeFile(t, path, c.file)
			units, end := scanAll(t, path, ScanOptions{Digest: true})
			if got := kinds(units); got != c.want {
				t.Fatalf("got %q, want %q", got, c.want)
			}
			if !strings.Contains(c.want, "damage") && end != int64(len(c.file)) {
				t.Errorf("ends at %d of %d", end, len(c.file))
			}
			for _, u := range units {
				checkForeign(t, u)
			}
		})
	}
}

func checkForeign(t *testing.T, u *Unit) {
	t.Helper()
	if u.Kind != KindResponse || u.RecordID != "urn:uuid:2" {
		return
	}
	want := capture.Exchange{
		URI: "http://e.org/", Time: time.Date(2020, 1, 1, 0, 0, 1, 0, time.UTC), Response: []byte(page), Truncated: "length", Source: capture.SourceWARC,
	}
	if len(u.Exchange.Request) > 0 {
		want.IP = "192.0.2.1"
	}
	got := *u.Exchange
	if string(got.Request) != "GET / HTTP/1.0\r\n\r\n" && len(got.Request) > 0 {
		t.Errorf("request %q", got.Request)
	}
	got.Request = nil
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestScanTellsWhatSharesAMember(t *testing.T) {
	path := filepath.Join(t.TempDir(), "one.warc.gz")
	storeFile(t, path, gzipped(t, foreignInfo+foreignResponse, otherResponse))
	units, _ := scanAll(t, path, ScanOptions{})
	if l := units[0].Location; l.Offset != 0 || l.Length != 0 {
		t.Errorf("first of a shared member: %+v", l)
	}
	u := units[2]
	again, err := ReadAt(context.Background(), path, u.Location.Offset)
	if err != nil || again.RecordID != u.RecordID || u.Location.Length == 0 {
		t.Errorf("record alone in its member at %+v: %v, %v", u.Location, again, err)
	}
}

func TestScanPassesDamageInPlainFiles(t *testing.T) {
	lies := strings.Replace(otherResponse, "Content-Length: ", "Content-Length: 9", 1)
	short := strings.Replace(otherResponse, pageLength, "Content-Length: 30", 1)
	cases := []struct{ name, file, want string }{
		{"noise between", foreignResponse + "noise\r\n" + foreignInfo, "response damage warcinfo"},
		{"noise at the end", foreignResponse + "noise", "response damage"},
		{"a length that is too short", foreignRequest + foreignResponse + short + foreignInfo, "response response damage warcinfo"},
		{"a length beyond the file", foreignResponse + lies + foreignInfo, "response damage warcinfo"},
		{"no length", foreignResponse + strings.Replace(otherResponse, "Content-Length", "Content-Size", 1) + foreignInfo, "response damage warcinfo"},
		{"a head without an end", foreignResponse + "WARC/1.0\r\n" + strings.Repeat("a: b\r\n", 300_000) + "\r\n" + foreignInfo, "response damage warcinfo"},
		{"cut in the head", foreignResponse + otherResponse[:60], "response damage"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "plain.warc")
			storeFile(t, path, []byte(c.file))
			units, _ := scanAll(t, path, ScanOptions{})
			if got := kinds(units); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestScanReportsBytesBehindARecordInItsMember(t *testing.T) {
	path := filepath.Join(t.TempDir(), "long.warc.gz")
	file := gzipped(t, foreignResponse+"trailing words", otherResponse)
	storeFile(t, path, file)
	units, end := scanAll(t, path, ScanOptions{})
	if got := kinds(units); got != "response damage response" {
		t.Errorf("got %s", got)
	}
	if end != int64(len(file)) {
		t.Errorf("ends at %d of %d", end, len(file))
	}
}

func TestScanComparesDigestsOfEveryUsualForm(t *testing.T) {
	block := []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
	whole, chunks := []byte("hello"), block[bytes.Index(block, []byte("5\r\n")):]
	sum256, sum5 := sha256.Sum256(whole), md5.Sum(whole)
	cases := []struct {
		name, digest string
		good         bool
	}{
		{"as WARC 1.1 defines it", "sha1:" + capture.SHA1(whole), true},
		{"lower case", "SHA-1:" + strings.ToLower(capture.SHA1(whole)), true},
		{"chunks included", "sha1:" + capture.SHA1(chunks), true},
		{"SHA-256 in hex", "sha256:" + hex.EncodeToString(sum256[:]), true},
		{"SHA-256 in base64", "sha-256:" + base64.StdEncoding.EncodeToString(sum256[:]), true},
		{"MD5", "md5:" + hex.EncodeToString(sum5[:]), true},
		{"unknown algorithm", "tiger:ABC", true},
		{"wrong", "sha1:" + capture.SHA1([]byte("hullo")), false},
		{"wrong and of another algorithm", "md5:" + strings.Repeat("0", 32), false},
		{"of no form", "sha1:xyz", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "digest.warc")
			storeFile(t, path, []byte(strings.Replace(strings.Replace(foreignResponse, page, string(block), 1), pageLength,
				fmt.Sprintf("WARC-Payload-Digest: %s\r\nContent-Length: %d", c.digest, len(block)), 1)))
			units, _ := scanAll(t, path, ScanOptions{Digest: true})
			if got, want := kinds(units), map[bool]string{true: "response", false: "damage"}[c.good]; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if units, _ = scanAll(t, path, ScanOptions{}); kinds(units) != "response" {
				t.Errorf("without comparing: %s", kinds(units))
			}
		})
	}
}

func TestScanGoesOnFromWhereItEnded(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir, Options{})
	appendSync(t, w, response(t, exchange(1)))
	path := filepath.Join(dir, w.File())
	_, end := scanAll(t, path, ScanOptions{})
	appendSync(t, w, response(t, exchange(2)), response(t, exchange(3)))
	units, _ := scanAll(t, path, ScanOptions{From: end})
	if got := kinds(units); got != "response response" || units[0].URI != exchange(2).URI {
		t.Errorf("got %s", got)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestScanReturnsTheErrorOfItsCaller(t *testing.T) {
	path := archiveOf(t, response(t, exchange(1)), response(t, exchange(2)))
	stop := errors.New("stop")
	n := 0
	_, err := Scan(context.Background(), path, ScanOptions{}, func(*Unit) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("got %v after %d units", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = Scan(ctx, path, ScanOptions{}, func(*Unit) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want Canceled", err)
	}
	if _, err = Scan(context.Background(), path+"x", ScanOptions{}, nil); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want an error with the path", err)
	}
}

// A block of 200 MB must cost next to no memory, to write off as to pass over.
func TestScanHoldsNoBlockBeyondTheLimit(t *testing.T) {
	const size = 200 << 20
	path := filepath.Join(t.TempDir(), "large.warc.gz")
	storeFile(t, path, largeRecord(t, size))
	var units []*Unit
	peak := heapWhile(t, func() { units, _ = scanAll(t, path, ScanOptions{Limit: 1 << 20, Digest: true}) })
	if got := kinds(units); got != "response response" {
		t.Fatalf("got %s", got)
	}
	if u := units[0]; !u.TooLarge || u.Size < size || u.Exchange.Response != nil {
		t.Errorf("too large %t, size %d, held %d", u.TooLarge, u.Size, len(u.Exchange.Response))
	}
	if u := units[1]; u.TooLarge || string(u.Exchange.Response) != page {
		t.Errorf("the next: %+v", u)
	}
	if peak > 16<<20 {
		t.Errorf("allocated %d bytes in all", peak)
	}
}

// A length that lies must cost no more memory than the file has bytes.
func TestScanTrustsNoLength(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lies.warc")
	storeFile(t, path, []byte(strings.Replace(foreignResponse, pageLength, fmt.Sprintf("Content-Length: %d", DefaultLimit), 1)))
	var units []*Unit
	if peak := heapWhile(t, func() { units, _ = scanAll(t, path, ScanOptions{}) }); peak > 8<<20 {
		t.Errorf("allocated %d bytes", peak)
	}
	if got := kinds(units); got != "damage" {
		t.Errorf("got %s", got)
	}
}

// Files that lie in every record must be read in the time of one reading, not of one for each record.
func TestScanEndsInTimeOnFilesThatLie(t *testing.T) {
	const n = 20_000
	lie := strings.Replace(otherResponse, pageLength, "Content-Length: 99999999", 1)
	members := gzipped(t, lie)
	cases := map[string][]byte{
		"records beyond the end":             bytes.Repeat([]byte(lie), n),
		"members beyond the end":             bytes.Repeat(members, n),
		"starts of records":                  append([]byte("WARC/1.0\r\n\r\n"), bytes.Repeat([]byte("\nWARC/1.0"), 2*n)...),
		"starts of records with half a head": append([]byte("WARC/1.0\r\n\r\n"), bytes.Repeat([]byte("\nWARC/1.0\na: b"), 2*n)...),
		"starts of members":                  bytes.Repeat([]byte(memberHead), 2*n),
	}
	for name, file := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lies.warc")
			storeFile(t, path, file)
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			start := time.Now()
			if _, err := Scan(ctx, path, ScanOptions{}, func(*Unit) error { return nil }); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d bytes in %v", len(file), time.Since(start))
		})
	}
}

// largeRecord is a response of so many bytes and a small one behind it.
func largeRecord(t *testing.T, size int) []byte {
	t.Helper()
	deflate, err := flate.NewWriter(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	head := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", size)
	parts := [][]byte{[]byte(strings.Replace(strings.TrimSuffix(otherResponse, page+"\r\n\r\n"), pageLength, fmt.Sprintf("Content-Length: %d", len(head)+size), 1)), []byte(head)}
	chunk := bytes.Repeat([]byte("words of a very large page "), 1<<20/27+1)[:1<<20]
	for range size >> 20 {
		parts = append(parts, chunk)
	}
	var out bytes.Buffer
	if err := writeMember(&out, deflate, append(parts, []byte("\r\n\r\n"))...); err != nil {
		t.Fatal(err)
	}
	return append(out.Bytes(), gzipped(t, foreignResponse)...)
}

// heapWhile is the number of bytes allocated meanwhile, freed ones included.
func heapWhile(t *testing.T, fn func()) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	fn()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
