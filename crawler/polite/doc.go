// Package polite keeps the crawler from being a burden.
//
//   - Pacer (pacer.go) spaces requests: one at a time for a host, the site's own wishes first. It is the
//     transport's Gate.
//   - Breaker and Guard (breaker.go, guard.go) end the night when the site is not well.
//   - Robots (robots.go) asks robots.txt, kept for a day.
//
// It touches no disk, no log and, through the transport given to Robots alone, the network. Time comes
// from a Clock, so a test can let a night pass in a moment; politetest has such a clock.
package polite
