package render

import (
	"fmt"
	"io"
	"strings"

	"infocus/archive/diff"
)

// TerminalOptions say how a diff looks in a terminal.
type TerminalOptions struct {
	Color   bool // ANSI colours; without them, changes read [-old-]{+new+}
	Width   int  // columns to wrap at; 0 means no wrapping
	Context int  // unchanged paragraphs shown on either side of a change; the others fold
}

// Terminal writes d for a terminal. Control characters of the texts are shown as "�", so that no text can play with the
// terminal.
func Terminal(w io.Writer, d *diff.Diff, p Page, o TerminalOptions) error {
	t := terminal{TerminalOptions: o}
	t.head(d, p)
	t.fields(d.Fields)
	rows := rowsOf(d.Body)
	t.places = placesOf(rows)
	for _, s := range folded(rows, o.Context) {
		if s.fold {
			t.line("", styled{text: "(" + plural(len(s.rows), "paragraph") + " unchanged)", style: dim})
			t.out.WriteByte('\n')
			continue
		}
		for _, r := range s.rows {
			t.row(r)
		}
	}
	if _, err := io.WriteString(w, strings.TrimRight(t.out.String(), "\n")+"\n"); err != nil {
		return fmt.Errorf("write diff of %s: %w", d.ID, err)
	}
	return nil
}

type terminal struct {
	TerminalOptions
	places places
	out    strings.Builder
}

func (t *terminal) head(d *diff.Diff, p Page) {
	t.line("", styled{text: d.ID, style: bold})
	t.line("", styled{text: fmt.Sprintf("revision %d%s → %d%s", d.From, inBrackets(p.FromSeen), d.To, inBrackets(p.ToSeen))})
	t.line("", styled{text: summary(d), style: bold})
	t.line("", styled{text: counts(d.Words)})
	t.out.WriteByte('\n')
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

func (t *terminal) fields(fields []diff.FieldChange) {
	for _, f := range fields {
		t.line("  ", styled{text: fieldName(f.Field) + ": ", style: bold}, styled{text: f.From, style: deleted},
			styled{text: " → "}, styled{text: f.To, style: inserted}, styled{text: " (" + f.Class.String() + ")", style: dim})
	}
	if len(fields) > 0 {
		t.out.WriteByte('\n')
	}
}

// row writes one row with a sign in front: " " the same, "~" changed, "-" gone, "+" new, ">" moved.
func (t *terminal) row(r row) {
	var list []styled
	for i, p := range r.pieces {
		if p.kind == same && !r.unchanged() {
			p.text = elided(p.text, i == 0, i == len(r.pieces)-1)
		}
		list = t.piece(list, p)
	}
	t.line(sign(r)+" ", list...)
	t.out.WriteByte('\n')
}

// Unchanged stretches inside a changed paragraph fold beyond so many words, down to so many on the side of a change.
const (
	foldedWords = 60
	keptWords   = 20
)

// elided folds the middle of a long unchanged stretch; at the start or end of a paragraph, what is far from the change.
func elided(text string, first, last bool) string {
	words := strings.Split(text, " ")
	if len(words) <= foldedWords {
		return text
	}
	head, tail := keptWords, keptWords
	if first {
		head = 0
	}
	if last {
		tail = 0
	}
	note := fmt.Sprintf("(… %d words unchanged …)", len(words)-head-tail)
	kept := append(append(words[:head:head], note), words[len(words)-tail:]...)
	return strings.Join(kept, " ")
}

func sign(r row) string {
	kind, ok := r.only()
	switch {
	case !ok:
		return "~"
	case kind == gone:
		return "-"
	case kind == come:
		return "+"
	case kind == left, kind == arrived:
		return ">"
	}
	return " "
}

// piece appends a piece as styled text.
func (t *terminal) piece(list []styled, p piece) []styled {
	switch p.kind {
	case gone:
		return append(list, t.mark(p.text, deleted))
	case come:
		return append(list, t.mark(p.text, inserted))
	case left:
		note := fmt.Sprintf("[moved to paragraph %d: ", t.places.new[p.move])
		return append(list, styled{text: note, style: moved}, styled{text: p.text, style: moved}, styled{text: "]", style: moved})
	case arrived:
		list = append(list, styled{text: fmt.Sprintf("[moved from paragraph %d: ", t.places.old[p.move]), style: moved})
		if p.note.Edits == nil {
			return append(list, styled{text: p.text, style: moved}, styled{text: "]", style: moved})
		}
		for _, inner := range piecesOf(p.note.Edits) {
			list = t.piece(list, inner)
		}
		return append(list, styled{text: "]", style: moved})
	case oldBreak:
		return append(list, t.mark("¶", deleted), styled{text: " "})
	case newBreak:
		return append(list, t.mark("¶", inserted), styled{text: " "})
	}
	return append(list, styled{text: p.text})
}

// mark puts the brackets of plain text around a change.
func (t *terminal) mark(text string, s style) styled {
	if t.Color {
		return styled{text: text, style: s}
	}
	if s == deleted {
		return styled{text: "[-" + text + "-]"}
	}
	return styled{text: "{+" + text + "+}"}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
