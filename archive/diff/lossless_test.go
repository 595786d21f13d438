package diff

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// checkLossless fails the test when the operations do not give both texts back, or break a promise of docs/diff.md.
func checkLossless(t interface {
	Helper()
	Fatalf(string, ...any)
}, old, new string, ops []Op) {
	t.Helper()
	if got := OldText(ops); got != old {
		t.Fatalf("operations hold old text %q, want %q\n%s", got, old, dump(ops))
	}
	got, err := Apply(old, ops)
	if err != nil || got != new {
		t.Fatalf("applied operations give %q (%v), want %q\n%s", got, err, new, dump(ops))
	}
	back, err := Apply(new, Invert(ops))
	if err != nil || back != old {
		t.Fatalf("inverse operations give %q (%v), want %q\n%s", back, err, old, dump(ops))
	}
	checkForm(t, ops)
}

// checkForm fails the test when an operation lacks a text, has one too many, or a move does not stand twice.
func checkForm(t interface {
	Helper()
	Fatalf(string, ...any)
}, ops []Op) {
	t.Helper()
	left, arrived, edits := map[int]string{}, map[int]string{}, map[int][]Op{}
	for _, op := range ops {
		ok := false
		switch op.Kind {
		case OpEqual:
			ok = op.Text != "" && op.From == "" && op.To == "" && op.Class == None
		case OpInsert, OpDelete:
			ok = op.Text != "" && op.From == "" && op.To == "" && op.Class != None
		case OpReplace:
			ok = op.Text == "" && op.From != "" && op.To != "" && op.From != op.To && op.Class != None
		case OpMove:
			ok = op.Text == "" && (op.From == "") != (op.To == "") && op.Move > 0 && op.Class >= Minor
			if op.From != "" {
				left[op.Move] += op.From
			} else {
				arrived[op.Move] += op.To
			}
			if op.Edits != nil {
				edits[op.Move] = op.Edits
			}
		}
		if !ok {
			t.Fatalf("operation %+v has a wrong form\n%s", op, dump(ops))
		}
	}
	for n := range arrived {
		if left[n] == "" {
			t.Fatalf("move %d arrived but never left\n%s", n, dump(ops))
		}
	}
	for n, inside := range edits {
		checkLossless(t, strings.TrimSpace(left[n]), strings.TrimSpace(arrived[n]), inside)
	}
	if len(left) != len(arrived) {
		t.Fatalf("%d moves left, %d arrived\n%s", len(left), len(arrived), dump(ops))
	}
}

func dump(ops []Op) string {
	data, err := json.MarshalIndent(ops, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// randomText has few words to choose from, so that texts agree in many places.
func randomText() *rapid.Generator[string] {
	words := []string{
		"Minsk", "Moscow", "the", "a", "of", "not", "agrees", "talks", "20", "million", "“early”", "early", "—", "December", "4.", "U.S.",
		"г.", "Мінск", "не", "переговоры", "20 000", "well-known", "don’t", "(sic!)", "?", "…",
	}
	ends := []string{". ", "! ", ".\n\n", "\n\n", ", ", " "}
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 60).Draw(t, "words") {
			b.WriteString(rapid.SampledFrom(words).Draw(t, "word"))
			if rapid.IntRange(0, 5).Draw(t, "end?") == 0 {
				b.WriteString(rapid.SampledFrom(ends).Draw(t, "end"))
			} else {
				b.WriteByte(' ')
			}
		}
		return b.String()
	})
}

func TestOperationsGiveBothTextsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := Text("", randomText().Draw(t, "old")), Text("", randomText().Draw(t, "new"))
		checkLossless(t, old, new, CompareText(old, new))
	})
}

// TestEditedTextsGiveBothTextsBack edits a text as people do, so that every kind of alignment is met.
func TestEditedTextsGiveBothTextsBack(t *testing.T) {
	article := strings.Split(readArticle(t), paragraphBreak)
	rapid.Check(t, func(t *rapid.T) {
		paragraphs := slices.Clone(article)
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			paragraphs = edit(t, paragraphs)
		}
		old, new := Text("", strings.Join(article, paragraphBreak)), Text("", strings.Join(paragraphs, paragraphBreak))
		ops := CompareText(old, new)
		checkLossless(t, old, new, ops)
		checkLossless(t, new, old, CompareText(new, old))
	})
}

