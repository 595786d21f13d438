// Package transport fetches one address at a time and keeps what went over the wire, byte for byte.
//
// It is an http.RoundTripper, so it works under Colly or any http.Client. For every request it waits
// its turn at a Gate, sends it, reads the whole answer within bounds of size and time, and hands a
// capture.Exchange to a Sink. It refuses addresses that are not public, inside the dialer and after
// name resolution, so no redirect and no name server leads it into a private network.
//
// It speaks HTTP/1.1 on connections of its own and leaves the parsing to http.ReadResponse.
// http.Transport hides what an archive has to know: where on the connection a message ended, what
// came after it, and the bytes inside TLS when a proxy stands between.
//
// It touches the network and the system clock. It follows no redirect, repeats no request but one that a
// kept connection turned out to be dead for, keeps no cookie, reads no environment variable, and logs nothing.
package transport
