package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// signKind says what a sign does to the text around it.
type signKind uint8

const (
	signWord    signKind = iota // is part of the text
	signBlank                   // parts words
	signNothing                 // has no width and parts nothing: soft hyphen, zero-width space, marks of order
)

// kindOf gives the kind of a sign beyond ASCII. A zero-width space is an aid for line breaking, not a blank.
func kindOf(r rune) signKind {
	switch r {
	case '\u00ad', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff':
		return signNothing
	}
	if unicode.IsSpace(r) || unicode.IsControl(r) {
		return signBlank
	}
	return signWord
}

// special says whether a byte may begin a sign beyond ASCII that has to be looked at: a blank, a sign of no width, or one that
// may not be in composed form. Latin and Cyrillic letters are copied unread.
func special(c byte) bool {
	return c == 0xc2 || 0xcc <= c && c <= 0xcf || c >= 0xd2
}

// blanks gives the length of the blanks and signs of no width at the beginning of s, and whether one was a blank.
func blanks(s string) (n int, blank bool) {
	for n < len(s) {
		switch c := s[n]; {
		case c <= ' ' || c == 0x7f:
			blank = true
			n++
		case special(c):
			r, size := utf8.DecodeRuneInString(s[n:])
			kind := kindOf(r)
			if kind == signWord {
				return n, blank
			}
			blank = blank || kind == signBlank
			n += size
		default:
			return n, blank
		}
	}
	return n, blank
}

// folding is what appendFolded has met.
type folding struct {
	blank  bool // white space at the end, which is left out
	exotic bool // signs that may not be in composed form
}

// appendFolded appends s, which begins with a word, with each run of blanks as one blank; a run at the end is left out and told.
func appendFolded(dst []byte, s string) ([]byte, folding) {
	var f folding
	for i := 0; i < len(s); {
		if f.blank {
			dst = append(dst, ' ')
		}
		j := i
		for j < len(s) && (isPlain(s[j]) || s[j] == ' ' && j+1 < len(s) && isPlain(s[j+1])) {
			j++
		}
		dst = append(dst, s[i:j]...)
		var n int
		n, f.blank = blanks(s[j:])
		i = j + n
		if n == 0 && i < len(s) { // a special byte that begins a word sign
			r, size := utf8.DecodeRuneInString(s[i:])
			f.exotic = f.exotic || !isComposed(r)
			dst = append(dst, s[i:i+size]...)
			i += size
			n, f.blank = blanks(s[i:])
			i += n
		}
	}
	return dst, f
}

// isPlain says whether a byte is part of a word or of a usual sign, and needs no look.
func isPlain(c byte) bool { return c-0x21 < 0x7f-0x21 || c > 0x7f && !special(c) }

// isComposed says of the usual signs beyond letters that they are in composed form: Latin-1 ones, dashes and quotes, currencies, the
// numero sign.
func isComposed(r rune) bool {
	return r < 0x300 || 0x2010 <= r && r <= 0x203a || 0x20a0 <= r && r <= 0x20bf || r == '№'
}

// composed gives s in Unicode NFC as far as combining marks go. Text without them comes back as it is.
func composed(s string) string {
	// the first bytes of U+0300 to U+037F; they are no second bytes
	if strings.IndexByte(s, 0xcc) >= 0 || strings.IndexByte(s, 0xcd) >= 0 {
		return norm.NFC.String(s)
	}
	return s
}
