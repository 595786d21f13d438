package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"go.etcd.io/bbolt"

	"infocus/archive/record"
)

// Reextracted says what came out different when every stored page was read again.
type Reextracted struct {
	Captures int            `json:"captures"`
	Articles int            `json:"articles"`
	Records  int            `json:"records"` // records, of all revisions, that changed in a field that the page gives
	Fields   map[string]int `json:"fields"`  // by key: in how many of them
	Added    []string       `json:"added"`   // articles that were none before
	Removed  []string       `json:"removed"` // articles that are none any more
	// Revisions are the articles whose revisions came out different: other times, or another number.
	Revisions []string     `json:"revisions"`
	Damage    []FileDamage `json:"-"`
}

// Reextract reads every stored page again with today's rules, and computes all histories anew from
// the same captures. The pages themselves are not touched.
func Reextract(ctx context.Context, dir Dir, opts RebuildOptions) (*Reextracted, error) {
	if err := dir.check(); err != nil {
		return nil, err
	}
	lock, err := acquireLock(dir)
	if err != nil {
		return nil, err
	}
	out, err := reextractLocked(ctx, dir, opts)
	return out, errors.Join(err, lock.release())
}

func reextractLocked(ctx context.Context, dir Dir, opts RebuildOptions) (*Reextracted, error) {
	if _, err := recoverFiles(ctx, dir, nil); err != nil {
		return nil, err
	}
	old := dir.DB() + suffixOld
	if err := removeIfThere(old); err != nil {
		return nil, err
	}
	// The old index stays in place until the new one is whole; a second name keeps it for comparing.
	linked := os.Link(dir.DB(), old) == nil
	built, err := rebuildLocked(ctx, dir, opts)
	if err != nil {
		return nil, errors.Join(err, removeIfThere(old))
	}
	out := &Reextracted{Captures: built.Captures, Articles: built.Articles, Fields: map[string]int{}, Damage: built.Damage}
	out.Added, out.Removed, out.Revisions = []string{}, []string{}, []string{}
	if linked {
		err = compareRecords(old, dir.DB(), out)
	}
	return out, errors.Join(err, removeIfThere(old))
}

// compareRecords finds the articles whose records differ between two indexes. An old index that
// cannot be read gives no comparison.
func compareRecords(oldPath, newPath string, out *Reextracted) error {
	return viewDB(newPath, func(now *bbolt.Tx) error {
		err := viewDB(oldPath, func(old *bbolt.Tx) error {
			if err := eachSummary(now, func(s *Summary) error { return compareArticle(old, now, s, out) }); err != nil {
				return err
			}
			return eachSummary(old, func(s *Summary) error {
				if bucket(now, bucketIDs).Get([]byte(s.ID)) == nil {
					out.Removed = append(out.Removed, s.ID)
				}
				return nil
			})
		})
		var format *FormatError
		var corrupt *CorruptError
		if errors.As(err, &format) || errors.As(err, &corrupt) {
			return nil
		}
		return err
	})
}

func compareArticle(old, now *bbolt.Tx, s *Summary, out *Reextracted) error {
	before, err := loadSummary(old, s.ID)
	if err != nil {
		return err
	}
	if before == nil {
		if bucket(old, bucketIDs).Get([]byte(s.ID)) == nil {
			out.Added = append(out.Added, s.ID)
		} else {
			out.Revisions = append(out.Revisions, s.ID)
		}
		return nil
	}
	was, err := recordList(old, before)
	if err != nil {
		return err
	}
	is, err := recordList(now, s)
	if err != nil {
		return err
	}
	if !sameRevisions(was, is) {
		out.Revisions = append(out.Revisions, s.ID)
	}
	out.compareRevisions(was, is)
	return nil
}

// compareRevisions counts the records that differ: of revisions with the same name, and of the newest ones.
func (out *Reextracted) compareRevisions(was, is []record.Record) {
	for i := range is {
		n := slices.IndexFunc(was, func(r record.Record) bool { return r.RevisionID == is[i].RevisionID })
		if n < 0 && i == len(is)-1 {
			n = len(was) - 1
		}
		if n < 0 {
			continue
		}
		changed := differingKeys(&was[n], &is[i])
		if len(changed) > 0 {
			out.Records++
		}
		for _, key := range changed {
			out.Fields[key]++
		}
	}
}

func recordList(tx *bbolt.Tx, s *Summary) ([]record.Record, error) {
	var out []record.Record
	err := recordsOf(tx, s, func(line []byte) error {
		r, err := record.Parse(line)
		out = append(out, r)
		return err
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("article %s has no records", s.ID)
	}
	return out, err
}

func sameRevisions(a, b []record.Record) bool {
	return slices.EqualFunc(a, b, func(x, y record.Record) bool {
		return x.RevisionID == y.RevisionID && x.FirstSeen.Equal(y.FirstSeen) && x.LastSeen.Equal(y.LastSeen) && x.GoneSince.Equal(y.GoneSince)
	})
}

// pageKeys are the keys of a record that extraction gives.
var pageKeys = []string{
	"edition", "lang", "section", "section_id", "headline", "period_start", "period_end", "period_text", "trend",
	"trend_text", "authors", "lead", "body", "caption", "links", "translations", "warnings",
}

// differingKeys names the keys given by the page in which two records differ.
func differingKeys(a, b *record.Record) []string {
	x, y := rawKeys(a), rawKeys(b)
	var out []string
	for _, key := range pageKeys {
		if !bytes.Equal(x[key], y[key]) {
			out = append(out, key)
		}
	}
	return out
}

func rawKeys(r *record.Record) map[string]json.RawMessage {
	m := map[string]json.RawMessage{}
	_ = json.Unmarshal(record.Append(nil, r), &m)
	return m
}
