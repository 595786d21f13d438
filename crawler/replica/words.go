package replica

import (
	"bytes"
	"embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed content
var contentFiles embed.FS

// Editions of the site.
const (
	editionEn = "en"
	editionBe = "be"
)

// vocabulary is content/words.yaml.
type vocabulary struct {
	Sections    []section
	OldSections map[string]string `yaml:"old_sections"` // slug to today's slug
	Editions    map[string]*words
}

// section is one of the five, in both editions.
type section struct {
	En     string // slug
	Be     string
	Name   string
	NameBe string `yaml:"name_be"`
}

// in gives the section's slug and name in an edition.
func (s section) in(edition string) (id, name string) {
	if edition == editionBe {
		return s.Be, s.NameBe
	}
	return s.En, s.Name
}

// words are the phrases of an edition's chrome.
type words struct {
	Site, Tagline                               string
	EditionLink                                 string `yaml:"edition_link"`
	Subscribed, Newsletter                      string
	Pitch, Pitch2                               string
	Subscribe, Situation                        string
	ViewAll                                     string `yaml:"view_all"`
	SubscribeTo                                 string `yaml:"subscribe_to"`
	ReadMore                                    string `yaml:"read_more"`
	AllTrends                                   string `yaml:"all_trends"`
	CategoryStatus                              string `yaml:"category_status"`
	Similar, Recent, By, Share, Search          string
	About, Club, Events, Analytics, Weeks, Next string
	Previous                                    string
	NotFound                                    string `yaml:"not_found"`
	NotFoundText                                string `yaml:"not_found_text"`
	Login, User, Password, Email, Cookies       string
	Top, Archive, Rights, Contacts, Partners    string
	Worse, Unchanged, Better                    string
	BetterOlder                                 string `yaml:"better_older"`
	Months                                      string
}

func readVocabulary() (*vocabulary, error) {
	data, err := contentFiles.ReadFile("content/words.yaml")
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	v := &vocabulary{}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(v); err != nil {
		return nil, fmt.Errorf("parse words: %w", err)
	}
	for _, edition := range []string{editionEn, editionBe} {
		if w := v.Editions[edition]; w == nil || len(strings.Fields(w.Months)) != 12 {
			return nil, fmt.Errorf("words of edition %s: not whole", edition)
		}
	}
	return v, nil
}

// verdict gives the words of a verdict.
func (w *words) verdict(v Verdict, layout Layout) string {
	switch {
	case v == VerdictWorse:
		return w.Worse
	case v == VerdictUnchanged:
		return w.Unchanged
	case v == VerdictBetter && layout == LayoutOlder:
		return w.BetterOlder
	case v == VerdictBetter:
		return w.Better
	}
	return ""
}

// sectionName gives a section's words in an edition, "" for a slug that is none of the five.
func (v *vocabulary) sectionName(edition, id string) string {
	for _, s := range v.Sections {
		if own, name := s.in(edition); own == id {
			return name
		}
	}
	return ""
}

// today gives the slug of today's section for any section slug of any edition.
func (v *vocabulary) today(id string) string {
	if now, ok := v.OldSections[id]; ok {
		return now
	}
	for _, s := range v.Sections {
		if s.Be == id {
			return s.En
		}
	}
	return id
}

// known says whether an edition has articles under the slug.
func (v *vocabulary) known(edition, id string) bool {
	_, old := v.OldSections[id]
	return v.sectionName(edition, id) != "" || old && edition == editionEn
}
