//go:build slow

package warc

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"infocus/archive/capture"
)

// warcioVersion is the release of the npm package that reads our files.
const warcioVersion = "2.4.11"

// warcio installs the package in a directory of its own, or takes the one that INFOCUS_WARCIO names.
func warcio(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("INFOCUS_WARCIO"); dir != "" {
		return dir
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not there: our files are not read by warcio", tool)
		}
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--prefix", dir, "warcio@"+warcioVersion)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("the npm package warcio cannot be installed: our files are not read by it: %v\n%s", err, out)
	}
	return filepath.Join(dir, "node_modules", "warcio")
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, stderr.String())
	}
	if stderr.Len() > 0 {
		t.Errorf("%s complains: %s", name, stderr.String())
	}
	return string(out)
}

// bodies are responses whose payload and content differ: chunked, compressed, both.
func bodies(t *testing.T) (groups []Group, contents []string) {
	t.Helper()
	words := strings.Repeat("<p>Сітуацыя пагоршылася</p>\n", 200)
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	if _, err := io.WriteString(gz, words); err != nil {
		t.Fatal(err)
	}
	if err := gz.Close(); err != nil {
		t.Fatal(err)
	}
	chunks := func(body string) string {
		return fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 40, body[:40], len(body)-40, body[40:])
	}
	for i, wire := range []string{
		fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(words), words),
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(words),
		fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", packed.Len(), packed.String()),
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(packed.String()),
	} {
		x := exchange(100 + i)
		x.Response = []byte(wire)
		groups = append(groups, response(t, x))
		contents = append(contents, "sha1:"+capture.SHA1([]byte(words)))
	}
	return groups, contents
}

type theirRecord struct {
	Type, ID, URI          string
	Offset, Length         int64
	Status                 int
	BlockDigest, Block     string
	PayloadDigest, Content string
	Concurrent             []string
	RefersTo               string
}

func TestWarcioReadsOurFiles(t *testing.T) {
	dir := warcio(t)
	groups, contents := bodies(t)
	path := archiveOf(t, append(everything(t), groups...)...)
	units, _ := scanAll(t, path, ScanOptions{})
	ours := map[string]*Unit{}
	records := 0
	for _, u := range units {
		ours[u.RecordID] = u
		records++
		if u.Request.Length > 0 {
			records++
		}
	}
	seen := 0
	for line := range strings.Lines(run(t, "node", "testdata/read.mjs", dir, path)) {
		var r theirRecord
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		seen++
		if r.BlockDigest != r.Block {
			t.Errorf("%s at %d: block digest %s, and node computes %s", r.Type, r.Offset, r.BlockDigest, r.Block)
		}
		u := ours[unbracket(r.ID)]
		if u == nil && r.Type == typeRequest {
			continue
		}
		if u == nil || u.Location.Offset != r.Offset || u.Location.Length != r.Length || u.URI != r.URI {
			t.Errorf("%s %s at %d, %d bytes: we find %+v", r.Type, r.ID, r.Offset, r.Length, u)
			continue
		}
		checkTheirs(t, r, u, contents)
	}
	if seen != records {
		t.Errorf("warcio reads %d records, we %d", seen, records)
	}
}

func checkTheirs(t *testing.T, r theirRecord, u *Unit, contents []string) {
	t.Helper()
	if u.Kind == KindRevisit || u.Kind == KindNotModified {
		if r.RefersTo != u.RefersTo.URI || r.Status == 0 {
			t.Errorf("%s: status %d, refers to %q", u.Kind, r.Status, r.RefersTo)
		}
	}
	if u.Kind != KindResponse {
		return
	}
	message, err := u.Exchange.Message()
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != message.Status || len(r.Concurrent) != 1 {
		t.Errorf("%s: status %d, concurrent to %v", r.URI, r.Status, r.Concurrent)
	}
	want := "sha1:" + message.PayloadSHA1()
	if message.Header.Get("Content-Encoding") != "" {
		want = contents[0]
	}
	if r.Content != want {
		t.Errorf("%s: warcio decodes to %s, want %s", r.URI, r.Content, want)
	}
	if r.PayloadDigest != "sha1:"+message.PayloadSHA1() {
		t.Errorf("%s: payload digest %s", r.URI, r.PayloadDigest)
	}
}

func TestWarcioIndexesOurFiles(t *testing.T) {
	dir := warcio(t)
	path := archiveOf(t, everything(t)...)
	units, _ := scanAll(t, path, ScanOptions{})
	want := map[int64]*Unit{}
	for _, u := range units {
		if u.Capture() && u.Kind != KindFailure {
			want[u.Location.Offset] = u
		}
	}
	for line := range strings.Lines(run(t, "node", filepath.Join(dir, "dist", "cli.cjs"), "cdx-index", "--format", "json", path)) {
		var entry struct {
			URL, Timestamp, Digest string
			Status                 any
			Offset, Length         int64
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		u := want[entry.Offset]
		if u == nil {
			if !strings.HasPrefix(entry.URL, "urn:infocus:") { // report and profile
				t.Errorf("indexes %s", line)
			}
			continue
		}
		delete(want, entry.Offset)
		if entry.URL != u.URI || entry.Length != u.Location.Length || !strings.HasSuffix(entry.Digest, u.PayloadSHA1) {
			t.Errorf("indexes %s, we find %s at %+v with %s", line, u.URI, u.Location, u.PayloadSHA1)
		}
	}
	for _, u := range want {
		t.Errorf("does not index the %s of %s at %d", u.Kind, u.URI, u.Location.Offset)
	}
}

// What wget writes must be read: its pages, each with its request, byte for byte.
func TestScanReadsWhatWgetWrites(t *testing.T) {
	if _, err := exec.LookPath("wget"); err != nil {
		t.Skip("wget is not there: its files are not read")
	}
	pages := map[string]string{"/": `<a href="/a">a</a> <a href="/b">b</a>`, "/a": strings.Repeat("<p>a</p>", 5000), "/b": "<p>b</p>"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/a" {
			_, _ = io.WriteString(w, text[:100])
			w.(http.Flusher).Flush() // chunked
			text = text[100:]
		}
		_, _ = io.WriteString(w, text)
	}))
	defer server.Close()
	for _, c := range []struct {
		name, file string
		flags      []string
	}{
		{"compressed", "w.warc.gz", nil},
		{"plain", "w.warc", []string{"--no-warc-compression"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			args := append([]string{"-q", "-r", "-nd", "--no-proxy", "--warc-file=" + dir + "/w", "-P", dir}, c.flags...)
			cmd := exec.Command("wget", append(args, server.URL+"/")...)
			if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 8 { // robots.txt is a 404
				t.Fatalf("wget: %v\n%s", err, out)
			}
			units, _ := scanAll(t, filepath.Join(dir, c.file), ScanOptions{Digest: true})
			got := map[string]string{}
			for _, u := range units {
				if u.Kind == KindDamage {
					t.Errorf("damage: %+v", u.Damage)
				}
				if u.Kind != KindResponse {
					continue
				}
				if len(u.Exchange.Request) == 0 || u.Exchange.IP == "" || u.Date.IsZero() {
					t.Errorf("%s: request of %d bytes, address %q, %v", u.URI, len(u.Exchange.Request), u.Exchange.IP, u.Date)
				}
				message, err := u.Exchange.Message()
				if err != nil {
					t.Fatal(err)
				}
				got[strings.TrimPrefix(u.URI, server.URL)] = string(message.Payload)
			}
			for path, text := range pages {
				if got[path] != text {
					t.Errorf("%s: got %d bytes, want %d", path, len(got[path]), len(text))
				}
			}
		})
	}
}
