package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"infocus/archive/diff"
)

//go:embed page.html.tmpl
var pageSource string

// pageTemplate escapes all text by the place it stands at.
var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.New("page").Parse(pageSource)
})

// HTML writes d as one self-contained page: no script, no other file, light and dark by the reader's setting. It shows both
// sides in one text and, at the reader's choice, side by side.
func HTML(w io.Writer, d *diff.Diff, p Page) error {
	page, err := pageTemplate()
	if err != nil {
		return fmt.Errorf("read page template: %w", err)
	}
	if err := page.Execute(w, newHTMLPage(d, p)); err != nil {
		return fmt.Errorf("write diff of %s: %w", d.ID, err)
	}
	return nil
}

// htmlPage is what the template shows.
type htmlPage struct {
	Page
	Diff            *diff.Diff
	Title           string
	Class           string
	Summary, Counts string
	Fields          []htmlField
	Stretches       []htmlStretch
	TextChanged     bool
}

type htmlField struct {
	Name, From, To, Class string
	Prose                 bool // in the language of the text
}

type htmlStretch struct {
	Fold bool
	Note string // of a fold
	Rows []htmlRow
}

type htmlRow struct {
	Kind             string // same, changed, gone, come, moved: a CSS class
	Label            string // what happened to the paragraph as a whole, in words
	Both             []htmlPiece
	Old, New         []htmlPiece
	HasOld, HasNew   bool
	OldMark, NewMark string // numbers of its paragraphs
}

// htmlPiece is a stretch of text with how it is shown.
type htmlPiece struct {
	Kind   string // same, del, ins, left, arrived, break
	Text   string
	Note   string // of a move: where to or from, in words
	Anchor string // of a move: this place, without the view's prefix
	Target string // the other place
	Edits  []htmlPiece
}

func newHTMLPage(d *diff.Diff, p Page) htmlPage {
	page := htmlPage{
		Page: p, Diff: d, Class: d.Class.String(), Summary: summary(d), Counts: counts(d.Words),
		Title: fmt.Sprintf("What changed from revision %d to %d", d.From, d.To), TextChanged: hasChange(d.Body),
	}
	if page.Headline == "" {
		page.Headline = d.ID
	}
	for _, f := range d.Fields {
		prose := f.Field != "trend"
		page.Fields = append(page.Fields, htmlField{fieldName(f.Field), f.From, f.To, f.Class.String(), prose})
	}
	rows := rowsOf(d.Body)
	at := placesOf(rows)
	for _, s := range folded(rows, 0) {
		h := htmlStretch{Fold: s.fold && page.TextChanged, Note: plural(len(s.rows), "paragraph") + " unchanged"}
		for _, r := range s.rows {
			h.Rows = append(h.Rows, newHTMLRow(r, at))
		}
		page.Stretches = append(page.Stretches, h)
	}
	return page
}

func hasChange(ops []diff.Op) bool {
	for _, op := range ops {
		if op.Kind != diff.OpEqual {
			return true
		}
	}
	return false
}

func newHTMLRow(r row, at places) htmlRow {
	h := htmlRow{Kind: rowKind(r), Label: rowLabel(r), OldMark: numbers(r.oldFrom, r.oldTo), NewMark: numbers(r.newFrom, r.newTo)}
	h.HasOld, h.HasNew = h.OldMark != "", h.NewMark != ""
	h.Both = htmlPieces(r.pieces, at, func(pieceKind) bool { return true })
	h.Old = htmlPieces(r.pieces, at, pieceKind.inOld)
	h.New = htmlPieces(r.pieces, at, pieceKind.inNew)
	return h
}

func rowKind(r row) string {
	if r.unchanged() {
		return "same"
	}
	switch kind, ok := r.only(); {
	case ok && kind == gone:
		return "gone"
	case ok && kind == come:
		return "come"
	case ok:
		return "moved"
	}
	return "changed"
}

func rowLabel(r row) string {
	oldParts, newParts := r.oldTo-r.oldFrom+1, r.newTo-r.newFrom+1
	switch kind, ok := r.only(); {
	case ok && kind == gone:
		return "Paragraph deleted"
	case ok && kind == come:
		return "Paragraph inserted"
	case ok && kind != same:
		return "Paragraph moved"
	case oldParts == 1 && newParts > 1:
		return fmt.Sprintf("Paragraph split into %d", newParts)
	case oldParts > 1 && newParts == 1:
		return fmt.Sprintf("%d paragraphs merged", oldParts)
	}
	return ""
}

func numbers(from, to int) string {
	switch {
	case to < from:
		return ""
	case to == from:
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d–%d", from, to)
}

// htmlPieces gives the pieces that are shown on one side, or on both.
func htmlPieces(pieces []piece, at places, shown func(pieceKind) bool) []htmlPiece {
	var list []htmlPiece
	for _, p := range pieces {
		if shown(p.kind) {
			list = append(list, newHTMLPiece(p, at))
		}
	}
	return list
}

func newHTMLPiece(p piece, at places) htmlPiece {
	h := htmlPiece{Text: p.text}
	switch p.kind {
	case gone:
		h.Kind = "del"
	case come:
		h.Kind = "ins"
	case left:
		h.Kind, h.Note = "left", fmt.Sprintf("moved to paragraph %d", at.new[p.move])
		h.Anchor, h.Target = fmt.Sprintf("from-%d", p.move), fmt.Sprintf("to-%d", p.move)
	case arrived:
		h.Kind, h.Note = "arrived", fmt.Sprintf("moved here from paragraph %d", at.old[p.move])
		h.Anchor, h.Target = fmt.Sprintf("to-%d", p.move), fmt.Sprintf("from-%d", p.move)
		h.Edits = htmlPieces(piecesOf(p.note.Edits), at, func(pieceKind) bool { return true })
	case oldBreak:
		h.Kind, h.Text = "break-del", "¶ "
	case newBreak:
		h.Kind, h.Text = "break-ins", "¶ "
	default:
		h.Kind = "same"
	}
	return h
}

// htmlView is a list of pieces in one of the two views; the view's name keeps anchors apart.
type htmlView struct {
	View   string
	Pieces []htmlPiece
}

// OneText is for the view that shows both sides in one text.
func (htmlPage) OneText(pieces []htmlPiece) htmlView { return htmlView{"one", pieces} }

// SideBySide is for the view with a column for each side.
func (htmlPage) SideBySide(pieces []htmlPiece) htmlView { return htmlView{"two", pieces} }

// With gives other pieces in the same view.
func (v htmlView) With(pieces []htmlPiece) htmlView { return htmlView{v.View, pieces} }
