package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"infocus/archive"
	"infocus/archive/warc"
)

const indexName = "infocus.db"

// takeIndex copies one state of the index before anything else, so that every file that it speaks of is copied
// after it. An index that cannot be read is named and left out: the WARC files are the archive.
func (c *copier) takeIndex(context.Context) error {
	c.opts.Progress("copy the index")
	c.out.Writer = archive.WriterPID(c.dir)
	var indexed map[string]int64
	sum, err := c.write(indexName, func(w io.Writer) error {
		var err error
		indexed, err = archive.Snapshot(c.dir, w)
		return err
	})
	if err == nil {
		err = archive.CheckIndex(filepath.Join(c.temporary(), indexName))
	}
	switch {
	case err == nil:
		c.indexed, c.sums[indexName] = indexed, sum
		return nil
	case archive.Unreadable(err):
		c.find(c.dir.DB(), "%v; the index was not copied, and the copy keeps the one that it has", err)
		return nil
	}
	return err
}

// placeIndex puts the index in place when all that it speaks of is there.
func (c *copier) placeIndex(context.Context) error {
	if c.indexed == nil {
		return nil
	}
	info, err := os.Stat(filepath.Join(c.temporary(), indexName))
	if err != nil {
		return err
	}
	c.out.Index = info.Size()
	return c.place(indexName, string(c.dest))
}

func (c *copier) copySettings(context.Context) error {
	text, err := os.ReadFile(c.dir.Settings())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return c.finish(filepath.Base(c.dir.Settings()), string(c.dest), filepath.Base(c.dir.Settings()), text)
}

// unseal takes back the seals of files that have grown since dest sealed them, before they are replaced: a file without a seal is
// sound at any length.
func (c *copier) unseal(context.Context) error {
	if len(c.early) == 0 {
		return nil
	}
	for name := range c.early {
		delete(c.seals, name)
	}
	return c.finish(warc.SealFile, c.dest.WARC(), "", list(c.seals))
}

// writeSeals writes the seals of the archive, those too of files that could not be copied: a restored archive has to know
// what it lacks. Open files are sealed as they were copied, so that the copy is whole by itself.
func (c *copier) writeSeals(context.Context) error {
	return c.finish(warc.SealFile, c.dest.WARC(), listed(warc.SealFile), list(c.source))
}

// writeSums writes down every good file of the copy.
func (c *copier) writeSums(context.Context) error {
	return c.finish(warc.SealFile, string(c.dest), "", list(c.sums))
}

// list is in the format of sha256sum, ordered by name.
func list(sums map[string]string) []byte {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(&text, "%s  %s\n", sums[name], name)
	}
	return []byte(text.String())
}
