package replica

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// adminPath is where the admin surface starts. It is for tests that drive the replica from another
// process, and answers only where Options.Admin is set. Requests for it are not logged.
//
// GET truth, log; POST publish-week, publish-article, edit, take-down, restore, move, redesign,
// remove-verdicts, redirect-all, mass-gone, park, change-chrome, inject, clear-faults, reset-log, with an
// order as JSON.
const adminPath = "/_replica/"

// order is the body of a POST to the admin surface; each verb reads what it needs.
type order struct {
	Path   string          `json:"path"`
	Slug   string          `json:"slug"`
	Status int             `json:"status"`
	On     bool            `json:"on"`
	Markup Markup          `json:"markup"`
	Set    json.RawMessage `json:"set"` // part of a Draft, for edit
	Fault  *wireFault      `json:"fault"`
}

// wireFault is a Fault with its delay in milliseconds.
type wireFault struct {
	Kind       FaultKind `json:"kind"`
	Pattern    string    `json:"pattern"`
	Times      int       `json:"times"`
	Skip       int       `json:"skip"`
	PerURL     bool      `json:"per_url"`
	Status     int       `json:"status"`
	RetryAfter string    `json:"retry_after"`
	DelayMS    int64     `json:"delay_ms"`
	Size       int64     `json:"size"`
	Target     string    `json:"target"`
}

func (f wireFault) fault() Fault {
	return Fault{
		Kind: f.Kind, Pattern: f.Pattern, Times: f.Times, Skip: f.Skip, PerURL: f.PerURL, Status: f.Status,
		RetryAfter: f.RetryAfter, Delay: time.Duration(f.DelayMS) * time.Millisecond, Size: f.Size, Target: f.Target,
	}
}

func (s *Site) admin(w http.ResponseWriter, r *http.Request) {
	verb := strings.TrimPrefix(r.URL.Path, adminPath)
	var o order
	if r.Method == http.MethodPost {
		if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
			http.Error(w, fmt.Sprintf("read order: %v", err), http.StatusBadRequest)
			return
		}
	}
	result, err := s.obey(r.Method+" "+verb, o)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(result) // the client may have gone
}

func (s *Site) obey(verb string, o order) (any, error) {
	switch verb {
	case "GET truth":
		return s.Articles(), nil
	case "GET log":
		return s.Log(), nil
	case "POST publish-week":
		return s.PublishWeek()
	case "POST publish-article":
		return s.PublishArticle()
	case "POST edit":
		return s.editJSON(o)
	case "POST take-down":
		return o.Path, s.TakeDown(o.Path, o.Status)
	case "POST restore":
		return o.Path, s.Restore(o.Path)
	case "POST move":
		return s.Move(o.Path, o.Slug)
	case "POST redesign":
		return o.Markup, s.Redesign(o.Markup)
	case "POST inject":
		if o.Fault == nil {
			return nil, fmt.Errorf("inject: the order has no fault")
		}
		s.Inject(o.Fault.fault())
		return o.Fault, nil
	}
	return o.On, s.toggle(verb, o)
}

func (s *Site) toggle(verb string, o order) error {
	switch verb {
	case "POST remove-verdicts":
		s.RemoveVerdicts(o.On)
	case "POST redirect-all":
		s.RedirectAllToHome(o.On)
	case "POST mass-gone":
		s.MassGone(o.Status)
	case "POST park":
		s.Park(o.On)
	case "POST change-chrome":
		s.ChangeChrome()
	case "POST clear-faults":
		s.ClearFaults()
	case "POST reset-log":
		s.ResetLog()
	default:
		return fmt.Errorf("admin: unknown verb %q", verb)
	}
	return nil
}

func (s *Site) editJSON(o order) (Truth, error) {
	var bad error
	t, err := s.Edit(o.Path, func(d *Draft) { bad = json.Unmarshal(o.Set, d) })
	if bad != nil {
		return Truth{}, fmt.Errorf("edit %s: read draft: %w", o.Path, bad)
	}
	return t, err
}
