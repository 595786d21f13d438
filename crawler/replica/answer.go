package replica

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// counter counts up from 1.
type counter struct{ n atomic.Uint64 }

func (c *counter) next() uint64 { return c.n.Add(1) }

// recorder keeps what was sent, for the log.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// send puts an answer on the wire as Options.HTTP says.
func (s *Site) send(w http.ResponseWriter, r *http.Request, a answer) {
	s.mu.RLock()
	how := s.opts.HTTP
	s.mu.RUnlock()
	header := w.Header()
	s.head(header, how, a)
	if notModified(r, how, header, a) {
		header.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.body
	if !how.NoGzip && acceptsGzip(r) && len(body) > 0 {
		if body = a.zip; body == nil {
			body = zipped(a.body)
		}
		header.Set("Content-Encoding", "gzip")
	}
	if !how.Chunked {
		header.Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(a.status)
	if r.Method == http.MethodHead {
		return
	}
	writeParts(w, body, how.Chunked)
}

// writeParts writes a body, in three flushed parts where it is to be chunked. A client that has gone
// is no error of the site's.
func writeParts(w http.ResponseWriter, body []byte, chunked bool) {
	if !chunked {
		_, _ = w.Write(body)
		return
	}
	control := http.NewResponseController(w)
	size := len(body)/3 + 1
	for len(body) > 0 {
		n := min(size, len(body))
		if _, err := w.Write(body[:n]); err != nil {
			return
		}
		_ = control.Flush() // what cannot be flushed is sent at the end
		body = body[n:]
	}
}

// head sets the headers that do not depend on the request.
func (s *Site) head(header http.Header, how HTTP, a answer) {
	for key, values := range how.Header {
		header[http.CanonicalHeaderKey(key)] = values
	}
	header.Set("Server", "nginx")
	if a.contentType != "" {
		header.Set("Content-Type", a.contentType)
	} else {
		header["Content-Type"] = nil // none, and none guessed
	}
	if a.location != "" {
		header.Set("Location", a.location)
	}
	if !how.NoGzip {
		header.Add("Vary", "Accept-Encoding")
	}
	if a.status != http.StatusOK {
		return
	}
	if tag := s.etag(how.ETag, a); tag != "" {
		header.Set("ETag", tag)
	}
	if !a.modified.IsZero() && !how.NoLastModified {
		header.Set("Last-Modified", a.modified.Format(http.TimeFormat))
	}
}

func (s *Site) etag(kind ETag, a answer) string {
	if kind == ETagNone {
		return ""
	}
	sum := a.sum
	if sum == 0 {
		sum = hash(a.body)
	}
	switch kind {
	case ETagWeak:
		return fmt.Sprintf(`W/"%016x"`, sum)
	case ETagUnstable:
		return fmt.Sprintf(`"%x-%016x"`, s.nonces.next(), sum)
	}
	return fmt.Sprintf(`"%016x"`, sum)
}

func hash(body []byte) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(body) // a hash never fails
	return h.Sum64()
}

// notModified says whether a conditional request is to be answered with 304 (RFC 9110, 13.1): the entity tag
// counts before the date.
func notModified(r *http.Request, how HTTP, header http.Header, a answer) bool {
	if a.status != http.StatusOK || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	if tags := r.Header.Get("If-None-Match"); tags != "" && how.ETag != ETagNone {
		return tagMatches(tags, header.Get("ETag"))
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && header.Get("Last-Modified") != "" && !a.modified.Truncate(time.Second).After(since)
}

func tagMatches(list, tag string) bool {
	for t := range strings.SplitSeq(list, ",") {
		t = strings.TrimSpace(t)
		if t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.ReplaceAll(q, " ", "") != "q=0"
		}
	}
	return false
}

func zipped(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // the level is known to be good
	_, _ = z.Write(body)                            // a buffer never fails
	_ = z.Close()
	return b.Bytes()
}
