package warc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"infocus/archive/capture"
)

// unsealed writes groups and ends as a killed process does: the file is durable and has no seal.
func unsealed(t testing.TB, groups ...Group) (path string, places [][]Location) {
	t.Helper()
	dir := t.TempDir()
	w := openWriter(t, dir, Options{})
	places = appendSync(t, w, groups...)
	path = filepath.Join(dir, w.File())
	if err := w.file.file.Close(); err != nil {
		t.Fatal(err)
	}
	return path, places
}

func repair(t testing.TB, path string, acknowledged int64) (*Cut, []Damage) {
	t.Helper()
	cut, damage, err := Repair(context.Background(), unsynced{}, path, acknowledged)
	if err != nil {
		t.Fatal(err)
	}
	return cut, damage
}

func TestFileCutAtAnyByteKeepsItsWholeRecords(t *testing.T) {
	path, places := unsealed(t, response(t, exchange(1)), response(t, exchange(2)))
	whole := readFile(t, path)
	ends := map[int64]bool{0: true, places[0][0].Offset: true} // where a record may end
	for _, place := range places {
		ends[place[0].End()], ends[place[1].End()] = true, true
	}
	for size := range int64(len(whole) + 1) {
		storeFile(t, path, whole[:size])
		keep := size // the last end of a record at or before size
		for !ends[keep] {
			keep--
		}
		cut, damage := repair(t, path, 0)
		left, _ := os.ReadFile(path) // gone where nothing is kept
		switch {
		case len(damage) > 0:
			t.Fatalf("cut at %d: damage %+v", size, damage)
		case !bytes.Equal(left, whole[:keep]):
			t.Fatalf("cut at %d: %d bytes left, want %d", size, len(left), keep)
		case size == keep && size > 0:
			if cut != nil {
				t.Fatalf("whole at %d: cut %+v", size, cut)
			}
			continue
		case cut == nil || cut.Offset != keep || cut.Bytes != size-keep || cut.Reason == "" || cut.Removed != (keep == 0):
			t.Fatalf("cut at %d: told %+v", size, cut)
		}
	}
}

func TestTornTailOfNoiseOrZerosIsCut(t *testing.T) {
	for name, tail := range map[string]string{
		"zeros": strings.Repeat("\x00", 5000), "text": "lost words", "a gzip header": memberHead, "gzip of no record": memberHead + "\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00",
	} {
		t.Run(name, func(t *testing.T) {
			path, _ := unsealed(t, response(t, exchange(1)))
			whole := readFile(t, path)
			storeFile(t, path, append(bytes.Clone(whole), tail...))
			cut, damage := repair(t, path, 0)
			if cut == nil || cut.Bytes != int64(len(tail)) || len(damage) > 0 {
				t.Fatalf("cut %+v, damage %+v", cut, damage)
			}
			if !bytes.Equal(readFile(t, path), whole) {
				t.Error("the file is not what it was")
			}
		})
	}
}

func TestDamageWithWholeRecordsBehindItIsNeverCut(t *testing.T) {
	path, places := unsealed(t, response(t, exchange(1)), response(t, exchange(2)), response(t, exchange(3)))
	whole := readFile(t, path)
	bad := places[1][0]
	for name, damaged := range map[string][]byte{
		"flipped": flip(whole, bad.Offset+bad.Length/2, 0xff),
		"zeroed":  append(append(bytes.Clone(whole[:bad.Offset]), make([]byte, bad.Length)...), whole[bad.End():]...),
		"missing": append(bytes.Clone(whole[:bad.Offset+5]), whole[bad.End():]...),
	} {
		t.Run(name, func(t *testing.T) {
			storeFile(t, path, damaged)
			cut, damage := repair(t, path, 0)
			if cut != nil || len(damage) != 1 || damage[0].Offset != bad.Offset || damage[0].Tail {
				t.Fatalf("cut %+v, damage %+v, want one damage at %d", cut, damage, bad.Offset)
			}
			if !bytes.Equal(readFile(t, path), damaged) {
				t.Error("the file was changed")
			}
			units, _ := scanAll(t, path, ScanOptions{})
			if got := kinds(units); got != "warcinfo response damage response response" {
				t.Errorf("scan gives %s", got)
			}
			if u := units[2]; u.Damage.Offset+u.Damage.Length != units[3].Location.Offset || u.Damage.Reason == "" {
				t.Errorf("damage %+v, next record at %d", u.Damage, units[3].Location.Offset)
			}
		})
	}
}

func flip(b []byte, at int64, mask byte) []byte {
	b = bytes.Clone(b)
	b[at] ^= mask
	return b
}

func TestTornTailBehindDamageIsCut(t *testing.T) {
	path, places := unsealed(t, response(t, exchange(1)), response(t, exchange(2)), response(t, exchange(3)))
	whole := readFile(t, path)
	storeFile(t, path, flip(whole[:len(whole)-5], places[0][1].Offset+20, 0xff))
	cut, damage := repair(t, path, 0)
	if cut == nil || cut.Offset != places[2][1].Offset || len(damage) != 1 || damage[0].Offset != places[0][1].Offset {
		t.Errorf("cut %+v, damage %+v", cut, damage)
	}
}

