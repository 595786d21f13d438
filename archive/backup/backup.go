package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"infocus/archive"
	"infocus/archive/warc"
)

// Options are the settings of a backup.
type Options struct {
	Verify   bool              // read every file of the copy again, those too that were there before
	FS       warc.FS           // what the copy is written through; nil is the machine's
	Progress func(what string) // told what comes next; may be nil
}

// Report says what a backup did. Sizes are in bytes.
type Report struct {
	Archive  string    `json:"archive"`
	Dest     string    `json:"dest"`
	Copied   int       `json:"copied"`   // WARC files
	Bytes    int64     `json:"bytes"`    // of all that was copied, the index included
	Kept     int       `json:"kept"`     // WARC files that were there
	Verified int       `json:"verified"` // of those kept, how many were read again
	Open     []string  `json:"open"`     // WARC files that are not closed yet: copied as far as the index knows them
	Writer   int       `json:"writer"`   // process id of a writer at work, 0 for none
	Index    int64     `json:"index"`    // size of the index; 0 where none was copied
	Findings []Finding `json:"findings"` // what needs a person
}

// Finding names a file that is not as it should be, in the archive or in the copy.
type Finding struct {
	Place  string `json:"place"`
	Reason string `json:"reason"`
}

// Run brings the copy in dest up to date. The error is for what ended it; what can be finished in spite of
// damage is finished, and the damage is in the report. Two backups to one place at once are an
// archive.LockedError.
func Run(ctx context.Context, dir archive.Dir, dest string, opts Options) (*Report, error) {
	c, err := newCopier(ctx, dir, dest, opts)
	if err != nil {
		return nil, err
	}
	release, err := archive.Hold(c.dest)
	if err != nil {
		return nil, c.explain(err)
	}
	err = c.run(ctx)
	return c.out, errors.Join(c.explain(err), release())
}

// copier is one backup.
type copier struct {
	dir  archive.Dir
	dest archive.Dir
	opts Options
	fsys warc.FS
	out  *Report

	indexed map[string]int64  // how far the index that is copied knows each WARC file; nil where none is
	source  map[string]string // seals of the archive
	seals   map[string]string // as dest has them
	known   map[string]string // sums of the files in dest when it was last whole, by path
	sums    map[string]string // the same for now
	early   map[string]bool   // files that dest sealed as they were before they grew
	parted  map[string]bool   // open files of the archive that do not go on from what dest sealed
}

// newCopier refuses a dest that is not fit, and makes it where it is missing.
func newCopier(ctx context.Context, dir archive.Dir, dest string, opts Options) (*copier, error) {
	c := &copier{
		dir: dir, dest: archive.Dir(filepath.Clean(dest)), opts: opts, fsys: opts.FS,
		out:  &Report{Archive: string(dir), Dest: filepath.Clean(dest), Open: []string{}, Findings: []Finding{}},
		sums: map[string]string{}, early: map[string]bool{}, parted: map[string]bool{},
	}
	if c.fsys == nil {
		c.fsys = warc.OS{}
	}
	if c.opts.Progress == nil {
		c.opts.Progress = func(string) {}
	}
	if err := c.check(ctx); err != nil {
		return nil, err
	}
	for _, path := range []string{string(c.dest), c.dest.WARC()} {
		if err := c.fsys.MkdirAll(path); err != nil {
			return nil, c.explain(err)
		}
	}
	return c, nil
}

func (c *copier) find(place, format string, args ...any) {
	c.out.Findings = append(c.out.Findings, Finding{Place: place, Reason: fmt.Sprintf(format, args...)})
}

func (c *copier) run(ctx context.Context) (err error) {
	if err := c.makeTemporary(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(c.temporary())) }()
	for _, step := range []func(context.Context) error{
		c.takeIndex, c.unseal, c.copyFiles, c.writeSeals, c.copySettings, c.placeIndex, c.writeSums,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// temporary is where files are while they are written: on the same file system, so that they can be renamed.
func (c *copier) temporary() string { return filepath.Join(string(c.dest), ".partial") }

// makeTemporary begins with an empty one; a backup that was killed leaves its own behind.
func (c *copier) makeTemporary() error {
	if err := os.RemoveAll(c.temporary()); err != nil {
		return err
	}
	return c.fsys.MkdirAll(c.temporary())
}

// place puts a finished temporary file where it belongs.
func (c *copier) place(name, folder string) error {
	if err := c.fsys.Rename(filepath.Join(c.temporary(), name), filepath.Join(folder, name)); err != nil {
		return err
	}
	return c.fsys.SyncDir(folder)
}
