package archive

import (
	"bytes"
	"time"
)

// Weeks lists the different first days of the articles' periods, ISO dates in order.
func (ix *Index) Weeks() ([]string, error) {
	var out []string
	c := bucket(ix.tx, bucketLatest).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		day := string(k[:bytes.IndexByte(k, 0)])
		if day != "" && (len(out) == 0 || out[len(out)-1] != day) {
			out = append(out, day)
		}
	}
	return out, nil
}

// NewestWeek is the last day of the newest week of which the archive holds an article, taken as seven
// days from its first; zero where there is none.
func (ix *Index) NewestWeek() (time.Time, error) {
	weeks, err := ix.Weeks()
	if err != nil || len(weeks) == 0 {
		return time.Time{}, err
	}
	first, err := time.Parse(time.DateOnly, weeks[len(weeks)-1])
	if err != nil {
		return time.Time{}, nil //nolint:nilerr // a period that is no date says nothing
	}
	return first.AddDate(0, 0, 6), nil
}