func TestAcknowledgedBytesAreNeverCut(t *testing.T) {
	path, places := unsealed(t, response(t, exchange(1)), response(t, exchange(2)))
	whole := readFile(t, path)
	storeFile(t, path, whole[:len(whole)-1])
	cut, damage := repair(t, path, places[1][1].End())
	if cut != nil || len(damage) != 1 || !damage[0].Tail {
		t.Errorf("cut %+v, damage %+v, want damage", cut, damage)
	}
	if cut, _ = repair(t, path, places[1][1].Offset); cut == nil {
		t.Error("behind what was acknowledged nothing was cut")
	}
}

// A page can hold the bytes of a record. In a torn tail they must not pass for a record that follows.
func TestRecordsInsideAPageAreNoRecords(t *testing.T) {
	noise := make([]byte, 100<<10) // deflate keeps it as it is, and with it what stands between
	_, _ = rand.NewChaCha8([32]byte{}).Read(noise)
	x := exchange(9)
	x.Response = append([]byte("HTTP/1.1 200 OK\r\n\r\n"), noise...)
	inner := readFile(t, archiveOf(t, response(t, x), response(t, x), response(t, x)))
	x.Response = append([]byte("HTTP/1.1 200 OK\r\nContent-Type: application/warc\r\n\r\n"), inner...)
	path, places := unsealed(t, response(t, exchange(0)), response(t, x))
	whole := readFile(t, path)
	last := places[1][1]
	if !bytes.Contains(whole[last.Offset+10:], []byte(memberHead)) {
		t.Fatal("the page was compressed: the test tries nothing")
	}
	storeFile(t, path, whole[:len(whole)-4])
	cut, damage := repair(t, path, 0)
	if cut == nil || cut.Offset != last.Offset || len(damage) > 0 {
		t.Errorf("cut %+v, damage %+v, want a cut at %d", cut, damage, last.Offset)
	}
}

func TestSealedFileIsNotRepaired(t *testing.T) {
	path := archiveOf(t, response(t, exchange(1)))
	whole := readFile(t, path)
	storeFile(t, path, whole[:len(whole)-1])
	if _, _, err := Repair(context.Background(), OS{}, path, 0); !errors.Is(err, ErrSealed) {
		t.Errorf("got %v, want ErrSealed", err)
	}
}

