package crawler_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"infocus/archive"
	"infocus/crawler"
	"infocus/crawler/polite/politetest"
	"infocus/crawler/replica"
)

// clock is a night's clock for tests: waiting takes no time, and the week of the replica is the newest.
func clock() *politetest.Clock {
	return politetest.NewClock(time.Date(2025, 1, 20, 2, 0, 0, 0, time.UTC))
}

// asked counts the requests of the replica's log by what they were for.
func asked(s *replica.Server) map[replica.Page]int {
	out := map[replica.Page]int{}
	for _, r := range s.Log() {
		out[r.Page]++
	}
	return out
}

// TestANightWithNothingNewAsksListingHeadsAndDueArticles is the promise to the site.
func TestANightWithNothingNewAsksListingHeadsAndDueArticles(t *testing.T) {
	t.Parallel()
	for _, shape := range []replica.Archive{replica.ArchiveSections, replica.ArchiveWeeks} {
		t.Run(string(shape), func(t *testing.T) {
			t.Parallel()
			s := start(t, replica.Options{Weeks: 30, Archive: shape})
			dir, c := archive.Dir(t.TempDir()), clock()
			o := options(t, s)
			o.Clock = c
			first := night(t, dir, o)
			heads := len(first.Listings)
			c.Advance(24 * time.Hour)
			s.ResetLog()
			second := night(t, dir, o)
			n := asked(s)
			due := second.NotModified + second.Unchanged
			if young := youngArticles(s, c.Now()); due != young {
				t.Errorf("%d known articles asked, %d are young", due, young)
			}
			if got := n[replica.PageHome] + n[replica.PageIndex] + n[replica.PageListing] + n[replica.PageWeek]; got > heads {
				t.Errorf("%d listing pages asked, there are %d listings", got, heads)
			}
			if n[replica.PageArticle] != due || n[replica.PageText]+n[replica.PageUnknown] != 0 {
				t.Errorf("asked %v, want %d articles and nothing beside", n, due)
			}
			if second.New+second.Changed+second.Failed != 0 || second.NotModified != due {
				t.Errorf("second night: %+v", second)
			}
			holdNoPayload(t, dir, second.Run)
			whole(t, dir)
		})
	}
}

// youngArticles counts those within the two weeks in which an article is asked every night: since the end of its
// week, or since it was first seen where it prints none.
func youngArticles(s *replica.Server, now time.Time) int {
	n := 0
	for _, a := range s.Articles() {
		end, err := time.Parse(time.DateOnly, a.PeriodEnd)
		if a.Status == 200 && (err != nil || now.Sub(end.AddDate(0, 0, 1)) < 14*24*time.Hour) {
			n++
		}
	}
	return n
}

