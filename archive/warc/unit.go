package warc

import (
	"time"

	"infocus/archive/capture"
)

// Kind says what a Unit is.
type Kind string

// The kinds of units. The first four are captures and have an Exchange.
const (
	KindResponse    Kind = "response"     // exchange with the response in full
	KindRevisit     Kind = "revisit"      // headers only; the payload is that of RefersTo
	KindNotModified Kind = "not-modified" // the server said 304 to a conditional request
	KindFailure     Kind = "failure"      // no byte came back
	KindInfo        Kind = "warcinfo"
	KindMetadata    Kind = "metadata"
	KindResource    Kind = "resource"
	KindOther       Kind = "other"  // conversion, continuation, unknown types, a request without a partner
	KindDamage      Kind = "damage" // a stretch of the file that cannot be read
)

// Unit is one capture, or one record that is none, or one damaged stretch. It belongs to who receives it.
type Unit struct {
	Kind     Kind
	Location Location // of the completing record
	Request  Location // of the request; zero without one
	RecordID string   // without angle brackets
	Type     string   // WARC-Type in lower case
	URI      string   // "" where the record has none
	Date     time.Time
	Header   Header            // named fields of the completing record
	Exchange *capture.Exchange // of a capture; Response holds the headers only for KindRevisit
	Block    []byte            // of a record without an Exchange, and of KindFailure
	Size     int64             // length of the block
	TooLarge bool              // the block is longer than the limit and was not kept

	PayloadSHA1 string   // base32, from WARC-Payload-Digest; "" without one or where it is of another algorithm
	RefersTo    Original // of a revisit

	Damage *Damage // of KindDamage
}

// Capture says whether the unit is an exchange.
func (u *Unit) Capture() bool { return u.Exchange != nil }

// Damage is a stretch of a file that gives no record.
type Damage struct {
	Offset int64
	Length int64
	Reason string
	Tail   bool // no whole record follows it
}
