package record

import (
	"strconv"
	"time"
	"unicode/utf8"

	"infocus/extract"
)

// Append appends r to dst as one JSON object without a line end, and returns the longer slice. Equal records give equal
// bytes. Schema is written as it stands in r. Bytes that are not UTF-8 become U+FFFD.
func Append(dst []byte, r *Record) []byte {
	w := object{buf: append(dst, '{')}
	w.integer("schema", int64(r.Schema))
	w.text("id", r.ID)
	w.text("site", r.Site)
	w.text("url", r.URL)
	w.text("edition", r.Edition)
	w.text("lang", r.Lang)
	w.nullable("section", r.Section)
	w.nullable("section_id", r.SectionID)
	w.text("headline", r.Headline)
	w.nullable("period_start", r.PeriodStart)
	w.nullable("period_end", r.PeriodEnd)
	w.nullable("period_text", r.PeriodText)
	w.nullable("trend", r.Trend)
	w.nullable("trend_text", r.TrendText)
	w.list("authors", r.Authors)
	w.text("lead", r.Lead)
	w.text("body", r.Body)
	w.nullable("caption", r.Caption)
	w.list("links", r.Links)
	w.translations(r.Translations)
	w.list("aliases", r.Aliases)
	w.text("revision_id", r.RevisionID)
	w.integer("revision", int64(r.Revision))
	w.integer("revisions", int64(r.Revisions))
	w.time("first_seen", r.FirstSeen)
	w.time("last_seen", r.LastSeen)
	w.time("gone_since", r.GoneSince)
	w.text("content_sha256", r.ContentHash)
	w.capture(&r.Capture)
	w.text("extractor", r.Extractor)
	w.list("warnings", r.Warnings)
	return append(w.buf, '}')
}

// object writes the members of one JSON object.
type object struct{ buf []byte }

func (w *object) key(name string) {
	if last := w.buf[len(w.buf)-1]; last != '{' {
		w.buf = append(w.buf, ',')
	}
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '"', ':')
}

func (w *object) text(name, value string) {
	w.key(name)
	w.buf = appendString(w.buf, value)
}

func (w *object) nullable(name, value string) {
	w.key(name)
	if value == "" {
		w.buf = append(w.buf, "null"...)
		return
	}
	w.buf = appendString(w.buf, value)
}

func (w *object) integer(name string, value int64) {
	w.key(name)
	w.buf = strconv.AppendInt(w.buf, value, 10)
}

func (w *object) time(name string, value time.Time) {
	w.key(name)
	if value.IsZero() {
		w.buf = append(w.buf, "null"...)
		return
	}
	w.buf = append(w.buf, '"')
	w.buf = AppendTime(w.buf, value)
	w.buf = append(w.buf, '"')
}

func (w *object) list(name string, values []string) {
	w.key(name)
	w.buf = append(w.buf, '[')
	for i, v := range values {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = appendString(w.buf, v)
	}
	w.buf = append(w.buf, ']')
}

func (w *object) translations(values []extract.Translation) {
	w.key("translations")
	w.buf = append(w.buf, '[')
	for i, v := range values {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = append(w.buf, '{')
		w.text("edition", v.Edition)
		w.text("id", v.ID)
		w.buf = append(w.buf, '}')
	}
	w.buf = append(w.buf, ']')
}

func (w *object) capture(c *Capture) {
	w.key("capture")
	w.buf = append(w.buf, '{')
	w.text("warc", c.WARC)
	w.integer("offset", c.Offset)
	w.time("time", c.Time)
	w.text("payload_sha1", c.PayloadSHA1)
	w.text("source", string(c.Source))
	w.buf = append(w.buf, '}')
}

// appendString writes s as encoding/json does without HTML escaping, so that records can be compared with what other
// parts of the program encode.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			dst = append(dst, s[start:i]...)
			dst = appendEscaped(dst, c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if escape := escapedRune(r, size); escape != "" {
			dst = append(dst, s[start:i]...)
			dst = append(dst, escape...)
			start = i + size
		}
		i += size
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

func appendEscaped(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
}

// escapedRune gives the escape of a character beyond ASCII that has one: the line separators that JavaScript does not
// take inside strings, and the stand-in for a byte that is not UTF-8.
func escapedRune(r rune, size int) string {
	switch {
	case r == '\u2028':
		return `\u2028`
	case r == '\u2029':
		return `\u2029`
	case r == utf8.RuneError && size == 1:
		return `\ufffd`
	}
	return ""
}
