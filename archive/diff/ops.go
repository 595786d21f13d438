package diff

import (
	"fmt"
	"strings"
)

// OldText joins what the operations hold of the old text.
func OldText(ops []Op) string {
	var b strings.Builder
	for _, op := range ops {
		b.WriteString(op.oldPart())
	}
	return b.String()
}

// NewText joins what the operations hold of the new text.
func NewText(ops []Op) string {
	var b strings.Builder
	for _, op := range ops {
		b.WriteString(op.newPart())
	}
	return b.String()
}

func (op Op) oldPart() string {
	if op.Kind == OpEqual || op.Kind == OpDelete {
		return op.Text
	}
	return op.From
}

func (op Op) newPart() string {
	if op.Kind == OpEqual || op.Kind == OpInsert {
		return op.Text
	}
	return op.To
}

// Apply gives the new text from the old one, which is as Text gives it. It is an error when the operations are not of old.
func Apply(old string, ops []Op) (string, error) {
	rest := old
	for i, op := range ops {
		after, ok := strings.CutPrefix(rest, op.oldPart())
		if !ok {
			return "", fmt.Errorf("apply operation %d (%s): the old text has something else at byte %d", i, op.Kind, len(old)-len(rest))
		}
		rest = after
	}
	if rest != "" {
		return "", fmt.Errorf("apply operations: they end at byte %d of the old text, which has %d", len(old)-len(rest), len(old))
	}
	return NewText(ops), nil
}

// Invert gives the operations from the new text to the old one.
func Invert(ops []Op) []Op {
	inverse := make([]Op, len(ops))
	for i, op := range ops {
		op.From, op.To = op.To, op.From
		op.Edits = Invert(op.Edits)
		switch op.Kind {
		case OpInsert:
			op.Kind = OpDelete
		case OpDelete:
			op.Kind = OpInsert
		}
		switch op.Break {
		case BreakSplit:
			op.Break = BreakMerge
		case BreakMerge:
			op.Break = BreakSplit
		}
		inverse[i] = op
	}
	return inverse
}
