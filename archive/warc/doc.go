// Package warc writes, reads, repairs, seals and verifies the WARC files of an archive.
//
// It knows WARC 1.1 (ISO 28500:2017) and capture.Exchange; it knows no page, no index and no network. It touches
// the directory it is given and nothing else.
//
// # Files
//
// A directory holds files named <prefix>-<serial>-<stamp>.warc.gz. The serial grows with every file, so the order of
// names is the order of writing even where the clock jumped. A file is written by one Writer from its first byte to its
// last and never opened for writing again; what a Writer closed is sealed: SHA256SUMS beside the files names its SHA-256,
// in the format of coreutils. A file without a seal is being written, or was left by a crash: Recover cuts
// its torn tail and seals it.
//
// # Records
//
// Each record is one gzip member with a fixed ten-byte header. The first record of a file is a warcinfo, and every
// other one names it in WARC-Warcinfo-ID. All carry a WARC-Block-Digest; what has a payload, a WARC-Payload-Digest:
// SHA-1, base32, over the payload as WARC 1.1 (6.3.2) defines it: the entity body, with the transfer encoding removed and
// the content encoding kept. WARC-Date has milliseconds where the time of the request had some.
//
// A capture is two records next to each other in one file: the request first, then the record that completes it: a
// response, a revisit or, where no byte came back, a metadata record that names the failure. They name each other in
// WARC-Concurrent-To. A file torn between the two holds a request without a partner, which is no capture: Scan yields it
// as KindOther.
//
// What an Exchange knows beyond WARC's fields stands in named fields of the request, or of the completing record where
// that is a metadata record or nothing was sent: Infocus-Source, Infocus-Role, Infocus-Via, Infocus-Insecure ("yes"),
// Infocus-Failure, Infocus-Detail. A record without Infocus-Source was made by others.
//
// # Damage
//
// Scan reports a stretch that gives no record, and goes on at the next gzip member that begins a record and names the
// warcinfo of the file: a page can hold bytes that look like a record, and cannot know that id. A bad place is a torn
// tail, and may be cut, only in a file without a seal, behind everything acknowledged, and with no whole record after it.
package warc
