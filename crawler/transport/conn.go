package transport

import (
	"bufio"
	"context"
	"net"
	"time"
)

// conn is one connection to a server.
type conn struct {
	net.Conn          // where HTTP is spoken: inside TLS, if there is any
	raw      net.Conn // the connection to server or proxy itself

	target  target
	ip      string // of the server, "" behind a proxy
	badCert error  // why the certificate is not valid, accepted by choice

	served int // exchanges finished on it
	br     *bufio.Reader
	buf    []byte      // kept between exchanges
	expiry *time.Timer // runs while the connection is idle
}

// retainedBuffer is the largest buffer that an idle connection keeps.
const retainedBuffer = 256 << 10

// close drops the connection without ceremony: TLS would wait to say goodbye.
func (c *conn) close() { _ = c.raw.Close() }

// peeked is what waits on an idle connection.
type peeked int

const (
	peekQuiet peeked = iota // nothing
	peekBytes               // the server sent something
	peekGone                // the server closed it
)

// exchange sends one request and reads the answer. The message holds what was received also when err
// is not nil. The connection is good for another request when reusable is true.
func (c *conn) exchange(ctx context.Context, request []byte, b bounds) (m message, reusable bool, err error) {
	stop := context.AfterFunc(ctx, c.close)
	b.pending = func() bool { return c.Conn == c.raw && peek(c.raw) == peekBytes }
	tape := &tape{src: c.Conn, buf: c.buf[:0], pace: newPace(b)}
	c.buf = nil
	err = c.send(request, b.deadline)
	if err == nil {
		err = m.read(c.reader(tape), tape, b)
	}
	m.close(tape)
	m.raw, c.buf = split(m.raw)
	c.served++
	reusable = stop() && err == nil && m.reusable && c.SetDeadline(time.Time{}) == nil
	return m, reusable, err
}

func (c *conn) send(request []byte, deadline time.Time) error {
	if err := c.SetWriteDeadline(deadline); err != nil {
		return err
	}
	_, err := c.Write(request)
	return err
}

func (c *conn) reader(t *tape) *bufio.Reader {
	if c.br == nil {
		c.br = bufio.NewReader(t)
	} else {
		c.br.Reset(t)
	}
	return c.br
}

// split gives the bytes to keep for ever in a slice of about their own size, and the buffer to use again.
// A large buffer that is nearly full is not copied but given away.
func split(raw []byte) (kept, buffer []byte) {
	if cap(raw) > retainedBuffer && cap(raw)-len(raw) <= len(raw)/4 {
		return raw, nil
	}
	kept = append(make([]byte, 0, len(raw)), raw...)
	if cap(raw) > retainedBuffer {
		return kept, nil
	}
	return kept, raw[:0]
}
