// Package prose writes political analysis that means nothing: headlines and paragraphs in English,
// Russian and Belarusian, made from sentence templates by seeded dice. Persons are offices, never
// names. The same assignment gives the same text, whatever was written before. It touches nothing
// outside its own embedded templates.
package prose
