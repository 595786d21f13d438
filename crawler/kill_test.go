package crawler_test

import (
	"testing"
	"time"

	"infocus/archive"
	"infocus/crawler"
	"infocus/crawler/replica"
)

// killedNight is a night of a test: after a change of the site, with all pages asked, left unfinished for the next night.
type killedNight struct {
	change, full, abandon bool
}

// killedNights runs some nights twice: in processes that are killed, and undisturbed; then it compares what is left of
// both. More nights like the last one follow until enough were killed.
func killedNights(t *testing.T, o replica.Options, seed uint64, nights []killedNight, perNight, enough int) {
	t.Helper()
	o.CacheBytes = 1 << 30
	site := start(t, o)
	k := newKiller(t, site, seed)
	undisturbed := archive.Dir(t.TempDir())
	asked := 0
	for i := 0; i < len(nights) || (k.killed() < enough && i < 20); i++ {
		n := nights[min(i, len(nights)-1)]
		if n.change {
			changeSite(t, site)
		}
		run := order{Offset: time.Duration(i) * 25 * time.Hour, Full: n.full}
		peaceful := options(t, site)
		peaceful.Clock, peaceful.Full, peaceful.MaxFile = shiftedClock{run.Offset}, run.Full, 24<<10
		site.ResetLog()
		peacefulNight(t, undisturbed, peaceful, i)
		site.ResetLog()
		before := k.killed()
		k.night(t, run, perNight, n.abandon)
		t.Logf("night %d: killed %d times, %d requests, %d of them again", i+1, k.killed()-before, len(site.Log()), twice(site))
		if again := twice(site); again > k.killed()-before {
			t.Errorf("night %d: %d pages were asked twice after %d kills", i+1, again, k.killed()-before)
		}
		asked += len(site.Log())
	}
	asked += k.rest(t)
	k.tell(t)
	if k.killed() < enough {
		t.Errorf("%d kills, want %d", k.killed(), enough)
	}
	sameExports(t, export(t, k.dir, true), export(t, undisturbed, true))
	if n := stored(t, k.dir); n < k.acked || n < asked-k.killed() {
		t.Errorf("%d captures are stored; %d were acknowledged, and %d asked with %d kills", n, k.acked, asked, k.killed())
	}
	whole(t, k.dir)
	rebuildIsEqual(t, k.dir)
}

func peacefulNight(t *testing.T, dir archive.Dir, o crawler.Options, i int) {
	t.Helper()
	if r := night(t, dir, o); r.ExitCode != 0 {
		t.Fatalf("undisturbed night %d: exit code %d, %+v %+v", i+1, r.ExitCode, r.Failures, r.Alarms)
	}
}

// TestKilledNightsLoseNothing is the short form of the test in kill_slow_test.go.
func TestKilledNightsLoseNothing(t *testing.T) {
	t.Parallel()
	nights := []killedNight{{}, {change: true, full: true, abandon: true}, {full: true}, {full: true}} // what went is gone after two nights
	killedNights(t, replica.Options{Weeks: 4}, 1, nights, 1, 2)
}
