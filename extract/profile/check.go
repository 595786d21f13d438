package profile

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a profile's time zone must load on every machine alike

	"go.yaml.in/yaml/v3"

	"infocus/extract/fold"
	"infocus/extract/period"
)

// checker finds every mistake in a profile and compiles what is right.
type checker struct {
	profile *Profile
	name    string
	root    yaml.Node
	found   []mistake
}

// mistake is one thing to mend, and where.
type mistake struct {
	line int
	err  error
}

// check goes through the whole profile.
func (c *checker) check() error {
	c.site()
	c.hosts()
	c.editions()
	c.grammar()
	c.addresses()
	slices.SortStableFunc(c.found, func(a, b mistake) int { return a.line - b.line })
	errs := make([]error, len(c.found))
	for i, m := range c.found {
		errs[i] = m.err
	}
	return errors.Join(errs...)
}

// fail notes a mistake at a place: keys and list indexes from the top. The message says the way out.
func (c *checker) fail(place []any, format string, args ...any) {
	words := make([]string, len(place))
	for i, step := range place {
		words[i] = fmt.Sprint(step)
	}
	line := c.line(place)
	err := fmt.Errorf("profile %s: line %d: %s: %s", c.name, line, strings.Join(words, "."), fmt.Sprintf(format, args...))
	c.found = append(c.found, mistake{line, err})
}

// line gives the line of a place, or of the nearest part around it that is there.
func (c *checker) line(place []any) int {
	node := &c.root
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		node = node.Content[0]
	}
	line := node.Line
	for _, step := range place {
		if node = child(node, step); node == nil {
			break
		}
		line = node.Line
	}
	return max(line, 1)
}

// child gives the value of a key or the element at an index, nil without one.
func child(node *yaml.Node, step any) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if i, ok := step.(int); ok {
		if node.Kind == yaml.SequenceNode && i < len(node.Content) {
			return node.Content[i]
		}
		return nil
	}
	if node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == fmt.Sprint(step) {
			return node.Content[i+1]
		}
	}
	return nil
}

// at makes a place.
func at(steps ...any) []any { return steps }

