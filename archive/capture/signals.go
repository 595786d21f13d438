package capture

import (
	"net/http"
	"slices"
	"strings"
)

// ETag is the entity tag as sent, for If-None-Match.
func (m *Message) ETag() string { return m.Header.Get("ETag") }

// LastModified is the date as sent, for If-Modified-Since.
func (m *Message) LastModified() string { return m.Header.Get("Last-Modified") }

// ContentType is the header as sent.
func (m *Message) ContentType() string { return m.Header.Get("Content-Type") }

// Location is the target of a redirect as sent, possibly relative; "" where the status is no redirect.
func (m *Message) Location() string {
	switch m.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return m.Header.Get("Location")
	}
	return ""
}

// Signal is one header with what a site asks of crawlers and of data miners.
type Signal struct{ Name, Value string }

// Signals are the headers on crawling (X-Robots-Tag), text and data mining (TDM Reservation Protocol: Tdm-Reservation,
// Tdm-Policy) and the use by AI (IETF aipref: Content-Usage; Content-Signal), as sent, in this order.
func (m *Message) Signals() []Signal {
	var signals []Signal
	for _, name := range []string{"X-Robots-Tag", "Tdm-Reservation", "Tdm-Policy", "Content-Usage", "Content-Signal"} {
		for _, value := range m.Header[name] {
			signals = append(signals, Signal{Name: name, Value: value})
		}
	}
	return signals
}

// RobotsTags are the directives of X-Robots-Tag that hold for an agent (a product token, such as "infocus"), in lower case,
// each once. A header can name the agent that all behind the name is for: "otherbot: noindex, nofollow".
func (m *Message) RobotsTags(agent string) []string {
	var directives []string
	for _, value := range m.Header["X-Robots-Tag"] {
		applies := true
		for _, token := range tokens([]string{value}) {
			if name, rest, found := strings.Cut(token, ":"); found && !hasValue(name) {
				applies = strings.EqualFold(strings.TrimSpace(name), agent)
				token = strings.TrimSpace(rest)
			}
			if applies && token != "" && !slices.Contains(directives, token) {
				directives = append(directives, token)
			}
		}
	}
	return directives
}

// hasValue is for directives that are written with a colon of their own.
func hasValue(name string) bool {
	switch strings.TrimSpace(name) {
	case "unavailable_after", "max-snippet", "max-image-preview", "max-video-preview":
		return true
	}
	return false
}
