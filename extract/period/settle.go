package period

import "time"

// settle makes a range of two sides, finding the years of its ends.
func (g *Grammar) settle(left, right side) (Range, bool) {
	r := Range{
		Start:   Date{left.year, left.month, left.day},
		End:     Date{right.year, right.month, right.day},
		HasYear: left.year != 0 || right.year != 0,
	}
	across := before(right, left)
	switch {
	case !r.HasYear:
		if !r.Start.valid() || !r.End.valid() {
			return Range{}, false
		}
		r.Week = g.everWhole(r)
		return r, true
	case left.year != 0 && right.year != 0 && (left.year < right.year || left.year == right.year && !across):
		// as printed
	case !across && left.year != 0 && right.year != 0:
		return Range{}, false
	case !across:
		year := max(left.year, right.year)
		r.Start.Year, r.End.Year = year, year
	default:
		g.acrossNewYear(&r)
	}
	if !r.Start.valid() || !r.End.valid() || r.End.before(r.Start) {
		return Range{}, false
	}
	r.Week = g.whole(r)
	return r, true
}

// before says whether the day of a comes earlier in a year than that of b.
func before(a, b side) bool {
	return a.month < b.month || a.month == b.month && a.day < b.day
}

// acrossNewYear sets the years of a range that ends in the year after the one it begins in, whichever end's year is printed.
// The reading that begins with the first weekday is right; where neither does, the year holds where it is printed.
func (g *Grammar) acrossNewYear(r *Range) {
	printedStart, printedEnd := r.Start.Year, r.End.Year
	year := printedEnd // of the end, by its place
	if year == 0 {
		year = printedStart + 1
	}
	other := year + 1 // the year printed at the end is that of the start, ...
	if printedEnd == 0 {
		other = year - 1 // ... or the one printed at the start that of the end
	}
	if !g.begins(r.Start, year-1) && g.begins(r.Start, other-1) {
		year = other
	}
	r.Start.Year, r.End.Year = year-1, year
	r.YearCorrected = printedStart != 0 && printedStart != r.Start.Year || printedEnd != 0 && printedEnd != r.End.Year
}

// begins says whether d is a first weekday in that year.
func (g *Grammar) begins(d Date, year int) bool {
	d.Year = year
	return d.valid() && d.weekday() == g.first
}

// whole says whether a dated range is one period of the site.
func (g *Grammar) whole(r Range) bool {
	if g.unit == Month {
		return r.Start.Day == 1 && r.End.Day == r.Start.monthDays() && r.Start.Month == r.End.Month && r.Start.Year == r.End.Year
	}
	return r.Start.weekday() == g.first && r.End.number()-r.Start.number() == 6
}

// everWhole says whether a range without a year is one period in some year: every day is a first weekday in some
// common and, but for the rest of a century, in some leap year, so only the length counts.
func (g *Grammar) everWhole(r Range) bool {
	for _, year := range [...]int{2001, 2004} { // a common and a leap year, each followed by a common one
		if dated, ok := r.in(year); ok && dated.End.number()-dated.Start.number() == 6 {
			return true
		}
	}
	return false
}

// Resolve gives a range that prints no year the newest year in which it is a whole period and begins not later than
// a week after notAfter (the capture time). A range that is no whole period in any year gets the newest year that is
// not later. A range with a year comes back as it is; false means that no year fits.
func (g *Grammar) Resolve(r Range, notAfter time.Time) (Range, bool) {
	if r.Start.Year != 0 {
		return r, true
	}
	if g.unit == Month {
		return resolveMonth(r, dateOf(notAfter))
	}
	limit := dateOf(notAfter.AddDate(0, 0, 7))
	// The calendar of a day and its weekday comes back within 40 years, across a century without a leap day too.
	for year := limit.Year; r.Week && year > limit.Year-41; year-- {
		dated, ok := r.in(year)
		if ok && dated.Start.number() <= limit.number() && g.whole(dated) {
			return dated, true
		}
	}
	for year := limit.Year; year > limit.Year-9; year-- { // 29 February is at most eight years away
		if dated, ok := r.in(year); ok && dated.Start.number() <= limit.number() {
			dated.Week = false
			return dated, true
		}
	}
	return r, false
}

// resolveMonth gives a month the newest year in which it has begun on that day.
func resolveMonth(r Range, today Date) (Range, bool) {
	year := today.Year
	if r.Start.Month > today.Month {
		year--
	}
	r.Start.Year, r.End.Year = year, year
	r.End.Day = r.End.monthDays()
	return r, true
}

// in gives r the year it begins in.
func (r Range) in(year int) (Range, bool) {
	across := r.End.Month < r.Start.Month || r.End.Month == r.Start.Month && r.End.Day < r.Start.Day
	r.Start.Year, r.End.Year = year, year
	if across {
		r.End.Year++
	}
	return r, r.Start.valid() && r.End.valid()
}

// before says whether d is earlier than other, both with a year.
func (d Date) before(other Date) bool { return d.number() < other.number() }
