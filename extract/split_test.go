package extract

import (
	"strings"
	"testing"
)

func TestFactsSideBySideAreParted(t *testing.T) {
	e := newTestExtractor(t)
	for _, c := range []struct{ name, page, want string }{
		{"spans without a space", "<div><span>December 4 – December 10, 2017</span><span>Security issues</span></div>", "December 4 – December 10, 2017\nSecurity issues"},
		{"bold and italic", "<p><b>December 4 – December 10, 2017</b><i>Security issues</i></p>", "December 4 – December 10, 2017\nSecurity issues"},
		{"inside a wrapper", "<p><em><span>December 4 – December 10, 2017</span><span>Unknown words</span></em></p>", "December 4 – December 10, 2017\nUnknown words"},
		{"four in a row with blanks", "<div><a href=/by>by</a> <time>December 4 – December 10, 2017</time> <span>Security issues</span> <b>The situation got worse</b></div>",
			"by\nDecember 4 – December 10, 2017\nSecurity issues\nThe situation got worse"},
		{"a section that no profile knows", "<div><span>Жнівень 9 – Жнівень 15, 2021</span> <span>Палітыка і грамадства</span></div>", "Жнівень 9 – Жнівень 15, 2021\nПалітыка і грамадства"},
		{"signs between", "<p>Security issues | December 4 – December 10, 2017</p>", "Security issues\nDecember 4 – December 10, 2017"},
		{"dots between", "<p><span>December 4 – December 10, 2017</span> · <span>Security issues</span> · <a href=/by/x>by</a></p>", "December 4 – December 10, 2017\nSecurity issues\nby"},
		{"one run of text without a space", "<p>December 4 – December 10, 2017Security issues</p>", "December 4 – December 10, 2017\nSecurity issues"},
		{"a section in a heading", "<h1><small>Security issues</small> Minsk develops cooperation</h1>", "Security issues\nMinsk develops cooperation"},
		{"a label in the same run of text", "<p>Section: Security issues</p><p>Trend: The situation got worse</p>", "Section:\nSecurity issues\nTrend:\nThe situation got worse"},
		{"verdict behind a section", "<p>Security issues / The situation has not changed</p>", "Security issues\nThe situation has not changed"},
		{"sentences with styled words stay whole", "<p><b>Security issues</b> remain on the agenda, and <i>the situation has not changed</i>.</p>", "Security issues remain on the agenda, and the situation has not changed."},
		{"a sentence of spans stays whole", "<p><span>The situation got worse</span><span> in the regions. </span><span>Minsk waits.</span></p>", "The situation got worse in the regions. Minsk waits."},
		{"a sentence that begins with a range stays whole", "<p>December 4 – December 10, 2017 was the week of the summit.</p>", "December 4 – December 10, 2017 was the week of the summit."},
		{"a bold range before a sentence stays whole", "<p><b>December 4 – December 10, 2017:</b> the summit takes place in Brussels.</p>", "December 4 – December 10, 2017: the summit takes place in Brussels."},
		{"a byline stays whole", "<p>By <a href=/x>Valeria Kostyugova</a></p>", "By Valeria Kostyugova"},
		{"the name of an edition with a slash stays whole", "<p>BE/RU</p>", "BE/RU"},
		{"a drop cap and an index stay in their words", "<p><span>B</span><b>elarus</b> H<sub>2</sub>O, note<sup>A</sup></p>", "Belarus H2O, noteA"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := e.open(Page{URL: testBase + "/a/b", Body: []byte(c.page)})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range d.blocks {
				got = append(got, d.blocks[i].text)
			}
			if got := strings.Join(got, "\n"); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}
