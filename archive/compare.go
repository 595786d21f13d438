package archive

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"
)

// maxShown is how many differences of one bucket a check names; the rest is counted.
const maxShown = 20

// compare holds an index against a fresh one, entry by entry in both directions.
func (c *checker) compare(have, want *bbolt.Tx) {
	if name, differ := otherRules(have, want); differ {
		c.out.find(c.dir.DB(), "the records of %s were made by other rules than this program's; `infocus reextract` makes them anew", name)
		return
	}
	for _, name := range derivedBuckets() {
		n := 0
		difference := func(key []byte, reason string) {
			if n++; n <= maxShown {
				c.out.find(fmt.Sprintf("index %s/%s", name, printable(key)), "%s; %s", reason, c.wayOut())
			}
		}
		c.out.Entries += compareBuckets(bucket(have, name), bucket(want, name), difference)
		if n > maxShown {
			c.out.find(fmt.Sprintf("index %s", name), "%d more differences", n-maxShown)
		}
	}
}

// otherRules names a site whose records were made by another version of the rules.
func otherRules(have, want *bbolt.Tx) (site string, differ bool) {
	c := bucket(want, bucketMeta).Cursor()
	prefix := []byte(prefixExtractor)
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if old := bucket(have, bucketMeta).Get(k); old != nil && !bytes.Equal(old, v) {
			return string(k[len(prefix):]), true
		}
	}
	return "", false
}

// compareBuckets walks two buckets side by side and returns the number of keys seen.
func compareBuckets(have, want *bbolt.Bucket, difference func(key []byte, reason string)) int {
	if have == nil || want == nil {
		if have != want {
			difference(nil, "the bucket is missing")
		}
		return 0
	}
	n := 0
	hc, wc := have.Cursor(), want.Cursor()
	hk, hv := hc.First()
	wk, wv := wc.First()
	for hk != nil || wk != nil {
		n++
		switch order := compareKeys(hk, wk); {
		case order < 0:
			difference(hk, "stands in the index, but nothing in the WARC files gives it")
			hk, hv = hc.Next()
		case order > 0:
			difference(wk, "follows from the WARC files, but the index lacks it")
			wk, wv = wc.Next()
		default:
			if !bytes.Equal(hv, wv) {
				difference(hk, "differs from what the WARC files give")
			}
			hk, hv = hc.Next()
			wk, wv = wc.Next()
		}
	}
	return n
}

// compareKeys is bytes.Compare with nil, the end of a bucket, behind everything.
func compareKeys(a, b []byte) int {
	switch {
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return bytes.Compare(a, b)
}

// wayOut is what to do about an index that differs: damage to a WARC file cannot be mended from it.
func (c *checker) wayOut() string {
	if c.damaged {
		return "a WARC file is damaged: restore it from a backup first"
	}
	return "`infocus rebuild` mends the index"
}
