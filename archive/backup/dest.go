package backup

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"infocus/archive"
	"infocus/archive/warc"
)

// DestError says why a directory is no place for the backup of an archive.
type DestError struct {
	Dest   string
	Reason string
}

func (e *DestError) Error() string { return fmt.Sprintf("backup to %s: %s", e.Dest, e.Reason) }

func (c *copier) refuse(format string, args ...any) error {
	return &DestError{Dest: string(c.dest), Reason: fmt.Sprintf(format, args...)}
}

// check wants an archive to copy, and a dest that is empty, missing, or an earlier backup of it.
func (c *copier) check(ctx context.Context) error {
	if err := archive.Exists(c.dir); err != nil {
		return err
	}
	if err := c.checkPlace(); err != nil {
		return err
	}
	entries, err := os.ReadDir(string(c.dest))
	if errors.Is(err, fs.ErrNotExist) {
		return c.readSeals()
	}
	if err != nil {
		return c.explain(err)
	}
	if !isBackup(entries) && !isEmpty(entries) {
		return c.refuse("it is not empty and holds no backup; name an empty or a new directory")
	}
	if err := c.readSeals(); err != nil {
		return err
	}
	return c.checkContent(ctx)
}

// checkPlace wants neither of the two inside the other.
func (c *copier) checkPlace() error {
	switch {
	case within(string(c.dest), string(c.dir)):
		return c.refuse("it lies in the archive %s itself; name a directory outside, best on another disk", c.dir)
	case within(string(c.dir), string(c.dest)):
		return c.refuse("the archive %s lies in it; name a directory elsewhere, best on another disk", c.dir)
	}
	return nil
}

// within says whether path is folder or lies below it, whatever links lead there. What does not exist
// yet of path counts as lying where its name says.
func within(path, folder string) bool {
	wanted, err := os.Stat(folder)
	if err != nil {
		return false
	}
	if path, err = filepath.Abs(path); err != nil {
		return false
	}
	for {
		if info, err := os.Stat(path); err == nil {
			if os.SameFile(info, wanted) {
				return true
			}
			if target, err := filepath.EvalSymlinks(path); err == nil {
				path = target
			}
		}
		parent := filepath.Dir(path)
		if parent == path {
			return false
		}
		path = parent
	}
}

// isBackup says whether a directory was begun by a backup or a crawl. A crawl has settings or an index, a
// backup at least the folder of WARC files.
func isBackup(entries []fs.DirEntry) bool {
	for _, e := range entries {
		if e.Name() == "warc" || e.Name() == "infocus.db" {
			return true
		}
	}
	return false
}

// isEmpty lets pass what file systems put into their roots, and what a first backup that was cut off left.
func isEmpty(entries []fs.DirEntry) bool {
	for _, e := range entries {
		if n := e.Name(); n != "lost+found" && n != "lock" && !strings.HasPrefix(n, ".") {
			return false
		}
	}
	return true
}

// readSeals reads the seals of both sides, and what the last backup knew of its files. Lists of dest that
// decayed are made anew, and every file is read again.
func (c *copier) readSeals() error {
	var err error
	if c.source, err = warc.Seals(c.dir.WARC()); err != nil {
		return err
	}
	if c.known, err = c.ownList(string(c.dest)); err != nil {
		return err
	}
	c.seals, err = c.ownList(c.dest.WARC())
	return err
}

func (c *copier) ownList(dir string) (map[string]string, error) {
	list, err := warc.Seals(dir)
	if errors.Is(err, warc.ErrDamaged) {
		c.find(filepath.Join(dir, warc.SealFile), "the list was damaged, and is made anew")
		return map[string]string{}, nil
	}
	return list, err
}

// checkContent wants dest to hold nothing that is not of this archive. An archive that lacks what its backup has
// is refused as well: it was taken back to an earlier state, or is another one.
func (c *copier) checkContent(ctx context.Context) error {
	here := map[string]bool{}
	files, err := warc.Files(c.dir.WARC())
	if err != nil {
		return err
	}
	for _, f := range files {
		here[f.Name] = true
	}
	for name, sum := range c.seals {
		own, closed := c.source[name]
		if own == sum || (!closed && !here[name]) {
			continue
		}
		grown, err := c.hasGrown(ctx, name, sum)
		switch {
		case err != nil:
			return err
		case grown:
			c.early[name] = true
		case !closed:
			c.parted[name] = true
		default:
			return c.refuse("its %s is another than that of %s: it holds another archive; name another directory", name, c.dir)
		}
	}
	there, err := warcNames(c.dest.WARC())
	if err != nil {
		return c.explain(err)
	}
	for _, name := range there {
		if _, sealed := c.source[name]; !sealed && !here[name] {
			return c.refuse("it holds %s, which %s has not: it is a backup of another archive, or of a later state of this one; name another directory", name, c.dir)
		}
	}
	return nil
}

// hasGrown says whether a file of the archive goes on from what dest has of it: an earlier backup took it while it was open.
func (c *copier) hasGrown(ctx context.Context, name, seal string) (bool, error) {
	there, size, err := hashFile(ctx, c.path(name))
	if err != nil {
		return ctx.Err() == nil, ctx.Err() // missing or unreadable: nothing is lost by copying it anew
	}
	f, err := os.Open(filepath.Join(c.dir.WARC(), name))
	if err != nil {
		return false, ctx.Err()
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	n, err := copyBytes(ctx, h, f, size)
	if err != nil {
		return false, ctx.Err()
	}
	begin := sumOf(h)
	return n == size && (begin == there || begin == seal), nil
}

// warcNames lists the WARC files of a directory; one that is missing has none.
func warcNames(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".warc.gz") {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// explain adds to an error of the file system what a person can do.
func (c *copier) explain(err error) error {
	var refused *DestError
	switch {
	case err == nil, errors.As(err, &refused):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("backup to %s: its disk is full: free some space or name another place; what is copied is kept, and the next backup goes on: %w", c.dest, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("backup to %s: %w (give this user the right to write there)", c.dest, err)
	}
	return fmt.Errorf("backup to %s: %w", c.dest, err)
}
