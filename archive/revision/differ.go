package revision

import "unicode/utf8"

// plainlyDiffer says quickly that two texts differ when folded, without folding them: where they first differ, both have
// a letter or sign that neither folding nor composing can make the same. False means that folding must tell.
func plainlyDiffer(a, b string) bool {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	if i == n {
		return false
	}
	for i > 0 && !utf8.RuneStart(a[i]) {
		i--
	}
	return plain(a[i:]) && plain(b[i:])
}

// plain says whether a text begins with a visible sign of ASCII or a Cyrillic letter that stays what it is: composing takes
// in only marks behind it, and there are none.
func plain(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if r <= ' ' || r == 0x7f || r > 0x7f && !cyrillic(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[size:])
	return size == len(s) || next < 0x300 || cyrillic(next)
}

// cyrillic says whether r is a letter of the first part of the Cyrillic block, which ends before its combining marks.
func cyrillic(r rune) bool { return '\u0400' <= r && r <= '\u0481' }
