package archive

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"sync"

	"go.etcd.io/bbolt"
)

// payloads answers whether a payload is held already. It keeps eight bytes for each payload of the
// archive in memory, and asks the index only where they agree.
type payloads struct {
	db      string
	mu      sync.Mutex
	known   map[uint64]struct{}
	pending map[string]*PayloadRef // stored, not yet indexed
}

func loadPayloads(db string) (*payloads, error) {
	p := &payloads{db: db, known: map[uint64]struct{}{}, pending: map[string]*PayloadRef{}}
	err := viewDB(db, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketPayloads).ForEach(func(k, _ []byte) error {
			p.known[binary.BigEndian.Uint64(k)] = struct{}{}
			return nil
		})
	})
	return p, err
}

// add notes a payload that was just stored.
func (p *payloads) add(sha1 string, ref *PayloadRef) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pending[sha1] = ref
}

// indexed forgets a pending payload, since the index knows it now.
func (p *payloads) indexed(sha1 string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.pending[sha1]; !ok {
		return
	}
	delete(p.pending, sha1)
	if key, err := payloadKey(sha1); err == nil {
		p.known[binary.BigEndian.Uint64(key)] = struct{}{}
	}
}

// find gives the first place of a payload, nil where it is not held.
func (p *payloads) find(sha1 string) (*PayloadRef, error) {
	key, err := payloadKey(sha1)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	ref := p.pending[sha1]
	_, known := p.known[binary.BigEndian.Uint64(key)]
	p.mu.Unlock()
	if ref != nil || !known {
		return ref, nil
	}
	return findPayload(p.db, key)
}

func findPayload(db string, key []byte) (*PayloadRef, error) {
	var ref *PayloadRef
	err := viewDB(db, func(tx *bbolt.Tx) error {
		data := bucket(tx, bucketPayloads).Get(key)
		if data == nil {
			return nil
		}
		ref = &PayloadRef{}
		return json.Unmarshal(data, ref)
	})
	if errors.Is(err, ErrNoIndex) {
		return nil, nil
	}
	return ref, err
}
