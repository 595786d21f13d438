//go:build unix

package transport

import (
	"net"
	"syscall"
)

// peek looks, without waiting and without taking, for bytes that have arrived on a TCP connection.
func peek(c net.Conn) peeked {
	sc, ok := c.(syscall.Conn)
	if !ok {
		return peekQuiet
	}
	rc, err := sc.SyscallConn()
	if err != nil {
		return peekGone
	}
	var n int
	var errRecv error
	err = rc.Read(func(fd uintptr) bool {
		var b [1]byte
		n, _, errRecv = syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		return true
	})
	switch {
	case err != nil:
		return peekGone
	case errRecv == syscall.EAGAIN || errRecv == syscall.EINTR:
		return peekQuiet
	case errRecv != nil || n <= 0:
		return peekGone
	default:
		return peekBytes
	}
}
