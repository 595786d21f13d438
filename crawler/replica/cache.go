package replica

import (
	"net/http"
	"sync"
)

// cache keeps answers until the site changes. Without room it keeps nothing.
type cache struct {
	mu      sync.Mutex
	version int
	used    int64
	answers map[string]answer
}

// cacheKey tells answers apart: two hosts get other absolute addresses.
func cacheKey(r *http.Request) string {
	key := r.Host + r.URL.RequestURI()
	if r.TLS != nil {
		key = "tls/" + key
	}
	return key
}

func (c *cache) find(r *http.Request, version int) (answer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version {
		return answer{}, false
	}
	a, ok := c.answers[cacheKey(r)]
	return a, ok
}

// keep stores an answer with its compressed form, as long as room bytes are not used up.
func (c *cache) keep(r *http.Request, version int, a answer, room int64) answer {
	a.zip, a.sum = zipped(a.body), hash(a.body)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version || c.answers == nil {
		c.version, c.used, c.answers = version, 0, map[string]answer{}
	}
	if size := int64(len(a.body) + len(a.zip)); c.used+size <= room {
		c.used += size
		c.answers[cacheKey(r)] = a
	}
	return a
}
