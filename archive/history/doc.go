// Package history answers what researchers ask of the revisions of articles: which there were, what
// changed and how much, who first saw a sentence, when a phrase came and went. It reads the index
// and computes; it writes nothing.
package history
