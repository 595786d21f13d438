package facts

import "strings"

// words reads a list of words.
func words(list string) map[string]bool {
	all := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		all[word] = true
	}
	return all
}

// values reads a table of values, each followed by its words. A value begins with a digit, a word does not.
func values(table string) map[string]string {
	all := make(map[string]string)
	value := ""
	for field := range strings.FieldsSeq(table) {
		if '0' <= field[0] && field[0] <= '9' {
			value = field
			continue
		}
		all[field] = value
	}
	return all
}

// stemValue looks up a Russian or Belarusian word in a table of stems, with any of the endings.
func stemValue(stems map[string]string, key string) string {
	if key == "" || key[0] < 0xd0 {
		return ""
	}
	for i := range key {
		if i > 0 {
			if value, ok := stems[key[:i]]; ok && endings()[key[i:]] {
				return value
			}
		}
	}
	return stems[key]
}
