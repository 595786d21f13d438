package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"infocus/archive/record"
	"infocus/archive/warc"
)

// FormatVersion is the version of the index layout that this program reads and writes.
const FormatVersion = 1

const (
	// readWait is how long a reader waits for a batch of the writer to end.
	readWait = 10 * time.Second
	// writeWait is how long the writer waits for readers. What was fetched is in the WARC files
	// by then, so waiting costs no data; it only holds the crawl.
	writeWait = 10 * time.Minute
)

// ErrNoIndex says that the index file is missing.
var ErrNoIndex = errors.New("no index")

// FormatError says that an index was written by another version of the layout.
type FormatError struct {
	Path string
	Have int
}

func (e *FormatError) Error() string {
	if e.Have > FormatVersion {
		return fmt.Sprintf("index %s has format %d, this program knows %d: it was written by a newer infocus; install that version (the WARC files are readable by every version)",
			e.Path, e.Have, FormatVersion)
	}
	return fmt.Sprintf("index %s has format %d, this program writes %d: run `infocus rebuild` to make it anew from the WARC files", e.Path, e.Have, FormatVersion)
}

// CorruptError says that the index cannot be read. The WARC files are not concerned.
type CorruptError struct {
	Path  string
	Cause string
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("index %s is damaged (%s): run `infocus rebuild` to make it anew from the WARC files", e.Path, e.Cause)
}

// viewDB runs fn in a read transaction on the index at path and closes it again. A value that fn cannot
// make out is a CorruptError: nothing else than values of the index is decoded in there.
func viewDB(path string, fn func(*bbolt.Tx) error) error {
	return viewWith(path, &bbolt.Options{ReadOnly: true, Timeout: readWait}, fn)
}

func viewWith(path string, opts *bbolt.Options, fn func(*bbolt.Tx) error) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrNoIndex, path)
	}
	if err == nil && info.Size() == 0 {
		return &CorruptError{Path: path, Cause: "it is empty"}
	}
	return withDB(path, opts, func(db *bbolt.DB) error {
		return db.View(func(tx *bbolt.Tx) error {
			if err := checkFormat(path, tx); err != nil {
				return err
			}
			return spoiled(path, fn(tx))
		})
	})
}

// updateDB runs fn in a write transaction on the index at path, made if missing, and closes it again,
// so that readers wait for one batch at most.
func updateDB(path string, fn func(*bbolt.Tx) error) error {
	opts := &bbolt.Options{Timeout: writeWait, FreelistType: bbolt.FreelistMapType}
	return withDB(path, opts, func(db *bbolt.DB) error {
		return db.Update(func(tx *bbolt.Tx) error {
			if err := prepareFormat(path, tx); err != nil {
				return err
			}
			return spoiled(path, fn(tx))
		})
	})
}

// withDB opens the database for the time of fn. bbolt shows damage as a panic or as a fault on its
// memory map; both come back as a CorruptError.
func withDB(path string, opts *bbolt.Options, fn func(*bbolt.DB) error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if p := recover(); p != nil {
			err = &CorruptError{Path: path, Cause: inWords(p)}
		}
	}()
	db, err := bbolt.Open(path, 0o644, opts)
	if err != nil {
		return openError(path, err)
	}
	defer func() {
		if cerr := db.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("close index %s: %w", path, cerr)
		}
	}()
	return fullDisk(path, fn(db))
}

// inWords says what is wrong with an index that made bbolt panic. What bbolt asserts is in words already; what the
// Go runtime says of a wild reference tells a reader nothing.
func inWords(p any) string {
	if _, wild := p.(runtime.Error); wild {
		return "its pages refer to what is not there"
	}
	return strings.TrimPrefix(fmt.Sprint(p), "panic: ")
}

// spoiled makes a CorruptError of an error that comes from decoding a value or from copying the pages.
func spoiled(path string, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var moment *time.ParseError
	var corrupt *CorruptError
	switch {
	case err == nil, errors.As(err, &corrupt):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &CorruptError{Path: path, Cause: "it was cut short"}
	case errors.As(err, &syntax), errors.As(err, &kind), errors.As(err, &moment), errors.Is(err, record.ErrSchema),
		strings.Contains(err.Error(), "json: unknown field"): // encoding/json has no type for it
		return &CorruptError{Path: path, Cause: err.Error()}
	}
	return err
}

// fullDisk adds the way out to the error of a full disk. bbolt drops the error of a file that cannot grow and keeps
// its words.
func fullDisk(path string, err error) error {
	if err == nil || errors.Is(err, warc.ErrNoSpace) {
		return err
	}
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return fmt.Errorf("write %s: %w: free space on its file system and run again: %w", path, warc.ErrNoSpace, err)
		}
	}
	return err
}

func openError(path string, err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("open index %s: another program holds it; try again when it has ended", path)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return &CorruptError{Path: path, Cause: err.Error()}
	case strings.Contains(err.Error(), "file size too small"): // bbolt has no sentinel for it
		return &CorruptError{Path: path, Cause: "it was cut short"}
	}
	return fullDisk(path, fmt.Errorf("open index %s: %w", path, err))
}

func checkFormat(path string, tx *bbolt.Tx) error {
	meta := bucket(tx, bucketMeta)
	if meta == nil {
		return &CorruptError{Path: path, Cause: "it has no meta bucket"}
	}
	have, err := strconv.Atoi(string(meta.Get([]byte(keyFormat))))
	if err != nil {
		return &CorruptError{Path: path, Cause: "it names no format"}
	}
	if have != FormatVersion {
		return &FormatError{Path: path, Have: have}
	}
	return nil
}

func prepareFormat(path string, tx *bbolt.Tx) error {
	if bucket(tx, bucketMeta) != nil {
		return checkFormat(path, tx)
	}
	for _, name := range allBuckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("make index %s: %w", path, err)
		}
	}
	return bucket(tx, bucketMeta).Put([]byte(keyFormat), []byte(strconv.Itoa(FormatVersion)))
}
