package archive

import (
	"time"

	"infocus/archive/capture"
	"infocus/extract"
)

// Entry is one capture in the index: where it lies in the WARC files and what came of it.
type Entry struct {
	URL          string          `json:"url"`
	Time         time.Time       `json:"-"` // UTC, whole milliseconds; kept in the key
	Millis       int64           `json:"t"`
	File         string          `json:"file"`
	Offset       int64           `json:"offset"`
	Run          int             `json:"run"`
	Status       int             `json:"status,omitempty"` // HTTP status, 0 without a response
	Failure      capture.Failure `json:"failure,omitempty"`
	Detail       string          `json:"detail,omitempty"`
	Role         string          `json:"role,omitempty"`
	Via          string          `json:"via,omitempty"`
	Source       capture.Source  `json:"source"`
	Revisit      bool            `json:"revisit,omitempty"` // the payload lies elsewhere
	PayloadSHA1  string          `json:"payload_sha1,omitempty"`
	PayloadBytes int             `json:"payload_bytes,omitempty"`
	ETag         string          `json:"etag,omitempty"`
	LastModified string          `json:"last_modified,omitempty"`
	Location     string          `json:"location,omitempty"` // of a redirect, absolute
	Target       string          `json:"target,omitempty"`   // article id that Location names
	Page         extract.Kind    `json:"page,omitempty"`     // what the payload is
	PageReason   string          `json:"page_reason,omitempty"`
	Problem      string          `json:"problem,omitempty"`     // why the payload could not be read
	NewestWeek   string          `json:"newest_week,omitempty"` // of a listing: the last day of the newest period that it prints
	Content      string          `json:"content,omitempty"`     // key into contents, for an article
	ContentKey   string          `json:"content_key,omitempty"` // content_sha256 and language of the article, see contentKey
	Robots       []string        `json:"robots,omitempty"`      // X-Robots-Tag, AI and TDM signals, as sent
	Insecure     bool            `json:"insecure,omitempty"`
}

// File is a WARC file as the index knows it.
type File struct {
	Indexed int64  `json:"indexed"` // bytes whose records are in the index
	Run     int    `json:"run"`
	Site    string `json:"site"`
	BaseURL string `json:"base_url,omitempty"`
}

// PayloadRef says where a payload was first stored: the capture that begins at Offset.
type PayloadRef struct {
	URI    string `json:"uri"`
	Millis int64  `json:"t"`
	File   string `json:"file"`
	Offset int64  `json:"offset"`
	Record string `json:"record,omitempty"`
}

// Address is what was last heard of an address.
type Address struct {
	Key          string       `json:"key"` // article id, or the address itself
	Role         string       `json:"role,omitempty"`
	Asked        int64        `json:"asked"`  // newest capture
	Status       int          `json:"status"` // of the newest capture
	Outcome      string       `json:"outcome"`
	Reason       string       `json:"reason,omitempty"`
	Failures     int          `json:"failures,omitempty"` // in a row
	FailedSince  int64        `json:"failed_since,omitempty"`
	Page         extract.Kind `json:"page,omitempty"`
	ETag         string       `json:"etag,omitempty"` // of the newest capture with a payload
	LastModified string       `json:"last_modified,omitempty"`
	Payload      *PayloadRef  `json:"payload,omitempty"`
	PayloadSHA1  string       `json:"payload_sha1,omitempty"`
	NewestWeek   string       `json:"newest_week,omitempty"`
}
