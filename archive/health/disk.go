package health

import (
	"time"

	"golang.org/x/sys/unix"
)

const (
	// diskSoon is how near the day on which the disk is full may be before a person should act.
	diskSoon = 14 * 24 * time.Hour
	// diskNear is how near it may be before it is mentioned.
	diskNear = 90 * 24 * time.Hour
	// diskFar is beyond what a guess is worth.
	diskFar = 10 * 365 * 24 * time.Hour
	// growthLeast and growthRuns are the time and the runs that a guess needs.
	growthLeast = 7 * 24 * time.Hour
	growthRuns  = 3
)

// Disk is what the archive takes and what is left.
type Disk struct {
	WARC     int64  `json:"warc"`  // bytes
	Index    int64  `json:"index"` // bytes
	Free     int64  `json:"free"`  // bytes; negative where the file system does not tell
	PerDay   int64  `json:"per_day"`
	FullOn   string `json:"full_on,omitempty"` // day on which a crawl will stop, at the pace of the last months
	FullDays int    `json:"full_days,omitempty"`
}

func (a *assessment) disk(f *facts) {
	d := &a.out.Disk
	for _, file := range f.files {
		d.WARC += file.Size
	}
	d.Index, d.Free = f.indexSize, f.free
	if d.Free < 0 {
		return
	}
	left := d.Free - a.opts.MinFree
	if left <= 0 {
		a.problem("disk", "df -h "+quote(string(a.dir)), "%d MiB are free and a crawl leaves %d MiB: it will not go on; free some space", d.Free>>20, a.opts.MinFree>>20)
		return
	}
	d.PerDay = a.growth(f)
	if d.PerDay <= 0 {
		return
	}
	days := left / d.PerDay
	if days > int64(diskFar.Hours()/24) {
		return
	}
	until := time.Duration(days) * 24 * time.Hour
	d.FullDays, d.FullOn = int(days), a.now.Add(until).Format(time.DateOnly)
	switch {
	case until < diskSoon:
		a.problem("disk", "df -h "+quote(string(a.dir)), "the disk is full in about %d days, at %d MiB a day; free some space", days, d.PerDay>>20)
	case until < diskNear:
		a.note("disk", "df -h "+quote(string(a.dir)), "the disk is full in about %d days", days)
	}
}

// growth guesses the bytes a day from the WARC files of the last months, the index growing with them. The
// first nights, up to the first that was complete, brought the whole past, and are left out.
func (a *assessment) growth(f *facts) int64 {
	sizes := map[int]int64{}
	for _, file := range f.files {
		sizes[f.indexed[file.Name].Run] += file.Size
	}
	var bytes int64
	var from time.Time
	n, filling := 0, len(f.runs) > 0 && f.runs[len(f.runs)-1].Number == 1
	for i := len(f.runs) - 1; i >= 0; i-- {
		r := &f.runs[i]
		started := parseTime(r.Started)
		if filling || a.now.Sub(started) > growthSpan {
			filling = filling && (r.Report == nil || r.Report.Ended != "complete")
			continue
		}
		if n == 0 {
			from = started
		}
		n++
		bytes += sizes[r.Number]
	}
	span := a.now.Sub(from)
	if n < growthRuns || span < growthLeast || a.out.Disk.WARC == 0 {
		return 0
	}
	withIndex := 1 + float64(f.indexSize)/float64(a.out.Disk.WARC)
	return int64(float64(bytes) * withIndex / (span.Hours() / 24))
}

// freeSpace is how many bytes a user may still write below path; negative where the file system does not tell.
func freeSpace(path string) int64 {
	var fs unix.Statfs_t
	if err := unix.Statfs(path, &fs); err != nil {
		return -1
	}
	return int64(fs.Bavail) * int64(fs.Bsize) //nolint:gosec,unconvert // block counts fit; Bsize has another type elsewhere
}
