package crawler_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"infocus/archive"
	"infocus/archive/warc"
	"infocus/crawler"
	"infocus/crawler/polite/politetest"
)

const (
	oneDay   = 24 * time.Hour
	tenYears = 10 * 365 * oneDay
)

// TestAClockThatJumpsBetweenNightsLosesNothing sets the clock before each of some nights. In each, two articles are new, and
// an old one changes.
func TestAClockThatJumpsBetweenNightsLosesNothing(t *testing.T) {
	t.Parallel()
	for name, jumps := range map[string][]time.Duration{
		"back an hour":             {oneDay, -time.Hour, oneDay, oneDay},
		"back three days":          {oneDay, -3 * oneDay, oneDay, 3 * oneDay, oneDay},
		"back to 1970":             {-time.Duration(1737338400) * time.Second, oneDay, 55 * 365 * oneDay, oneDay},
		"far forward and back":     {tenYears, -tenYears + oneDay, oneDay, oneDay},
		"far forward for long":     {tenYears, oneDay, oneDay, -tenYears, oneDay, oneDay},
		"forth and back each time": {25 * oneDay, -24 * oneDay, 25 * oneDay, -24 * oneDay, 25 * oneDay},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTinySite(t, 5)
			dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
			o.Clock = c
			night(t, dir, o)
			for i, jump := range jumps {
				c.Advance(jump)
				s.publish(2)
				s.revise(s.articles[3])
				s.log()
				r := night(t, dir, o)
				if r.ExitCode != 0 || r.Resumed || r.Seconds < 0 {
					t.Errorf("night %d: exit code %d, resumed %v, %v s: %+v %+v", i+2, r.ExitCode, r.Resumed, r.Seconds, r.Failures, r.Alarms)
				}
				if c.Now().Year() > 1970 { // a listing that prints no years is read wrong then
					s.holds(t, dir)
				}
				saneHistories(t, dir)
			}
			if list := askedNext(t, s, dir, o, c); !slices.Contains(list, tinyListing) {
				t.Errorf("asked %v; want the listing too", list)
			}
			serialsGrow(t, dir)
			rebuildIsEqual(t, dir)
		})
	}
}

// askedNext gives what one more night asks, a day later.
func askedNext(t *testing.T, s *tinySite, dir archive.Dir, o crawler.Options, c *politetest.Clock) []string {
	t.Helper()
	c.Advance(oneDay)
	s.log()
	night(t, dir, o)
	return s.pages()
}

// saneHistories wants revisions numbered in order of time, none that ends before it begins, and none gone.
func saneHistories(t *testing.T, dir archive.Dir) {
	t.Helper()
	seen, all := map[string]time.Time{}, records(t, dir, true)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		r := all[key]
		switch {
		case r.LastSeen.Before(r.FirstSeen):
			t.Errorf("%s was last seen before it was first seen", key)
		case r.FirstSeen.Before(seen[r.ID]):
			t.Errorf("%s begins before the revision that it follows", key)
		case !r.GoneSince.IsZero():
			t.Errorf("%s is gone", key)
		}
		seen[r.ID] = r.FirstSeen
	}
}

func serialsGrow(t *testing.T, dir archive.Dir) {
	t.Helper()
	files, err := warc.Files(dir.WARC())
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if f.Serial != i+1 || f.Seal == "" {
			t.Errorf("file %d is %s with serial %d, seal %q", i+1, f.Name, f.Serial, f.Seal)
		}
	}
}

// TestAClockThatJumpsWithinANight sets the clock while pages are asked, and between their tries.
func TestAClockThatJumpsWithinANight(t *testing.T) {
	t.Parallel()
	for name, jumps := range map[string]map[int]time.Duration{
		"back an hour":             {4: -time.Hour},
		"back a year":              {2: -365 * oneDay},
		"back again and again":     {2: -oneDay, 4: -oneDay, 6: -oneDay, 8: -oneDay},
		"far forward":              {4: tenYears},
		"far forward and back":     {3: tenYears, 8: -tenYears},
		"back to before the night": {5: -21 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTinySite(t, 8)
			dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
			o.Clock, o.Delay, o.MaxFile = c, time.Second, 4<<10
			s.answer("/security-issues/"+s.articles[2], answer{status: 503}, answer{status: 503}, answer{status: 200})
			pages := 0
			o.Progress = func(crawler.Progress) { pages++; c.Advance(jumps[pages]) }
			r := night(t, dir, o)
			if r.ExitCode != 0 || r.New != 8 || r.Seconds < 0 {
				t.Errorf("exit code %d, %d new, %v s: %+v %+v", r.ExitCode, r.New, r.Seconds, r.Failures, r.Alarms)
			}
			if total := sum(c.Sleeps()); total > 5*time.Minute {
				t.Errorf("the night waited %v", total)
			}
			if a := addressOf(t, dir, s.URL+"/security-issues/"+s.articles[2]); a.Outcome != archive.OutcomeOK || a.Failures != 0 {
				t.Errorf("%+v; want the last answer to count", a)
			}
			s.holds(t, dir)
			serialsGrow(t, dir)
			saneHistories(t, dir)
			c.Advance(oneDay)
			o.Progress = nil
			s.publish(1)
			if r := night(t, dir, o); r.ExitCode != 0 || r.New != 1 {
				t.Errorf("the night after: exit code %d, %d new: %+v %+v", r.ExitCode, r.New, r.Failures, r.Alarms)
			}
			rebuildIsEqual(t, dir)
		})
	}
}

