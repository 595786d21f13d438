// Package extract turns one page of a site into what it says: an article or a listing. It sees the bytes of the page,
// its address, its capture time and the profile of the site, and nothing else: no network, disk, clock or log. The
// same page gives the same result every time.
//
// The way of a page:
//
//	decode.go     bytes to UTF-8, whatever the headers claim
//	document.go   the parsed page: title, meta, JSON-LD, anchors, blocks
//	blocks.go     what a block is; walk.go makes them in one pass over the tree
//	mark.go       what a block may stand for: period, section, verdict, headline, credit, byline
//	header.go     which marks stand together and are the head of an article
//	prose.go      the text behind the head, up to the chrome
//	article.go    the record
//	kind.go       pages that are no article; link.go and listing.go: where a page leads
//
// No class name of a site has to be known. A page is read as the sequence of its blocks of text, each with its role: level of
// heading, share of links, landmark it stands in, place in the tree.
package extract
