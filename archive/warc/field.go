package warc

import (
	"strings"
	"time"
	"unicode/utf8"
)

// The named fields that this package writes or reads.
const (
	fieldType          = "WARC-Type"
	fieldRecordID      = "WARC-Record-ID"
	fieldWarcinfoID    = "WARC-Warcinfo-ID"
	fieldDate          = "WARC-Date"
	fieldTargetURI     = "WARC-Target-URI"
	fieldConcurrentTo  = "WARC-Concurrent-To"
	fieldIPAddress     = "WARC-IP-Address"
	fieldTruncated     = "WARC-Truncated"
	fieldProfile       = "WARC-Profile"
	fieldRefersTo      = "WARC-Refers-To"
	fieldRefersToURI   = "WARC-Refers-To-Target-URI"
	fieldRefersToDate  = "WARC-Refers-To-Date"
	fieldFilename      = "WARC-Filename"
	fieldContentType   = "Content-Type"
	fieldContentLength = "Content-Length"
	fieldBlockDigest   = "WARC-Block-Digest"
	fieldPayloadDigest = "WARC-Payload-Digest"

	fieldSource   = "Infocus-Source"
	fieldRole     = "Infocus-Role"
	fieldVia      = "Infocus-Via"
	fieldInsecure = "Infocus-Insecure"
	fieldFailure  = "Infocus-Failure"
	fieldDetail   = "Infocus-Detail"
)

// Field is one named field of a record, or one line of a warcinfo.
type Field struct{ Name, Value string }

// Header is the named fields of a record, as written, in order.
type Header []Field

// Value is the first field of that name, in any case; "" without one.
func (h Header) Value(name string) string {
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			return h[i].Value
		}
	}
	return ""
}

// ParseFields reads a block of application/warc-fields, such as that of a warcinfo record.
func ParseFields(block []byte) Header { return parseFields(string(block)) }

// values are all fields of that name.
func (h Header) values(name string) []string {
	var all []string
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			all = append(all, h[i].Value)
		}
	}
	return all
}

// id is a field that holds a URI, without the angle brackets.
func (h Header) id(name string) string { return unbracket(h.Value(name)) }

func unbracket(s string) string { return strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">") }

func bracket(id string) string { return "<" + id + ">" }

// time reads a date of the W3C profile of ISO 8601, in UTC, to the millisecond; zero where there is none.
func (h Header) time(name string) time.Time {
	value := h.Value(name)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", time.DateOnly, "20060102150405"} {
		if at, err := time.Parse(layout, value); err == nil {
			return at.UTC().Truncate(time.Millisecond)
		}
	}
	return time.Time{}
}

// formatTime writes whole seconds where there is no more, else milliseconds.
func formatTime(at time.Time) string {
	at = at.UTC().Truncate(time.Millisecond)
	if at.Nanosecond() == 0 {
		return at.Format("2006-01-02T15:04:05Z")
	}
	return at.Format("2006-01-02T15:04:05.000Z")
}

// cleanValue makes any text one line of valid UTF-8: a named field can hold nothing else.
func cleanValue(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

func isClean(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return false
		}
	}
	return utf8.ValidString(s) && strings.TrimSpace(s) == s
}

// cleanURI escapes what RFC 3986 leaves no room for in any place: white space, control characters and angle brackets.
func cleanURI(uri string) string {
	const hexDigits = "0123456789ABCDEF"
	bad := func(c byte) bool { return c <= ' ' || c == 0x7f || c == '<' || c == '>' }
	var escaped strings.Builder
	for i := range len(uri) {
		if c := uri[i]; bad(c) {
			escaped.WriteByte('%')
			escaped.WriteByte(hexDigits[c>>4])
			escaped.WriteByte(hexDigits[c&15])
		} else {
			escaped.WriteByte(c)
		}
	}
	return strings.ToValidUTF8(escaped.String(), "%EF%BF%BD")
}
