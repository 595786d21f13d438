package profile

import (
	"strings"
	"time"

	"infocus/extract/period"
)

// grammar checks the months of every edition and makes the grammar of all.
func (c *checker) grammar() {
	p := c.profile
	first, ok := weekday(p.FirstWeekday)
	if !ok {
		c.fail(at("first_weekday"), "%q is no weekday; give monday or sunday, say", p.FirstWeekday)
	}
	o := period.Options{Unit: p.Unit, First: first, Order: p.DateOrder}
	for i := range p.Editions {
		months, ok := c.months(i, p.Editions[i].Months)
		if !ok {
			continue
		}
		if _, err := period.New(period.Options{Unit: p.Unit, First: first, Languages: append(o.Languages, months)}); err != nil {
			c.fail(at("editions", i, "months"), "%v; a word may name one month only, in all editions", err)
			continue
		}
		o.Languages = append(o.Languages, months)
	}
	p.grammar, _ = period.New(o) // each language was tried
}

// months checks that there are twelve months, each with a name.
func (c *checker) months(edition int, lists [][]string) (period.Months, bool) {
	var months period.Months
	if len(lists) != len(months) {
		c.fail(at("editions", edition, "months"), "%d months; give twelve lists of spellings, January first", len(lists))
		return months, false
	}
	for i, spellings := range lists {
		if len(spellings) == 0 {
			c.fail(at("editions", edition, "months", i), "%s has no name", time.Month(i+1))
			return months, false
		}
		months[i] = spellings
	}
	return months, true
}

// weekday reads the English name of a weekday; monday where empty.
func weekday(name string) (time.Weekday, bool) {
	if name == "" {
		return time.Monday, true
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.EqualFold(day.String(), name) {
			return day, true
		}
	}
	return 0, false
}

// addresses compiles the address rules.
func (c *checker) addresses() {
	a, to := &c.profile.Addresses, &c.profile.paths
	to.articles = c.patterns("articles", a.Articles)
	to.listings = c.patterns("listings", a.Listings)
	to.others = c.patterns("others", a.Others)
	to.ignore = c.patterns("ignore", a.Ignore)
	for i, key := range a.KeepQuery {
		if key == "" || strings.ContainsAny(key, "?&=# ") {
			c.fail(at("addresses", "keep_query", i), "%q is no query key; give its name alone", key)
		}
	}
	for i, form := range a.Paging {
		c.paging(i, form)
	}
}

// patterns compiles the patterns under one key.
func (c *checker) patterns(key string, texts []string) []pattern {
	patterns := make([]pattern, 0, len(texts))
	for i, text := range texts {
		p, err := parsePattern(text)
		if err != nil {
			c.fail(at("addresses", key, i), "%v", err)
			continue
		}
		patterns = append(patterns, p)
	}
	return patterns
}

// paging compiles one form of a further page's address.
func (c *checker) paging(i int, form string) {
	to := &c.profile.paths
	if query, ok := strings.CutPrefix(form, "?"); ok {
		key, ok := strings.CutSuffix(query, "={n}")
		if !ok || key == "" || strings.ContainsAny(key, "&={}") {
			c.fail(at("addresses", "paging", i), "%q is no form; give one such as ?paged={n}", form)
			return
		}
		to.pageKeys = append(to.pageKeys, key)
		return
	}
	p, err := parsePattern(form)
	if err != nil || strings.Count(form, "{n}") != 1 || !strings.HasSuffix(form, "{n}") || strings.Contains(form, "*") {
		c.fail(at("addresses", "paging", i), "%q is no form; give one such as /page/{n} or ?paged={n}", form)
		return
	}
	to.pageEnds = append(to.pageEnds, p)
}
