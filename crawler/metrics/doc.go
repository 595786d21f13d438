// Package metrics says in the language of Prometheus how a night went and how the archive is: as a file for
// node_exporter's textfile collector, and over HTTP while a crawl runs.
//
// Names follow the conventions of Prometheus: base units in the name, ratios from 0 to 1, times in seconds
// since 1970. docs/deploy has what to alert on. It touches the file and the address that it is given; the
// figures and the time are arguments.
package metrics
