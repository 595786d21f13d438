package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"infocus/archive"
	"infocus/archive/capture"
	"infocus/archive/health"
	"infocus/crawler/replica"
)

// storedExchange is a page as a crawl stores it.
func storedExchange() *capture.Exchange {
	return &capture.Exchange{
		URI: "https://belarusinfocus.pro/x", Time: time.Now().UTC().Truncate(time.Millisecond), Request: []byte("GET /x HTTP/1.1\r\n\r\n"),
		Response: []byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), Role: "other", Source: capture.SourceLive,
	}
}

// told is what a notify command read.
type told struct {
	Report struct {
		Run      int             `json:"run"`
		Alarms   []archive.Alarm `json:"alarms"`
		ExitCode int             `json:"exit_code"`
		Error    string          `json:"error"`
		Archive  string          `json:"archive"`
		Pages    int             `json:"pages"`
		Problems []struct {
			Code string `json:"code"`
		} `json:"problems"`
	}
	Env map[string]string
}

// listener gives a notify command that writes down what it is told, and a way to read it; nil for nothing.
func listener(t *testing.T) (command string, read func() *told) {
	t.Helper()
	dir := t.TempDir()
	command = fmt.Sprintf(`cat > '%[1]s/in'; env | grep ^INFOCUS_ > '%[1]s/env'`, dir)
	return command, func() *told {
		in, err := os.ReadFile(filepath.Join(dir, "in"))
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		out := &told{Env: map[string]string{}}
		if err == nil {
			err = json.Unmarshal(in, &out.Report)
		}
		env, enverr := os.ReadFile(filepath.Join(dir, "env"))
		if err = errors.Join(err, enverr); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(env)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			out.Env[key] = value
		}
		return out
	}
}

// metric reads one series of a metrics file, "" where it has none.
func metric(t *testing.T, path, series string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, series+" "); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// TestNobodyIsToldOfAGoodNight and not of a page that failed, which the next night asks again.
func TestNobodyIsToldOfAGoodNight(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	command, read := listener(t)
	file := filepath.Join(t.TempDir(), "infocus.prom")
	c.crawl("--notify-command", command, "--metrics-file", file).want(t, exitDone, "complete")
	if n := read(); n != nil {
		t.Errorf("told %+v", n)
	}
	if metric(t, file, "infocus_articles") != fmt.Sprint(c.articles()) || metric(t, file, "infocus_trusted") != "1" || metric(t, file, "infocus_run_exit_code") != "0" {
		text, _ := os.ReadFile(file)
		t.Errorf("metrics:\n%s", text)
	}
	c.site.Inject(replica.Fault{Kind: replica.FaultLogin, Pattern: "/" + c.site.Articles()[0].Path})
	c.crawl("--full", "--notify-command", command, "--metrics-file", file).want(t, exitPartial, "login")
	if n := read(); n != nil {
		t.Errorf("told of one page: %+v", n)
	}
	if metric(t, file, `infocus_run_failures{reason="login"}`) != "1" || metric(t, file, "infocus_run_exit_code") != "3" {
		t.Error("the failure is not in the metrics")
	}
}

// TestAnAlarmIsTold with the report, and its codes in the environment.
func TestAnAlarmIsTold(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.crawl().want(t, exitDone, "complete")
	c.site.RemoveVerdicts(true)
	command, read := listener(t)
	file := filepath.Join(t.TempDir(), "infocus.prom")
	c.crawl("--full", "--notify-command", command, "--metrics-file", file).want(t, exitPartial, "extraction-dropped")
	n := read()
	if n == nil || n.Report.Run != 2 || n.Report.ExitCode != 3 || len(n.Report.Alarms) != 1 || n.Report.Pages == 0 || n.Report.Archive != c.dir {
		t.Fatalf("told %+v, want the report of run 2", n)
	}
	if n.Env["INFOCUS_EXIT_CODE"] != "3" || n.Env["INFOCUS_ALARMS"] != "extraction-dropped" || n.Env["INFOCUS_ARCHIVE"] != c.dir ||
		n.Env["INFOCUS_PROBLEMS"] != "extraction-dropped" {
		t.Errorf("environment %v", n.Env)
	}
	if metric(t, file, `infocus_alarm{code="extraction-dropped"}`) != "1" || metric(t, file, `infocus_field_ratio{field="verdict"}`) != "0" {
		t.Error("the alarm is not in the metrics")
	}
}

