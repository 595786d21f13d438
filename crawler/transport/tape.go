package transport

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

var (
	errTooLarge  = errors.New("body is larger than the bound")
	errHeader    = errors.New("headers are larger than the bound")
	errSurplus   = errors.New("more was sent than Content-Length says")
	errSwitching = errors.New("server switched protocols unasked")
)

// timeoutError says which wait was too long.
type timeoutError struct {
	what  string
	after time.Duration
}

func (e *timeoutError) Error() string { return fmt.Sprintf("%s within %v", e.what, e.after) }
func (e *timeoutError) Timeout() bool { return true }

// bounds are the limits of one exchange.
type bounds struct {
	maxHeader int
	maxBody   int64
	timeouts  Timeouts
	deadline  time.Time // end of the whole exchange

	pending func() bool // says without waiting whether more bytes have arrived
}

// deadlineReader is the reading side of a net.Conn.
type deadlineReader interface {
	io.Reader
	SetReadDeadline(time.Time) error
}

// tape reads ahead from the connection into memory it keeps, so what the parser saw and what is
// recorded cannot differ, and what came after the message is known.
type tape struct {
	src   deadlineReader
	buf   []byte // all that was received in this exchange
	pos   int    // how much of it the parser has taken
	limit int    // reading stops at this length...
	over  error  // ...with this error
	err   error  // what ended the reading, io.EOF included
	pace  pace
}

// minRead is the room offered to one read from the connection.
const minRead = 4 << 10

// Read gives recorded bytes to the parser, and records more when it has had all.
func (t *tape) Read(p []byte) (int, error) {
	if t.pos == len(t.buf) {
		if err := t.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, t.buf[t.pos:])
	t.pos += n
	return n, nil
}

func (t *tape) fill() error {
	if t.err != nil {
		return t.err
	}
	for {
		room := t.limit - len(t.buf)
		if room <= 0 {
			t.err = t.over
			return t.err
		}
		if cap(t.buf)-len(t.buf) < minRead/8 {
			t.buf = slices.Grow(t.buf, max(minRead, min(len(t.buf), room)))
		}
		free := t.buf[len(t.buf):min(cap(t.buf), t.limit)]
		n, err := t.readPaced(free)
		t.buf = t.buf[:len(t.buf)+n]
		t.err = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// reserve makes room for a body of n bytes, and some to see what follows it.
func (t *tape) reserve(n int64) {
	if n > 0 {
		t.buf = slices.Grow(t.buf, max(0, t.pos+int(n)+minRead-len(t.buf)))
	}
}

// readPaced reads once from the connection, waiting over as many stall windows as had enough in them.
func (t *tape) readPaced(p []byte) (int, error) {
	for {
		until, err := t.pace.next(time.Now())
		if err != nil {
			return 0, err
		}
		err = t.src.SetReadDeadline(until)
		if err != nil {
			return 0, err
		}
		n, err := t.src.Read(p)
		t.pace.bytes += n
		if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			return n, err
		}
	}
}

// pace says how long to wait for the next bytes.
type pace struct {
	bounds
	header time.Time // headers have to be there by then; zero once they are
	window time.Time // end of the current stall window
	bytes  int       // read in the current stall window
}

func newPace(b bounds) pace {
	return pace{bounds: b, header: time.Now().Add(b.timeouts.Header)}
}

// body begins the stall windows.
func (p *pace) body(now time.Time) {
	p.header = time.Time{}
	p.window, p.bytes = now.Add(p.timeouts.StallWindow), 0
}

// next is the time until which to wait, or what has been waited for too long.
func (p *pace) next(now time.Time) (time.Time, error) {
	if !now.Before(p.deadline) {
		return now, &timeoutError{"answer not whole", p.timeouts.Exchange}
	}
	if !p.header.IsZero() {
		if !now.Before(p.header) {
			return now, &timeoutError{"no answer", p.timeouts.Header}
		}
		return earlier(p.header, p.deadline), nil
	}
	if !now.Before(p.window) {
		if p.bytes < p.timeouts.StallBytes {
			return now, &timeoutError{fmt.Sprintf("only %d bytes of the body", p.bytes), p.timeouts.StallWindow}
		}
		p.body(now)
	}
	return earlier(p.window, p.deadline), nil
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
