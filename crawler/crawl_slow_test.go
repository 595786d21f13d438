//go:build slow

package crawler_test

import (
	"testing"

	"infocus/crawler/replica"
)

// TestEveryFieldInTheOtherArchive is TestEveryFieldOfEveryArticle with the shapes of the archive exchanged.
func TestEveryFieldInTheOtherArchive(t *testing.T) {
	for _, markup := range replica.Markups() {
		shape := replica.ArchiveWeeks
		if markup == replica.MarkupSoup {
			shape = replica.ArchiveSections
		}
		t.Run(string(markup)+"/"+string(shape), func(t *testing.T) {
			t.Parallel()
			everyField(t, markup, shape)
		})
	}
}
