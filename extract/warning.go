package extract

// Codes in Article.Warnings: what a page did not give, what was guessed, what was odd. An article that prints everything has none.
//
//	code                   meaning
//	charset-guessed        no declared character set fits the bytes; the likeliest one was taken
//	invalid-utf8           bad bytes were replaced by U+FFFD
//	truncated-html         the page ends inside a tag or before its body does
//	headline-from-title    the headline is not among the words of the page
//	no-period              no range of days is printed in the head
//	period-year-guessed    the range prints no year (package period)
//	period-year-corrected  the printed year is that of the other end of a week across New Year (package period)
//	period-not-a-week      the range is no whole period of the site (package period)
//	no-section             no words of a section are printed in the head
//	section-guessed        the words where a section stands are none that the profile knows
//	section-elsewhere      the section printed is not that of the address
//	no-trend               no verdict is shown
//
// They stand in the order in which the fields were read, and each once.
const (
	WarnCharsetGuessed    = "charset-guessed"
	WarnInvalidUTF8       = "invalid-utf8"
	WarnTruncated         = "truncated-html"
	WarnHeadlineFromTitle = "headline-from-title"
	WarnNoPeriod          = "no-period"
	WarnNoSection         = "no-section"
	WarnSectionGuessed    = "section-guessed"
	WarnSectionElsewhere  = "section-elsewhere"
	WarnNoTrend           = "no-trend"
)
