package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"infocus/archive"
	"infocus/archive/capture"
	"infocus/archive/health"
	"infocus/crawler/polite"
	"infocus/crawler/transport"
	"infocus/extract"
)

// How a run ended, beside reasons of the breaker.
const (
	endComplete    = "complete"
	endInterrupted = "interrupted"
	endMaxPages    = "max-pages"
	endBreaker     = "breaker"
	endRobots      = "robots"
	endDisk        = "disk"
)

// crawl is one run.
type crawl struct {
	opts    Options
	dir     archive.Dir
	x       *extract.Extractor
	f       *frontier
	fetch   *fetcher
	robots  *polite.Robots
	guard   *polite.Guard
	writer  *archive.Writer
	tally   *tally
	started time.Time

	loaded       bool
	resumed      bool
	walked       map[string]bool // paths of listings that an earlier night read to their end
	lastFailures []archive.Failing
	usual        health.Usual
	newestWeek   time.Time // of the archive; zero if it holds none
	sitemaps     []string

	asking   *target // being fetched
	asked    int     // pages asked in this run
	ended    string
	why      string
	storeMu  sync.Mutex
	storeErr error
	canary   *capture.Exchange // the newest one
	free     freeSpace
}

// Run crawls a site into an archive. It returns the report of the run, which is stored in the archive
// too. The error is for what kept the run from going on; pages that failed are in the report.
func Run(ctx context.Context, dir archive.Dir, opts Options) (*archive.Report, error) {
	err := opts.fill()
	if err != nil {
		return nil, err
	}
	c := &crawl{opts: opts, dir: dir, f: newFrontier(), walked: map[string]bool{}, started: opts.Clock.Now().UTC()}
	c.tally, c.free = newTally(), freeSpace{least: opts.MinFree}
	if c.x, err = extract.New(opts.Profile, opts.BaseURL); err != nil {
		return nil, err
	}
	if err := c.openArchive(ctx); err != nil {
		return nil, err
	}
	if opts.Opened != nil {
		if err := opts.Opened(); err != nil {
			return nil, errors.Join(err, c.writer.Close())
		}
	}
	return c.run(ctx)
}

func (c *crawl) openArchive(ctx context.Context) error {
	writer, opening, err := archive.OpenWriter(ctx, c.dir, archive.WriterOptions{
		Program: c.opts.Program, Site: c.opts.site(), BaseURL: c.opts.BaseURL, Settings: c.opts.settings(),
		MaxFile: c.opts.MaxFile, Now: c.opts.Clock.Now, FS: c.opts.FS, Log: c.opts.Log, Indexed: c.apply, Reported: c.reported,
	})
	if err != nil {
		return err
	}
	c.writer = writer
	c.logOpening(opening)
	return nil
}

func (c *crawl) logOpening(o *archive.Opening) {
	for _, r := range o.Recovered {
		if r.Cut != nil {
			c.opts.Log.Warn().Str("file", r.File).Int64("offset", r.Cut.Offset).Int64("bytes", r.Cut.Bytes).Str("reason", r.Cut.Reason).
				Msg("an earlier run was killed: the torn end of its WARC file was cut")
		}
		c.opts.Log.Warn().Str("file", r.File).Msg("an earlier run was killed: its WARC file was sealed")
		for _, d := range r.Damage {
			c.opts.Log.Error().Str("file", r.File).Int64("offset", d.Offset).Str("reason", d.Reason).Msg("WARC file is damaged; nothing was cut")
		}
	}
	if o.Rebuilt != "" {
		c.opts.Log.Info().Str("reason", o.Rebuilt).Msg("the index was made anew from the WARC files")
	}
	if o.Captures > 0 {
		c.opts.Log.Info().Int("captures", o.Captures).Msg("captures of an earlier run were indexed; they are not fetched again")
	}
}

// run does the night and stores its report, however it ended.
func (c *crawl) run(ctx context.Context) (*archive.Report, error) {
	err := c.prepare(ctx)
	if err == nil {
		err = c.loop(ctx)
	}
	if c.fetch != nil {
		c.fetch.transport.CloseIdleConnections()
	}
	if fatal := c.settleEnd(ctx, err); fatal != nil {
		return nil, c.abort(fatal)
	}
	if err := c.writer.Flush(context.WithoutCancel(ctx)); err != nil {
		return nil, c.abort(err)
	}
	report, err := c.finish()
	if err != nil {
		return nil, c.abort(err)
	}
	if err := c.writer.Finish(report); err != nil {
		return nil, kept(err)
	}
	return report, nil
}

// abort closes the archive after what the run cannot go on from.
func (c *crawl) abort(err error) error {
	failed := c.writer.Err() != nil
	if closing := c.writer.Close(); closing != nil && !failed { // else it is the same error
		err = errors.Join(err, closing)
	}
	return kept(err)
}

func kept(err error) error {
	return fmt.Errorf("%w; what was stored so far is kept, and the next run goes on", err)
}

// prepare gets everything ready to ask the first page.
func (c *crawl) prepare(ctx context.Context) error {
	var err error
	if c.fetch, err = newFetcher(&c.opts, c.store); err != nil {
		return err
	}
	c.guard = polite.NewGuard(polite.Breaker{}, c.askCanary)
	c.robots = polite.NewRobots(polite.RobotsOptions{
		Transport: c.fetch.transport, Clock: c.opts.Clock, Store: &robotsStore{dir: c.dir, run: c.writer.Run()},
		InSite:     func(u *url.URL) bool { return c.x.InSite(u.String()) },
		CrawlDelay: c.setCrawlDelay,
	})
	root, err := url.Parse(c.opts.root() + "/")
	if err != nil {
		return fmt.Errorf("base URL: %w", err)
	}
	if c.sitemaps, err = c.robots.Sitemaps(ctx, root); err != nil {
		var unavailable *polite.RobotsUnavailableError
		if !errors.As(err, &unavailable) {
			return err
		}
		c.end(endRobots, err.Error())
	}
	if err := archive.View(c.dir, c.readState); err != nil && !errors.Is(err, archive.ErrNoArchive) && !errors.Is(err, archive.ErrNoIndex) {
		return err
	}
	return c.writer.Update(func(b *archive.Frontier) error { return c.plan(ctx, b) })
}

