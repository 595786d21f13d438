package replica_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"infocus/crawler/replica"
)

func TestReviseChangesWhatItSays(t *testing.T) {
	s := newSite(t, replica.Options{})
	path := firstWith(t, s, replica.ShapeHandWritten, replica.ShapeList).Path
	paragraphs := func(a replica.Truth) int { return strings.Count(a.Body, "\n\n") + 2 }
	for _, c := range []struct {
		kind replica.EditKind
		want func(old, now replica.Truth) bool
	}{
		{replica.EditTypography, func(old, now replica.Truth) bool { return now.Body != old.Body && now.Headline == old.Headline }},
		{replica.EditNumber, func(old, now replica.Truth) bool { return len(now.Body) >= len(old.Body) && now.Lead == old.Lead }},
		{replica.EditVerdict, func(old, now replica.Truth) bool { return now.Trend != old.Trend && now.Body == old.Body }},
		{replica.EditHeadline, func(old, now replica.Truth) bool { return now.Headline != old.Headline && now.Path == old.Path }},
		{replica.EditInsert, func(old, now replica.Truth) bool { return paragraphs(now) == paragraphs(old)+1 }},
		{replica.EditRemove, func(old, now replica.Truth) bool { return paragraphs(now) == paragraphs(old)-1 }},
		{replica.EditMove, func(old, now replica.Truth) bool { return len(now.Body) == len(old.Body) && now.Body != old.Body }},
		{replica.EditRewrite, func(old, now replica.Truth) bool { return now.Lead != old.Lead && now.Body != old.Body }},
		{replica.EditWithdraw, func(_, now replica.Truth) bool { return now.Lead == "This text has been withdrawn." && now.Body == "" }},
	} {
		old, _ := s.Article(path)
		now, err := s.Revise(path, c.kind)
		if err != nil || now.Revision != old.Revision+1 || !c.want(old, now) {
			t.Errorf("%s: revision %d after %d, error %v", c.kind, now.Revision, old.Revision, err)
		}
		checkOrder(t, visible(parsed(t, wantStatus(t, s, "/"+path, http.StatusOK))), now)
	}
	if n := len(s.Revisions(path)); n != len(replica.EditKinds())+1 {
		t.Errorf("%d revisions", n)
	}
	if _, err := s.Revise(path, replica.EditRemove); err == nil {
		t.Error("a paragraph was removed from an article of one")
	}
	if _, err := s.Revise("no/such", replica.EditNumber); !errors.Is(err, replica.ErrUnknownArticle) {
		t.Errorf("unknown article: %v", err)
	}
}
