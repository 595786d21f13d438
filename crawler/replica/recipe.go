package replica

import (
	"time"

	"infocus/crawler/replica/prose"
)

// Shares in percent of generated articles.
const (
	shareTranslated  = 70
	shareOldSection  = 50 // of the two sections concerned, until 2017
	shareOlderLayout = 35 // until 2019
	shareNoEdition   = 15
	shareCaption     = 25
	shareByline      = 6
	shareList        = 15
	shareLinks       = 30
	shareBold        = 10
	shareOtherSlug   = 4
	shareForeignList = 3
	shareSpellings   = 10
	shareForeign     = 8  // chrome of the other edition
	shareBelarusian  = 12 // of the be edition
	shareRussianInEn = 1
)

// recipe decides what is special about a generated article.
type recipe struct {
	site       *Site
	week       time.Time
	section    string // today's English slug
	key        string
	dice       *prose.Dice
	plain      bool
	translated bool
}

// recipe for one of a section's articles of a week; name tells them apart.
func (s *Site) recipe(week time.Time, sec, name string) *recipe {
	key := week.Format(time.DateOnly) + "/" + sec + "/" + name
	r := &recipe{
		site: s, week: week, section: sec, key: key,
		dice: prose.NewDice(s.opts.Seed, "recipe/"+key), plain: s.opts.Plain,
	}
	r.translated = r.plain || r.dice.Chance(shareTranslated)
	return r
}

// odd rolls for an oddity; a plain site has none.
func (r *recipe) odd(percent int) bool { return r.dice.Chance(percent) && !r.plain }

func (r *recipe) english() (Draft, prose.Assignment, bool) {
	d := Draft{
		Edition: editionEn, Lang: "en", SectionID: r.section, Week: r.week,
		Verdict: r.verdict(), Second: r.second(), NoEdition: r.odd(shareNoEdition), Foreign: r.odd(shareForeign),
	}
	if r.dice.Chance(shareCaption) {
		d.Caption = []string{"photo: elements.envato.com", "photo: unsplash.com", "Фота: president.gov.by"}[r.dice.Roll(3)]
	}
	if r.odd(shareByline) {
		d.Authors = []string{[]string{"Alena Rudzko", "Siarhei Baranouski", "Maria Kavalchuk", "Ihar Dudko"}[r.dice.Roll(4)]}
	}
	r.age(&d)
	return d, r.assignment("en", d), r.odd(shareOtherSlug)
}

// russian is a Russian article in the English edition, beside its English twin.
func (r *recipe) russian() (Draft, prose.Assignment, bool) {
	d := Draft{
		Edition: editionEn, Lang: "ru", SectionID: r.section, Week: r.week, Verdict: r.verdict(),
		Second: r.second(), NoEdition: true,
	}
	return d, r.assignment(d.Lang, d), false
}

// belarusian is the translation of the article at path.
func (r *recipe) belarusian(path string) (Draft, prose.Assignment, bool) {
	d := Draft{
		Edition: editionBe, Lang: "ru", SectionID: r.sectionBe(), Week: r.week, TwinOf: path,
		Verdict: r.site.articles[path].newest().draft.Verdict, Second: r.second(),
		NoEdition: r.odd(shareNoEdition), Foreign: r.odd(shareForeign),
	}
	if d.Verdict == VerdictNone {
		d.Verdict = VerdictUnchanged
	}
	if r.odd(shareBelarusian) {
		d.Lang = "be"
	}
	if r.dice.Chance(shareCaption) {
		d.Caption = []string{"Фото: serhii nuzhnenko", "Фота: president.gov.by"}[r.dice.Roll(2)]
	}
	return d, r.assignment(d.Lang, d), r.odd(shareOtherSlug)
}

func (r *recipe) sectionBe() string {
	for _, s := range r.site.words.Sections {
		if s.En == r.section {
			return s.Be
		}
	}
	return r.section
}

func (r *recipe) verdict() Verdict {
	return []Verdict{VerdictUnchanged, VerdictUnchanged, VerdictWorse, VerdictBetter}[r.dice.Roll(4)]
}

// second puts the second headline where the site had it in that year.
func (r *recipe) second() Second {
	roll := r.dice.Roll(100)
	switch year := r.week.Year(); {
	case r.plain:
	case year <= 2017 && roll < 50, year == 2023 && roll < 25:
		return SecondNone
	case year >= 2024 && roll < 40:
		return SecondAfter
	}
	return SecondBefore
}

// age gives an article of the first years the sections and the layout of that time.
func (r *recipe) age(d *Draft) {
	old := r.week.Year() <= 2017 && r.odd(shareOldSection)
	older := r.week.Year() <= 2019 && r.odd(shareOlderLayout)
	kind := r.dice.Roll(4)
	if old {
		for slug, today := range r.site.words.OldSections {
			if today == r.section {
				d.SectionID, d.NoSection = slug, true
			}
		}
	}
	if !older {
		return
	}
	d.Layout, d.Second, d.Caption, d.Authors = LayoutOlder, SecondNone, "", nil
	switch kind {
	case 0:
		d.Layout, d.Verdict = LayoutOlderStamp, VerdictNone
	case 1:
		d.Verdict = VerdictNone
	}
}

func (r *recipe) assignment(lang string, d Draft) prose.Assignment {
	a := prose.Assignment{
		Lang: lang, Section: r.section, Monday: r.week, Seed: r.site.opts.Seed, Key: r.key,
		Paragraphs: r.paragraphs(lang, d),
		List:       r.dice.Chance(shareList), Bold: r.dice.Chance(shareBold),
	}
	if r.dice.Chance(shareLinks) {
		a.Links = r.links(d.Edition)
	}
	return a
}

// paragraphs chooses a length: mostly four to seven.
func (r *recipe) paragraphs(lang string, d Draft) int {
	roll := r.dice.Roll(100)
	switch {
	case lang == "be":
		return 3 + roll%3
	case roll < 4, d.NoSection && roll < 30:
		return 1
	case roll < 10:
		return 2 + roll%2
	case roll < 90:
		return 4 + roll%5
	}
	return 9 + roll%2
}

// links names an earlier article of the edition and a page elsewhere.
func (r *recipe) links(edition string) []string {
	out := []string{"https://www.example.org/" + r.section + "/" + r.week.Format("2006-01-02")}
	order := r.site.order
	for i := len(order) - 1 - r.dice.Roll(15); i >= 0; i-- {
		if order[i].edition == edition {
			return append(out, "/"+order[i].path)
		}
	}
	return out
}

// amend gives a published article the oddities that are not of its text.
func (r *recipe) amend(a *article) {
	if a.newest().draft.NoSection && r.dice.Chance(50) {
		a.listed = []string{r.section}
		a.addShape(ShapeForeignListing)
	}
	if r.odd(shareForeignList) {
		a.listed = []string{r.otherSection()}
		a.addShape(ShapeForeignListing)
	}
	if r.odd(shareSpellings) {
		a.addShape(ShapeTwoSpellings)
	}
}

func (r *recipe) otherSection() string {
	all := r.site.words.Sections
	for i, s := range all {
		if s.En == r.section {
			return all[(i+1)%len(all)].En
		}
	}
	return r.section
}
