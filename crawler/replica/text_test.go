package replica

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestLightMarkup(t *testing.T) {
	paragraphs := []string{"Before [two words](/a/b) after.", "**A bold line**", "- one;", "- [two](https://example.org/).", "End."}
	want := []block{
		{Spans: []span{{Text: "Before "}, {Text: "two words", URL: "/a/b"}, {Text: " after."}}},
		{Spans: []span{{Text: "A bold line", Bold: true}}, Bold: true},
		{Items: [][]span{{{Text: "one;"}}, {{Text: "two", URL: "https://example.org/"}, {Text: "."}}}},
		{Spans: []span{{Text: "End."}}},
	}
	if got := parseBlocks(paragraphs); !reflect.DeepEqual(got, want) {
		t.Errorf("blocks\n%+v\nwant\n%+v", got, want)
	}
	if got, want := plainText(paragraphs), "Before two words after.\n\nA bold line\n\none;\n\ntwo.\n\nEnd."; got != want {
		t.Errorf("plain text %q, want %q", got, want)
	}
	if got, want := linksOf(paragraphs), []string{"/a/b", "https://example.org/"}; !slices.Equal(got, want) {
		t.Errorf("links %v, want %v", got, want)
	}
}

func TestTeaserEndsAtAWord(t *testing.T) {
	if got, want := teaser("One two, three four", 10), "One two…"; got != want {
		t.Errorf("teaser %q, want %q", got, want)
	}
	if got := teaser("Short.", 100); got != "Short." {
		t.Errorf("teaser of a short text: %q", got)
	}
}

func TestManuscriptIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"no text":     {"edition: en", "no blank line"},
		"unknown key": {"colour: red\n\nText.", "unknown header"},
		"bad week":    {"week: 2017-13-40\n\nText.", "parsing time"},
		"no key":      {"edition en\n\nText.", "no key"},
	} {
		if _, err := parseManuscript(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestManuscriptJoinsLines(t *testing.T) {
	m, err := parseManuscript("edition: en\nauthor: A B\nauthor: C D\n\nOne\ntwo.\n- item\n- item 2\n\nThree.\n")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"One two.", "- item", "- item 2", "Three."}; !slices.Equal(m.Paragraphs, want) {
		t.Errorf("paragraphs %q, want %q", m.Paragraphs, want)
	}
	if want := []string{"A B", "C D"}; !slices.Equal(m.Authors, want) {
		t.Errorf("authors %q, want %q", m.Authors, want)
	}
}

func TestGlob(t *testing.T) {
	for _, c := range []struct {
		pattern, s string
		want       bool
	}{
		{"/a/b", "/a/b", true},
		{"/a/b", "/a/bc", false},
		{"/a/*", "/a/b/c", true},
		{"*/page/*", "/analytics/x/page/2", true},
		{"/a*b*c", "/a-b-c", true},
		{"/a*b*c", "/a-c", false},
		{"/ab*b", "/ab", false},
		{"*", "", true},
	} {
		if got := glob(c.pattern, c.s); got != c.want {
			t.Errorf("glob(%q, %q) = %t", c.pattern, c.s, got)
		}
	}
}
