package archive

import (
	"encoding/json"
	"fmt"
)

// NewestRuns calls fn for each run, the newest first, until fn says that it has seen enough.
func (ix *Index) NewestRuns(fn func(*Run) (more bool)) error {
	c := bucket(ix.tx, bucketRuns).Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		var r Run
		if err := json.Unmarshal(v, &r); err != nil {
			return fmt.Errorf("run in the index: %w", err)
		}
		if !fn(&r) {
			return nil
		}
	}
	return nil
}

// RecordsFrom calls fn for the newest record of each article whose period begins on a day or later, in
// the order of an export. The day is an ISO date.
func (ix *Index) RecordsFrom(day string, fn func(Line) error) error {
	c := bucket(ix.tx, bucketLatest).Cursor()
	for k, v := c.Seek([]byte(day)); k != nil; k, v = c.Next() {
		if err := fn(Line{ID: recordOwner(k), JSON: v}); err != nil {
			return err
		}
	}
	return nil
}

// Files calls fn for each WARC file that the index knows, in the order of names.
func (ix *Index) Files(fn func(name string, f *File) error) error { return eachFile(ix.tx, fn) }

// Stale says why the index is to be made anew by this program, as its next crawl does: the rules that
// pages are read by have changed since. It is "" where they have not.
func (ix *Index) Stale() (string, error) { return staleReason(ix.tx, newRules(), Site{}) }
