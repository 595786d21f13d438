package capture

import (
	"bytes"
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"net/http"
	"strconv"
	"strings"
)

// Message is a response read from its wire bytes. Payload and Extra are parts of those bytes where they can be, so none of
// them may be changed.
type Message struct {
	Status    int    // 0 where the bytes begin with no status line
	Proto     string // as sent: "HTTP/1.1", "HTTP/2"; "" without a status line
	Header    http.Header
	HeaderLen int    // length of status line and headers with the empty line behind them, interim responses included
	Payload   []byte // the entity body: transfer encoding removed, content encoding kept
	Extra     []byte // what was sent beyond the message (false Content-Length, body of a 304)
	Complete  bool   // the framing proves that the body is whole: Content-Length met, last chunk seen, no body due
	Truncated bool   // headers or body are shorter than promised, or the exchange says that they were cut

	codings []string // codings of Payload in the order in which they were applied
	lenient bool     // recorded by others: the headers may tell of a form that the recorder has undone
}

// ErrNoResponse is given for an exchange in which not one byte came back.
var ErrNoResponse = errors.New("no response")

// Message reads the response. The only error is ErrNoResponse; an odd response is read as far as it goes. A response without a
// status line is all payload. In captures made by others the record's end is the truth: a body that is longer than its
// Content-Length, or not chunked in spite of its header, is taken as it stands.
func (x *Exchange) Message() (*Message, error) {
	if len(x.Response) == 0 {
		return nil, ErrNoResponse
	}
	m := &Message{lenient: x.Source != SourceLive && x.Source != ""}
	m.readHead(x.Response)
	m.readBody(x.Response[m.HeaderLen:], x.method())
	m.Truncated = m.Truncated || x.Truncated != ""
	m.Complete = m.Complete && !m.Truncated
	return m, nil
}

// Unconditional says whether the request is known and has no condition, so that 304 is no answer to it.
func (x *Exchange) Unconditional() bool {
	if len(x.Request) == 0 {
		return false
	}
	head := bytes.ToLower(x.Request)
	return !bytes.Contains(head, []byte("\nif-none-match:")) && !bytes.Contains(head, []byte("\nif-modified-since:"))
}

// method is the first word of the request, in capitals as sent; GET where no request was kept.
func (x *Exchange) method() string {
	word, _, found := bytes.Cut(x.Request, []byte(" "))
	if !found || len(word) > 32 {
		return http.MethodGet
	}
	return string(word)
}

// readBody finds the end of the body by the rules of RFC 9112, 6.3.
func (m *Message) readBody(rest []byte, method string) {
	switch {
	case m.HeaderLen > 0 && m.bodiless(method):
		m.Extra, m.Complete = rest, true
	case m.chunked():
		m.readChunked(rest)
	default:
		m.readSized(rest)
	}
}

// bodiless is for responses that end with their headers, whatever length these tell.
func (m *Message) bodiless(method string) bool {
	return method == http.MethodHead || m.Status == http.StatusNoContent || m.Status == http.StatusNotModified ||
		m.Status >= 100 && m.Status < 200
}

// chunked takes the transfer codings out of the header: what is not chunked is left for Decode.
func (m *Message) chunked() bool {
	m.codings = tokens(m.Header["Content-Encoding"])
	transfer := tokens(m.Header["Transfer-Encoding"])
	last := len(transfer) - 1
	if last < 0 {
		return false
	}
	if transfer[last] != "chunked" {
		m.codings = append(m.codings, transfer...)
		return false
	}
	m.codings = append(m.codings, transfer[:last]...)
	return true
}

func (m *Message) readChunked(rest []byte) {
	body, ok := dechunk(rest)
	if !ok && m.lenient && len(body.payload) == 0 {
		m.readSized(rest) // the recorder removed the chunks and left the header
		return
	}
	m.Payload, m.Extra = body.payload, body.extra
	m.Complete, m.Truncated = body.complete, m.Truncated || !body.complete
}

func (m *Message) readSized(rest []byte) {
	m.Payload = rest
	size, ok := contentLength(m.Header["Content-Length"])
	if !ok {
		return
	}
	have := int64(len(rest))
	switch {
	case have < size:
		m.Truncated = true
	case have == size:
		m.Complete = true
	case !m.lenient:
		m.Payload, m.Extra, m.Complete = rest[:size], rest[size:], true
	}
}

// contentLength is the one length that all fields agree on; without one the body ends with the connection.
func contentLength(values []string) (int64, bool) {
	size := int64(-1)
	for _, token := range tokens(values) {
		n, err := strconv.ParseUint(token, 10, 63)
		if err != nil || size >= 0 && int64(n) != size {
			return 0, false
		}
		size = int64(n)
	}
	return size, size >= 0
}

// tokens splits the values of a list header, in lower case.
func tokens(values []string) []string {
	var list []string
	for _, value := range values {
		for token := range strings.SplitSeq(value, ",") {
			if token = strings.ToLower(strings.TrimSpace(token)); token != "" {
				list = append(list, token)
			}
		}
	}
	return list
}

// PayloadSHA1 is the digest of the payload in base32, as it stands in WARC-Payload-Digest behind "sha1:".
//
// WARC 1.1 (6.3.2) defines the payload as the entity body with any transfer encoding removed, so that one page sent in other
// chunks has the same digest. Writers differ here: wget 1.21 and the npm package warcio 2.4 digest the chunks as well. What reads
// our files was tried: warcio compares no digests, gowarc 2.0 warns of a chunked response and reads it.
func (m *Message) PayloadSHA1() string { return SHA1(m.Payload) }

// SHA1 is the digest of bytes in the base32 form of WARC.
func SHA1(b []byte) string {
	sum := sha1.Sum(b)
	return base32.StdEncoding.EncodeToString(sum[:])
}
