package period

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"infocus/extract/fold"
)

// Order is the order of day and month in a date of numbers parted by slashes. Dotted dates are day first everywhere,
// dates with hyphens year first.
type Order string

// The orders.
const (
	DayFirst   Order = "dmy"
	MonthFirst Order = "mdy"
)

// Options say what the periods of a site are like.
type Options struct {
	Unit      Unit         // Week where empty
	First     time.Weekday // first day of a week
	Order     Order        // DayFirst where empty
	Languages []Months     // months of every language, since chrome of one edition stands around pages of another
}

// Grammar finds ranges in the languages it was made for. It is read-only and safe for concurrent use.
type Grammar struct {
	months   map[string]time.Month // by fold.Key
	longest  int                   // length of the longest key, in bytes
	first    time.Weekday
	unit     Unit
	dayFirst bool
}

// New makes the grammar of a site. It fails where one word names two months.
func New(o Options) (*Grammar, error) {
	g := &Grammar{months: map[string]time.Month{}, first: o.First, unit: o.Unit, dayFirst: o.Order != MonthFirst}
	for _, language := range o.Languages {
		for i, spellings := range language {
			for _, spelling := range spellings {
				if err := g.add(spelling, time.Month(i+1)); err != nil {
					return nil, err
				}
			}
		}
	}
	return g, nil
}

// add enters one spelling of a month.
func (g *Grammar) add(spelling string, month time.Month) error {
	key := fold.Key(spelling)
	if key == "" || strings.ContainsAny(key, " -0123456789") {
		return fmt.Errorf("month name %q is not one word of letters", spelling)
	}
	if other, taken := g.months[key]; taken && other != month {
		return fmt.Errorf("the word %q names %s and %s", spelling, other, month)
	}
	g.months[key] = month
	g.longest = max(g.longest, len(key))
	return nil
}

// Find gives the first range of text.
func (g *Grammar) Find(text string) (Range, bool) { return g.next(text, 0) }

// FindAll gives every range of text, in order, none overlapping.
func (g *Grammar) FindAll(text string) []Range {
	var found []Range
	for from := 0; ; {
		r, ok := g.next(text, from)
		if !ok {
			return found
		}
		found = append(found, r)
		from = r.To
	}
}

// Parse reads a text that is a range and nothing else but white space and punctuation. Where periods are months, a
// month's name alone is a range without a year.
func (g *Grammar) Parse(text string) (Range, bool) {
	if len(text) > 40*g.longest+200 {
		return Range{}, false
	}
	if r, ok := g.Find(text); ok && isPunctuation(text[:r.From]) && isPunctuation(text[r.To:]) {
		return r, true
	}
	if g.unit != Month {
		return Range{}, false
	}
	month, ok := g.months[fold.Key(text)]
	if !ok {
		return Range{}, false
	}
	return g.monthRange(text, 0, len(text), month, 0)
}

// isPunctuation says whether s has no letter and no digit.
func isPunctuation(s string) bool { return fold.Key(s) == "" }

// next gives the first range that lies wholly after from.
func (g *Grammar) next(text string, from int) (Range, bool) {
	if g.unit == Month {
		return g.nextMonth(text, from)
	}
	for at := from; ; {
		start, end := nextDash(text, at)
		if start < 0 {
			return Range{}, false
		}
		if r, ok := g.around(text, from, start, end); ok {
			return r, true
		}
		at = end
	}
}

// nextDash finds the next run of dashes at or after from; start is -1 where there is none.
func nextDash(text string, from int) (start, end int) {
	for i := from; i < len(text); i++ {
		c := text[i]
		if c != '-' && c != 0xe2 && c != 0xef { // first bytes of the dashes that fold.IsDash knows
			continue
		}
		if size := dashAt(text, i); size > 0 {
			end := i + size
			for size := dashAt(text, end); size > 0; size = dashAt(text, end) {
				end += size
			}
			return i, end
		}
	}
	return -1, -1
}

// dashAt gives the length of the dash at i, 0 where there is none.
func dashAt(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	if !fold.IsDash(r) {
		return 0
	}
	return size
}

// around reads the range whose dash is text[start:end], not reaching back before from.
func (g *Grammar) around(text string, from, start, end int) (Range, bool) {
	left, ok := g.before(text, from, start)
	if !ok {
		return Range{}, false
	}
	right, ok := g.after(text, end)
	if !ok || !share(&left, &right) {
		return Range{}, false
	}
	if left.numbers != right.numbers || left.numbers && left.year == 0 && right.year == 0 {
		return Range{}, false // "1.05 – 2.10" may be anything
	}
	r, ok := g.settle(left, right)
	if !ok {
		return Range{}, false
	}
	r.From, r.To = left.edge, right.edge
	r.Text = foldSpace(text[r.From:r.To])
	return r, true
}

// share lends the month that only one side prints to the other: "December 4 – 10", "4 – 10 December".
func share(left, right *side) bool {
	switch {
	case left.month != 0 && right.month != 0:
		return true
	case left.month != 0:
		right.month = left.month
	case right.month != 0 && !right.monthFirst:
		left.month = right.month
	default:
		return false
	}
	return left.day < right.day
}

// foldSpace gives text with one blank for each run of white space, signs of no width dropped.
func foldSpace(text string) string {
	var b strings.Builder
	blank := false
	for _, r := range text {
		if fold.IsInvisible(r) {
			continue
		}
		if fold.IsSpace(r) {
			blank = true
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// Month gives the month that a word names.
func (g *Grammar) Month(word string) (time.Month, bool) { return g.month(word) }
