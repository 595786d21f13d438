package diff

import (
	"slices"
	"strings"
)

// changedFields lists the fields that have a value on both sides and differ in more than white space, in fixed order.
func changedFields(from, to Version) []FieldChange {
	changes := []FieldChange{}
	add := func(field, from, to string, class func(from, to string) Class) {
		from, to = foldLine(from), foldLine(to)
		if from != "" && to != "" && from != to {
			changes = append(changes, FieldChange{Field: field, From: from, To: to, Class: class(from, to)})
		}
	}
	add("headline", from.Headline, to.Headline, lineClass)
	add("trend", from.Trend, to.Trend, func(string, string) Class { return Verdict })
	add("section", from.Section, to.Section, labelClass)
	add("period_text", from.PeriodText, to.PeriodText, func(a, b string) Class {
		sameDays := from.PeriodStart == to.PeriodStart && from.PeriodEnd == to.PeriodEnd
		if sameDays && from.PeriodStart != "" && from.PeriodEnd != "" {
			return min(labelClass(a, b), Minor)
		}
		return labelClass(a, b)
	})
	add("authors", strings.Join(from.Authors, ", "), strings.Join(to.Authors, ", "), func(a, b string) Class {
		if sameNames(from.Authors, to.Authors) {
			return Minor // in another order
		}
		return labelClass(a, b)
	})
	return changes
}

// foldLine folds a field to one line as Text folds a paragraph.
func foldLine(s string) string {
	return strings.ReplaceAll(foldParagraphs(s), paragraphBreak, " ")
}

// lineClass weighs a change of a line of prose.
func lineClass(from, to string) Class {
	class := None
	for _, op := range CompareText(from, to) {
		class = max(class, op.Class)
	}
	return class
}

// labelClass weighs a change of a name or label, in which every word counts.
func labelClass(from, to string) Class {
	switch {
	case typoKey(from) == typoKey(to):
		return Typographic
	case strings.EqualFold(from, to):
		return Minor
	}
	return Substantive
}

func sameNames(a, b []string) bool {
	return slices.Equal(sortedLines(a), sortedLines(b))
}

func sortedLines(names []string) []string {
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = foldLine(name)
	}
	slices.Sort(lines)
	return lines
}
