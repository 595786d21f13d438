// Package schedule says when a known article is asked again, and what comes first when not everything can be asked. It
// is pure: no store, no network, and the time is an argument.
//
// A young article is asked every night, then less and less; see Policy for the rule and its defaults. Due is last asked
// plus interval, so an article that is not asked stays due, and a night that was lost heals with the next.
package schedule
