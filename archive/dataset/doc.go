// Package dataset writes the records of an archive for use outside of it. It reads the index and
// writes to the stream that it is given.
package dataset
