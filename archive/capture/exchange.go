// Package capture is one exchange with a web server, as it was on the wire, and how to read it.
package capture

import "time"

// Source says how a capture came into the archive.
type Source string

// The sources of captures.
const (
	SourceLive        Source = "live"
	SourceWARC        Source = "warc"
	SourceWayback     Source = "wayback"
	SourceCommonCrawl Source = "commoncrawl"
	SourceDir         Source = "dir"
)

// Exchange is one request and what came back, byte for byte. An exchange without a response
// has a Failure.
type Exchange struct {
	URI       string    // address as requested, absolute, without fragment
	Time      time.Time // when the request was sent; UTC, whole milliseconds
	IP        string    // address of the server, "" where a proxy hid it
	Request   []byte    // request line, headers
	Response  []byte    // status line, headers, body with transfer and content encoding
	Truncated string    // WARC-Truncated: "", "length", "time", "disconnect"
	Failure   Failure   // code of what went wrong on the wire, "" when the response is whole
	Detail    string    // the failure in words
	Role      string    // what the address was asked as: an extract.Role, or robots, probe, canary
	Via       string    // the page that named it, "" for a seed
	Insecure  bool      // the certificate was not valid and was accepted by choice
	Source    Source
}

// Failure is a code for an exchange that gave no whole response.
type Failure string

// The failures of the wire.
const (
	FailDNS         Failure = "dns"
	FailRefused     Failure = "refused"
	FailReset       Failure = "reset"
	FailTimeout     Failure = "timeout"
	FailTLS         Failure = "tls"
	FailPrivate     Failure = "private-address"
	FailTooLarge    Failure = "too-large"
	FailCutShort    Failure = "cut-short"
	FailFalseLength Failure = "false-length"
	FailProtocol    Failure = "protocol" // not HTTP, or headers beyond bounds
	FailProxy       Failure = "proxy"
	FailRobots      Failure = "robots"     // refused by robots.txt; nothing was sent
	FailUnavailable Failure = "connection" // any other
)
