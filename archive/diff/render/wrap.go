package render

import (
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// styled is text of one style.
type styled struct {
	text  string
	style style
}

// style is how text looks in a terminal.
type style uint8

const (
	plain style = iota
	bold
	dim
	deleted
	inserted
	moved
)

// sgr gives the ANSI sequence that turns a style on. Deleted is struck out and inserted underlined, for those who cannot
// tell red from green.
func (s style) sgr() string {
	switch s {
	case bold:
		return "\x1b[1m"
	case dim:
		return "\x1b[2m"
	case deleted:
		return "\x1b[31;9m"
	case inserted:
		return "\x1b[32;4m"
	case moved:
		return "\x1b[36m"
	}
	return ""
}

const sgrReset = "\x1b[0m"

// cell is one rune with its style.
type cell struct {
	r     rune
	style style
}

// line writes styled text as one line, wrapped at blanks where it is wider than the terminal. The first line begins with
// lead, the others with as many blanks.
func (t *terminal) line(lead string, texts ...styled) {
	var cells []cell
	for _, s := range texts {
		for _, r := range s.text {
			cells = append(cells, cell{harmless(r), s.style})
		}
	}
	t.out.WriteString(lead)
	indent := strings.Repeat(" ", len(lead))
	for room := t.Width - len(lead); ; {
		n := lineEnd(cells, room)
		t.write(cells[:n])
		t.out.WriteByte('\n')
		cells = cells[n:]
		for len(cells) > 0 && cells[0].r == ' ' {
			cells = cells[1:]
		}
		if len(cells) == 0 {
			return
		}
		t.out.WriteString(indent)
	}
}

// lineEnd gives the number of cells that fit: up to the last blank within room columns, or one word that is wider.
func lineEnd(cells []cell, room int) int {
	if room <= 0 {
		return len(cells)
	}
	width, end := 0, 0
	for i, c := range cells {
		if c.r == ' ' {
			end = i
		}
		width += runewidth.RuneWidth(c.r)
		if width > room && end > 0 {
			return end
		}
	}
	return len(cells)
}

func (t *terminal) write(cells []cell) {
	current := plain
	for _, c := range cells {
		if t.Color && c.style != current {
			if current != plain {
				t.out.WriteString(sgrReset)
			}
			t.out.WriteString(c.style.sgr())
			current = c.style
		}
		t.out.WriteRune(c.r)
	}
	if current != plain {
		t.out.WriteString(sgrReset)
	}
}

// harmless replaces what a terminal would obey rather than show.
func harmless(r rune) rune {
	if unicode.IsControl(r) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
		return unicode.ReplacementChar
	}
	return r
}
