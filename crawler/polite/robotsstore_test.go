package polite

import (
	"context"
	"errors"
	"testing"
	"time"

	"infocus/crawler/polite/politetest"
)

// memory is a RobotsStore.
type memory struct {
	records map[string]RobotsRecord
	err     error
}

func (m *memory) LoadRobots(_ context.Context, origin string) (RobotsRecord, bool, error) {
	rec, ok := m.records[origin]
	return rec, ok, m.err
}

func (m *memory) SaveRobots(_ context.Context, origin string, rec RobotsRecord) error {
	m.records[origin] = rec
	return m.err
}

func TestRobotsOfAFormerNightServesItsDay(t *testing.T) {
	closed := []byte("User-agent: *\nDisallow: /a\nCrawl-delay: 4")
	cases := []struct {
		name  string
		rec   RobotsRecord
		asked int
	}{
		{"fresh", RobotsRecord{200, closed, start.Add(-23 * time.Hour)}, 0},
		{"fresh, with the clock set back", RobotsRecord{200, closed, start.Add(time.Hour)}, 0},
		{"a day old", RobotsRecord{200, closed, start.Add(-24 * time.Hour)}, 1},
		{"from the far future", RobotsRecord{200, closed, start.Add(48 * time.Hour)}, 1},
		{"a failure", RobotsRecord{503, nil, start.Add(-time.Minute)}, 1},
	}
	for _, c := range cases {
		s := &fakeSite{answers: map[string]answer{site: {status: 200, body: string(closed)}}}
		store := &memory{records: map[string]RobotsRecord{"http://a.example": c.rec}}
		var delay time.Duration
		r := NewRobots(RobotsOptions{
			Transport: s, Clock: politetest.NewClock(start), Store: store,
			CrawlDelay: func(_ string, d time.Duration) { delay = d },
		})
		if allowed(t, r, "http://a.example/a") || delay != 4*time.Second {
			t.Errorf("%s: allowed, or delay %v", c.name, delay)
		}
		if len(s.asked) != c.asked {
			t.Errorf("%s: asked %d times, want %d", c.name, len(s.asked), c.asked)
		}
		if got := store.records["http://a.example"].Time; c.asked == 1 && !got.Equal(start) {
			t.Errorf("%s: saved with time %v", c.name, got)
		}
	}
}

func TestFailuresAreNotSaved(t *testing.T) {
	s := &fakeSite{answers: map[string]answer{site: {status: 500}}}
	store := &memory{records: map[string]RobotsRecord{}}
	r := NewRobots(RobotsOptions{Transport: s, Clock: politetest.NewClock(start), Store: store})
	_, _ = r.Allowed(t.Context(), mustURL(t, "http://a.example/a"))
	if len(store.records) != 0 {
		t.Error("a failure was saved")
	}
}

func TestStoreThatCannotSaveIsAnError(t *testing.T) {
	s := &fakeSite{answers: map[string]answer{site: closedTo("/a")}}
	full := errors.New("disk full")
	r := NewRobots(RobotsOptions{
		Transport: s, Clock: politetest.NewClock(start),
		Store: &memory{records: map[string]RobotsRecord{}, err: full},
	})
	if _, err := r.Allowed(t.Context(), mustURL(t, "http://a.example/a")); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}
