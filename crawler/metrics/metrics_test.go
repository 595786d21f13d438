package metrics_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"go.uber.org/goleak"

	"infocus/archive"
	"infocus/archive/health"
	"infocus/crawler"
	"infocus/crawler/metrics"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var finished = time.Date(2025, 1, 22, 2, 10, 0, 0, time.UTC)

// bad is a night with something in every field.
func bad() metrics.Night {
	return metrics.Night{Finished: finished, ExitCode: 3, Report: &archive.Report{
		Run: 7, Ended: "complete", Seconds: 61.5, Requests: 40, Pages: 38, BytesUp: 1000, BytesDown: 2_000_000, New: 5, Changed: 1,
		Unchanged: 2, NotModified: 20, Missing: 3, Gone: 1, Moved: 4, Failed: 2, Waiting: 6,
		FailedByReason: map[string]int{"status-500": 1, "timeout": 1},
		Alarms:         []archive.Alarm{{Code: archive.AlarmExtraction}, {Code: archive.AlarmExtraction}, {Code: "of a later version"}},
	}}
}

func status() *health.Status {
	usual := 0.98
	return &health.Status{
		Problems: []health.Finding{{Code: "disk"}}, LastGood: &health.Night{Finished: "2025-01-21T02:10:00Z"},
		Articles: 700, Revisions: 705, Gone: 2, Weeks: health.Weeks{Count: 72, Newest: "2025-01-13", Missing: []string{"2024-12-30"}},
		Fields: []health.Share{
			{Field: "verdict", Found: 1, Of: 40, Share: 0.025, Usual: &usual}, {Field: "body", Found: 40, Of: 40, Share: 1}, {Field: "lead"},
		},
		Failing: health.Failing{Count: 3}, Disk: health.Disk{WARC: 100, Index: 50, Free: 1 << 30},
	}
}

// samples reads the text format: series to value, as written.
func samples(text string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(text) {
		if series, value, ok := strings.Cut(strings.TrimSpace(line), "} "); ok {
			out[series+"}"] = value
		} else if series, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && series != "#" {
			out[series] = value
		}
	}
	return out
}

func lint(t *testing.T, text string) {
	t.Helper()
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatalf("not in the text format: %v\n%s", err, text)
	}
	for _, p := range problems {
		t.Errorf("promlint: %s: %s", p.Metric, p.Text)
	}
}

func written(t *testing.T, n metrics.Night, s *health.Status) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "infocus.prom")
	if err := metrics.WriteFile(path, "1.2.3", n, s); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTheFileHasEveryFigureOfANight under a name and in a unit that promlint has nothing against.
func TestTheFileHasEveryFigureOfANight(t *testing.T) {
	t.Parallel()
	text := written(t, bad(), status())
	lint(t, text)
	have := samples(text)
	for series, want := range map[string]string{
		`infocus_build_info{version="1.2.3"}`:          "1",
		`infocus_last_run_timestamp_seconds`:           "1.7375118e+09",
		`infocus_last_good_run_timestamp_seconds`:      "1.7374254e+09",
		`infocus_newest_week_timestamp_seconds`:        "1.7367264e+09",
		`infocus_run_exit_code`:                        "3",
		`infocus_run_complete`:                         "1",
		`infocus_run_duration_seconds`:                 "61.5",
		`infocus_run_requests`:                         "40",
		`infocus_run_pages`:                            "38",
		`infocus_run_sent_bytes`:                       "1000",
		`infocus_run_received_bytes`:                   "2e+06",
		`infocus_run_failed_pages`:                     "2",
		`infocus_run_waiting_addresses`:                "6",
		`infocus_run_failures{reason="status-500"}`:    "1",
		`infocus_run_articles{outcome="new"}`:          "5",
		`infocus_run_articles{outcome="not-modified"}`: "20",
		`infocus_run_articles{outcome="gone"}`:         "1",
		`infocus_alarm{code="extraction-dropped"}`:     "2",
		`infocus_alarm{code="mass-missing"}`:           "0",
		`infocus_alarm{code="of a later version"}`:     "1",
		`infocus_trusted`:                              "0",
		`infocus_problem{code="disk"}`:                 "1",
		`infocus_articles`:                             "700",
		`infocus_revisions`:                            "705",
		`infocus_gone_articles`:                        "2",
		`infocus_periods`:                              "72",
		`infocus_missing_periods`:                      "1",
		`infocus_field_ratio{field="verdict"}`:         "0.025",
		`infocus_field_usual_ratio{field="verdict"}`:   "0.98",
		`infocus_field_ratio{field="body"}`:            "1",
		`infocus_failing_addresses`:                    "3",
		`infocus_archive_bytes{part="warc"}`:           "100",
		`infocus_archive_bytes{part="index"}`:          "50",
		`infocus_disk_free_bytes`:                      "1.073741824e+09",
	} {
		if have[series] != want {
			t.Errorf("%s is %q, want %q", series, have[series], want)
		}
	}
	for _, series := range []string{`infocus_field_ratio{field="lead"}`, `infocus_field_usual_ratio{field="body"}`} {
		if value, there := have[series]; there {
			t.Errorf("%s is %s, and nothing is known of it", series, value)
		}
	}
}

