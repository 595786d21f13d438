package crawler_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"infocus/archive"
	"infocus/archive/backup"
	"infocus/archive/record"
	"infocus/archive/warc"
	"infocus/crawler"
	"infocus/crawler/replica"
)

// TestABackupTakenInTheMiddleOfANight is one state of the archive: what had been fetched by then, each thing whole.
// It is mended by a rebuild, and by the next night, which brings it to where the other one came.
func TestABackupTakenInTheMiddleOfANight(t *testing.T) {
	t.Parallel()
	for name, caughtUp := range map[string]bool{"the index has caught up": true, "the index is behind": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, replica.Options{Weeks: 3})
			dir, dest := archive.Dir(t.TempDir()), t.TempDir()
			o := options(t, s)
			o.Clock, o.MaxFile = clock(), 100_000 // so that some files are closed by then
			var taken *backup.Report
			o.Progress = func(p crawler.Progress) {
				if p.Pages != 30 {
					return
				}
				if caughtUp {
					awaitIndex(t, dir)
				}
				var err error
				if taken, err = backup.Run(t.Context(), dir, dest, backup.Options{}); err != nil {
					t.Errorf("backup: %v", err)
				}
			}
			night(t, dir, o)
			if taken == nil || len(taken.Findings) > 0 || taken.Copied == 0 || taken.Writer != os.Getpid() || (caughtUp && len(taken.Open) != 1) {
				t.Fatalf("backup %+v, want closed files, an open one, the writer, and no finding", taken)
			}
			o.Progress = nil
			holdRebuilt(t, s, dest, caughtUp)
			next := restore(t, dest)
			night(t, next, o)
			whole(t, next)
			same(t, records(t, next, false), records(t, dir, false))
			holdLater(t, dir, dest)
		})
	}
}

// awaitIndex waits until every byte of the WARC files is indexed.
func awaitIndex(t *testing.T, dir archive.Dir) {
	t.Helper()
	for range 500 {
		files, err := warc.Files(dir.WARC())
		if err != nil {
			t.Fatal(err)
		}
		left := int64(0)
		for _, f := range files {
			left += f.Size
		}
		err = archive.View(dir, func(ix *archive.Index) error {
			return ix.Files(func(_ string, f *archive.File) error {
				left -= f.Indexed
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the index never caught up")
}

// holdRebuilt restores a copy from its WARC files alone: it holds what the site was asked first.
func holdRebuilt(t *testing.T, s *replica.Server, dest string, caughtUp bool) {
	t.Helper()
	rebuilt := restore(t, dest)
	before := export(t, rebuilt, true)
	if _, err := archive.Rebuild(t.Context(), rebuilt, archive.RebuildOptions{}); err != nil {
		t.Fatal(err)
	}
	whole(t, rebuilt)
	if caughtUp && (len(before) == 0 || !bytes.Equal(before, export(t, rebuilt, true))) {
		t.Error("the copy's export is not that of its WARC files")
	}
	holdPrefix(t, s, captured(t, rebuilt))
}

// holdLater brings a copy up to date after the night, and restores it.
func holdLater(t *testing.T, dir archive.Dir, dest string) {
	t.Helper()
	r, err := backup.Run(t.Context(), dir, dest, backup.Options{Verify: true})
	if err != nil || len(r.Findings) > 0 || len(r.Open) > 0 {
		t.Fatalf("backup after the night: %+v, %v", r, err)
	}
	after := restore(t, dest)
	whole(t, after)
	if !bytes.Equal(export(t, after, true), export(t, dir, true)) {
		t.Error("a backup after the night exports something else than the archive")
	}
}

// restore copies a backup to a new place, as a user would.
func restore(t *testing.T, dest string) archive.Dir {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "restored")
	if err := os.CopyFS(dir, os.DirFS(dest)); err != nil {
		t.Fatal(err)
	}
	return archive.Dir(dir)
}

// captured counts the captures of each address.
func captured(t *testing.T, dir archive.Dir) map[string]int {
	t.Helper()
	out, keys := map[string]int{}, map[string]bool{}
	err := archive.View(dir, func(ix *archive.Index) error {
		return ix.EachAddress(func(_ string, a *archive.Address) error {
			if keys[a.Key] {
				return nil
			}
			keys[a.Key] = true
			return ix.Captures(a.Key, func(e *archive.Entry) error {
				out[e.URL]++
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// holdPrefix wants the captures to be the first so many requests that the site answered.
func holdPrefix(t *testing.T, s *replica.Server, have map[string]int) {
	t.Helper()
	n := 0
	for _, times := range have {
		n += times
	}
	log := s.Log()
	if n < 10 || n > 31 || n > len(log) {
		t.Fatalf("%d captures in the copy, want those of about 30 pages", n)
	}
	for _, r := range log[:n] {
		have[s.URL()+r.URI]--
	}
	for address, times := range have {
		if times != 0 {
			t.Errorf("%s: %d captures more than were asked first", address, times)
		}
	}
}

// same compares what two archives say of the articles, but for when and where they were captured.
func same(t *testing.T, have, want map[string]record.Record) {
	t.Helper()
	if len(have) != len(want) {
		t.Errorf("%d records, want %d", len(have), len(want))
	}
	for id, w := range want {
		h := have[id]
		for _, r := range []*record.Record{&h, &w} {
			r.Capture, r.FirstSeen, r.LastSeen, r.RevisionID = record.Capture{}, time.Time{}, time.Time{}, ""
		}
		if !reflect.DeepEqual(h, w) {
			t.Errorf("%s differs:\n%+v\n%+v", id, h, w)
		}
	}
}
