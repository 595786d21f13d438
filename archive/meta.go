package archive

import (
	"encoding/json"
	"fmt"
	"strings"

	"go.etcd.io/bbolt"
)

// keepSite notes a site's profile and the version of the rules that its pages were read with.
func keepSite(tx *bbolt.Tx, r *rules, s Site) error {
	x, err := r.extractor(s.Name, "")
	if err != nil {
		return err
	}
	meta := bucket(tx, bucketMeta)
	if err := putJSON(meta, []byte(prefixSite+s.Name), s); err != nil {
		return err
	}
	return putChanged(meta, []byte(prefixExtractor+s.Name), []byte(x.Version()))
}

// sitesOf lists the sites of an archive.
func sitesOf(tx *bbolt.Tx) ([]Site, error) {
	var sites []Site
	c := bucket(tx, bucketMeta).Cursor()
	for k, v := c.Seek([]byte(prefixSite)); strings.HasPrefix(string(k), prefixSite); k, v = c.Next() {
		var s Site
		if err := json.Unmarshal(v, &s); err != nil {
			return nil, fmt.Errorf("profile %s in the index: %w", k, err)
		}
		sites = append(sites, s)
	}
	return sites, nil
}

func eachFile(tx *bbolt.Tx, fn func(name string, f *File) error) error {
	return bucket(tx, bucketFiles).ForEach(func(k, v []byte) error {
		var f File
		if err := json.Unmarshal(v, &f); err != nil {
			return fmt.Errorf("file %s in the index: %w", k, err)
		}
		return fn(string(k), &f)
	})
}
