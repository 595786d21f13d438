package diff

import (
	"strings"

	"infocus/archive/diff/sentence"
)

// unit is a paragraph or a sentence of one side.
type unit struct {
	id       int32 // the same for the same text, in both texts
	from, to int   // bytes of the text
	t0, t1   int   // its tokens; none before the unit is cut
	weight   int   // sum of the weights of its tokens
	sep      sep   // what stands before it
}

// side is one of the two texts.
type side struct {
	text       string
	paragraphs []unit
	sentences  [][]unit // of each paragraph, nil until it is cut
	tokens     []token
}

// comparer holds what one comparison needs. It is used once.
type comparer struct {
	vocabulary
	spellings map[string]int32 // ids of paragraphs and sentences
	old, new  side
	likeness
	lookups int // of words in the texts, for their case
}

// Sizes to begin with; they only save growing.
const (
	expectedText  = 1 << 16
	bytesPerToken = 5
)

func newComparer(oldText, newText string) *comparer {
	c := &comparer{
		vocabulary: newVocabulary(min(len(oldText)+len(newText), expectedText)),
		spellings:  make(map[string]int32),
	}
	c.old = c.newSide(oldText)
	c.new = c.newSide(newText)
	return c
}

func (c *comparer) newSide(text string) side {
	s := side{text: text}
	before := glued
	for from := 0; from < len(text); {
		to := len(text)
		if n := strings.Index(text[from:], paragraphBreak); n >= 0 {
			to = from + n
		}
		s.paragraphs = append(s.paragraphs, unit{id: c.spelling(text[from:to]), from: from, to: to, sep: before})
		from, before = to+len(paragraphBreak), parted
	}
	s.sentences = make([][]unit, len(s.paragraphs))
	s.tokens = make([]token, 0, min(len(text), expectedText)/bytesPerToken)
	return s
}

func (c *comparer) spelling(text string) int32 {
	id, ok := c.spellings[text]
	if !ok {
		id = int32(len(c.spellings)) //nolint:gosec // bounded by the length of the text
		c.spellings[text] = id
	}
	return id
}

// cut parts paragraph i into sentences and tokens, once.
func (c *comparer) cut(s *side, i int) []unit {
	if s.sentences[i] != nil {
		return s.sentences[i]
	}
	p := &s.paragraphs[i]
	p.t0 = len(s.tokens)
	from, before := p.from, p.sep
	texts := sentence.Split(s.text[p.from:p.to])
	units := make([]unit, len(texts))
	for k, text := range texts {
		u := unit{id: c.spelling(text), from: from, to: from + len(text), sep: before, t0: len(s.tokens)}
		s.tokens = c.appendTokens(s.tokens, s.text, u.from, u.to, before)
		u.t1 = len(s.tokens)
		for _, t := range s.tokens[u.t0:] {
			u.weight += int(c.weights[t.id])
		}
		p.weight += u.weight
		units[k] = u
		from, before = u.to+1, blank
	}
	p.t1 = len(s.tokens)
	s.sentences[i] = units
	return units
}
