package warc

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"infocus/archive/capture"
)

// Types and content types of records.
const (
	typeInfo     = "warcinfo"
	typeRequest  = "request"
	typeResponse = "response"
	typeRevisit  = "revisit"
	typeMetadata = "metadata"
	typeResource = "resource"

	contentRequest  = "application/http;msgtype=request"
	contentResponse = "application/http;msgtype=response"
	contentFields   = "application/warc-fields"

	profileIdentical   = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	profileNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// maxDetail bounds the words of a failure, in bytes.
const maxDetail = 1000

// ErrNoRevisit is for an exchange that a revisit record would not hold whole.
var ErrNoRevisit = errors.New("not a revisit")

// Response gives the records of an exchange kept in full: its request, where one was sent, and its response, or the
// failure in place of one.
func Response(x *capture.Exchange) (Group, error) {
	message, err := x.Message()
	if errors.Is(err, capture.ErrNoResponse) {
		return failure(x), nil
	}
	if err != nil {
		return nil, fmt.Errorf("response of %s: %w", x.URI, err)
	}
	last := newRecord(typeResponse, x)
	last.ContentType = contentResponse
	last.PayloadSHA1 = message.PayloadSHA1()
	last.Block = x.Response
	if x.Truncated != "" {
		last.Fields = append(last.Fields, Field{fieldTruncated, x.Truncated})
	}
	return pair(x, last), nil
}

// Revisit gives the records of an exchange whose payload is held already in original: the response is kept without its
// payload (profile identical-payload-digest). It is ErrNoRevisit where more than the payload would be lost: the
// message is cut, has bytes beyond its end, failed, or its payload is another.
func Revisit(x *capture.Exchange, original Original) (Group, error) {
	message, err := x.Message()
	if err != nil {
		return nil, fmt.Errorf("revisit of %s: %w", x.URI, err)
	}
	switch {
	case message.Truncated || len(message.Extra) > 0 || x.Failure != "":
		return nil, fmt.Errorf("%w: the response of %s is not whole", ErrNoRevisit, x.URI)
	case message.HeaderLen == 0:
		return nil, fmt.Errorf("%w: the response of %s has no headers", ErrNoRevisit, x.URI)
	case message.PayloadSHA1() != original.PayloadSHA1:
		return nil, fmt.Errorf("%w: the payload of %s is not that of %s", ErrNoRevisit, x.URI, original.RecordID)
	}
	last := revisit(x, profileIdentical, original)
	last.Block = x.Response[:message.HeaderLen]
	last.Fields = append(last.Fields, Field{fieldTruncated, "length"}) // WARC 1.1, 6.7.2
	return pair(x, last), nil
}

// NotModified gives the records of an exchange that the server answered with 304 (profile server-not-modified); any other
// answer is ErrNoRevisit.
func NotModified(x *capture.Exchange, original Original) (Group, error) {
	message, err := x.Message()
	if err != nil {
		return nil, fmt.Errorf("revisit of %s: %w", x.URI, err)
	}
	if message.Status != http.StatusNotModified {
		return nil, fmt.Errorf("%w: the server answered %s with %d, not with 304", ErrNoRevisit, x.URI, message.Status)
	}
	last := revisit(x, profileNotModified, original)
	last.Block = x.Response
	return pair(x, last), nil
}

// Metadata gives a metadata record, such as the report of a run.
func Metadata(uri string, at time.Time, contentType string, block []byte) Group {
	return Group{{Type: typeMetadata, ID: newID(), Date: at, URI: uri, ContentType: contentType, Block: block}}
}

// Resource gives a resource record, such as the profile of a site.
func Resource(uri string, at time.Time, contentType string, block []byte) Group {
	return Group{{Type: typeResource, ID: newID(), Date: at, URI: uri, ContentType: contentType, Block: block,
		PayloadSHA1: capture.SHA1(block)}}
}

func newRecord(kind string, x *capture.Exchange) Record {
	record := Record{Type: kind, ID: newID(), Date: x.Time, URI: x.URI}
	if x.IP != "" {
		record.Fields = append(record.Fields, Field{fieldIPAddress, x.IP})
	}
	return record
}

func revisit(x *capture.Exchange, profile string, original Original) Record {
	record := newRecord(typeRevisit, x)
	record.ContentType = contentResponse
	record.PayloadSHA1 = original.PayloadSHA1
	record.Fields = append(record.Fields,
		Field{fieldProfile, profile},
		Field{fieldRefersTo, bracket(original.RecordID)},
		Field{fieldRefersToURI, cleanURI(original.URI)},
		Field{fieldRefersToDate, formatTime(original.Time)})
	return record
}

// failure gives the records of an exchange without a response. The block of the metadata record repeats the fields for tools that
// show it.
func failure(x *capture.Exchange) Group {
	failed := *x
	if failed.Failure == "" {
		failed.Failure = capture.FailUnavailable
	}
	last := newRecord(typeMetadata, x)
	last.ContentType = contentFields
	last.Fields = append(last.Fields, extensions(&failed)...)
	last.Block = fmt.Appendf(nil, "failure: %s\r\ndetail: %s\r\n", failed.Failure, cleanValue(detail(x)))
	return join(requestOf(x), last)
}

func detail(x *capture.Exchange) string { return x.Detail[:min(len(x.Detail), maxDetail)] }

// pair puts the extension fields into the request, where there is one: replay tools read the response.
func pair(x *capture.Exchange, last Record) Group {
	request := requestOf(x)
	carrier := &last
	if len(request.Block) > 0 {
		carrier = &request
	}
	carrier.Fields = append(carrier.Fields, extensions(x)...)
	return join(request, last)
}

func requestOf(x *capture.Exchange) Record {
	request := newRecord(typeRequest, x)
	request.ContentType = contentRequest
	request.Block = x.Request
	return request
}

// join puts the request, if one was sent, in front of the record that completes the exchange, so that a file that ends between the
// two holds a request without a partner and never half an exchange that looks whole.
func join(request, last Record) Group {
	if len(request.Block) == 0 {
		return Group{last}
	}
	request.Fields = append(request.Fields, Field{fieldConcurrentTo, bracket(last.ID)})
	last.Fields = append(last.Fields, Field{fieldConcurrentTo, bracket(request.ID)})
	return Group{request, last}
}

// extensions are the fields for what WARC has no field for.
func extensions(x *capture.Exchange) []Field {
	source := x.Source
	if source == "" {
		source = capture.SourceLive
	}
	fields := []Field{{fieldSource, string(source)}}
	add := func(name, value string) {
		if value != "" {
			fields = append(fields, Field{name, value})
		}
	}
	add(fieldRole, x.Role)
	add(fieldVia, x.Via)
	if x.Insecure {
		add(fieldInsecure, "yes")
	}
	add(fieldFailure, string(x.Failure))
	add(fieldDetail, detail(x))
	return fields
}
