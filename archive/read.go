package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"go.etcd.io/bbolt"

	"infocus/archive/record"
	"infocus/archive/revision"
	"infocus/extract"
)

// ErrUnknownArticle says that an argument names no article of the archive.
var ErrUnknownArticle = errors.New("no such article")

// Article is an article of the archive as the reading commands need it.
type Article struct {
	Summary Summary
	History revision.History
	Aliases []revision.Alias // other ids, since when and why
	Asked   string           // the revision_id that was asked for, "" for the article as a whole
}

// Find resolves an argument: an article id, an address, or a revision_id. A site's name in front may
// be left out where the archive holds one site.
func (ix *Index) Find(argument string) (*Article, error) {
	id, name, err := ix.resolve(argument)
	if err != nil {
		return nil, err
	}
	sum, err := loadSummary(ix.tx, id)
	if err != nil {
		return nil, err
	}
	if sum == nil {
		return nil, &CorruptError{Path: ix.dir.DB(), Cause: "article " + id + " is missing"}
	}
	o, err := newObserver(ix.tx)
	if err != nil {
		return nil, err
	}
	j, err := o.joined(sum)
	if err != nil {
		return nil, err
	}
	return &Article{Summary: *sum, History: j.Settle(), Aliases: j.Aliases, Asked: name}, nil
}

// resolve gives the canonical id of an argument, and the revision_id if it is one.
func (ix *Index) resolve(argument string) (canonical, name string, err error) {
	id := strings.TrimSpace(argument)
	if base, _, _, ok := revision.ParseName(id); ok {
		id, name = base, id
	}
	candidates := []string{id, strings.TrimRight(id, "/")}
	sites, err := ix.Sites()
	if err != nil {
		return "", "", err
	}
	for _, s := range sites {
		candidates = append(candidates, s.Name+"/"+strings.Trim(id, "/"))
		more, err := ix.addressIDs(s, id)
		if err != nil {
			return "", "", err
		}
		candidates = append(candidates, more...)
	}
	for _, c := range candidates {
		if found := ix.Canonical(c); found != "" {
			return found, name, nil
		}
	}
	return "", "", fmt.Errorf("%w: %q is no id, address or revision_id in this archive; `infocus list` shows the ids", ErrUnknownArticle, argument)
}

// addressIDs gives the ids that an address names, at the site's hosts and at every base URL it was crawled at.
func (ix *Index) addressIDs(s Site, address string) ([]string, error) {
	if !strings.Contains(address, "://") {
		address = "https://" + address // as people copy it: belarusinfocus.pro/security-issues/x
	}
	p, err := s.Load()
	if err != nil {
		return nil, err
	}
	bases := map[string]bool{"": true}
	if err := eachFile(ix.tx, func(_ string, f *File) error { bases[f.BaseURL] = true; return nil }); err != nil {
		return nil, err
	}
	var ids []string
	for base := range bases {
		x, err := extract.New(p, base)
		if err != nil {
			return nil, err
		}
		if id, ok := x.ID(address); ok {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Record gives one stored record of an article; n is a revision's number, 0 the newest.
func (ix *Index) Record(a *Article, n int) (line []byte, r record.Record, err error) {
	if n == 0 {
		n = len(a.Summary.Periods)
	}
	i := 0
	err = recordsOf(ix.tx, &a.Summary, func(l []byte) error {
		i++
		if i == n {
			line = append([]byte(nil), l...)
		}
		return nil
	})
	if err != nil {
		return nil, r, err
	}
	if line == nil {
		return nil, r, fmt.Errorf("%s has revisions 1 to %d, not %d", a.Summary.ID, len(a.Summary.Periods), n)
	}
	r, err = record.Parse(line)
	return line, r, err
}

// Runs lists the runs, the oldest first.
func (ix *Index) Runs() ([]Run, error) {
	var runs []Run
	err := bucket(ix.tx, bucketRuns).ForEach(func(_, v []byte) error {
		var r Run
		if err := json.Unmarshal(v, &r); err != nil {
			return fmt.Errorf("run in the index: %w", err)
		}
		runs = append(runs, r)
		return nil
	})
	return runs, err
}

// Summaries calls fn for every article in the order of ids.
func (ix *Index) Summaries(fn func(*Summary) error) error { return eachSummary(ix.tx, fn) }

func eachSummary(tx *bbolt.Tx, fn func(*Summary) error) error {
	return bucket(tx, bucketArticles).ForEach(func(_, v []byte) error {
		var s Summary
		if err := json.Unmarshal(v, &s); err != nil {
			return fmt.Errorf("article in the index: %w", err)
		}
		return fn(&s)
	})
}

// EachAddress calls fn for every address ever asked, in order.
func (ix *Index) EachAddress(fn func(address string, a *Address) error) error {
	return bucket(ix.tx, bucketAddresses).ForEach(func(k, v []byte) error {
		var a Address
		if err := json.Unmarshal(v, &a); err != nil {
			return fmt.Errorf("address %s in the index: %w", k, err)
		}
		return fn(string(k), &a)
	})
}

// Captures calls fn for every capture of an article id or address, in capture time.
func (ix *Index) Captures(key string, fn func(*Entry) error) error {
	return eachCapture(ix.tx, key, fn)
}
