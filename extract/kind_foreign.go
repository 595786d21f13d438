package extract

import (
	"strings"

	"infocus/extract/fold"
	"infocus/extract/profile"
)

// foreignWords tells pages that are not of the site's making by their words.
type foreignWords struct {
	whole map[string]foreign       // a title, heading or line that is nothing else
	parts map[string][]foreignPart // phrases long enough to be found inside one, by their first word
}

// foreign is a kind of page and the words that tell it.
type foreign struct {
	kind    Kind
	missing bool // "page not found" with status 200
	words   string
}

// foreignPart is a phrase by its key.
type foreignPart struct {
	key string
	foreign
}

// minPart is the least length, in bytes, of a key that is looked for inside longer lines.
const minPart = 16

// newForeignWords enters the words known for every site and those of a profile.
func newForeignWords(p *profile.Profile) foreignWords {
	f := foreignWords{whole: map[string]foreign{}, parts: map[string][]foreignPart{}}
	f.add(foreign{kind: KindInterstitial}, interstitialWords(), p.Phrases.Interstitial)
	f.add(foreign{kind: KindLogin}, loginWords(), p.Phrases.Login)
	f.add(foreign{kind: KindParked}, parkedWords(), p.Phrases.Parked)
	f.add(foreign{kind: KindOther, missing: true}, missingWords(), p.Phrases.NotFound)
	return f
}

// add enters lists of phrases.
func (f *foreignWords) add(what foreign, lists ...[]string) {
	for _, list := range lists {
		for _, words := range list {
			what.words = words
			key := fold.Key(words)
			f.whole[key] = what
			if first, _, several := strings.Cut(key, " "); several && len(key) >= minPart {
				f.parts[first] = append(f.parts[first], foreignPart{key, what})
			}
		}
	}
}

// find looks a line up: whole first, then for phrases inside.
func (f *foreignWords) find(line string) (foreign, bool) {
	var room [256]byte
	key := string(fold.AppendKey(room[:0], line))
	if what, ok := f.whole[key]; ok {
		return what, true
	}
	for rest := key; rest != ""; {
		first, after, _ := strings.Cut(rest, " ")
		for _, p := range f.parts[first] {
			if strings.HasPrefix(rest, p.key) {
				return p.foreign, true
			}
		}
		rest = after
	}
	return foreign{}, false
}

// bulk is how much a page says, in bytes.
type bulk struct {
	words    int // all text that is shown
	linked   int // of it, what is linked
	free     int // of it, what is neither linked nor a phrase of the site nor in menus and footers
	longest  int // longest paragraph that is neither linked nor a phrase of the site
	verdicts int // blocks that are a verdict: no page but the site's own has one, and an article has one only
}

// Bounds under which a page says so little that a phrase tells what it is, in bytes.
const (
	littleProse = 500  // the longest paragraph of a page that is not of the site's making
	littleText  = 4000 // all its words
	tinyText    = 600  // words of a page that only runs a script
	loginText   = 1500 // words of a page that is little but its password field
	shortLine   = 240
)

// measure weighs the words of a page.
func measure(d *document) bulk {
	var m bulk
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.flags.has(isHidden) {
			continue
		}
		m.words += len(b.text)
		m.linked += b.linked
		if b.hasMeans {
			if b.means.Use.Has(profile.UseVerdict) {
				m.verdicts++
			}
			continue
		}
		m.longest = max(m.longest, len(b.text)-b.linked)
		if !b.flags.has(inNav | inFooter) {
			m.free += len(b.text) - b.linked
		}
	}
	return m
}

// foreignKind judges a page before it is read as an article: one that is not of the site's making (interstitial,
// log-in, parked, empty), one that says there is no page, and a listing that holds articles whole. "" goes on.
func (e *Extractor) foreignKind(d *document) (Kind, string) {
	m := measure(d)
	if m.words == 0 {
		return e.wordless(d)
	}
	if m.verdicts == 0 && m.longest < littleProse {
		if kind, reason := e.foreignByWords(d, m); kind != "" {
			return kind, reason
		}
	}
	if m.verdicts == 1 {
		return "", ""
	}
	if reason, ok := e.survey(d).holdsArticles(); ok {
		return KindListing, e.linksReason(d, reason)
	}
	return "", ""
}