func sum(list []time.Duration) (total time.Duration) {
	for _, d := range list {
		total += d
	}
	return total
}

// TestABrokenNightGoesOnWhereTheClockWasSet starts the next run with the clock set back or forward.
func TestABrokenNightGoesOnWhereTheClockWasSet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		jump    time.Duration
		resumed bool
	}{
		"back a minute":     {-time.Minute, true},
		"back some hours":   {-19 * time.Hour, true},
		"back a day":        {-oneDay, false},
		"back ten years":    {-tenYears, false},
		"forward an hour":   {time.Hour, true},
		"forward ten years": {tenYears, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTinySite(t, 8)
			dir, o, cl := archive.Dir(t.TempDir()), s.options(t), clock()
			o.Clock = cl
			dir = stopAt(t, dir, o, onPage(7))
			cl.Advance(c.jump)
			r := night(t, dir, o)
			if r.Resumed != c.resumed || r.ExitCode != 0 {
				t.Errorf("resumed %v, exit code %d; want %v and 0", r.Resumed, r.ExitCode, c.resumed)
			}
			if asked := s.pages(); c.resumed && len(slices.Compact(slices.Sorted(slices.Values(asked)))) != len(asked) {
				t.Errorf("asked %v; want nothing twice", asked)
			}
			s.holds(t, dir)
			serialsGrow(t, dir)
		})
	}
}

// TestANightInTheFutureStarvesNoArticle has all articles asked by a clock years ahead. When the clock is right again, each
// is asked in its turn, though the budget is small.
func TestANightInTheFutureStarvesNoArticle(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 6)
	dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
	o.Clock = c
	night(t, dir, o)
	c.Advance(tenYears)
	o.Full = true
	night(t, dir, o)
	o.Full, o.Budget = false, 2
	c.Advance(-tenYears)
	s.log()
	for range 3 {
		c.Advance(oneDay)
		night(t, dir, o)
	}
	var asked []string
	for _, address := range s.pages() {
		if strings.HasPrefix(address, "/security-issues/") {
			asked = append(asked, address)
		}
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(asked)))); n != 6 || len(asked) != 6 {
		t.Errorf("asked %v; want each of the 6 articles once", asked)
	}
	saneHistories(t, dir)
	whole(t, dir)
}

// TestWhatWasAskedInTheFutureIsAskedAgain covers robots.txt and an address that failed then.
func TestWhatWasAskedInTheFutureIsAskedAgain(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	dir, o := archive.Dir(t.TempDir()), s.options(t)
	bad := "/security-issues/" + s.articles[1]
	s.answer(bad, answer{status: 500})
	o.Clock = politetest.NewClock(clock().Now().Add(tenYears))
	if _, err := crawler.Run(context.Background(), dir, o); err != nil {
		t.Fatal(err)
	}
	s.answer(bad)
	s.publish(1)
	s.log()
	o.Clock = clock()
	if r := night(t, dir, o); r.ExitCode != 0 || r.New != 2 {
		t.Errorf("exit code %d, %d new: %+v %+v", r.ExitCode, r.New, r.Failures, r.Alarms)
	}
	if asked := s.log(); asked[0] != "/robots.txt" || asked[1] != bad {
		t.Errorf("asked %v; want robots.txt and the failed address first", asked)
	}
	if a := addressOf(t, dir, s.URL+bad); a.Failures != 0 || a.Asked > clock().Now().Add(oneDay).UnixMilli() {
		t.Errorf("%+v; want the last answer to count", a)
	}
	s.holds(t, dir)
	rebuildIsEqual(t, dir)
}
