package dataset

import (
	"errors"
	"io"

	"infocus/archive"
)

// Options are the settings of an export.
type Options struct {
	All    bool // every revision, not only the newest of each article
	Filter Filter
}

// JSONL writes the records as one JSON object a line and returns their number. A slow reader of w
// does not hold up a crawl: what it does not take in time waits in a temporary file.
func JSONL(dir archive.Dir, w io.Writer, o Options) (int, error) {
	out := newSpill(w)
	n := 0
	err := archive.View(dir, func(ix *archive.Index) error {
		return ix.Records(o.All, func(line archive.Line) error {
			ok, err := o.Filter.matches(line.JSON)
			if err != nil || !ok {
				return err
			}
			n++
			return out.line(line.JSON)
		})
	})
	return n, errors.Join(err, out.close())
}
