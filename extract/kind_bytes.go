package extract

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// sniffed is how much of a payload tells what it is, in bytes.
const sniffed = 4096

// bytesKind judges a payload before it is parsed: empty, or no HTML. "" goes on. The bytes tell, not the header: a
// PDF is one whatever Content-Type says, and so is a page of HTML.
func bytesKind(p Page) (Kind, string) {
	head := p.Body[:min(len(p.Body), sniffed)]
	if len(bytes.Trim(head, " \t\r\n\x00\ufeff")) == 0 && len(head) == len(p.Body) {
		return KindEmpty, "no bytes but white space"
	}
	if name := magic(head); name != "" {
		return KindNotHTML, name
	}
	if isUTF16(head) {
		return "", ""
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\x00")
	if what := xmlName(xmlRoot(text)); what != "" {
		return KindNotHTML, what
	}
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') && json.Valid(p.Body) {
		return KindNotHTML, "JSON"
	}
	if hasTag(text) {
		return "", ""
	}
	return noTags(p, head)
}

// noTags judges a payload that shows no tag at its beginning.
func noTags(p Page, text []byte) (Kind, string) {
	if isBinary(text) {
		return KindNotHTML, "binary data"
	}
	mime, _, _ := strings.Cut(strings.ToLower(p.ContentType), ";")
	switch mime = strings.TrimSpace(mime); {
	case mime == "" || mime == "text/html" || mime == "application/xhtml+xml":
		return "", ""
	case mime == "application/octet-stream" || mime == "text/plain" || strings.Contains(mime, "javascript") || mime == "text/css" || !strings.HasPrefix(mime, "text/"):
		return KindNotHTML, "no tags, and sent as " + mime
	}
	return "", ""
}

// magic names a payload by its first bytes, "" where they say nothing.
func magic(head []byte) string {
	for _, m := range [...]struct{ bytes, name string }{
		{"%PDF-", "a PDF"}, {"\x89PNG\r\n", "a PNG image"}, {"GIF8", "a GIF image"}, {"\xff\xd8\xff", "a JPEG image"},
		{"PK\x03\x04", "a ZIP archive or office document"}, {"\x1f\x8b", "gzip data"}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"},
		{"{\\rtf", "an RTF document"}, {"wOFF", "a font"}, {"wOF2", "a font"}, {"\x00\x00\x01\x00", "an icon"}, {"ID3", "an MP3 file"},
		{"OggS", "an Ogg file"}, {"Rar!\x1a\x07", "a RAR archive"}, {"7z\xbc\xaf\x27\x1c", "a 7z archive"}, {"BZh", "bzip2 data"}, {"\x28\xb5\x2f\xfd", "Zstandard data"},
	} {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return m.name
		}
	}
	switch {
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return "a WebP image"
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return "a video or an AVIF image"
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) && !hasTag(head):
		return "a PDF"
	}
	return ""
}

// isUTF16 says whether a byte order mark announces UTF-16, in which nothing below can be read.
func isUTF16(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
}

// xmlRoot gives the name of the root element in small letters where text begins as XML, with or without a
// declaration: "html", "rss", "feed". "" where a page of HTML may begin so.
func xmlRoot(text []byte) string {
	for len(text) > 1 && text[0] == '<' {
		switch {
		case bytes.HasPrefix(text, []byte("<?")):
			text = after(text, "?>")
		case bytes.HasPrefix(text, []byte("<!--")):
			text = after(text, "-->")
		case text[1] == '!':
			text = after(text, ">")
		default:
			return rootName(text[1:])
		}
		text = bytes.TrimLeft(text, " \t\r\n")
	}
	return ""
}

// after gives what follows the first end in text, nothing where there is none.
func after(text []byte, end string) []byte {
	_, rest, _ := bytes.Cut(text, []byte(end))
	return rest
}

// rootName gives the name that a tag begins with, without its prefix.
func rootName(text []byte) string {
	end := bytes.IndexAny(text, " \t\r\n/>")
	if end < 0 {
		return ""
	}
	name := strings.ToLower(string(text[:end]))
	return name[strings.IndexByte(name, ':')+1:]
}

// xmlName says in words what XML with that root is; "" where a browser would show it as a page.
func xmlName(root string) string {
	switch root {
	case "rss", "rdf":
		return "an RSS feed"
	case "feed":
		return "an Atom feed"
	case "urlset", "sitemapindex":
		return "a sitemap"
	case "svg":
		return "an SVG image"
	case "opensearchdescription", "manifest", "plist", "error", "listbucketresult", "methodresponse", "response", "rsd", "wsdl", "envelope", "kml", "package":
		return "XML"
	}
	return ""
}

// hasTag says whether text holds something like a tag.
func hasTag(text []byte) bool {
	for i := bytes.IndexByte(text, '<'); i >= 0 && i+1 < len(text); {
		c := text[i+1] | 0x20
		if 'a' <= c && c <= 'z' || text[i+1] == '!' || text[i+1] == '/' {
			return true
		}
		next := bytes.IndexByte(text[i+1:], '<')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// isBinary says whether text is full of control characters, or no text in any 8-bit character set.
func isBinary(text []byte) bool {
	control := 0
	for _, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			control++
		}
	}
	return control > len(text)/20 || control > 0 && !utf8.Valid(text) && control > len(text)/100
}
