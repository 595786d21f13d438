package archive

import (
	"context"
	"fmt"
	"path/filepath"

	"infocus/archive/capture"
	"infocus/archive/warc"
)

// ReadPayload reads a stored payload, content encoding removed, with its response.
func ReadPayload(ctx context.Context, dir Dir, ref *PayloadRef) (*capture.Message, []byte, error) {
	u, err := warc.ReadAt(ctx, filepath.Join(dir.WARC(), ref.File), ref.Offset)
	if err != nil {
		return nil, nil, fmt.Errorf("read payload at %s:%d: %w", ref.File, ref.Offset, err)
	}
	if u.Exchange == nil {
		return nil, nil, fmt.Errorf("read payload at %s:%d: no exchange there", ref.File, ref.Offset)
	}
	msg, err := u.Exchange.Message()
	if err != nil {
		return nil, nil, fmt.Errorf("read payload at %s:%d: %w", ref.File, ref.Offset, err)
	}
	body, err := msg.Decode(maxPage)
	return msg, body, err
}
