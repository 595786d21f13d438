package archive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.etcd.io/bbolt"
	"go.uber.org/goleak"

	"infocus/archive"
	"infocus/archive/capture"
	"infocus/archive/dataset"
	"infocus/extract/profile"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var start = time.Date(2024, 3, 4, 2, 0, 0, 0, time.UTC)

// page is an article of the site as HTML.
func page(headline, verdict, text string) string {
	return `<!DOCTYPE html><html lang=en><head><title>` + headline + ` - Belarus in Focus</title></head><body><main>
<p>February 26 – March 3, 2024</p><p>Security issues</p><h1>` + headline + `</h1><p>` + verdict + `</p>
<p>` + text + ` The lead says what happened and why it matters to readers of the digest.</p>
<p>The body goes on with what was decided, who decided it, and what is likely to follow from that in spring.</p>
</main></body></html>`
}

func exchange(path, html string, at time.Time) *capture.Exchange {
	return response(path, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(html), html), at)
}

func response(path, wire string, at time.Time) *capture.Exchange {
	return &capture.Exchange{
		URI: "https://belarusinfocus.pro" + path, Time: at, Role: "article", Source: capture.SourceLive,
		Request:  []byte("GET " + path + " HTTP/1.1\r\nHost: belarusinfocus.pro\r\n\r\n"),
		Response: []byte(wire),
	}
}

// run stores exchanges as one run.
func run(t *testing.T, dir archive.Dir, exchanges ...*capture.Exchange) []archive.Stored {
	t.Helper()
	p, _ := profile.Builtin(profile.Default)
	var stored []archive.Stored
	at := start
	if len(exchanges) > 0 {
		at = exchanges[0].Time
	}
	w, _, err := archive.OpenWriter(context.Background(), dir, archive.WriterOptions{
		Program: "infocus/test", Site: archive.NewSite(p, true), Now: func() time.Time { return at }, Log: zerolog.Nop(),
		Indexed: func(_ *archive.Frontier, batch []archive.Stored) error {
			stored = append(stored, batch...)
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, ex := range exchanges {
		if err := w.Store(context.Background(), ex, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := w.Finish(&archive.Report{Started: at.Format(time.RFC3339), Ended: "complete"}); err != nil {
		t.Fatal(err)
	}
	return stored
}

func export(t *testing.T, dir archive.Dir) string {
	t.Helper()
	var buf bytes.Buffer
	if _, err := dataset.JSONL(dir, &buf, dataset.Options{All: true}); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func findings(t *testing.T, dir archive.Dir) []archive.Finding {
	t.Helper()
	c, err := archive.Check(context.Background(), dir, archive.CheckOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return c.Findings
}

// filled is an archive of two articles, one of them with two revisions, from two runs.
func filled(t *testing.T) archive.Dir {
	t.Helper()
	dir := archive.Dir(t.TempDir())
	run(t, dir, exchange("/security-issues/one", page("Army one trains near Minsk", "The situation got worse", "First."), start),
		exchange("/security-issues/two", page("Army two trains near Brest", "The situation has not changed", "Second."), start.Add(time.Second)))
	run(t, dir, exchange("/security-issues/one", page("Army one trains near Minsk", "The situation has gotten better", "First."), start.Add(24*time.Hour)),
		exchange("/security-issues/two", page("Army two trains near Brest", "The situation has not changed", "Second."), start.Add(24*time.Hour+time.Second)))
	return dir
}

func TestWhatIsStoredIsExportedAndWhole(t *testing.T) {
	dir := filled(t)
	out := export(t, dir)
	if n := strings.Count(out, "\n"); n != 3 {
		t.Errorf("%d records, want three:\n%s", n, out)
	}
	for _, f := range findings(t, dir) {
		t.Errorf("check: %s: %s", f.Place, f.Reason)
	}
}

func TestASamePayloadIsStoredOnce(t *testing.T) {
	dir := archive.Dir(t.TempDir())
	html := page("Army one trains near Minsk", "The situation got worse", "First.")
	stored := run(t, dir, exchange("/security-issues/one", html, start), exchange("/security-issues/copy", html, start.Add(time.Second)))
	if stored[0].Entry.Revisit || !stored[1].Entry.Revisit {
		t.Errorf("revisits %v, %v; want the second alone", stored[0].Entry.Revisit, stored[1].Entry.Revisit)
	}
	if out := export(t, dir); strings.Count(out, "\n") != 1 || !strings.Contains(out, `"aliases":["belarusinfocus/security-issues/copy"]`) {
		t.Errorf("two addresses with one content are not one article with an alias:\n%s", out)
	}
}

func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	a := exchange("/security-issues/one", page("Army one trains near Minsk", "The situation got worse", "First."), start)
	b := exchange("/security-issues/one", page("Army one trains near Minsk", "The situation has gotten better", "First."), start.Add(24*time.Hour))
	c := exchange("/security-issues/one", page("Army one trains near Minsk", "The situation got worse", "First."), start.Add(48*time.Hour))
	forward, backward := archive.Dir(t.TempDir()), archive.Dir(t.TempDir())
	for _, ex := range []*capture.Exchange{a, b, c} {
		run(t, forward, ex)
	}
	for _, ex := range []*capture.Exchange{c, a, b} {
		run(t, backward, ex)
	}
	if x, y := places(export(t, forward)), places(export(t, backward)); x != y || strings.Count(x, "\n") != 3 {
		t.Errorf("exports differ:\n%s\n%s", x, y)
	}
}

// places takes the place of the capture out of an export, which does depend on the order of arrival.
func places(export string) string {
	var out strings.Builder
	for line := range strings.Lines(export) {
		head, rest, _ := strings.Cut(line, `"capture":{`)
		_, tail, _ := strings.Cut(rest, `"time"`)
		out.WriteString(head + tail)
	}
	return out.String()
}

func TestANewerIndexIsRefusedAndAnOlderOneMadeAnew(t *testing.T) {
	dir := filled(t)
	before := export(t, dir)
	setFormat(t, dir, "9")
	var format *archive.FormatError
	err := archive.View(dir, func(*archive.Index) error { return nil })
	if !errors.As(err, &format) || format.Have != 9 || !strings.Contains(err.Error(), "newer infocus") {
		t.Errorf("reading a newer index: %v", err)
	}
	p, _ := profile.Builtin(profile.Default)
	_, _, err = archive.OpenWriter(context.Background(), dir, archive.WriterOptions{Site: archive.NewSite(p, true), Now: time.Now})
	if !errors.As(err, &format) {
		t.Errorf("writing to a newer index: %v", err)
	}
	setFormat(t, dir, "0")
	run(t, dir)
	if after := export(t, dir); after != before {
		t.Errorf("an older index was not made anew:\n%s\n%s", before, after)
	}
}

func setFormat(t *testing.T, dir archive.Dir, version string) {
	t.Helper()
	db, err := bbolt.Open(dir.DB(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("format"), []byte(version)) })
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestADamagedIndexIsNamedAndMadeAnew(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"cut":     func(path string) error { return os.Truncate(path, 5000) },
		"garbage": func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("x"), 1<<16), 0o600) },
		"empty":   func(path string) error { return os.WriteFile(path, nil, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t)
			before := export(t, dir)
			if err := damage(dir.DB()); err != nil {
				t.Fatal(err)
			}
			if err := archive.View(dir, func(*archive.Index) error { return nil }); err == nil || !strings.Contains(err.Error(), "infocus rebuild") {
				t.Errorf("reading a damaged index: %v; want the way out", err)
			}
			if _, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{}); err != nil {
				t.Fatal(err)
			}
			if after := export(t, dir); after != before {
				t.Error("the export differs after the rebuild")
			}
		})
	}
}

