package render

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"infocus/archive/diff"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	oldBody = `The parties met in Minsk on Tuesday. They agreed on USD 20 million.

Nobody was surprised. The ambassador gave a long interview to a regional newspaper and did not apologise.

Parliament was busy with the law on mass media, whose second reading was put off until winter.

The army finished its last exercise of the year in the presence of observers from six countries.

A paragraph that goes away without a trace, as some of them do.

The "military diplomacy" goes on.

Another one that stays as it is.

The last paragraph stays as it is, too.`
	newBody = `The parties met in Minsk on Wednesday. They agreed on USD 30 million.

Nobody was surprised.

The ambassador gave a long interview to a regional newspaper and did not apologise.

The army finished its last exercise of the year in the presence of observers from nine countries.

Parliament was busy with the law on mass media, whose second reading was put off until winter.

The “military diplomacy” goes on.

Another one that stays as it is.

The last paragraph stays as it is, too.

Correction: an earlier version gave a wrong sum.`
)

func sample() (*diff.Diff, Page) {
	from := diff.Version{
		Revision: 1, RevisionID: "belarusinfocus/security-issues/talks@20171211T093000Z", Headline: "Talks go on", Trend: "unchanged",
		Section: "Security issues", Body: oldBody,
	}
	to := diff.Version{
		Revision: 3, RevisionID: "belarusinfocus/security-issues/talks@20180105T101500Z", Headline: "Talks fail", Trend: "worse",
		Section: "Security issues", Body: newBody,
	}
	page := Page{
		Headline: "Talks fail", URL: "https://belarusinfocus.pro/security-issues/talks", Lang: "en", FromSeen: "11 December 2017", ToSeen: "5 January 2018",
	}
	return diff.Compare("belarusinfocus/security-issues/talks", from, to), page
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (run with -update and look at it):\n%s", path, got)
	}
}

