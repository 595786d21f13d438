package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"infocus/archive"
	"infocus/archive/backup"
	"infocus/archive/warc"
	"infocus/archive/warc/warctest"
)

// TestPlacesThatAreNoneAreRefused before anything is written.
func TestPlacesThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	s := newSource(t, 2)
	other := newSource(t, 2)
	foreign := t.TempDir()
	clean(t, other, foreign, backup.Options{})
	full := t.TempDir()
	must(t, os.WriteFile(filepath.Join(full, "letter.txt"), []byte("dear"), 0o644))
	linked := filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(string(s.dir), linked))
	file := filepath.Join(full, "letter.txt")
	for name, tc := range map[string]struct{ dest, says string }{
		"the archive":               {string(s.dir), "lies in the archive"},
		"inside":                    {filepath.Join(s.dir.WARC(), "copy"), "lies in the archive"},
		"inside, by a link":         {filepath.Join(linked, "copy"), "lies in the archive"},
		"around it":                 {filepath.Dir(string(s.dir)), "lies in it"},
		"other files":               {full, "not empty"},
		"a file":                    {file, "not a directory"},
		"another archive":           {string(other.dir), "another"},
		"a backup of another":       {foreign, "another"},
		"a name below a file":       {filepath.Join(file, "copy"), "not a directory"},
		"a later state of this one": {later(t, s), "later state"},
	} {
		before := tree(t, filepath.Dir(string(s.dir)))
		_, err := backup.Run(t.Context(), s.dir, tc.dest, backup.Options{})
		if err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v, want an error that says %q", name, err, tc.says)
		}
		if after := tree(t, filepath.Dir(string(s.dir))); !slices.Equal(names(before), names(after)) {
			t.Errorf("%s: the archive has %v, before %v", name, names(after), names(before))
		}
	}
	if have := names(tree(t, full)); !slices.Equal(have, []string{"letter.txt"}) {
		t.Errorf("the directory of other files has %v", have)
	}
	if _, err := backup.Run(t.Context(), archive.Dir(t.TempDir()), t.TempDir(), backup.Options{}); !errors.Is(err, archive.ErrNoArchive) {
		t.Errorf("no archive: %v", err)
	}
}

// later is a backup of an archive that then lost its newest run.
func later(t *testing.T, s *source) string {
	t.Helper()
	copied := &source{t: t, dir: restore(t, string(s.dir)), run: s.run}
	copied.crawl(1)
	dest := t.TempDir()
	clean(t, copied, dest, backup.Options{})
	return dest
}

// TestTwoBackupsToOnePlaceDoNotMeet.
func TestTwoBackupsToOnePlaceDoNotMeet(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 2), t.TempDir()
	release, err := archive.Hold(archive.Dir(dest))
	must(t, err)
	var locked *archive.LockedError
	if _, err := backup.Run(t.Context(), s.dir, dest, backup.Options{}); !errors.As(err, &locked) {
		t.Errorf("%v, want a LockedError", err)
	}
	must(t, release())
	clean(t, s, dest, backup.Options{})
}

// TestAFullDiskLeavesACopyThatGoesOn wherever it fills up.
func TestAFullDiskLeavesACopyThatGoesOn(t *testing.T) {
	t.Parallel()
	s := newSource(t, 3)
	good := t.TempDir()
	bytesOfAll := clean(t, s, good, backup.Options{}).Bytes
	for _, room := range []int64{0, 1, 5000, bytesOfAll / 2, bytesOfAll - 5000, bytesOfAll - 1} {
		dest := t.TempDir()
		disk := warctest.New(warc.OS{})
		disk.Fill(room, syscall.ENOSPC)
		_, err := backup.Run(t.Context(), s.dir, dest, backup.Options{FS: disk})
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "its disk is full: free some space") {
			t.Fatalf("room for %d bytes: %v, want a full disk", room, err)
		}
		for _, name := range names(tree(t, dest)) {
			if strings.HasPrefix(name, ".partial") {
				t.Errorf("room for %d bytes: %s was left", room, name)
			}
		}
		clean(t, s, dest, backup.Options{})
		whole(t, restore(t, dest))
	}
}

// TestAFailedWriteIsAnError for each operation of the file system.
func TestAFailedWriteIsAnError(t *testing.T) {
	t.Parallel()
	s := newSource(t, 2)
	for _, op := range []warctest.Op{warctest.OpCreate, warctest.OpWrite, warctest.OpSync, warctest.OpRename, warctest.OpSyncDir} {
		counting := warctest.New(warc.OS{})
		clean(t, s, t.TempDir(), backup.Options{FS: counting})
		if counting.Calls(op) == 0 {
			t.Errorf("a backup needs no %s", op)
		}
		for n := range counting.Calls(op) {
			dest, disk := t.TempDir(), warctest.New(warc.OS{})
			disk.Fail(op, append(make([]error, n), syscall.EIO)...)
			if _, err := backup.Run(t.Context(), s.dir, dest, backup.Options{FS: disk}); !errors.Is(err, syscall.EIO) {
				t.Fatalf("%s number %d failed: %v", op, n, err)
			}
			clean(t, s, dest, backup.Options{})
		}
		whole(t, s.dir)
	}
}

// TestACopyThatIsStoppedGoesOn at whatever file.
func TestACopyThatIsStoppedGoesOn(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 4), t.TempDir()
	for stop := 1; ; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		_, err := backup.Run(ctx, s.dir, dest, backup.Options{Progress: func(string) {
			if n++; n == stop {
				cancel()
			}
		}})
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dest, ".partial")); err == nil {
			t.Error("a temporary file was left")
		}
	}
	clean(t, s, dest, backup.Options{Verify: true})
	whole(t, restore(t, dest))
}

// TestWhatAKilledBackupLeftIsCleared.
func TestWhatAKilledBackupLeftIsCleared(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 2), t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dest, ".partial"), 0o755))
	must(t, os.WriteFile(filepath.Join(dest, ".partial", "infocus.db"), []byte("half"), 0o644))
	clean(t, s, dest, backup.Options{})
	if _, err := os.Stat(filepath.Join(dest, ".partial")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("temporary files are left: %v", err)
	}
}
