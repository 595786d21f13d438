//go:build !slow

package crawler_test

// slowTests has tests try every case, where they else try some.
const slowTests = false
