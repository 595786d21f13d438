package transport

import (
	"sync"
	"time"
)

// pool keeps connections between requests.
type pool struct {
	idleTimeout time.Duration

	mu   sync.Mutex
	idle map[target][]*conn
}

func newPool(idleTimeout time.Duration) *pool {
	return &pool{idleTimeout: idleTimeout, idle: map[target][]*conn{}}
}

// take gives the connection used last, or nil. One on which the server spoke or hung up while it was
// idle is closed: what it said belongs to no request.
func (p *pool) take(t target) *conn {
	for {
		c := p.pop(t)
		if c == nil {
			return nil
		}
		if c.expiry.Stop() && peek(c.raw) == peekQuiet {
			return c
		}
		c.close()
	}
}

func (p *pool) pop(t target) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.idle[t]
	if len(list) == 0 {
		return nil
	}
	c := list[len(list)-1]
	p.idle[t] = list[:len(list)-1]
	return c
}

// put keeps a connection for the next request.
func (p *pool) put(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle[c.target]) >= maxIdlePerHost {
		c.close()
		return
	}
	c.expiry = time.AfterFunc(p.idleTimeout, func() { p.expire(c) })
	p.idle[c.target] = append(p.idle[c.target], c)
}

func (p *pool) expire(c *conn) {
	p.mu.Lock()
	list := p.idle[c.target]
	for i := range list {
		if list[i] == c {
			p.idle[c.target] = append(list[:i:i], list[i+1:]...)
			break
		}
	}
	p.mu.Unlock()
	c.close()
}

// closeAll closes what is idle.
func (p *pool) closeAll() {
	p.mu.Lock()
	idle := p.idle
	p.idle = map[target][]*conn{}
	p.mu.Unlock()
	for _, list := range idle {
		for _, c := range list {
			c.expiry.Stop()
			c.close()
		}
	}
}
