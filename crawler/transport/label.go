package transport

import "context"

// Label says what a request is for. It travels in the request's context, since Colly passes that on
// and nothing else.
type Label struct {
	Role string // Exchange.Role
	Via  string // Exchange.Via

	// NoBody hands back a response with an empty body. For callers that read the exchange: it spares
	// decoding the page twice.
	NoBody bool
}

type labelKey struct{}

// WithLabel returns a context whose requests carry the label. It replaces one set before.
func WithLabel(ctx context.Context, l Label) context.Context {
	return context.WithValue(ctx, labelKey{}, l)
}

// LabelOf returns the label of a context, the zero Label if it has none.
func LabelOf(ctx context.Context) Label {
	l, _ := ctx.Value(labelKey{}).(Label)
	return l
}
