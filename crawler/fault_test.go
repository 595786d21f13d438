package crawler_test

import (
	"strings"
	"testing"
	"time"

	"infocus/archive"
	"infocus/archive/capture"
	"infocus/archive/record"
	"infocus/crawler/polite/politetest"
	"infocus/crawler/replica"
	"infocus/crawler/transport"
	"infocus/extract/profile"
)

// short are time-outs that a test can wait for. Only the faults that are time-outs need them.
func short() transport.Timeouts {
	return transport.Timeouts{Header: 300 * time.Millisecond, StallWindow: 300 * time.Millisecond, StallBytes: 1 << 10}
}

// faultyNight crawls a site of which one article is faulty. On a busy machine a short time-out can strike a page that is
// well: then the night does not count, and the next one, in an archive of its own, has longer ones.
func faultyNight(t *testing.T, s *replica.Server, faulty string, limits transport.Timeouts) (archive.Dir, *archive.Report) {
	t.Helper()
	for {
		dir, o := archive.Dir(t.TempDir()), options(t, s)
		o.Clock, o.Timeouts = politetest.NewClock(time.Date(2025, 1, 22, 1, 0, 0, 0, time.UTC)), limits
		r := night(t, dir, o)
		if limits.Header == 0 || limits.Header > 15*time.Second || !struckOthers(t, dir, faulty) {
			return dir, r
		}
		limits.Header, limits.StallWindow = 4*limits.Header, 4*limits.StallWindow
		t.Logf("the machine is too slow: again with time-outs of %v", limits.Header)
	}
}

