package replica

import (
	"fmt"
	"path"
	"strings"
	"time"
)

// manuscript is an article of content/articles: a Draft with its place in the corpus.
type manuscript struct {
	Draft
	name   string // of the file, without extension
	twin   string // name of the manuscript of the other edition
	listed string // section that lists it instead of its own
	extra  bool   // stands beside the generated article of its week and section, not in its place
	shapes []Shape
}

func readManuscripts() ([]manuscript, error) {
	const folder = "content/articles"
	entries, err := contentFiles.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", folder, err)
	}
	out := make([]manuscript, 0, len(entries))
	for _, e := range entries {
		text, err := contentFiles.ReadFile(path.Join(folder, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", e.Name(), err)
		}
		m, err := parseManuscript(string(text))
		if err != nil {
			return nil, fmt.Errorf("parse %s: %w", e.Name(), err)
		}
		m.name = strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		out = append(out, m)
	}
	return out, nil
}

// parseManuscript reads header lines "key: value", a blank line, and paragraphs parted by blank lines;
// a line that starts with "- " is a paragraph of its own.
func parseManuscript(text string) (manuscript, error) {
	var m manuscript
	head, body, found := strings.Cut(text, "\n\n")
	if !found {
		return m, fmt.Errorf("no blank line after the header")
	}
	for line := range strings.Lines(head) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			return m, fmt.Errorf("header line %q: no key", line)
		}
		if err := m.set(key, value); err != nil {
			return m, err
		}
	}
	m.Paragraphs = splitParagraphs(body)
	m.shapes = append(m.shapes, ShapeHandWritten)
	return m, nil
}

func splitParagraphs(body string) []string {
	var out, lines []string
	flush := func() {
		if len(lines) > 0 {
			out = append(out, strings.Join(lines, " "))
		}
		lines = nil
	}
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "- ") {
			flush()
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	flush()
	return out
}

func (m *manuscript) set(key, value string) (err error) {
	switch key {
	case "edition":
		m.Edition = value
	case "lang":
		m.Lang = value
	case "section":
		m.SectionID = value
	case "week":
		m.Week, err = time.Parse(time.DateOnly, value)
	case "period":
		m.PeriodText = value
	case "verdict":
		m.Verdict = Verdict(value)
	case "headline":
		m.Headline = value
	case "slug":
		m.Slug = value
	case "second":
		m.Second = Second(value)
	case "caption":
		m.Caption = value
	case "author":
		m.Authors = append(m.Authors, value)
	case "no-edition":
		m.NoEdition = true
	case "twin":
		m.twin = value
	case "listed":
		m.listed = value
	case "extra":
		m.extra = true
	case "shape":
		m.shapes = append(m.shapes, Shape(value))
	default:
		err = fmt.Errorf("unknown header %q", key)
	}
	return err
}
