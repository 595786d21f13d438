package archive

import (
	"errors"
	"fmt"
	"io"

	"go.etcd.io/bbolt"
)

// Snapshot writes a copy of the index to w, one consistent state of it, and says up to which offset that
// state holds each WARC file. While it writes, a crawl can fetch but not index. An index that is missing,
// damaged or of another format is ErrNoIndex, a CorruptError or a FormatError.
func Snapshot(dir Dir, w io.Writer) (indexed map[string]int64, err error) {
	indexed = map[string]int64{}
	out := &outcome{w: w}
	err = viewDB(dir.DB(), func(tx *bbolt.Tx) error {
		if err := eachFile(tx, func(name string, f *File) error { indexed[name] = f.Indexed; return nil }); err != nil {
			return err
		}
		_, err := tx.WriteTo(out)
		return err
	})
	if out.err != nil { // of the place that is written to, not of the index
		return nil, fmt.Errorf("copy index %s: %w", dir.DB(), out.err)
	}
	return indexed, err
}

// outcome remembers the error of a writer, which bbolt passes on as text.
type outcome struct {
	w   io.Writer
	err error
}

func (o *outcome) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	o.err = err
	return n, err
}

// CheckIndex says whether the index at path can be read whole. Page by page; what the pages say is not
// held against the WARC files, as Check does.
func CheckIndex(path string) error {
	var first error
	err := readPages(path, func(err error) {
		if first == nil {
			first = &CorruptError{Path: path, Cause: err.Error()}
		}
	})
	if err != nil {
		return err
	}
	return first
}

// Unreadable says whether an error means an index that cannot be read, so that only a rebuild helps.
func Unreadable(err error) bool {
	var corrupt *CorruptError
	var format *FormatError
	return errors.Is(err, ErrNoIndex) || errors.As(err, &corrupt) || errors.As(err, &format)
}

// Hold takes the writer's lock of a directory for what changes it by other means than a Writer. It is a
// LockedError where another process has it.
func Hold(dir Dir) (release func() error, err error) {
	lock, err := acquireLock(dir)
	if err != nil {
		return nil, err
	}
	return lock.release, nil
}

// Exists says with an ErrNoArchive that a directory holds no archive.
func Exists(dir Dir) error { return dir.check() }
