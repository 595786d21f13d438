package extract

import (
	"strings"
	"unicode"

	"infocus/extract/fold"
	"infocus/extract/profile"
)

// maxStamp bounds a date with a time, in bytes.
const maxStamp = 64

// isStampText says whether text is a date, a time or both, and nothing else: "April 22, 2016 18:44", "12.03.2018".
func (e *Extractor) isStampText(text string) bool {
	if len(text) > maxStamp || len(text) < 4 {
		return false
	}
	digits, months := 0, 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch {
		case isStampNumber(word):
			digits++
		case e.months[fold.Key(word)]:
			months++
		case !isStampWord(word):
			return false
		}
	}
	return digits >= 1 && months == 1 || digits >= 3 && months == 0
}

// isStampNumber says whether a word is digits, perhaps with an ending as in "8th".
func isStampNumber(word string) bool {
	if word[0] < '0' || word[0] > '9' {
		return false
	}
	rest := strings.TrimLeft(word, "0123456789")
	switch strings.ToLower(rest) {
	case "", "st", "nd", "rd", "th", "h", "am", "pm", "t", "z":
		return true
	}
	return false
}

// isStampWord names the words beside the numbers of a date.
func isStampWord(word string) bool {
	switch strings.ToLower(word) {
	case "at", "on", "of", "am", "pm", "gmt", "utc", "msk", "г", "года", "год", "у", "в", "а", "published", "updated", "posted", "date",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
		"понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
		"панядзелак", "аўторак", "серада", "чацвер", "пятніца", "субота", "нядзеля",
		"апублікавана", "опубликовано", "дата":
		return true
	}
	return false
}

// monthWords collects the months of all editions by their keys.
func monthWords(p *profile.Profile) map[string]bool {
	words := map[string]bool{}
	for i := range p.Editions {
		for _, spellings := range p.Editions[i].Months {
			for _, spelling := range spellings {
				words[fold.Key(spelling)] = true
			}
		}
	}
	return words
}
