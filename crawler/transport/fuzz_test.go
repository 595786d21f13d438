package transport

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"
	"time"

	"infocus/archive/capture"
)

// script is a connection on which everything was sent already.
type script struct{ io.Reader }

func (script) SetReadDeadline(time.Time) error { return nil }

func testBounds() bounds {
	return bounds{
		maxHeader: 1 << 10, maxBody: 1 << 10, timeouts: Timeouts{}.withDefaults(),
		deadline: time.Now().Add(time.Hour), pending: func() bool { return false },
	}
}

func readScript(r io.Reader) (message, error) { return readBound(r, testBounds()) }

func readBound(r io.Reader, b bounds) (message, error) {
	tape := &tape{src: script{r}, pace: newPace(b)}
	var m message
	err := m.read(bufio.NewReader(tape), tape, b)
	m.close(tape)
	return m, err
}

func FuzzAnswer(f *testing.F) {
	for _, s := range []string{
		"", "HTTP/1.1 200 OK\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello world", "HTTP/1.1 204 x\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: 1\r\n\r\n",
		"HTTP/1.0 200 OK\nA: b\n\nhello", "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", "<html>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		m, err := readScript(bytes.NewReader(sent))
		if !bytes.Contains(sent, m.raw) || len(m.raw) > m.head+2048 {
			t.Fatalf("recorded %q of %q", m.raw, sent)
		}
		slow, errSlow := readScript(iotest.OneByteReader(bytes.NewReader(sent)))
		if (err == nil) != (errSlow == nil) && !errors.Is(err, errSurplus) && !errors.Is(err, errTooLarge) {
			t.Fatalf("error %v at once, %v byte by byte", err, errSlow)
		}
		if err != nil {
			if v := judge(err, m, Timeouts{}); v.failure == "" || v.detail == "" {
				t.Fatalf("no failure named for %v", err)
			}
			return
		}
		if !bytes.Equal(m.raw, slow.raw) {
			t.Fatalf("recorded %q at once, %q byte by byte", m.raw, slow.raw)
		}
		again, err := readScript(bytes.NewReader(m.raw))
		if err != nil || !bytes.Equal(again.raw, m.raw) || again.resp.StatusCode != m.resp.StatusCode {
			t.Fatalf("the record %q reads as %q, error %v", m.raw, again.raw, err)
		}
	})
}

func TestAnswerCutAtEveryByteIsNeverWhole(t *testing.T) {
	for _, answer := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n5;x=y\r\nhello\r\n3\r\nyou\r\n0\r\nT: 1\r\n\r\n",
		"HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n",
	} {
		if _, err := readScript(bytes.NewReader([]byte(answer))); err != nil {
			t.Fatal(err)
		}
		for n := range len(answer) {
			m, err := readScript(bytes.NewReader([]byte(answer[:n])))
			if err == nil {
				t.Errorf("%q counts as whole", answer[:n])
				continue
			}
			v := judge(err, m, Timeouts{})
			if v.failure != capture.FailCutShort && n > 0 {
				t.Errorf("cut at %d: failure %q, %s", n, v.failure, v.detail)
			}
		}
	}
}

// The bytes beyond a Content-Length may come with a later packet.
func TestBytesThatWaitBehindTheMessageAreLookedAt(t *testing.T) {
	for surplus, want := range map[string]error{"world": errSurplus, "\r\n": nil} {
		b := testBounds()
		b.pending = func() bool { return true }
		sent := io.MultiReader(bytes.NewReader([]byte("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")), bytes.NewReader([]byte(surplus)))
		if m, err := readBound(sent, b); !errors.Is(err, want) || m.reusable {
			t.Errorf("%q: error %v, reusable %v", surplus, err, m.reusable)
		}
	}
}
