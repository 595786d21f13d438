package archive

import (
	"encoding/base32"
	"fmt"

	"go.etcd.io/bbolt"

	"infocus/archive/capture"
	"infocus/archive/record"
	"infocus/archive/warc"
	"infocus/extract"
)

// placed is a reading with its place in the WARC files: what the index takes in.
type placed struct {
	*reading
	serial   uint32
	loc      warc.Location // of the record that completes the capture: response, revisit or metadata
	first    int64         // offset of the first record of the capture, from which the whole of it is read
	recordID string
	revisit  bool
	digest   string // payload SHA-1, base32, "" without a payload
}

// add puts one capture into the index. Articles are settled afterwards, once for all that a batch touched.
func add(tx *bbolt.Tx, p *placed, run int) error {
	p.entry.File, p.entry.Offset, p.entry.Run = p.loc.File, p.loc.Offset, run
	p.entry.Revisit, p.entry.PayloadSHA1 = p.revisit, p.digest
	key := captureKey(p.key, p.entry.Time, p.serial, p.loc.Offset)
	if err := putJSON(bucket(tx, bucketCaptures), key, &p.entry); err != nil {
		return err
	}
	if err := addPayload(tx, p); err != nil {
		return err
	}
	if err := addRelations(tx, p); err != nil {
		return err
	}
	return addAddress(tx, p)
}

func addPayload(tx *bbolt.Tx, p *placed) error {
	if p.revisit || p.digest == "" || p.entry.PayloadBytes == 0 || p.entry.Failure != "" {
		return nil
	}
	key, err := payloadKey(p.digest)
	if err != nil {
		return err
	}
	b := bucket(tx, bucketPayloads)
	if b.Get(key) != nil {
		return nil
	}
	return putJSON(b, key, p.ref())
}

func (p *placed) ref() *PayloadRef {
	return &PayloadRef{URI: p.entry.URL, Millis: p.entry.Millis, File: p.loc.File, Offset: p.first, Record: p.recordID}
}

func payloadKey(sha1 string) ([]byte, error) {
	key, err := base32.StdEncoding.DecodeString(sha1)
	if err != nil {
		return nil, fmt.Errorf("payload digest %q: %w", sha1, err)
	}
	return key, nil
}

func addRelations(tx *bbolt.Tx, p *placed) error {
	if p.id == "" {
		return nil
	}
	if t := p.entry.Target; t != "" && t != p.id {
		for _, pair := range [][]byte{pairKey(t, p.id), pairKey(onward(p.id), t)} {
			if err := putChanged(bucket(tx, bucketMoves), pair, []byte{}); err != nil {
				return err
			}
		}
	}
	a := p.article
	if a == nil {
		return nil
	}
	if err := putChanged(bucket(tx, bucketContents), []byte(p.entry.Content), p.content); err != nil {
		return err
	}
	if ids := bucket(tx, bucketIDs); ids.Get([]byte(p.id)) == nil {
		if err := ids.Put([]byte(p.id), []byte(p.id)); err != nil {
			return err
		}
	}
	if err := putChanged(bucket(tx, bucketHashes), pairKey(p.entry.ContentKey, p.id), []byte{}); err != nil {
		return err
	}
	for _, t := range a.Translations {
		if err := putChanged(bucket(tx, bucketTranslates), pairKey(t.ID, p.id), []byte{}); err != nil {
			return err
		}
	}
	return nil
}

// contentKey is equal for two articles that may be one under two addresses.
func contentKey(a *extract.Article) string {
	return record.ContentSHA256(a.Headline, a.Trend, a.Lead, a.Body) + "\x00" + a.Lang
}

// addAddress notes what was last heard of an address. Captures made elsewhere change nothing here. Last is what was
// written last: the clock may have been set back since the capture before, or may have been far ahead then.
func addAddress(tx *bbolt.Tx, p *placed) error {
	b := bucket(tx, bucketAddresses)
	key := []byte(p.entry.URL)
	var old Address
	if _, err := loadJSON(b, key, &old); err != nil {
		return err
	}
	if p.entry.Source != capture.SourceLive {
		return nil
	}
	now := nextAddress(&old, p, isArticle(tx, p.id))
	return putJSON(b, key, now)
}

func nextAddress(old *Address, p *placed, known bool) *Address {
	e := &p.entry
	outcome, reason := classify(e, known || p.article != nil, old.Page == extract.KindListing)
	now := &Address{
		Key: p.key, Role: e.Role, Asked: e.Millis, Status: e.Status, Outcome: outcome, Reason: reason,
		Page: old.Page, ETag: old.ETag, LastModified: old.LastModified, Payload: old.Payload, PayloadSHA1: old.PayloadSHA1,
		NewestWeek: old.NewestWeek,
	}
	if outcome == OutcomeFailed {
		now.Failures, now.FailedSince = old.Failures+1, old.FailedSince
		if old.Failures == 0 {
			now.FailedSince = e.Millis
		}
	}
	if outcome == OutcomeOK {
		now.Page, now.ETag, now.LastModified, now.PayloadSHA1 = e.Page, e.ETag, e.LastModified, p.digest
		now.Payload, now.NewestWeek = p.ref(), e.NewestWeek
	}
	return now
}

// isArticle says whether an id is known as an article's: it gave one, or redirects to one. It goes by the captures so far and
// not by what settling made of them, since a rebuild settles once, when all are in.
func isArticle(tx *bbolt.Tx, id string) bool {
	return id != "" && leadsToArticle(tx, id, map[string]bool{})
}

func leadsToArticle(tx *bbolt.Tx, id string, seen map[string]bool) bool {
	if bucket(tx, bucketIDs).Get([]byte(id)) != nil {
		return true
	}
	seen[id] = true
	for _, to := range seconds(bucket(tx, bucketMoves), onward(id)) {
		if !seen[to] && leadsToArticle(tx, to, seen) {
			return true
		}
	}
	return false
}

// onward is the key under which bucketMoves holds where an id redirects to; under the id itself it holds what redirects there.
func onward(id string) string { return "\x00" + id }