func edit(t *rapid.T, paragraphs []string) []string {
	if len(paragraphs) == 0 {
		return []string{"A new beginning."}
	}
	i := rapid.IntRange(0, len(paragraphs)-1).Draw(t, "paragraph")
	sentences := strings.SplitAfter(paragraphs[i], ". ")
	k := rapid.IntRange(0, len(sentences)-1).Draw(t, "sentence")
	words := strings.Split(paragraphs[i], " ")
	w := rapid.IntRange(0, len(words)-1).Draw(t, "word")
	switch rapid.IntRange(0, 8).Draw(t, "kind") {
	case 0:
		return slices.Delete(paragraphs, i, i+1)
	case 1:
		return slices.Insert(paragraphs, i, randomText().Draw(t, "new paragraph"))
	case 2:
		p := paragraphs[i]
		rest := slices.Delete(paragraphs, i, i+1)
		return slices.Insert(rest, rapid.IntRange(0, len(rest)).Draw(t, "where"), p)
	case 3:
		paragraphs[i] = strings.Join(sentences[:k], "") + paragraphBreak + strings.Join(sentences[k:], "")
	case 4:
		if i > 0 {
			paragraphs[i-1] += " " + paragraphs[i]
			return slices.Delete(paragraphs, i, i+1)
		}
	case 5:
		paragraphs[i] = strings.Join(slices.Delete(sentences, k, k+1), "")
	case 6:
		words[w] = randomText().Draw(t, "new words")
		paragraphs[i] = strings.Join(words, " ")
	case 7:
		paragraphs[i] = strings.Join(slices.Delete(words, w, w+1), " ")
	case 8:
		sentences = append(slices.Delete(slices.Clone(sentences), k, k+1), sentences[k])
		paragraphs[i] = strings.Join(sentences, "")
	}
	return paragraphs
}

// readArticle gives a text of about 1,100 words with a structure like the site's.
func readArticle(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile("../../testdata/diffs/long.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return Text("", string(data))
}

func TestApplyRefusesAnotherText(t *testing.T) {
	ops := CompareText("The parties met.", "The parties never met.")
	for _, old := range []string{"", "The parties", "The parties met. Twice.", "Nobody met."} {
		if _, err := Apply(old, ops); err == nil {
			t.Errorf("operations of another text were applied to %q", old)
		}
	}
}

func FuzzCompareText(f *testing.F) {
	f.Add("One two three. Four five.\n\nSix seven.", "One two 3. Four five six.\n\nSeven.")
	f.Add("", "a")
	f.Add("a\n\nb\n\nc", "c\n\na\n\nb")
	f.Add("в г. Минск (и т. д.) «да»", "у г. Мінск „да“ – не")
	f.Add(strings.Repeat("a ", 300), strings.Repeat("a b ", 200))
	f.Add("x\u00a0y\u200bz \xff\r\n\r\n é", "xyz é")
	f.Fuzz(func(t *testing.T, x, y string) {
		old, new := Text("", x), Text("", y)
		ops := CompareText(old, new)
		checkLossless(t, old, new, ops)
		if w := count(ops); w.From != countWords(old) || w.To != countWords(new) || w.Deleted > w.From || w.Inserted > w.To {
			t.Errorf("counted %+v words of %q and %q", w, old, new)
		}
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"a  b\n\n\n c", "\u2029a\r\n\r\nb", "\u0415\u0308", "\xff", "a\n \nb", "\u00a0", "a\n\nb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Text("", s)
		if again := Text("", text); again != text {
			t.Errorf("folding %q twice gives %q, once %q", s, again, text)
		}
		if got, want := strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(composed(strings.ToValidUTF8(s, "\uFFFD"))), " "); got != want {
			t.Errorf("words of %q are %q, want %q", s, got, want)
		}
		for p := range strings.SplitSeq(text, paragraphBreak) {
			if text != "" && (p == "" || strings.TrimSpace(p) != p || strings.Contains(p, "\n") || strings.Contains(p, "  ")) {
				t.Errorf("%q has paragraph %q", text, p)
			}
		}
	})
}
