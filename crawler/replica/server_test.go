package replica_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"infocus/crawler/replica"
)

// start serves a site until the test ends.
func start(t *testing.T, opts replica.Options) *replica.Server {
	t.Helper()
	srv, err := replica.Start(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	return srv
}

// fetch asks a server without following redirects; the body is whole or err says why not.
func fetch(ctx context.Context, address string, headers ...string) (resp *http.Response, body []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("Accept-Encoding", "identity")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	if resp, err = http.DefaultTransport.RoundTrip(req); err != nil {
		return nil, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err = io.ReadAll(resp.Body)
	return resp, body, err
}

func TestContextEndsTheServer(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	srv, err := replica.Start(ctx, replica.Options{Weeks: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := fetch(context.Background(), srv.URL()+"/"); err != nil {
		t.Fatal(err)
	}
	cancel()
	for deadline := time.Now().Add(5 * time.Second); ; {
		if _, _, err := fetch(context.Background(), srv.URL()+"/"); err != nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the server answers after its context has ended")
		}
	}
	if err := srv.Close(); err != nil {
		t.Error(err)
	}
	if err := srv.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}

func TestCloseEndsHangingRequests(t *testing.T) {
	srv, err := replica.Start(context.Background(), replica.Options{Weeks: 1, Faults: []replica.Fault{{Kind: replica.FaultHang}}})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, _, err := fetch(context.Background(), srv.URL()+"/")
		done <- err
	}()
	for len(srv.Log()) == 0 {
		time.Sleep(time.Millisecond)
	}
	if err := srv.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; err == nil {
		t.Error("a request that hangs was answered")
	}
}

func TestAddressInUse(t *testing.T) {
	srv := start(t, replica.Options{Weeks: 1})
	if _, err := replica.Start(context.Background(), replica.Options{Weeks: 1, Addr: srv.URL()[len("http://"):]}); err == nil {
		t.Error("two servers on one address")
	}
}

func TestLogHoldsEveryRequest(t *testing.T) {
	now := day(2025, 1, 20)
	s := newSite(t, replica.Options{Weeks: 3, Now: func() time.Time { return now }})
	a := newestArticle(t, s)
	ask(s, "/", "User-Agent", "infocus/1")
	ask(s, "/"+a.Path+"?page=1", "If-None-Match", `"x"`)
	s.Inject(replica.Fault{Kind: replica.FaultStatus, Status: 503})
	ask(s, "/robots.txt")
	log := s.Log()
	if len(log) != 3 {
		t.Fatalf("%d entries, want 3", len(log))
	}
	if r := log[0]; r.Number != 1 || r.Page != replica.PageHome || r.Header.Get("User-Agent") != "infocus/1" || !r.Time.Equal(now) || r.InFlight != 1 {
		t.Errorf("first entry %+v", r)
	}
	if r := log[1]; r.Page != replica.PageArticle || r.Path != a.Path || r.URI != "/"+a.Path+"?page=1" || r.Status != 200 || r.Bytes == 0 {
		t.Errorf("second entry %+v", r)
	}
	if r := log[2]; r.Status != 503 || r.Fault != replica.FaultStatus || r.Page != replica.PageRobots {
		t.Errorf("third entry %+v", r)
	}
	s.ResetLog()
	ask(s, "/")
	if log := s.Log(); len(log) != 1 || log[0].Number != 1 {
		t.Errorf("after the reset: %+v", log)
	}
}

func TestConcurrentUse(t *testing.T) {
	srv := start(t, replica.Options{
		Weeks: 4, Faults: []replica.Fault{{Kind: replica.FaultSlow, Delay: 20 * time.Millisecond, Pattern: "/about-monitoring"}},
	})
	a := newestArticle(t, srv.Site)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				for _, path := range []string{"/", "/about-monitoring", "/" + a.Path, "/analytics/security-issues/"} {
					if _, _, err := fetch(context.Background(), srv.URL()+path); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Go(func() {
		for range 5 {
			if _, err := srv.PublishArticle(); err != nil {
				t.Error(err)
			}
			if _, err := srv.Edit(a.Path, func(d *replica.Draft) { d.Headline += "!" }); err != nil {
				t.Error(err)
			}
			srv.ChangeChrome()
			srv.Articles()
			srv.Log()
		}
	})
	wg.Wait()
	most := 0
	for _, r := range srv.Log() {
		most = max(most, r.InFlight)
	}
	if len(srv.Log()) != 80 || most < 2 || most > 4 {
		t.Errorf("%d requests, at most %d at once", len(srv.Log()), most)
	}
}

func TestExpiredCertificate(t *testing.T) {
	settings, err := replica.SelfSigned(day(2024, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	srv := start(t, replica.Options{Weeks: 1, TLS: settings})
	leaf, err := x509.ParseCertificate(settings.Certificates[0].Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	for at, good := range map[time.Time]bool{day(2023, 6, 1): true, day(2024, 6, 1): false} {
		client := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, Time: func() time.Time { return at }, MinVersion: tls.VersionTLS12}}
		req, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, srv.URL()+"/", nil)
		resp, err := client.RoundTrip(req)
		if resp != nil {
			_ = resp.Body.Close()
		}
		client.CloseIdleConnections()
		var expired x509.CertificateInvalidError
		if good != (err == nil) || !good && (!errors.As(err, &expired) || expired.Reason != x509.Expired) {
			t.Errorf("asked on %s: %v", at.Format(time.DateOnly), err)
		}
	}
}