// TestAnyFlippedByteIsFound flips bytes of WARC files and of the index. Every byte of a WARC file counts; of
// the index every page does.
func TestAnyFlippedByteIsFound(t *testing.T) {
	dir := filled(t)
	files, err := filepath.Glob(filepath.Join(dir.WARC(), "*.warc.gz"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(data); i += 97 {
			flipped := bytes.Clone(data)
			flipped[i] ^= 0x20
			if err := os.WriteFile(file, flipped, 0o600); err != nil {
				t.Fatal(err)
			}
			if len(findings(t, dir)) == 0 {
				t.Errorf("%s: a flipped byte at %d was not found", filepath.Base(file), i)
			}
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADamagedRecordIsNamedAndTheOthersAreRead(t *testing.T) {
	dir := filled(t)
	files, _ := filepath.Glob(filepath.Join(dir.WARC(), "*.warc.gz"))
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 0xff
	if err := os.WriteFile(files[0], data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Damage) == 0 || out.Articles != 2 {
		t.Errorf("rebuild of a damaged archive: %+v; want the damage named and two articles", out)
	}
}

func TestEntriesThatNothingGivesAndEntriesThatLackAreFound(t *testing.T) {
	dir := filled(t)
	db, err := bbolt.Open(dir.DB(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		k, _ := tx.Bucket([]byte("captures")).Cursor().First()
		return errors.Join(tx.Bucket([]byte("captures")).Delete(k), tx.Bucket([]byte("latest")).Put([]byte("x\x00y\x00\x00\x00\x00\x01"), []byte("{}")))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	var lacks, surplus bool
	for _, f := range findings(t, dir) {
		lacks = lacks || strings.Contains(f.Reason, "lacks")
		surplus = surplus || strings.Contains(f.Reason, "nothing in the WARC files gives it")
	}
	if !lacks || !surplus {
		t.Errorf("findings %+v; want one of each kind", findings(t, dir))
	}
}

func TestAMissingFileIsFound(t *testing.T) {
	dir := filled(t)
	files, _ := filepath.Glob(filepath.Join(dir.WARC(), "*.warc.gz"))
	if err := os.Remove(files[1]); err != nil {
		t.Fatal(err)
	}
	if f := findings(t, dir); len(f) == 0 || !strings.Contains(f[0].Reason, "missing") {
		t.Errorf("findings %+v; want the missing file named", f)
	}
	out, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{})
	if err != nil || len(out.Missing) != 1 || out.Missing[0] != filepath.Base(files[1]) {
		t.Errorf("rebuild: %+v, %v; want the missing file named", out, err)
	}
}