// holdNoPayload wants a run to have stored revisits alone.
func holdNoPayload(t *testing.T, dir archive.Dir, run int) {
	t.Helper()
	err := archive.View(dir, func(ix *archive.Index) error {
		return ix.EachAddress(func(_ string, a *archive.Address) error {
			return ix.Captures(a.Key, func(e *archive.Entry) error {
				if e.Run == run && e.Status == 200 && !e.Revisit && e.PayloadBytes > 0 {
					t.Errorf("%s: a payload was stored again", e.URL)
				}
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWhatIsPublishedAndChangedIsFoundTheNextNight covers new weeks, edits, and take-downs.
func TestWhatIsPublishedAndChangedIsFoundTheNextNight(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 12})
	dir, c := archive.Dir(t.TempDir()), clock()
	o := options(t, s)
	o.Clock = c
	night(t, dir, o)
	published, err := s.PublishWeek()
	if err != nil {
		t.Fatal(err)
	}
	c.Advance(24 * time.Hour)
	r := night(t, dir, o)
	if r.New != len(published) {
		t.Errorf("%d new articles, %d were published", r.New, len(published))
	}
	edited, moved, gone := changeSite(t, s)
	o.Full = true
	for range 3 {
		c.Advance(25 * time.Hour)
		r = night(t, dir, o)
	}
	all := records(t, dir, true)
	if _, ok := all["belarusinfocus/"+edited+"#2"]; !ok {
		t.Errorf("%s has no second revision", edited)
	}
	if rec := records(t, dir, false)["belarusinfocus/"+gone]; rec.GoneSince.IsZero() {
		t.Errorf("%s is not gone", gone)
	}
	to, _ := s.Article(moved)
	rec := records(t, dir, false)["belarusinfocus/"+to.Path]
	if !slices.Contains(rec.Aliases, "belarusinfocus/"+moved) || rec.Revisions != 1 {
		t.Errorf("moved article: aliases %v, %d revisions; want %s and one", rec.Aliases, rec.Revisions, moved)
	}
	if r.ExitCode != 0 {
		t.Errorf("exit code %d: %+v %+v", r.ExitCode, r.Failures, r.Alarms)
	}
	whole(t, dir)
}

// TestListingsThatShiftLoseNothing publishes and takes down articles while the listings are read.
func TestListingsThatShiftLoseNothing(t *testing.T) {
	t.Parallel()
	for _, del := range []bool{false, true} {
		s := start(t, replica.Options{Weeks: 40, Shift: replica.Shift{Every: 3, Delete: del, Limit: 6}})
		dir, c := archive.Dir(t.TempDir()), clock()
		o := options(t, s)
		o.Clock = c
		night(t, dir, o)
		for range 2 {
			c.Advance(24 * time.Hour)
			night(t, dir, o)
		}
		have := records(t, dir, false)
		for _, a := range s.Articles() {
			if _, ok := have["belarusinfocus/"+a.Path]; !ok && a.Status == 200 {
				t.Errorf("delete %v: %s was lost", del, a.Path)
			}
		}
		whole(t, dir)
	}
}

// TestAnInterruptedNightGoesOn stops runs after some pages and counts what is asked twice.
func TestAnInterruptedNightGoesOn(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 10})
	dir, c := archive.Dir(t.TempDir()), clock()
	o := options(t, s)
	o.Clock = c
	for {
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		o.Progress = func(crawler.Progress) {
			if n++; n == 17 {
				cancel()
			}
		}
		r, err := crawler.Run(ctx, dir, o)
		interrupted := ctx.Err() != nil
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		if interrupted && r.Ended != "complete" && r.ExitCode != 130 {
			t.Fatalf("interrupted run: %+v", r)
		}
		if !interrupted {
			break
		}
	}
	seen := map[string]int{}
	for _, r := range s.Log() {
		if r.Status == 200 && r.Fault == "" {
			seen[r.URI]++
		}
	}
	for uri, times := range seen {
		if times > 1 {
			t.Errorf("%s was asked %d times", uri, times)
		}
	}
	if have, want := len(records(t, dir, false)), live(s); have != want {
		t.Errorf("%d records, want %d", have, want)
	}
	whole(t, dir)
}

func live(s *replica.Server) int {
	n := 0
	for _, a := range s.Articles() {
		if a.Status == 200 {
			n++
		}
	}
	return n
}

// TestMassDisappearanceIsAnAlarmAndNoDeletion covers 404s, redirects to the home page, and a parked domain.
func TestMassDisappearanceIsAnAlarmAndNoDeletion(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*replica.Server){
		"404s":              func(s *replica.Server) { s.MassGone(404) },
		"redirects to home": func(s *replica.Server) { s.RedirectAllToHome(true) },
		"parked":            func(s *replica.Server) { s.Park(true) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, replica.Options{Weeks: 8})
			dir, c := archive.Dir(t.TempDir()), clock()
			o := options(t, s)
			o.Clock = c
			night(t, dir, o)
			before := len(records(t, dir, false))
			spoil(s)
			for range 3 {
				c.Advance(25 * time.Hour)
				r := night(t, dir, o)
				if r.ExitCode != 3 || len(r.Alarms) == 0 {
					t.Errorf("exit code %d, alarms %+v; want an alarm", r.ExitCode, r.Alarms)
				}
			}
			after := records(t, dir, false)
			for id, r := range after {
				if !r.GoneSince.IsZero() {
					t.Errorf("%s counts as gone", id)
				}
			}
			if len(after) != before {
				t.Errorf("%d records, before there were %d", len(after), before)
			}
			whole(t, dir)
		})
	}
}

