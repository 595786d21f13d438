package replica

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

//go:embed markup
var markupFiles embed.FS

// design is one markup, ready to use.
type design struct {
	page   *template.Template
	style  template.CSS
	script template.JS
}

func readDesigns() (map[Markup]*design, error) {
	out := map[Markup]*design{}
	for _, m := range Markups() {
		folder := "markup/" + string(m)
		page, err := template.ParseFS(markupFiles, folder+"/*.html", "markup/countries.html")
		if err != nil {
			return nil, fmt.Errorf("parse markup %s: %w", m, err)
		}
		css, err := markupFiles.ReadFile(folder + "/style.css")
		if err != nil {
			return nil, fmt.Errorf("read style of markup %s: %w", m, err)
		}
		out[m] = &design{
			page:   page,
			style:  template.CSS(string(css) + fillStyle(m)), //nolint:gosec // both are the replica's own
			script: template.JS(fillScript(m)),               //nolint:gosec // the replica's own
		}
	}
	return out, nil
}

// render makes the page of a view, in the character set of the request.
func (s *Site) render(rq *request, v *view) answer {
	var b bytes.Buffer
	if err := s.design[s.opts.Markup].page.ExecuteTemplate(&b, "page", v); err != nil {
		return answer{status: http.StatusInternalServerError, contentType: "text/plain", body: []byte(err.Error())}
	}
	return answer{status: http.StatusOK, contentType: rq.charset.header(), body: rq.charset.encode(b.Bytes())}
}

// charset gives the character set of an edition.
func (s *Site) charset(edition string) Charset {
	switch {
	case s.opts.Charset != CharsetDefault:
		return s.opts.Charset
	case s.opts.Markup == MarkupTable && edition == editionBe:
		return Charset1251Meta
	}
	return CharsetUTF8
}

// name is what the page says of itself.
func (c Charset) name() string {
	if c == CharsetUTF8 {
		return "utf-8"
	}
	return "windows-1251"
}

// header is the Content-Type.
func (c Charset) header() string {
	switch c {
	case Charset1251Header:
		return "text/html; charset=windows-1251"
	case Charset1251Meta:
		return "text/html"
	}
	return "text/html; charset=utf-8"
}

// encode writes letters that windows-1251 lacks as numeric references.
func (c Charset) encode(page []byte) []byte {
	if c == CharsetUTF8 {
		return page
	}
	out, err := encoding.HTMLEscapeUnsupported(charmap.Windows1251.NewEncoder()).Bytes(page)
	if err != nil { // every rune has a reference
		return page
	}
	return out
}
