package health

import (
	"fmt"

	"infocus/archive"
)

const (
	// usualLeast is how many article pages earlier nights must have read for a usual share to exist.
	usualLeast = 20
	// usualTonight is how many tonight must have read for its share to be held against the usual one.
	usualTonight = 8
	// usualDrop is the part of the usual share below which a field counts as lost.
	usualDrop = 0.5
)

// Usual is how often each field was found on article pages of earlier nights.
type Usual struct{ sum archive.FieldCount }

// Share is how often a field was found.
type Share struct {
	Field   string   `json:"field"` // article, period, section, headline, verdict, lead, body
	Found   int      `json:"found"`
	Of      int      `json:"of"` // pages for article, articles for the others
	Share   float64  `json:"share"`
	Usual   *float64 `json:"usual"` // null while too little is known
	Dropped bool     `json:"dropped"`
}

// Add takes in the report of an earlier night.
func (u *Usual) Add(r *archive.Report) {
	if r.Distrust || r.HasAlarm(archive.AlarmExtraction) {
		return // a bad night is not usual
	}
	addFields(&u.sum, &r.Fields)
}

func addFields(s, f *archive.FieldCount) {
	s.Pages += f.Pages
	s.Articles += f.Articles
	s.Period += f.Period
	s.Section += f.Section
	s.Headline += f.Headline
	s.Trend += f.Trend
	s.Lead += f.Lead
	s.Body += f.Body
}

// Shares holds what was found against Usual.
func (u *Usual) Shares(now *archive.FieldCount) []Share {
	s := &u.sum
	return []Share{
		share("article", now.Articles, now.Pages, s.Articles, s.Pages),
		share("period", now.Period, now.Articles, s.Period, s.Articles),
		share("section", now.Section, now.Articles, s.Section, s.Articles),
		share("headline", now.Headline, now.Articles, s.Headline, s.Articles),
		share("verdict", now.Trend, now.Articles, s.Trend, s.Articles),
		share("lead", now.Lead, now.Articles, s.Lead, s.Articles),
		share("body", now.Body, now.Articles, s.Body, s.Articles),
	}
}

func share(field string, found, of, usually, usuallyOf int) Share {
	s := Share{Field: field, Found: found, Of: of}
	if of > 0 {
		s.Share = float64(found) / float64(of)
	}
	if usuallyOf >= usualLeast {
		usual := float64(usually) / float64(usuallyOf)
		s.Usual = &usual
		s.Dropped = of >= usualTonight && s.Share < usual*usualDrop
	}
	return s
}

// String says of a share that dropped what a person should know.
func (s Share) String() string {
	what := s.Field
	if what == "article" {
		what = "an article"
	}
	if s.Usual == nil {
		return fmt.Sprintf("%s found on %.0f %% of pages", what, 100*s.Share)
	}
	return fmt.Sprintf("%s found on %.0f %% of pages, usually %.0f %%", what, 100*s.Share, 100**s.Usual)
}

// Drops names the fields that were found far less often than Usual.
func (u *Usual) Drops(now *archive.FieldCount) []string {
	var out []string
	for _, s := range u.Shares(now) {
		if s.Dropped {
			out = append(out, s.String())
		}
	}
	return out
}
