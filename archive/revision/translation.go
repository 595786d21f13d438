package revision

import (
	"cmp"
	"slices"
	"strings"

	"infocus/extract"
)

// Page is what a known article says of its translations.
type Page struct {
	ID           string // canonical
	Edition      string
	Translations []extract.Translation // as printed, by any id
}

// Translations gives for each known article the other editions of it: those it names and those that name it. canonical
// maps aliases to canonical ids; an id without an entry stands for itself. Links to what is no known article, to the
// article itself and within one edition are left out. Lists are ordered by edition and id; an article without translations
// has no entry. A translation of a translation is not one: only links count.
func Translations(pages []Page, canonical map[string]string) map[string][]extract.Translation {
	editions := make(map[string]string, len(pages))
	for _, p := range pages {
		editions[p.ID] = p.Edition
	}
	found := map[string][]extract.Translation{}
	for _, p := range pages {
		for _, t := range p.Translations {
			other := cmp.Or(canonical[t.ID], t.ID)
			edition, known := editions[other]
			if !known || edition == p.Edition {
				continue
			}
			found[p.ID] = append(found[p.ID], extract.Translation{Edition: edition, ID: other})
			found[other] = append(found[other], extract.Translation{Edition: p.Edition, ID: p.ID})
		}
	}
	for id, list := range found {
		slices.SortFunc(list, func(a, b extract.Translation) int {
			return cmp.Or(strings.Compare(a.Edition, b.Edition), strings.Compare(a.ID, b.ID))
		})
		found[id] = slices.Compact(list)
	}
	return found
}
