package health

import (
	"fmt"
	"strings"
	"time"

	"infocus/archive"
)

// DefaultMaxAge is how old the last good night may be.
const DefaultMaxAge = 72 * time.Hour

// Options are the settings of an assessment.
type Options struct {
	MaxAge  time.Duration // of the last good night; 0 means DefaultMaxAge
	MinFree int64         // bytes of the disk that a crawl leaves free
}

// Status says whether an archive can be trusted today. Times are RFC 3339 UTC, weeks the ISO dates of
// their Mondays, sizes bytes, shares from 0 to 1.
type Status struct {
	OK       bool      `json:"ok"` // there are no problems
	Archive  string    `json:"archive"`
	Time     string    `json:"time"`     // of the assessment
	Problems []Finding `json:"problems"` // what needs a person
	Notes    []Finding `json:"notes"`    // what does not

	Writer   int    `json:"writer"`    // process id of the writer at work, 0 if there is none
	LastRun  *Night `json:"last_run"`  // null while there is none; so with what follows
	LastGood *Night `json:"last_good"` // of the site that has waited longest for one

	Articles  int       `json:"articles"`
	Revisions int       `json:"revisions"`
	Gone      int       `json:"gone"`
	Weeks     Weeks     `json:"weeks"`
	Sections  []Section `json:"sections"` // of the newest weeks
	Fields    []Share   `json:"fields"`   // of the last nights
	Failing   Failing   `json:"failing"`
	Disk      Disk      `json:"disk"`
}

// Finding is something that a status names.
type Finding struct {
	Code string `json:"code"`
	Text string `json:"text"`
	Next string `json:"next_step,omitempty"` // a command, where one helps
}

// Assess looks at an archive. A damaged or missing index is a problem that the status names; the error is
// for what kept it from looking, a directory without an archive included.
func Assess(dir archive.Dir, now time.Time, opts Options) (*Status, error) {
	if opts.MaxAge == 0 {
		opts.MaxAge = DefaultMaxAge
	}
	a := &assessment{dir: dir, now: now.UTC(), opts: opts}
	a.out = &Status{
		Archive: string(dir), Time: a.now.Format(time.RFC3339), Problems: []Finding{}, Notes: []Finding{},
		Sections: []Section{}, Fields: []Share{}, Failing: Failing{Longest: []FailingAddress{}},
	}
	f, err := gather(dir, a.now)
	if err != nil {
		return nil, err
	}
	a.judge(f)
	a.out.OK = len(a.out.Problems) == 0
	return a.out, nil
}

// assessment judges facts.
type assessment struct {
	dir  archive.Dir
	now  time.Time
	opts Options
	out  *Status
}

// judge goes from what spoils most to what spoils least, which is the order of the problems.
func (a *assessment) judge(f *facts) {
	a.out.Writer = f.writer
	a.index(f)
	a.files(f)
	a.nights(f)
	a.fields(f)
	a.weeks(f)
	a.sections(f)
	a.failing(f)
	a.disk(f)
	a.out.Articles, a.out.Revisions, a.out.Gone = f.articles, f.revisions, f.gone
}

func (a *assessment) problem(code, next, format string, args ...any) {
	a.out.Problems = append(a.out.Problems, Finding{Code: code, Next: next, Text: fmt.Sprintf(format, args...)})
}

func (a *assessment) note(code, next, format string, args ...any) {
	a.out.Notes = append(a.out.Notes, Finding{Code: code, Next: next, Text: fmt.Sprintf(format, args...)})
}

// command is a command line of this program for this archive.
func (a *assessment) command(words string) string {
	return "infocus " + words + " --archive " + quote(string(a.dir))
}

// quote makes a path one word of a shell.
func quote(path string) string {
	if path != "" && strings.IndexFunc(path, unsafe) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

func unsafe(r rune) bool {
	return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-", r)
}

// since prints how long something has lasted, in the largest unit that says enough.
func since(d time.Duration) string {
	switch d = max(d, 0); {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", int(d.Hours()/24))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	}
	return fmt.Sprintf("%d seconds", int(d.Seconds()))
}

// Age prints how long ago a time of a status was.
func Age(at string, now time.Time) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return "at an unknown time"
	}
	return since(now.Sub(t)) + " ago"
}
