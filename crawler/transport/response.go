package transport

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strings"
)

// ErrPayload is what reading a response's body ends with when its content encoding is broken, or it
// grows beyond MaxPayload. The exchange is whole all the same.
var ErrPayload = errors.New("payload cannot be decoded")

// response is what the caller of RoundTrip sees: the body without transfer and content encoding, read
// from what was recorded. Encodings that were not asked for stay, with their header.
func response(req *http.Request, m message, noBody bool, maxPayload int64) *http.Response {
	resp := m.resp
	resp.Request = req
	chunked := len(resp.TransferEncoding) > 0
	resp.TransferEncoding = nil
	resp.Body = http.NoBody
	if noBody || len(m.raw) == m.head {
		resp.Header.Del("Content-Encoding")
		return sealed(resp)
	}
	var body io.Reader = bytes.NewReader(m.raw[m.head:])
	if chunked {
		body = httputil.NewChunkedReader(body)
	}
	switch strings.ToLower(resp.Header.Get("Content-Encoding")) {
	case "gzip", "x-gzip":
		resp.Header.Del("Content-Encoding")
		body = &gunzip{src: body, left: maxPayload}
	}
	resp.Body = io.NopCloser(body)
	return sealed(resp)
}

// sealed keeps the caller from decoding once more: Colly unpacks what looks like gzip unless told that
// it was unpacked.
func sealed(resp *http.Response) *http.Response {
	resp.Uncompressed = true
	resp.ContentLength = -1
	resp.Header.Del("Content-Length")
	return resp
}

// gunzip unpacks as it is read, up to a bound.
type gunzip struct {
	src  io.Reader
	zr   *gzip.Reader
	left int64
}

func (g *gunzip) Read(p []byte) (int, error) {
	if g.zr == nil {
		zr, err := gzip.NewReader(g.src)
		if err != nil {
			return 0, fmt.Errorf("%w: %w", ErrPayload, err)
		}
		g.zr = zr
	}
	n, err := g.zr.Read(p[:min(int64(len(p)), g.left+1)])
	if int64(n) > g.left {
		return int(g.left), fmt.Errorf("%w: larger than the bound", ErrPayload)
	}
	g.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w: %w", ErrPayload, err)
	}
	return n, err
}
