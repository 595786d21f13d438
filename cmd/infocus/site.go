package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"infocus/archive"
	"infocus/extract/profile"
)

// loadSite finds a profile: a built-in one by its name, or the one in a file.
func loadSite(name string) (p *profile.Profile, builtin bool, err error) {
	if p, ok := profile.Builtin(name); ok {
		return p, true, nil
	}
	if _, err := os.Stat(name); err != nil {
		if strings.ContainsAny(name, "./\\") {
			return nil, false, usageErrorf("--site %s: %v", name, err)
		}
		return nil, false, usageErrorf("--site %q is no built-in profile and no file; built in is %s", name, profile.Default)
	}
	p, err = profile.Load(name)
	if err != nil {
		return nil, false, usageErrorf("--site: %w", err)
	}
	return p, false, nil
}

// parseBaseURL checks the address of a mirror or replica.
func parseBaseURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", usageErrorf("--base-url %q: want an address such as http://127.0.0.1:8080", s)
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", usageErrorf("--base-url %q: want scheme, host, port and path alone", s)
	}
	return strings.TrimRight(s, "/"), nil
}

func parseProxy(s string) (*url.URL, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // no proxy is a valid answer
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return nil, usageErrorf("--proxy %q: want an address such as socks5://127.0.0.1:9050 or http://proxy:3128", s)
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
		return u, nil
	}
	return nil, usageErrorf("--proxy %q: schemes are http, https and socks5", s)
}

// storedSite gives the profile that a reading command goes by: the one asked for, else that of the archive,
// else the built-in one.
func (a *app) storedSite(asked string) (*profile.Profile, error) {
	if asked != "" {
		p, _, err := loadSite(asked)
		return p, err
	}
	var p *profile.Profile
	err := archive.View(a.archiveDir(), func(ix *archive.Index) error {
		sites, err := ix.Sites()
		if err != nil || len(sites) == 0 {
			return err
		}
		p, err = sites[0].Load()
		return err
	})
	if err != nil && !errors.Is(err, archive.ErrNoArchive) && !errors.Is(err, archive.ErrNoIndex) {
		return nil, err
	}
	if p != nil {
		return p, nil
	}
	p, ok := profile.Builtin(profile.Default)
	if !ok {
		return nil, fmt.Errorf("the built-in profile %s is missing", profile.Default)
	}
	return p, nil
}
