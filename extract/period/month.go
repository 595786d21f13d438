package period

import "time"

// nextMonth gives the first month with its year ("November 2024") that lies wholly after from.
func (g *Grammar) nextMonth(text string, from int) (Range, bool) {
	for i := from; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		start := i
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		if r, ok := g.monthBefore(text, from, start, i); ok {
			return r, true
		}
	}
	return Range{}, false
}

// monthBefore reads the month whose year is text[start:end].
func (g *Grammar) monthBefore(text string, from, start, end int) (Range, bool) {
	b := backward{text: text, from: from, at: end}
	year, ok := b.year()
	if !ok || b.at != start {
		return Range{}, false
	}
	b.skip(',')
	b.skip('.')
	month, ok := b.month(g)
	if !ok {
		return Range{}, false
	}
	return g.monthRange(text, b.at, end, month, year)
}

// monthRange is the range of a whole month; year 0 where none is printed.
func (g *Grammar) monthRange(text string, from, to int, month time.Month, year int) (Range, bool) {
	r := Range{
		Start: Date{year, month, 1}, End: Date{year, month, 1},
		Text: foldSpace(text[from:to]), From: from, To: to,
		HasYear: year != 0, Week: true,
	}
	r.End.Day = r.End.monthDays()
	if year == 0 && month == time.February {
		r.End.Day = 28
	}
	return r, true
}
