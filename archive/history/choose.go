package history

import (
	"fmt"
	"strconv"

	"infocus/archive"
	"infocus/archive/diff"
	"infocus/archive/record"
	"infocus/archive/revision"
)

// Find resolves an argument to an article, and to the number of the revision that it names: the newest where it is no
// revision_id. A revision_id must be of a revision.
func Find(ix *archive.Index, argument string) (*archive.Article, int, error) {
	a, err := ix.Find(argument)
	if err != nil {
		return nil, 0, err
	}
	if a.Asked == "" {
		return a, len(a.History.Revisions), nil
	}
	r := a.History.ByName(a.Asked)
	if r == nil {
		return nil, 0, fmt.Errorf("%s has no revision %s; `infocus history %s` lists them", a.Summary.ID, a.Asked, a.Summary.ID)
	}
	return a, r.Number, nil
}

// Pair gives the two revisions that a diff is of. From and to name them by number or revision_id; for an empty to it is
// the one that the argument names, for an empty from the one before.
func Pair(ix *archive.Index, argument, from, to string) (a *archive.Article, older, newer int, err error) {
	a, newest, err := Find(ix, argument)
	if err != nil {
		return nil, 0, 0, err
	}
	if newer, err = number(ix, a, to, newest); err != nil {
		return nil, 0, 0, err
	}
	if older, err = number(ix, a, from, newer-1); err != nil {
		return nil, 0, 0, err
	}
	switch id, n := a.Summary.ID, len(a.History.Revisions); {
	case older < 1 && n == 1:
		return nil, 0, 0, fmt.Errorf("%s has one revision, so there is nothing to compare; `infocus show %s` prints it", id, id)
	case older < 1:
		return nil, 0, 0, fmt.Errorf("revision 1 of %s is the first of %d, so there is none before it to compare; choose another with --to", id, n)
	}
	return a, older, newer, nil
}

// number reads what names a revision of an article.
func number(ix *archive.Index, a *archive.Article, given string, missing int) (int, error) {
	if given == "" {
		return missing, nil
	}
	last := len(a.History.Revisions)
	if n, err := strconv.Atoi(given); err == nil {
		if n < 1 || n > last {
			return 0, fmt.Errorf("%s has revisions 1 to %d, not %d", a.Summary.ID, last, n)
		}
		return n, nil
	}
	if _, _, _, ok := revision.ParseName(given); !ok {
		return 0, fmt.Errorf("%q is no revision of %s: want a number from 1 to %d, or a revision_id", given, a.Summary.ID, last)
	}
	other, n, err := Find(ix, given)
	if err != nil {
		return 0, err
	}
	if other.Summary.ID != a.Summary.ID {
		return 0, fmt.Errorf("%s is a revision of %s, not of %s", given, other.Summary.ID, a.Summary.ID)
	}
	return n, nil
}

// Compared is a diff with the two records that it is of.
type Compared struct {
	Diff     *diff.Diff
	From, To record.Record
}

// Compare gives the diff of two revisions of an article as their records show them.
func Compare(ix *archive.Index, a *archive.Article, older, newer int) (*Compared, error) {
	_, from, err := ix.Record(a, older)
	if err != nil {
		return nil, err
	}
	_, to, err := ix.Record(a, newer)
	if err != nil {
		return nil, err
	}
	newest := VersionOf(&to)
	for _, r := range a.History.Revisions[min(older, newer):newer] {
		newest.TakenDown = newest.TakenDown || r.Returned
	}
	return &Compared{Diff: diff.Compare(a.Summary.ID, VersionOf(&from), newest), From: from, To: to}, nil
}
