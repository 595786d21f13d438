package replica

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// calendarLinks are those of the month shown: each day, and the months before and after.
func (s *Site) calendarLinks(rq *request) []link {
	month := rq.month
	if month.IsZero() {
		month = s.newestWeek()
	}
	month = day(month.Year(), month.Month(), 1)
	before, after := month.AddDate(0, -1, 0), month.AddDate(0, 1, 0)
	out := []link{
		{Text: "«", URL: s.href(rq, before.Format("/calendar/2006/01/"))},
		{Text: "»", URL: s.href(rq, after.Format("/calendar/2006/01/"))},
	}
	for d := month; d.Before(after); d = d.AddDate(0, 0, 1) {
		out = append(out, link{Text: strconv.Itoa(d.Day()), URL: s.href(rq, d.Format("/calendar/2006/01/02/"))})
	}
	return out
}

// calendarView is a month or a day of the calendar; there is one for every year from 1 to 9999.
func (s *Site) calendarView(rq *request, path string) *view {
	if !s.opts.Calendar {
		return nil
	}
	var err error
	if rq.month, err = parseCalendar(path); err != nil {
		return nil
	}
	v := s.frame(rq, rq.month.Format("January 2006"))
	v.Text = &textView{Heading: rq.month.Format("January 2006"), Paragraphs: []string{v.W.Tagline}}
	return v
}

func parseCalendar(path string) (time.Time, error) {
	for _, format := range []string{"2006/01", "2006/01/02"} {
		if t, err := time.Parse(format, strings.Trim(path, "/")); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("calendar: no day or month in %q", path)
}
