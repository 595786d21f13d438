package metrics

import (
	"time"

	"infocus/archive"
)

// Night is a run that has ended.
type Night struct {
	Finished time.Time
	ExitCode int
	Report   *archive.Report // nil for a run that could not go on
}

// alarmCodes are the alarms that have a series even where all is well, so that one can alert on them.
func alarmCodes() []string {
	return []string{
		archive.AlarmNotTheSite, archive.AlarmMassMissing, archive.AlarmExtraction, archive.AlarmEndedEarly, archive.AlarmEndless,
		archive.AlarmDropped, archive.AlarmKeepsFail,
	}
}

func (n *Night) collect(s *sink) {
	s.when("infocus_last_run_timestamp_seconds", "When the last run ended, in seconds since 1970.", n.Finished)
	s.gauge("infocus_run_exit_code", "Exit code of the last run: 0 done, 1 failed, 2 wrong usage, 3 partly failed, 130 interrupted.", float64(n.ExitCode))
	r := n.Report
	s.gauge("infocus_run_complete", "Whether the last run read everything that it wanted.", truth(r != nil && r.Ended == "complete"))
	if r == nil {
		return
	}
	s.gauge("infocus_run_duration_seconds", "How long the last run took.", r.Seconds)
	s.gauge("infocus_run_requests", "Requests of the last run, robots.txt, redirects and failures included.", float64(r.Requests))
	s.gauge("infocus_run_pages", "Pages that the last run asked.", float64(r.Pages))
	s.gauge("infocus_run_sent_bytes", "Bytes that the last run sent.", float64(r.BytesUp))
	s.gauge("infocus_run_received_bytes", "Bytes that the last run received.", float64(r.BytesDown))
	s.gauge("infocus_run_failed_pages", "Pages that failed in the last run.", float64(r.Failed))
	s.gauge("infocus_run_waiting_addresses", "Addresses that the last run left for the next.", float64(r.Waiting))
	labelled(s, "infocus_run_failures", "Pages that failed in the last run, by reason.", "reason", r.FailedByReason)
	labelled(s, "infocus_run_articles", "Articles that the last run asked, by outcome.", "outcome", outcomes(r))
	labelled(s, "infocus_alarm", "Alarms of the last run, by code: something needs a person.", "code", alarms(r))
}

func outcomes(r *archive.Report) map[string]int {
	return map[string]int{
		"new": r.New, "changed": r.Changed, "unchanged": r.Unchanged, "not-modified": r.NotModified, "missing": r.Missing,
		"gone": r.Gone, "moved": r.Moved,
	}
}

func alarms(r *archive.Report) map[string]int {
	out := map[string]int{}
	for _, code := range alarmCodes() {
		out[code] = 0
	}
	for _, a := range r.Alarms {
		out[a.Code]++
	}
	return out
}
