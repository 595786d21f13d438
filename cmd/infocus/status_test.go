package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"infocus/archive"
	"infocus/archive/health"
	"infocus/extract/profile"
)

// TestStatusAfterAGoodNight fits a terminal of 80 by 24 and says so in JSON too.
func TestStatusAfterAGoodNight(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.crawl().want(t, exitDone, "complete")
	r := c.want(exitDone, "can be trusted today", "status")
	if n := strings.Count(r.stdout, "\n"); n > 20 || r.stderr != "" {
		t.Errorf("%d lines, and on stderr %q:\n%s", n, r.stderr, r.stdout)
	}
	for _, part := range []string{"last run   1,", "complete", "verdict ", "no address", "free", fmt.Sprintf("%d with %d revisions", c.articles(), c.articles())} {
		if !strings.Contains(strings.Join(strings.Fields(r.stdout), " "), strings.Join(strings.Fields(part), " ")) {
			t.Errorf("%q is missing in\n%s", part, r.stdout)
		}
	}
	var s health.Status
	if err := json.Unmarshal([]byte(c.want(exitDone, "", "status", "--json").stdout), &s); err != nil || !s.OK || s.Articles != c.articles() {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestStatusNamesARedesign with the share of today and the usual one.
func TestStatusNamesARedesign(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.crawl().want(t, exitDone, "complete")
	c.site.RemoveVerdicts(true)
	c.crawl("--full").want(t, exitPartial, "extraction-dropped")
	r := c.want(exitPartial, "verdict found on 0 % of pages, usually ", "status")
	if strings.Count(r.stdout, "verdict found on") != 1 || !strings.Contains(r.stdout, "$ curl -sL ") {
		t.Errorf("named more than once, or no command that helps:\n%s", r.stdout)
	}
}

// TestStatusOfAnArchiveInTrouble has exit code 3 and a command for a person to copy.
func TestStatusOfAnArchiveInTrouble(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.crawl().want(t, exitDone, "complete")
	for name, tc := range map[string]struct {
		spoil func(c *console)
		says  string
		next  string
	}{
		"a night long ago": {func(c *console) {
			c.now = func() time.Time { return time.Now().AddDate(0, 0, 10) }
		}, "the last good night, run 1, is 10 days old", "infocus crawl --archive "},
		"a killed run": {(*console).kill, "run 2, begun", "infocus crawl --archive "},
		"no index":     {func(c *console) { c.remove("infocus.db") }, "no index", "infocus rebuild --archive "},
		"a damaged index": {func(c *console) {
			if err := os.WriteFile(archive.Dir(c.dir).DB(), []byte(strings.Repeat("x", 5000)), 0o644); err != nil {
				c.t.Fatal(err)
			}
		}, "damaged", "infocus rebuild --archive "},
		"a lost WARC file": {func(c *console) {
			found, err := filepath.Glob(filepath.Join(c.dir, "warc", "*.warc.gz"))
			if err != nil || len(found) == 0 {
				c.t.Fatal(found, err)
			}
			c.remove(filepath.Join("warc", filepath.Base(found[0])))
		}, "is missing: copy it back", "cp BACKUP/warc/belarusinfocus-000001"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mine := &console{t: t, dir: filepath.Join(t.TempDir(), "copy")}
			if err := os.CopyFS(mine.dir, os.DirFS(c.dir)); err != nil {
				t.Fatal(err)
			}
			tc.spoil(mine)
			r := mine.want(exitPartial, tc.says, "status")
			if !strings.Contains(r.stdout, "    $ "+tc.next) {
				t.Errorf("no command %q in\n%s", tc.next, r.stdout)
			}
		})
	}
}

func (c *console) remove(name string) {
	c.t.Helper()
	if err := os.Remove(filepath.Join(c.dir, name)); err != nil {
		c.t.Fatal(err)
	}
}

// kill leaves an archive as a run does that was killed: begun, its file open, no lock.
func (c *console) kill() {
	t := c.t
	t.Helper()
	p, _ := profile.Builtin(profile.Default)
	live := c.dir
	w, _, err := archive.OpenWriter(t.Context(), archive.Dir(live), archive.WriterOptions{
		Program: program(), Site: archive.NewSite(p, true), Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	ex := storedExchange()
	if err := w.Store(t.Context(), ex, nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.dir = filepath.Join(t.TempDir(), "killed")
	if err := os.CopyFS(c.dir, os.DirFS(live)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestRunsSayWhatBecameOfAKilledOne tells one that nobody went on with yet from one that the next run took up.
func TestRunsSayWhatBecameOfAKilledOne(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.crawl().want(t, exitDone, "complete")
	c.kill()
	c.want(exitDone, "could not go on; what it fetched is kept, and the next run goes on", "runs")
	c.want(exitDone, "the next run goes on", "runs", "show", "last")
	c.crawl().want(t, exitDone, "complete")
	c.want(exitDone, "the run after it went on where it stopped", "runs")
	c.want(exitDone, "the run after it went on where it stopped", "runs", "show", "2")
}

// TestStatusWhileARunIsAtWork is no alarm.
func TestStatusWhileARunIsAtWork(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.crawl().want(t, exitDone, "complete")
	release, err := archive.Hold(archive.Dir(c.dir))
	if err != nil {
		t.Fatal(err)
	}
	c.want(exitDone, "at work    process ", "status")
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if r := c.run("status"); strings.Contains(r.stdout, "at work") {
		t.Errorf("nobody is at work:\n%s", r.stdout)
	}
}

// TestStatusOfNothing is an error, and wrong flags are wrong usage.
func TestStatusOfNothing(t *testing.T) {
	t.Parallel()
	c := &console{t: t, dir: t.TempDir()}
	c.want(exitFailed, "no archive here", "status")
	c.want(exitUsage, "--max-age", "status", "--max-age", "0s")
	c.want(exitUsage, "--max-age", "status", "--max-age", "yesterday")
	c.want(exitUsage, "--min-free", "status", "--min-free", "much")
	c.want(exitUsage, "takes no arguments", "status", "now")
	if err := archive.WriteSettings(archive.Dir(c.dir), archive.Settings{Site: profile.Default}); err != nil {
		t.Fatal(err)
	}
	c.want(exitPartial, "nothing was ever crawled", "status")
}

// TestAReportIsFoldedOnATerminal below its labels, and loses no word.
func TestAReportIsFoldedOnATerminal(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 40)
	text := "Run 1 of x: breaker: " + long + "\n  articles  " + long + "\n    https://example.org/" + strings.Repeat("x", 90) + "  status-500 (" + long + ")\n  pages     3\n"
	got := foldReport(text, 80)
	if !slices.Equal(strings.Fields(got), strings.Fields(text)) {
		t.Errorf("words were lost in\n%s", got)
	}
	lines := strings.Split(got, "\n")
	for i, line := range lines {
		if utf8.RuneCountInString(line) > 80 && !strings.Contains(line, "https://") {
			t.Errorf("%q is too wide", line)
		}
		if strings.HasPrefix(line, "  articles  word") && !strings.HasPrefix(lines[i+1], strings.Repeat(" ", reportIndent)+"word") {
			t.Errorf("%q goes on as %q", line, lines[i+1])
		}
	}
}

// TestAScreenIsFoldedAtItsWidth and never inside a command, which is there to be copied.
func TestAScreenIsFoldedAtItsWidth(t *testing.T) {
	t.Parallel()
	usual := 0.98
	s := &health.Status{
		Archive: "infocus-data", LastRun: &health.Night{Run: 1200, Ended: "interrupted", Started: "2025-01-20T02:00:00Z", Finished: "2025-01-20T02:10:00Z", ExitCode: new(int), Pages: 12345},
		LastGood: &health.Night{Run: 1100, Finished: "2024-10-20T02:10:00Z"},
		Weeks:    health.Weeks{Count: 500, Oldest: "2014-01-06", Newest: "2025-01-13", Behind: 3, Missing: []string{"2019-10-14", "2020-01-27", "2023-12-18", "2023-12-25"}},
		Fields:   []health.Share{{Field: "article", Share: 1, Of: 40}, {Field: "verdict", Share: 0.03, Of: 40, Usual: &usual}},
		Failing:  health.Failing{Count: 9, Longest: slices.Repeat([]health.FailingAddress{{URL: "https://belarusinfocus.pro/" + strings.Repeat("long-slug-", 12), Reason: "status-500", Since: "2025-01-10T02:00:00Z", Times: 5}}, 5)},
	}
	for range 8 {
		s.Problems = append(s.Problems, health.Finding{Code: "x", Text: strings.Repeat("много слов ", 12), Next: "infocus" + strings.Repeat(" x", 60)})
	}
	now := time.Date(2025, 1, 22, 7, 0, 0, 0, time.UTC)
	text := statusText(s, now, 60)
	for line := range strings.Lines(text) {
		words := len(strings.Fields(line))
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 60 && words > 1 && !strings.HasPrefix(line, "    $ ") && !strings.Contains(line, "https://") {
			t.Errorf("%d columns: %q", n, line)
		}
		if strings.TrimRight(line, " \n") != strings.TrimRight(line, "\n") {
			t.Errorf("white space at the end of %q", line)
		}
	}
	for _, part := range []string{"8 problems", "and 3 more: `infocus status --json` has all", "verdict 3% (usually 98%)", "2 days ago: interrupted", "94 days ago", "2023-12-25, 2023-12-18, 2020-01-27, ..."} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), part) {
			t.Errorf("%q is missing in\n%s", part, text)
		}
	}
}
