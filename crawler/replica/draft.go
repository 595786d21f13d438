package replica

import "time"

// Verdict is what an article says of its section's week.
type Verdict string

// The verdicts.
const (
	VerdictNone      Verdict = ""
	VerdictBetter    Verdict = "better"
	VerdictWorse     Verdict = "worse"
	VerdictUnchanged Verdict = "unchanged"
)

// Second says where the headline is printed again.
type Second string

// The places of the second headline.
const (
	SecondBefore Second = "" // before the lead
	SecondAfter  Second = "after"
	SecondNone   Second = "none"
)

// Layout is the order and the words of an article page, in any markup.
type Layout string

// The layouts. The older ones print neither period nor section nor a link to the other edition.
const (
	LayoutCurrent    Layout = ""
	LayoutOlder      Layout = "older"       // "Category status:" and the verdict in brackets, if there is one
	LayoutOlderStamp Layout = "older-stamp" // a time stamp instead
)

// Draft is the content of one revision of an article. Its JSON form is what the admin surface takes.
//
// Paragraphs hold light markup: [words](address) is a link, **words** is bold, a paragraph that
// starts with "- " is a list item. The first paragraph is the lead.
type Draft struct {
	Edition    string    `json:"edition"`           // en (also "") or be
	Lang       string    `json:"lang"`              // "" is en in the English edition, else ru
	SectionID  string    `json:"section_id"`        // a slug of that edition
	Slug       string    `json:"slug"`              // "" is made from the headline
	Headline   string    `json:"headline"`          //
	Week       time.Time `json:"week"`              // any day of it
	PeriodText string    `json:"period_text"`       // "" is the week as the site prints it
	Verdict    Verdict   `json:"verdict"`           //
	Second     Second    `json:"second"`            //
	Caption    string    `json:"caption"`           //
	Authors    []string  `json:"authors"`           //
	Paragraphs []string  `json:"paragraphs"`        //
	Layout     Layout    `json:"layout"`            //
	NoEdition  bool      `json:"no_edition"`        // leave the edition line out
	NoSection  bool      `json:"no_section"`        // leave the section line out
	Foreign    bool      `json:"foreign"`           // chrome of the other edition
	TwinOf     string    `json:"twin_of,omitempty"` // path of the same article in the other edition
}
