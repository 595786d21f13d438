package health

import (
	"time"

	"infocus/archive"
)

// fieldSpan is how far back a night counts for what is found on pages today.
const fieldSpan = 14 * 24 * time.Hour

// fields holds what the last nights found on article pages against the usual share. A quiet night reads
// few pages, so as many nights are taken together as it needs; nights of another version of the program
// say nothing of this one.
func (a *assessment) fields(f *facts) {
	n := a.lastNights(f, func(r *archive.Report) int { return r.Fields.Pages })
	if n == 0 {
		return
	}
	var now archive.FieldCount
	var usual Usual
	last := f.runs[0]
	for i := range f.runs {
		switch r := &f.runs[i]; {
		case r.Report == nil || r.Site != last.Site:
		case i < n:
			addFields(&now, &r.Report.Fields)
		default:
			usual.Add(r.Report)
		}
	}
	a.out.Fields = usual.Shares(&now)
	a.out.Fields[0] = usual.Shares(a.articlesOf(f))[0]
	for _, s := range a.out.Fields {
		if s.Dropped {
			a.problem(archive.AlarmExtraction, a.extractCommand(f),
				"%s: the site may have been redesigned; look at how a page is read, and write to the project", s)
		}
	}
}

// articlesOf counts the articles among the pages of the last nights. A known article that the server calls unmodified was found,
// though no field of it was read: a site that is itself again answers so.
func (a *assessment) articlesOf(f *facts) *archive.FieldCount {
	n := &archive.FieldCount{}
	last := a.lastNights(f, func(r *archive.Report) int { return r.Fields.Pages + r.NotModified })
	for i := range last {
		if r := &f.runs[i]; r.Report != nil && r.Site == f.runs[0].Site {
			n.Pages += r.Report.Fields.Pages + r.Report.NotModified
			n.Articles += r.Report.Fields.Articles + r.Report.NotModified
		}
	}
	return n
}

// lastNights says how many of the newest runs it takes to have enough pages.
func (a *assessment) lastNights(f *facts, count func(*archive.Report) int) (n int) {
	pages := 0
	for i := range f.runs {
		r := &f.runs[i]
		if r.Program != f.runs[0].Program || a.now.Sub(parseTime(r.Started)) > fieldSpan || pages >= usualTonight {
			return i
		}
		if r.Report != nil && r.Site == f.runs[0].Site {
			pages += count(r.Report)
		}
	}
	return len(f.runs)
}

// extractCommand shows how the newest article's page is read today.
func (a *assessment) extractCommand(f *facts) string {
	if len(f.records) == 0 {
		return a.command("runs show last")
	}
	url := quote(f.records[len(f.records)-1].URL)
	return "curl -sL " + url + " | infocus extract - --url " + url
}
