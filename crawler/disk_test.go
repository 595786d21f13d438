package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"infocus/archive"
	"infocus/archive/warc"
	"infocus/archive/warc/warctest"
	"infocus/crawler"
	"infocus/crawler/polite/politetest"
)

const (
	smallFiles = 2 << 10
	pageSize   = 4 << 10 // of a tmpfs
)

// undisturbed gives the export of a night that met no failure.
func undisturbed(t *testing.T, s *tinySite) []byte {
	t.Helper()
	dir, o := archive.Dir(t.TempDir()), s.options(t)
	o.MaxFile = smallFiles
	night(t, dir, o)
	return export(t, dir, true)
}

// failedNight runs a night that may fail, and counts the exchanges that were stored for sure.
func failedNight(t *testing.T, dir archive.Dir, o crawler.Options) (acknowledged int, err error) {
	t.Helper()
	pages := 0
	o.Progress = func(crawler.Progress) { acknowledged, pages = pages, pages+1 } // the pages before this one are stored
	r, err := crawler.Run(context.Background(), dir, o)
	if err == nil && r.ExitCode != 0 {
		t.Errorf("exit code %d: %+v %+v", r.ExitCode, r.Failures, r.Alarms)
	}
	return acknowledged, err
}

// holdMessage wants one line that names the cause, the place, and the way out.
func holdMessage(t *testing.T, err, cause error, dir archive.Dir, more ...string) {
	t.Helper()
	text := err.Error()
	if !errors.Is(err, cause) {
		t.Errorf("%q is no %v", text, cause)
	}
	for _, part := range append(more, string(dir), "what was stored so far is kept, and the next run goes on") {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
	if strings.Contains(text, "\n") {
		t.Errorf("%q has more than one line", text)
	}
}

// healed runs a night on a sound disk after one that failed, and wants the same as if nothing had happened.
func healed(t *testing.T, s *tinySite, dir archive.Dir, o crawler.Options, acknowledged int, want []byte) {
	t.Helper()
	o.FS, o.Clock = nil, politetest.NewClock(clock().Now().Add(time.Hour))
	if r := night(t, dir, o); r.ExitCode != 0 {
		t.Errorf("the next run: exit code %d, %+v %+v", r.ExitCode, r.Failures, r.Alarms)
	}
	if n := stored(t, dir); n < acknowledged {
		t.Errorf("%d captures, %d were acknowledged", n, acknowledged)
	}
	s.holds(t, dir)
	sameExports(t, export(t, dir, true), want)
	rebuildIsEqual(t, dir)
}

// TestErrorsOfTheDiskAreNamedAndHealed lets each kind of operation on the WARC folder fail, the first, the second and so on.
// With the tag slow that is every one of them; else some.
func TestErrorsOfTheDiskAreNamedAndHealed(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 8)
	want := undisturbed(t, s)
	ops := []warctest.Op{
		warctest.OpCreate, warctest.OpWrite, warctest.OpSync, warctest.OpRename, warctest.OpSyncDir, warctest.OpTruncate, warctest.OpRemove,
	}
	random := rand.New(rand.NewPCG(7, 7))
	for _, op := range ops {
		for _, undo := range []bool{true, false} {
			if !undo && op != warctest.OpWrite && op != warctest.OpSync {
				continue // nothing is cut after it
			}
			t.Run(fmt.Sprintf("%s, what was written in part can be cut %v", op, undo), func(t *testing.T) {
				met := 0
				for nth, more := 0, true; more; nth++ {
					if !slowTests && nth > 0 {
						nth += random.IntN(12)
					}
					if more = failOnce(t, s, op, nth, undo, want); more {
						met++
					}
				}
				t.Logf("%d failures", met)
			})
		}
	}
}

