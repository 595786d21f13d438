package transport

import (
	"bufio"
	"io"
	"net/http"
	"time"
)

// message is one answer as received.
type message struct {
	raw      []byte         // status line, headers and body; interim answers before it left out
	head     int            // length of status line and headers in raw
	resp     *http.Response // parsed header, nil when it was not whole; its body is used up
	reusable bool           // the connection stands at the start of the next answer
	received int64          // all bytes of the exchange, interim answers included
	ended    error          // what the connection itself said last: nil, io.EOF or a failure

	start int // of the final answer in the tape
	end   int // of the final answer in the tape, 0 for all there is
}

// read takes one answer from the connection.
func (m *message) read(br *bufio.Reader, t *tape, b bounds) error {
	t.limit, t.over = b.maxHeader, errHeader
	if err := m.readHead(br, t); err != nil {
		return err
	}
	head := t.pos - br.Buffered()
	m.head = head - m.start
	if m.resp.StatusCode == http.StatusSwitchingProtocols {
		return errSwitching
	}
	most := head + int(b.maxBody)
	if m.resp.ContentLength > b.maxBody {
		m.end = min(len(t.buf), most)
		return errTooLarge // asking on would cost the site bytes that are thrown away
	}
	t.limit, t.over = most+1, errTooLarge // the byte beyond tells an exact fit from too much
	t.pace.body(time.Now())
	t.reserve(m.resp.ContentLength)
	if _, err := io.Copy(io.Discard, m.resp.Body); err != nil {
		m.end = min(len(t.buf), most)
		return err
	}
	end := t.pos - br.Buffered()
	if end > most {
		m.end = most
		return errTooLarge
	}
	return m.finish(t, end, b.pending)
}

// readHead skips interim answers (RFC 9110, 15.2), which belong to no archive: a reader would take them
// for the answer.
func (m *message) readHead(br *bufio.Reader, t *tape) error {
	for {
		resp, err := http.ReadResponse(br, nil) //nolint:bodyclose // read to its end by read; there is nothing to close
		if err != nil {
			return err
		}
		if resp.StatusCode/100 != 1 || resp.StatusCode == http.StatusSwitchingProtocols {
			m.resp = resp
			return nil
		}
		m.start = t.pos - br.Buffered()
	}
}

// finish judges what followed the end of the message. After a Content-Length it means that the length
// was false, unless it is the stray line end some servers send. Elsewhere the end is beyond doubt, and
// the connection is merely not used again.
func (m *message) finish(t *tape, end int, pending func() bool) error {
	if m.sized() && t.err == nil && pending() {
		t.limit = len(t.buf) + minRead
		_ = t.fill()
	}
	surplus := t.buf[end:]
	m.reusable = len(surplus) == 0 && t.err == nil && !m.resp.Close
	if m.sized() && !onlyLineEnds(surplus) {
		return errSurplus
	}
	m.end = end
	return nil
}

// sized says whether Content-Length alone told where the body ended.
func (m *message) sized() bool {
	if m.resp == nil || m.resp.ContentLength < 0 {
		return false
	}
	code := m.resp.StatusCode
	return code != http.StatusNoContent && code != http.StatusNotModified
}

func onlyLineEnds(b []byte) bool {
	for _, c := range b {
		if c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

// close takes the recorded bytes off the tape.
func (m *message) close(t *tape) {
	m.received = int64(len(t.buf))
	m.ended = t.err
	if m.end == 0 {
		m.end = len(t.buf)
	}
	m.raw = t.buf[m.start:m.end]
}