func terminalText(t *testing.T, d *diff.Diff, p Page, o TerminalOptions) string {
	t.Helper()
	var b strings.Builder
	if err := Terminal(&b, d, p, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func htmlText(t *testing.T, d *diff.Diff, p Page) string {
	t.Helper()
	var b strings.Builder
	if err := HTML(&b, d, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	d, p := sample()
	golden(t, "plain.txt", []byte(terminalText(t, d, p, TerminalOptions{Width: 80})))
	golden(t, "colour.txt", []byte(terminalText(t, d, p, TerminalOptions{Width: 60, Color: true, Context: 1})))
	golden(t, "page.html", []byte(htmlText(t, d, p)))
	var b bytes.Buffer
	if err := JSON(&b, d); err != nil {
		t.Fatal(err)
	}
	golden(t, "diff.json", b.Bytes())
}

func TestJSONReadsBackTheSame(t *testing.T) {
	d, _ := sample()
	var b bytes.Buffer
	if err := JSON(&b, d); err != nil {
		t.Fatal(err)
	}
	if bytes.Count(b.Bytes(), []byte("\n")) != 1 {
		t.Error("the JSON is not one line")
	}
	var back diff.Diff
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&back, d) {
		t.Errorf("read back: %+v\nwritten: %+v", back, d)
	}
}

func TestTerminalKeepsToItsWidth(t *testing.T) {
	d, p := sample()
	for _, width := range []int{20, 40, 79, 200} {
		for line := range strings.SplitSeq(terminalText(t, d, p, TerminalOptions{Width: width}), "\n") {
			if n := len([]rune(line)); n > width && strings.Contains(strings.TrimLeft(line, " ~+->"), " ") {
				t.Errorf("width %d: a line has %d columns: %s", width, n, line)
			}
		}
	}
}

func TestTerminalWithoutWidthDoesNotWrap(t *testing.T) {
	d, p := sample()
	want := "~ The parties met in Minsk on [-Tuesday-]{+Wednesday+}. They agreed on USD [-20-]{+30+} million.\n"
	if got := terminalText(t, d, p, TerminalOptions{}); !strings.Contains(got, want) {
		t.Errorf("no line %q in:\n%s", want, got)
	}
}

func TestTerminalFoldsLongUnchangedStretches(t *testing.T) {
	long := strings.Repeat("These words stay as they are. ", 30)
	d := diff.Compare("x/y", diff.Version{Body: long + "It costs 20 roubles. " + long}, diff.Version{Body: long + "It costs 30 roubles. " + long})
	got := terminalText(t, d, Page{}, TerminalOptions{})
	if strings.Count(got, "words unchanged …)") != 2 || len(got) > 800 {
		t.Errorf("not folded:\n%s", got)
	}
}

func TestTextsCannotPlayWithTheTerminal(t *testing.T) {
	evil := "Red \x1b[31malert\x07 and \u202eback\u0085."
	d := diff.Compare("x/y", diff.Version{Headline: evil, Body: evil}, diff.Version{Headline: "Calm", Body: evil + " More."})
	if got := terminalText(t, d, Page{}, TerminalOptions{}); strings.ContainsAny(got, "\x1b\x07\u202e\u0085") {
		t.Errorf("control characters came through: %q", got)
	}
}

func TestPageEscapesAllText(t *testing.T) {
	evil := `<script>alert(1)</script> & "quoted" </p>`
	from := diff.Version{Headline: "h " + evil, Section: "s " + evil, Authors: []string{"a" + evil}, Body: "Before. " + evil + " One two three."}
	to := diff.Version{Headline: "k " + evil, Section: "t " + evil, Authors: []string{"b" + evil}, Body: "Before. " + evil + " One two four."}
	got := htmlText(t, diff.Compare("x/"+evil, from, to), Page{Headline: evil, URL: "javascript:alert(1)", Lang: `en" onload="x`, FromSeen: evil})
	doc, err := html.Parse(strings.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data == "script" {
			t.Error("the page holds a script")
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "href" && strings.HasPrefix(a.Val, "javascript:") {
				t.Errorf("the page holds %s=%q", a.Key, a.Val)
			}
		}
	}
	if !strings.Contains(got, "&lt;script&gt;") {
		t.Error("the text is not there, escaped")
	}
}

func TestPageIsSelfContained(t *testing.T) {
	d, p := sample()
	doc, err := html.Parse(strings.NewReader(htmlText(t, d, p)))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	var targets []string
	for n := range doc.Descendants() {
		switch n.Data {
		case "link", "img", "iframe", "object", "script":
			t.Errorf("the page needs <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				if ids[a.Val] {
					t.Errorf("id %q stands twice", a.Val)
				}
				ids[a.Val] = true
			case "href":
				if target, ok := strings.CutPrefix(a.Val, "#"); ok {
					targets = append(targets, target)
				}
			}
		}
	}
	if len(targets) == 0 {
		t.Error("no links between the ends of moves")
	}
	for _, target := range targets {
		if !ids[target] {
			t.Errorf("a link leads to %q, which is not there", target)
		}
	}
	if page := htmlText(t, d, p); strings.Contains(page, "url(") || strings.Contains(page, "@import") {
		t.Error("the style needs another file")
	}
}

// TestColoursHaveContrast holds the colours of the page to WCAG AA, 4.5 to 1, in light, dark and print.
func TestColoursHaveContrast(t *testing.T) {
	blocks := regexp.MustCompile(`:root \{([^}]*)\}`).FindAllStringSubmatch(pageSource, -1)
	if len(blocks) != 3 {
		t.Fatalf("%d sets of colours, want 3", len(blocks))
	}
	for i, block := range blocks {
		colours := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]+)`).FindAllStringSubmatch(block[1], -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for _, pair := range [][2]string{
			{"text", "back"}, {"quiet", "back"}, {"quiet", "panel"}, {"text", "panel"}, {"link", "back"},
			{"del-text", "del-back"}, {"ins-text", "ins-back"}, {"move-text", "move-back"}, {"back", "text"},
		} {
			a, b := colours[pair[0]], colours[pair[1]]
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
				t.Errorf("set %d: %s on %s has contrast %.2f", i, pair[0], pair[1], ratio)
			}
		}
	}
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(v) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}

func TestRowsHoldBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SampledFrom([]string{"Minsk agrees. ", "Nobody knows why it is so. ", "the ", "talks ", "20 ", "not ", ".\n\n", "\n\n", "! "})
		text := rapid.Map(rapid.SliceOfN(words, 0, 40), func(w []string) string { return diff.Text("", strings.Join(w, "")) })
		old, new := text.Draw(t, "old"), text.Draw(t, "new")
		rows := rowsOf(diff.CompareText(old, new))
		var oldWords, newWords strings.Builder
		oldCount, newCount := 0, 0
		for _, r := range rows {
			if r.oldFrom != oldCount+1 || r.newFrom != newCount+1 || r.oldTo < r.oldFrom && r.newTo < r.newFrom {
				t.Fatalf("rows are numbered wrong: %+v", rows)
			}
			oldCount, newCount = r.oldTo, r.newTo
			for _, p := range r.pieces {
				if p.kind.inOld() {
					oldWords.WriteString(p.text)
				}
				if p.kind.inNew() {
					newWords.WriteString(p.text)
				}
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(oldWords.String()) != squeeze(old) || squeeze(newWords.String()) != squeeze(new) {
			t.Fatalf("rows hold %q and %q, want %q and %q", oldWords.String(), newWords.String(), old, new)
		}
		for side, n := range map[string]int{old: oldCount, new: newCount} {
			if want := len(strings.Split(side, paragraphBreak)); side != "" && old != new && n != want {
				t.Fatalf("%d paragraphs of %q, want %d: %+v", n, side, want, rows)
			}
		}
	})
}

func TestPercentIsNeverAllOrNothingByRounding(t *testing.T) {
	for share, want := range map[float64]string{0: "0 %", 0.001: "1 %", 0.5: "50 %", 0.994: "99 %", 0.999: "99 %", 1: "100 %"} {
		if got := Percent(share); got != want {
			t.Errorf("Percent(%v) is %q, want %q", share, got, want)
		}
	}
}

func TestWriteErrorsComeBack(t *testing.T) {
	d, p := sample()
	full := fullDisk{}
	for name, err := range map[string]error{
		"terminal": Terminal(full, d, p, TerminalOptions{}), "html": HTML(full, d, p), "json": JSON(full, d),
	} {
		if err == nil || !strings.Contains(err.Error(), "no space") {
			t.Errorf("%s: got error %v", name, err)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.NewSyscallError("no space", os.ErrInvalid) }

// TestASimpleReaderRebuildsBothTexts follows docs/diff.md and knows nothing else of the format.
func TestASimpleReaderRebuildsBothTexts(t *testing.T) {
	d, _ := sample()
	var b bytes.Buffer
	if err := JSON(&b, d); err != nil {
		t.Fatal(err)
	}
	var read struct{ Body []map[string]any }
	if err := json.Unmarshal(b.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	text := func(op map[string]any, key string) string { s, _ := op[key].(string); return s }
	var old, new strings.Builder
	kinds := map[any]int{}
	for _, op := range read.Body {
		kinds[op["op"]]++
		switch op["op"] {
		case "equal":
			old.WriteString(text(op, "text"))
			new.WriteString(text(op, "text"))
		case "delete":
			old.WriteString(text(op, "text"))
		case "insert":
			new.WriteString(text(op, "text"))
		default:
			old.WriteString(text(op, "from"))
			new.WriteString(text(op, "to"))
		}
	}
	if old.String() != oldBody || new.String() != newBody {
		t.Errorf("rebuilt %q and %q", old.String(), new.String())
	}
	for _, kind := range []string{"equal", "delete", "insert", "replace", "move"} {
		if kinds[kind] == 0 {
			t.Errorf("the sample has no %s", kind)
		}
	}
}
