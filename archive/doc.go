// Package archive keeps what a site sent and everything computed from it.
//
// The WARC files below DIR/warc are the archive: they are appended to and never changed. The bbolt
// file DIR/infocus.db is an index of them and holds nothing that Rebuild could not make again from
// the WARC files alone. The package touches the archive directory and nothing else: no network, and
// no clock but the one it is given.
//
// Buckets of the index (every value is JSON unless said otherwise; times are milliseconds since 1970 UTC):
//
//	meta       format -> version of this layout; extractor/<site> -> version of the rules; site/<site> -> Site;
//	           distrust -> runs whose missing pages count for nothing
//	files      WARC file name -> File: how far it is indexed, and the run that wrote it
//	captures   key NUL time serial offset -> Entry; key is an article id, or the address of anything else
//	contents   digest of an article's JSON -> that JSON
//	payloads   SHA-1 of a payload (20 bytes) -> PayloadRef: where it was first stored
//	hashes     content_sha256 NUL lang NUL id -> empty: which ids ever had this content
//	moves      id NUL id -> empty: the first was named by a redirect from the second
//	translates id NUL id -> empty: the first was named as a translation by the second
//	addresses  address -> Address: what was last heard of it
//	ids        any id of an article -> its canonical id (text)
//	articles   canonical id -> Summary
//	latest     period_start NUL id NUL revision -> the newest record of each article, one JSON line
//	earlier    the same key -> records of earlier revisions
//	runs       number (4 bytes) -> Run
//	frontier   address -> what the crawler still owes it; its own format, lost in a rebuild by design
//
// docs/format.md describes the directory for people and other programs.
package archive
