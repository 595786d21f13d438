package extract

import (
	"golang.org/x/net/html"

	"infocus/extract/period"
)

// weeks lists the links whose words are a range of days and nothing else: pages of one week.
func (s *survey) weeks() []*hop {
	var weeks []*hop
	for i := range s.hops {
		if h := &s.hops[i]; h.whole && h.item == noItem && !h.flags.has(inFooter|inForm) {
			weeks = append(weeks, h)
		}
	}
	return weeks
}

// rangesOf gives the ranges of links.
func rangesOf(hops []*hop) []*period.Range {
	ranges := make([]*period.Range, len(hops))
	for i, h := range hops {
		ranges[i] = &h.rng
	}
	return ranges
}

// childElements counts the elements directly in n.
func childElements(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			count++
		}
	}
	return count
}
