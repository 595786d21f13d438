package revision

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"infocus/extract"
)

func to(edition, id string) extract.Translation {
	return extract.Translation{Edition: edition, ID: id}
}

func TestTranslations(t *testing.T) {
	type T = extract.Translation
	canonical := map[string]string{"be/old": "be/1", "be/1": "be/1"}
	for _, c := range []struct {
		name  string
		pages []Page
		want  map[string][]T
	}{
		{"a link on one page is enough",
			[]Page{{"en/1", "en", []T{to("be", "be/1")}}, {"be/1", "be", nil}},
			map[string][]T{"en/1": {to("be", "be/1")}, "be/1": {to("en", "en/1")}}},
		{"links on both pages give one translation",
			[]Page{{"en/1", "en", []T{to("be", "be/1")}}, {"be/1", "be", []T{to("en", "en/1")}}},
			map[string][]T{"en/1": {to("be", "be/1")}, "be/1": {to("en", "en/1")}}},
		{"a link to an alias leads to the canonical id",
			[]Page{{"en/1", "en", []T{to("be", "be/old")}}, {"be/1", "be", nil}},
			map[string][]T{"en/1": {to("be", "be/1")}, "be/1": {to("en", "en/1")}}},
		{"the edition is that of the article, whatever the link says",
			[]Page{{"en/1", "en", []T{to("ru", "be/1")}}, {"be/1", "be", nil}},
			map[string][]T{"en/1": {to("be", "be/1")}, "be/1": {to("en", "en/1")}}},
		{"to what is no article, to itself, within one edition",
			[]Page{{"en/1", "en", []T{to("be", "be/home"), to("be", "en/1"), to("be", "en/2")}}, {"en/2", "en", nil}},
			map[string][]T{}},
		{"several are in order, and links do not add up",
			[]Page{{"en/1", "en", []T{to("ru", "ru/1"), to("be", "be/1")}}, {"be/1", "be", nil}, {"ru/1", "ru", nil}},
			map[string][]T{"en/1": {to("be", "be/1"), to("ru", "ru/1")}, "be/1": {to("en", "en/1")}, "ru/1": {to("en", "en/1")}}},
	} {
		slices.Reverse(c.pages)
		if got := Translations(c.pages, canonical); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestTranslationsAreSymmetric(t *testing.T) {
	ids := []string{"en/1", "en/2", "be/1", "be/2", "ru/1", "none"}
	rapid.Check(t, func(t *rapid.T) {
		var pages []Page
		for _, id := range ids[:5] {
			p := Page{ID: id, Edition: id[:2]}
			for _, link := range rapid.SliceOfN(rapid.SampledFrom(ids), 0, 3).Draw(t, "links") {
				p.Translations = append(p.Translations, to(link[:2], link))
			}
			pages = append(pages, p)
		}
		got := Translations(pages, nil)
		for _, id := range slices.Sorted(maps.Keys(got)) {
			for _, other := range got[id] {
				if !slices.Contains(got[other.ID], to(id[:2], id)) {
					t.Fatalf("%s names %s, not the other way: %v", id, other.ID, got)
				}
			}
		}
	})
}
