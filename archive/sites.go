package archive

import (
	"fmt"
	"sync"

	"infocus/extract"
	"infocus/extract/profile"
)

// Site is a site whose pages an archive holds, as kept in the index and in the WARC files.
type Site struct {
	Name    string `json:"name"`
	Builtin bool   `json:"builtin"`           // the program's own profile of that name counts, in today's version
	Profile string `json:"profile,omitempty"` // YAML, for a profile given as a file
}

// NewSite describes a profile for keeping.
func NewSite(p *profile.Profile, builtin bool) Site {
	if builtin {
		return Site{Name: p.Name, Builtin: true}
	}
	return Site{Name: p.Name, Profile: string(p.Bytes())}
}

// Load gives the profile.
func (s Site) Load() (*profile.Profile, error) {
	if s.Builtin {
		if p, ok := profile.Builtin(s.Name); ok {
			return p, nil
		}
		return nil, fmt.Errorf("this program has no built-in profile %q: it may be older than the one that wrote the archive", s.Name)
	}
	return profile.Parse("profile of "+s.Name+" in the archive", []byte(s.Profile))
}

// rules gives the extractor for each site and base URL. A page is read by the same rules whenever
// it is read: live, recovered, or in a rebuild.
type rules struct {
	mu         sync.Mutex
	profiles   map[string]*profile.Profile
	extractors map[[2]string]*extract.Extractor
}

func newRules() *rules {
	return &rules{profiles: map[string]*profile.Profile{}, extractors: map[[2]string]*extract.Extractor{}}
}

// know makes the rules use a site's profile from now on.
func (r *rules) know(s Site) error {
	p, err := s.Load()
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.profiles[s.Name] = p
	for key := range r.extractors {
		if key[0] == s.Name {
			delete(r.extractors, key)
		}
	}
	return nil
}

func (r *rules) extractor(site, baseURL string) (*extract.Extractor, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if x := r.extractors[[2]string{site, baseURL}]; x != nil {
		return x, nil
	}
	p := r.profiles[site]
	if p == nil {
		return nil, fmt.Errorf("the archive holds no profile of site %q", site)
	}
	x, err := extract.New(p, baseURL)
	if err != nil {
		return nil, err
	}
	r.extractors[[2]string{site, baseURL}] = x
	return x, nil
}

// versions gives the version of the rules for each site.
func (r *rules) versions() (map[string]string, error) {
	r.mu.Lock()
	names := make([]string, 0, len(r.profiles))
	for name := range r.profiles {
		names = append(names, name)
	}
	r.mu.Unlock()
	out := map[string]string{}
	for _, name := range names {
		x, err := r.extractor(name, "")
		if err != nil {
			return nil, err
		}
		out[name] = x.Version()
	}
	return out, nil
}
