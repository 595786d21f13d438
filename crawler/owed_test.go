package crawler_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"infocus/archive"
	"infocus/crawler"
)

// asked gives the addresses asked since the last call, without robots.txt.
func (s *tinySite) pages() []string {
	return slices.DeleteFunc(s.log(), func(address string) bool { return address == "/robots.txt" })
}

func addressOf(t *testing.T, dir archive.Dir, address string) archive.Address {
	t.Helper()
	var a archive.Address
	err := archive.View(dir, func(ix *archive.Index) error {
		var err error
		a, _, err = ix.Address(address)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestFailedAddressesAreAskedFirstAndKeepTheirHistory lets an article fail for some nights, each for another reason.
func TestFailedAddressesAreAskedFirstAndKeepTheirHistory(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
	o.Clock = c
	bad := "/security-issues/" + s.articles[1]
	began := c.Now()
	for i, status := range []int{500, 503, 403, 404} {
		s.answer(bad, answer{status: status})
		s.log()
		r := night(t, dir, o)
		if r.ExitCode != 3 || len(r.Failures) != 1 || r.Failures[0].Reason != fmt.Sprintf("status-%d", status) {
			t.Errorf("night %d: exit code %d, failures %+v", i+1, r.ExitCode, r.Failures)
		}
		if asked := s.pages(); i > 0 && asked[0] != bad {
			t.Errorf("night %d began with %s, want %s", i+1, asked[0], bad)
		}
		c.Advance(25 * time.Hour)
	}
	a := addressOf(t, dir, s.URL+bad)
	if a.Failures != 8 || a.FailedSince < began.UnixMilli() || a.FailedSince > began.Add(time.Hour).UnixMilli() || a.Reason != "status-404" {
		t.Errorf("%+v; want 8 failures since the first night, the last with status-404", a)
	}
	s.answer(bad)
	if r := night(t, dir, o); r.ExitCode != 0 || r.New != 1 {
		t.Errorf("exit code %d, %d new: %+v; want the article", r.ExitCode, r.New, r.Failures)
	}
	if asked := s.pages(); asked[0] != bad {
		t.Errorf("the night began with %s, want %s", asked[0], bad)
	}
	if a := addressOf(t, dir, s.URL+bad); a.Failures != 0 || a.FailedSince != 0 {
		t.Errorf("%+v; want no failure after a good answer", a)
	}
	if got := statuses(t, dir, "belarusinfocus"+bad); got != "500 500 500 503 503 503 403 404 200" {
		t.Errorf("history %s", got)
	}
	s.holds(t, dir)
}

// statuses is the history of an article's address.
func statuses(t *testing.T, dir archive.Dir, id string) string {
	t.Helper()
	var list []string
	err := archive.View(dir, func(ix *archive.Index) error {
		return ix.Captures(id, func(e *archive.Entry) error {
			list = append(list, fmt.Sprint(e.Status))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, " ")
}

// TestARedirectToNoArticleIsOwedTheNextNight holds also where the night that met it was killed, stopped, or lost with its index.
func TestARedirectToNoArticleIsOwedTheNextNight(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil  func(*testing.T, archive.Dir, crawler.Options, func(crawler.Progress) bool) archive.Dir
		target string
	}{
		"after a whole night, to another page":     {target: "/events"},
		"after a whole night, to the home page":    {target: "/"},
		"after a whole night, to the listing":      {target: tinyListing},
		"after a whole night, off the site":        {target: "https://example.com/"},
		"after a killed night, to another page":    {target: "/events", spoil: killedAt},
		"after a killed night, to the home page":   {target: "/", spoil: killedAt},
		"after a stopped night, to another page":   {target: "/events", spoil: stopAt},
		"with its index lost, to another page":     {target: "/events", spoil: killedWithoutIndex},
		"with its index lost, to the home page":    {target: "/", spoil: killedWithoutIndex},
		"after a stopped night, to where it began": {target: "/security-issues/minsk-keeps-its-course-part-3", spoil: stopAt},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTinySite(t, 4)
			dir, o, cl := archive.Dir(t.TempDir()), s.options(t), clock()
			o.Clock = cl
			bad := "/security-issues/" + s.articles[1]
			s.answer(bad, answer{http.StatusFound, c.target})
			if c.spoil == nil {
				if r := night(t, dir, o); r.ExitCode != 3 || len(r.Failures) != 1 || !strings.HasPrefix(r.Failures[0].Reason, "redirect") {
					t.Errorf("exit code %d, failures %+v; want the redirect named", r.ExitCode, r.Failures)
				}
			} else {
				dir = c.spoil(t, dir, o, func(p crawler.Progress) bool { return strings.HasSuffix(p.Now, "part-1") })
			}
			for range 2 {
				cl.Advance(25 * time.Hour)
				s.log()
				r := night(t, dir, o)
				if asked := s.pages(); asked[0] != bad {
					t.Errorf("the night began with %v, want %s", asked, bad)
				}
				if r.ExitCode != 3 || len(r.Failures) != 1 {
					t.Errorf("exit code %d, failures %+v; want one", r.ExitCode, r.Failures)
				}
			}
			s.answer(bad)
			cl.Advance(25 * time.Hour)
			if r := night(t, dir, o); r.ExitCode != 0 || r.New != 1 {
				t.Errorf("exit code %d, %d new: %+v; want the article", r.ExitCode, r.New, r.Failures)
			}
			s.holds(t, dir)
			rebuildIsEqual(t, dir)
		})
	}
}

// TestAListingThatNeverAnsweredIsAskedFirst lets the only way to the articles fail on the first night.
func TestAListingThatNeverAnsweredIsAskedFirst(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
	o.Clock = c
	s.answer(tinyListing, answer{status: http.StatusInternalServerError})
	if r := night(t, dir, o); r.ExitCode != 3 {
		t.Errorf("exit code %d, want 3", r.ExitCode)
	}
	s.answer(tinyListing)
	c.Advance(25 * time.Hour)
	s.log()
	if r := night(t, dir, o); r.ExitCode != 0 {
		t.Errorf("exit code %d: %+v %+v", r.ExitCode, r.Failures, r.Alarms)
	}
	if asked := s.pages(); asked[0] != tinyListing {
		t.Errorf("the night began with %s", asked[0])
	}
	s.holds(t, dir)
}

// TestAnAliasThatVanishesIsReadAlikeByARebuild redirects an address to another article, and then takes it away.
func TestAnAliasThatVanishesIsReadAlikeByARebuild(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
	o.Clock, o.Full = c, true
	moved := "/security-issues/" + s.articles[1]
	for _, a := range []answer{{http.StatusFound, "/security-issues/" + s.articles[0]}, {status: http.StatusNotFound}, {status: http.StatusNotFound}, {status: http.StatusForbidden}} {
		s.answer(moved, a)
		night(t, dir, o)
		whole(t, dir)
		c.Advance(25 * time.Hour)
	}
	rebuildIsEqual(t, dir)
}

// TestA304ThatNobodyAskedForIsAFailure has the server say "not modified" of a page that the archive does not hold, as a
// broken cache does.
func TestA304ThatNobodyAskedForIsAFailure(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
	o.Clock = c
	bad := "/security-issues/" + s.articles[1]
	s.answer(bad, answer{status: http.StatusNotModified})
	r := night(t, dir, o)
	if r.ExitCode != 3 || len(r.Failures) != 1 || r.Failures[0].Reason != "status-304" || r.NotModified != 0 {
		t.Errorf("exit code %d, failures %+v, %d not modified", r.ExitCode, r.Failures, r.NotModified)
	}
	c.Advance(25 * time.Hour)
	s.answer(bad)
	s.log()
	r = night(t, dir, o)
	if asked := s.pages(); r.ExitCode != 0 || r.New != 1 || asked[0] != bad {
		t.Errorf("exit code %d, %d new, asked %v; want the article first of all", r.ExitCode, r.New, asked)
	}
	s.holds(t, dir)
	rebuildIsEqual(t, dir)
}
