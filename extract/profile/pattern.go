package profile

import (
	"fmt"
	"strings"
)

// pattern is the shape of a path, segment by segment.
type pattern struct {
	segments []segment
	open     bool // "**" at the end: any number of further segments
}

// segment is the shape of one path segment: fixed words and places for others, one after the other.
type segment []part

// part is a fixed text or a place.
type part struct {
	fixed string
	place place
}

// place is what may stand at a place in a segment.
type place int

const (
	placeFixed place = iota
	placeAny
	placeSection
	placeNumber
	placeYear
	placeMonth
)

// places are the words for them in a pattern.
func places() map[string]place {
	return map[string]place{"{section}": placeSection, "{n}": placeNumber, "{year}": placeYear, "{month}": placeMonth}
}

// parsePattern reads a pattern such as "/{section}/*".
func parsePattern(text string) (pattern, error) {
	path, ok := strings.CutPrefix(text, "/")
	if !ok {
		return pattern{}, fmt.Errorf("pattern %q does not begin with a slash", text)
	}
	var p pattern
	path = strings.TrimSuffix(path, "/")
	if path == "" {
		return p, nil
	}
	words := strings.Split(path, "/")
	for i, word := range words {
		if word == "**" && i == len(words)-1 {
			p.open = true
			return p, nil
		}
		s, err := parseSegment(word)
		if err != nil {
			return pattern{}, fmt.Errorf("pattern %q: %w", text, err)
		}
		p.segments = append(p.segments, s)
	}
	return p, nil
}

// parseSegment reads one segment of a pattern.
func parseSegment(text string) (segment, error) {
	if text == "" {
		return nil, fmt.Errorf("an empty segment")
	}
	var s segment
	for rest := text; rest != ""; {
		switch i := strings.IndexAny(rest, "*{"); {
		case i < 0:
			s = append(s, part{fixed: rest})
			rest = ""
		case i > 0:
			s = append(s, part{fixed: rest[:i]})
			rest = rest[i:]
		case rest[0] == '*':
			if strings.HasPrefix(rest, "**") {
				return nil, fmt.Errorf(`"**" stands alone at the end only`)
			}
			s = append(s, part{place: placeAny})
			rest = rest[1:]
		default:
			word, after, _ := strings.Cut(rest, "}")
			p, ok := places()[word+"}"]
			if !ok {
				return nil, fmt.Errorf("unknown place %q (known: {section}, {n}, {year}, {month}, *)", word+"}")
			}
			s = append(s, part{place: p})
			rest = after
		}
	}
	return s, nil
}

// match says whether segments of a path are of the pattern.
func (p *Profile) match(pt *pattern, path []string) bool {
	if len(path) < len(pt.segments) || len(path) > len(pt.segments) && !pt.open {
		return false
	}
	for i, s := range pt.segments {
		if !p.matchSegment(s, path[i]) {
			return false
		}
	}
	return true
}

// matchSegment says whether word is of the shape s. A place takes the longest text that lets the rest match.
func (p *Profile) matchSegment(s segment, word string) bool {
	if len(s) == 0 {
		return word == ""
	}
	if s[0].place == placeFixed {
		rest, ok := strings.CutPrefix(word, s[0].fixed)
		return ok && p.matchSegment(s[1:], rest)
	}
	for end := len(word); end > 0; end-- {
		if p.fits(s[0].place, word[:end]) && p.matchSegment(s[1:], word[end:]) {
			return true
		}
		if len(s) == 1 {
			return false
		}
	}
	return false
}

// fits says whether word may stand at a place.
func (p *Profile) fits(at place, word string) bool {
	switch at {
	case placeAny:
		return true
	case placeSection:
		_, ok := p.paths.sections[word]
		return ok
	case placeNumber:
		_, ok := number(word)
		return ok
	case placeYear:
		n, ok := number(word)
		return ok && len(word) == 4 && 1900 <= n && n <= 2199
	case placeMonth:
		_, ok := p.grammar.Month(word)
		return ok
	default:
		return false
	}
}

// number reads a number of up to six digits.
func number(word string) (int, bool) {
	if word == "" || len(word) > 6 {
		return 0, false
	}
	n := 0
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return 0, false
		}
		n = n*10 + int(word[i]-'0')
	}
	return n, true
}
