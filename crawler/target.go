package crawler

import (
	"container/heap"
	"time"

	"infocus/archive"
)

// class is the order in which addresses are asked.
type class int

const (
	classOwed    class = iota // failed before
	classSeed                 // home pages
	classListing              // listings and their further pages
	classArticle              // new articles named by a listing
	classMaybe                // what may be an article; the other edition; feeds and sitemaps
	classDue                  // known articles asked again
	classOther                // pages met on the way
	classRetry                // tried tonight already
)

// state is how far an address is tonight.
type state string

const (
	statePending state = ""
	stateDone    state = "done"   // answered; asked no more tonight
	stateFailed  state = "failed" // after its tries
)

// target is an address to be asked tonight. Its JSON stands in the frontier.
type target struct {
	URL     string   `json:"url"`
	Key     string   `json:"key"` // article id where the address may be an article's, else the address
	Role    string   `json:"role"`
	Via     string   `json:"via,omitempty"`
	Class   class    `json:"class"`
	Seq     int64    `json:"seq"`
	State   state    `json:"state,omitempty"`
	Outcome string   `json:"outcome,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	Detail  string   `json:"detail,omitempty"`
	Tries   int      `json:"tries,omitempty"`
	Chain   []string `json:"chain,omitempty"`   // addresses that redirected here
	MovedTo string   `json:"moved,omitempty"`   // key that this address redirected to
	Walk    string   `json:"walk,omitempty"`    // head of the listing that this is a page of
	Page    int      `json:"page,omitempty"`    // its number, from 1
	Owed    bool     `json:"owed,omitempty"`    // was named as an article
	Known   bool     `json:"known,omitempty"`   // was an article before tonight
	Before  bool     `json:"before,omitempty"`  // was asked before tonight
	Gone    bool     `json:"gone,omitempty"`    // counted as gone before tonight
	Article bool     `json:"article,omitempty"` // gave an article tonight
	Force   bool     `json:"force,omitempty"`   // ask without conditions

	last    *archive.Address // what the index held of the address, nil for a new one
	settled bool             // a week page that will not change: asked once
	heap    int              // place in the queue, -1 outside of it
}

// quiet says whether a target is done and nothing more is to be said of it.
func (t *target) quiet() bool {
	return t.State == stateDone && t.MovedTo == "" && t.Reason == "" && t.Detail == "" &&
		(t.Outcome == archive.OutcomeOK || t.Outcome == archive.OutcomeNotModified)
}

// queue is a heap of targets: by class, then in the order they came.
type queue []*target

func (q *queue) Len() int { return len(*q) }
func (q *queue) Less(i, j int) bool {
	a, b := (*q)[i], (*q)[j]
	if a.Class != b.Class {
		return a.Class < b.Class
	}
	return a.Seq < b.Seq
}

func (q *queue) Swap(i, j int) {
	(*q)[i], (*q)[j] = (*q)[j], (*q)[i]
	(*q)[i].heap, (*q)[j].heap = i, j
}

// Push implements heap.Interface.
func (q *queue) Push(x any) {
	t := x.(*target) //nolint:forcetypeassert // heap.Push is called with targets alone
	t.heap = len(*q)
	*q = append(*q, t)
}

// Pop implements heap.Interface.
func (q *queue) Pop() any {
	old := *q
	t := old[len(old)-1]
	old[len(old)-1] = nil
	*q = old[:len(old)-1]
	t.heap = -1
	return t
}

var _ heap.Interface = (*queue)(nil)

// night is what the frontier keeps of the night itself.
type night struct {
	Site    string          `json:"site"`
	BaseURL string          `json:"base_url,omitempty"`
	Run     int             `json:"run"` // the newest run that worked on it
	Started time.Time       `json:"started"`
	Full    bool            `json:"full,omitempty"`
	Done    bool            `json:"done,omitempty"` // nothing waits; the next run begins another night
	Seq     int64           `json:"seq"`
	Behind  map[string]bool `json:"behind,omitempty"` // paths of listings whose last reading was broken off in an earlier night
}
