package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"infocus/archive/warc"
)

// copyFiles brings over the WARC files, in the order in which they were written.
func (c *copier) copyFiles(ctx context.Context) error {
	files, err := warc.Files(c.dir.WARC())
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, f := range files {
		there[f.Name] = true
		if f.Seal == "" {
			err = c.open(ctx, f)
		} else {
			c.source[f.Name] = f.Seal
			err = c.sealed(ctx, f)
		}
		if err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.source)) {
		if !there[name] {
			if err := c.missing(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// sealed brings over a file that never changes any more.
func (c *copier) sealed(ctx context.Context, f warc.StoredFile) error {
	size, found, err := c.size(f.Name)
	if err != nil {
		return err
	}
	if found && size == f.Size && c.known[listed(f.Name)] == f.Seal && !c.opts.Verify {
		c.keep(f.Name, f.Seal)
		return nil
	}
	damaged := false
	if found {
		good, err := c.verify(ctx, f)
		if err != nil || good {
			return err
		}
		damaged = c.seals[f.Name] != "" // else it was copied while it was open, and is replaced
	}
	return c.replace(ctx, f, damaged)
}

// verify reads a file of the copy and says whether it is what was sealed.
func (c *copier) verify(ctx context.Context, f warc.StoredFile) (good bool, err error) {
	c.opts.Progress("verify " + f.Name)
	sum, size, err := hashFile(ctx, c.path(f.Name))
	if err != nil || sum != f.Seal {
		return false, ctx.Err() // one that cannot be read is damaged
	}
	if size != f.Size {
		c.find(filepath.Join(c.dir.WARC(), f.Name), "the archive's file has %d bytes where it was closed with %d; the copy is good: copy it back", f.Size, size)
	}
	c.out.Verified++
	c.keep(f.Name, f.Seal)
	return true, nil
}

// replace copies a file of the archive, and puts it in place if it is what was sealed.
func (c *copier) replace(ctx context.Context, f warc.StoredFile, damaged bool) error {
	place := filepath.Join(c.dir.WARC(), f.Name)
	sum, err := c.copy(ctx, place, f.Name, -1)
	var unreadable *sourceError
	if err != nil && !errors.As(err, &unreadable) {
		return err
	}
	if err != nil || sum != f.Seal {
		reason := "it is not what was sealed"
		if err != nil {
			reason = err.Error()
		}
		c.find(place, "the archive's file is damaged, and was not copied: %s; copy it back from a good copy, and run `infocus check`", reason)
		if damaged {
			c.find(c.path(f.Name), "the copy is damaged too, and was left as it is")
		}
		return nil
	}
	if damaged {
		if err := c.setAside(f.Name); err != nil {
			return err
		}
	}
	c.out.Copied++
	c.sums[listed(f.Name)] = f.Seal
	return c.place(f.Name, c.dest.WARC())
}

// setAside keeps a damaged file of the copy under another name: parts of it may be of use.
func (c *copier) setAside(name string) error {
	aside := c.path(name) + ".damaged"
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s.damaged.%d", c.path(name), n)
	}
	c.find(c.path(name), "the copy was damaged: it is set aside as %s and copied anew; look after the disk", filepath.Base(aside))
	return c.fsys.Rename(c.path(name), aside)
}

// open brings over a file that is being written, or that a killed run left: as far as the index knows it.
// Without an index it comes as it is; a rebuild cuts a torn tail.
func (c *copier) open(ctx context.Context, f warc.StoredFile) error {
	place := filepath.Join(c.dir.WARC(), f.Name)
	limit := c.indexed[f.Name]
	switch {
	case c.parted[f.Name]:
		c.find(place, "the archive's file does not go on from the copy, which was whole: it was not copied; run `infocus check`")
		c.source[f.Name] = c.seals[f.Name]
		c.keep(f.Name, c.seals[f.Name])
		return nil
	case c.indexed == nil:
		limit = f.Size
	case f.Size < limit:
		c.find(place, "the archive's file has %d bytes, its index knows of %d: it was not copied; run `infocus check`", f.Size, limit)
		return nil
	}
	if limit == 0 {
		return nil // begun after the index was taken
	}
	sum, err := c.copy(ctx, place, f.Name, limit)
	var unreadable *sourceError
	if errors.As(err, &unreadable) {
		c.find(place, "the archive's file was not copied: %v", err)
		return nil
	}
	if err != nil {
		return err
	}
	if c.indexed != nil {
		v, err := warc.Verify(ctx, filepath.Join(c.temporary(), f.Name), "", nil)
		if err != nil {
			return err
		}
		if len(v.Problems) > 0 {
			p := v.Problems[0]
			c.find(fmt.Sprintf("%s:%d", place, p.Offset), "the archive's file is damaged and was not copied: %s; run `infocus check`", p.Reason)
			return nil
		}
		c.source[f.Name] = sum
	}
	c.out.Open = append(c.out.Open, f.Name)
	c.sums[listed(f.Name)] = sum
	return c.place(f.Name, c.dest.WARC())
}

// missing names a file that the archive lost, and says whether the copy can give it back.
func (c *copier) missing(ctx context.Context, name string) error {
	place := filepath.Join(c.dir.WARC(), name)
	_, found, err := c.size(name)
	if err != nil {
		return err
	}
	if !found {
		c.find(place, "the archive's file is missing, and there is no copy here")
		return nil
	}
	sum, _, err := hashFile(ctx, c.path(name))
	if err != nil {
		return err
	}
	if sum != c.source[name] {
		c.find(place, "the archive's file is missing, and its copy is damaged")
		return nil
	}
	c.keep(name, sum)
	c.find(place, "the archive's file is missing; the copy is good: copy %s back", c.path(name))
	return nil
}

func (c *copier) keep(name, sum string) {
	c.out.Kept++
	c.sums[listed(name)] = sum
}

// path is where the copy has a WARC file.
func (c *copier) path(name string) string { return filepath.Join(c.dest.WARC(), name) }

// listed is the name of a WARC file in the list of the whole copy.
func listed(name string) string { return "warc/" + name }

func (c *copier) size(name string) (size int64, found bool, err error) {
	info, err := os.Stat(c.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	return info.Size(), true, nil
}