// wordless judges a page without words: a script that tests the browser, a frame, or nothing.
func (e *Extractor) wordless(d *document) (Kind, string) {
	if what := challengeMark(d.page.Body); what != "" {
		return KindInterstitial, "no words, and a script that tests the browser: " + what
	}
	if words, ok := noscriptWords(d); ok {
		if f, ok := e.foreign.find(words); ok && f.kind == KindInterstitial || strings.Contains(fold.Key(words), "javascript") {
			return KindInterstitial, "no words without a script: " + words
		}
	}
	return KindEmpty, "no words"
}

// foreignByWords judges a page of little text by its title, its headings, its short lines and its fields.
func (e *Extractor) foreignByWords(d *document, m bulk) (Kind, string) {
	f, where, ok := e.foreignLine(d, m)
	password := hasPassword(d)
	switch {
	case !ok:
	case f.missing:
		return KindOther, "says that there is no page: " + f.words
	case f.kind == KindLogin:
		if isLogin(m, where, password) {
			return KindLogin, where + ` says "` + f.words + `"`
		}
	case m.words < littleText:
		return f.kind, where + ` says "` + f.words + `"`
	}
	little := m.words < loginText && m.linked <= max(m.free, shortLine)
	if password && (little || strings.Contains(d.addr.Path, "wp-login")) {
		return KindLogin, "a field for a password and little else"
	}
	if m.words < tinyText {
		return smallPage(d)
	}
	return "", ""
}

// Where words of a foreign page stand.
const (
	inTitle   = "the title"
	inHeading = "a heading"
	inLine    = "a line"
)

// isLogin says whether words such as "Log in" tell the page and not a link or a box of it.
func isLogin(m bulk, where string, password bool) bool {
	switch {
	case !password:
		return m.words <= tinyText
	case where == inTitle:
		return m.free <= loginText
	}
	return m.words <= loginText
}

// smallPage judges a page of next to no words: a challenge, or one that sends the browser on.
func smallPage(d *document) (Kind, string) {
	if what := challengeMark(d.page.Body); what != "" {
		return KindInterstitial, "few words, and a script that tests the browser: " + what
	}
	if to := refreshTarget(d.meta("refresh")); to != "" {
		return KindOther, "sends the browser on to " + to
	}
	return "", ""
}

// foreignLine looks for words of a foreign page: first in the title and headings, then in the short lines of a page
// with few of them.
func (e *Extractor) foreignLine(d *document, m bulk) (f foreign, where string, ok bool) {
	for _, part := range titleSegments(d.title, e.profile.Title) {
		if f, ok := e.foreign.find(part); ok {
			return f, inTitle, true
		}
	}
	lines := 0
	for i := range d.blocks {
		b := &d.blocks[i]
		heads := b.level == 1 || b.level == 2 || b.flags.has(isBold)
		if b.flags.has(isHidden|inNav|inFooter) || b.hasMeans || len(b.text) > shortLine || !heads && m.words >= littleText {
			continue
		}
		if lines++; lines > maxLines {
			break
		}
		f, ok := e.foreign.find(b.text)
		switch {
		case ok && (heads || lines == 1 && b.linked == 0):
			return f, inHeading, true
		case ok && tellsInLine(f, b, m):
			return f, inLine, true
		}
	}
	return foreign{}, "", false
}

// maxLines bounds the lines that are looked up.
const maxLines = 60

// tellsInLine says whether words tell the page when they are no heading. Those for a missing page and a log-in do not: a
// box may have found nothing, a link may lead to the log-in.
func tellsInLine(f foreign, b *block, m bulk) bool {
	return !f.missing && f.kind != KindLogin && (b.linked == 0 || f.kind == KindParked) && m.words <= littleText/2
}

// titleSegments gives a title, what it says beside the name of the site, and its parts between separators.
func titleSegments(title, site string) []string {
	if title == "" {
		return nil
	}
	parts := []string{title}
	if site != "" && strings.Contains(title, site) {
		parts = append(parts, strings.Replace(title, site, "", 1))
	}
	rest := title
	for rest != "" {
		i := strings.IndexAny(rest, "|–—‹›«»·")
		if j := strings.Index(rest, " - "); j >= 0 && (i < 0 || j < i) {
			i = j
		}
		if i < 0 {
			break
		}
		parts = append(parts, rest[:i])
		rest = strings.TrimLeft(rest[i:], "|–—‹›«»· -")
	}
	if rest != title && rest != "" {
		parts = append(parts, rest)
	}
	return parts
}

// hasPassword says whether the page has a field for a password.
func hasPassword(d *document) bool {
	for i := range d.ctrls {
		if d.ctrls[i].kind == "password" {
			return true
		}
	}
	return false
}
