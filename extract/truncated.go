package extract

import "bytes"

// tailBytes is where the end tags of a whole page are, counted from its end.
const tailBytes = 2048

// isTruncated says whether a page was cut: it ends inside a tag, or without end tags while boxes are open. Pages of authors who
// leave out every tag that may be left out are whole.
func isTruncated(page []byte) bool {
	tail := page[max(0, len(page)-tailBytes):]
	if open := bytes.LastIndexByte(tail, '<'); open >= 0 && bytes.IndexByte(tail[open:], '>') < 0 {
		return true
	}
	for _, tag := range [...]string{"</html", "</body", "</HTML", "</BODY", "</Html", "</Body"} {
		if bytes.Contains(tail, []byte(tag)) {
			return false
		}
	}
	return bytes.Contains(page, []byte("<body")) && unclosed(page, "div")+unclosed(page, "article") >= 2
}

// unclosed counts the elements of that name that are not closed.
func unclosed(page []byte, name string) int {
	return bytes.Count(page, []byte("<"+name)) - bytes.Count(page, []byte("</"+name))
}
