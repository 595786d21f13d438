package warc

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"
)

// errUnusable marks a file in which a failed write could not be undone.
var errUnusable = errors.New("what was written in part could not be removed")

// output is the file being written. Its size and sum are those of what was appended; the durable ones, of what a crash
// cannot take.
type output struct {
	fsys    FS
	path    string
	name    string
	file    File
	records int // groups behind the warcinfo

	size, durable int64
	sum           hash.Hash // running SHA-256, so that sealing reads nothing again
}

// create makes a file with its first record and makes its name durable. After an error there is no file.
func create(fsys FS, dir, name string, info Encoded) (*output, error) {
	o := &output{fsys: fsys, path: filepath.Join(dir, name), name: name, sum: sha256.New()}
	var err error
	if o.file, err = fsys.Create(o.path); err != nil {
		return nil, explain("create", o.path, err)
	}
	if err = o.write(info.data); err == nil {
		err = fsys.SyncDir(dir)
	}
	if err != nil {
		_ = o.file.Close() // both are tidying up after the error that matters
		_ = fsys.Remove(o.path)
		return nil, explain("write", o.path, err)
	}
	return o, nil
}

func (o *output) write(data []byte) error {
	n, err := o.file.Write(data)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return err
	}
	o.size += int64(n)
	_, err = o.sum.Write(data)
	return err
}

// append writes a batch or, after an error, none of it.
func (o *output) append(batch []Encoded) error {
	size, sum, err := o.size, hash.Hash(nil), error(nil)
	if sum, err = cloneHash(o.sum); err != nil {
		return err
	}
	for i := range batch {
		if err = o.write(batch[i].data); err != nil {
			break
		}
	}
	if err == nil {
		o.records += len(batch)
		return nil
	}
	err = explain("append to", o.path, err)
	o.size, o.sum = size, sum
	if undo := o.cut(size); undo != nil {
		return fmt.Errorf("%w; %w: %w", err, errUnusable, undo)
	}
	return err
}

func (o *output) cut(size int64) error {
	if err := o.file.Truncate(size); err != nil {
		return err
	}
	_, err := o.file.Seek(size, io.SeekStart)
	return err
}

func (o *output) sync() error {
	if o.durable == o.size {
		return nil
	}
	if err := o.file.Sync(); err != nil {
		return explain("make durable", o.path, err)
	}
	o.durable = o.size
	return nil
}

// abandon takes what is not durable out of the file as far as that can be done, and closes it. It says whether records
// that append had taken are lost. A file in which nothing is durable goes.
func (o *output) abandon() (lost bool) {
	_ = o.file.Truncate(o.durable) // if this fails, the next start finds a torn tail, or whole records to index
	_ = o.file.Close()
	if o.durable == 0 {
		_ = o.fsys.Remove(o.path)
	}
	return o.size > o.durable && o.records > 0
}

func (o *output) seal() string { return hex.EncodeToString(o.sum.Sum(nil)) }

func (o *output) close() error {
	if err := o.file.Close(); err != nil {
		return explain("close", o.path, err)
	}
	return nil
}

func cloneHash(h hash.Hash) (hash.Hash, error) {
	cloner, ok := h.(hash.Cloner)
	if !ok {
		return nil, fmt.Errorf("%T cannot be cloned", h)
	}
	return cloner.Clone()
}
