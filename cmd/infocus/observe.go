package main

import (
	"context"
	"fmt"
	"net"
	"path/filepath"

	"github.com/rs/zerolog"
	"github.com/spf13/pflag"

	"infocus/archive"
	"infocus/archive/health"
	"infocus/crawler"
	"infocus/crawler/metrics"
)

// observeFlags say who is told of a night beside the one who started it.
type observeFlags struct {
	metricsFile   string
	metricsListen string
	notify        string
}

func (f *observeFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.metricsFile, "metrics-file", "", "write metrics for node_exporter's textfile collector to this file when the night ends")
	fl.StringVar(&f.metricsListen, "metrics-listen", "", "answer /metrics at this address while the crawl runs, such as 127.0.0.1:9807 (default off)")
	fl.StringVar(&f.notify, "notify-command", "", "run this with sh when something needs a person; the report comes on standard input as JSON")
}

// observer watches one crawl.
type observer struct {
	app     *app
	flags   *observeFlags
	minFree int64
	log     zerolog.Logger
	server  *metrics.Server
	report  *archive.Report // of the crawl, once it has ended
}

// observed runs a crawl and tells how it went those whom the flags name. What cannot be told changes
// nothing about the crawl or its exit code; only what is wrong before the first page is an error.
func (a *app) observed(ctx context.Context, f *crawlFlags, crawl func(*observer) error) error {
	o := &observer{app: a, flags: &f.observe, log: a.logger()}
	if least, err := parseSize("--min-free", f.minFree); err == nil {
		o.minFree = max(least, 0)
	}
	err := o.open(ctx)
	if err == nil {
		err = crawl(o)
		o.close()
	}
	if code := a.exitCode(ctx, err); code != exitLocked { // another process is at work, and tells
		o.tell(ctx, code, err)
	}
	return err
}

func (o *observer) open(ctx context.Context) error {
	if o.flags.metricsFile != "" {
		if err := metrics.CheckFile(o.flags.metricsFile); err != nil {
			return fmt.Errorf("--metrics-file: %w", err)
		}
	}
	if o.flags.metricsListen == "" {
		return nil
	}
	if _, _, err := net.SplitHostPort(o.flags.metricsListen); err != nil {
		return usageErrorf("--metrics-listen %q: want an address such as 127.0.0.1:9807", o.flags.metricsListen)
	}
	var err error
	o.server, err = metrics.Serve(ctx, o.flags.metricsListen, versionNumber(), o.app.clock(), o.status())
	if err != nil {
		return fmt.Errorf("--metrics-listen: %w; name a free address such as 127.0.0.1:9807", err)
	}
	o.log.Info().Str("address", o.server.Address()).Msg("metrics are served at /metrics")
	return nil
}

func (o *observer) close() {
	if o.server == nil {
		return
	}
	if err := o.server.Close(); err != nil {
		o.log.Warn().Err(err).Msg("serving metrics ended badly")
	}
}

// watch passes progress on.
func (o *observer) watch(next func(crawler.Progress)) func(crawler.Progress) {
	if o.server == nil {
		return next
	}
	return func(p crawler.Progress) {
		o.server.Progress(p)
		next(p)
	}
}

// tell writes the metrics and notifies.
func (o *observer) tell(ctx context.Context, code int, err error) {
	if o.flags.metricsFile == "" && o.flags.notify == "" {
		return
	}
	status := o.status()
	if path := o.flags.metricsFile; path != "" {
		night := metrics.Night{Finished: o.app.clock(), ExitCode: code, Report: o.report}
		if err := metrics.WriteFile(path, versionNumber(), night, status); err != nil {
			o.log.Error().Err(err).Msg("metrics were not written")
		}
	}
	if o.flags.notify == "" || code == exitInterrupted {
		return
	}
	if n := newNotice(o.app.archiveDir(), o.report, code, err, status); n.needed() {
		if err := n.send(ctx, o.flags.notify, o.app.environ()); err != nil {
			o.log.Error().Err(err).Str("command", o.flags.notify).Msg("nobody was notified")
		}
	}
}

// status assesses the archive; nil where that cannot be done, as before the first night.
func (o *observer) status() *health.Status {
	s, err := health.Assess(o.app.archiveDir(), o.app.clock(), health.Options{MinFree: o.minFree})
	if err != nil {
		o.log.Debug().Err(err).Msg("the archive was not assessed")
		return nil
	}
	return s
}

func absolute(dir archive.Dir) string {
	if path, err := filepath.Abs(string(dir)); err == nil {
		return path
	}
	return string(dir)
}
