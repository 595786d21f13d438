// Package period is the grammar of date ranges: it finds "December 4 – December 10, 2017" and its many relatives in a
// text and says which days they mean. It is pure: no clock, no disk, no network.
//
// The rules come from how the sites print their weeks: every week runs Monday to Sunday, lists print no year, and the
// year printed beside a week across New Year may be that of either end.
package period

import "time"

// Date is a day of the Gregorian calendar; Year 0 means that no year is known.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// IsZero says whether d is no day at all.
func (d Date) IsZero() bool { return d == Date{} }

// String gives the ISO date ("2017-12-04"), or "--12-04" where the year is not known.
func (d Date) String() string {
	b := []byte("--00-00")
	if d.Year != 0 {
		b = []byte("0000-00-00")
		pad(b[:4], d.Year)
	}
	pad(b[len(b)-5:len(b)-3], int(d.Month))
	pad(b[len(b)-2:], d.Day)
	return string(b)
}

// pad writes n with zeros before it.
func pad(b []byte, n int) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = "0123456789"[n%10]
		n /= 10
	}
}

// Time is the beginning of the day in UTC; of a day without a year, it is the zero time.
func (d Date) Time() time.Time {
	if d.Year == 0 {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// Codes of what was odd about a range.
const (
	WarnYearCorrected = "period-year-corrected" // the printed year was moved to the other end by the weekday rule
	WarnYearGuessed   = "period-year-guessed"   // no year was printed
	WarnNotAWeek      = "period-not-a-week"     // not first weekday to last
)

// Range is a range of days as a text prints it.
type Range struct {
	Start, End Date   // both included; without a year until Resolve where none is printed
	Text       string // as printed, white space folded
	From, To   int    // place in the text given, in bytes
	HasYear    bool   // a year is printed
	// YearCorrected says that the printed year does not hold where it stands: "December 26 – January 1, 2022"
	// of the week that ends in 2023.
	YearCorrected bool
	// Week says that the range is one whole period of the site: seven days from its first weekday, or a whole month.
	// Of a range without a year it says only that a year exists in which it is.
	Week bool
}

// Warnings lists what was odd about r as codes, in a fixed order.
func (r Range) Warnings() []string {
	var codes []string
	if r.YearCorrected {
		codes = append(codes, WarnYearCorrected)
	}
	if !r.HasYear {
		codes = append(codes, WarnYearGuessed)
	}
	if !r.Week {
		codes = append(codes, WarnNotAWeek)
	}
	return codes
}

// Unit is the length of a site's periods.
type Unit string

// The units. A week is printed as a range of two days, a month as its name and year.
const (
	Week  Unit = "week"
	Month Unit = "month"
)

// Months names the twelve months of a language, each in all its spellings; case does not matter, a full stop after an
// abbreviation is taken in any case.
type Months [12][]string
