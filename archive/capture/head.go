package capture

import (
	"bytes"
	"net/http"
	"strconv"
)

// maxFields bounds what a hostile header costs in memory; fields beyond it are not kept.
const maxFields = 1000

// readHead reads status line and fields. Interim responses (100 Continue, 103 Early Hints) before the response are passed
// over; they count in HeaderLen.
func (m *Message) readHead(b []byte) {
	m.Header = http.Header{}
	at := 0
	for {
		n := m.readOneHead(b[at:])
		at += n
		if n == 0 || !m.interim() || !hasStatusLine(b[at:]) {
			break
		}
	}
	m.HeaderLen = at
}

func (m *Message) interim() bool {
	return m.Status >= 100 && m.Status < 200 && m.Status != http.StatusSwitchingProtocols
}

// readOneHead returns the length of what it read, 0 where there is no status line.
func (m *Message) readOneHead(b []byte) int {
	if !hasStatusLine(b) {
		return 0
	}
	line, at, _ := nextLine(b, 0)
	for len(line) == 0 { // stray empty lines before the status line
		line, at, _ = nextLine(b, at)
	}
	m.Proto, m.Status = statusLine(line)
	m.Header = http.Header{}
	fields := fieldReader{header: m.Header}
	for {
		line, next, ended := nextLine(b, at)
		if !ended { // the header never ends
			fields.add(line)
			m.Truncated = true
			return len(b)
		}
		at = next
		if len(line) == 0 {
			return at
		}
		fields.add(line)
	}
}

func hasStatusLine(b []byte) bool {
	b = bytes.TrimLeft(b, "\r\n")
	return len(b) >= 5 && bytes.EqualFold(b[:5], []byte("HTTP/"))
}

// nextLine gives the line at an offset without its line end (CRLF or LF), and the offset behind it. Without a line
// end it gives the rest and ended is false.
func nextLine(b []byte, at int) (line []byte, next int, ended bool) {
	rest := b[at:]
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		return rest, len(b), false
	}
	return bytes.TrimSuffix(rest[:end], []byte("\r")), at + end + 1, true
}

// statusLine reads "HTTP/1.1 200 OK" and "HTTP/2 200"; the status is 0 where it is no number of three digits.
func statusLine(line []byte) (proto string, status int) {
	words := bytes.Fields(line)
	proto = string(words[0])
	if len(words) > 1 && len(words[1]) == 3 {
		if n, err := strconv.ParseUint(string(words[1]), 10, 16); err == nil {
			status = int(n)
		}
	}
	return proto, status
}

// fieldReader collects header fields; a line that starts with white space goes on with the field before it.
type fieldReader struct {
	header http.Header
	last   string
	count  int
}

func (r *fieldReader) add(line []byte) {
	if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
		r.goOn(line)
		return
	}
	name, value, found := bytes.Cut(line, []byte(":"))
	name = bytes.TrimSpace(name)
	r.last = ""
	if !found || len(name) == 0 || r.count >= maxFields {
		return
	}
	r.count++
	r.last = http.CanonicalHeaderKey(string(name))
	r.header[r.last] = append(r.header[r.last], string(bytes.TrimSpace(value)))
}

func (r *fieldReader) goOn(line []byte) {
	values := r.header[r.last]
	if r.last == "" || len(values) == 0 || r.count >= maxFields {
		return
	}
	r.count++
	values[len(values)-1] += " " + string(bytes.TrimSpace(line))
}
