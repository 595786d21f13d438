package archive

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"

	"infocus/archive/warc"
)

// Finding is something that Check objects to.
type Finding struct {
	Place  string `json:"place"` // file, file:offset, or bucket/key of the index
	Reason string `json:"reason"`
}

// Checked is what a check looked at and found.
type Checked struct {
	Files    int       `json:"files"`
	Records  int       `json:"records"` // of the WARC files
	Bytes    int64     `json:"bytes"`
	Entries  int       `json:"entries"` // of the index, compared with a fresh one
	Findings []Finding `json:"findings"`
}

func (c *Checked) find(place, format string, args ...any) {
	c.Findings = append(c.Findings, Finding{Place: place, Reason: fmt.Sprintf(format, args...)})
}

// CheckOptions are the settings of a check.
type CheckOptions struct {
	TempDir  string            // for a copy of the index and a fresh one; "" is the system's
	Progress func(what string) // told what comes next; may be nil
}

// Check proves the archive: every byte of the WARC files against digests and seals, and the index
// against one made anew from the WARC files, entry by entry in both directions; that includes
// every record against a fresh extraction. It works while a crawl runs, on what was indexed when it
// began. The error is for what kept it from looking; what it found is in the result.
func Check(ctx context.Context, dir Dir, opts CheckOptions) (*Checked, error) {
	if err := dir.check(); err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp(opts.TempDir, "infocus-check-*")
	if err != nil {
		return nil, fmt.Errorf("check: %w (name another place with TMPDIR)", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	c := &checker{dir: dir, temp: temp, out: &Checked{Findings: []Finding{}}, say: opts.Progress, writing: WriterPID(dir) != 0}
	if c.say == nil {
		c.say = func(string) {}
	}
	return c.out, c.run(ctx)
}

type checker struct {
	dir     Dir
	temp    string
	out     *Checked
	say     func(string)
	damaged bool // a WARC file is not what was written
	writing bool // a writer was at work when the check began

	unsealed bool // the seals cannot be read
}

func (c *checker) run(ctx context.Context) error {
	files, err := warc.Files(c.dir.WARC()) // before the index is copied: what is closed by now must stand in it
	if errors.Is(err, warc.ErrDamaged) {
		c.unsealed = true
		c.out.find(filepath.Join(c.dir.WARC(), warc.SealFile), "%v", err)
	} else if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	c.writing = c.writing || WriterPID(c.dir) != 0
	until, err := c.snapshot()
	if err != nil {
		return err
	}
	if err := c.files(ctx, files, until); err != nil {
		return err
	}
	if until == nil {
		return nil
	}
	return c.index(ctx, until)
}

func (c *checker) copyPath() string { return filepath.Join(c.temp, "copy.db") }

// snapshot copies the index and says how far it holds each WARC file; nil where it cannot be read.
func (c *checker) snapshot() (map[string]int64, error) {
	c.say("copy the index")
	until := map[string]int64{}
	err := viewDB(c.dir.DB(), func(tx *bbolt.Tx) error {
		err := eachFile(tx, func(name string, f *File) error {
			until[name] = f.Indexed
			return nil
		})
		return errors.Join(err, tx.CopyFile(c.copyPath(), 0o600))
	})
	if err == nil {
		err = readPages(c.copyPath(), func(err error) { c.out.find(c.dir.DB(), "%s", inWords(err)) })
	}
	if Unreadable(err) {
		c.findIndex(err)
		return nil, nil
	}
	return until, err
}

// findIndex notes that the index cannot be read, by the name of the index and not of the copy that was read.
func (c *checker) findIndex(err error) {
	var corrupt *CorruptError
	if errors.As(err, &corrupt) {
		err = &CorruptError{Path: c.dir.DB(), Cause: corrupt.Cause}
	}
	c.out.find(c.dir.DB(), "%v", err)
}

// files verifies the WARC files, and that no sealed or indexed one is missing.
func (c *checker) files(ctx context.Context, files []warc.StoredFile, until map[string]int64) error {
	seals, err := warc.Seals(c.dir.WARC())
	if err != nil && !c.unsealed {
		c.out.find(filepath.Join(c.dir.WARC(), warc.SealFile), "%v", err)
	}
	for _, f := range files {
		c.say("verify " + f.Name)
		if err := c.file(ctx, f, until); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(seals)) {
		c.missing(name, warc.SealFile)
	}
	for _, name := range slices.Sorted(maps.Keys(until)) {
		if seals[name] == "" {
			c.missing(name, "the index")
		}
	}
	return nil
}

// missing notes a file that is named and not there.
func (c *checker) missing(name, by string) {
	if isMissing(c.dir, name) {
		c.damaged = true
		c.out.find(name, "the file is missing, though %s names it", by)
	}
}

func (c *checker) file(ctx context.Context, f warc.StoredFile, until map[string]int64) error {
	v, err := warc.Verify(ctx, filepath.Join(c.dir.WARC(), f.Name), f.Seal, nil)
	if err != nil {
		return fmt.Errorf("check %s: %w", f.Name, err)
	}
	c.out.Files++
	c.out.Records += v.Records
	c.out.Bytes += v.Bytes
	for _, p := range v.Problems {
		if f.Seal == "" && c.writing && p.Offset >= until[f.Name] {
			continue // being written
		}
		c.damaged = true
		c.out.find(place(p), "%s", p.Reason)
	}
	switch {
	case c.writing, f.Seal == "" && c.unsealed:
	case f.Seal == "":
		c.out.find(f.Name, "the file was left open by a run that was killed; the next crawl or rebuild repairs and seals it")
	case until != nil && until[f.Name] < v.Bytes:
		c.out.find(fmt.Sprintf("%s:%d", f.Name, until[f.Name]), "the index does not hold what stands from here on; the next crawl or rebuild brings it in")
	}
	return nil
}

func place(p warc.Problem) string {
	if p.Offset < 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Offset)
}

// index compares the index with one made anew.
func (c *checker) index(ctx context.Context, until map[string]int64) error {
	c.say("make a fresh index from the WARC files")
	fresh := filepath.Join(c.temp, "fresh.db")
	if _, err := build(ctx, c.dir, fresh, until, RebuildOptions{}); err != nil {
		c.out.find(c.dir.WARC(), "no index can be made from the WARC files: %v", err)
		return ctx.Err()
	}
	c.say("compare")
	err := viewDB(c.copyPath(), func(have *bbolt.Tx) error {
		return viewDB(fresh, func(want *bbolt.Tx) error {
			c.compare(have, want)
			return nil
		})
	})
	if Unreadable(err) {
		c.findIndex(err)
		return nil
	}
	return err
}
