package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"infocus/archive"
	"infocus/archive/warc"
	"infocus/crawler"
	"infocus/crawler/polite/politetest"
	"infocus/crawler/replica"
)

// copyArchive copies an archive as a process killed at this moment would leave it: the index between two transactions, and
// WARC files that are as far as it or further.
func copyArchive(t *testing.T, from archive.Dir) archive.Dir {
	t.Helper()
	to := archive.Dir(t.TempDir())
	copyIndex(t, from.DB(), to.DB())
	if err := os.CopyFS(to.WARC(), os.DirFS(from.WARC())); err != nil {
		t.Fatal(err)
	}
	return to
}

func copyIndex(t *testing.T, from, to string) {
	t.Helper()
	f, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_SH); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// killedAt crawls, and gives the archive as it would be had the process been killed before it asked a page.
func killedAt(t *testing.T, dir archive.Dir, o crawler.Options, when func(crawler.Progress) bool) archive.Dir {
	t.Helper()
	work := archive.Dir(t.TempDir())
	if err := os.CopyFS(string(work), os.DirFS(string(dir))); err != nil {
		t.Fatal(err)
	}
	var left archive.Dir
	o.Progress = func(p crawler.Progress) {
		if left == "" && when(p) {
			left = copyArchive(t, work)
		}
	}
	night(t, work, o)
	if left == "" {
		t.Fatal("the moment never came")
	}
	return left
}

func onPage(n int) func(crawler.Progress) bool {
	return func(p crawler.Progress) bool { return p.Pages == n }
}

// complete wants every living article of the site in the archive, and the archive whole.
func complete(t *testing.T, s *replica.Server, dir archive.Dir) {
	t.Helper()
	have := records(t, dir, false)
	for _, a := range s.Articles() {
		if _, ok := have["belarusinfocus/"+a.Path]; !ok && a.Status == 200 {
			t.Errorf("%s was lost", a.Path)
		}
	}
	whole(t, dir)
}

// TestWhatAKilledProcessLeavesIsMended builds the states that a kill can leave behind, and goes on from them.
func TestWhatAKilledProcessLeavesIsMended(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 3})
	o := options(t, s)
	o.Clock = clock()
	killed := killedAt(t, archive.Dir(t.TempDir()), o, onPage(30))
	for name, change := range map[string]func(*testing.T, archive.Dir){
		"as it is":                  func(*testing.T, archive.Dir) {},
		"no index":                  func(t *testing.T, d archive.Dir) { remove(t, d.DB()) },
		"an empty index":            func(t *testing.T, d archive.Dir) { truncate(t, d.DB(), 0) },
		"an index with one page":    func(t *testing.T, d archive.Dir) { truncate(t, d.DB(), 4096) },
		"an index with three pages": func(t *testing.T, d archive.Dir) { truncate(t, d.DB(), 3*4096) },
		"half an index":             func(t *testing.T, d archive.Dir) { truncate(t, d.DB(), size(t, d.DB())/2) },
		"a rebuild under way":       func(t *testing.T, d archive.Dir) { write(t, d.DB()+".new", "half") },
		"a reextract under way":     func(t *testing.T, d archive.Dir) { write(t, d.DB()+".old", "half") },
		"a lock that names a dead process": func(t *testing.T, d archive.Dir) {
			write(t, filepath.Join(string(d), "lock"), "2147483647\n")
		},
		"a list of seals in the making": func(t *testing.T, d archive.Dir) { write(t, sealsOf(d)+".tmp", "0123  hal") },
		"an empty WARC file":            func(t *testing.T, d archive.Dir) { write(t, nextFile(t, d), "") },
		"a WARC file with half a head":  func(t *testing.T, d archive.Dir) { write(t, nextFile(t, d), "\x1f\x8b\x08\x00\x00") },
		"a torn record": func(t *testing.T, d archive.Dir) {
			last := lastFile(t, d)
			grow(t, last, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01\x02")
		},
		"a tail of zeros": func(t *testing.T, d archive.Dir) { grow(t, lastFile(t, d), strings.Repeat("\x00", 5000)) },
		"a request without its response": func(t *testing.T, d archive.Dir) {
			truncate(t, lastFile(t, d), lastRequest(t, lastFile(t, d)))
			remove(t, d.DB()) // else the index would hold what is torn, which no kill does
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := copyArchive(t, killed)
			change(t, dir)
			held := stored(t, dir)
			o := o
			o.Clock = politetest.NewClock(clock().Now().Add(time.Hour))
			r := night(t, dir, o)
			if r.ExitCode != 0 {
				t.Errorf("exit code %d: %+v %+v", r.ExitCode, r.Failures, r.Alarms)
			}
			complete(t, s, dir)
			rebuildIsEqual(t, dir)
			if now := stored(t, dir); now < held {
				t.Errorf("%d captures, before the run there were %d", now, held)
			}
			for _, left := range []string{".new", ".old"} {
				if _, err := os.Stat(dir.DB() + left); err == nil {
					t.Errorf("%s was left", left)
				}
			}
		})
	}
}

