package profile

import (
	"net/url"
	"strings"
)

// Page splits the address of a further page by the profile's paging forms into its listing and its number. Any
// other address comes back as it is with number 0 and false.
func (p *Profile) Page(u *url.URL) (listing *url.URL, n int, ok bool) {
	if u.RawQuery != "" && len(p.paths.pageKeys) > 0 {
		query := u.Query()
		for _, key := range p.paths.pageKeys {
			if n, ok := number(query.Get(key)); ok && n > 0 {
				query.Del(key)
				short := *u
				short.RawQuery = query.Encode()
				return &short, n, true
			}
		}
	}
	var room [12]string
	words := split(u.Path, room[:0])
	cut := p.pageEnd(words)
	if cut == 0 {
		return u, 0, false
	}
	n, _ = number(digitsAtEnd(words[len(words)-1]))
	if n == 0 {
		return u, 0, false
	}
	short := *u
	short.Path, short.RawPath = "/", ""
	if rest := words[:len(words)-cut]; len(rest) > 0 {
		short.Path = "/" + strings.Join(rest, "/") + "/"
	}
	return &short, n, true
}

// pageEnd gives the number of segments at the end of a path that name a further page, 0 where none do.
func (p *Profile) pageEnd(words []string) int {
	for i := range p.paths.pageEnds {
		end := &p.paths.pageEnds[i]
		if n := len(end.segments); n <= len(words) && p.match(end, words[len(words)-n:]) {
			return n
		}
	}
	return 0
}

// digitsAtEnd gives the digits that word ends with.
func digitsAtEnd(word string) string {
	return word[len(strings.TrimRight(word, "0123456789")):]
}
