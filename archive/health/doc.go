// Package health says whether an archive can be trusted today: what the last nights brought, what is
// missing, and what a person should do. It reads the index and the file system of the archive and changes
// nothing; the time is an argument.
//
// Assess gathers what is known (facts.go) and judges it, a file for each thing that can be wrong. What a
// person has to see to is a problem; what is merely worth knowing is a note: a site that pauses for weeks
// is one, a night that asked and was not answered is the other. Usual is for the crawler, too: it holds a
// night's extraction against earlier ones.
package health
