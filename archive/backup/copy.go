package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// chunk is how much is copied between two looks at the context.
const chunk = 1 << 20

// copy brings the first limit bytes of a file, all for a negative limit, into the temporary directory, makes
// them durable and gives their SHA-256 in hex.
func (c *copier) copy(ctx context.Context, from, name string, limit int64) (sum string, err error) {
	c.opts.Progress("copy " + name)
	src, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer func() { _ = src.Close() }()
	in := &reader{r: src}
	sum, err = c.write(name, func(w io.Writer) error {
		n, err := copyBytes(ctx, w, in, limit)
		if err == nil && limit >= 0 && n < limit {
			in.err = fmt.Errorf("it ends at %d, before %d", n, limit)
			err = in.err
		}
		return err
	})
	if err != nil && in.err != nil {
		return "", &sourceError{err: in.err}
	}
	return sum, err
}

// sourceError is for a file of the archive that cannot be read. It keeps no other file from being copied.
type sourceError struct{ err error }

func (e *sourceError) Error() string { return "it cannot be read: " + e.err.Error() }

func (e *sourceError) Unwrap() error { return e.err }

// reader tells a failure of reading from one of writing.
type reader struct {
	r   io.Reader
	err error
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// write makes a temporary file.
func (c *copier) write(name string, fill func(io.Writer) error) (sum string, err error) {
	path := filepath.Join(c.temporary(), name)
	file, err := c.fsys.Create(path)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	count := &counter{}
	if err = fill(io.MultiWriter(file, h, count)); err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	c.out.Bytes += count.n
	return sumOf(h), nil
}

// finish makes a small file and puts it in place.
func (c *copier) finish(name, folder, listed string, text []byte) error {
	sum, err := c.write(name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return err
	}
	if listed != "" {
		c.sums[listed] = sum
	}
	return c.place(name, folder)
}

// hashFile gives the SHA-256 in hex and the size of a file.
func hashFile(ctx context.Context, path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	size, err = copyBytes(ctx, h, f, -1)
	return sumOf(h), size, err
}

func sumOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// copyBytes copies up to limit bytes, all for a negative limit, and stops when ctx ends.
func copyBytes(ctx context.Context, w io.Writer, r io.Reader, limit int64) (n int64, err error) {
	for limit < 0 || n < limit {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		next := int64(chunk)
		if limit >= 0 {
			next = min(next, limit-n)
		}
		m, err := io.CopyN(w, r, next)
		n += m
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
