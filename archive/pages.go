package archive

import (
	"fmt"
	"hash"
	"hash/crc32"

	"go.etcd.io/bbolt"
)

// readPages reads the index at path to its last byte, and tells object of each page that bbolt objects to. An index that
// cannot be read to its end is a CorruptError.
//
// bbolt looks through its pages on a goroutine of its own, where a fault on the memory map would end the process, and
// believes what a page says of its length. So the list of free pages is read when the file is opened, and all else
// before bbolt does.
func readPages(path string, object func(error)) error {
	opts := &bbolt.Options{ReadOnly: true, PreLoadFreelist: true, Timeout: readWait}
	return viewWith(path, opts, func(tx *bbolt.Tx) error {
		if err := headers(path, tx); err != nil {
			return err
		}
		sum := crc32.NewIEEE()
		if err := tx.ForEach(func(_ []byte, b *bbolt.Bucket) error { return touch(b, sum) }); err != nil {
			return err
		}
		for err := range tx.Check() { // to the end, or its goroutine stays
			object(err)
		}
		return nil
	})
}

// headers goes from page to page and sees that each in use is of a known kind and ends within the file.
func headers(path string, tx *bbolt.Tx) error {
	const metaPages = 2
	end := int(tx.Size() / int64(tx.DB().Info().PageSize))
	for id := metaPages; id < end; id++ {
		page, err := tx.Page(id)
		switch {
		case err != nil:
			return err
		case page.Type == "free":
			continue
		case page.Type != "leaf" && page.Type != "branch" && page.Type != "freelist":
			return &CorruptError{Path: path, Cause: fmt.Sprintf("page %d is of no known kind", id)}
		case page.OverflowCount >= end-id:
			return &CorruptError{Path: path, Cause: fmt.Sprintf("page %d goes beyond the end of the file", id)}
		}
		id += page.OverflowCount
	}
	return nil
}

// touch reads every key and value of a bucket.
func touch(b *bbolt.Bucket, sum hash.Hash) error {
	return b.ForEach(func(k, v []byte) error {
		if v == nil {
			return touch(b.Bucket(k), sum)
		}
		_, _ = sum.Write(k)
		_, _ = sum.Write(v)
		return nil
	})
}
