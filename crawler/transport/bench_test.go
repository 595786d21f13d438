package transport

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkFetch holds the recording transport against http.Transport on the same pages.
func BenchmarkFetch(b *testing.B) {
	page := bytes.Repeat([]byte("<p>a page of a usual size</p>"), 1500)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page) }))
	defer s.Close()
	recording, err := New(Options{UserAgent: "bench", Allow: s.Listener.Addr().String()})
	if err != nil {
		b.Fatal(err)
	}
	defer recording.CloseIdleConnections()
	plain := &http.Transport{}
	defer plain.CloseIdleConnections()
	for name, rt := range map[string]http.RoundTripper{"recording": recording, "plain": plain} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				req, _ := http.NewRequestWithContext(b.Context(), http.MethodGet, s.URL, nil)
				resp, err := rt.RoundTrip(req)
				if err != nil {
					b.Fatal(err)
				}
				if n, err := io.Copy(io.Discard, resp.Body); err != nil || n != int64(len(page)) {
					b.Fatal(n, err)
				}
				_ = resp.Body.Close()
			}
		})
	}
}