// struckOthers says whether a request for anything but the faulty article timed out.
func struckOthers(t *testing.T, dir archive.Dir, faulty string) bool {
	t.Helper()
	struck := false
	err := archive.View(dir, func(ix *archive.Index) error {
		return ix.EachAddress(func(address string, a *archive.Address) error {
			if strings.Contains(address, faulty) {
				return nil
			}
			return ix.Captures(a.Key, func(e *archive.Entry) error {
				struck = struck || e.Failure == capture.FailTimeout
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return struck
}

// TestEachFaultEndsInANamedOutcome gives each of a site's articles another fault. The faulty ones fail by name, or
// heal within the night; all others come out as if nothing had happened.
func TestEachFaultEndsInANamedOutcome(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		fault  replica.Fault
		reason string // "": the night heals it
		tries  int
	}{
		{"500 always", replica.Fault{Kind: replica.FaultStatus, Status: 500}, "status-500", 3},
		{"503 once", replica.Fault{Kind: replica.FaultStatus, Status: 503, Times: 1}, "", 2},
		{"429 with seconds", replica.Fault{Kind: replica.FaultStatus, Status: 429, RetryAfter: "7", Times: 1}, "", 2},
		{"429 with a date", replica.Fault{Kind: replica.FaultStatus, Status: 429, RetryAfter: "Wed, 21 Oct 2015 07:28:00 GMT", Times: 1}, "", 2},
		{"reset", replica.Fault{Kind: replica.FaultReset}, "reset", 3},
		{"reset once", replica.Fault{Kind: replica.FaultReset, Times: 1}, "", 2},
		{"time-out", replica.Fault{Kind: replica.FaultHang}, "timeout", 3},
		{"trickle", replica.Fault{Kind: replica.FaultTrickle, Delay: 50 * time.Millisecond}, "timeout", 3},
		{"cut short", replica.Fault{Kind: replica.FaultCutShort}, "cut-short", 3},
		{"cut chunk", replica.Fault{Kind: replica.FaultCutChunk}, "cut-short", 3},
		{"length too long", replica.Fault{Kind: replica.FaultLengthTooLong}, "cut-short", 3},
		{"length too short", replica.Fault{Kind: replica.FaultLengthTooShort}, "false-length", 3},
		{"huge", replica.Fault{Kind: replica.FaultHuge}, "too-large", 1},
		{"gzip bomb", replica.Fault{Kind: replica.FaultGzipBomb}, "too-large-decoded", 1},
		{"broken gzip", replica.Fault{Kind: replica.FaultBrokenGzip}, "broken-encoding", 3},
		{"not gzip", replica.Fault{Kind: replica.FaultNotGzip}, "broken-encoding", 3},
		{"redirect loop", replica.Fault{Kind: replica.FaultRedirectLoop}, "redirect-loop", 2},
		{"redirect off site", replica.Fault{Kind: replica.FaultRedirectOffSite}, "redirect-off-site", 1},
		{"redirect to private", replica.Fault{Kind: replica.FaultRedirectPrivate}, "redirect-off-site", 1},
		{"redirect to home", replica.Fault{Kind: replica.FaultRedirect, Target: "/"}, "redirected-to-no-article", 1},
		{"empty", replica.Fault{Kind: replica.FaultEmpty}, "empty", 3},
		{"pdf", replica.Fault{Kind: replica.FaultPDF}, "not-html", 1},
		{"interstitial", replica.Fault{Kind: replica.FaultInterstitial}, "interstitial", 3},
		{"interstitial once", replica.Fault{Kind: replica.FaultInterstitial, Times: 1}, "", 2},
		{"login", replica.Fault{Kind: replica.FaultLogin}, "login", 1},
		{"invalid utf-8", replica.Fault{Kind: replica.FaultInvalidUTF8}, "", 1},
		{"nul", replica.Fault{Kind: replica.FaultNUL}, "", 1},
		{"deep divs", replica.Fault{Kind: replica.FaultDeepDivs}, "unreadable", 1},
		{"many links", replica.Fault{Kind: replica.FaultManyLinks}, "unreadable", 1},
		{"many headers", replica.Fault{Kind: replica.FaultManyHeaders}, "protocol", 3},
		{"not http", replica.Fault{Kind: replica.FaultNotHTTP}, "protocol", 3},
		{"gone at once", replica.Fault{Kind: replica.FaultStatus, Status: 404}, "status-404", 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, replica.Options{Weeks: 3, Plain: true})
			faulty := s.Articles()[4].Path
			tc.fault.Pattern = "/" + faulty
			s.Inject(tc.fault)
			limits := transport.Timeouts{}
			if tc.reason == "timeout" {
				limits = short()
			}
			dir, r := faultyNight(t, s, faulty, limits)
			holdFault(t, r, faulty, tc.reason, tc.tries)
			holdOthers(t, s, records(t, dir, false), faulty, tc.reason == "")
			whole(t, dir)
		})
	}
}

func holdFault(t *testing.T, r *archive.Report, faulty, reason string, tries int) {
	t.Helper()
	if reason == "" {
		if r.ExitCode != 0 || len(r.Failures) != 0 {
			t.Errorf("exit code %d, failures %+v, alarms %+v; want none", r.ExitCode, r.Failures, r.Alarms)
		}
		return
	}
	if r.ExitCode != 3 || len(r.Failures) != 1 {
		t.Fatalf("exit code %d, failures %+v, alarms %+v; want 3 and one", r.ExitCode, r.Failures, r.Alarms)
	}
	f := r.Failures[0]
	if !strings.Contains(f.URL, faulty) && reason != "redirect-loop" || f.Reason != reason {
		t.Errorf("failed is %+v, want %s at %s", f, reason, faulty)
	}
	if f.Tries != tries {
		t.Errorf("%d tries, want %d", f.Tries, tries)
	}
}

func holdOthers(t *testing.T, s *replica.Server, have map[string]record.Record, faulty string, healed bool) {
	t.Helper()
	for _, truth := range s.Articles() {
		_, ok := have[profile.Default+"/"+truth.Path]
		if truth.Path == faulty {
			if ok != healed {
				t.Errorf("record of the faulty article: %v, want %v", ok, healed)
			}
			continue
		}
		if !ok {
			t.Errorf("%s has no record", truth.Path)
		}
	}
}
