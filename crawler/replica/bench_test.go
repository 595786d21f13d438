package replica_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"infocus/crawler/replica"
)

func BenchmarkNew10000(b *testing.B) {
	for range b.N {
		newSite(b, replica.Scale(10_000))
	}
}

func BenchmarkArticlePage(b *testing.B) {
	for _, m := range replica.Markups() {
		for name, room := range map[string]int64{"made": 0, "cached": 64 << 20} {
			b.Run(string(m)+"/"+name, func(b *testing.B) {
				opts := replica.Scale(200)
				opts.Markup, opts.CacheBytes = m, room
				s := newSite(b, opts)
				var requests []*http.Request
				for _, a := range s.Articles() {
					r := httptest.NewRequest(http.MethodGet, host+"/"+a.Path, nil)
					r.Header.Set("Accept-Encoding", "gzip")
					requests = append(requests, r)
				}
				handler := s.Handler()
				for i := range b.N {
					handler.ServeHTTP(httptest.NewRecorder(), requests[i%len(requests)])
				}
			})
		}
	}
}
