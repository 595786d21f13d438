package metrics

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"infocus/archive/health"
	"infocus/crawler"
)

const (
	// headerTime is how long a client may take to say what it wants.
	headerTime = 5 * time.Second
	// closeTime is how long an answer under way may take when the crawl has ended.
	closeTime = time.Second
)

// Server answers /metrics while a crawl runs.
type Server struct {
	listener net.Listener
	server   *http.Server
	done     chan struct{}
	err      error // of serving, once done is closed

	mu       sync.Mutex
	started  time.Time
	progress crawler.Progress
	status   *health.Status
}

// Serve listens at an address such as 127.0.0.1:9807, and answers until Close. The status is that of the
// archive before the crawl; it may be nil. A port in use is an error at once.
func Serve(ctx context.Context, address, version string, started time.Time, status *health.Status) (*Server, error) {
	s := &Server{done: make(chan struct{}), started: started, status: status}
	reg := prometheus.NewRegistry()
	for _, c := range []prometheus.Collector{
		source(func(s *sink) { collectBuild(version, s) }), source(s.collect),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	} {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("metrics: %w", err)
		}
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("serve metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(reg, promhttp.HandlerOpts{}))
	s.listener, s.server = listener, &http.Server{Handler: mux, ReadHeaderTimeout: headerTime}
	go s.serve()
	return s, nil
}

func (s *Server) serve() {
	defer close(s.done)
	if err := s.server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		s.err = err
	}
}

// Address is where the server answers, with the port that was chosen for port 0.
func (s *Server) Address() string { return s.listener.Addr().String() }

// Progress takes in how far the crawl is.
func (s *Server) Progress(p crawler.Progress) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.progress = p
}

// Close stops answering. Nothing of the server is left when it returns.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	err := s.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.server.Close()
	}
	<-s.done
	return errors.Join(err, s.err)
}

func (s *Server) collect(out *sink) {
	s.mu.Lock()
	p := s.progress
	s.mu.Unlock()
	collectStatus(s.status, out)
	out.when("infocus_crawl_start_timestamp_seconds", "When the crawl began, in seconds since 1970.", s.started)
	out.counter("infocus_crawl_pages_total", "Pages that the crawl has asked.", float64(p.Pages))
	out.counter("infocus_crawl_new_articles_total", "Articles that the crawl has found.", float64(p.New))
	out.counter("infocus_crawl_changed_articles_total", "Articles that the crawl found changed.", float64(p.Changed))
	out.counter("infocus_crawl_failures_total", "Tries that failed.", float64(p.Failed))
	out.gauge("infocus_crawl_waiting_addresses", "Addresses that wait to be asked.", float64(p.Waiting))
}
