//go:build slow

package crawler_test

import (
	"testing"

	"infocus/crawler/replica"
)

// TestTwoHundredKillsLoseNothing kills crawls at 200 random moments: between pages, while the index is being written, at each
// operation on the WARC folder, while files rotate, at the start, and across the end of a night.
func TestTwoHundredKillsLoseNothing(t *testing.T) {
	nights := []killedNight{
		{},
		{change: true, full: true, abandon: true},
		{full: true},
		{},
		{change: true, abandon: true},
		{full: true},
	}
	for shape, seed := range map[replica.Archive]uint64{replica.ArchiveSections: 20250120, replica.ArchiveWeeks: 1986} {
		t.Run(string(shape), func(t *testing.T) {
			killedNights(t, replica.Options{Weeks: 20, Archive: shape}, seed, nights, 35, 110)
		})
	}
}
