package warc

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// Errors that callers tell apart.
var (
	// ErrNoSpace is for a file system or a quota that is full.
	ErrNoSpace = errors.New("no space left")
	// ErrReadOnly is for a directory or a file system that refuses writing.
	ErrReadOnly = errors.New("not writable")
	// ErrDamaged is for bytes in a file that are not what was written.
	ErrDamaged = errors.New("damaged")
	// ErrSealed is for an attempt to change a file that is closed for ever.
	ErrSealed = errors.New("sealed")
	// ErrClosed is for the use of a Writer after Close.
	ErrClosed = errors.New("writer is closed")
)

// explain adds to an error of the file system what was done to what, and the way out where there is one.
func explain(doing, path string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%s %s: %w: free space on its file system and run again: %w", doing, path, ErrNoSpace, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s %s: %w: give this user the right to write there, or choose another archive: %w",
			doing, path, ErrReadOnly, err)
	}
	return fmt.Errorf("%s %s: %w", doing, path, err)
}
