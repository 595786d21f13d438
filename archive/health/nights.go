package health

import (
	"slices"
	"time"

	"infocus/archive"
)

// Night is a run as a status shows it.
type Night struct {
	Run      int    `json:"run"`
	Site     string `json:"site"`
	Started  string `json:"started"`
	Finished string `json:"finished,omitempty"`  // "" without a report
	Ended    string `json:"ended,omitempty"`     // as in the report; "" for a run at work or one that was killed
	ExitCode *int   `json:"exit_code,omitempty"` // null without a report
	Pages    int    `json:"pages"`
	New      int    `json:"new"`
	Changed  int    `json:"changed"`
	Missing  int    `json:"missing"`
	Failed   int    `json:"failed"`
	Waiting  int    `json:"waiting"`
}

// siteSpan is how long a site counts after its last run. A site that nobody crawls any more is no problem.
const siteSpan = 30 * 24 * time.Hour

func newNight(r *archive.Run) *Night {
	n := &Night{Run: r.Number, Site: r.Site, Started: r.Started}
	if p := r.Report; p != nil {
		n.Finished, n.Ended, n.ExitCode = p.Finished, p.Ended, &p.ExitCode
		n.Pages, n.New, n.Changed, n.Missing, n.Failed, n.Waiting = p.Pages, p.New, p.Changed, p.Missing, p.Failed, p.Waiting
	}
	return n
}

// nights looks at the last runs: is one at work, was one killed, what did the last say, and when was all well.
func (a *assessment) nights(f *facts) {
	if len(f.runs) == 0 {
		if f.unread == nil && f.writer == 0 {
			a.problem("never-crawled", a.command("crawl"), "nothing was ever crawled into this archive")
		}
		return
	}
	last := &f.runs[0]
	a.out.LastRun = newNight(last)
	switch {
	case last.Report != nil:
	case f.writer != 0:
		a.atWork(f.writer, last)
	default:
		a.problem("killed", a.command("crawl"),
			"run %d, begun %s, left no report: it was killed or could not go on; what it fetched is kept, the next run goes on", last.Number, last.Started)
	}
	for _, site := range a.sitesOf(f) {
		a.site(f, site)
	}
}

func (a *assessment) atWork(pid int, r *archive.Run) {
	age := a.now.Sub(parseTime(r.Started))
	if age > a.opts.MaxAge {
		a.problem("hangs", "kill "+decimal(pid), "run %d has been at work for %s: look at its log; when it is stopped, the next run goes on", r.Number, since(age))
		return
	}
	a.note("at-work", "", "run %d is at work (process %d), for %s", r.Number, pid, since(age))
}

// sitesOf lists the sites that are being crawled.
func (a *assessment) sitesOf(f *facts) []string {
	newest := parseTime(f.runs[0].Started)
	var sites []string
	for i := range f.runs {
		r := &f.runs[i]
		if newest.Sub(parseTime(r.Started)) <= siteSpan && !slices.Contains(sites, r.Site) {
			sites = append(sites, r.Site)
		}
	}
	return sites
}

// site judges the nights of one site.
func (a *assessment) site(f *facts, site string) {
	var last, good *archive.Run
	for i := range f.runs {
		r := &f.runs[i]
		if r.Site != site || r.Report == nil {
			continue
		}
		if last == nil {
			last = r
		}
		if isGood(r.Report) {
			good = r
			break
		}
	}
	if last != nil {
		a.alarms(last.Report)
		a.unfinished(last)
		a.forbidden(last.Report)
	}
	if good != nil {
		if n := newNight(good); a.out.LastGood == nil || n.Finished < a.out.LastGood.Finished {
			a.out.LastGood = n
		}
	}
	a.age(f, site, good)
}

// isGood says whether a night brought the archive up to date: it read to the end what it wanted, most pages
// answered, and nothing alarming was seen. Addresses that have failed for days are a matter of their own.
func isGood(r *archive.Report) bool {
	if r.Ended != "complete" || r.Distrust || r.Pages == 0 || 2*r.Failed > r.Pages {
		return false
	}
	return !slices.ContainsFunc(r.Alarms, func(al archive.Alarm) bool { return al.Code != archive.AlarmKeepsFail })
}

// alarms repeats those of the last report, but for what is judged here from more than one night.
func (a *assessment) alarms(r *archive.Report) {
	for _, al := range r.Alarms {
		if al.Code != archive.AlarmKeepsFail && al.Code != archive.AlarmExtraction {
			a.problem(al.Code, a.command("runs show "+decimal(r.Run)), "run %d: %s", r.Run, al.Text)
		}
	}
}

// forbidden names a night that asked nothing because robots.txt forbids all of it. The night did nothing wrong, and nights like
// it save nothing of the site.
func (a *assessment) forbidden(r *archive.Report) {
	if p := r.Politeness; p != nil && p.RobotsRefused > 0 && r.Pages == 0 {
		a.problem("forbidden", a.command("runs show "+decimal(r.Run)), "run %d: robots.txt forbids everything that was to be asked (%d addresses): ask the owner of the site for leave", r.Run, p.RobotsRefused)
	}
}

func (a *assessment) unfinished(r *archive.Run) {
	if p := r.Report; p.Ended == "interrupted" || p.Ended == "max-pages" {
		a.note("unfinished", a.command("crawl"), "run %d stopped early (%s), %d addresses wait for the next run", r.Number, p.Ended, p.Waiting)
	}
}

// age wants a good night that is not too old. While the very first run is at work there can be none.
func (a *assessment) age(f *facts, site string, good *archive.Run) {
	oldest := f.runs[len(f.runs)-1]
	switch {
	case good == nil && f.writer != 0 && oldest.Number == 1 && a.now.Sub(parseTime(oldest.Started)) <= a.opts.MaxAge:
		a.problem("first-night", a.command("runs"), "%s: the first night is at work, nothing is complete before it ends", site)
	case good == nil && slices.ContainsFunc(a.out.Problems, func(p Finding) bool { return p.Code == "killed" || p.Code == "hangs" }):
	case good == nil:
		a.problem("no-good-night", a.nextNight(f), "%s: no night has read everything without an alarm yet (the last %d runs)", site, len(f.runs))
	default:
		age := a.now.Sub(parseTime(good.Report.Finished))
		if age > a.opts.MaxAge {
			a.problem("no-good-night", a.nextNight(f), "%s: the last good night, run %d, is %s old, more than %s%s", site, good.Number, since(age), since(a.opts.MaxAge), a.behind(f))
		}
	}
}

// behind says what bad nights may have cost.
func (a *assessment) behind(f *facts) string {
	have := mondays(f.weeks)
	if len(have) == 0 {
		return ""
	}
	if n := weeksBetween(have[len(have)-1], monday(a.now)) - 1; n > 1 {
		return "; the newest week is " + decimal(n) + " weeks behind the calendar"
	}
	return ""
}

// nextNight is what to do about nights that do not go well: see why, or start one.
func (a *assessment) nextNight(f *facts) string {
	recent := a.now.Sub(parseTime(f.runs[0].Started)) <= a.opts.MaxAge
	if r := f.runs[0].Report; recent && r != nil && r.Ended == "complete" {
		return a.command("runs show last")
	}
	return a.command("crawl")
}
