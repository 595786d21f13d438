package warc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"

	"github.com/klauspost/compress/flate"
)

// level is the compression level: BenchmarkEncode shows what others cost and save.
const level = 6

// memberHead is how every gzip member begins that this package writes: deflate, no flags, no time, no extra flags, unknown
// system (RFC 1952, 2.3). Verify compares it, for no checksum covers it. A library's gzip writer could choose other bytes in
// its next version; so the frame is written here.
const memberHead = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

// Encoded is a group ready to be appended.
type Encoded struct {
	group      Group
	warcinfoID string // of the file that it was made for
	data       []byte
	lengths    []int64 // of its records
}

// Size is the number of bytes that the group takes in the file.
func (e Encoded) Size() int64 { return int64(len(e.data)) }

// Encode compresses a group, so that this can be done on another goroutine than Append.
func (w *Writer) Encode(g Group) (Encoded, error) {
	if len(g) == 0 {
		return Encoded{}, errors.New("encode: a group without records")
	}
	return w.encode(g, w.currentInfo())
}

func (w *Writer) encode(g Group, warcinfoID string) (Encoded, error) {
	e := Encoded{group: g, warcinfoID: warcinfoID, lengths: make([]int64, len(g))}
	deflate, err := w.compressor()
	if err != nil {
		return Encoded{}, err
	}
	defer w.compressors.Put(deflate)
	var out bytes.Buffer
	out.Grow(sizeHint(g))
	for i := range g {
		start := out.Len()
		if err := writeMember(&out, deflate, g[i].appendHead(nil, warcinfoID), g[i].Block, []byte("\r\n\r\n")); err != nil {
			return Encoded{}, fmt.Errorf("encode record %s: %w", g[i].ID, err)
		}
		e.lengths[i] = int64(out.Len() - start)
	}
	e.data = out.Bytes()
	return e, nil
}

// compressor takes one from the pool: each holds more than a page's worth of memory.
func (w *Writer) compressor() (*flate.Writer, error) {
	if deflate, ok := w.compressors.Get().(*flate.Writer); ok {
		return deflate, nil
	}
	deflate, err := flate.NewWriter(nil, level)
	if err != nil {
		return nil, fmt.Errorf("make a compressor: %w", err)
	}
	return deflate, nil
}

// writeMember writes one gzip member (RFC 1952).
func writeMember(out *bytes.Buffer, deflate *flate.Writer, parts ...[]byte) error {
	out.WriteString(memberHead)
	deflate.Reset(out)
	crc, size := uint32(0), int64(0)
	for _, part := range parts {
		if _, err := deflate.Write(part); err != nil {
			return err
		}
		crc = crc32.Update(crc, crc32.IEEETable, part)
		size += int64(len(part))
	}
	if err := deflate.Close(); err != nil {
		return err
	}
	tail := binary.LittleEndian.AppendUint32(nil, crc)
	_, err := out.Write(binary.LittleEndian.AppendUint32(tail, uint32(size&math.MaxUint32)))
	return err
}

// sizeHint guesses what a group takes, since text shrinks to a third or less.
func sizeHint(g Group) int {
	size := 0
	for i := range g {
		size += 512 + len(g[i].Block)/3
	}
	return size
}

// locations says where the records of a group stand that begins at an offset.
func (e Encoded) locations(file string, offset int64) []Location {
	list := make([]Location, len(e.lengths))
	for i, length := range e.lengths {
		list[i] = Location{File: file, Offset: offset, Length: length}
		offset += length
	}
	return list
}
