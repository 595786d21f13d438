package replica

import "time"

// FaultKind names a way to misbehave.
type FaultKind string

// The faults.
const (
	FaultStatus          FaultKind = "status"            // answer Status, with RetryAfter if set
	FaultReset           FaultKind = "reset"             // TCP reset before any byte
	FaultHang            FaultKind = "hang"              // nothing for Delay (0: until the client or the server gives up)
	FaultSlow            FaultKind = "slow"              // the honest answer after Delay
	FaultTrickle         FaultKind = "trickle"           // the honest answer, Size bytes (0: 1) every Delay (0: 100 ms)
	FaultCutShort        FaultKind = "cut-short"         // half of the body, then the connection ends
	FaultCutChunk        FaultKind = "cut-chunk"         // the same in chunks: the last chunk never comes
	FaultLengthTooLong   FaultKind = "length-too-long"   // Content-Length beyond the whole body, then the connection ends
	FaultLengthTooShort  FaultKind = "length-too-short"  // Content-Length is half of what is sent
	FaultHuge            FaultKind = "huge"              // Size bytes of HTML (0: 512 MiB), streamed
	FaultGzipBomb        FaultKind = "gzip-bomb"         // Size bytes (0: 1 GiB) behind a small gzip body, whatever was accepted
	FaultBrokenGzip      FaultKind = "broken-gzip"       // a gzip body that breaks off in the middle
	FaultNotGzip         FaultKind = "not-gzip"          // says gzip, is plain
	FaultRedirectLoop    FaultKind = "redirect-loop"     // 302 to itself through a second address
	FaultRedirect        FaultKind = "redirect"          // 302 (or Status) to Target
	FaultRedirectPrivate FaultKind = "redirect-private"  // 302 to http://10.0.0.1/
	FaultRedirectOffSite FaultKind = "redirect-off-site" // 302 to https://example.com/
	FaultEmpty           FaultKind = "empty"             // 200 without a body
	FaultPDF             FaultKind = "pdf"               // 200 application/pdf
	FaultInterstitial    FaultKind = "interstitial"      // "Just a moment..." with 200
	FaultLogin           FaultKind = "login"             // the log-in page with 200
	FaultInvalidUTF8     FaultKind = "invalid-utf-8"     // the honest page with broken sequences in its text
	FaultNUL             FaultKind = "nul"               // the honest page with NUL bytes in its text
	FaultDeepDivs        FaultKind = "deep-divs"         // Size (0: 100,000) nested divs
	FaultManyLinks       FaultKind = "many-links"        // Size (0: 200,000) links to pages of the site
	FaultManyHeaders     FaultKind = "many-headers"      // Size (0: 500,000) header lines, 14 MB
	FaultNotHTTP         FaultKind = "not-http"          // bytes that are no HTTP answer
)

// Fault is a rule: requests that match Pattern are answered by Kind. Of several rules that match, the
// first one with times left counts.
type Fault struct {
	Kind       FaultKind
	Pattern    string        // of path, or of path?query where it holds a "?"; * stands for anything; the last slash does not count; "" is everything
	Times      int           // the first so many requests that match; 0 is all
	Skip       int           // so many matching requests are answered honestly first
	PerURL     bool          // Times and Skip count for each address by itself
	Status     int           // for FaultStatus and FaultRedirect
	RetryAfter string        // header value: seconds or an HTTP date
	Delay      time.Duration // see the kinds
	Size       int64         // see the kinds
	Target     string        // for FaultRedirect
}
