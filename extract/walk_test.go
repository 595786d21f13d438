package extract

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// blocksOf walks a fragment and gives its blocks with what is known of them, one a line.
func blocksOf(t *testing.T, source string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	d := &document{addr: parseAddress("https://site.example/a/b")}
	d.base = d.addr
	d.memory = &memory{}
	d.walk(root)
	d.settle()
	var out []string
	for i := range d.blocks {
		b := &d.blocks[i]
		line := b.text
		if b.level > 0 {
			line = fmt.Sprintf("h%d:%s", b.level, line)
		}
		for _, f := range []struct {
			flag flags
			name string
		}{{inNav, "nav"}, {inAside, "aside"}, {isHidden, "hidden"}, {isSoft, "br"}, {isHard, "brbr"}, {isBold, "bold"}, {inTime, "time"}, {inCaption, "caption"}, {isButton, "button"}} {
			if b.flags.has(f.flag) {
				line += " [" + f.name + "]"
			}
		}
		if b.isLink() {
			line += " [link]"
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestBlocksAreWhatAReaderSeesAsParagraphs(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"inline elements keep their words", "<p>The <b>si</b>tuation <i>has</i>\n <a href=x>not</a> changed</p>", "The situation has not changed"},
		{"white space of every kind folds", "<p>\n a&nbsp;&nbsp;b\tc\u2003d </p>", "a b c d"},
		{"signs of no width go", "<p>poli&shy;tical\u200b life\ufeff</p>", "political life"},
		{"one br is a soft break, two are hard", "<div>One<br>Two<br/> <br>Three</div>", "One\nTwo [br]\nThree [brbr]"},
		{"a br inside a sentence breaks nothing", "<div>The talks of the two<br>presidents ended early.<br>Nobody knows why.</div>", "The talks of the two presidents ended early.\nNobody knows why. [br]"},
		{"lines broken by their length are one", "<div>The talks of the two<br>presidents, their ministers and a number of<br>Russian experts ended early.<br>Nobody knows why.</div>",
			"The talks of the two presidents, their ministers and a number of Russian experts ended early.\nNobody knows why. [br]"},
		{"a label begins a line", "<div>Army tests a truck<br>photo: elements.envato.com<br>by<br>en</div>", "Army tests a truck\nphoto: elements.envato.com [br]\nby [br]\nen [br]"},
		{"a br inside a heading is none", "<h1>Army tests<br>New Truck</h1>", "h1:Army tests New Truck"},
		{"lines count where they are kept", "<pre>One.\nTwo.\n\nThree.</pre>", "One.\nTwo. [br]\nThree. [brbr]"},
		{"br at an edge breaks nothing more", "<p>one<br></p><p><br>two</p>", "one\ntwo"},
		{"bare text between elements", "<div>one<p>two</p>three<h2>four</h2></div>", "one\ntwo\nthree\nh2:four"},
		{"cells and definitions", "<table><tr><td>a</td><td>b</td></tr></table><dl><dt>c</dt><dd>d</dd></dl>", "a\nb\nc\nd"},
		{"spans side by side are one line", "<div><span>2017</span><span>Security issues</span></div>", "2017Security issues"},
		{"boxes by style are not", "<div><span style='float:left'>2017</span><span style='display: block'>Security</span></div>", "2017\nSecurity"},
		{"custom elements alone are boxes", "<x-a><x-b>one</x-b><x-b>two</x-b></x-a>", "one\ntwo"},
		{"custom elements in a sentence are words", "<p>one <x-b>two</x-b> three</p><div>four <x-b>five</x-b></div>", "one two three\nfour five"},
		{"scripts, styles, templates, choices go", "<p>a</p><script>b</script><style>c</style><template><p>d</p></template><select><option>e</select><noscript>f</noscript>", "a"},
		{"comments part nothing", "<p>Secur<!-- -->ity</p>", "Security"},
		{"hidden boxes are marked, hidden words in a line go", "<div hidden>a</div><p>b<span style='display:none'>c</span>d</p><p style='DISPLAY : none'>e</p>", "a [hidden]\nbd\ne [hidden]"},
		{"landmarks reach down", "<nav><ul><li><a href=/>a</a></li></ul></nav><aside><p>b</p></aside>", "a [nav] [link]\nb [aside]"},
		{"bold and time", "<p><b>a b c</b></p><p><time>December 4</time></p><p><time>December</time> and more</p>", "a b c [bold]\nDecember 4 [time]\nDecember and more"},
		{"decomposed letters compose", "<p>у\u0306</p>", "ў"},
		{"a link around blocks", "<a href=/x><h3>a b c</h3><p>d e f</p></a>", "h3:a b c [link]\nd e f [link]"},
		{"captions and buttons", "<figure><figcaption>a</figcaption></figure><button>b</button>", "a [caption]\nb [button]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := blocksOf(t, c.page); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}
