package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// Errors of Decode.
var (
	ErrTooLarge = errors.New("decoded body beyond the limit")
	ErrEncoding = errors.New("broken content encoding")
)

const (
	maxCodings = 5       // more is an attack
	zstdWindow = 8 << 20 // what RFC 9659 allows for the coding zstd
)

// Decode removes the content encoding (gzip, deflate, br, zstd, several of them) and gives at most limit bytes:
// ErrTooLarge for a bomb, ErrEncoding for a stream that is broken, cut or of an unknown coding. Where nothing is to be
// removed it gives the payload itself. In captures made by others, text that the recorder had decoded already is taken
// as it stands.
func (m *Message) Decode(limit int64) ([]byte, error) {
	if len(m.Payload) == 0 || !m.encoded() {
		return within(m.Payload, limit)
	}
	body, err := m.decode(limit)
	if errors.Is(err, ErrEncoding) && m.lenient && isMarkup(m.Payload) {
		return within(m.Payload, limit)
	}
	return body, err
}

func (m *Message) encoded() bool {
	for _, coding := range m.codings {
		if coding != "identity" {
			return true
		}
	}
	return false
}

func within(b []byte, limit int64) ([]byte, error) {
	if int64(len(b)) > limit {
		return nil, ErrTooLarge
	}
	return b, nil
}

func (m *Message) decode(limit int64) ([]byte, error) {
	if len(m.codings) > maxCodings {
		return nil, fmt.Errorf("%w: %d codings on one body", ErrEncoding, len(m.codings))
	}
	chain := &chain{limit: limit}
	defer chain.close()
	var r io.Reader = bytes.NewReader(m.Payload)
	for i := len(m.codings) - 1; i >= 0; i-- {
		var err error
		if r, err = chain.add(m.codings[i], r); err != nil {
			return nil, chain.explain(fmt.Errorf("%s: %w", m.codings[i], err))
		}
	}
	var out bytes.Buffer
	if _, err := out.ReadFrom(r); err != nil || chain.exceeded {
		return nil, chain.explain(err)
	}
	return out.Bytes(), nil
}

// chain is decoders one behind the other. The output of each is capped, for a coding inside another can cost endless work and
// give nothing.
type chain struct {
	limit    int64
	exceeded bool
	closers  []func()
}

func (c *chain) add(coding string, r io.Reader) (io.Reader, error) {
	next, err := decoder(coding, r)
	if err != nil {
		return nil, err
	}
	if d, ok := next.(*zstd.Decoder); ok {
		c.closers = append(c.closers, d.Close)
	}
	return &capped{r: next, left: c.limit, chain: c}, nil
}

func (c *chain) close() {
	for _, closer := range c.closers {
		closer()
	}
}

// explain tells a bomb from a broken stream: a decoder may wrap or replace the error of what it reads from.
func (c *chain) explain(err error) error {
	if c.exceeded {
		return ErrTooLarge
	}
	return fmt.Errorf("%w: %w", ErrEncoding, err)
}

type capped struct {
	r     io.Reader
	left  int64
	chain *chain
}

func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	if c.left < 0 {
		c.chain.exceeded = true
		return 0, ErrTooLarge
	}
	return n, err
}

// decoder undoes one coding (RFC 9110, 8.4.1).
func decoder(coding string, r io.Reader) (io.Reader, error) {
	switch coding {
	case "identity":
		return r, nil
	case "gzip", "x-gzip":
		return newMembers(r)
	case "deflate":
		return inflater(r)
	case "br":
		return brotli.NewReader(r), nil
	case "zstd":
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(zstdWindow))
	}
	return nil, errors.New("unknown coding")
}

// inflater reads zlib, which the standard means by deflate, or the bare deflate that some servers send.
func inflater(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	head, err := b.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}

// members reads gzip members one after the other and, as browsers do, passes over what follows them and is no gzip.
type members struct {
	source io.Reader
	gz     *gzip.Reader
}

func newMembers(r io.Reader) (*members, error) {
	source := bufio.NewReader(r)
	gz, err := gzip.NewReader(source)
	if err != nil {
		return nil, err
	}
	gz.Multistream(false)
	return &members{source: source, gz: gz}, nil
}

func (m *members) Read(p []byte) (int, error) {
	for {
		n, err := m.gz.Read(p)
		if n > 0 || !errors.Is(err, io.EOF) {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return n, err
		}
		if m.gz.Reset(m.source) != nil {
			return 0, io.EOF
		}
		m.gz.Multistream(false)
	}
}

// isMarkup tells text that begins like a page or a JSON document from compressed bytes.
func isMarkup(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	b = bytes.TrimLeft(b, " \t\r\n")
	return len(b) > 0 && (b[0] == '<' || b[0] == '{' || b[0] == '[')
}
