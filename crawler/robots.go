package crawler

import (
	"context"
	"net/http"
	"time"

	"infocus/archive"
	"infocus/crawler/polite"
)

// robotsStore gives the robots.txt that the archive holds, so that runs of one day ask for it once.
// Saving is the transport's doing: the exchange is archived like any other.
type robotsStore struct {
	dir archive.Dir
	f   *frontier
}

// LoadRobots implements polite.RobotsStore.
func (s *robotsStore) LoadRobots(ctx context.Context, origin string) (polite.RobotsRecord, bool, error) {
	var a archive.Address
	found := false
	err := archive.View(s.dir, func(ix *archive.Index) error {
		var err error
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

// SaveRobots implements polite.RobotsStore.
func (s *robotsStore) SaveRobots(context.Context, string, polite.RobotsRecord) error { return nil }
