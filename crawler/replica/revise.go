package replica

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"infocus/crawler/replica/prose"
)

// EditKind names a kind of edit that Revise makes.
type EditKind string

// The kinds of edit.
const (
	EditTypography EditKind = "typography" // other quotation marks and dashes
	EditNumber     EditKind = "number"     // one number of the text
	EditVerdict    EditKind = "verdict"    // and nothing else
	EditHeadline   EditKind = "headline"   // and not the address
	EditInsert     EditKind = "insert"     // one more paragraph before the last
	EditRemove     EditKind = "remove"     // the paragraph after the lead
	EditMove       EditKind = "move"       // the paragraph after the lead to the end
	EditRewrite    EditKind = "rewrite"    // the whole text
	EditWithdraw   EditKind = "withdraw"   // the text gives way to one sentence
)

// EditKinds gives all kinds, in a fixed order.
func EditKinds() []EditKind {
	return []EditKind{
		EditTypography, EditNumber, EditVerdict, EditHeadline, EditInsert, EditRemove, EditMove,
		EditRewrite, EditWithdraw,
	}
}

// Revise makes an edit of a kind that a newsroom might make; the same one each time. An article that
// has nothing to edit in that way (no number, too few paragraphs) stays as it is, with an error.
func (s *Site) Revise(path string, kind EditKind) (Truth, error) {
	before, ok := s.Article(path)
	if !ok {
		return Truth{}, fmt.Errorf("revise %s: %w", path, ErrUnknownArticle)
	}
	after, err := s.Edit(path, func(d *Draft) { s.revise(d, kind, fmt.Sprintf("%s/%d", before.Path, before.Revision)) })
	if err == nil && after.Revision == before.Revision {
		err = fmt.Errorf("revise %s: there is nothing to edit by %q", path, kind)
	}
	return after, err
}

// number is one of two to four digits that stands by itself.
var number = regexp.MustCompile(`\b[1-9]\d{1,3}\b`)

func (s *Site) revise(d *Draft, kind EditKind, key string) {
	last := len(d.Paragraphs) - 1
	switch kind {
	case EditTypography:
		marks := strings.NewReplacer("“", `"`, "”", `"`, "«", `"`, "»", `"`, " – ", " — ", "'", "’")
		for i, p := range d.Paragraphs {
			if !strings.Contains(p, "](") {
				d.Paragraphs[i] = marks.Replace(p)
			}
		}
	case EditNumber:
		reviseNumber(d.Paragraphs)
	case EditVerdict:
		next := map[Verdict]Verdict{VerdictUnchanged: VerdictWorse, VerdictWorse: VerdictBetter, VerdictBetter: VerdictUnchanged}
		d.Verdict = next[d.Verdict]
	case EditHeadline:
		d.Headline = s.writer.Headline(s.another(d, key, 1))
	case EditInsert:
		d.Paragraphs = slices.Insert(d.Paragraphs, max(last, 1), s.writer.Paragraphs(s.another(d, key, 3))[1])
	case EditRemove:
		if last >= 2 {
			d.Paragraphs = slices.Delete(d.Paragraphs, 1, 2)
		}
	case EditMove:
		if last >= 2 {
			d.Paragraphs = append(slices.Delete(slices.Clone(d.Paragraphs), 1, 2), d.Paragraphs[1])
		}
	case EditRewrite:
		d.Paragraphs = s.writer.Paragraphs(s.another(d, key, len(d.Paragraphs)))
	case EditWithdraw:
		d.Paragraphs = []string{map[string]string{"ru": "Текст снят с публикации.", "be": "Тэкст зняты з публікацыі."}[d.Lang]}
		if d.Paragraphs[0] == "" {
			d.Paragraphs[0] = "This text has been withdrawn."
		}
	}
}

// another is an assignment for more text of the draft's section and week.
func (s *Site) another(d *Draft, key string, paragraphs int) prose.Assignment {
	return prose.Assignment{
		Lang: d.Lang, Section: s.words.today(d.SectionID), Monday: monday(d.Week), Seed: s.opts.Seed,
		Key: "revise/" + key, Paragraphs: paragraphs,
	}
}

// reviseNumber raises the first number after the lead by a few.
func reviseNumber(paragraphs []string) {
	for i, p := range paragraphs[1:] {
		at := number.FindStringIndex(p)
		if at == nil || strings.Contains(p, "](") {
			continue
		}
		n, err := strconv.Atoi(p[at[0]:at[1]])
		if err != nil {
			continue
		}
		paragraphs[i+1] = p[:at[0]] + strconv.Itoa(n+3) + p[at[1]:]
		return
	}
}
