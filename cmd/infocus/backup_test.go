package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"infocus/archive"
	"infocus/archive/backup"
)

// TestBackupAndRestore as a user does it: copy there, look, copy back.
func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.crawl().want(t, exitDone, "complete")
	dest := filepath.Join(t.TempDir(), "copy")
	c.want(exitDone, "the copy is whole: 1 WARC files copied, 0 were there", "backup", dest)
	var r backup.Report
	if err := json.Unmarshal([]byte(c.want(exitDone, "", "backup", dest, "--verify", "--json").stdout), &r); err != nil || r.Kept != 1 || r.Verified != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	back := &console{t: t, dir: filepath.Join(t.TempDir(), "restored")}
	if err := os.CopyFS(back.dir, os.DirFS(dest)); err != nil {
		t.Fatal(err)
	}
	back.want(exitDone, "the archive is whole", "check")
	back.want(exitDone, "can be trusted today", "status")
	if back.run("export").stdout != c.run("export").stdout {
		t.Error("the restored archive exports something else")
	}
}

// TestBackupSaysWhatIsWrong by its exit code.
func TestBackupSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.want(exitFailed, "no archive here", "backup", t.TempDir())
	c.crawl().want(t, exitDone, "complete")
	dest := t.TempDir()
	c.want(exitUsage, "one directory", "backup")
	c.want(exitUsage, "one directory", "backup", "")
	c.want(exitUsage, "one directory", "backup", dest, dest)
	c.want(exitFailed, "lies in the archive", "backup", filepath.Join(c.dir, "copy"))
	release, err := archive.Hold(archive.Dir(dest))
	if err != nil {
		t.Fatal(err)
	}
	c.want(exitLocked, "is being written by process", "backup", dest)
	if err := release(); err != nil {
		t.Fatal(err)
	}
	c.want(exitDone, "whole", "backup", dest)
	found, err := filepath.Glob(filepath.Join(dest, "warc", "*.warc.gz"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if err := os.Truncate(found[0], 10); err != nil {
		t.Fatal(err)
	}
	c.want(exitPartial, found[0]+": the copy was damaged: it is set aside", "backup", dest)
	c.want(exitDone, "whole", "backup", dest, "--verify")
}
