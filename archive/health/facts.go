package health

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"infocus/archive"
	"infocus/archive/warc"
	"infocus/extract"
)

const (
	// mostRuns is how many runs are looked at; the archive keeps more.
	mostRuns = 400
	// growthSpan is how far back runs count for what an archive grows by, and for its usual fields at least.
	growthSpan = 90 * 24 * time.Hour
	// usualEnough is how many article pages make a usual share; older runs are not read for more.
	usualEnough = 200
	// recentWeeks is how many weeks before the newest are looked at section by section.
	recentWeeks = 26
)

// facts is all that a status goes by, as read at one moment.
type facts struct {
	writer    int   // process id, 0 if there is none
	unread    error // why the index cannot be read
	stale     string
	runs      []archive.Run // the newest first
	weeks     []string
	records   []recent // of recentWeeks
	articles  int
	revisions int
	gone      int
	failing   []FailingAddress
	indexed   map[string]archive.File
	indexSize int64
	listing   error // why the WARC files cannot be listed
	files     []warc.StoredFile
	seals     map[string]string
	free      int64 // bytes of the disk; negative where it does not tell
}

// recent is what is read of a record of the newest weeks.
type recent struct {
	Edition     string  `json:"edition"`
	SectionID   *string `json:"section_id"`
	PeriodStart *string `json:"period_start"`
	URL         string  `json:"url"`
}

// gather reads the archive. The writer is looked for before and after the index, so that a run that begins or
// ends meanwhile is not taken for one that was killed.
func gather(dir archive.Dir, now time.Time) (*facts, error) {
	f := &facts{writer: archive.WriterPID(dir), indexed: map[string]archive.File{}}
	err := archive.View(dir, func(ix *archive.Index) error { return f.read(ix, now) })
	if err != nil && !archive.Unreadable(err) {
		return nil, err
	}
	f.unread = err
	if f.writer == 0 {
		f.writer = archive.WriterPID(dir)
	}
	if f.files, f.listing = warc.Files(dir.WARC()); f.listing == nil {
		f.seals, f.listing = warc.Seals(dir.WARC())
	}
	if info, err := os.Stat(dir.DB()); err == nil {
		f.indexSize = info.Size()
	}
	f.free = freeSpace(string(dir))
	return f, nil
}

func (f *facts) read(ix *archive.Index, now time.Time) error {
	for _, step := range []func(*archive.Index, time.Time) error{
		f.readRuns, f.readWeeks, f.readArticles, f.readAddresses, f.readFiles,
	} {
		if err := step(ix, now); err != nil {
			return err
		}
	}
	return nil
}

func (f *facts) readRuns(ix *archive.Index, now time.Time) error {
	pages := 0
	return ix.NewestRuns(func(r *archive.Run) bool {
		f.runs = append(f.runs, *r)
		if r.Report != nil {
			pages += r.Report.Fields.Pages
		}
		enough := pages >= usualEnough && now.Sub(parseTime(r.Started)) > growthSpan
		return !enough && len(f.runs) < mostRuns
	})
}

func (f *facts) readWeeks(ix *archive.Index, _ time.Time) error {
	var err error
	if f.weeks, err = ix.Weeks(); err != nil || len(f.weeks) == 0 {
		return err
	}
	newest, ok := parseDay(f.weeks[len(f.weeks)-1])
	if !ok {
		return nil
	}
	from := newest.AddDate(0, 0, -7*recentWeeks).Format(time.DateOnly)
	return ix.RecordsFrom(from, func(l archive.Line) error {
		var r recent
		if err := json.Unmarshal(l.JSON, &r); err != nil {
			return fmt.Errorf("record of %s in the index: %w", l.ID, err)
		}
		f.records = append(f.records, r)
		return nil
	})
}

func (f *facts) readArticles(ix *archive.Index, _ time.Time) error {
	return ix.Summaries(func(s *archive.Summary) error {
		f.articles++
		f.revisions += len(s.Periods)
		if s.Gone {
			f.gone++
		}
		return nil
	})
}

func (f *facts) readAddresses(ix *archive.Index, _ time.Time) error {
	return ix.EachAddress(func(address string, a *archive.Address) error {
		if a.Outcome == archive.OutcomeFailed && !optional(a.Role) {
			f.failing = append(f.failing, FailingAddress{
				URL: address, Reason: a.Reason, Times: a.Failures,
				Since: stamp(time.UnixMilli(a.FailedSince)), Asked: stamp(time.UnixMilli(a.Asked)),
			})
		}
		return nil
	})
}

// optional says whether a page is a help and no duty; one that fails is no problem of the archive.
func optional(role string) bool {
	return role == archive.RoleSitemap || role == archive.RoleProbe || role == string(extract.RoleFeed)
}

func (f *facts) readFiles(ix *archive.Index, _ time.Time) error {
	var err error
	if f.stale, err = ix.Stale(); err != nil {
		return err
	}
	return ix.Files(func(name string, file *archive.File) error {
		f.indexed[name] = *file
		return nil
	})
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// parseTime reads a time of the archive; one that is none is the zero time, long ago.
func parseTime(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
