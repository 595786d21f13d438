package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"infocus/archive/revision"
	"infocus/extract"
)

// ReasonDistrusted is the reason of a missing or moved page of a night on which the site as a whole
// was not itself.
const ReasonDistrusted = "site-not-itself"

// observer reads the captures of articles from the index as observations.
type observer struct {
	tx         *bbolt.Tx
	distrusted map[int]bool
}

func newObserver(tx *bbolt.Tx) (*observer, error) {
	d, err := distrusted(tx)
	return &observer{tx: tx, distrusted: d}, err
}

// eachCapture calls fn for the captures of an article id or address, in capture time.
func eachCapture(tx *bbolt.Tx, key string, fn func(*Entry) error) error {
	prefix := capturePrefix(key)
	c := bucket(tx, bucketCaptures).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		var e Entry
		if err := json.Unmarshal(v, &e); err != nil {
			return fmt.Errorf("capture of %s in the index: %w", key, err)
		}
		e.Time = time.UnixMilli(e.Millis).UTC()
		if err := fn(&e); err != nil {
			return err
		}
	}
	return nil
}

// observations are the captures of one id that say something of an article, and the content keys of the good ones.
func (o *observer) observations(id string) (out []revision.Observation, contents map[string]bool, err error) {
	contents = map[string]bool{}
	articles := map[string]*extract.Article{}
	err = eachCapture(o.tx, id, func(e *Entry) error {
		obs, ok := o.observe(id, e)
		if !ok {
			return nil
		}
		if e.Content != "" {
			a, err := o.article(e.Content, articles)
			if err != nil {
				return err
			}
			obs.Article = a
			contents[e.ContentKey] = true
		}
		out = append(out, obs)
		return nil
	})
	return out, contents, err
}

func (o *observer) article(content string, read map[string]*extract.Article) (*extract.Article, error) {
	if a := read[content]; a != nil {
		return a, nil
	}
	a := &extract.Article{}
	found, err := loadJSON(bucket(o.tx, bucketContents), []byte(content), a)
	if err == nil && !found {
		err = &CorruptError{Path: "infocus.db", Cause: "content " + content + " is missing"}
	}
	read[content] = a
	return a, err
}

// observe reads one capture of an article's address. A redirect to another spelling of the same id
// says nothing, and neither does what was not asked.
func (o *observer) observe(id string, e *Entry) (revision.Observation, bool) {
	obs := revision.Observation{
		ID: id, URL: e.URL, Time: e.Time, WARC: e.File, Offset: e.Offset, PayloadSHA1: e.PayloadSHA1, Source: e.Source,
	}
	outcome, reason := classify(e, true, false)
	switch outcome {
	case OutcomeOK:
		obs.Kind = revision.Good
	case OutcomeNotModified:
		obs.Kind = revision.NotModified
	case OutcomeMissing:
		obs.Kind = revision.Missing
	case OutcomeMoved:
		if e.Target == id {
			return obs, false
		}
		obs.Kind = revision.Moved
		if isArticle(o.tx, e.Target) {
			obs.Target = e.Target
		}
	case OutcomeRefused:
		return obs, false
	default:
		obs.Kind, obs.Reason = revision.Failed, reason
	}
	if o.distrusted[e.Run] && (obs.Kind == revision.Missing || obs.Kind == revision.Moved) {
		obs.Kind, obs.Reason, obs.Target = revision.Failed, ReasonDistrusted, ""
	}
	return obs, true
}

// component gathers the observations of all ids that may be one article with id.
func (o *observer) component(id string) (map[string][]revision.Observation, error) {
	all := map[string][]revision.Observation{}
	waiting := []string{id}
	for len(waiting) > 0 {
		next := waiting[0]
		waiting = waiting[1:]
		if _, ok := all[next]; ok {
			continue
		}
		obs, contents, err := o.observations(next)
		if err != nil {
			return nil, err
		}
		all[next] = obs
		waiting = append(waiting, o.related(next, obs, contents)...)
	}
	return all, nil
}

// related lists the ids that may be the same article: those that ever had the same content, those
// that this one redirects to, and those that redirect to it.
func (o *observer) related(id string, obs []revision.Observation, contents map[string]bool) []string {
	out := seconds(bucket(o.tx, bucketMoves), id)
	for i := range obs {
		if t := obs[i].Target; t != "" {
			out = append(out, t)
		}
	}
	for key := range contents {
		out = append(out, seconds(bucket(o.tx, bucketHashes), key)...)
	}
	return out
}
