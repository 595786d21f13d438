// Package backup copies an archive, also while a crawl runs, to a directory that is an archive itself: to
// restore it is to copy it back.
//
// What comes over is one state of the index, the WARC files as far as that state knows them, and the settings.
// WARC files that are sealed never change, so those that the copy has are left alone. Every byte is hashed
// on its way and held against its seal: a damaged source never takes the place of a good copy.
//
// The order makes a copy that is cut off at any moment a sound one: the index is taken first, and put in place last,
// after the files that it speaks of. Half-written files live in DEST/.partial alone.
//
// A file that is still open in the archive is sealed in the copy as far as it came over, so that the copy is whole by itself. The
// next backup knows it by its bytes, which the archive's file still begins with; the seal is taken back before the file is
// replaced. One that does not go on from what the copy has is named and left alone.
//
// DEST/warc/SHA256SUMS has the seals of the files that are there. DEST/SHA256SUMS has every file of the
// backup, for `sha256sum -c`. A file that decayed in DEST is set aside as NAME.damaged and copied anew.
//
// It reads the archive, writes DEST and touches nothing else.
package backup
