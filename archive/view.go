package archive

import (
	"bytes"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// Index is the index of an archive, open for reading. It is one consistent state, valid during View.
type Index struct {
	dir Dir
	tx  *bbolt.Tx
}

// View runs fn on one consistent state of the index. While fn runs, a crawl can fetch but not index:
// fn must not wait for a person or a pipe.
func View(dir Dir, fn func(*Index) error) error {
	if err := dir.check(); err != nil {
		return err
	}
	err := viewDB(dir.DB(), func(tx *bbolt.Tx) error { return fn(&Index{dir: dir, tx: tx}) })
	if errors.Is(err, ErrNoIndex) {
		return fmt.Errorf("%w: `infocus rebuild --archive %s` makes it from the WARC files", err, dir)
	}
	return err
}

// Dir is the directory of the archive.
func (ix *Index) Dir() Dir { return ix.dir }

// Sites lists the sites of the archive.
func (ix *Index) Sites() ([]Site, error) { return sitesOf(ix.tx) }

// Line is one record as an export prints it, without the line end.
type Line struct {
	ID   string
	JSON []byte // valid during the call only
}

// Records calls fn for each record ordered by period_start, id, revision: the newest of each article,
// and with all its earlier ones too.
func (ix *Index) Records(all bool, fn func(Line) error) error {
	latest := bucket(ix.tx, bucketLatest).Cursor()
	lk, lv := latest.First()
	if !all {
		for ; lk != nil; lk, lv = latest.Next() {
			if err := fn(Line{ID: recordOwner(lk), JSON: lv}); err != nil {
				return err
			}
		}
		return nil
	}
	earlier := bucket(ix.tx, bucketEarlier).Cursor()
	ek, ev := earlier.First()
	for lk != nil || ek != nil {
		if ek == nil || (lk != nil && bytes.Compare(lk, ek) < 0) {
			if err := fn(Line{ID: recordOwner(lk), JSON: lv}); err != nil {
				return err
			}
			lk, lv = latest.Next()
			continue
		}
		if err := fn(Line{ID: recordOwner(ek), JSON: ev}); err != nil {
			return err
		}
		ek, ev = earlier.Next()
	}
	return nil
}

// Address gives what was last heard of an address; found is false where it was never asked.
func (ix *Index) Address(address string) (a Address, found bool, err error) {
	found, err = loadJSON(bucket(ix.tx, bucketAddresses), []byte(address), &a)
	return a, found, err
}

// Canonical gives the canonical id of any id of an article, "" for an id that is none.
func (ix *Index) Canonical(id string) string {
	return string(bucket(ix.tx, bucketIDs).Get([]byte(id)))
}
