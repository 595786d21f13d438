package prose

import (
	"embed"
	"fmt"
	"strings"
	"time"
)

//go:embed en.txt ru.txt be.txt
var grammars embed.FS

// Writer writes texts; it may be used by many goroutines.
type Writer struct{ grammars map[string]*Grammar }

// NewWriter reads the built-in grammars.
func NewWriter() (*Writer, error) {
	w := &Writer{grammars: map[string]*Grammar{}}
	for _, lang := range []string{"en", "ru", "be"} {
		text, err := grammars.ReadFile(lang + ".txt")
		if err != nil {
			return nil, fmt.Errorf("read grammar %s: %w", lang, err)
		}
		if w.grammars[lang], err = Parse(string(text)); err != nil {
			return nil, fmt.Errorf("parse grammar %s: %w", lang, err)
		}
	}
	return w, nil
}

// Assignment says what to write.
type Assignment struct {
	Lang       string    // en, ru, be
	Section    string    // English slug of one of the five sections
	Monday     time.Time // of the week
	Seed       uint64
	Key        string // tells two articles of one week apart
	Paragraphs int    // lead included; at least 1
	List       bool   // with a bullet list, if there is room
	Bold       bool   // with a line that looks like a heading, if there is room
	Links      []string
}

// Headline writes the headline.
func (w *Writer) Headline(a Assignment) string {
	d := w.desk(a, "headline")
	return d.sentence("headline")
}

// Lead writes the first paragraph.
func (w *Writer) Lead(a Assignment) string {
	d := w.desk(a, "lead")
	lead := d.sentence("lead")
	if a.Paragraphs == 1 {
		return lead + " " + d.paragraph(d.dice.Between(3, 6))
	}
	return lead
}

// Paragraphs writes the whole text, the lead first, in the light markup of the replica: list items start
// with "- ", a bold line stands between "**", a link is [words](address).
func (w *Writer) Paragraphs(a Assignment) []string {
	out := []string{w.Lead(a)}
	if a.Paragraphs < 2 {
		return out
	}
	d := w.desk(a, "body")
	links := a.Links
	for n := 2; n < a.Paragraphs; n++ {
		p := d.paragraph(d.dice.Between(4, 8))
		if len(links) > 0 {
			p += " " + link(d.sentence("cite"), links[0])
			links = links[1:]
		}
		out = append(out, p)
		if a.List && n == 2 {
			out = append(out, d.items()...)
		}
		if a.Bold && n == 3 {
			out = append(out, "**"+d.sentence("bold")+"**")
		}
	}
	return append(out, d.sentence("outlook"))
}

// desk is where one text is written.
type desk struct {
	expansion
	section string
}

func (w *Writer) desk(a Assignment, what string) *desk {
	g := w.grammars[a.Lang]
	if g == nil {
		g = w.grammars["en"]
	}
	return &desk{
		expansion: expansion{
			g: g, dice: NewDice(a.Seed, a.Key+"/"+a.Lang+"/"+what), dates: Dates{a.Monday, a.Lang},
			spent: map[string][]int{},
		},
		section: a.Section,
	}
}

// sentence writes one alternative of the section's own list of that name, or of the common one.
func (d *desk) sentence(list string) string {
	if own := d.section + "." + list; len(d.g.lists[own]) > 0 {
		list = own
	}
	d.begin(list)
	return Capital(strings.ReplaceAll(d.list(list, 0, 0), "..", ".")) // an abbreviation at the end
}

func (d *desk) paragraph(sentences int) string {
	out := make([]string, 0, sentences)
	for i := range sentences {
		list := "more"
		if i == 0 || (i == 2 && d.dice.Chance(50)) {
			list = "fact"
		}
		out = append(out, d.sentence(list))
	}
	return strings.Join(out, " ")
}

func (d *desk) items() []string {
	out := []string{d.sentence("items")}
	for n := d.dice.Between(3, 5); n > 0; n-- {
		end := ";"
		if n == 1 {
			end = "."
		}
		out = append(out, "- "+d.sentence("item")+end)
	}
	return out
}

func link(text, address string) string {
	return strings.NewReplacer("<", "[", ">", "]("+address+")").Replace(text)
}
