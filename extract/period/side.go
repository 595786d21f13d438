package period

import (
	"time"
	"unicode"
	"unicode/utf8"

	"infocus/extract/fold"
)

// side is what stands on one side of a dash. Zero month or year: not printed there.
type side struct {
	year       int
	month      time.Month
	day        int
	monthFirst bool // the month stands before the day
	numbers    bool // written in numbers alone
	edge       int  // outer end, in bytes of the text
}

// before reads the side that ends at end, backwards: "December 4", "4th of December", "December 4, 2017", "4".
func (g *Grammar) before(text string, from, end int) (side, bool) {
	b := backward{text: text, from: from, at: end}
	if !b.mayEndSide(g) {
		return side{}, false
	}
	if s, ok := g.numbersBefore(b); ok {
		return s, true
	}
	var s side
	b.yearWord()
	if year, ok := b.year(); ok {
		s.year = year
		b.skip(',')
	}
	if day, ok := b.day(); ok { // month first, or the day alone
		s.day, s.edge = day, b.at
		b.skip('.')
		month, ok := b.month(g)
		if ok {
			s.month, s.monthFirst, s.edge = month, true, b.at
			return s, true
		}
		return s, s.year == 0
	}
	b.skip('.')
	month, ok := b.month(g)
	if !ok {
		return side{}, false
	}
	b.word("of")
	b.skip('.')
	day, ok := b.day()
	s.month, s.day, s.edge = month, day, b.at
	return s, ok
}

// after reads the side that begins at start, forwards.
func (g *Grammar) after(text string, start int) (side, bool) {
	f := forward{text: text, at: start}
	if s, ok := g.numbersAfter(f); ok {
		return s, true
	}
	var s side
	if month, ok := f.month(g); ok {
		f.skip('.')
		day, ok := f.day()
		if !ok {
			return side{}, false
		}
		s = side{month: month, day: day, monthFirst: true, edge: f.at}
	} else {
		day, ok := f.day()
		if !ok {
			return side{}, false
		}
		s = side{day: day, edge: f.at}
		f.skip('.')
		f.word("of")
		if month, ok := f.month(g); ok {
			s.month, s.edge = month, f.at
			f.skip('.')
		}
	}
	f.skip(',')
	if year, ok := f.year(); ok {
		s.year, s.edge = year, f.at
	}
	return s, true
}

// plausible years keep "December 10, 1500 people" from being dated.
func plausible(year int) bool { return 1900 <= year && year <= 2199 }

// forward reads a text from at on. A method that fails leaves at as it is.
type forward struct {
	text string
	at   int
}

// space gives the first place at or after i that is no white space.
func (f *forward) space(i int) int {
	for i < len(f.text) {
		r, size := utf8.DecodeRuneInString(f.text[i:])
		if !fold.IsSpace(r) {
			break
		}
		i += size
	}
	return i
}

// skip passes one sign, white space before it included.
func (f *forward) skip(sign byte) {
	if i := f.space(f.at); i < len(f.text) && f.text[i] == sign {
		f.at = i + 1
	}
}

// digits reads up to four digits at i.
func (f *forward) digits(i int) (value, end int) {
	for end = i; end < len(f.text) && isDigit(f.text[end]); end++ {
		if end-i == 4 {
			return 0, i
		}
		value = value*10 + int(f.text[end]-'0')
	}
	return value, end
}

// year reads four digits of a plausible year.
func (f *forward) year() (int, bool) {
	i := f.space(f.at)
	value, end := f.digits(i)
	if end-i != 4 || !plausible(value) {
		return 0, false
	}
	f.at = end
	return value, true
}

// day reads one or two digits with an ordinal ending or none. A number that goes on (10:30, 10.5, 10%, 10km) is no day; a
// capital may follow at once, since boxes stand glued together.
func (f *forward) day() (int, bool) {
	i := f.space(f.at)
	value, end := f.digits(i)
	if end == i || end-i > 2 || value < 1 || value > 31 {
		return 0, false
	}
	if o := f.ordinal(end); o > 0 {
		f.at = o
		return value, true
	}
	if r, size := utf8.DecodeRuneInString(f.text[end:]); size > 0 {
		if r == '%' || unicode.IsLetter(r) && unicode.IsLower(r) && !f.monthAt(end) {
			return 0, false
		}
		if (r == '.' || r == ',' || r == ':') && end+1 < len(f.text) && isDigit(f.text[end+1]) {
			return 0, false
		}
	}
	f.at = end
	return value, true
}

// monthAt is a cheap guess whether a word of three letters or more begins at i ("4december" but not "4km").
func (f *forward) monthAt(i int) bool { return len(letters(f.text[i:])) > 2 }

// ordinal gives the end of an ordinal ending at i, 0 where there is none.
func (f *forward) ordinal(i int) int {
	i = f.space(i)
	word := letters(f.text[i:])
	if isOrdinal(word) {
		return i + len(word)
	}
	return 0
}

// word passes a given word.
func (f *forward) word(want string) {
	i := f.space(f.at)
	if word := letters(f.text[i:]); len(word) == len(want) && fold.Key(word) == want {
		f.at = i + len(word)
	}
}

// month reads the name of a month; what is glued behind it begins with a capital.
func (f *forward) month(g *Grammar) (time.Month, bool) {
	i := f.space(f.at)
	word := letters(f.text[i:])
	if month, ok := g.month(word); ok {
		f.at = i + len(word)
		return month, true
	}
	cut := firstCapital(word)
	month, ok := g.month(word[:cut])
	if ok {
		f.at = i + cut
	}
	return month, ok
}

// month looks up the name of a month.
func (g *Grammar) month(word string) (time.Month, bool) {
	if word == "" || len(word) > 4*g.longest {
		return 0, false
	}
	var room [64]byte
	month, ok := g.months[string(fold.AppendKey(room[:0], word))]
	return month, ok
}

// letters gives the run of letters that s begins with.
func letters(s string) string {
	for i, r := range s {
		if !isWordRune(r) {
			return s[:i]
		}
	}
	return s
}

// firstCapital gives the place of the first capital after a small letter.
func firstCapital(word string) int {
	small := false
	for i, r := range word {
		if small && unicode.IsUpper(r) {
			return i
		}
		small = unicode.IsLower(r)
	}
	return len(word)
}

// isOrdinal says whether word is the ending of an English ordinal number.
func isOrdinal(word string) bool {
	if len(word) != 2 {
		return false
	}
	switch [2]byte{word[0] | 0x20, word[1] | 0x20} {
	case [2]byte{'s', 't'}, [2]byte{'n', 'd'}, [2]byte{'r', 'd'}, [2]byte{'t', 'h'}:
		return true
	}
	return false
}

// isDigit says whether c is an ASCII digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWordRune says whether r can stand within a word; soft hyphens and marks may.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || r >= 0x80 && (unicode.IsMark(r) || fold.IsInvisible(r))
}