// TestARunThatCouldNotGoOnIsTold with its error, since there is no report.
func TestARunThatCouldNotGoOnIsTold(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	if err := os.WriteFile(c.dir, []byte("a file"), 0o644); err != nil {
		t.Fatal(err)
	}
	command, read := listener(t)
	file := filepath.Join(t.TempDir(), "infocus.prom")
	c.crawl("--notify-command", command, "--metrics-file", file).want(t, exitFailed, "not a directory")
	n := read()
	if n == nil || n.Report.ExitCode != 1 || !strings.Contains(n.Report.Error, "not a directory") || n.Env["INFOCUS_EXIT_CODE"] != "1" || n.Env["INFOCUS_ALARMS"] != "" {
		t.Errorf("told %+v", n)
	}
	if metric(t, file, "infocus_run_exit_code") != "1" {
		t.Error("the failure is not in the metrics")
	}
}

// TestASecondNightTellsNobody since the first is at work, and tells.
func TestASecondNightTellsNobody(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	release, err := archive.Hold(archive.Dir(c.dir))
	if err != nil {
		t.Fatal(err)
	}
	command, read := listener(t)
	file := filepath.Join(t.TempDir(), "infocus.prom")
	c.crawl("--notify-command", command, "--metrics-file", file).want(t, exitLocked, "process")
	if n := read(); n != nil {
		t.Errorf("told %+v", n)
	}
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("metrics were written: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

// TestAnInterruptedNightHasMetricsAndTellsNobody since a person stopped it, or a shutdown.
func TestAnInterruptedNightHasMetricsAndTellsNobody(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		for ctx.Err() == nil && len(c.site.Log()) < 15 {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	command, read := listener(t)
	file := filepath.Join(t.TempDir(), "infocus.prom")
	c.crawlCtx(ctx, "--delay", "5ms", "--notify-command", command, "--metrics-file", file).want(t, exitInterrupted, "")
	if n := read(); n != nil {
		t.Errorf("told %+v", n)
	}
	if metric(t, file, "infocus_run_exit_code") != "130" || metric(t, file, "infocus_run_complete") != "0" {
		t.Error("the interruption is not in the metrics")
	}
}

// TestACommandThatFailsChangesNothing about the night.
func TestACommandThatFailsChangesNothing(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.crawl().want(t, exitDone, "complete")
	c.site.RemoveVerdicts(true)
	r := c.crawl("--full", "--json", "--notify-command", "echo out; echo no mail today >&2; exit 7")
	r.want(t, exitPartial, "exit status 7")
	if !strings.Contains(r.stderr, "no mail today") || !json.Valid([]byte(r.stdout)) {
		t.Errorf("what the command printed is not in the log, or on stdout:\n%s\n%s", r.stdout, r.stderr)
	}
}

// TestACommandIsBounded with all that it started.
func TestACommandIsBounded(t *testing.T) {
	t.Parallel()
	n := &notice{ExitCode: 1, Error: "no"}
	mark := filepath.Join(t.TempDir(), "mark")
	for name, tc := range map[string]struct{ command, says string }{
		"it hangs":                {"sleep 60", "may take 200ms"},
		"what it started hangs":   {"(sleep 1; touch '" + mark + "') & sleep 60", "may take 200ms"},
		"it does not read":        {"true", ""},
		"it leaves something":     {"exec >/dev/null 2>&1; sleep 0.3 & exit 0", ""},
		"it is not there":         {"/no/such/command", "not found"},
		"it prints without end":   {"yes | head -c 1000000; exit 3", "exit status 3"},
		"it cannot even be begun": {"(", "yntax"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begun := time.Now()
			limit := 2500 * time.Millisecond
			if strings.Contains(tc.says, "200ms") {
				limit = 200 * time.Millisecond
			}
			err := n.sendWithin(t.Context(), limit, tc.command, os.Environ())
			if (err == nil) != (tc.says == "") || (err != nil && !strings.Contains(err.Error(), tc.says)) {
				t.Errorf("%v, want %q", err, tc.says)
			}
			if err != nil && len(err.Error()) > notifyOutput+200 {
				t.Errorf("an error of %d bytes", len(err.Error()))
			}
			if took := time.Since(begun); took > 2*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
	t.Cleanup(func() {
		time.Sleep(1200 * time.Millisecond)
		if _, err := os.Stat(mark); err == nil {
			t.Error("what the command had started went on")
		}
	})
}

// TestWhoHasToBeTold goes by report, error and status.
func TestWhoHasToBeTold(t *testing.T) {
	t.Parallel()
	alarm := []archive.Alarm{{Code: archive.AlarmMassMissing}, {Code: archive.AlarmKeepsFail}}
	problem := &health.Status{Problems: []health.Finding{{Code: "disk"}}}
	for _, tc := range []struct {
		name   string
		report *archive.Report
		code   int
		err    error
		status *health.Status
		want   bool
	}{
		{"all is well", &archive.Report{}, 0, nil, &health.Status{}, false},
		{"pages failed", &archive.Report{Failed: 3}, 3, &statusError{code: 3}, &health.Status{}, false},
		{"an alarm", &archive.Report{Alarms: alarm}, 3, &statusError{code: 3}, &health.Status{}, true},
		{"a problem of the archive", &archive.Report{}, 0, nil, problem, true},
		{"no report", nil, 1, errors.New("no"), nil, true},
		{"wrong usage from cron", nil, 2, errors.New("no"), nil, true},
	} {
		n := newNotice("x", tc.report, tc.code, tc.err, tc.status)
		if n.needed() != tc.want {
			t.Errorf("%s: needed is %v", tc.name, n.needed())
		}
	}
	if n := newNotice("x", &archive.Report{Alarms: alarm}, 3, nil, problem); n.alarms() != "mass-missing,keeps-failing" || n.problems() != "disk" {
		t.Errorf("codes %q and %q", n.alarms(), n.problems())
	}
}

// TestWhatIsWrongWithTheWatchersIsSaidBeforeTheFirstPage and before an archive is made.
func TestWhatIsWrongWithTheWatchersIsSaidBeforeTheFirstPage(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	c.crawl("--metrics-listen", taken.Addr().String()).want(t, exitFailed, "address already in use")
	c.crawl("--metrics-listen", "nonsense").want(t, exitUsage, "127.0.0.1:9807")
	c.crawl("--metrics-file", filepath.Join(t.TempDir(), "none", "x.prom")).want(t, exitFailed, "--metrics-file")
	if n := len(c.site.Log()); n != 0 {
		t.Errorf("the site was asked %d times", n)
	}
	if _, err := os.Stat(c.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an archive was made: %v", err)
	}
}

// lines lets a test read a log while it is written.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) find(pattern *regexp.Regexp) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if m := pattern.FindStringSubmatch(l.text.String()); m != nil {
		return m[1]
	}
	return ""
}

// TestMetricsAreServedWhileTheCrawlRuns and nothing is left of it afterwards. Not parallel: it counts goroutines.
func TestMetricsAreServedWhileTheCrawlRuns(t *testing.T) {
	before := goleak.IgnoreCurrent()
	c := newConsole(t)
	log := &lines{}
	a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: log, getenv: func(string) string { return "" }}
	done := make(chan int)
	go func() {
		done <- a.run(t.Context(), []string{"crawl", "--base-url", c.site.URL(), "--delay", "4ms", "--archive", c.dir, "--metrics-listen", "127.0.0.1:0"})
	}()
	address := regexp.MustCompile(`"address":"([0-9.:]+)"`)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Second}
	pages := regexp.MustCompile(`(?m)^infocus_crawl_pages_total ([1-9]\d*)$`)
	seen, code := "", -1
	for code < 0 {
		select {
		case code = <-done:
			continue
		case <-time.After(5 * time.Millisecond):
		}
		if at := log.find(address); at != "" && seen == "" {
			res, err := client.Get("http://" + at + "/metrics")
			if err != nil {
				continue
			}
			text, _ := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if m := pages.FindStringSubmatch(string(text)); m != nil {
				seen = m[1]
			}
		}
	}
	if code != exitDone || seen == "" {
		t.Errorf("exit code %d; pages seen while it ran: %q", code, seen)
	}
	if err := c.site.Close(); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, before)
}
