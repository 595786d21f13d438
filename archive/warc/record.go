package warc

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"infocus/archive/capture"
)

// Record is one WARC record to be written. Its digest, length and warcinfo id are added when it is encoded.
type Record struct {
	Type        string    // WARC-Type
	ID          string    // WARC-Record-ID, without angle brackets
	Date        time.Time // written in UTC, to the millisecond
	URI         string    // WARC-Target-URI, "" for none
	ContentType string
	PayloadSHA1 string  // base32, "" where no WARC-Payload-Digest is due
	Fields      []Field // further named fields, in order
	Block       []byte  // not copied: it must not change until the record is written
}

// Group is records that belong together, such as request and response: written next to each other into one file, the
// last one completing them.
type Group []Record

// Location is where a record stands.
type Location struct {
	File   string // base name
	Offset int64  // of the first byte of its gzip member (of the record itself in a file without compression)
	Length int64  // in bytes as stored; 0 in files of others where records share a gzip member
}

// End is the offset behind the record.
func (l Location) End() int64 { return l.Offset + l.Length }

// Original is the capture that a revisit refers to.
type Original struct {
	RecordID    string // without angle brackets
	URI         string
	Time        time.Time
	PayloadSHA1 string // base32
}

func newID() string { return "urn:uuid:" + uuid.NewString() }

// appendHead writes everything of a record in front of its block.
func (r *Record) appendHead(b []byte, warcinfoID string) []byte {
	b = append(b, "WARC/1.1\r\n"...)
	add := func(name, value string) {
		if value != "" {
			b = append(b, name...)
			b = append(b, ": "...)
			b = append(b, value...)
			b = append(b, "\r\n"...)
		}
	}
	add(fieldType, r.Type)
	add(fieldRecordID, bracket(r.ID))
	if warcinfoID != "" {
		add(fieldWarcinfoID, bracket(warcinfoID))
	}
	add(fieldDate, formatTime(r.Date))
	add(fieldTargetURI, cleanURI(r.URI))
	for _, field := range r.Fields {
		add(field.Name, cleanValue(field.Value))
	}
	add(fieldContentType, r.ContentType)
	add(fieldContentLength, strconv.Itoa(len(r.Block)))
	add(fieldBlockDigest, "sha1:"+capture.SHA1(r.Block))
	if r.PayloadSHA1 != "" {
		add(fieldPayloadDigest, "sha1:"+r.PayloadSHA1)
	}
	return append(b, "\r\n"...)
}