// TestARunThatCouldNotGoOnHasFiguresToo but none of pages, which a graph would take for zero.
func TestARunThatCouldNotGoOnHasFiguresToo(t *testing.T) {
	t.Parallel()
	text := written(t, metrics.Night{Finished: finished, ExitCode: 1}, nil)
	lint(t, text)
	have := samples(text)
	if have["infocus_run_exit_code"] != "1" || have["infocus_run_complete"] != "0" || have["infocus_last_run_timestamp_seconds"] == "" {
		t.Errorf("%v", have)
	}
	if _, there := have["infocus_run_pages"]; there {
		t.Error("pages are counted of a run that left no report")
	}
}

// TestTheFileIsReplacedWhole and an error leaves the old one.
func TestTheFileIsReplacedWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "infocus.prom")
	for code := range 3 {
		if err := metrics.WriteFile(path, "1", metrics.Night{Finished: finished, ExitCode: code}, nil); err != nil {
			t.Fatal(err)
		}
		text, _ := os.ReadFile(path)
		if have := samples(string(text))["infocus_run_exit_code"]; have != fmt.Sprint(code) {
			t.Errorf("exit code %q, want %d", have, code)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v: want the file alone", entries, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("mode %v, %v: node_exporter has to read it", info.Mode(), err)
	}
	if err := metrics.WriteFile(filepath.Join(dir, "none", "x.prom"), "1", metrics.Night{}, nil); err == nil {
		t.Error("a directory that is missing is no error")
	}
}

// TestAPlaceThatCannotBeWrittenIsFoundBefore the night, not after it.
func TestAPlaceThatCannotBeWrittenIsFoundBefore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "old.prom")
	if err := os.WriteFile(file, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, ok := range map[string]bool{
		filepath.Join(dir, "infocus.prom"): true, file: true, dir: false, filepath.Join(dir, "none", "infocus.prom"): false,
		filepath.Join(file, "infocus.prom"): false,
	} {
		if err := metrics.CheckFile(path); (err == nil) != ok {
			t.Errorf("%s: %v, want well to be %v", path, err, ok)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v: want the old file alone", entries, err)
	}
	if text, _ := os.ReadFile(file); !bytes.Equal(text, []byte("old")) {
		t.Errorf("the old file says %q", text)
	}
}

func serve(t *testing.T, address string, s *health.Status) *metrics.Server {
	t.Helper()
	server, err := metrics.Serve(t.Context(), address, "1.2.3", finished, s)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func scrape(t *testing.T, s *metrics.Server) string {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	res, err := client.Get("http://" + s.Address() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v", res.StatusCode, err)
	}
	return string(text)
}

// TestTheEndpointFollowsTheCrawl and leaves nothing behind.
func TestTheEndpointFollowsTheCrawl(t *testing.T) {
	t.Parallel()
	s := serve(t, "127.0.0.1:0", status())
	for _, pages := range []int{0, 7, 30} {
		s.Progress(crawler.Progress{Pages: pages, Waiting: 100 - pages, New: pages, Changed: 1, Failed: 2})
		text := scrape(t, s)
		have := samples(text)
		if have["infocus_crawl_pages_total"] != fmt.Sprint(pages) || have["infocus_crawl_waiting_addresses"] != fmt.Sprint(100-pages) {
			t.Errorf("%d pages: %v", pages, have)
		}
		if have["infocus_articles"] != "700" || have["process_resident_memory_bytes"] == "" {
			t.Error("the figures of the archive or of the process are missing")
		}
		own := slices.DeleteFunc(strings.SplitAfter(text, "\n"), func(line string) bool { return !strings.Contains(line, "infocus_") })
		lint(t, strings.Join(own, ""))
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := net.DialTimeout("tcp", s.Address(), time.Second); err == nil {
		t.Error("something still answers")
	}
}

// TestAPortInUseIsAnErrorAtOnce and says which.
func TestAPortInUseIsAnErrorAtOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, "127.0.0.1:0", nil)
	if _, err := metrics.Serve(t.Context(), s.Address(), "1", finished, nil); err == nil || !strings.Contains(err.Error(), s.Address()) {
		t.Errorf("%v, want an error that names %s", err, s.Address())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	again := serve(t, s.Address(), nil) // the port is free again
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// TestAClientThatHangsDoesNotHoldTheCrawl when it has ended.
func TestAClientThatHangsDoesNotHoldTheCrawl(t *testing.T) {
	t.Parallel()
	s := serve(t, "127.0.0.1:0", nil)
	conn, err := net.Dial("tcp", s.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /metrics HTTP/1.1\r\n"); err != nil { // and no end of it
		t.Fatal(err)
	}
	begun := time.Now()
	if err := s.Close(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if took := time.Since(begun); took > 2000*time.Millisecond {
		t.Errorf("closing took %s", took)
	}
}
