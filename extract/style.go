package extract

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// style reads the declarations that change how words are shown; it is true for an element in a box of its own.
func (a *around) style(style string) (boxed bool) {
	for style != "" {
		var one string
		one, style, _ = strings.Cut(style, ";")
		name, value, _ := strings.Cut(one, ":")
		value = strings.ToLower(strings.TrimSpace(value))
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "display":
			switch {
			case strings.HasPrefix(value, "none"):
				a.flags |= isHidden
			case !strings.HasPrefix(value, "inline") && value != "contents":
				boxed = true
			case strings.HasPrefix(value, "inline-"):
				boxed = true
			}
		case "visibility":
			if strings.HasPrefix(value, "hidden") {
				a.flags |= isHidden
			}
		case "float":
			boxed = boxed || value == "left" || value == "right"
		case "font-size":
			a.size = cssSize(value, a.size)
		case "font-weight":
			a.bold = value == "bold" || value == "bolder" || (len(value) == 3 && value >= "600")
		case "white-space":
			a.pre = strings.HasPrefix(value, "pre")
		case "font":
			a.font(value)
		}
	}
	return boxed
}

// font reads the shorthand: "bold 24px/1.2 Georgia".
func (a *around) font(value string) {
	for word := range strings.FieldsSeq(value) {
		if word == "bold" || word == "bolder" {
			a.bold = true
		}
		word, _, _ = strings.Cut(word, "/")
		a.size = cssSize(word, a.size)
	}
}

// basePixels is the size of letters where nothing is said.
const basePixels = 16

// cssSize gives a font size in pixels; what cannot be read leaves the size around.
func cssSize(value string, outer uint8) uint8 {
	switch value {
	case "xx-large":
		return 2 * basePixels
	case "x-large":
		return 24
	case "large", "larger":
		return 19
	}
	end := 0
	for end < len(value) && (value[end] >= '0' && value[end] <= '9' || value[end] == '.') {
		end++
	}
	n, err := strconv.ParseFloat(value[:end], 64)
	if err != nil {
		return outer
	}
	unit := value[end:]
	unit = strings.TrimSpace(strings.TrimSuffix(unit, "!important"))
	factor := map[string]float64{"px": 1, "pt": 4.0 / 3, "em": basePixels, "rem": basePixels, "%": basePixels / 100.0}[unit]
	if factor == 0 {
		return outer
	}
	return uint8(min(n*factor, 255))
}

// fontSize reads the size of a font element, 1 to 7 or relative to 3.
func fontSize(n *html.Node, outer uint8) uint8 {
	value, ok := attribute(n, "size")
	if !ok {
		return outer
	}
	size, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil {
		return outer
	}
	if value[0] == '+' || value[0] == '-' {
		size += 3
	}
	return [...]uint8{10, 10, 13, 16, 18, 24, 32, 48}[max(1, min(size, 7))]
}
