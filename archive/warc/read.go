package warc

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const (
	maxHead   = 1 << 20 // bytes of named fields
	maxFields = 1000
	firstGrab = 1 << 20 // of a block: a length that lies costs no more memory than this
)

// stored is a record as it was read.
type stored struct {
	version  string
	header   Header
	location Location
	size     int64
	block    []byte
	tooLarge bool // block is nil: size is beyond the limit
	member   string
	trailing bool // bytes follow in its member that belong to no record
}

// recordReader reads record after record from a source.
type recordReader struct {
	*source
	name   string // of the file
	limit  int64
	digest bool
	line   []byte // memory for the head, used again
}

// next reads the record at which begin stopped.
func (r *recordReader) next(ctx context.Context) (*stored, error) {
	rec := &stored{}
	if err := r.readHead(rec, false); err != nil {
		return nil, err
	}
	if err := r.checkSize(rec); err != nil {
		return nil, err
	}
	if err := r.readBlock(ctx, rec); err != nil {
		r.apart = r.apart || errors.Is(err, io.ErrUnexpectedEOF)
		return nil, err
	}
	end, whole, err := r.end()
	rec.trailing = errors.Is(err, errTrailing)
	if err != nil && !rec.trailing {
		return nil, err
	}
	rec.location = Location{File: r.name, Offset: r.start}
	if whole {
		rec.location.Length = end - r.start
	}
	if !r.plain() {
		rec.member = string(r.head[:])
	}
	return rec, nil
}

// checkSize spares a file of many records with lengths that lie from being read to its end for each of them.
func (r *recordReader) checkSize(rec *stored) error {
	if !r.plain() || rec.size <= firstGrab {
		return nil
	}
	rest, err := r.rest()
	if err == nil && rec.size > rest {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// readHead reads the version line and the named fields. If strict, a line that is no field is an error.
func (r *recordReader) readHead(rec *stored, strict bool) error {
	r.line = r.line[:0]
	for first := true; ; first = false {
		start := len(r.line)
		length, err := readLine(r.in, &r.line)
		if err != nil {
			return noEOF(err)
		}
		line := r.line[start : start+length]
		switch {
		case first && !bytes.HasPrefix(line, []byte("WARC/")):
			return errors.New("no WARC version line")
		case !first && strict && length > 0 && line[0] != ' ' && line[0] != '\t' && !bytes.Contains(line, []byte(":")):
			return errors.New("a line that is no named field")
		}
		if length == 0 {
			break
		}
	}
	version, fields, _ := strings.Cut(string(r.line), "\n")
	rec.version = strings.TrimSpace(version)
	rec.header = parseFields(fields)
	size, err := strconv.ParseUint(rec.header.Value(fieldContentLength), 10, 62)
	if err != nil {
		return errors.New("no valid Content-Length")
	}
	rec.size = int64(size)
	return nil
}

// readLine adds a line to buf and returns its length without its line end.
func readLine(in *bufio.Reader, buf *[]byte) (int, error) {
	start := len(*buf)
	for {
		part, err := in.ReadSlice('\n')
		*buf = append(*buf, part...)
		if len(*buf) > maxHead {
			return 0, errors.New("named fields without an end")
		}
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return 0, err
		}
	}
	line := (*buf)[start:]
	n := len(line) - 1
	if n > 0 && line[n-1] == '\r' {
		n--
	}
	return n, nil
}

// parseFields reads lines of the form "name: value"; a line that starts with white space goes on with the field before it.
func parseFields(text string) Header {
	header := make(Header, 0, 12)
	for text != "" && len(header) < maxFields {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		line = strings.TrimSuffix(line, "\r")
		if last := len(header) - 1; last >= 0 && line != "" && (line[0] == ' ' || line[0] == '\t') {
			header[last].Value = strings.TrimSpace(header[last].Value + " " + strings.TrimSpace(line))
			continue
		}
		if name, value, found := strings.Cut(line, ":"); found {
			header = append(header, Field{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
		}
	}
	return header
}

// readBlock holds the block or, beyond the limit, passes over it.
func (r *recordReader) readBlock(ctx context.Context, rec *stored) error {
	check := blockCheck(rec.header, r.digest)
	if rec.tooLarge = rec.size > r.limit; rec.tooLarge {
		if err := discard(ctx, check, r.in, rec.size); err != nil {
			return err
		}
		return check.verify("block")
	}
	rec.block = make([]byte, min(rec.size, firstGrab))
	if _, err := io.ReadFull(r.in, rec.block); err != nil {
		return noEOF(err)
	}
	for have := int64(len(rec.block)); have < rec.size; have = int64(len(rec.block)) {
		rec.block = append(rec.block, make([]byte, min(rec.size-have, have))...)
		if _, err := io.ReadFull(r.in, rec.block[have:]); err != nil {
			return noEOF(err)
		}
	}
	if !r.digest {
		return nil
	}
	if _, err := check.Write(rec.block); err != nil {
		return err
	}
	if err := check.verify("block"); err != nil {
		return err
	}
	return verifyPayload(rec)
}

// discard reads on without keeping anything, in steps between which the context is asked.
func discard(ctx context.Context, w io.Writer, r io.Reader, n int64) error {
	for n > 0 {
		step := min(n, 1<<20)
		if _, err := io.CopyN(w, r, step); err != nil {
			return noEOF(err)
		}
		n -= step
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// describe puts what the decompressor says into words.
func describe(err error) string {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "the record is cut off"
	case errors.Is(err, errNoRecord), errors.Is(err, errTrailing):
		return err.Error()
	}
	return fmt.Sprintf("the record cannot be read: %v", err)
}
