package period

import "time"

// numbersBefore reads a date of numbers that ends where b stands: "04.12.2017", "04.12", "12/04/2017", "2017-12-04".
func (g *Grammar) numbersBefore(b backward) (side, bool) {
	var parts [3]int
	var widths [3]int
	var sign byte
	n, at := 0, b.space(b.at)
	if at > b.from && b.text[at-1] == '.' {
		at-- // "04.12. – 10.12.2017"
	}
	for n < 3 {
		value, start := b.digits(at)
		if start == at {
			return side{}, false
		}
		parts[n], widths[n] = value, at-start
		n, at = n+1, start
		if at == b.from || !isDateSign(b.text[at-1]) || sign != 0 && b.text[at-1] != sign || n == 3 {
			break
		}
		if at-1 == b.from || !isDigit(b.text[at-2]) {
			break
		}
		sign = b.text[at-1]
		at--
	}
	parts[0], parts[n-1] = parts[n-1], parts[0]
	widths[0], widths[n-1] = widths[n-1], widths[0]
	return g.numeric(parts[:n], widths[:n], sign, at)
}

// numbersAfter reads a date of numbers that begins where f stands.
func (g *Grammar) numbersAfter(f forward) (side, bool) {
	var parts [3]int
	var widths [3]int
	var sign byte
	n, at := 0, f.space(f.at)
	for n < 3 {
		value, end := f.digits(at)
		if end == at {
			return side{}, false
		}
		parts[n], widths[n] = value, end-at
		n, at = n+1, end
		if at+1 >= len(f.text) || !isDateSign(f.text[at]) || sign != 0 && f.text[at] != sign || !isDigit(f.text[at+1]) || n == 3 {
			break
		}
		sign = f.text[at]
		at++
	}
	return g.numeric(parts[:n], widths[:n], sign, at)
}

// isDateSign says whether c parts the numbers of a date.
func isDateSign(c byte) bool { return c == '.' || c == '/' || c == '-' }

// numeric makes a side of the numbers of a date in printed order.
func (g *Grammar) numeric(parts, widths []int, sign byte, edge int) (side, bool) {
	s := side{edge: edge, numbers: true}
	switch {
	case len(parts) < 2:
		return side{}, false
	case sign == '-':
		if len(parts) != 3 || widths[0] != 4 || widths[1] != 2 || widths[2] != 2 {
			return side{}, false
		}
		s.year, s.month, s.day = parts[0], time.Month(parts[1]), parts[2]
	case sign == '/' && !g.dayFirst:
		s.month, s.day = time.Month(parts[0]), parts[1]
	case widths[0] > 2 || widths[1] != 2:
		return side{}, false
	default:
		s.day, s.month = parts[0], time.Month(parts[1])
	}
	if len(parts) == 3 && sign != '-' {
		if widths[2] != 4 {
			return side{}, false
		}
		s.year = parts[2]
	}
	ok := s.inCalendar()
	return s, ok
}

// inCalendar says whether the numbers of a side may be those of a day.
func (s *side) inCalendar() bool {
	return 1 <= s.month && s.month <= 12 && 1 <= s.day && s.day <= 31 && (s.year == 0 || plausible(s.year))
}
