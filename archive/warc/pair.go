package warc

import (
	"slices"
	"strings"

	"infocus/archive/capture"
)

// pairer joins request and response, in either order, into one unit. They stand next to each other, as every known writer puts them.
type pairer struct {
	file  string
	yield func(*Unit) error
	alone bool // do not wait for a request behind a response
	held  *Unit
}

func (p *pairer) record(rec *stored) error {
	u := newUnit(rec)
	held := p.held
	switch {
	case held != nil && p.join(held, u):
		return p.flush()
	case u.Type == typeRequest, u.Capture() && !p.alone:
		err := p.flush()
		p.held = u
		return err
	}
	if err := p.flush(); err != nil {
		return err
	}
	return p.yield(u)
}

// join makes one unit of two, and holds it, where one is the request of the other.
func (p *pairer) join(held, u *Unit) bool {
	switch {
	case held.Type == typeRequest && u.Capture() && related(held, u):
		u.takeRequest(held)
		p.held = u
	case held.Capture() && u.Type == typeRequest && related(held, u):
		held.takeRequest(u)
	default:
		return false
	}
	return true
}

// related is by WARC-Concurrent-To; files without it (wget 1.12) pair by address.
func related(a, b *Unit) bool {
	toB, toA := a.Header.values(fieldConcurrentTo), b.Header.values(fieldConcurrentTo)
	if len(toA)+len(toB) == 0 {
		return a.URI == b.URI
	}
	return slices.Contains(toB, bracket(b.RecordID)) || slices.Contains(toA, bracket(a.RecordID))
}

func (p *pairer) flush() error {
	if p.held == nil {
		return nil
	}
	u := p.held
	p.held = nil
	return p.yield(u)
}

func (p *pairer) damage(d Damage) error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.yield(&Unit{
		Kind: KindDamage, Damage: &d,
		Location: Location{File: p.file, Offset: d.Offset, Length: d.Length},
	})
}

// newUnit makes a unit of one record. A request stays KindOther until its partner is found.
func newUnit(rec *stored) *Unit {
	h := rec.header
	u := &Unit{
		Kind: kindOf(rec), Location: rec.location, RecordID: h.id(fieldRecordID), Type: strings.ToLower(h.Value(fieldType)),
		URI: h.id(fieldTargetURI), Date: h.time(fieldDate), Header: h, Block: rec.block, Size: rec.size, TooLarge: rec.tooLarge,
		PayloadSHA1: payloadSHA1(h),
	}
	switch u.Kind {
	case KindResponse, KindRevisit, KindNotModified, KindFailure:
		u.makeExchange()
	}
	return u
}

func kindOf(rec *stored) Kind {
	h := rec.header
	switch strings.ToLower(h.Value(fieldType)) {
	case typeInfo:
		return KindInfo
	case typeResource:
		return KindResource
	case typeMetadata:
		if h.Value(fieldFailure) != "" {
			return KindFailure
		}
		return KindMetadata
	case typeResponse:
		if isHTTP(rec) {
			return KindResponse
		}
	case typeRevisit:
		return revisitKind(h.id(fieldProfile))
	}
	return KindOther
}

func isHTTP(rec *stored) bool {
	if kind := strings.ToLower(rec.header.Value(fieldContentType)); kind != "" {
		return strings.HasPrefix(kind, "application/http")
	}
	return strings.HasPrefix(rec.header.id(fieldTargetURI), "http")
}

// revisitKind goes by the last part of the profile's URI, which WARC 1.0 and 1.1 share.
func revisitKind(profile string) Kind {
	switch {
	case strings.HasSuffix(profile, "/revisit/identical-payload-digest"):
		return KindRevisit
	case strings.HasSuffix(profile, "/revisit/server-not-modified"):
		return KindNotModified
	}
	return KindOther
}

func (u *Unit) makeExchange() {
	h := u.Header
	u.Exchange = &capture.Exchange{URI: u.URI, Time: u.Date, IP: h.Value(fieldIPAddress)}
	if u.Kind != KindFailure {
		u.Exchange.Response, u.Block = u.Block, nil
	}
	if u.Kind == KindResponse {
		u.Exchange.Truncated = h.Value(fieldTruncated)
	}
	if u.Kind == KindRevisit || u.Kind == KindNotModified {
		u.RefersTo = Original{RecordID: h.id(fieldRefersTo), URI: h.id(fieldRefersToURI), Time: h.time(fieldRefersToDate),
			PayloadSHA1: u.PayloadSHA1}
	}
	u.takeExtensions(h)
}

func (u *Unit) takeRequest(request *Unit) {
	u.Request = request.Location
	u.Exchange.Request = request.Block
	if u.Exchange.IP == "" {
		u.Exchange.IP = request.Header.Value(fieldIPAddress)
	}
	if request.Header.Value(fieldSource) != "" {
		u.takeExtensions(request.Header)
	}
}

// takeExtensions reads what this package writes beyond WARC's fields; a record without it was made by others.
func (u *Unit) takeExtensions(h Header) {
	x := u.Exchange
	x.Source = capture.SourceWARC
	if source := h.Value(fieldSource); source != "" {
		x.Source = capture.Source(source)
	}
	x.Role, x.Via, x.Detail = h.Value(fieldRole), h.Value(fieldVia), h.Value(fieldDetail)
	x.Failure = capture.Failure(h.Value(fieldFailure))
	x.Insecure = h.Value(fieldInsecure) == "yes"
}
