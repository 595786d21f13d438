package crawler_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"infocus/archive"
	"infocus/archive/warc"
	"infocus/crawler"
	"infocus/extract/profile"
)

// envOrder makes the test binary crawl as an order says, so that it can be killed.
const envOrder = "INFOCUS_TEST_ORDER"

// order is one run of a crawl in a process of its own.
type order struct {
	Dir     string
	Base    string
	Offset  time.Duration // of its clock from the machine's
	Full    bool
	MaxFile int64
	MinFree int64
	Kill    *killPoint // where the process kills itself; nil is nowhere
}

// killPoint is a place among the operations on the WARC folder.
type killPoint struct {
	Op    string // create, write, sync, truncate, rename, remove, sync-dir
	Nth   int    // from 1
	Phase string // before, half (of a write), after
}

// obey crawls and gives the exit code that the command line would give. Stdout has a line for each page that is about to
// be asked, and the report at the end; stderr has the log.
func obey(text string) int {
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return 2
	}
	p, _ := profile.Builtin(profile.Default)
	opts := crawler.Options{
		Program: "infocus/test", Profile: p, Builtin: true, BaseURL: o.Base, Full: o.Full, MaxFile: o.MaxFile, MinFree: o.MinFree,
		Clock: shiftedClock{o.Offset}, Log: zerolog.New(os.Stderr),
		Progress: func(crawler.Progress) { _, _ = os.Stdout.WriteString(".\n") },
	}
	if o.Kill != nil {
		opts.FS = &suicidalFS{FS: warc.OS{}, at: *o.Kill}
	}
	r, err := crawler.Run(context.Background(), archive.Dir(o.Dir), opts)
	var locked *archive.LockedError
	switch {
	case errors.As(err, &locked):
		return 4
	case err != nil:
		_, _ = fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		return 1
	}
	return r.ExitCode
}

// shiftedClock runs with the machine's clock, some time ahead of it.
type shiftedClock struct{ ahead time.Duration }

func (c shiftedClock) Now() time.Time { return time.Now().Add(c.ahead) }

func (c shiftedClock) Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// suicidalFS ends its process, as kill -9 does, at one operation. The operations come from one goroutine at a time.
type suicidalFS struct {
	warc.FS
	at   killPoint
	seen int
}

// do runs an operation, and dies at the chosen one.
func (f *suicidalFS) do(op string, run func() error) error {
	if op != f.at.Op {
		return run()
	}
	f.seen++
	if f.seen != f.at.Nth {
		return run()
	}
	if f.at.Phase == "before" {
		die()
	}
	if err := run(); err != nil {
		return err
	}
	die()
	return nil
}

func die() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

func (f *suicidalFS) Create(path string) (file warc.File, err error) {
	err = f.do("create", func() error { file, err = f.FS.Create(path); return err })
	return &suicidalFile{file, f}, err
}

func (f *suicidalFS) Open(path string, write bool) (warc.File, error) {
	file, err := f.FS.Open(path, write)
	return &suicidalFile{file, f}, err
}

func (f *suicidalFS) Rename(from, to string) error {
	return f.do("rename", func() error { return f.FS.Rename(from, to) })
}

func (f *suicidalFS) Remove(path string) error {
	return f.do("remove", func() error { return f.FS.Remove(path) })
}

func (f *suicidalFS) SyncDir(dir string) error {
	return f.do("sync-dir", func() error { return f.FS.SyncDir(dir) })
}

type suicidalFile struct {
	warc.File
	fs *suicidalFS
}

func (f *suicidalFile) Write(p []byte) (n int, err error) {
	err = f.fs.do("write", func() error {
		part := p
		if f.fs.at.Phase == "half" && f.fs.seen == f.fs.at.Nth {
			part = p[:len(p)/2]
		}
		n, err = f.File.Write(part)
		return err
	})
	return n, err
}

func (f *suicidalFile) Sync() error { return f.fs.do("sync", f.File.Sync) }

func (f *suicidalFile) Truncate(size int64) error {
	return f.fs.do("truncate", func() error { return f.File.Truncate(size) })
}
