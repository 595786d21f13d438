package replica

import (
	"cmp"
	"net/http"
	"strings"
	"time"
)

// Addresses that redirects of faults lead to.
const (
	loopMark       = "loop=1"
	privateTarget  = "http://10.0.0.1/"
	offSiteTarget  = "https://example.com/"
	defaultTrickle = 100 * time.Millisecond
)

// misbehave answers as a fault says; a is the honest answer.
func (s *Site) misbehave(w *recorder, r *http.Request, f Fault, a answer) {
	switch f.Kind {
	case FaultStatus:
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
		}
		s.send(w, r, page(cmp.Or(f.Status, http.StatusInternalServerError), "text/html", "<h1>"+http.StatusText(f.Status)+"</h1>"))
	case FaultSlow:
		if wait(r, f.Delay) {
			s.send(w, r, a)
		}
	case FaultRedirectLoop:
		s.send(w, r, s.redirect(answer{}, http.StatusFound, loopTarget(r)))
	case FaultRedirect:
		s.send(w, r, s.redirect(answer{}, cmp.Or(f.Status, http.StatusFound), f.Target))
	case FaultRedirectPrivate:
		s.send(w, r, s.redirect(answer{}, http.StatusFound, privateTarget))
	case FaultRedirectOffSite:
		s.send(w, r, s.redirect(answer{}, http.StatusFound, offSiteTarget))
	case FaultEmpty:
		s.send(w, r, page(http.StatusOK, "text/html; charset=utf-8", ""))
	case FaultPDF:
		s.send(w, r, page(http.StatusOK, "application/pdf", pdf))
	case FaultInterstitial:
		s.send(w, r, page(http.StatusOK, "text/html; charset=UTF-8", interstitial))
	case FaultLogin:
		s.send(w, r, s.loginAnswer(r))
	case FaultInvalidUTF8:
		s.send(w, r, spoil(a, "\xff\xfe\xc3(\x80"))
	case FaultNUL:
		s.send(w, r, spoil(a, "\x00\x00"))
	default:
		s.misbehaveOnWire(w, r, f, a)
	}
}

func page(status int, contentType, body string) answer {
	return answer{status: status, contentType: contentType, body: []byte(body)}
}

// loopTarget leads from an address to itself with a mark, and back.
func loopTarget(r *http.Request) string {
	u := *r.URL
	if u.RawQuery == loopMark {
		u.RawQuery = ""
	} else {
		u.RawQuery = loopMark
	}
	return u.RequestURI()
}

func (s *Site) loginAnswer(r *http.Request) answer {
	s.mu.RLock()
	defer s.mu.RUnlock()
	rq := s.parse(r)
	rq.canonical = "/wp-login.php"
	return s.render(rq, s.loginView(rq))
}

// spoil puts bytes that do not belong there after every "e" or "а" of the text between tags. Tags
// and scripts before the body stay whole.
func spoil(a answer, bytes string) answer {
	text := string(a.body)
	at := strings.Index(strings.ToLower(text), "<body")
	if at < 0 {
		return a
	}
	var b strings.Builder
	b.WriteString(text[:at])
	inTag, n := false, 0
	for _, r := range text[at:] {
		b.WriteRune(r)
		switch {
		case r == '<' || r == '>':
			inTag = r == '<'
		case !inTag && (r == 'e' || r == 'а'):
			if n++; n%40 == 0 {
				b.WriteString(bytes)
			}
		}
	}
	a.body = []byte(b.String())
	return a
}

// wait pauses; false if the client has gone meanwhile. Without a delay it waits for that.
func wait(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		<-r.Context().Done()
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}
