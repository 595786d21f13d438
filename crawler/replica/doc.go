// Package replica is a web site of the shape of "Belarus in Focus", built into the program: demo,
// tests, soak runs and benchmarks crawl it instead of the real one. All of its text was written for it.
//
// A Site is made from Options, knows the truth about each of its articles (Articles, Revisions), can
// be changed while it is read (PublishWeek, Edit, Revise, TakeDown, Move, Redesign, ...), can misbehave
// (Inject), and keeps a log of what it was asked (Log). Handler gives it to net/http/httptest;
// Start serves it on a loopback port.
//
// The same Options give the same bytes each time. Text is a pure function of the seed; nothing is
// read from disk, and no network is used but the listener of Start.
//
// Where things are: corpus*.go choose the weeks and the articles, subpackage prose writes the
// sentences, content/ holds the articles and words written by hand, markup/ the templates of the four
// markups, view*.go what a template sees, handler.go the addresses, answer.go the HTTP
// behaviour, cache.go the finished pages for benchmarks, fault*.go the misbehaviour, change.go, revise.go
// and mode.go what can happen while the site is read, log.go what was asked.
package replica
