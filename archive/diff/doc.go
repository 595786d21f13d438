// Package diff says what changed between two revisions of an article, the way a reader would put it: fields first, then
// the text by paragraphs, sentences and words, each change with a class that says how much it weighs.
//
// It is pure: text and fields go in, a Diff comes out. It reads no store, no network and no clock, and it never fails:
// any two texts have a diff. Work is bounded for any input; where a bound is met, the result is coarser (text replaced
// whole) but still exact.
//
// What the operations mean, and how to rebuild both texts from them, is written down in docs/diff.md.
package diff