// site checks what holds for the whole site.
func (c *checker) site() {
	p := c.profile
	if !regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`).MatchString(p.Name) {
		c.fail(at("name"), "%q must be small letters, digits and hyphens: it begins every article id", p.Name)
	}
	location, err := time.LoadLocation(p.TimeZone)
	if err != nil || p.TimeZone == "Local" {
		c.fail(at("time_zone"), "%q is no time zone; give an IANA name such as Europe/Minsk", p.TimeZone)
	}
	p.location = location
	switch p.Unit {
	case "":
		p.Unit = period.Week
	case period.Week, period.Month:
	default:
		c.fail(at("period"), "%q is no period; give week or month", p.Unit)
	}
	switch p.DateOrder {
	case "", period.DayFirst, period.MonthFirst:
	default:
		c.fail(at("date_order"), "%q is no order; give dmy or mdy", p.DateOrder)
	}
	if p.DefaultVerdict != "" && !p.DefaultVerdict.known() {
		c.fail(at("default_verdict"), "%q is no verdict; give better, worse or unchanged", p.DefaultVerdict)
	}
	for i, v := range p.VerdictReferences {
		if v.Contains == "" {
			c.fail(at("verdict_references", i, "contains"), "is empty and would match everything")
		}
		if !v.Trend.known() {
			c.fail(at("verdict_references", i, "trend"), "%q is no verdict; give better, worse or unchanged", v.Trend)
		}
	}
}

// known says whether t is one of the trends of a record.
func (t Trend) known() bool { return t == Better || t == Worse || t == Unchanged }

// hosts checks and enters the hosts.
func (c *checker) hosts() {
	p := c.profile
	p.paths.hosts = map[string]bool{}
	if len(p.Hosts) == 0 {
		c.fail(at("hosts"), "is empty; name the host of the site, such as example.org")
	}
	name := regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)
	for i, host := range p.Hosts {
		switch {
		case !name.MatchString(host):
			c.fail(at("hosts", i), "%q is no host; give its name alone in small letters, without https://, port or path", host)
		case strings.HasPrefix(host, "www."):
			c.fail(at("hosts", i), `%q: leave "www." out, it is taken in any case`, host)
		case p.paths.hosts[host]:
			c.fail(at("hosts", i), "%q stands twice", host)
		}
		p.paths.hosts[host] = true
	}
}

// editions checks the editions one by one and against each other.
func (c *checker) editions() {
	p := c.profile
	if len(p.Editions) == 0 {
		c.fail(at("editions"), "is empty; a site has one edition at least")
	}
	codes, prefixes := map[string]bool{}, map[string]bool{}
	p.paths.sections = map[string]*Section{}
	for i := range p.Editions {
		e := &p.Editions[i]
		if codes[e.Code] {
			c.fail(at("editions", i, "code"), "%q stands twice", e.Code)
		}
		if prefixes[e.Prefix] {
			c.fail(at("editions", i, "prefix"), "%q is that of another edition too", e.Prefix)
		}
		codes[e.Code], prefixes[e.Prefix] = true, true
		c.edition(i, e)
	}
	c.sameSections()
}

// edition checks one edition.
func (c *checker) edition(i int, e *Edition) {
	tag := regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	if !tag.MatchString(e.Code) {
		c.fail(at("editions", i, "code"), "%q is no code; give small letters such as en", e.Code)
	}
	if len(e.Languages) == 0 {
		c.fail(at("editions", i, "languages"), "is empty; name the edition's language first, such as en")
	}
	for j, language := range e.Languages {
		if !tag.MatchString(language) {
			c.fail(at("editions", i, "languages", j), "%q is no language tag (BCP 47), such as en or be", language)
		}
	}
	if e.Prefix != "" && (!strings.HasPrefix(e.Prefix, "/") || strings.HasSuffix(e.Prefix, "/")) {
		c.fail(at("editions", i, "prefix"), `%q must begin with a slash and end without one; "" is the root`, e.Prefix)
	}
	if len(e.Seeds) == 0 {
		c.fail(at("editions", i, "seeds"), "is empty; name the path where a crawl begins, such as /")
	}
	c.paths(at("editions", i, "seeds"), e.Seeds)
	c.paths(at("editions", i, "probes"), e.Probes)
	c.sections(i, e)
	c.words(i, e)
}

// paths checks paths of the site.
func (c *checker) paths(place []any, paths []string) {
	for i, path := range paths {
		if !strings.HasPrefix(path, "/") {
			c.fail(append(place, i), "%q is no path; it begins with a slash", path)
		}
	}
}

// sections checks and enters the sections of an edition.
func (c *checker) sections(i int, e *Edition) {
	own := map[string]bool{}
	for j := range e.Sections {
		s := &e.Sections[j]
		if s.Slug == "" || strings.ContainsAny(s.Slug, "/? #") {
			c.fail(at("editions", i, "sections", j, "slug"), "%q is no path segment", s.Slug)
		}
		if own[s.Slug] {
			c.fail(at("editions", i, "sections", j, "slug"), "%q stands twice", s.Slug)
		}
		own[s.Slug] = true
		if _, taken := c.profile.paths.sections[s.Slug]; !taken {
			c.profile.paths.sections[s.Slug] = s
		}
		c.phrases(at("editions", i, "sections", j, "words"), s.Words)
	}
}

// sameSections checks that same_as names a section.
func (c *checker) sameSections() {
	for i := range c.profile.Editions {
		for j, s := range c.profile.Editions[i].Sections {
			if s.SameAs == "" {
				continue
			}
			if _, ok := c.profile.paths.sections[s.SameAs]; !ok || s.SameAs == s.Slug {
				c.fail(at("editions", i, "sections", j, "same_as"), "%q is no other section; give a slug of this file", s.SameAs)
			}
		}
	}
}

// words checks the phrases of an edition.
func (c *checker) words(i int, e *Edition) {
	for trend, phrases := range e.Verdicts {
		if !trend.known() {
			c.fail(at("editions", i, "verdicts", string(trend)), "%q is no verdict; give better, worse or unchanged", trend)
		}
		c.phrases(at("editions", i, "verdicts", string(trend)), phrases)
	}
	for key, phrases := range map[string][]string{
		"names": e.Names, "chrome": e.Chrome, "bylines": e.Bylines, "captions": e.Captions,
	} {
		c.phrases(at("editions", i, key), phrases)
	}
	for key, phrases := range map[string][]string{
		"view_all": e.Links.ViewAll, "next": e.Links.Next, "previous": e.Links.Previous, "read_more": e.Links.ReadMore,
	} {
		c.phrases(at("editions", i, "links", key), phrases)
	}
}

// phrases checks that each phrase has a letter: one without would match every text without letters.
func (c *checker) phrases(place []any, phrases []string) {
	for i, phrase := range phrases {
		if fold.Key(phrase) == "" {
			c.fail(append(place, i), "%q has no letter", phrase)
		}
	}
}
