package replica

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// defaultAddr takes any free port of the loopback interface.
const defaultAddr = "127.0.0.1:0"

// Server is a site on a loopback port.
type Server struct {
	*Site
	url    string
	http   *http.Server
	closed sync.Once
	stop   context.CancelFunc // ends the watch on ctx
	done   sync.WaitGroup     // the accept loop, the watch, the handlers
	err    error              // of closing
}

// Start serves a new site until ctx ends or Close is called.
func Start(ctx context.Context, opts Options) (*Server, error) {
	site, err := New(opts)
	if err != nil {
		return nil, err
	}
	return site.Start(ctx)
}

// Start serves the site until ctx ends or Close is called.
func (s *Site) Start(ctx context.Context) (*Server, error) {
	addr := s.opts.Addr
	if addr == "" {
		addr = defaultAddr
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	srv := &Server{Site: s, url: "http://" + listener.Addr().String()}
	if s.opts.TLS != nil {
		listener, srv.url = tls.NewListener(listener, s.opts.TLS), "https://"+listener.Addr().String()
	}
	handler := s.Handler()
	srv.http = &http.Server{
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          log.New(io.Discard, "", 0), // clients of tests break off on purpose
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			srv.done.Add(1)
			defer srv.done.Done()
			handler.ServeHTTP(w, r)
		}),
	}
	watch, stop := context.WithCancel(ctx)
	srv.stop = stop
	srv.done.Add(2)
	go func() {
		defer srv.done.Done()
		_ = srv.http.Serve(listener) // always ErrServerClosed or the closed listener's
	}()
	go func() {
		defer srv.done.Done()
		<-watch.Done()
		srv.shut()
	}()
	return srv, nil
}

// URL is the site's address without a last slash: "http://127.0.0.1:41234".
func (s *Server) URL() string { return s.url }

// Close ends every connection, closes the listener and waits for the handlers. It may be called twice.
func (s *Server) Close() error {
	s.stop()
	s.shut()
	s.done.Wait()
	return s.err
}

func (s *Server) shut() {
	s.closed.Do(func() {
		if err := s.http.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			s.err = fmt.Errorf("close replica: %w", err)
		}
	})
}
