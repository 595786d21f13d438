package prose

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDepth bounds how deep lists may name each other.
const maxDepth = 12

// Grammar is a set of named lists of alternatives; the notation stands at the head of en.txt.
type Grammar struct {
	lists map[string][]template
}

// template is one alternative: its forms, each a sequence of words and slots.
type template struct{ forms [][]part }

// part is either plain words or a slot.
type part struct {
	words     string
	list      string // "" in plain words and numbers
	form      int
	keep      string // name under which the choice is kept
	recall    bool   // use the kept choice
	capital   bool
	low, high int // a number, where high > 0
}

// Parse reads a grammar. An unknown list, a form that is not there or a number range upside down is
// an error that names its line.
func Parse(text string) (*Grammar, error) {
	g := &Grammar{lists: map[string][]template{}}
	name, number := "", 0
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		number++
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			name = line[1 : len(line)-1]
		case name == "":
			return nil, fmt.Errorf("line %d: words before the first [name]", number)
		default:
			t, err := parseTemplate(line)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
			g.lists[name] = append(g.lists[name], t)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read grammar: %w", err)
	}
	if err := g.check(); err != nil {
		return nil, err
	}
	return g, nil
}

func parseTemplate(line string) (template, error) {
	var t template
	for _, form := range strings.Split(line, " | ") {
		parts, err := parseParts(form)
		if err != nil {
			return template{}, err
		}
		t.forms = append(t.forms, parts)
	}
	return t, nil
}

func parseParts(text string) ([]part, error) {
	var parts []part
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return append(parts, part{words: text}), nil
		}
		if open > 0 {
			parts = append(parts, part{words: text[:open]})
		}
		end := strings.IndexByte(text, '}')
		if end < open {
			return nil, fmt.Errorf("slot without end in %q", text)
		}
		slot, err := parseSlot(text[open+1 : end])
		if err != nil {
			return nil, err
		}
		parts, text = append(parts, slot), text[end+1:]
	}
	return parts, nil
}

func parseSlot(s string) (part, error) {
	if low, high, ok := strings.Cut(s, "-"); ok && s[0] >= '0' && s[0] <= '9' {
		return parseNumber(low, high)
	}
	var p part
	if rest, ok := strings.CutPrefix(s, "^"); ok {
		p.capital, s = true, rest
	}
	if rest, ok := strings.CutPrefix(s, "="); ok {
		p.recall, s = true, rest
		p.keep = rest
	}
	s, keep, _ := strings.Cut(s, "=")
	if keep != "" {
		p.keep = keep
	}
	name, form, found := strings.Cut(s, ".")
	if n, err := strconv.Atoi(form); found && err == nil {
		p.form, s = n, name
	}
	if s == "" {
		return part{}, fmt.Errorf("empty slot")
	}
	p.list = s
	return p, nil
}

func parseNumber(low, high string) (part, error) {
	a, errA := strconv.Atoi(low)
	b, errB := strconv.Atoi(high)
	if errA != nil || errB != nil || b < a || b == 0 {
		return part{}, fmt.Errorf("no number range: %s-%s", low, high)
	}
	return part{low: a, high: b}, nil
}

// check says whether every slot can be filled.
func (g *Grammar) check() error {
	for name, list := range g.lists {
		for _, t := range list {
			for _, form := range t.forms {
				for _, p := range form {
					if err := g.checkPart(p); err != nil {
						return fmt.Errorf("list %s: %w", name, err)
					}
				}
			}
		}
	}
	return nil
}

func (g *Grammar) checkPart(p part) error {
	if p.list == "" || p.recall || given(p.list) {
		return nil
	}
	list, ok := g.lists[p.list]
	if !ok {
		return fmt.Errorf("slot {%s}: no such list", p.list)
	}
	for _, t := range list {
		if len(t.forms) > 1 && p.form >= len(t.forms) {
			return fmt.Errorf("slot {%s.%d}: no such form", p.list, p.form)
		}
	}
	return nil
}

// expansion is one text being written.
type expansion struct {
	g     *Grammar
	dice  *Dice
	dates Dates
	kept  map[string]template
	used  map[string][]int // alternatives of this sentence
	spent map[string][]int // sentences of this text
}

// begin makes ready for a sentence of the list.
func (e *expansion) begin(list string) {
	e.kept, e.used = map[string]template{}, map[string][]int{list: e.spent[list]}
}

func (e *expansion) list(name string, form, depth int) string {
	if depth > maxDepth {
		return ""
	}
	t, ok := e.pick(name, depth)
	if !ok {
		return ""
	}
	return e.template(t, form, depth)
}

// pick takes an alternative that the sentence (at depth 0: the text) does not hold yet, as long as
// a few rolls find one.
func (e *expansion) pick(name string, depth int) (template, bool) {
	list := e.g.lists[name]
	if len(list) == 0 {
		return template{}, false
	}
	n := e.dice.Roll(len(list))
	for try := 0; try < 6 && slices.Contains(e.used[name], n); try++ {
		n = e.dice.Roll(len(list))
	}
	e.used[name] = append(e.used[name], n)
	if depth == 0 {
		e.spent[name] = append(e.spent[name], n)
	}
	return list[n], true
}

func (e *expansion) template(t template, form, depth int) string {
	if form >= len(t.forms) {
		form = 0
	}
	var b strings.Builder
	for _, p := range t.forms[form] {
		b.WriteString(e.part(p, depth))
	}
	return b.String()
}

func (e *expansion) part(p part, depth int) string {
	text := p.words
	switch {
	case p.high > 0:
		text = strconv.Itoa(e.dice.Between(p.low, p.high))
	case p.list == "":
	case p.recall:
		text = e.template(e.kept[p.keep], p.form, depth+1)
	case given(p.list):
		text = e.dates.word(p.list, p.form, e.dice)
	case p.keep != "":
		e.kept[p.keep], _ = e.pick(p.list, depth+1)
		text = e.template(e.kept[p.keep], p.form, depth+1)
	default:
		text = e.list(p.list, p.form, depth+1)
	}
	if p.capital {
		return Capital(text)
	}
	return text
}

// Capital gives text with its first letter in upper case.
func Capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}
