package crawler

import (
	"errors"
	"slices"
	"time"

	"infocus/archive"
)

// goesOn says whether this run goes on with the night of the run before. A clock that was set back since then counts like
// one that went on.
func (c *crawl) goesOn(now time.Time) bool {
	n := &c.f.night
	return !n.Started.IsZero() && !n.Done && n.Full == c.opts.Full && now.Sub(n.Started).Abs() < resumeWithin
}

// load reads the frontier once, before anything is applied to it.
func (c *crawl) load(b *archive.Frontier) error {
	if c.loaded {
		return nil
	}
	c.loaded = true
	runs, err := c.recall(b)
	if err != nil {
		return err
	}
	err = c.f.load(b)
	var unreadable *frontierError
	switch {
	case errors.As(err, &unreadable):
		c.opts.Log.Warn().Err(err).Msg("what the last night left to ask cannot be read; the listings are read to their ends again")
		if err := b.Clear(); err != nil {
			return err
		}
		c.f.forget()
	case err != nil:
		return err
	}
	switch n := &c.f.night; {
	case n.Site != c.opts.Profile.Name, n.BaseURL != c.opts.BaseURL:
		// It went with an index that was lost, or is that of another site. What an unfinished run had found and not
		// asked is named by listings that may be unchanged since, so these are read to their ends again.
		c.f.forget()
		if len(runs) > 0 && !runs[len(runs)-1].complete() {
			clear(c.walked)
		}
	case !n.Done && slices.ContainsFunc(runs, func(r pastRun) bool { return r.number == n.Run && r.complete() }):
		c.f.finish() // killed between writing the report of a night and indexing it
	}
	return nil
}

// pastRun is what matters of an earlier run of the site.
type pastRun struct {
	number int
	ended  string // "" without a report
}

func (r pastRun) complete() bool { return r.ended == endComplete }

// recall takes from the earlier runs of the site what this one goes by, and lists them.
func (c *crawl) recall(b *archive.Frontier) (past []pastRun, err error) {
	runs, err := b.Index().Runs()
	if err != nil {
		return nil, err
	}
	for i := range runs {
		r := &runs[i]
		if r.Site != c.opts.Profile.Name || (c.writer != nil && r.Number == c.writer.Run()) {
			continue
		}
		past = append(past, pastRun{number: r.Number})
		if r.Report == nil {
			continue
		}
		past[len(past)-1].ended = r.Report.Ended
		for _, w := range r.Report.Listings {
			if whole, says := readWhole(w.Ended); says {
				c.walked[pathOf(w.Head)] = whole
			}
		}
		c.lastFailures = r.Report.Failures
		c.usual.Add(r.Report)
	}
	return past, nil
}
