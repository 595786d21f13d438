package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// endsAtStop decides about a single full stop: sentence is all that stands before it, next what comes after the blank.
func endsAtStop(sentence string, next following) bool {
	word := lastWord(sentence)
	before := strings.TrimRight(sentence[:len(sentence)-len(word)], " ")
	switch {
	case word == "":
		return true
	case isNumber(word):
		return !isListNumber(sentence)
	}
	key := strings.ToLower(word)
	if k := kindOf(key, before); k != none {
		return k.endsBefore(next, before, sentence)
	}
	return !isInitial(word) && !isDotted(word) || opensSentence(next)
}

// kindOf looks up an abbreviation, first together with the one before it: "т. д." is "т.д.".
func kindOf(key, before string) kind {
	if head, ok := strings.CutSuffix(before, "."); ok {
		if k := abbreviations[lastWord(head)+"."+key]; k != none {
			return k
		}
	}
	return abbreviations[key]
}

// endsBefore says whether an abbreviation ends its sentence when next, no lower-case word, follows.
func (k kind) endsBefore(next following, before, sentence string) bool {
	switch k {
	case reference:
		return !next.digit
	case closing:
		return true
	case unit:
		return !next.digit && !isCode(next.word)
	case unlessOpener:
		return opensSentence(next) && !next.digit
	case afterNumber:
		if next.digit || !endsInNumber(before) {
			return false
		}
		return opensSentence(next) || len(strings.Fields(sentence)) >= wordsBeforeYear
	}
	return false
}

// wordsBeforeYear parts "В декабре 2017 г. Минск подписал" from a whole sentence that closes with a year: an opening
// phrase of time is shorter than a sentence.
const wordsBeforeYear = 6

// lastWord gives the letters, digits, inner dots, hyphens and apostrophes at the end of s.
func lastWord(s string) string {
	i := len(s)
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !isWordRune(r) && r != '.' && r != '-' && r != ',' {
			break
		}
		i -= size
	}
	return strings.TrimLeft(s[i:], ".,-'’")
}

// isNumber takes "2017", "1.5" and "20,000".
func isNumber(word string) bool {
	return strings.Trim(word, "0123456789.,-") == ""
}

// isListNumber says that the sentence so far is only the number of a list item or heading: "1", "2.3", "(4".
func isListNumber(sentence string) bool {
	s := strings.Trim(sentence, "([ ")
	return s != "" && len(s) <= len("12.34") && strings.Trim(s, "0123456789.") == ""
}

// isInitial takes one capital letter, several with dots or hyphens between ("J.R", "Ж.-П"), and the two-letter initials of
// Russian names.
func isInitial(word string) bool {
	switch word {
	case "Дж", "Ю", "Дз":
		return true
	}
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '.' || r == '-' }) {
		r, size := utf8.DecodeRuneInString(part)
		if size != len(part) || !unicode.IsUpper(r) {
			return false
		}
	}
	return word != ""
}

// isDotted takes abbreviations with inner dots that no table knows: "p.m", "н.э", "к.т.н".
func isDotted(word string) bool {
	parts := strings.Split(word, ".")
	if len(parts) < 2 {
		return false
	}
	for _, part := range parts {
		if utf8.RuneCountInString(part) > 2 || strings.IndexFunc(part, unicode.IsDigit) >= 0 {
			return false
		}
	}
	return true
}

// isCode takes the short all-capital codes that follow amounts: USD, EUR, BYN.
func isCode(word string) bool {
	if len(word) != 3 {
		return false
	}
	return strings.IndexFunc(word, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}

// endsInNumber takes "2017", "1990-х" and Roman numerals.
func endsInNumber(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	if strings.ContainsAny(word, "0123456789") {
		return true
	}
	return word != "" && strings.Trim(word, "IVXLCХ") == ""
}

// opensSentence says that the word usually begins a sentence and is no name, so that what stands before it has ended.
func opensSentence(next following) bool {
	if next.word == "" {
		return true
	}
	if next.dot && utf8.RuneCountInString(next.word) == 1 {
		return false // another initial
	}
	return openers[strings.ToLower(next.word)]
}
