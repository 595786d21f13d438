package replica

import (
	"net/http"
	"strings"
	"sync"
)

// faults is the list of rules with their counts.
type faults struct {
	mu    sync.Mutex
	rules []*faultRule
}

type faultRule struct {
	Fault
	seen map[string]int // matching requests so far, by address or in all
}

func (fs *faults) add(f Fault) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.rules = append(fs.rules, &faultRule{Fault: f, seen: map[string]int{}})
}

func (fs *faults) set(list []Fault) {
	fs.mu.Lock()
	fs.rules = nil
	fs.mu.Unlock()
	for _, f := range list {
		fs.add(f)
	}
}

// take finds the rule that answers a request, and counts the request at each rule that it passed.
func (fs *faults) take(r *http.Request) (Fault, bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for _, rule := range fs.rules {
		if !matches(rule.Pattern, r) {
			continue
		}
		key := ""
		if rule.PerURL {
			key = r.URL.RequestURI()
		}
		rule.seen[key]++
		n := rule.seen[key] - rule.Skip
		if n >= 1 && (rule.Times == 0 || n <= rule.Times) {
			return rule.Fault, true
		}
	}
	return Fault{}, false
}

// matches compares a request with a pattern: of path alone, or of path and query where it has a "?".
func matches(pattern string, r *http.Request) bool {
	if pattern == "" {
		return true
	}
	path := strings.TrimSuffix(r.URL.Path, "/")
	before, query, hasQuery := strings.Cut(pattern, "?")
	pattern = strings.TrimSuffix(before, "/")
	if hasQuery {
		pattern, path = pattern+"?"+query, path+"?"+r.URL.RawQuery
	}
	return glob(pattern, path)
}

// glob matches s against a pattern whose stars stand for any text.
func glob(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == s
	}
	rest, ok := strings.CutPrefix(s, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}
