package extract

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// noise changes the markup of a page and nothing that a reader sees of its article. Each changes the tree in place.
func noise(t *rapid.T, root *html.Node) {
	wrap := rapid.IntRange(0, 3).Draw(t, "wrap")
	rename := rapid.Bool().Draw(t, "rename")
	comments := rapid.Bool().Draw(t, "comments")
	names := map[string]string{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			if c.Type == html.ElementNode {
				if rename {
					renameClasses(c, names)
				}
				walk(c)
				if n.Data == "body" && wrap > 0 && c.Data != "script" {
					wrapNode(c, wrap)
				}
			}
			if comments && c.Type == html.ElementNode && n.Type == html.ElementNode && n.Data != "title" && n.Data != "html" {
				c.Parent.InsertBefore(&html.Node{Type: html.CommentNode, Data: " x "}, c)
			}
			c = next
		}
	}
	walk(root)
}

// renameClasses gives each class another name, the same one everywhere.
func renameClasses(n *html.Node, names map[string]string) {
	for i := range n.Attr {
		if n.Attr[i].Key != "class" {
			continue
		}
		var out []string
		for class := range strings.FieldsSeq(n.Attr[i].Val) {
			if names[class] == "" {
				names[class] = fmt.Sprintf("k%d", len(names))
			}
			out = append(out, names[class])
		}
		n.Attr[i].Val = strings.Join(out, " ")
	}
}

// wrapNode puts boxes around an element.
func wrapNode(n *html.Node, depth int) {
	for range depth {
		box := &html.Node{Type: html.ElementNode, Data: "div"}
		n.Parent.InsertBefore(box, n)
		n.Parent.RemoveChild(n)
		box.AppendChild(n)
	}
}

// spaces are the runs of blanks between tags.
var spaces = regexp.MustCompile(`>\s+<`)

// TestNoiseInTheMarkupChangesNoArticle renames classes, wraps boxes in boxes, adds comments and white space.
func TestNoiseInTheMarkupChangesNoArticle(t *testing.T) {
	e := newTestExtractor(t)
	articles, markups := loadArticles(t, "../testdata/pages/articles/*.yaml"), allMarkups(t)
	rapid.Check(t, func(rt *rapid.T) {
		m := rapid.SampledFrom(articles).Draw(rt, "article")
		markup := rapid.SampledFrom(markups).Draw(rt, "markup")
		page := m.wrap(t, markup)
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			rt.Fatal(err)
		}
		if markup.Name() != "magazine" && markup.Name() != "microdata" { // whose comments only their class and id tell
			noise(rt, root)
		}
		var out bytes.Buffer
		if err := html.Render(&out, root); err != nil {
			rt.Fatal(err)
		}
		text := out.String()
		if blank := rapid.SampledFrom([]string{"", " ", "\n\t\n"}).Draw(rt, "blank"); blank != "" {
			text = spaces.ReplaceAllString(text, ">"+blank+"<")
		}
		want := asJSON(t, e.Extract(Page{URL: testBase + m.Path, Time: testTime(), Body: []byte(page)}).Article)
		r := e.Extract(Page{URL: testBase + m.Path, Time: testTime(), Body: []byte(text)})
		if got := asJSON(t, r.Article); got != want {
			rt.Fatalf("%s in %s, %s:\n%s", m.Name, markup.Name(), r.Reason, differences(got, want))
		}
	})
}
