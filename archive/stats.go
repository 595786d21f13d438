package archive

import (
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"infocus/archive/warc"
)

// Stats is what an archive holds.
type Stats struct {
	Articles   int            `json:"articles"`
	Revisions  int            `json:"revisions"`
	Changed    int            `json:"changed"` // articles with more than one revision
	Gone       int            `json:"gone"`
	Aliases    int            `json:"aliases"`
	Captures   int            `json:"captures"` // of every address
	Addresses  int            `json:"addresses"`
	Payloads   int            `json:"payloads"`
	Runs       int            `json:"runs"`
	Files      int            `json:"files"`
	Bytes      int64          `json:"bytes"` // of the WARC files
	Editions   map[string]int `json:"editions"`
	Languages  map[string]int `json:"languages"`
	Sections   map[string]int `json:"sections"` // by section_id
	Trends     map[string]int `json:"trends"`   // better, worse, unchanged, none
	OldestWeek string         `json:"oldest_week,omitempty"`
	NewestWeek string         `json:"newest_week,omitempty"`
	FirstSeen  string         `json:"first_seen,omitempty"`
	LastSeen   string         `json:"last_seen,omitempty"`
	Warnings   map[string]int `json:"warnings"` // codes of the newest records
}

// statKeys are the parts of a record that are counted.
type statKeys struct {
	Edition     string   `json:"edition"`
	Lang        string   `json:"lang"`
	SectionID   *string  `json:"section_id"`
	Trend       *string  `json:"trend"`
	PeriodStart *string  `json:"period_start"`
	FirstSeen   string   `json:"first_seen"`
	LastSeen    string   `json:"last_seen"`
	Warnings    []string `json:"warnings"`
}

// Stats counts what the archive holds.
func (ix *Index) Stats() (*Stats, error) {
	s := &Stats{
		Editions: map[string]int{}, Languages: map[string]int{}, Sections: map[string]int{}, Trends: map[string]int{},
		Warnings: map[string]int{},
	}
	err := eachSummary(ix.tx, func(sum *Summary) error {
		s.Articles++
		s.Revisions += len(sum.Periods)
		s.Aliases += len(sum.Aliases)
		if len(sum.Periods) > 1 {
			s.Changed++
		}
		if sum.Gone {
			s.Gone++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := ix.Records(false, s.count); err != nil {
		return nil, err
	}
	s.Captures = countKeys(bucket(ix.tx, bucketCaptures))
	s.Addresses = countKeys(bucket(ix.tx, bucketAddresses))
	s.Payloads = countKeys(bucket(ix.tx, bucketPayloads))
	s.Runs = countKeys(bucket(ix.tx, bucketRuns))
	files, err := warc.Files(ix.dir.WARC())
	if err != nil {
		return nil, fmt.Errorf("list WARC files: %w", err)
	}
	for _, f := range files {
		s.Files++
		s.Bytes += f.Size
	}
	return s, nil
}

func (s *Stats) count(line Line) error {
	var k statKeys
	if err := json.Unmarshal(line.JSON, &k); err != nil {
		return fmt.Errorf("record of %s in the index: %w", line.ID, err)
	}
	s.Editions[k.Edition]++
	s.Languages[k.Lang]++
	s.Sections[orNone(k.SectionID)]++
	s.Trends[orNone(k.Trend)]++
	for _, w := range k.Warnings {
		s.Warnings[w]++
	}
	if k.PeriodStart != nil {
		s.OldestWeek, s.NewestWeek = earlier(s.OldestWeek, *k.PeriodStart), max(s.NewestWeek, *k.PeriodStart)
	}
	s.FirstSeen, s.LastSeen = earlier(s.FirstSeen, k.FirstSeen), max(s.LastSeen, k.LastSeen)
	return nil
}

func orNone(s *string) string {
	if s == nil {
		return "none"
	}
	return *s
}

// earlier is the smaller of two texts, an empty one counting as none.
func earlier(a, b string) string {
	if a == "" || (b != "" && b < a) {
		return b
	}
	return a
}

// countKeys counts the keys of a bucket. bbolt's own count does not see what a transaction has not committed.
func countKeys(b *bbolt.Bucket) int {
	n := 0
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return n
}
