package health

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"infocus/archive"
	"infocus/archive/warc"
)

// The tests stand on Wednesday, 22 January 2025, five hours after a night that began at 02:00.
var now = time.Date(2025, 1, 22, 7, 0, 0, 0, time.UTC)

// night is a good run that began so many days before the newest, at 02:00.
func night(number, daysAgo int, change ...func(*archive.Run)) archive.Run {
	start := time.Date(2025, 1, 22-daysAgo, 2, 0, 0, 0, time.UTC)
	r := archive.Run{
		Number: number, Started: stamp(start), Site: "belarusinfocus", Program: "infocus/1",
		Report: &archive.Report{
			Run: number, Site: "belarusinfocus", Ended: "complete", Requests: 30, Pages: 29,
			Started: stamp(start), Finished: stamp(start.Add(10 * time.Minute)), Fields: found(10, 10),
		},
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

// found is a night that read so many article pages and found every field but verdicts on all.
func found(pages, verdicts int) archive.FieldCount {
	return archive.FieldCount{
		Pages: pages, Articles: pages, Period: pages, Section: pages, Headline: pages, Trend: verdicts, Lead: pages, Body: pages,
	}
}

func killed(r *archive.Run) { r.Report = nil }

func ended(how string) func(*archive.Run) {
	return func(r *archive.Run) { r.Report.Ended = how }
}

func alarm(code string) func(*archive.Run) {
	return func(r *archive.Run) {
		r.Report.Alarms = append(r.Report.Alarms, archive.Alarm{Code: code, Text: "text of " + code})
	}
}

func read(f archive.FieldCount) func(*archive.Run) {
	return func(r *archive.Run) { r.Report.Fields = f }
}

// weekly are the Mondays of so many weeks up to the one of 13 January 2025.
func weekly(n int) []string {
	var out []string
	for i := n - 1; i >= 0; i-- {
		out = append(out, time.Date(2025, 1, 13-7*i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	return out
}

// record is an article of a week.
func rec(edition, section, monday string) recent {
	return recent{Edition: edition, SectionID: &section, PeriodStart: &monday, URL: "https://example.org/" + section + "/" + monday}
}

// sound are the facts of an archive of which nothing bad is to be said.
func sound() *facts {
	f := &facts{
		runs: []archive.Run{night(4, 0), night(3, 1), night(2, 2), night(1, 3)}, weeks: weekly(30), articles: 60, revisions: 61, gone: 1,
		indexed: map[string]archive.File{}, seals: map[string]string{}, indexSize: 1 << 20, free: 100 << 30,
	}
	for _, week := range weekly(20) {
		f.records = append(f.records, rec("en", "security-issues", week), rec("en", "the-ruling-elite", week))
	}
	for i := 1; i <= 4; i++ {
		file(f, i, i, 1000, 1000)
	}
	return f
}

// file adds a sealed WARC file of a run.
func file(f *facts, serial, run int, size, indexed int64) string {
	name := fmt.Sprintf("belarusinfocus-%06d-20250122T020000Z.warc.gz", serial)
	f.files = append(f.files, warc.StoredFile{Name: name, Serial: serial, Size: size, Seal: "seal"})
	f.seals[name] = "seal"
	f.indexed[name] = archive.File{Run: run, Indexed: indexed}
	return name
}

func assess(f *facts, opts Options) *Status {
	if opts.MaxAge == 0 {
		opts.MaxAge = DefaultMaxAge
	}
	a := &assessment{dir: "/srv/my archive", now: now, opts: opts, out: &Status{}}
	a.judge(f)
	return a.out
}

func codes(list []Finding) []string {
	out := []string{}
	for _, f := range list {
		out = append(out, f.Code)
	}
	return out
}

// TestWhatNeedsAPerson goes through everything that can be wrong, each alone in an archive that is sound otherwise.
func TestWhatNeedsAPerson(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name     string
		change   func(*facts)
		problems []string
		notes    []string
		text     string // of the first problem, else of the first note
	}{
		{"all is well", func(*facts) {}, nil, nil, ""},
		{"nothing was ever crawled", func(f *facts) { *f = facts{free: -1} }, []string{"never-crawled"}, nil, ""},
		{"settings alone", func(f *facts) { *f = facts{free: -1, unread: archive.ErrNoIndex} }, []string{"never-crawled"}, nil, ""},
		{"the index is lost", func(f *facts) { f.unread, f.runs, f.weeks, f.records = archive.ErrNoIndex, nil, nil, nil },
			[]string{"index"}, nil, "no index"},
		{"the index is damaged", func(f *facts) {
			f.unread, f.runs = &archive.CorruptError{Path: "infocus.db", Cause: "page 7"}, nil
		}, []string{"index"}, nil, "page 7"},
		{"the index is of a newer program", func(f *facts) {
			f.unread, f.runs = &archive.FormatError{Path: "infocus.db", Have: archive.FormatVersion + 1}, nil
		}, []string{"index"}, nil, "newer infocus"},
		{"the rules have changed", func(f *facts) { f.stale = "the rules changed from 1 to 2" }, nil, []string{"old-rules"}, "from 1 to 2"},
		{"the last run was killed", func(f *facts) { f.runs = append([]archive.Run{night(5, 0, killed)}, f.runs[1:]...) },
			[]string{"killed"}, nil, "run 5"},
		{"a killed run long ago", func(f *facts) { f.runs = []archive.Run{night(4, 0), night(3, 1, killed), night(2, 2)} }, nil, nil, ""},
		{"a run is at work", func(f *facts) { f.writer, f.runs = 4711, append([]archive.Run{night(5, 0, killed)}, f.runs[1:]...) },
			nil, []string{"at-work"}, "process 4711"},
		{"a run hangs", func(f *facts) { f.writer, f.runs = 4711, append([]archive.Run{night(5, 5, killed)}, night(4, 6)) },
			[]string{"hangs", "no-good-night"}, nil, "5 days"},
		{"the first run is at work", func(f *facts) { f.writer, f.runs = 4711, []archive.Run{night(1, 0, killed)} },
			[]string{"first-night"}, []string{"at-work"}, ""},
		{"the first run was killed", func(f *facts) { f.runs = []archive.Run{night(1, 0, killed)} }, []string{"killed"}, nil, ""},
		{"no night was ever complete", func(f *facts) { f.runs = []archive.Run{night(1, 0, ended("interrupted"))} },
			[]string{"no-good-night"}, []string{"unfinished"}, "the last 1 runs"},
		{"an interrupted night", func(f *facts) { f.runs[0] = night(4, 0, ended("interrupted")) }, nil, []string{"unfinished"}, "interrupted"},
		{"the last good night is old", func(f *facts) { f.runs = []archive.Run{night(4, 4), night(3, 5)} },
			[]string{"no-good-night"}, nil, "run 4, is 4 days old"},
		{"nights come and are not good", func(f *facts) {
			f.runs = []archive.Run{night(4, 0, ended("breaker")), night(3, 1, ended("breaker")), night(2, 5)}
		}, []string{"no-good-night"}, nil, "run 2"},
		{"most pages failed", func(f *facts) {
			f.runs = []archive.Run{night(4, 0, func(r *archive.Run) { r.Report.Failed = 20 }), night(3, 4)}
		}, []string{"no-good-night"}, nil, "run 3"},
		{"robots.txt forbids everything", func(f *facts) {
			f.runs[0].Report.Pages, f.runs[0].Report.Politeness = 0, &archive.Politeness{RobotsRefused: 3}
		}, []string{"forbidden"}, nil, "forbids everything that was to be asked (3 addresses)"},
		{"robots.txt forbids a part", func(f *facts) { f.runs[0].Report.Politeness = &archive.Politeness{RobotsRefused: 3} }, nil, nil, ""},
		{"nights ask nothing", func(f *facts) {
			f.runs = []archive.Run{night(4, 0, func(r *archive.Run) { r.Report.Pages = 0 }), night(3, 4)}
		}, []string{"no-good-night"}, nil, "run 3"},
		{"some pages failed", func(f *facts) { f.runs[0].Report.Failed = 3 }, nil, nil, ""},
		{"an alarm of the last night", func(f *facts) { f.runs[0] = night(4, 0, alarm(archive.AlarmMassMissing)) },
			[]string{archive.AlarmMassMissing}, nil, "run 4: text of mass-missing"},
		{"an alarm of the night before", func(f *facts) { f.runs[1] = night(3, 1, alarm(archive.AlarmMassMissing)) }, nil, nil, ""},
		{"verdicts are not found any more", func(f *facts) {
			f.runs = []archive.Run{night(4, 0, read(found(30, 1)), alarm(archive.AlarmExtraction)), night(3, 1, read(found(100, 98)))}
		}, []string{archive.AlarmExtraction}, nil, "verdict found on 3 % of pages, usually 98 %"},
		{"verdicts are not found in several quiet nights", func(f *facts) {
			f.runs = []archive.Run{night(4, 0, read(found(3, 0))), night(3, 1, read(found(3, 0))), night(2, 2, read(found(2, 0))), night(1, 3, read(found(100, 98)))}
		}, []string{archive.AlarmExtraction}, nil, "verdict found on 0 % of pages, usually 98 %"},
		{"no articles were found, and the next night all are as they were", func(f *facts) {
			f.runs = []archive.Run{
				night(4, 0, read(archive.FieldCount{}), func(r *archive.Run) { r.Report.NotModified = 20 }),
				night(3, 1, read(archive.FieldCount{Pages: 30}), alarm(archive.AlarmExtraction)), night(2, 2, read(found(100, 98))),
			}
		}, nil, nil, ""},
		{"verdicts are not found, and the next night nothing was modified", func(f *facts) {
			f.runs = []archive.Run{
				night(4, 0, read(archive.FieldCount{}), func(r *archive.Run) { r.Report.NotModified = 20 }),
				night(3, 1, read(found(30, 1)), alarm(archive.AlarmExtraction)), night(2, 2, read(found(100, 98))),
			}
		}, []string{archive.AlarmExtraction}, nil, "verdict found on 3 %"},
		{"too few pages to tell", func(f *facts) {
			f.runs = []archive.Run{night(4, 0, read(found(3, 0))), night(3, 20, read(found(100, 98)))}
		}, nil, nil, ""},
		{"the drop was before the program was mended", func(f *facts) {
			f.runs = []archive.Run{night(4, 0, read(found(0, 0)), func(r *archive.Run) { r.Program = "infocus/2" }), night(3, 1, read(found(100, 2))), night(2, 2, read(found(100, 98)))}
		}, nil, nil, ""},
		{"the drop was long ago and nothing was read since", func(f *facts) {
			f.runs = []archive.Run{night(4, 0, read(found(0, 0))), night(3, 15, read(found(100, 2))), night(2, 16, read(found(100, 98)))}
		}, nil, nil, ""},
		{"the site pauses", func(f *facts) { f.weeks = weekly(30)[:20] }, nil, []string{"weeks-behind"}, "2024-11-04, 10 whole weeks"},
		{"weeks are missing", func(f *facts) { f.weeks = slices.Concat(weekly(30)[:20], weekly(9)) }, nil, []string{"weeks-missing"}, "1 weeks between"},
		{"a section lags", func(f *facts) {
			f.records = slices.Concat(weeks("en", "a", weekly(20)), weeks("en", "b", weekly(20)[:12]))
		},
			[]string{"section-lags"}, nil, "b (en) has nothing newer than the week of 2024-11-18, others have 8 weeks more"},
		{"a section lags a little", func(f *facts) {
			f.records = slices.Concat(weeks("en", "a", weekly(20)), weeks("en", "b", weekly(20)[:16]))
		}, nil, nil, ""},
		{"a section ended long ago", func(f *facts) {
			f.records = slices.Concat(weeks("en", "a", weekly(20)), weeks("en", "b", weekly(20)[:2]))
		}, nil, nil, ""},
		{"a section appears now and then", func(f *facts) {
			f.records = slices.Concat(weeks("en", "a", weekly(20)), weeks("en", "b", []string{weekly(20)[0], weekly(20)[3], weekly(20)[8], weekly(20)[12]}))
		}, nil, nil, ""},
		{"an edition stops with all its sections", func(f *facts) {
			f.records = slices.Concat(weeks("en", "a", weekly(20)), weeks("be", "b", weekly(20)[:8]), weeks("be", "c", weekly(20)[:8]))
		}, []string{"section-lags"}, nil, "b (be) has nothing newer than the week of 2024-10-21, others have 12 weeks more, and 1 more"},
		{"an edition is not asked any more", func(f *facts) {
			f.records = slices.Concat(weeks("en", "a", weekly(20)), weeks("be", "b", weekly(20)[:8]))
			f.runs[0].Options = [][]string{{"infocus-editions", "en"}}
		}, nil, nil, ""},
		{"an address fails for days", func(f *facts) { f.failing = []FailingAddress{failing("https://example.org/x", 5, 4)} },
			[]string{"keeps-failing"}, nil, "https://example.org/x since 2025-01-17T07:00:00Z, status-500"},
		{"an address fails since two days", func(f *facts) { f.failing = []FailingAddress{failing("https://example.org/x", 2, 7)} }, nil, nil, ""},
		{"an address was tried in one night only", func(f *facts) { f.failing = []FailingAddress{failing("https://example.org/x", 5, 3)} }, nil, nil, ""},
		{"an address is not asked any more", func(f *facts) {
			x := failing("https://example.org/x", 12, 6)
			x.Asked = stamp(now.AddDate(0, 0, -9))
			f.failing = []FailingAddress{x}
		}, nil, nil, ""},
		{"an address that is known to fail", func(f *facts) { f.failing = []FailingAddress{failing("https://example.org/x", 60, 20)} }, nil, nil, ""},
		{"a WARC file is missing", func(f *facts) { f.files = f.files[1:] }, []string{"file-missing"}, nil, "belarusinfocus-000001-20250122T020000Z.warc.gz"},
		{"two WARC files are missing", func(f *facts) { f.files = f.files[2:] }, []string{"file-missing"}, nil, "2 WARC files"},
		{"a WARC file is cut", func(f *facts) { f.files[2].Size = 999 }, []string{"file-cut"}, nil, "000003"},
		{"a WARC file was left open", func(f *facts) { f.files[3].Seal = "" }, []string{"file-open"}, nil, "000004"},
		{"a WARC file is being written", func(f *facts) { f.files[3].Seal, f.writer = "", 4711 }, nil, nil, ""},
		{"the seals cannot be read", func(f *facts) { f.listing = errors.New("read SHA256SUMS: damaged") }, []string{"files"}, nil, "SHA256SUMS"},
		{"the disk is full", func(f *facts) { f.free = 100 << 20 }, []string{"disk"}, nil, "100 MiB are free and a crawl leaves 256 MiB"},
		{"the disk is full soon", func(f *facts) { grow(f, 30, 100<<20); f.free = 1300 << 20 }, []string{"disk"}, nil, "in about 10 days"},
		{"the disk is full in some weeks", func(f *facts) { grow(f, 30, 100<<20); f.free = 5000 << 20 }, nil, []string{"disk"}, "in about"},
		{"the disk lasts", func(f *facts) { grow(f, 30, 1<<20) }, nil, nil, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := sound()
			tc.change(f)
			s := assess(f, Options{MinFree: 256 << 20})
			if got := codes(s.Problems); !slices.Equal(got, tc.problems) && len(got)+len(tc.problems) > 0 {
				t.Errorf("problems %v, want %v: %+v", got, tc.problems, s.Problems)
			}
			if got := codes(s.Notes); !slices.Equal(got, tc.notes) && len(got)+len(tc.notes) > 0 {
				t.Errorf("notes %v, want %v", got, tc.notes)
			}
			if all := slices.Concat(s.Problems, s.Notes); tc.text != "" && (len(all) == 0 || !strings.Contains(all[0].Text, tc.text)) {
				t.Errorf("%+v does not say %q", all, tc.text)
			}
			for _, p := range s.Problems {
				if p.Next == "" && !strings.Contains(p.Text, "install") {
					t.Errorf("%s: no command helps: %s", p.Code, p.Text)
				}
			}
		})
	}
}

func weeks(edition, section string, days []string) []recent {
	var out []recent
	for _, day := range days {
		out = append(out, rec(edition, section, day))
	}
	return out
}

func failing(url string, days, times int) FailingAddress {
	return FailingAddress{
		URL: url, Reason: "status-500", Times: times, Since: stamp(now.AddDate(0, 0, -days)), Asked: stamp(now.Add(-5 * time.Hour)),
	}
}

// grow makes an archive of so many nights that each added size bytes, after a first one of a hundred times that.
func grow(f *facts, nights int, size int64) {
	f.runs, f.files, f.seals, f.indexed = nil, nil, map[string]string{}, map[string]archive.File{}
	for i := range nights {
		f.runs = append(f.runs, night(nights-i, i))
	}
	file(f, 1, 1, 100*size, 100*size)
	for i := 2; i <= nights; i++ {
		file(f, i, i, size, size)
	}
	f.indexSize = 0
}

// TestTheFirstNightsSayNothingOfGrowth since they bring the whole past.
func TestTheFirstNightsSayNothingOfGrowth(t *testing.T) {
	t.Parallel()
	f := sound()
	grow(f, 31, 10<<20)
	d := assess(f, Options{}).Disk
	if d.PerDay < 9<<20 || d.PerDay > 11<<20 {
		t.Errorf("%d MiB a day, want about 10", d.PerDay>>20)
	}
	f.indexSize = 130 * (10 << 20) // as large as the WARC files
	if with := assess(f, Options{}).Disk.PerDay; with < 19<<20 || with > 21<<20 {
		t.Errorf("%d MiB a day with the index, want about 20", with>>20)
	}
	f.indexSize = 0
	f.runs[30].Report.Ended = "interrupted" // so the second one brought the rest
	f.files[1].Size = 100 * (10 << 20)
	if d := assess(f, Options{}).Disk; d.PerDay < 9<<20 || d.PerDay > 11<<20 {
		t.Errorf("%d MiB a day after two first nights, want about 10", d.PerDay>>20)
	}
	f.runs[30].Report.Ended = "complete"
	f.runs = f.runs[28:]
	if d := assess(f, Options{}).Disk; d.PerDay != 0 || d.FullOn != "" {
		t.Errorf("%+v guessed from a first night and two more", d)
	}
	grow(f, 6, 10<<20)
	if d := assess(f, Options{}).Disk; d.PerDay != 0 {
		t.Errorf("%+v guessed from five days", d)
	}
}

// TestSitesAreJudgedEachForItself and one that nobody crawls any more is left alone.
func TestSitesAreJudgedEachForItself(t *testing.T) {
	t.Parallel()
	site := func(name string) func(*archive.Run) {
		return func(r *archive.Run) { r.Site, r.Report.Site = name, name }
	}
	f := sound()
	f.runs = []archive.Run{night(5, 0), night(4, 1), night(3, 6, site("other")), night(2, 7, site("other"), alarm(archive.AlarmNotTheSite)), night(1, 60, site("past"))}
	s := assess(f, Options{})
	if got := codes(s.Problems); !slices.Equal(got, []string{"no-good-night"}) || !strings.HasPrefix(s.Problems[0].Text, "other:") {
		t.Errorf("problems %+v, want the old night of the other site alone", s.Problems)
	}
	if s.LastGood == nil || s.LastGood.Site != "other" || s.LastRun.Run != 5 {
		t.Errorf("last good %+v, last run %+v", s.LastGood, s.LastRun)
	}
}

// TestTheAgeIsTheUsersChoice and counts from the end of the night.
func TestTheAgeIsTheUsersChoice(t *testing.T) {
	t.Parallel()
	for age, want := range map[time.Duration]bool{time.Hour: false, 4 * time.Hour: false, 5 * time.Hour: true, 100 * time.Hour: true} {
		if got := len(assess(sound(), Options{MaxAge: age}).Problems) == 0; got != want {
			t.Errorf("a night of 4 h 50 min with --max-age %s: well is %v, want %v", age, got, want)
		}
	}
}

// TestMissingWeeksCountWeeksNotDays whatever days periods begin on.
func TestMissingWeeksCountWeeksNotDays(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ days, want string }{
		{"", ""},
		{"2025-01-13", ""},
		{"2025-01-06 2025-01-13", ""},
		{"2025-01-13 2024-12-23", "2024-12-30 2025-01-06"},
		{"2024-12-29 2025-01-08", "2024-12-30"},
		{"no-day 2025-01-13 2025-01-27 2025-01-13", "2025-01-20"},
	} {
		if got := strings.Join(MissingWeeks(strings.Fields(tc.days)), " "); got != tc.want {
			t.Errorf("%q misses %q, want %q", tc.days, got, tc.want)
		}
	}
}

// TestCommandsCanBeCopied into a shell, whatever the archive is called.
func TestCommandsCanBeCopied(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/srv/infocus": "/srv/infocus", "my archive": "'my archive'", "it's": `'it'\''s'`, "": "''", "архив": "'архив'",
	} {
		if got := quote(path); got != want {
			t.Errorf("quote %q gives %s, want %s", path, got, want)
		}
	}
	if s := assess(&facts{free: -1}, Options{}); s.Problems[0].Next != "infocus crawl --archive '/srv/my archive'" {
		t.Errorf("next step %q", s.Problems[0].Next)
	}
}

// TestAgesAreReadable in the unit that says enough.
func TestAgesAreReadable(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		-time.Hour: "0 seconds", 30 * time.Second: "30 seconds", 5 * time.Minute: "5 minutes", 26 * time.Hour: "26 hours", 80 * time.Hour: "3 days",
	} {
		if got := Age(stamp(now.Add(-d)), now); got != want+" ago" {
			t.Errorf("%s: %q, want %q", d, got, want+" ago")
		}
	}
}
