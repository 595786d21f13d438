package period

import "time"

// daysBefore is the number of days of a common year before each month.
var daysBefore = [13]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

// leap says whether year has a 29 February.
func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// monthDays is the number of days of d's month, of a leap year where d has no year.
func (d Date) monthDays() int {
	if d.Month == time.February && (d.Year == 0 || leap(d.Year)) {
		return 29
	}
	return daysBefore[d.Month] - daysBefore[d.Month-1]
}

// valid says whether d is in the calendar; without a year, 29 February is.
func (d Date) valid() bool {
	return 1 <= d.Month && d.Month <= 12 && 1 <= d.Day && d.Day <= d.monthDays()
}

// number counts days, 1 January of year 1 being 1, a Monday.
func (d Date) number() int {
	y := d.Year - 1
	n := y*365 + y/4 - y/100 + y/400 + daysBefore[d.Month-1] + d.Day
	if d.Month > time.February && leap(d.Year) {
		n++
	}
	return n
}

// weekday is the day of the week of a date with a year.
func (d Date) weekday() time.Weekday { return time.Weekday(d.number() % 7) }

// dateOf gives the day of t in UTC.
func dateOf(t time.Time) Date {
	t = t.UTC()
	return Date{t.Year(), t.Month(), t.Day()}
}
