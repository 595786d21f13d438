package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// source gives figures to a sink; it is asked anew for each scrape.
type source func(s *sink)

var _ prometheus.Collector = source(nil)

// Describe sends nothing: which series there are depends on what was found.
func (source) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (f source) Collect(ch chan<- prometheus.Metric) { f(&sink{ch: ch}) }

// sink takes figures as they are at one moment.
type sink struct{ ch chan<- prometheus.Metric }

func (s *sink) gauge(name, help string, value float64) {
	s.add(prometheus.GaugeValue, name, help, value)
}

func (s *sink) counter(name, help string, value float64) {
	s.add(prometheus.CounterValue, name, help, value)
}

// labelled gives one series of a gauge for each key.
func labelled[N int | int64 | float64](s *sink, name, help, label string, values map[string]N) {
	for key, value := range values {
		s.ch <- prometheus.MustNewConstMetric(prometheus.NewDesc(name, help, []string{label}, nil), prometheus.GaugeValue, float64(value), key)
	}
}

func (s *sink) add(kind prometheus.ValueType, name, help string, value float64) {
	s.ch <- prometheus.MustNewConstMetric(prometheus.NewDesc(name, help, nil, nil), kind, value)
}

func (s *sink) when(name, help string, t time.Time) {
	if !t.IsZero() {
		s.gauge(name, help, float64(t.UnixMilli())/1000)
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
