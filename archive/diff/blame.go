package diff

import (
	"time"

	"infocus/archive/diff/sentence"
)

// SentenceOrigin is a sentence of the newest revision with the revision that brought it in.
type SentenceOrigin struct {
	Paragraph  int       `json:"paragraph"` // from 1; the lead is 1
	Text       string    `json:"text"`
	Revision   int       `json:"revision"`
	RevisionID string    `json:"revision_id"`
	Since      time.Time `json:"since"` // first seen of that revision
}

// Blame gives each sentence of the newest of the versions (the last one; they stand in capture time) with the revision
// that brought it in: the first of the latest unbroken run of revisions that hold it. A sentence that was gone and came
// back is of the revision in which it came back; of a sentence that stands twice, the copy that is younger is the later
// one. Place, paragraph and typography do not matter; any other change of a word makes a new sentence.
func Blame(versions []Version) []SentenceOrigin {
	if len(versions) == 0 {
		return nil
	}
	origins, keys := sentencesWithKeys(versions[len(versions)-1])
	open := make(map[string][]int) // sentences whose origin may be earlier still, in reading order
	for i, key := range keys {
		open[key] = append(open[key], i)
	}
	for n := len(versions) - 1; n >= 0 && len(open) > 0; n-- {
		v := versions[n]
		held := make(map[string]int)
		_, keys := sentencesWithKeys(v)
		for _, key := range keys {
			held[key]++
		}
		for key, places := range open {
			places = places[:min(len(places), held[key])]
			for _, i := range places {
				origins[i].Revision, origins[i].RevisionID, origins[i].Since = v.Revision, v.RevisionID, v.FirstSeen
			}
			open[key] = places
			if len(places) == 0 {
				delete(open, key)
			}
		}
	}
	return origins
}

// sentencesWithKeys gives the sentences of a revision, each with a key that is the same where only typography differs.
func sentencesWithKeys(v Version) (sentences []SentenceOrigin, keys []string) {
	c := newComparer("", Text(v.Lead, v.Body))
	for i, p := range c.new.paragraphs {
		for _, text := range sentence.Split(c.new.text[p.from:p.to]) {
			sentences = append(sentences, SentenceOrigin{Paragraph: i + 1, Text: text})
			keys = append(keys, typoKey(text))
		}
	}
	return sentences, keys
}
