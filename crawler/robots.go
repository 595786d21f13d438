package crawler

import (
	"context"
	"net/http"
	"time"

	"infocus/archive"
	"infocus/crawler/polite"
)

// robotsStore gives the robots.txt that the archive holds, so that a night which is interrupted, or killed time and again, asks
// for it once. Another night asks anew, be it on the same day: the site may have changed its mind. Saving is the transport's doing: the exchange is archived like any other.
type robotsStore struct {
	dir archive.Dir
	run int // this one
}

// LoadRobots implements polite.RobotsStore.
func (s *robotsStore) LoadRobots(ctx context.Context, origin string) (polite.RobotsRecord, bool, error) {
	var a archive.Address
	found := false
	err := archive.View(s.dir, func(ix *archive.Index) error {
		done, err := nightDone(ix, s.run)
		if err != nil || done {
			return err
		}
		a, found, err = ix.Address(origin + "/robots.txt")
		return err
	})
	if err != nil || !found {
		return polite.RobotsRecord{}, false, nil //nolint:nilerr // without an index it is asked
	}
	r := polite.RobotsRecord{Status: a.Status, Time: time.UnixMilli(a.Asked).UTC()}
	switch {
	case a.Outcome == archive.OutcomeMissing:
		return r, true, nil
	case a.Outcome != archive.OutcomeOK || a.Status != http.StatusOK || a.Payload == nil:
		return r, false, nil
	}
	_, body, err := archive.ReadPayload(ctx, s.dir, a.Payload)
	if err != nil {
		return r, false, nil //nolint:nilerr // what cannot be read is asked again
	}
	r.Body = body
	return r, true, nil
}

// nightDone says whether the run before this one ended its night, so that this one begins another.
func nightDone(ix *archive.Index, run int) (done bool, err error) {
	err = ix.NewestRuns(func(r *archive.Run) (more bool) {
		if r.Number == run {
			return true
		}
		done = r.Report != nil && r.Report.Ended == endComplete
		return false
	})
	return done, err
}

// SaveRobots implements polite.RobotsStore.
func (s *robotsStore) SaveRobots(context.Context, string, polite.RobotsRecord) error { return nil }
