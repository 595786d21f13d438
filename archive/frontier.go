package archive

import (
	"bytes"
	"encoding/json"
	"time"

	"go.etcd.io/bbolt"
)

// Frontier is the bucket in which the crawler keeps what it still has to ask, with a look at the
// index beside it. The bucket is no part of the record: after a rebuild the next night finds its
// addresses again.
type Frontier struct {
	tx *bbolt.Tx
	b  *bbolt.Bucket
}

func newFrontier(tx *bbolt.Tx) *Frontier { return &Frontier{tx: tx, b: bucket(tx, bucketFrontier)} }

// Put keeps a value for an address.
func (f *Frontier) Put(address string, value []byte) error {
	return putChanged(f.b, []byte(address), value)
}

// Delete forgets an address.
func (f *Frontier) Delete(address string) error { return f.b.Delete([]byte(address)) }

// Clear forgets everything.
func (f *Frontier) Clear() error {
	c := f.b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.First() {
		if err := c.Delete(); err != nil {
			return err
		}
	}
	return nil
}

// ForEach calls fn for each address in order. The value is valid during the call only.
func (f *Frontier) ForEach(fn func(address string, value []byte) error) error {
	return f.b.ForEach(func(k, v []byte) error { return fn(string(k), v) })
}

// IsArticle says whether an id is known as an article's.
func (f *Frontier) IsArticle(id string) bool { return isArticle(f.tx, id) }

// Newest gives the newest capture of an article id or address; found is false where it was never asked.
func (f *Frontier) Newest(key string) (e Entry, found bool, err error) {
	prefix := capturePrefix(key)
	after := append([]byte(key), 1)
	c := bucket(f.tx, bucketCaptures).Cursor()
	var k, v []byte
	if next, _ := c.Seek(after); next == nil {
		k, v = c.Last()
	} else {
		k, v = c.Prev()
	}
	if k == nil || !bytes.HasPrefix(k, prefix) {
		return Entry{}, false, nil
	}
	if err := json.Unmarshal(v, &e); err != nil {
		return Entry{}, false, err
	}
	e.Time = time.UnixMilli(e.Millis).UTC()
	return e, true, nil
}

// Address gives what was last heard of an address.
func (f *Frontier) Address(address string) (a Address, found bool, err error) {
	found, err = loadJSON(bucket(f.tx, bucketAddresses), []byte(address), &a)
	return a, found, err
}

// Index is the index as it is in this transaction.
func (f *Frontier) Index() *Index { return &Index{tx: f.tx} }
