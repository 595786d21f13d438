package replica

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// Sizes of bodies that are too large.
const (
	hugeBody    = 512 << 20
	bombBody    = 1 << 30
	manyDivs    = 100_000
	manyLinks   = 200_000
	manyHeaders = 500_000
)

// misbehaveOnWire answers faults that break HTTP or send more than anybody wants.
func (s *Site) misbehaveOnWire(w *recorder, r *http.Request, f Fault, a answer) {
	length := len(a.body)
	switch f.Kind {
	case FaultReset:
		reset(w)
	case FaultHang:
		if wait(r, f.Delay) {
			s.send(w, r, a)
		}
	case FaultTrickle:
		trickle(w, r, f, a)
	case FaultCutShort:
		raw(w, head(a, "Content-Length: "+strconv.Itoa(length)), a.body[:length/2])
	case FaultCutChunk:
		raw(w, head(a, "Transfer-Encoding: chunked"), fmt.Appendf(nil, "%x\r\n%s", length, a.body[:length/2]))
	case FaultLengthTooLong:
		raw(w, head(a, "Content-Length: "+strconv.Itoa(length+1000)), a.body)
	case FaultLengthTooShort:
		raw(w, head(a, "Content-Length: "+strconv.Itoa(length/2)), a.body)
	case FaultBrokenGzip:
		z := zipped(a.body)
		raw(w, head(a, "Content-Encoding: gzip\r\nContent-Length: "+strconv.Itoa(len(z)/2)), z[:len(z)/2])
	case FaultNotGzip:
		raw(w, head(a, "Content-Encoding: gzip\r\nContent-Length: "+strconv.Itoa(length)), a.body)
	case FaultNotHTTP:
		raw(w, nil, []byte("SSH-2.0-OpenSSH_9.2p1\r\n\x00\x00\x01\x54garbage\r\n\r\n"))
	case FaultManyHeaders:
		many := strings.Repeat("X-Filler: 0123456789abcdef\r\n", int(cmp.Or(f.Size, manyHeaders)))
		raw(w, head(a, many+"Content-Length: "+strconv.Itoa(length)), a.body)
	default:
		stream(w, r, f)
	}
}

// head is a status line with headers, the last of them as given.
func head(a answer, last string) []byte {
	status := cmp.Or(a.status, http.StatusOK)
	return fmt.Appendf(nil, "HTTP/1.1 %d %s\r\nServer: nginx\r\nContent-Type: %s\r\nConnection: close\r\n%s\r\n\r\n",
		status, http.StatusText(status), a.contentType, last)
}

// raw takes the connection over, writes bytes as they are and closes it. Not known over HTTP/2.
func raw(w *recorder, head, body []byte) {
	conn, buffer, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	defer closeGently(conn, buffer.Reader)
	if len(head) > 0 {
		w.status = http.StatusOK
	}
	if _, err := conn.Write(head); err != nil {
		return
	}
	n, _ := conn.Write(body) // the client may have gone
	w.bytes += int64(n)
}

// closeGently ends the sending side first, so that what was sent arrives.
func closeGently(conn net.Conn, _ *bufio.Reader) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.CloseWrite() // closed below anyway
	}
	_ = conn.Close()
}

// reset ends the connection with a TCP RST.
func reset(w *recorder) {
	conn, _, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // without it the end is only a FIN
	}
	_ = conn.Close()
}

func trickle(w *recorder, r *http.Request, f Fault, a answer) {
	step, delay := int(cmp.Or(f.Size, 1)), cmp.Or(f.Delay, defaultTrickle)
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	control := http.NewResponseController(w.ResponseWriter)
	for body := a.body; len(body) > 0; {
		n := min(step, len(body))
		if _, err := w.Write(body[:n]); err != nil || control.Flush() != nil {
			return
		}
		body = body[n:]
		if !wait(r, delay) {
			return
		}
	}
}

// stream sends bodies that are made while they are sent.
func stream(w *recorder, r *http.Request, f Fault) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if f.Kind == FaultGzipBomb {
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.WriteHeader(http.StatusOK)
	out := bufio.NewWriterSize(w, 64<<10)
	defer func() { _ = out.Flush() }() // the client may have gone
	switch f.Kind {
	case FaultHuge:
		_ = huge(out, cmp.Or(f.Size, hugeBody))
	case FaultGzipBomb:
		_ = bomb(out, cmp.Or(f.Size, bombBody))
	case FaultDeepDivs:
		_ = repeat(out, cmp.Or(f.Size, manyDivs), func(int64) string { return "<div>" })
		_, _ = out.WriteString("deep")
	case FaultManyLinks:
		_ = repeat(out, cmp.Or(f.Size, manyLinks), func(i int64) string {
			return fmt.Sprintf("<a href=\"/security-issues/page-that-is-not-there-%d\">link %d</a>\n", i, i)
		})
	default:
		_, _ = fmt.Fprintf(out, "unknown fault %q for %s", f.Kind, r.URL.Path)
	}
}

func repeat(w io.Writer, times int64, text func(int64) string) error {
	if _, err := io.WriteString(w, "<!DOCTYPE html><html><head><title>Belarus in Focus</title></head><body>"); err != nil {
		return err
	}
	for i := range times {
		if _, err := io.WriteString(w, text(i)); err != nil {
			return err
		}
	}
	return nil
}

func huge(w io.Writer, size int64) error {
	paragraph := "<p>" + strings.Repeat("Words without end. ", 400) + "</p>\n"
	return repeat(w, size/int64(len(paragraph))+1, func(int64) string { return paragraph })
}

// bomb writes a gzip stream of size zeros; a stream is made once and repeated, as gzip allows.
func bomb(w io.Writer, size int64) error {
	const part = 16 << 20
	var member bytes.Buffer
	z, err := gzip.NewWriterLevel(&member, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.CopyN(z, zeros{}, part); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	for sent := int64(0); sent < size; sent += part {
		if _, err := w.Write(member.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
