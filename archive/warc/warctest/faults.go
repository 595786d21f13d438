// Package warctest has a file system that fails on demand, for tests of what writes WARC files. It passes everything else on to
// another file system and keeps nothing itself.
package warctest

import (
	"io/fs"
	"sync"

	"infocus/archive/warc"
)

// Op is one kind of operation that can fail.
type Op string

// The operations.
const (
	OpCreate   Op = "create"
	OpWrite    Op = "write"
	OpSync     Op = "sync"
	OpTruncate Op = "truncate"
	OpRename   Op = "rename"
	OpSyncDir  Op = "sync-dir"
	OpRemove   Op = "remove"
)

// FS is a file system with faults. The zero value of the faults is none; they may be changed while it is used.
type FS struct {
	warc.FS

	mu       sync.Mutex
	space    int64 // bytes that can still be written; below 0: no bound
	spaceErr error
	failures map[Op][]error
	calls    map[Op]int
}

// New puts faults in front of a file system.
func New(under warc.FS) *FS {
	return &FS{FS: under, space: -1, failures: map[Op][]error{}, calls: map[Op]int{}}
}

// Fail makes the next call of an operation fail with an error, each call once for each error; nil lets a call pass.
func (f *FS) Fail(op Op, errs ...error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures[op] = append(f.failures[op], errs...)
}

// Fill lets n more bytes be written; the write that goes beyond is a short one and fails with err, as all after it do.
// A negative n takes the bound away.
func (f *FS) Fill(n int64, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.space, f.spaceErr = n, err
}

// Calls counts the calls of an operation, those that failed included.
func (f *FS) Calls(op Op) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[op]
}

func (f *FS) fault(op Op) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[op]++
	planned := f.failures[op]
	if len(planned) == 0 {
		return nil
	}
	f.failures[op] = planned[1:]
	return planned[0]
}

// grant says how many of n bytes may be written.
func (f *FS) grant(n int) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.space < 0 {
		return n, nil
	}
	granted := min(int64(n), f.space)
	f.space -= granted
	if granted < int64(n) {
		return int(granted), f.spaceErr
	}
	return n, nil
}

// Create implements warc.FS.
func (f *FS) Create(path string) (warc.File, error) {
	if err := f.fault(OpCreate); err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	under, err := f.FS.Create(path)
	return &file{File: under, fs: f}, err
}

// Open implements warc.FS.
func (f *FS) Open(path string, write bool) (warc.File, error) {
	under, err := f.FS.Open(path, write)
	return &file{File: under, fs: f}, err
}

// Rename implements warc.FS.
func (f *FS) Rename(from, to string) error {
	if err := f.fault(OpRename); err != nil {
		return err
	}
	return f.FS.Rename(from, to)
}

// Remove implements warc.FS.
func (f *FS) Remove(path string) error {
	if err := f.fault(OpRemove); err != nil {
		return err
	}
	return f.FS.Remove(path)
}

// SyncDir implements warc.FS.
func (f *FS) SyncDir(dir string) error {
	if err := f.fault(OpSyncDir); err != nil {
		return err
	}
	return f.FS.SyncDir(dir)
}

type file struct {
	warc.File
	fs *FS
}

func (f *file) Write(p []byte) (int, error) {
	if err := f.fs.fault(OpWrite); err != nil {
		return 0, err
	}
	granted, full := f.fs.grant(len(p))
	n, err := f.File.Write(p[:granted])
	if err == nil {
		err = full
	}
	return n, err
}

func (f *file) Sync() error {
	if err := f.fs.fault(OpSync); err != nil {
		return err
	}
	return f.File.Sync()
}

func (f *file) Truncate(size int64) error {
	if err := f.fs.fault(OpTruncate); err != nil {
		return err
	}
	return f.File.Truncate(size)
}
