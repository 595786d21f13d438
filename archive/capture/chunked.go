package capture

import (
	"bytes"
	"strconv"
)

// chunks is what a chunked body gave.
type chunks struct {
	payload  []byte
	extra    []byte // behind the last chunk and its trailer, or what is no chunk where one should be
	complete bool   // the last chunk was seen
}

// dechunk removes the chunked transfer coding (RFC 9112, 7.1). Line ends may be LF alone, extensions and trailers are passed
// over. It is not ok where what stands in place of a chunk is none; a body that merely stops early is ok and not complete.
func dechunk(b []byte) (c chunks, ok bool) {
	for at := 0; ; {
		line, next, ended := nextLine(b, at)
		if !ended {
			return c, len(line) == 0 || isChunkSize(line)
		}
		size, valid := chunkSize(line)
		if !valid {
			c.extra = b[at:]
			return c, false
		}
		if size == 0 {
			c.complete = true
			c.extra = b[trailerEnd(b, next):]
			return c, true
		}
		have := int64(len(b) - next)
		c.take(b[next : next+int(min(size, have))])
		if size >= have {
			return c, true
		}
		at = next + int(size)
		line, next, ended = nextLine(b, at)
		if len(line) > 0 && ended || len(line) > 1 {
			c.extra = b[at:]
			return c, false
		}
		at = next
	}
}

// take adds a chunk; the first is not copied, for most bodies have one.
func (c *chunks) take(chunk []byte) {
	if c.payload == nil {
		c.payload = chunk[:len(chunk):len(chunk)]
		return
	}
	c.payload = append(c.payload, chunk...)
}

func isChunkSize(line []byte) bool {
	_, ok := chunkSize(bytes.TrimSuffix(line, []byte("\r")))
	return ok
}

// chunkSize reads the hexadecimal size in front of the extensions.
func chunkSize(line []byte) (int64, bool) {
	digits, _, _ := bytes.Cut(line, []byte(";"))
	digits = bytes.TrimSpace(digits)
	if len(digits) == 0 || len(digits) > 16 {
		return 0, false
	}
	size, err := strconv.ParseUint(string(digits), 16, 63)
	return int64(size), err == nil
}

// trailerEnd is the offset behind the trailer fields and their empty line.
func trailerEnd(b []byte, at int) int {
	for at < len(b) {
		line, next, ended := nextLine(b, at)
		at = next
		if len(line) == 0 || !ended {
			break
		}
	}
	return at
}
