package extract

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"infocus/extract/fold"
)

// authors sets the authors from the bylines between the head's first line and the lead.
func (r *reader) authors(a *Article, t *run) {
	if names, ok := r.selectedText(r.e.profile.Selectors.Byline); ok && len(names) <= maxFact {
		if bare, ok := r.e.profile.Byline(names); ok {
			names = bare
		}
		a.Authors = splitNames(norm.NFC.String(names))
		r.t.say("authors", names, "selector "+r.e.profile.Selectors.Byline.Text)
		return
	}
	first, last := r.span(t.head)
	for i := max(0, first); i < last; i++ {
		if !r.lines[i].kind.has(isByline) && !r.d.blocks[i].flags.has(inLabel) || r.d.blocks[i].flags.has(isHidden|chromeLandmarks) {
			continue
		}
		if names, ok := r.e.profile.Byline(r.bylineAt(i)); ok {
			a.Authors = append(a.Authors, splitNames(norm.NFC.String(names))...)
			r.t.say("authors", names, "a byline before the lead")
		}
	}
}

// bylineAt gives line i, and the name in the next cell behind a label that is the word of a byline: "Author", "Valeria Kostyugova".
func (r *reader) bylineAt(i int) string {
	text := r.d.blocks[i].text
	if next := r.beside(i, +1); r.d.blocks[i].flags.has(inLabel) && next >= 0 && r.d.blocks[next].flags.has(inCell) && !r.lines[next].kind.has(isByline) && len(r.d.blocks[next].text) <= maxFact {
		return text + " " + r.d.blocks[next].text
	}
	return text
}

// splitNames parts a list of names.
func splitNames(names string) []string {
	for _, word := range [...]string{" and ", " & ", ";", " і ", " и ", " ды ", " / "} {
		names = strings.ReplaceAll(names, word, ",")
	}
	var out []string
	for name := range strings.SplitSeq(names, ",") {
		if name = strings.Trim(name, " .,"); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// caption sets the caption of the picture: a figure's caption or a credit near the head. The headline, which often stands under
// the picture too, is none.
func (r *reader) caption(a *Article, t *run) {
	if text, ok := r.selectedText(r.e.profile.Selectors.Caption); ok && len(text) <= maxLine {
		if a.Caption = norm.NFC.String(r.withoutHeadline(t, text)); a.Caption != "" {
			r.t.say("caption", a.Caption, "selector "+r.e.profile.Selectors.Caption.Text)
			return
		}
	}
	first, lead := r.span(t.head)
	for i := max(0, first-captionReach); i < len(r.lines) && i <= t.parts[len(t.parts)-1]+1; i++ {
		b, kind := &r.d.blocks[i], r.lines[i].kind
		if b.flags.has(isHidden|chromeLandmarks|inAside) || i == t.head.headline || t.holds(i) {
			continue
		}
		if !b.flags.has(inCaption) && !kind.has(isCredit) && !(i < lead && kind == 0 && r.underPicture(i)) {
			continue
		}
		if text := r.withoutHeadline(t, b.text); text != "" {
			a.Caption = norm.NFC.String(text)
			r.t.say("caption", a.Caption, "the caption of a picture")
			return
		}
	}
	r.captionOfAlt(a, t)
}

// captionReach is how far before the head a picture's caption may stand, in lines.
const captionReach = 2

// captionOfAlt takes a credit from the words that stand for a picture.
func (r *reader) captionOfAlt(a *Article, t *run) {
	for i := range r.d.alts {
		alt := &r.d.alts[i]
		if alt.block < t.head.headline || alt.block > t.head.lead+1 || !r.e.profile.Caption(alt.text) {
			continue
		}
		if text := r.withoutHeadline(t, alt.text); text != "" {
			a.Caption = norm.NFC.String(text)
			r.t.say("caption", a.Caption, "words that stand for a picture")
			return
		}
	}
}

// underPicture says whether line i stands in the box of a picture right before it. The signs in a trail of links are pictures too.
func (r *reader) underPicture(i int) bool {
	if b := &r.d.blocks[i]; b.linked > 0 && len(b.anchors) > 1 || r.hintOf(b.elem) == hintChrome {
		return false
	}
	for k := range r.d.pictures {
		p, x := &r.d.pictures[k], r.d.blocks[i].elem
		if p.block == i && (r.d.holds(p.elem, x) || r.d.parent(p.elem) == r.d.parent(x)) {
			return true
		}
	}
	return false
}

// withoutHeadline takes the headline off the beginning of a caption.
func (r *reader) withoutHeadline(t *run, text string) string {
	if fold.Key(text) == t.key {
		return ""
	}
	if end, ok := fold.After(text, t.key); ok {
		return strings.TrimLeftFunc(text[end:], func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '©' && c != '(' })
	}
	return text
}