func sealsOf(d archive.Dir) string { return filepath.Join(d.WARC(), warc.SealFile) }

func lastFile(t *testing.T, d archive.Dir) string {
	t.Helper()
	files, err := warc.Files(d.WARC())
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no files")
	}
	return filepath.Join(d.WARC(), files[len(files)-1].Name)
}

func nextFile(t *testing.T, d archive.Dir) string {
	t.Helper()
	return strings.Replace(lastFile(t, d), "-000001-", "-000002-", 1)
}

// lastRequest is the offset behind the last request record of a file.
func lastRequest(t *testing.T, path string) (end int64) {
	t.Helper()
	_, err := warc.Scan(context.Background(), path, warc.ScanOptions{}, func(u *warc.Unit) error {
		if u.Request.Length > 0 {
			end = u.Request.End()
		}
		return nil
	})
	if err != nil || end == 0 {
		t.Fatal(err, "no request")
	}
	return end
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func truncate(t *testing.T, path string, n int64) {
	t.Helper()
	if err := os.Truncate(path, n); err != nil {
		t.Fatal(err)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func grow(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString(text)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestANightThatWasKilledAtItsLastStepIsOver loses the index as of the moment between the writing of the report and its
// transaction. The next run reads the report and begins another night, though the old one is fresh.
func TestANightThatWasKilledAtItsLastStepIsOver(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 3})
	dir := archive.Dir(t.TempDir())
	o := options(t, s)
	o.Clock = clock()
	saved := filepath.Join(t.TempDir(), "index")
	o.FS = &beforeSync{FS: warc.OS{}, do: func() {
		if size(t, lastFile(t, dir)) > 0 {
			if _, err := os.Stat(dir.DB()); err == nil {
				copyIndex(t, dir.DB(), saved)
			}
		}
	}}
	night(t, dir, o)
	copyIndex(t, saved, dir.DB())
	if list := runs(t, dir); strings.Contains(list, `"report"`) {
		t.Fatal("the index knows the report: it is not the one before the last step")
	}
	o.FS = nil
	published, err := s.PublishWeek()
	if err != nil {
		t.Fatal(err)
	}
	r := night(t, dir, o)
	if r.Resumed || r.New != len(published) {
		t.Errorf("resumed %v, %d new; want another night with the %d that were published", r.Resumed, r.New, len(published))
	}
	if n := strings.Count(runs(t, dir), `"report"`); n != 2 {
		t.Errorf("%d reports, want 2", n)
	}
	complete(t, s, dir)
	rebuildIsEqual(t, dir)
}

// beforeSync calls do before each WARC file is made durable.
type beforeSync struct {
	warc.FS
	do func()
}

func (f *beforeSync) Create(path string) (warc.File, error) {
	file, err := f.FS.Create(path)
	if strings.HasSuffix(path, ".warc.gz") && err == nil {
		file = &syncedFile{file, f.do}
	}
	return file, err
}

type syncedFile struct {
	warc.File
	do func()
}

func (f *syncedFile) Sync() error {
	f.do()
	return f.File.Sync()
}

// TestABrokenNightHidesNothingFromTheNext breaks a night off, lets more than a day pass in which the site does not change,
// and wants the next night to find all that the broken one had seen named and not asked.
func TestABrokenNightHidesNothingFromTheNext(t *testing.T) {
	t.Parallel()
	at := func(part string) func(crawler.Progress) bool {
		return func(p crawler.Progress) bool { return strings.Contains(p.Now, part) }
	}
	for name, when := range map[string]func(crawler.Progress) bool{
		"behind the home page": at(tinyListing), "behind a listing's first page": at("paged=2"), "behind its second": at("paged=3"),
		"at an article": at("part-4"), "at another page": at("/events"),
	} {
		for _, later := range []bool{false, true} {
			for how, stop := range map[string]func(*testing.T, archive.Dir, crawler.Options, func(crawler.Progress) bool) archive.Dir{
				"killed": killedAt, "stopped": stopAt, "killed without its index": killedWithoutIndex, "stopped without its index": stoppedWithoutIndex,
			} {
				if later && strings.HasPrefix(name, "at another") {
					continue // it is asked once
				}
				t.Run(fmt.Sprintf("%s, %s, first night %v", how, name, !later), func(t *testing.T) {
					t.Parallel()
					s := newTinySite(t, 2)
					dir, o := archive.Dir(t.TempDir()), s.options(t)
					c := clock()
					o.Clock = c
					if later {
						night(t, dir, o)
						c.Advance(25 * time.Hour)
					}
					s.publish(3 * tinyPage)
					dir = stop(t, dir, o, when)
					c.Advance(25 * time.Hour)
					s.log()
					if r := night(t, dir, o); r.ExitCode != 0 || r.Resumed {
						t.Errorf("exit code %d, resumed %v: %+v %+v", r.ExitCode, r.Resumed, r.Failures, r.Alarms)
					}
					s.holds(t, dir)
					rebuildIsEqual(t, dir)
				})
			}
		}
	}
}

func killedWithoutIndex(t *testing.T, dir archive.Dir, o crawler.Options, when func(crawler.Progress) bool) archive.Dir {
	t.Helper()
	left := killedAt(t, dir, o, when)
	remove(t, left.DB())
	return left
}

func stoppedWithoutIndex(t *testing.T, dir archive.Dir, o crawler.Options, when func(crawler.Progress) bool) archive.Dir {
	t.Helper()
	stopAt(t, dir, o, when)
	remove(t, dir.DB())
	return dir
}

// stopAt stops a run with a signal before it asks a page.
func stopAt(t *testing.T, dir archive.Dir, o crawler.Options, when func(crawler.Progress) bool) archive.Dir {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o.Progress = func(p crawler.Progress) {
		if when(p) {
			cancel()
		}
	}
	r, err := crawler.Run(ctx, dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Ended != "interrupted" {
		t.Fatalf("ended %q, want interrupted", r.Ended)
	}
	return dir
}

// TestAListingPageThatFailedIsReadTheNextNight lets the second page of a listing fail while it holds what is new, and those
// after it too.
func TestAListingPageThatFailedIsReadTheNextNight(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 2)
	dir, o, c := archive.Dir(t.TempDir()), s.options(t), clock()
	o.Clock = c
	night(t, dir, o)
	s.publish(3 * tinyPage)
	s.answer(tinyListing+"?paged=2", answer{status: http.StatusInternalServerError})
	c.Advance(25 * time.Hour)
	r := night(t, dir, o)
	failed := slices.ContainsFunc(r.Failures, func(f archive.Failing) bool { return strings.Contains(f.URL, "paged=2") })
	if r.ExitCode != 3 || !failed {
		t.Errorf("exit code %d, failures %+v; want the page named", r.ExitCode, r.Failures)
	}
	s.answer(tinyListing + "?paged=2")
	c.Advance(25 * time.Hour)
	if r := night(t, dir, o); r.ExitCode != 0 {
		t.Errorf("exit code %d: %+v %+v", r.ExitCode, r.Failures, r.Alarms)
	}
	s.holds(t, dir)
}

// TestAFrontierThatCannotBeReadIsMadeAnew puts something else where the last night keeps what it still had to ask.
func TestAFrontierThatCannotBeReadIsMadeAnew(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 8)
	dir, o := archive.Dir(t.TempDir()), s.options(t)
	stopAt(t, dir, o, onPage(6))
	w, _, err := archive.OpenWriter(context.Background(), dir, archive.WriterOptions{
		Program: "infocus/test", Site: archive.NewSite(o.Profile, true), BaseURL: s.URL, Now: o.Clock.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	err = w.Update(func(f *archive.Frontier) error {
		return f.Put(s.URL+"/events", []byte(`{"class":"of another version"}`))
	})
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	if r := night(t, dir, o); r.ExitCode != 0 || r.Resumed {
		t.Errorf("exit code %d, resumed %v: %+v %+v", r.ExitCode, r.Resumed, r.Failures, r.Alarms)
	}
	s.holds(t, dir)
	rebuildIsEqual(t, dir)
}

// TestTheBrokenNightOfAnotherSiteIsLeftAlone kills a run at one address of the site and goes on at another.
func TestTheBrokenNightOfAnotherSiteIsLeftAlone(t *testing.T) {
	t.Parallel()
	one, two := newTinySite(t, 8), newTinySite(t, 8)
	o := one.options(t)
	dir := killedAt(t, archive.Dir(t.TempDir()), o, onPage(6))
	one.log()
	o.BaseURL = two.URL
	if r := night(t, dir, o); r.ExitCode != 0 || r.Resumed {
		t.Errorf("exit code %d, resumed %v: %+v %+v", r.ExitCode, r.Resumed, r.Failures, r.Alarms)
	}
	if asked := one.log(); len(asked) > 0 {
		t.Errorf("asked %v of the other address", asked)
	}
	two.holds(t, dir)
	rebuildIsEqual(t, dir)
}