func (c *crawl) setCrawlDelay(host string, d time.Duration) {
	c.tally.crawlDelay = max(c.tally.crawlDelay, d)
	c.fetch.pacer.SetCrawlDelay(host, d)
}

func (c *crawl) readState(ix *archive.Index) error {
	newest, err := ix.NewestWeek()
	c.newestWeek = newest
	return err
}

// loop asks address after address until none is left or the night ends.
func (c *crawl) loop(ctx context.Context) error {
	for c.ended == "" {
		if err := c.failure(); err != nil {
			return err
		}
		t, more := c.f.next()
		switch {
		case t == nil && !more:
			c.end(endComplete, "")
		case t == nil:
			if err := c.wait(ctx); err != nil {
				return err
			}
		case c.opts.MaxPages > 0 && c.asked >= c.opts.MaxPages:
			c.f.putBack(t)
			c.end(endMaxPages, fmt.Sprintf("--max-pages %d was reached", c.opts.MaxPages))
		default:
			if err := c.askOne(ctx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *crawl) end(how, why string) {
	if c.ended == "" {
		c.ended, c.why = how, why
	}
}

// wait waits until something under way has been indexed.
func (c *crawl) wait(ctx context.Context) error {
	c.writer.Hurry()
	select {
	case <-c.f.changed:
		return nil
	case <-c.writer.Failed():
		return c.failure()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *crawl) failure() error {
	c.storeMu.Lock()
	defer c.storeMu.Unlock()
	if c.storeErr != nil {
		return c.storeErr
	}
	return c.writer.Err()
}

// askOne fetches one address, if robots.txt allows it.
func (c *crawl) askOne(ctx context.Context, t *target) error {
	if err := c.free.check(c.dir); err != nil {
		c.f.putBack(t)
		return err
	}
	u, err := url.Parse(t.URL)
	if err != nil {
		c.refuse(t, "bad-address", err.Error())
		return nil
	}
	verdict, err := c.robots.Allowed(ctx, u)
	var unavailable *polite.RobotsUnavailableError
	switch {
	case errors.As(err, &unavailable) && c.atRoot(u):
		c.f.putBack(t)
		c.end(endRobots, err.Error())
		return nil
	case errors.As(err, &unavailable): // another host of the site, which a redirect led to
		c.refuse(t, "robots-unavailable", err.Error())
		return nil
	case err != nil:
		c.f.putBack(t)
		return err
	case !verdict.Allowed:
		c.refuse(t, "robots", "robots.txt: "+verdict.Rule)
		return nil
	}
	return c.request(ctx, t)
}

func (c *crawl) request(ctx context.Context, t *target) error {
	c.asking = t
	c.asked++
	c.progress(t)
	condition := t.last
	if t.Force || t.Gone { // what comes back after being gone has to bring its payload
		condition = nil
	}
	stored := c.tally.stored.Load()
	err := c.fetch.get(ctx, t.URL, transport.Label{Role: t.Role, Via: t.Via}, condition)
	if c.tally.stored.Load() == stored { // nothing was learned of it
		c.f.putBack(t)
		c.asked--
	}
	if err != nil {
		return err
	}
	return c.guard.Report(ctx, c.health())
}

// refuse ends a target that is not asked.
func (c *crawl) refuse(t *target, reason, detail string) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	t.State, t.Outcome, t.Reason, t.Detail = stateDone, archive.OutcomeRefused, reason, detail
	c.f.dirty[t.Key] = true
}

// store is the transport's sink: it writes the exchange into the WARC file before anything else is asked.
func (c *crawl) store(ctx context.Context, ex *capture.Exchange) {
	var known *archive.Address
	if t := c.asking; t != nil && ex.Role != archive.RoleRobots && ex.Role != archive.RoleCanary {
		known = t.last
	}
	c.f.mu.Lock()
	c.f.inFlight++
	c.f.mu.Unlock()
	c.tally.stored.Add(1)
	if ex.Role == archive.RoleCanary {
		c.canary = ex
	}
	if err := c.writer.Store(context.WithoutCancel(ctx), ex, known); err != nil {
		c.storeMu.Lock()
		defer c.storeMu.Unlock()
		if c.storeErr == nil {
			c.storeErr = err
		}
	}
}

// settleEnd names how the run ended; it returns an error for what no report can be written about.
func (c *crawl) settleEnd(ctx context.Context, err error) error {
	var open *polite.OpenError
	var later *polite.RetryLaterError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errDiskFull):
		c.ended, c.why = endDisk, err.Error()
	case errors.As(err, &open):
		c.ended, c.why = endBreaker, open.Error()
	case errors.As(err, &later):
		c.ended, c.why = endBreaker, later.Error()
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		c.ended, c.why = endInterrupted, "stopped by a signal; the next run goes on where this one stopped"
	default:
		return err
	}
	return nil
}

func (c *crawl) progress(t *target) {
	c.f.mu.Lock()
	waiting := c.f.waiting + 1
	c.f.mu.Unlock()
	p := c.tally.progress()
	p.Pages, p.Waiting, p.Now = c.asked, waiting, t.URL
	c.opts.Progress(p)
}
