package record

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives s in Unicode NFC with every stretch of white space, paragraph breaks included, made one blank, and none at
// either end. White space is what has the Unicode property White_Space; so a no-break space counts, a zero width space does not.
// Two texts that fold to the same differ in spacing only. Folding twice changes nothing.
func Fold(s string) string {
	if !composed(s) {
		s = norm.NFC.String(s)
	}
	if folded(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	blank := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if unicode.IsSpace(r) {
			blank = true
		} else {
			if blank && len(out) > 0 {
				out = append(out, ' ')
			}
			blank = false
			out = utf8.AppendRune(out, r)
		}
		i += size
	}
	return string(out)
}

// composed says whether s surely is in NFC, by its first bytes alone: all below U+0300 is, and so are Cyrillic and the general
// punctuation from U+2002 on, where no combining mark follows.
func composed(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < 0xcc, c == 0xd0, c == 0xd1: // ASCII, U+0080 to U+02FF, U+0400 to U+047F, or a byte inside a sign
		case c == 0xe2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x82:
		default:
			return false
		}
	}
	return true
}

// folded says whether s has no white space but single blanks between words.
func folded(s string) bool {
	last := ' '
	for _, r := range s {
		if unicode.IsSpace(r) && (r != ' ' || last == ' ') || r == utf8.RuneError {
			return false
		}
		last = r
	}
	return last != ' ' || s == ""
}

// FoldText folds lead and body as the one text they are, so that it does not matter where the lead ends.
func FoldText(lead, body string) string { return Fold(lead + "\n\n" + body) }

// ContentSHA256 is the content_sha256 of a record, in lower case hex: the SHA-256 of the three lines
//
//	headline LF trend LF text
//
// in UTF-8, each folded as Fold says, joined by one line feed (U+000A) with none at the end. The trend is the word of the
// record or nothing, the text is lead, a blank and body. Anyone can compute it again from the values in a record:
//
//	fold = lambda s: " ".join(unicodedata.normalize("NFC", s or "").split())
//	hashlib.sha256("\n".join([fold(headline), fold(trend), fold(lead + " " + body)]).encode()).hexdigest()
//
// in Python (whose split also parts at U+001C to U+001F, which no page text holds).
func ContentSHA256(headline, trend, lead, body string) string {
	text := FoldText(lead, body)
	buf := make([]byte, 0, len(headline)+len(trend)+len(text)+2)
	buf = append(buf, Fold(headline)...)
	buf = append(buf, '\n')
	buf = append(buf, Fold(trend)...)
	buf = append(buf, '\n')
	buf = append(buf, text...)
	sum := sha256.Sum256(buf)
	return hex.EncodeToString(sum[:])
}