// TestARedesignThatHidesVerdictsIsNamed holds the share of each field against the usual one.
func TestARedesignThatHidesVerdictsIsNamed(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 10})
	dir, c := archive.Dir(t.TempDir()), clock()
	o := options(t, s)
	o.Clock = c
	night(t, dir, o)
	s.RemoveVerdicts(true)
	c.Advance(24 * time.Hour)
	o.Full = true
	r := night(t, dir, o)
	if r.ExitCode != 3 || len(r.Alarms) != 1 || !strings.Contains(r.Alarms[0].Text, "verdict found on 0 %") {
		t.Errorf("exit code %d, alarms %+v; want the verdicts named", r.ExitCode, r.Alarms)
	}
	if r.Changed != 0 {
		t.Errorf("%d articles changed; a layout that prints no verdict is no change", r.Changed)
	}
}

// TestRobotsThatCannotBeHadEndTheNight treats 5xx as "do not crawl now".
func TestRobotsThatCannotBeHadEndTheNight(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 3, Robots: replica.Robots{Status: 503}})
	dir := archive.Dir(t.TempDir())
	o := options(t, s)
	o.Clock = clock()
	r := night(t, dir, o)
	if r.ExitCode != 3 || r.Ended != "robots" {
		t.Errorf("exit code %d, ended %q; want 3 and robots", r.ExitCode, r.Ended)
	}
	if n := asked(s); n[replica.PageRobots] == 0 || len(n) != 1 {
		t.Errorf("asked %v, want robots.txt alone", n)
	}
}

// TestRobotsAreObeyed also for redirects, with Crawl-delay, and asked once.
func TestRobotsAreObeyed(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 3, Robots: replica.Robots{Disallow: []string{"/security-issues/"}, CrawlDelay: "7"}})
	s.Inject(replica.Fault{Kind: replica.FaultRedirect, Pattern: "/about-monitoring", Target: "/security-issues/secret"})
	dir := archive.Dir(t.TempDir())
	o := options(t, s)
	o.Clock = clock()
	r := night(t, dir, o)
	if r.ExitCode != 0 {
		t.Errorf("exit code %d: %+v", r.ExitCode, r.Failures)
	}
	robots := 0
	for _, q := range s.Log() {
		if strings.HasPrefix(q.URI, "/security-issues/") {
			t.Errorf("%s was asked", q.URI)
		}
		if q.Page == replica.PageRobots {
			robots++
		}
		if q.InFlight > 1 {
			t.Errorf("%d requests at once", q.InFlight)
		}
	}
	if robots != 1 {
		t.Errorf("robots.txt was asked %d times", robots)
	}
	if r.Politeness.CrawlDelay != 7 || r.Politeness.SmallestGap < 7 {
		t.Errorf("politeness %+v, want 7 seconds between requests", r.Politeness)
	}
	if r.Politeness.RobotsRefused == 0 {
		t.Error("no refusal is reported")
	}
}

// TestASecondWriterIsRefusedAtOnce while readers are not.
func TestASecondWriterIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 4})
	dir := archive.Dir(t.TempDir())
	o := options(t, s)
	o.Clock = clock()
	tried := false
	o.Progress = func(p crawler.Progress) {
		if p.Pages != 20 || tried {
			return
		}
		tried = true
		second := o
		second.Progress = nil
		var locked *archive.LockedError
		if _, err := crawler.Run(context.Background(), dir, second); !errors.As(err, &locked) || locked.PID == 0 {
			t.Errorf("second writer: %v, want a LockedError with a process id", err)
		}
		export(t, dir, true)
		whole(t, dir)
	}
	night(t, dir, o)
	if !tried {
		t.Error("the second writer was never tried")
	}
}

// TestAMirrorIsAskedInsteadOfTheSite follows links to the site's own hosts at the mirror.
func TestAMirrorIsAskedInsteadOfTheSite(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 4, PublicURL: "https://belarusinfocus.info"})
	dir := archive.Dir(t.TempDir())
	o := options(t, s)
	o.Clock = clock()
	r := night(t, dir, o)
	if r.ExitCode != 0 || len(records(t, dir, false)) != live(s) {
		t.Errorf("exit code %d, %d records of %d: %s %+v", r.ExitCode, len(records(t, dir, false)), live(s), r.Why, r.Failures)
	}
}
