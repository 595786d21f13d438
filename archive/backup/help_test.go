package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"infocus/archive"
	"infocus/archive/backup"
	"infocus/archive/capture"
	"infocus/archive/dataset"
	"infocus/archive/warc"
	"infocus/extract/profile"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var start = time.Date(2025, 1, 20, 2, 0, 0, 0, time.UTC)

// source is an archive under test.
type source struct {
	t   *testing.T
	dir archive.Dir
	run int
}

// newSource makes an archive of one run with so many articles, in WARC files of one or two each.
func newSource(t *testing.T, articles int) *source {
	t.Helper()
	s := &source{t: t, dir: archive.Dir(filepath.Join(t.TempDir(), "archive"))}
	s.crawl(articles)
	if err := archive.WriteSettings(s.dir, archive.Settings{Site: profile.Default, Contact: "test"}); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *source) now() time.Time { return start.AddDate(0, 0, s.run) }

// open begins a run.
func (s *source) open() *archive.Writer {
	s.t.Helper()
	p, ok := profile.Builtin(profile.Default)
	if !ok {
		s.t.Fatal("no built-in profile")
	}
	s.run++
	w, _, err := archive.OpenWriter(s.t.Context(), s.dir, archive.WriterOptions{
		Program: "infocus/test", Site: archive.NewSite(p, true), MaxFile: 3000, Now: s.now,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return w
}

// store fetches so many articles and waits until they are indexed.
func (s *source) store(w *archive.Writer, articles int) {
	s.t.Helper()
	for n := range articles {
		if err := w.Store(s.t.Context(), exchange(s.run, n, s.now()), nil); err != nil {
			s.t.Fatal(err)
		}
		if err := w.Flush(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
	}
}

// crawl is a run from its beginning to its end.
func (s *source) crawl(articles int) {
	s.t.Helper()
	w := s.open()
	s.store(w, articles)
	if err := w.Finish(&archive.Report{Ended: "complete", Requests: articles, Pages: articles}); err != nil {
		s.t.Fatal(err)
	}
}

// exchange is an article's page; each is another.
func exchange(run, n int, at time.Time) *capture.Exchange {
	lead := fmt.Sprintf("The council met for the %d. time and left the matter of %d open for another week.", n+2, run)
	body := fmt.Sprintf(`<html><head><title>Council meets again %d %d</title></head><body><main>
<p>January 6 – January 12, 2025</p><p>Security issues</p><h1>Council meets again %d %d</h1>
<p>The situation has not changed</p><p>%s</p><p>%s</p></main></body></html>`, run, n, run, n, lead, strings.Repeat(lead+" ", 4))
	uri := fmt.Sprintf("https://belarusinfocus.pro/security-issues/council-meets-%d-%d", run, n)
	return &capture.Exchange{
		URI: uri, Time: at.Add(time.Duration(n) * time.Second), IP: "192.0.2.7", Request: []byte("GET / HTTP/1.1\r\nHost: belarusinfocus.pro\r\n\r\n"),
		Response: fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(body), body),
		Role:     "article", Source: capture.SourceLive,
	}
}

// warcs are the names of the WARC files in a directory, in order.
func warcs(t *testing.T, dir archive.Dir) []string {
	t.Helper()
	files, err := warc.Files(dir.WARC())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	return names
}

func run(t *testing.T, s *source, dest string, o backup.Options) *backup.Report {
	t.Helper()
	r, err := backup.Run(t.Context(), s.dir, dest, o)
	if err != nil {
		t.Fatalf("backup: %v", err)
	}
	return r
}

// clean wants a backup without findings, and a copy that is whole.
func clean(t *testing.T, s *source, dest string, o backup.Options) *backup.Report {
	t.Helper()
	r := run(t, s, dest, o)
	for _, f := range r.Findings {
		t.Errorf("finding: %s: %s", f.Place, f.Reason)
	}
	return r
}

// restore copies a backup to a new place, as a user would.
func restore(t *testing.T, dest string) archive.Dir {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "restored")
	if err := os.CopyFS(dir, os.DirFS(dest)); err != nil {
		t.Fatal(err)
	}
	return archive.Dir(dir)
}

func whole(t *testing.T, dir archive.Dir) {
	t.Helper()
	for _, f := range check(t, dir) {
		t.Errorf("check: %s: %s", f.Place, f.Reason)
	}
}

func check(t *testing.T, dir archive.Dir) []archive.Finding {
	t.Helper()
	c, err := archive.Check(context.Background(), dir, archive.CheckOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	return c.Findings
}

func export(t *testing.T, dir archive.Dir) []byte {
	t.Helper()
	var buf bytes.Buffer
	if _, err := dataset.JSONL(dir, &buf, dataset.Options{All: true}); err != nil {
		t.Fatalf("export: %v", err)
	}
	return buf.Bytes()
}

// tree reads every file below a directory.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// names are the paths of a tree, in order.
func names(files map[string]string) []string { return slices.Sorted(maps.Keys(files)) }

// flip changes one byte in the middle of a file.
func flip(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	data[len(data)/2] ^= 1
	return os.WriteFile(path, data, 0o644)
}

// named wants exactly one finding, about a path, that says so.
func named(t *testing.T, r *backup.Report, path, says string) {
	t.Helper()
	if len(r.Findings) != 1 || r.Findings[0].Place != path || !strings.Contains(r.Findings[0].Reason, says) {
		t.Errorf("findings %+v, want one about %s that says %q", r.Findings, path, says)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
