package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sys/unix"

	"infocus/archive"
	"infocus/crawler/polite"
	"infocus/crawler/transport"
	"infocus/extract"
)

const (
	// massMissing is how many known articles have to vanish at once, and be more than half of those
	// asked, for the site and not the articles to be in doubt.
	massMissing = 5
)

// failingTooLong is how long an address may fail before a person is asked to look.
const failingTooLong = 3 * 24 * time.Hour

var errDiskFull = errors.New("the disk is nearly full")

// freeSpace stops a run before the disk is full. It looks before each page: a page can be large, and other programs fill
// the disk too.
type freeSpace struct {
	least int64 // bytes; negative for no bound
}

func (s freeSpace) check(dir archive.Dir) error {
	if s.least < 0 {
		return nil
	}
	var fs unix.Statfs_t
	if err := unix.Statfs(string(dir), &fs); err != nil {
		return nil //nolint:nilerr // a file system that does not tell is not a full one
	}
	free := int64(fs.Bavail) * int64(fs.Bsize) //nolint:gosec,unconvert // block counts fit; the type differs between systems
	if free >= s.least {
		return nil
	}
	return fmt.Errorf("%w: %d MiB are left below %s, and --min-free asks for %d MiB; free some space or lower --min-free",
		errDiskFull, free>>20, dir, s.least>>20)
}

// health is what the newest answers say of the site. Anti-bot pages answer with status 200, so they
// are known only when they have been read.
func (c *crawl) health() polite.Health {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if c.tally.challenges > 0 {
		c.tally.challenges--
		return polite.Ill
	}
	return c.fetch.answered()
}

// answered is what the newest answer says of the site. One that turns the crawler away (403 and its like) is ill: a firewall that
// has had enough answers so, and the canary tells whether it means the page or the crawler.
func (f *fetcher) answered() polite.Health {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.outcome.Status; f.outcome.Failure == "" && refusal(s) && s != http.StatusNotFound && s != http.StatusGone {
		return polite.Ill
	}
	return polite.Judge(f.outcome)
}

// refusal says whether a status is the server's last word on a request (4xx), and not "later".
func refusal(status int) bool {
	return status >= 400 && status < 500 && status != http.StatusTooManyRequests && status != http.StatusRequestTimeout
}

// askCanary asks the home page and says whether it still looks like the site's.
func (c *crawl) askCanary(ctx context.Context) (polite.Health, string) {
	address := c.opts.root() + c.opts.Profile.Editions[0].Seeds[0]
	c.canary = nil
	if err := c.fetch.get(ctx, address, transport.Label{Role: archive.RoleCanary}, nil); err != nil {
		return polite.Unclear, err.Error()
	}
	if c.canary == nil {
		return polite.Unclear, "no answer"
	}
	if c.canary.Failure != "" {
		return polite.Ill, c.canary.Detail
	}
	if h := c.fetch.answered(); h != polite.Well {
		return h, address + " answers with an error too"
	}
	if c.pageKind() == extract.KindInterstitial {
		return polite.Ill, address + " shows an anti-bot page; try again later, more slowly (--delay), or from another network (--proxy)"
	}
	return polite.Well, ""
}

// pageKind is what the newest canary's page is.
func (c *crawl) pageKind() extract.Kind {
	msg, err := c.canary.Message()
	if err != nil {
		return extract.KindUnreadable
	}
	body, err := msg.Decode(1 << 20)
	if err != nil {
		return extract.KindUnreadable
	}
	return c.x.Extract(extract.Page{
		URL: c.canary.URI, Time: c.canary.Time, ContentType: msg.ContentType(), Body: body,
	}).Kind
}

// vanished counts a known article that is not where it was. One that was missing last night counts
// again until it is settled as gone, so that a site that stays away stays an alarm. When too many vanish at once, the rest of
// the known articles is left alone tonight.
func (c *crawl) vanished(t *target) {
	if !t.Known || t.Gone {
		return
	}
	c.tally.vanished++
	if c.massMissing() && c.tally.spared == 0 && c.tally.vanished >= 2*massMissing {
		c.tally.spared = c.f.drop(classDue)
	}
}

func (c *crawl) massMissing() bool {
	return c.tally.vanished >= massMissing && 2*c.tally.vanished > c.tally.knownAsked
}

// alarms names what needs a person.
func (c *crawl) alarms() []archive.Alarm {
	var out []archive.Alarm
	add := func(code, format string, args ...any) {
		out = append(out, archive.Alarm{Code: code, Text: fmt.Sprintf(format, args...)})
	}
	if c.tally.seeds > 0 && c.tally.seedListings == 0 {
		add(archive.AlarmNotTheSite, "the home page does not look like the site any more (it reads as %s): look at %s in a browser; nothing in the archive ends by this",
			c.tally.seedGave, c.opts.root())
	}
	if c.massMissing() {
		add(archive.AlarmMassMissing, "%d of %d known articles were missing or led elsewhere at once (%d more were not asked): none of them counts as gone by this night; look at the site in a browser",
			c.tally.vanished, c.tally.knownAsked, c.tally.spared)
	}
	for _, text := range c.usual.Drops(&c.tally.fields) {
		add(archive.AlarmExtraction, "%s: the site may have been redesigned; look at a page with `infocus extract`, and write to the project", text)
	}
	if c.ended == endBreaker || c.ended == endRobots || c.ended == endDisk {
		add(archive.AlarmEndedEarly, "the night ended early: %s", c.why)
	}
	if n := c.keepsFailing(); n > 0 {
		add(archive.AlarmKeepsFail, "%d addresses have failed for more than %d days; `infocus runs show last` names them", n, int(failingTooLong.Hours()/24))
	}
	for _, w := range c.f.walks {
		if w.Ended == walkEndless {
			add(archive.AlarmEndless, "the listing %s has more than %d pages: it was not read further", w.Head, maxWalk)
		}
	}
	if c.f.dropped > 0 {
		add(archive.AlarmDropped, "%d addresses were left out, since %d were waiting", c.f.dropped, maxWaiting)
	}
	return out
}

// keepsFailing counts the addresses that failed tonight and have for days.
func (c *crawl) keepsFailing() int {
	n := 0
	now := c.opts.Clock.Now()
	for _, t := range c.f.targets {
		if t.State == stateFailed && !optional(t) && t.last != nil && t.last.FailedSince > 0 && now.Sub(time.UnixMilli(t.last.FailedSince)) > failingTooLong {
			n++
		}
	}
	return n
}
