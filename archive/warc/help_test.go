package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"infocus/archive/capture"
)

var testTime = time.Date(2017, 12, 11, 9, 30, 0, 120e6, time.UTC)

func clock() time.Time { return testTime }

// exchange is a whole one with a body that differs with n.
func exchange(n int) *capture.Exchange {
	body := fmt.Sprintf("<html><p>page %d</p>%s</html>", n, strings.Repeat("<p>words and words</p>", 3))
	return &capture.Exchange{
		URI: fmt.Sprintf("https://belarusinfocus.pro/security-issues/page-%d", n), Time: testTime.Add(time.Duration(n) * time.Second),
		IP: "192.0.2.7", Request: fmt.Appendf(nil, "GET /security-issues/page-%d HTTP/1.1\r\nHost: belarusinfocus.pro\r\n\r\n", n),
		Response: fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"%d\"\r\nContent-Length: %d\r\n\r\n%s", n, len(body), body),
		Role:     "article", Via: "https://belarusinfocus.pro/analytics/", Source: capture.SourceLive,
	}
}

func response(t testing.TB, x *capture.Exchange) Group {
	t.Helper()
	g, err := Response(x)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func openWriter(t testing.TB, dir string, o Options) *Writer {
	t.Helper()
	if o.Now == nil {
		o.Now = clock
	}
	if o.Info == nil {
		o.Info = []Field{{"software", "infocus/test"}, {"format", "WARC File Format 1.1"}, {"run", "1"}}
	}
	w, err := OpenWriter(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// appendSync is one group commit.
func appendSync(t testing.TB, w *Writer, groups ...Group) [][]Location {
	t.Helper()
	places, err := w.Append(groups...)
	if err == nil {
		err = w.Sync()
	}
	if err != nil {
		t.Fatal(err)
	}
	return places
}

// archiveOf writes groups to one sealed file and gives its path.
func archiveOf(t testing.TB, groups ...Group) string {
	t.Helper()
	dir := t.TempDir()
	w := openWriter(t, dir, Options{})
	appendSync(t, w, groups...)
	name := w.File()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

func scanAll(t testing.TB, path string, o ScanOptions) ([]*Unit, int64) {
	t.Helper()
	var units []*Unit
	end, err := Scan(context.Background(), path, o, func(u *Unit) error {
		units = append(units, u)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return units, end
}

// kinds says in one line what a scan found.
func kinds(units []*Unit) string {
	words := make([]string, len(units))
	for i, u := range units {
		words[i] = string(u.Kind)
	}
	return strings.Join(words, " ")
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func storeFile(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// sealOf is the seal of a file, "" without one.
func sealOf(t testing.TB, path string) string {
	t.Helper()
	seals, err := Seals(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	return seals[filepath.Base(path)]
}

func verify(t testing.TB, path, seal string) *Verified {
	t.Helper()
	v, err := Verify(context.Background(), path, seal, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// members are the texts of the gzip members of a file.
func members(t testing.TB, path string) []string {
	t.Helper()
	file := bufio.NewReader(bytes.NewReader(readFile(t, path)))
	gz, err := gzip.NewReader(file)
	var texts []string
	for err == nil {
		gz.Multistream(false)
		text, readErr := io.ReadAll(gz)
		if readErr != nil {
			t.Fatal(readErr)
		}
		texts = append(texts, string(text))
		err = gz.Reset(file)
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	return texts
}

// unsynced is the file system without waiting for the disk, for tests that cut a file a thousand times.
type unsynced struct{ OS }

func (u unsynced) Open(path string, write bool) (File, error) {
	file, err := u.OS.Open(path, write)
	return unsyncedFile{file}, err
}

func (unsynced) SyncDir(string) error { return nil }

type unsyncedFile struct{ File }

func (unsyncedFile) Sync() error { return nil }
