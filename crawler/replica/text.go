package replica

import (
	"regexp"
	"strings"
)

// span is a run of text inside a block.
type span struct {
	Text string
	URL  string // where it is a link
	Bold bool
}

// block is a part of a text that stands by itself: a paragraph, a bold line or a list.
type block struct {
	Spans []span
	Bold  bool     // the whole paragraph is bold, like a heading
	Items [][]span // of a list; Spans is empty
}

// inlineMarkup finds links and bold words of the light markup.
var inlineMarkup = regexp.MustCompile(`\[([^\]]*)\]\(([^)]*)\)|\*\*([^*]+)\*\*`)

// parseSpans reads one paragraph of light markup.
func parseSpans(text string) []span {
	if !strings.Contains(text, "](") && !strings.Contains(text, "**") {
		return []span{{Text: text}}
	}
	var out []span
	at := 0
	for _, m := range inlineMarkup.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > at {
			out = append(out, span{Text: text[at:m[0]]})
		}
		if m[2] >= 0 {
			out = append(out, span{Text: text[m[2]:m[3]], URL: text[m[4]:m[5]]})
		} else {
			out = append(out, span{Text: text[m[6]:m[7]], Bold: true})
		}
		at = m[1]
	}
	if at < len(text) {
		out = append(out, span{Text: text[at:]})
	}
	return out
}

// parseBlocks reads paragraphs of light markup; list items in a row become one list.
func parseBlocks(paragraphs []string) []block {
	var out []block
	for _, p := range paragraphs {
		item, isItem := strings.CutPrefix(p, "- ")
		if !isItem {
			spans := parseSpans(p)
			out = append(out, block{Spans: spans, Bold: len(spans) == 1 && spans[0].Bold})
			continue
		}
		if len(out) == 0 || out[len(out)-1].Items == nil {
			out = append(out, block{})
		}
		last := &out[len(out)-1]
		last.Items = append(last.Items, parseSpans(item))
	}
	return out
}

// plain gives the words of one paragraph of light markup.
func plain(paragraph string) string {
	var b strings.Builder
	for _, s := range parseSpans(strings.TrimPrefix(paragraph, "- ")) {
		b.WriteString(s.Text)
	}
	return b.String()
}

// plainText gives the words of paragraphs, one blank line between.
func plainText(paragraphs []string) string {
	out := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		out[i] = plain(p)
	}
	return strings.Join(out, "\n\n")
}

// linksOf gives the addresses linked from paragraphs, each once, in order.
func linksOf(paragraphs []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, p := range paragraphs {
		for _, s := range parseSpans(p) {
			if s.URL != "" && !seen[s.URL] {
				seen[s.URL] = true
				out = append(out, s.URL)
			}
		}
	}
	return out
}

// teaser gives the first words of a text, as listings print them.
func teaser(text string, limit int) string {
	words, length := strings.Fields(text), 0
	for i, w := range words {
		if length += len([]rune(w)) + 1; length > limit {
			return strings.TrimRight(strings.Join(words[:i], " "), ".,;:") + "…"
		}
	}
	return text
}
