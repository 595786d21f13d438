package archive

import (
	"strconv"

	"infocus/archive/capture"
	"infocus/extract"
)

// Outcomes of asking an address once.
const (
	OutcomeOK          = "ok"
	OutcomeNotModified = "not-modified"
	OutcomeMissing     = "missing" // 404, 410
	OutcomeMoved       = "moved"
	OutcomeFailed      = "failed"
	OutcomeRefused     = "refused" // by robots.txt, or where nothing was owed (a login, a 403 on a link of no duty)
)

// ReasonNotArticle is the reason of an article's address that gives an honest page of another kind.
const ReasonNotArticle = "not-an-article"

// classify names what came of a capture. An article is owed where a listing named the address as one
// or the id is known as one's; a listing is owed where the address was one before, and where a listing linked it as its further
// page: one that is forbidden is no end of the listing, while one that is not there is. A home page of an edition is owed too; where
// it never was there, the site does not have the edition.
func classify(e *Entry, articleKnown, listingKnown bool) (outcome, reason string) {
	owesArticle := articleKnown || e.Role == string(extract.RoleArticle)
	further := e.Role == string(extract.RolePage)
	owesListing := listingKnown || further || e.Role == RoleSeed
	switch {
	case e.Failure == capture.FailRobots:
		return OutcomeRefused, string(e.Failure)
	case e.Failure != "":
		return OutcomeFailed, string(e.Failure)
	case e.Problem != "":
		return problemOutcome(e, owesArticle || owesListing)
	case e.Status == 304:
		return OutcomeNotModified, ""
	case e.Status >= 200 && e.Status < 300:
		return pageOutcome(e, owesArticle, owesListing)
	}
	if (e.Status == 404 || e.Status == 410) && (articleKnown || (further || e.Role == RoleSeed) && !listingKnown) {
		return OutcomeMissing, "status-" + strconv.Itoa(e.Status)
	}
	return statusOutcome(e, owesArticle || owesListing)
}

func problemOutcome(e *Entry, owed bool) (string, string) {
	if e.Problem == ProblemOffSite && !owed {
		return OutcomeMoved, e.Problem
	}
	return OutcomeFailed, e.Problem
}

func pageOutcome(e *Entry, owesArticle, owesListing bool) (string, string) {
	switch e.Page {
	case extract.KindInterstitial, extract.KindEmpty, extract.KindUnreadable:
		return OutcomeFailed, string(e.Page)
	case extract.KindLogin, extract.KindParked, extract.KindNotHTML:
		if owesArticle || owesListing {
			return OutcomeFailed, string(e.Page)
		}
	case extract.KindOther, extract.KindListing:
		if owesArticle {
			return OutcomeFailed, ReasonNotArticle
		}
	}
	return OutcomeOK, ""
}

func statusOutcome(e *Entry, owed bool) (string, string) {
	code := "status-" + strconv.Itoa(e.Status)
	switch {
	case e.Status >= 300 && e.Status < 400 && e.Location != "":
		return OutcomeMoved, ""
	case (e.Status == 404 || e.Status == 410) && !owed:
		return OutcomeMissing, code
	case e.Status >= 400 && e.Status < 500 && e.Status != 429 && e.Status != 408 && !owed:
		return OutcomeRefused, code
	}
	return OutcomeFailed, code
}