// failOnce lets one operation fail. It says whether the night came to it.
func failOnce(t *testing.T, s *tinySite, op warctest.Op, nth int, undo bool, want []byte) bool {
	t.Helper()
	disk := warctest.New(warc.OS{})
	disk.Fail(op, append(make([]error, nth), syscall.EIO)...)
	if !undo {
		disk.Fail(warctest.OpTruncate, syscall.EIO, syscall.EIO)
	}
	dir, o := archive.Dir(t.TempDir()), s.options(t)
	o.FS, o.MaxFile = disk, smallFiles
	acknowledged, err := failedNight(t, dir, o)
	if err == nil {
		return false
	}
	holdMessage(t, err, syscall.EIO, dir)
	healed(t, s, dir, o, acknowledged, want)
	return true
}

// TestAFullDiskUnderTheWARCFilesAloneIsNamedAndHealed lets the WARC folder take so many bytes and no more.
func TestAFullDiskUnderTheWARCFilesAloneIsNamedAndHealed(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 8)
	want := undisturbed(t, s)
	step := int64(5003)
	if slowTests {
		step = 499
	}
	full := 0
	for space := int64(0); ; space += step {
		disk := warctest.New(warc.OS{})
		disk.Fill(space, syscall.ENOSPC)
		dir, o := archive.Dir(t.TempDir()), s.options(t)
		o.FS, o.MaxFile = disk, smallFiles
		acknowledged, err := failedNight(t, dir, o)
		if err == nil {
			break
		}
		full++
		holdMessage(t, err, warc.ErrNoSpace, dir, "free space")
		healed(t, s, dir, o, acknowledged, want)
	}
	if full < 3 {
		t.Errorf("the disk was full %d times", full)
	}
}

// tmpfs mounts a file system of so many bytes, or skips.
func tmpfs(t *testing.T, bytes int) archive.Dir {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Skipf("a small tmpfs cannot be mounted here (%v): the full disk under WARC files and index is not tested", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return archive.Dir(dir)
}

// resize gives a tmpfs another size.
func resize(t *testing.T, dir archive.Dir, bytes int) {
	t.Helper()
	if err := unix.Mount("tmpfs", string(dir), "tmpfs", unix.MS_REMOUNT, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Fatal(err)
	}
}

// TestAFullDiskIsNamedAndHealed crawls onto disks from one page up to enough, in nights that do not look at the free space:
// the disk is full under WARC files, under the index, and under both.
func TestAFullDiskIsNamedAndHealed(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 8)
	want := undisturbed(t, s)
	step := 17 * pageSize
	if slowTests {
		step = pageSize
	}
	places := map[string]int{}
	for size := pageSize; ; size += step {
		dir, o := tmpfs(t, size), s.options(t)
		o.MaxFile = smallFiles
		acknowledged, err := failedNight(t, dir, o)
		if err == nil {
			break
		}
		places[placeOf(err, dir)]++
		holdFull(t, err)
		if again, err := failedNight(t, dir, o); err == nil {
			t.Errorf("%d bytes: a second run found room", size)
		} else {
			holdFull(t, err)
			acknowledged += again
		}
		resize(t, dir, 64<<20)
		healed(t, s, dir, o, acknowledged, want)
	}
	t.Logf("full at %v", places)
	if places["index"] == 0 || slowTests && places["warc"] == 0 {
		t.Errorf("full at %v; want it under the WARC files and under the index", places)
	}
}

// holdFull wants one line that says what to do.
func holdFull(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, warc.ErrNoSpace) || !strings.Contains(err.Error(), "free space on its file system and run again") || strings.Contains(err.Error(), "\n") {
		t.Errorf("%q; want one line that says what to do", err)
	}
}

