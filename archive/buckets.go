package archive

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"go.etcd.io/bbolt"
)

const (
	bucketMeta       = "meta"
	bucketFiles      = "files"
	bucketCaptures   = "captures"
	bucketContents   = "contents"
	bucketPayloads   = "payloads"
	bucketHashes     = "hashes"
	bucketMoves      = "moves"
	bucketTranslates = "translates"
	bucketAddresses  = "addresses"
	bucketIDs        = "ids"
	bucketArticles   = "articles"
	bucketLatest     = "latest"
	bucketEarlier    = "earlier"
	bucketRuns       = "runs"
	bucketFrontier   = "frontier"

	keyFormat = "format"
)

const (
	prefixExtractor = "extractor/"
	prefixSite      = "site/"
)

func allBuckets() []string {
	return append(derivedBuckets(), bucketFrontier)
}

// derivedBuckets are the buckets that Rebuild makes from the WARC files.
func derivedBuckets() []string {
	return []string{
		bucketMeta, bucketFiles, bucketCaptures, bucketContents, bucketPayloads, bucketHashes,
		bucketMoves, bucketTranslates, bucketAddresses, bucketIDs, bucketArticles, bucketLatest,
		bucketEarlier, bucketRuns,
	}
}

// bucket gives a bucket of the index.
func bucket(tx *bbolt.Tx, name string) *bbolt.Bucket { return tx.Bucket([]byte(name)) }

// captureKey orders the captures of one article or address by time, then by place in the archive.
func captureKey(key string, t time.Time, serial uint32, offset int64) []byte {
	k := append(make([]byte, 0, len(key)+21), key...)
	k = append(k, 0)
	k = binary.BigEndian.AppendUint64(k, uint64(t.UnixMilli()))
	k = binary.BigEndian.AppendUint32(k, serial)
	return binary.BigEndian.AppendUint64(k, uint64(offset)) //nolint:gosec // an offset is not negative
}

func capturePrefix(key string) []byte { return append([]byte(key), 0) }

func pairKey(a, b string) []byte { return []byte(a + "\x00" + b) }

// recordKey orders records as an export prints them: by period_start, id, revision.
func recordKey(periodStart, id string, revision int) []byte {
	k := append(make([]byte, 0, len(periodStart)+len(id)+6), periodStart...)
	k = append(k, 0)
	k = append(k, id...)
	k = append(k, 0)
	return binary.BigEndian.AppendUint32(k, uint32(revision)) //nolint:gosec // revisions are few
}

// recordOwner is the article id inside a record's key.
func recordOwner(k []byte) string {
	rest := k[bytes.IndexByte(k, 0)+1:]
	return string(rest[:len(rest)-5])
}

func runKey(number int) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(number)) //nolint:gosec // runs are few
}

// seconds lists the second halves of the pair keys that start with first.
func seconds(b *bbolt.Bucket, first string) []string {
	prefix := append([]byte(first), 0)
	var out []string
	c := b.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		out = append(out, string(k[len(prefix):]))
	}
	return out
}

// putJSON writes v under key unless that value stands there already.
func putJSON(b *bbolt.Bucket, key []byte, v any) error {
	data, err := encodeJSON(v)
	if err != nil {
		return fmt.Errorf("encode %q: %w", key, err)
	}
	return putChanged(b, key, data)
}

func putChanged(b *bbolt.Bucket, key, value []byte) error {
	if old := b.Get(key); old != nil && bytes.Equal(old, value) {
		return nil
	}
	return b.Put(key, value)
}

func encodeJSON(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// loadJSON reads the value under key into v; found is false where there is none.
func loadJSON(b *bbolt.Bucket, key []byte, v any) (found bool, err error) {
	data := b.Get(key)
	if data == nil {
		return false, nil
	}
	if err := json.Unmarshal(data, v); err != nil {
		return false, &CorruptError{Path: "infocus.db", Cause: fmt.Sprintf("value of %q: %v", printable(key), err)}
	}
	return true, nil
}

// printable shows a key to a person: words as words, numbers and digests in hexadecimal.
func printable(key []byte) string {
	wild := func(part []byte) bool {
		return bytes.IndexFunc(part, func(r rune) bool { return r < ' ' || r == utf8.RuneError }) >= 0
	}
	text, rest, _ := bytes.Cut(key, []byte{0})
	switch {
	case wild(text):
		return fmt.Sprintf("%x", key)
	case len(rest) == 0:
		return string(text)
	case wild(rest):
		return fmt.Sprintf("%s %x", text, rest)
	}
	return string(text) + " " + string(rest)
}
