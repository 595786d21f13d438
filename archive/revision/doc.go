// Package revision turns what was observed of an article into its history: which revisions it had, from when to when, what
// changed, when it was gone. It also says which ids are one article. It is pure computation: no store, no network, no disk,
// no clock. Everything is computed from the set of observations in capture time, so neither the order of arrival nor a
// rebuild changes a result.
//
//	observation.go  what comes in
//	order.go        capture time, ties, duplicates
//	fields.go       which fields count, when two captures are one revision, what a revision keeps; differ.go is its fast path
//	address.go      when an article is gone, though it may stand at several addresses
//	settle.go       observations -> History
//	history.go      what comes out; record.go makes records of it
//	name.go         revision ids, and finding a revision by one
//	group.go        ids -> articles: redirect.go follows moves, line.go and join.go compare contents
//	translation.go  translations of each other
package revision