// TestADiskThatIsFullAlreadyIsNamed begins a run where next to nothing can be written: with an index, and where it has to be made
// anew.
func TestADiskThatIsFullAlreadyIsNamed(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 8)
	want := undisturbed(t, s)
	for name, change := range map[string]func(*testing.T, archive.Dir){
		"with its index":  func(*testing.T, archive.Dir) {},
		"with half of it": func(t *testing.T, d archive.Dir) { truncate(t, d.DB(), size(t, d.DB())/2) },
		"without it":      func(t *testing.T, d archive.Dir) { remove(t, d.DB()) },
	} {
		for _, pages := range []int{0, 1, 4, 12} {
			t.Run(fmt.Sprintf("%s, %d pages free", name, pages), func(t *testing.T) {
				dir, o := tmpfs(t, 4<<20), s.options(t)
				stopAt(t, dir, o, onPage(6))
				change(t, dir)
				fill(t, dir, pages)
				_, err := failedNight(t, dir, o)
				if err == nil {
					t.Fatal("the run found room")
				}
				holdFull(t, err)
				resize(t, dir, 64<<20)
				healed(t, s, dir, o, 5, want)
			})
		}
	}
}

// fill takes all the space that is left but for some pages.
func fill(t *testing.T, dir archive.Dir, free int) {
	t.Helper()
	f, err := os.Create(filepath.Join(string(dir), "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for err == nil {
		_, err = f.Write(make([]byte, pageSize))
		n++
	}
	if err := errors.Join(f.Truncate(int64(n-1-free)*pageSize), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// placeOf says what could not be written.
func placeOf(err error, dir archive.Dir) string {
	for name, path := range map[string]string{"index": dir.DB(), "warc": dir.WARC(), "lock": filepath.Join(string(dir), "lock")} {
		if strings.Contains(err.Error(), path) {
			return name
		}
	}
	return "elsewhere: " + err.Error()
}

// TestANightStopsBeforeTheDiskIsFull leaves what --min-free asks for, and says so in a report.
func TestANightStopsBeforeTheDiskIsFull(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 60)
	want := undisturbed(t, s)
	const total, least = 8 << 20, 8<<20 - 400<<10
	dir, o := tmpfs(t, total), s.options(t)
	o.MinFree, o.MaxFile = least, smallFiles
	r := night(t, dir, o)
	if r.Ended != "disk" || r.ExitCode != 1 || r.New == 0 || r.Waiting == 0 || !strings.Contains(r.Why, "--min-free") || !r.HasAlarm(archive.AlarmEndedEarly) {
		t.Errorf("report %+v; want an end in order", r)
	}
	if !strings.Contains(runs(t, dir), `"ended":"disk"`) {
		t.Error("the report is not stored")
	}
	whole(t, dir)
	resize(t, dir, 4*total)
	healed(t, s, dir, o, r.Pages, want)
}

// TestErrorsWhileAKilledNightIsMendedAreHealed lets operations fail at the start of the run that finds a torn WARC file.
func TestErrorsWhileAKilledNightIsMendedAreHealed(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 8)
	want := undisturbed(t, s)
	o := s.options(t)
	killed := killedAt(t, archive.Dir(t.TempDir()), o, onPage(8))
	for _, op := range []warctest.Op{
		warctest.OpTruncate, warctest.OpCreate, warctest.OpWrite, warctest.OpSync, warctest.OpRename, warctest.OpSyncDir, warctest.OpRemove,
	} {
		for nth := range 3 {
			for name, tear := range map[string]func(archive.Dir){
				"a torn record": func(d archive.Dir) { grow(t, lastFile(t, d), "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01\x02") },
				"an empty file": func(d archive.Dir) { write(t, nextFile(t, d), "") },
			} {
				dir := copyArchive(t, killed)
				tear(dir)
				held := stored(t, dir)
				disk := warctest.New(warc.OS{})
				disk.Fail(op, append(make([]error, nth), syscall.EIO)...)
				o := o
				o.FS = disk
				if _, err := failedNight(t, dir, o); err != nil && !errors.Is(err, syscall.EIO) {
					t.Errorf("%s, %s %d: %v", name, op, nth+1, err)
				}
				healed(t, s, dir, o, held, want)
			}
		}
	}
}
