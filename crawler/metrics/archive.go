package metrics

import (
	"time"

	"infocus/archive/health"
)

// collectStatus gives the figures of the archive.
func collectStatus(st *health.Status, s *sink) {
	if st == nil {
		return
	}
	s.gauge("infocus_trusted", "Whether the archive can be trusted: infocus status finds no problem.", truth(st.OK))
	labelled(s, "infocus_problem", "Problems that infocus status names, by code.", "code", problems(st))
	if st.LastGood != nil {
		s.when("infocus_last_good_run_timestamp_seconds", "When the last good run ended, in seconds since 1970.", clock(time.RFC3339, st.LastGood.Finished))
	}
	s.gauge("infocus_articles", "Articles of the archive.", float64(st.Articles))
	s.gauge("infocus_revisions", "Revisions of all articles.", float64(st.Revisions))
	s.gauge("infocus_gone_articles", "Articles that were taken down.", float64(st.Gone))
	s.gauge("infocus_failing_addresses", "Addresses that gave nothing when last asked.", float64(st.Failing.Count))
	collectWeeks(&st.Weeks, s)
	collectFields(st.Fields, s)
	collectDisk(&st.Disk, s)
}

func problems(st *health.Status) map[string]int {
	out := map[string]int{}
	for _, p := range st.Problems {
		out[p.Code]++
	}
	return out
}

func collectWeeks(w *health.Weeks, s *sink) {
	s.gauge("infocus_periods", "Weeks with an article.", float64(w.Count))
	s.gauge("infocus_missing_periods", "Weeks between the oldest and the newest without an article.", float64(len(w.Missing)))
	s.when("infocus_newest_week_timestamp_seconds", "Monday of the newest week with an article, in seconds since 1970.", clock(time.DateOnly, w.Newest))
}

func collectFields(shares []health.Share, s *sink) {
	now, usual := map[string]float64{}, map[string]float64{}
	for _, f := range shares {
		if f.Of > 0 {
			now[f.Field] = f.Share
		}
		if f.Usual != nil {
			usual[f.Field] = *f.Usual
		}
	}
	labelled(s, "infocus_field_ratio", "Share of the article pages of the last nights on which a field was found.", "field", now)
	labelled(s, "infocus_field_usual_ratio", "Share of article pages on which a field was found before.", "field", usual)
}

func collectDisk(d *health.Disk, s *sink) {
	labelled(s, "infocus_archive_bytes", "Size of the archive, by part.", "part", map[string]int64{"warc": d.WARC, "index": d.Index})
	if d.Free >= 0 {
		s.gauge("infocus_disk_free_bytes", "Free space of the archive's file system.", float64(d.Free))
	}
}

// clock reads a time; text that is none gives the zero time.
func clock(layout, text string) time.Time {
	t, err := time.Parse(layout, text)
	if err != nil {
		return time.Time{}
	}
	return t
}
