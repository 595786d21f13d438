package replica

import (
	"strings"
	"time"
	"unicode"
)

// Bounds of slugs, in bytes of path.
const (
	shortSlugPath = 100 // until September 2021, without stop words
	longSlug      = 191 // later
)

// fullSlugsFrom is the first week with full slugs.
func fullSlugsFrom() time.Time { return day(2021, time.September, 27) }

// slugFor makes the slug of a headline as the site did in the days of week; cut says that words were left out.
func slugFor(headline, sectionID string, week time.Time) (slug string, cut bool) {
	words := strings.FieldsFunc(cyrillic.Replace(strings.ToLower(headline)), func(r rune) bool {
		return !unicode.IsDigit(r) && (r < 'a' || r > 'z')
	})
	if week.Before(fullSlugsFrom()) {
		words, cut = withoutStopWords(words)
		slug, more := joinWithin(words, shortSlugPath-len(sectionID)-2)
		return slug, cut || more
	}
	return joinWithin(words, longSlug)
}

func withoutStopWords(words []string) ([]string, bool) {
	const stop = " a an and as at by for from in into is its of on or over the to under with "
	var kept []string
	for _, w := range words {
		if !strings.Contains(stop, " "+w+" ") {
			kept = append(kept, w)
		}
	}
	return kept, len(kept) < len(words)
}

func joinWithin(words []string, limit int) (slug string, cut bool) {
	for _, w := range words {
		next := w
		if slug != "" {
			next = slug + "-" + w
		}
		if len(next) > limit {
			return slug, true
		}
		slug = next
	}
	return slug, false
}

// cyrillic writes lower-case letters in Latin ones, as the site's addresses do.
var cyrillic = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i",
	"і", "i", "й", "y", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s",
	"т", "t", "у", "u", "ў", "u", "ф", "f", "х", "h", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "sch",
	"ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya", "'", "", "’", "",
)
