package warc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
)

// DefaultLimit is the longest block that Scan keeps, in bytes.
const DefaultLimit int64 = 64 << 20

// ScanOptions are the settings of Scan.
type ScanOptions struct {
	From   int64 // offset of a record
	Limit  int64 // longest block to hold, in bytes; default DefaultLimit
	Digest bool  // compute and compare the digests of blocks and payloads; a record with a difference is damage
}

// Scan reads the units of a file in order: of this package's files, and of WARC files of others, 1.0 and 1.1, compressed or not. It
// holds one record at a time, a request besides. It returns the offset behind the last whole record. A damaged stretch is a
// unit of its own, and reading goes on behind it. An error of fn ends the scan and is returned as it is.
func Scan(ctx context.Context, path string, o ScanOptions, fn func(*Unit) error) (end int64, err error) {
	err = withFile(OS{}, path, func(file File) error {
		pairs := &pairer{file: filepath.Base(path), yield: fn}
		end, err = scanFile(ctx, file, path, o, handlers{record: pairs.record, damage: pairs.damage})
		if err != nil {
			return err
		}
		return pairs.flush()
	})
	return end, err
}

// ReadAt reads the unit that begins at an offset and verifies its digests. At a request of this package's files
// that is the whole capture; at a response, the response alone. Anything else than a whole record is ErrDamaged.
func ReadAt(ctx context.Context, path string, offset int64) (*Unit, error) {
	var found *Unit
	enough := errors.New("enough")
	err := withFile(OS{}, path, func(file File) error {
		pairs := &pairer{file: filepath.Base(path), alone: true, yield: func(u *Unit) error {
			found = u
			return enough
		}}
		_, err := scanFile(ctx, file, path, ScanOptions{From: offset, Digest: true},
			handlers{record: pairs.record, damage: pairs.damage, eager: true})
		if err != nil {
			return err
		}
		return pairs.flush()
	})
	switch {
	case err != nil && !errors.Is(err, enough):
		return nil, err
	case found == nil:
		return nil, fmt.Errorf("read %s at %d: %w: the file ends there", path, offset, ErrDamaged)
	case found.Damage != nil:
		return nil, fmt.Errorf("read %s at %d: %w: %s", path, offset, ErrDamaged, found.Damage.Reason)
	}
	return found, nil
}

func withFile(fsys FS, path string, fn func(File) error) error {
	file, err := fsys.Open(path, false)
	if err != nil {
		return explain("open", path, err)
	}
	err = fn(file)
	if closeErr := file.Close(); err == nil && closeErr != nil {
		err = explain("close", path, closeErr)
	}
	return err
}

// handlers take what a scan finds.
type handlers struct {
	record func(*stored) error
	damage func(Damage) error
	eager  bool // report damage at once, without looking for where it ends
}

// scanner goes through a file.
type scanner struct {
	records recordReader
	handlers
	open *Damage // found and not reported yet: the next whole record says where it ends
	end  int64   // behind the last whole record
}

func scanFile(ctx context.Context, file io.ReadSeeker, path string, o ScanOptions, h handlers) (end int64, err error) {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	s := &scanner{handlers: h, end: o.From}
	s.records = recordReader{source: newSource(file), name: filepath.Base(path), limit: o.Limit, digest: o.Digest}
	err = s.run(ctx, o.From)
	if failed := s.records.failed; failed != nil {
		err = explain("read", path, failed)
	}
	return s.end, err
}

func (s *scanner) run(ctx context.Context, from int64) error {
	if err := s.records.seek(from); err != nil {
		return err
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		more, err := s.step(ctx)
		if err != nil {
			return err
		}
		if !more {
			return s.closeDamage(true, s.records.offset())
		}
	}
}

// step reads one record or finds the end of one damaged stretch.
func (s *scanner) step(ctx context.Context) (more bool, err error) {
	err = s.records.begin()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	var rec *stored
	if err == nil {
		rec, err = s.records.next(ctx)
	}
	if stop := s.fatal(ctx); stop != nil {
		return false, stop
	}
	if err != nil {
		return s.skip(ctx, err)
	}
	if err := s.closeDamage(false, rec.location.Offset); err != nil {
		return false, err
	}
	s.end = s.records.offset()
	if err := s.record(rec); err != nil {
		return false, err
	}
	if rec.trailing {
		return s.skipTrailing(ctx)
	}
	return true, nil
}

// skipTrailing reports what stands behind a record in its member, and goes to the end of the member.
func (s *scanner) skipTrailing(ctx context.Context) (more bool, err error) {
	err = copyAll(ctx, io.Discard, s.records.in)
	if stop := s.fatal(ctx); stop != nil {
		return false, stop
	}
	if err != nil {
		return s.skip(ctx, err)
	}
	s.end = s.records.offset()
	start := s.records.start
	return true, s.damage(Damage{Offset: start, Length: s.end - start, Reason: describe(errTrailing)})
}

// fatal is for errors that are no damage.
func (s *scanner) fatal(ctx context.Context) error {
	if s.records.failed != nil {
		return s.records.failed
	}
	return ctx.Err()
}

// skip opens a damaged stretch, unless one is open, and goes to the next place that looks like a record.
func (s *scanner) skip(ctx context.Context, cause error) (more bool, err error) {
	start := s.records.start
	if s.open == nil {
		s.open = &Damage{Offset: start, Reason: describe(cause)}
	}
	if s.eager {
		return false, nil
	}
	found, err := s.records.resync(ctx, start+1)
	if err == nil && !found {
		return false, nil
	}
	return true, err
}

func (s *scanner) closeDamage(tail bool, end int64) error {
	if s.open == nil {
		return nil
	}
	d := *s.open
	s.open = nil
	d.Tail, d.Length = tail, end-d.Offset
	return s.damage(d)
}
