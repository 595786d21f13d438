package crawler

import (
	"net/url"
	"strings"
)

// localize gives the address of a page of the site at the place where this run reads the site: pages link each other
// at any of the site's hosts, and a mirror is to be asked instead of them.
func (c *crawl) localize(address string) string {
	u, err := url.Parse(address)
	if err != nil || c.atRoot(u) || !c.opts.Profile.IsHost(u.Host) {
		return address
	}
	return c.opts.root() + u.RequestURI()
}

// atRoot says whether an address is at the scheme, host and port where this run reads the site.
func (c *crawl) atRoot(u *url.URL) bool {
	root, err := url.Parse(c.opts.root())
	return err == nil && strings.EqualFold(u.Host, root.Host) && (u.Scheme == root.Scheme || c.opts.BaseURL == "")
}
