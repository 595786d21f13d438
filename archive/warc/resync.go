package warc

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
)

// resync seeks the next place from an offset on that begins like a record, and stops there. Where there is none the source stands at
// the end of the file.
//
// A page can hold bytes that look like a record of this archive. In a file of this package a place counts only if its record
// names the warcinfo of the file, whose id no site can know.
func (r *recordReader) resync(ctx context.Context, from int64) (found bool, err error) {
	magic := []byte("\nWARC/")
	lead := int64(1) // bytes of magic in front of the record
	compressed, warcinfo := r.nature()
	if compressed {
		magic, lead = []byte(memberHead[:3]), 0
	}
	for at := from - lead; ; at++ {
		if at, err = r.find(ctx, magic, at); err != nil {
			if errors.Is(err, io.EOF) {
				return false, nil
			}
			return false, err
		}
		if r.plausible(at+lead, warcinfo) {
			return true, r.seek(at + lead)
		}
		if r.failed != nil {
			return false, r.failed
		}
		if err := ctx.Err(); err != nil {
			return false, err
		}
	}
}

// nature looks at the first record of the file: whether it is compressed, and the id of its warcinfo if it is a file of this
// package.
func (r *recordReader) nature() (compressed bool, warcinfo string) {
	if r.seek(0) != nil {
		return true, ""
	}
	magic, _ := r.raw.Peek(2)
	compressed = string(magic) == memberHead[:2] || strings.HasSuffix(r.name, ".gz")
	first := &stored{}
	if _, ours := serialOf(r.name); !ours || r.begin() != nil || r.readHead(first, false) != nil {
		return compressed, ""
	}
	if first.header.Value(fieldType) == typeInfo {
		warcinfo = first.header.id(fieldRecordID)
	}
	return compressed, warcinfo
}

// find gives the offset of the next occurrence of some bytes.
func (r *recordReader) find(ctx context.Context, magic []byte, from int64) (int64, error) {
	if err := r.seek(from); err != nil {
		return 0, err
	}
	for {
		window, err := r.raw.Peek(rawBuffer)
		if i := bytes.Index(window, magic); i >= 0 {
			return r.offset() + int64(i), nil
		}
		if err != nil {
			_, _ = r.raw.Discard(len(window)) // all of it is in the buffer
			return 0, err
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if _, err := r.raw.Discard(len(window) - len(magic) + 1); err != nil {
			return 0, err
		}
	}
}

// plausible reads the named fields at an offset. It is strict, so that many places in a row that only begin like a record cost
// no more than one reading of them.
func (r *recordReader) plausible(at int64, warcinfo string) bool {
	rec := &stored{}
	if r.seek(at) != nil || r.begin() != nil || r.readHead(rec, true) != nil {
		return false
	}
	return warcinfo == "" || rec.header.id(fieldWarcinfoID) == warcinfo
}
