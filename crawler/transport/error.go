package transport

import (
	"fmt"

	"infocus/archive/capture"
)

// Error is returned for an exchange that gave no whole answer: find it with errors.As, through the
// wrapping of http.Client. A request whose context ended gives the context's error instead.
type Error struct {
	Exchange *capture.Exchange // Failure is never ""
	Err      error             // what was seen, for errors.Is and errors.As
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s: %s", e.Exchange.Failure, e.Exchange.Detail)
}

func (e *Error) Unwrap() error { return e.Err }
