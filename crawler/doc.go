// Package crawler runs a night: it asks a site for what is new or due and stores every exchange in
// the archive.
//
//	options.go   what a run is told
//	crawl.go     the run from lock to report
//	recall.go    what earlier runs left: the frontier, the listings that were read, what failed
//	plan.go      what a night begins with: seeds, known listings, due articles
//	owed.go      what is asked first because it failed
//	target.go    an address to be asked, and the order of asking
//	frontier.go  the addresses of a night, kept in the archive's index so that the next run can go on
//	fetch.go     Colly, with the transport that keeps the bytes
//	apply.go     what an answer means for the frontier
//	follow.go    which of the links of a page become addresses to ask
//	walk.go      reading a listing page by page
//	guard.go     when the night ends early, and what needs a person
//	tally.go     counting for the report
//
// The package touches the network through crawler/transport alone and the disk through package
// archive alone.
package crawler