func TestRecoverRepairsAndSealsWhatACrashLeft(t *testing.T) {
	path, places := unsealed(t, response(t, exchange(1)), response(t, exchange(2)))
	whole := readFile(t, path)
	dir := filepath.Dir(path)
	storeFile(t, path, whole[:len(whole)-1])
	storeFile(t, filepath.Join(dir, "infocus-000007-20171211T093000Z.warc.gz"), nil)
	storeFile(t, filepath.Join(dir, SealFile+".tmp"), []byte("half a li"))
	asked := 0
	acknowledged := func(file string) int64 {
		asked++
		if file == filepath.Base(path) {
			return places[0][1].End()
		}
		return 0
	}
	done, err := Recover(context.Background(), OS{}, dir, acknowledged)
	if err != nil || len(done) != 2 || asked != 2 {
		t.Fatalf("got %+v, %v, asked %d times", done, err, asked)
	}
	if c := done[0].Cut; c == nil || c.Offset != places[1][1].Offset || c.File != filepath.Base(path) {
		t.Errorf("first: %+v", c)
	}
	if c := done[1].Cut; c == nil || !c.Removed {
		t.Errorf("empty file: %+v", c)
	}
	if v := verify(t, path, sealOf(t, path)); len(v.Problems) > 0 || sealOf(t, path) == "" {
		t.Errorf("seal %q, problems %v", sealOf(t, path), v.Problems)
	}
	checkWithSha256sum(t, dir)
	if done, err := Recover(context.Background(), OS{}, dir, nil); err != nil || len(done) > 0 {
		t.Errorf("again: %+v, %v", done, err)
	}
	w := openWriter(t, dir, Options{})
	appendSync(t, w, response(t, exchange(3)))
	if want := "infocus-000002-"; !strings.HasPrefix(w.File(), want) {
		t.Errorf("next file %s, want %s", w.File(), want)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOrphanRequestIsNoCapture(t *testing.T) {
	path, places := unsealed(t, response(t, exchange(1)), response(t, exchange(2)))
	whole := readFile(t, path)
	storeFile(t, path, whole[:places[1][1].Offset+3])
	if cut, _ := repair(t, path, 0); cut == nil || cut.Offset != places[1][1].Offset {
		t.Fatalf("cut %+v", cut)
	}
	units, end := scanAll(t, path, ScanOptions{})
	if got := kinds(units); got != "warcinfo response other" || units[2].Type != typeRequest || units[2].Capture() {
		t.Errorf("got %s", got)
	}
	if end != places[1][0].End() {
		t.Errorf("scan ends at %d", end)
	}
}

func TestEveryFlippedByteIsFound(t *testing.T) {
	path := archiveOf(t, response(t, exchange(1)), response(t, &capture.Exchange{URI: "https://e.org/", Time: testTime, Failure: capture.FailDNS}))
	whole, seal := readFile(t, path), sealOf(t, path)
	if v := verify(t, path, seal); len(v.Problems) > 0 || v.Records != 4 || v.Bytes != int64(len(whole)) {
		t.Fatalf("whole: %+v", v)
	}
	unseen := 0
	for at := range whole {
		storeFile(t, path, flip(whole, int64(at), 1<<(at%8)))
		if len(verify(t, path, seal).Problems) == 0 {
			t.Errorf("byte %d: nothing found", at)
		}
		if len(verify(t, path, "").Problems) == 0 {
			unseen++
		}
	}
	// Without a seal only bits that change nothing of what the file says may pass: the padding of a deflate stream.
	if records := 4; unseen > 2*records {
		t.Errorf("without the seal %d flips went unseen", unseen)
	}
}

func TestEveryCutIsFound(t *testing.T) {
	path := archiveOf(t, response(t, exchange(1)))
	whole, seal := readFile(t, path), sealOf(t, path)
	for size := range whole {
		storeFile(t, path, whole[:size])
		if len(verify(t, path, seal).Problems) == 0 {
			t.Errorf("cut at %d: nothing found", size)
		}
	}
}

// rewrite gives a file whose records are changed before they are compressed again, so that every checksum of gzip fits.
func rewrite(t *testing.T, path string, change func(text string) string) string {
	t.Helper()
	w := openWriter(t, t.TempDir(), Options{})
	deflate, err := w.compressor()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, text := range members(t, path) {
		if err := writeMember(&out, deflate, []byte(change(text))); err != nil {
			t.Fatal(err)
		}
	}
	copied := filepath.Join(t.TempDir(), filepath.Base(path))
	storeFile(t, copied, out.Bytes())
	return copied
}

func TestWellFormedLiesAreFound(t *testing.T) {
	path := archiveOf(t, response(t, exchange(1)), response(t, exchange(2)))
	if v := verify(t, rewrite(t, path, func(s string) string { return s }), ""); len(v.Problems) > 0 {
		t.Fatalf("unchanged: %v", v.Problems)
	}
	sum := func(n int) string { return response(t, exchange(n))[1].PayloadSHA1 }
	replace := func(from, to string) func(string) string {
		return func(s string) string { return strings.ReplaceAll(s, from, to) }
	}
	firstID := ""
	cases := map[string]func(string) string{
		"a word of a page":           replace("page 1<", "page 7<"),
		"a payload digest":           replace(sum(1), sum(2)),
		"a block digest":             replace("Block-Digest: sha1:", "Block-Digest: sha1:A"),
		"no block digest":            replace("WARC-Block-Digest", "WARC-Block-Digset"),
		"no payload digest":          replace("WARC-Payload-Digest", "WARC-Payload-Digset"),
		"unknown digest":             replace("Block-Digest: sha1:", "Block-Digest: crc:"),
		"a longer block":             replace("Content-Length: 6", "Content-Length: 7"),
		"a shorter block":            replace("Content-Length: 6", "Content-Length: 5"),
		"no date":                    replace("WARC-Date: 2017", "WARC-Date: MMXVII"),
		"another warcinfo":           replace("Warcinfo-ID: <urn:uuid:", "Warcinfo-ID: <urn:uuid:0"),
		"no warcinfo":                replace("WARC-Type: warcinfo", "WARC-Type: metadata"),
		"a type that is not written": replace("WARC-Type: response", "WARC-Type: conversion"),
		"another version":            replace("WARC/1.1\r\n", "WARC/1.0\r\n"),
		"another file name":          replace("WARC-Filename: infocus", "WARC-Filename: outcofus"),
		"no id":                      replace("WARC-Record-ID", "WARC-Recrod-ID"),
		"an id twice": func(s string) string {
			_, id, _ := strings.Cut(s, fieldRecordID+": ")
			id, _, _ = strings.Cut(id, "\r\n")
			if firstID == "" {
				firstID = id
			}
			return strings.Replace(s, fieldRecordID+": "+id, fieldRecordID+": "+firstID, 1)
		},
		"two records in a member": func(s string) string { return s + s },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			if len(verify(t, rewrite(t, path, change), "").Problems) == 0 {
				t.Error("nothing found")
			}
		})
	}
}

func TestVerifyTellsWhereAndWhat(t *testing.T) {
	path := archiveOf(t, response(t, exchange(1)), response(t, exchange(2)))
	units, _ := scanAll(t, path, ScanOptions{})
	at := units[1].Location.Offset
	bad := rewrite(t, path, func(s string) string { return strings.Replace(s, "page 1<", "page 7<", 1) })
	problems := verify(t, bad, sealOf(t, path)).Problems
	got := fmt.Sprint(problems)
	if len(problems) != 2 || problems[0].Offset != -1 || problems[1].Offset != at || !strings.Contains(got, "SHA-256") ||
		!strings.Contains(got, "block is not what its digest says") {
		t.Errorf("got %s, want the seal and the block at %d", got, at)
	}
}
