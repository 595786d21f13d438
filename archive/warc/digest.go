package warc

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"

	"infocus/archive/capture"
)

// digestOf makes the hash that a digest field ("sha1:ABC...") names and reads the value it must have, in base32, hex or base64,
// which their lengths tell apart. It is not ok for an algorithm unknown here.
func digestOf(field string) (sum hash.Hash, want []byte, ok bool) {
	algorithm, value, found := strings.Cut(field, ":")
	if !found {
		return nil, nil, false
	}
	switch strings.ReplaceAll(strings.ToLower(algorithm), "-", "") {
	case "sha1":
		sum = sha1.New()
	case "sha256":
		sum = sha256.New()
	case "sha512":
		sum = sha512.New()
	case "md5":
		sum = md5.New()
	default:
		return nil, nil, false
	}
	return sum, digestValue(strings.TrimSpace(value), sum.Size()), true
}

// digestValue is nil for a value of no known form, which no sum equals.
func digestValue(value string, size int) []byte {
	unpadded := strings.TrimRight(value, "=")
	var raw []byte
	var err error
	switch {
	case len(value) == hex.EncodedLen(size):
		raw, err = hex.DecodeString(value)
	case len(unpadded) == base32.StdEncoding.WithPadding(base32.NoPadding).EncodedLen(size):
		raw, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(unpadded))
	case len(unpadded) == base64.RawStdEncoding.EncodedLen(size):
		raw, err = base64.RawStdEncoding.DecodeString(unpadded)
	}
	if err != nil || len(raw) != size {
		return nil
	}
	return raw
}

// payloadSHA1 is the payload digest of a record in base32, "" where it has none or one of another algorithm.
func payloadSHA1(h Header) string {
	sum, want, ok := digestOf(h.Value(fieldPayloadDigest))
	if !ok || want == nil || sum.Size() != sha1.Size {
		return ""
	}
	return base32.StdEncoding.EncodeToString(want)
}

// digestCheck takes the bytes of a block; the zero value lets everything pass.
type digestCheck struct {
	sum  hash.Hash
	want []byte
}

func blockCheck(h Header, wanted bool) *digestCheck {
	check := &digestCheck{}
	if !wanted {
		return check
	}
	if sum, want, ok := digestOf(h.Value(fieldBlockDigest)); ok {
		check.sum, check.want = sum, want
	}
	return check
}

func (c *digestCheck) Write(p []byte) (int, error) {
	if c.sum == nil {
		return len(p), nil
	}
	return c.sum.Write(p)
}

func (c *digestCheck) verify(what string) error {
	if c.sum != nil && !bytes.Equal(c.sum.Sum(nil), c.want) {
		return fmt.Errorf("%w: the %s is not what its digest says", ErrDamaged, what)
	}
	return nil
}

// verifyPayload compares the payload digest of a record whose block is held. Of the ways in which tools compute
// it, any may fit: over the entity body (WARC 1.1), or over everything behind the headers, chunks included.
func verifyPayload(rec *stored) error {
	field := rec.header.Value(fieldPayloadDigest)
	kind := rec.header.Value(fieldType)
	if field == "" || kind != typeResponse && kind != typeResource || rec.header.Value("WARC-Segment-Number") != "" {
		return nil
	}
	var err error
	for _, payload := range payloads(rec, kind) {
		sum, want, ok := digestOf(field)
		if !ok {
			return nil
		}
		check := digestCheck{sum: sum, want: want}
		_, _ = check.Write(payload) // a hash never fails
		if err = check.verify("payload"); err == nil {
			return nil
		}
	}
	return err
}

func payloads(rec *stored, kind string) [][]byte {
	if kind == typeResource || len(rec.block) == 0 {
		return [][]byte{rec.block}
	}
	var found [][]byte
	for _, source := range []capture.Source{capture.SourceLive, capture.SourceWARC} {
		exchange := capture.Exchange{Response: rec.block, Source: source}
		if message, err := exchange.Message(); err == nil {
			found = append(found, message.Payload, rec.block[message.HeaderLen:])
		}
	}
	return found
}
