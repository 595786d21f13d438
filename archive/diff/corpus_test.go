package diff

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// corpusPair is one pair of revisions with what its diff has to say.
type corpusPair struct {
	Kind      string
	Class     string
	Moves     int
	Breaks    int
	Fields    []string
	Loose     bool // the changes may be cut otherwise than marked
	TakenDown bool `yaml:"taken_down"`
	From, To  struct {
		Headline, Trend, Section, Period string
		Authors                          []string
	}
	Text, Old, New string
}

func (p corpusPair) versions() (from, to Version) {
	from = Version{
		Headline: p.From.Headline, Trend: p.From.Trend, Section: p.From.Section, PeriodText: p.From.Period,
		Authors: p.From.Authors, Body: p.Old + p.Text,
	}
	to = Version{
		Headline: p.To.Headline, Trend: p.To.Trend, Section: p.To.Section, PeriodText: p.To.Period,
		Authors: p.To.Authors, Body: p.New + p.Text, TakenDown: p.TakenDown,
	}
	if p.Text != "" {
		from.Body, to.Body = unmark(p.Text, 0), unmark(p.Text, 1)
	}
	return from, to
}

// unmark gives one side of a text with [[old|new]] marks. What is put in or taken out brings its blank along.
func unmark(text string, side int) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "[[")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		var marked string
		marked, text, _ = strings.Cut(rest, "]]")
		words := strings.Split(marked, "|")[side]
		if words == "" && strings.HasPrefix(text, " ") && (before == "" || strings.HasSuffix(before, " ")) {
			text = text[1:]
		}
		b.WriteString(words)
	}
}

// marks lists the changes that a text marks, trimmed.
func marks(text string) []string {
	var list []string
	for {
		_, rest, ok := strings.Cut(text, "[[")
		if !ok {
			return list
		}
		var marked string
		marked, text, _ = strings.Cut(rest, "]]")
		from, to, _ := strings.Cut(marked, "|")
		list = append(list, fmt.Sprintf("%q to %q", strings.TrimSpace(from), strings.TrimSpace(to)))
	}
}

func shown(ops []Op) []string {
	var list []string
	for _, op := range ops {
		if op.Kind != OpEqual {
			list = append(list, fmt.Sprintf("%q to %q", strings.TrimSpace(op.oldOnly()), strings.TrimSpace(op.newOnly())))
		}
	}
	return list
}

func (op Op) oldOnly() string {
	if op.Kind == OpDelete {
		return op.Text
	}
	return op.From
}

func (op Op) newOnly() string {
	if op.Kind == OpInsert {
		return op.Text
	}
	return op.To
}

// problems lists what is wrong with the diff of the pair.
func (p corpusPair) problems() []string {
	var wrong []string
	expect := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			wrong = append(wrong, fmt.Sprintf("%s: got %v, want %v", what, got, want))
		}
	}
	from, to := p.versions()
	d := Compare("x/y", from, to)
	class := d.Class.String()
	if class == "" {
		class = "none"
	}
	expect("class", class, p.Class)
	moves, breaks := 0, 0
	for _, op := range d.Body {
		moves = max(moves, op.Move)
		if op.Break != "" {
			breaks++
		}
	}
	expect("moves", moves, p.Moves)
	expect("breaks", breaks, p.Breaks)
	var fields []string
	for _, f := range d.Fields {
		fields = append(fields, f.Field)
	}
	expect("fields", fields, p.Fields)
	if p.Text != "" && !p.Loose {
		expect("changes", shown(d.Body), marks(p.Text))
	}
	if wrong != nil {
		wrong = append(wrong, dump(d.Body))
	}
	return wrong
}

func readCorpus(t *testing.T, pattern string) map[string][]corpusPair {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no corpus at %s: %v", pattern, err)
	}
	corpus := map[string][]corpusPair{}
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		dec := yaml.NewDecoder(f)
		dec.KnownFields(true)
		var pairs []corpusPair
		if err := dec.Decode(&pairs); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		_ = f.Close()
		corpus[strings.TrimSuffix(filepath.Base(path), ".yaml")] = pairs
	}
	return corpus
}

func TestCorpus(t *testing.T) {
	kinds := map[string]bool{}
	total := 0
	for lang, pairs := range readCorpus(t, "../../testdata/diffs/corpus/*.yaml") {
		total += len(pairs)
		for i, p := range pairs {
			kinds[strings.Split(p.Kind, ",")[0]] = true
			t.Run(fmt.Sprintf("%s/%d %s", lang, i, p.Kind), func(t *testing.T) {
				for _, problem := range p.problems() {
					t.Error(problem)
				}
				from, to := p.versions()
				old, new := Text(from.Lead, from.Body), Text(to.Lead, to.Body)
				checkLossless(t, old, new, CompareText(old, new))
			})
		}
	}
	if total < 60 {
		t.Errorf("the corpus has %d pairs, less than 60", total)
	}
	for _, kind := range []string{
		"word", "number", "negation", "name", "quote marks", "reorder", "split", "merge", "insert", "delete", "rewrite",
		"verdict only", "headline only", "emptied",
	} {
		if !kinds[kind] {
			t.Errorf("the corpus has no pair for %q: %v", kind, slices.Collect(func(yield func(string) bool) {
				for k := range kinds {
					if !yield(k) {
						return
					}
				}
			}))
		}
	}
}

// TestHoldout runs pairs that were written after the code.
func TestHoldout(t *testing.T) {
	for name, pairs := range readCorpus(t, "../../testdata/diffs/holdout/*.yaml") {
		for i, p := range pairs {
			t.Run(fmt.Sprintf("%s/%d %s", name, i, p.Kind), func(t *testing.T) {
				for _, problem := range p.problems() {
					t.Error(problem)
				}
			})
		}
	}
}
